"""Cost to the closest, to a number of opportunities, and to as many as there are residents."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo._given import number
from tesoma_geo.errors import InputError
from tesoma_geo.measures.groups import GroupBy, by_group, each
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix


def cost_to_closest(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    *,
    k: int | Sequence[int] = 1,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Cost to the k-th closest place that has the opportunity.

    Unit: the unit of the costs

    Formula: v_i = the k-th smallest of {c_ij : O_j > 0}

    Edge cases: inf where fewer than k such places are reached.

    Source: Geurs and van Wee (2004), Journal of Transport Geography 12

    Parameters
    ----------
    travel_matrix
        A row a pair: ``from_id``, ``to_id`` and a cost, or a :class:`TravelMatrix`.
    land_use
        A row a place: ``id`` and the column of the opportunity.
    opportunity
        The column: a place counts once, whatever it has above 0.
    k
        Which of the places: 1 is the closest. Or several.
    group_by
        Columns of the travel matrix whose groups, such as modes, are taken one by one.
    active
        If false, from the closest origin that has the opportunity to each destination: the passive measure.
    travel_cost
        The column of costs.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``k`` where there are several; a row a
    destination where ``active`` is false.

    Raises
    ------
    InputError
        When k is not a whole number of 1 or more, or the tables cannot be joined.
    """

    def to_closest(matrix: TravelMatrix) -> pd.DataFrame:
        there = (matrix.at_destinations(land_use, opportunity) > 0).astype(np.float64)
        return each("k", k, lambda rank: matrix.by_origin(cost_to_reach(matrix, there, _rank(rank))), label=int)

    return by_group(travel_matrix, to_closest, group_by=group_by, active=active, travel_cost=travel_cost)


def dual_access(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    *,
    n: float | Sequence[float] = 1,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Cost to reach n opportunities.

    Unit: the unit of the costs

    Formula: v_i = min{c : Σ_j O_j [c_ij ≤ c] ≥ n}

    Edge cases: inf where fewer than n opportunities are reached at all.

    Source: Cui and Levinson (2020), Transportation Research Part D 80

    Parameters
    ----------
    travel_matrix, land_use, group_by, active, travel_cost
        As for :func:`cost_to_closest`.
    opportunity
        The column of how many there are at each place.
    n
        How many opportunities, above 0; or several numbers.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``n`` where there are several; a row a
    destination where ``active`` is false.

    Raises
    ------
    InputError
        When n is not a finite number above 0, or the tables cannot be joined.
    """

    def to_reach(matrix: TravelMatrix) -> pd.DataFrame:
        there = matrix.at_destinations(land_use, opportunity)
        return each("n", n, lambda wanted: matrix.by_origin(cost_to_reach(matrix, there, _wanted(wanted))), label=float)

    return by_group(travel_matrix, to_reach, group_by=group_by, active=active, travel_cost=travel_cost)


def balancing_cost(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    demand: str,
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Cost at which an origin reaches more opportunities than it has residents.

    Unit: the unit of the costs

    Formula: v_i = min{c : Σ_j O_j [c_ij ≤ c] > P_i}

    Edge cases: the comparison is strict; 0 where nobody lives; inf where the opportunities reached never
    exceed the residents.

    Source: Barboza et al. (2021), Journal of Transport Geography 92 ("balancing time")

    Parameters
    ----------
    travel_matrix, land_use, group_by, travel_cost
        As for :func:`cost_to_closest`.
    opportunity
        The column of how many there are at each destination.
    demand
        The column of residents at each origin.
    active
        If false, the cost at which a destination draws more residents than it has opportunities.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups; a row a destination where ``active`` is false.
    """

    def balance(matrix: TravelMatrix) -> pd.DataFrame:
        wanted, offered = (demand, opportunity) if active else (opportunity, demand)
        residents = matrix.at_origins(land_use, wanted)
        cost = cost_to_reach(matrix, matrix.at_destinations(land_use, offered), np.nextafter(residents, np.inf))
        return matrix.by_origin(np.where(residents == 0, 0.0, cost))

    return by_group(travel_matrix, balance, group_by=group_by, active=active, travel_cost=travel_cost)


def _rank(k: int) -> float:
    if not (isinstance(k, int | np.integer) and k >= 1):
        raise InputError(f"k is {k}", "Give a whole number of 1 or more")
    return float(k)


def _wanted(n: float) -> float:
    if not 0 < number("n", n, "Give a number of opportunities above 0") < np.inf:
        raise InputError(f"n is {n}", "Give a number of opportunities above 0")
    return float(n)


def cost_to_reach(matrix: TravelMatrix, opportunities: Float64, n: float | Float64) -> Float64:
    """Cost from each origin to ``n`` opportunities, for all or by origin; ``inf`` where they are not there.

    Parameters
    ----------
    matrix
        The costs.
    opportunities
        How many are at each destination, shape (m,).
    n
        How many are wanted: one number, or one an origin, shape (n,).

    Returns
    -------
    float64 array of shape (n,), in the unit of the costs
    """
    from tesoma_geo.measures._kernels import cost_at, least_cost

    wanted = np.array(np.broadcast_to(np.asarray(n, np.float64), len(matrix.origins)))
    fewest = opportunities.min(where=opportunities > 0, initial=np.inf)
    if ((wanted > 0) & (wanted <= fewest)).all():  # any destination that has some has enough: none is put in order
        return least_cost(matrix.first, matrix.destination, matrix.cost, opportunities)
    return cost_at(matrix.first, matrix.destination, matrix.cost, matrix.by_cost, opportunities, wanted)
