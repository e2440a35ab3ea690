"""Baskets of everyday services: how complete, how walkable, how diverse."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from tesoma_geo.errors import InputError
from tesoma_geo.measures.closest import cost_to_reach
from tesoma_geo.measures.decay import checked, step
from tesoma_geo.measures.gravity import AnyDecay
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, travel_matrix_of

#: What a basket may be: the columns of kinds, or their weights, or the weights of the first, second … of each.
Basket = Sequence[str] | Mapping[str, float] | Mapping[str, Sequence[float]]


def x_minute_score(
    travel_matrix: Travel, land_use: pd.DataFrame, basket: Basket, cutoff: float, *, travel_cost: str = TRAVEL_TIME
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
        Above 0, in the unit of the costs.
    travel_cost
        The column of costs.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    score = walkability(travel_matrix, land_use, basket, step(cutoff), travel_cost=travel_cost)
    return score.assign(value=score["value"] / 100.0)


def walkability(
    travel_matrix: Travel, land_use: pd.DataFrame, basket: Basket, decay: AnyDecay, *, travel_cost: str = TRAVEL_TIME
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
    travel_matrix, land_use, travel_cost
        As for :func:`x_minute_score`.
    basket
        The kinds; or kind → weight; or kind → weights of the first, second, … of that kind.
    decay
        How much a service counts for by its cost.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    weights_of = checked(decay)
    weights = _weights_by_kind(basket)
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    points = np.zeros(len(matrix.origins))
    for kind, of_rank in weights.items():
        there = matrix.at_destinations(land_use, kind)
        for rank, weight in enumerate(of_rank, 1):
            points += weight * weights_of(cost_to_reach(matrix, there, float(rank)))
    return matrix.by_origin(100.0 * points / sum(sum(of_rank) for of_rank in weights.values()))


def service_diversity(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    kinds: Sequence[str],
    cutoff: float,
    *,
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
    travel_matrix, land_use, travel_cost
        As for :func:`x_minute_score`.
    kinds
        The columns of the kinds.
    cutoff
        Above 0, in the unit of the costs.

    Returns
    -------
    A row an origin: ``id``, ``value`` (kinds), ``services`` (how many), ``shannon``, ``simpson``.

    Raises
    ------
    InputError
        When there are no kinds, or the tables cannot be joined.
    """
    if not kinds:
        raise InputError("kinds is empty", "Name at least one column of the land use")
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    within = matrix.weights(step(cutoff))
    count = np.column_stack([within @ matrix.at_destinations(land_use, kind) for kind in kinds])
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
        weights = {kind: [1.0] for kind in basket}
    every = [weight for of_rank in weights.values() for weight in of_rank]
    if not every or not all(0 <= weight < np.inf for weight in every) or not sum(every) > 0:
        raise InputError(f"The basket weighs {weights}", "Name at least one kind, with weights of 0 or more, not all 0")
    return weights
