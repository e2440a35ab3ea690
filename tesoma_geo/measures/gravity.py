"""Opportunities weighted by what it costs to reach them, and residents by what it costs them to come."""

from collections.abc import Sequence

import pandas as pd

from tesoma_geo.measures.decay import AnyDecay
from tesoma_geo.measures.groups import GroupBy, by_group, each_decay
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix


def gravity(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities, each weighted by a decay of what it costs to reach it.

    Unit: weighted opportunities

    Formula: v_i = Σ_j O_j f(c_ij)

    Edge cases: 0 where nothing is reached.

    Source: Hansen (1959), Journal of the American Institute of Planners 25

    Parameters
    ----------
    travel_matrix
        A row a pair: ``from_id``, ``to_id`` and a cost, or a :class:`TravelMatrix`.
    land_use
        A row a place: ``id`` and the column of the opportunity.
    opportunity
        The column of how many there are at each place.
    decay
        How much an opportunity counts for by its cost; or several decays.
    group_by
        Columns of the travel matrix whose groups, such as modes, are taken one by one.
    active
        If false, what is at the origins and comes to each destination: the passive measure.
    travel_cost
        The column of costs.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``decay`` where there are several; a row a
    destination where ``active`` is false.
    """

    def weighted_sum(matrix: TravelMatrix) -> pd.DataFrame:
        there = matrix.at_destinations(land_use, opportunity)
        return each_decay(decay, lambda weights_of: matrix.by_origin(matrix.weights(weights_of) @ there))

    return by_group(travel_matrix, weighted_sum, group_by=group_by, active=active, travel_cost=travel_cost)


def passive_accessibility(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    demand: str,
    decay: AnyDecay | Sequence[AnyDecay],
    *,
    group_by: GroupBy = (),
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Residents who can reach a destination, each weighted by a decay of what it costs to come.

    Unit: weighted residents

    Formula: v_j = Σ_i P_i f(c_ij)

    Edge cases: 0 where nobody reaches the destination.

    Source: Papa and Coppola (2012), in Accessibility Instruments for Planning Practice

    Parameters
    ----------
    travel_matrix, land_use, decay, group_by, travel_cost
        As for :func:`gravity`, of which this is the passive version.
    demand
        The column of residents at each origin.

    Returns
    -------
    A row a destination: ``id``, ``value``, and the columns that :func:`gravity` adds.
    """
    return gravity(travel_matrix, land_use, demand, decay, group_by=group_by, active=False, travel_cost=travel_cost)
