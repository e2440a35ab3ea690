"""Baskets of everyday services: how complete, how walkable, how diverse."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo._given import several
from tesoma_geo.errors import InputError
from tesoma_geo.measures.closest import cost_to_reach
from tesoma_geo.measures.decay import AnyDecay, Decay, step
from tesoma_geo.measures.groups import GroupBy, by_group, each, each_decay
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix

#: What a basket may be: the columns of kinds, or their weights, or the weights of the first, second … of each.
Basket = Sequence[str] | Mapping[str, float] | Mapping[str, Sequence[float]]


def x_minute_score(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    basket: Basket,
    cutoff: float | Sequence[float],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Share of a basket of everyday services that is there within a cutoff: the 15-minute district.

    Unit: 1; 0 has none of them, 1 all

    Formula: v_i = Σ_k w_k [c_i(k) ≤ cutoff] / Σ_k w_k, c_i(k) the cost to the closest of kind k

    Edge cases: a service at exactly the cutoff counts; 0 where nothing is reached.

    Source: Moreno et al. (2021), Smart Cities 4

    Parameters
    ----------
    travel_matrix
        A row a pair: ``from_id``, ``to_id`` and a cost, or a :class:`TravelMatrix`.
    land_use
        A row a place: ``id`` and a column a kind of service, how many of it are there.
    basket
        The kinds, or kind → weight.
    cutoff
        Above 0, in the unit of the costs; or several.
    group_by
        Columns of the travel matrix whose groups, such as modes, are taken one by one.
    active
        If false, by what is at the origins whence each destination is reached.
    travel_cost
        The column of costs.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``cutoff`` where there are several; a row a
    destination where ``active`` is false.
    """
    weights = _weights_by_kind(basket)

    def shares(matrix: TravelMatrix) -> pd.DataFrame:
        def within(most: float) -> pd.DataFrame:
            return matrix.by_origin(_points(matrix, land_use, weights, step(most)) / 100.0)

        return each("cutoff", cutoff, within, label=float)

    return by_group(travel_matrix, shares, group_by=group_by, active=active, travel_cost=travel_cost)


def walkability(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    basket: Basket,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Walkability by a basket of services, each worth less the more it costs to reach.

    Unit: points from 0 to 100

    Formula: v_i = 100 Σ_k Σ_r w_kr f(c_i(k, r)) / Σ_k Σ_r w_kr, c_i(k, r) the cost to the r-th closest of
    kind k

    Edge cases: 0 where nothing is reached; 100 where everything in the basket is at hand, given a decay
    that is 1 at no cost.

    Source: Walk Score methodology (2011), and Carr, Dunsiger and Marcus (2010), American Journal of
    Public Health 100; the weights are the caller's

    Parameters
    ----------
    travel_matrix, land_use, group_by, active, travel_cost
        As for :func:`x_minute_score`.
    basket
        The kinds; or kind → weight; or kind → weights of the first, second, … of that kind.
    decay
        How much a service counts for by its cost; or several decays.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``decay`` where there are several; a row a
    destination where ``active`` is false.
    """
    weights = _weights_by_kind(basket)

    def points(matrix: TravelMatrix) -> pd.DataFrame:
        return each_decay(decay, lambda weights_of: matrix.by_origin(_points(matrix, land_use, weights, weights_of)))

    return by_group(travel_matrix, points, group_by=group_by, active=active, travel_cost=travel_cost)


def service_diversity(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    kinds: Sequence[str],
    cutoff: float | Sequence[float],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """How many kinds of services stand within a cutoff, and how evenly.

    Unit: value: kinds; shannon: nat; simpson: 1

    Formula: v_i = Σ_k [n_ik > 0]; shannon = -Σ_k p_ik ln p_ik; simpson = 1 - Σ_k p_ik², with n_ik the
    services of kind k within the cutoff and p_ik = n_ik / Σ_k n_ik

    Edge cases: 0 throughout where nothing is reached; shannon and simpson are 0 for a single kind. One
    origin, the hub, is enough.

    Source: Shannon (1948), Bell System Technical Journal 27; Simpson (1949), Nature 163

    Parameters
    ----------
    travel_matrix, land_use, cutoff, group_by, active, travel_cost
        As for :func:`x_minute_score`.
    kinds
        The columns of the kinds.

    Returns
    -------
    A row an origin: ``id``, ``value`` (kinds), ``services`` (how many), ``shannon``, ``simpson``, and the columns that
    :func:`x_minute_score` adds.

    Raises
    ------
    InputError
        When there are no kinds, or the tables cannot be joined.
    """
    several("kinds", kinds, "Name columns of the land use in a list")
    if not kinds:
        raise InputError("kinds is empty", "Name at least one column of the land use")

    def diversity(matrix: TravelMatrix) -> pd.DataFrame:
        there = np.column_stack([matrix.at_destinations(land_use, kind) for kind in kinds])
        return each("cutoff", cutoff, lambda most: _diversity(matrix, there, most), label=float)

    return by_group(travel_matrix, diversity, group_by=group_by, active=active, travel_cost=travel_cost)


def _points(matrix: TravelMatrix, land_use: pd.DataFrame, weights: dict[str, list[float]], decay: Decay) -> Float64:
    """The points of a basket at each origin, from 0 to 100."""
    points = np.zeros(len(matrix.origins))
    for kind, of_rank in weights.items():
        there = matrix.at_destinations(land_use, kind)
        for rank, weight in enumerate(of_rank, 1):
            points += weight * decay(cost_to_reach(matrix, there, float(rank)))
    return 100.0 * points / sum(sum(of_rank) for of_rank in weights.values())


def _diversity(matrix: TravelMatrix, there: Float64, cutoff: float) -> pd.DataFrame:
    """How many services of each kind are within a cutoff, and how evenly; kinds at each destination, (m, kinds)."""
    count = matrix.weights(step(cutoff)) @ there
    services = count.sum(axis=1)
    share = np.divide(count, services[:, None], out=np.zeros_like(count), where=services[:, None] > 0)
    surprise = -np.log(share, out=np.zeros_like(share), where=share > 0)
    return matrix.by_origin(
        (count > 0).sum(axis=1),
        services=services,
        shannon=(share * surprise).sum(axis=1),
        simpson=np.where(services > 0, 1.0 - (share**2).sum(axis=1), 0.0),
    )


def _weights_by_kind(basket: Basket) -> dict[str, list[float]]:
    """Kind → the weights of its first, second, … service."""
    if isinstance(basket, Mapping):
        weights = {
            kind: [float(weight)] if isinstance(weight, int | float | np.number) else [float(one) for one in weight]
            for kind, weight in basket.items()
        }
    else:
        remedy = 'Name columns of the land use, or their weights: {"jobs": 1.0}'
        weights = {kind: [1.0] for kind in several("basket", basket, remedy)}
    every = [weight for of_rank in weights.values() for weight in of_rank]
    if not every or not all(0 <= weight < np.inf for weight in every) or not sum(every) > 0:
        raise InputError(f"The basket weighs {weights}", "Name at least one kind, with weights of 0 or more, not all 0")
    return weights
