"""Opportunities weighted by what it costs to reach them, and residents by what it costs them to come."""

from collections.abc import Callable

import pandas as pd

from tesoma_geo._arrays import Float64
from tesoma_geo.measures.decay import Decay, checked
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, travel_matrix_of

#: What the measures take as a decay: one of ``tesoma_geo.measures.decay``, or a function of costs.
AnyDecay = Decay | Callable[[Float64], Float64]


def gravity(
    travel_matrix: Travel, land_use: pd.DataFrame, opportunity: str, decay: AnyDecay, *, travel_cost: str = TRAVEL_TIME
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
        How much an opportunity counts for by its cost.
    travel_cost
        The column of costs.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    weights_of = checked(decay)
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    return matrix.by_origin(matrix.weights(weights_of) @ matrix.at_destinations(land_use, opportunity))


def passive_accessibility(
    travel_matrix: Travel, land_use: pd.DataFrame, demand: str, decay: AnyDecay, *, travel_cost: str = TRAVEL_TIME
) -> pd.DataFrame:
    """Residents who can reach a destination, each weighted by a decay of what it costs to come.

    Unit: weighted residents

    Formula: v_j = Σ_i P_i f(c_ij)

    Edge cases: 0 where nobody reaches the destination.

    Source: Papa and Coppola (2012), in Accessibility Instruments for Planning Practice

    Parameters
    ----------
    travel_matrix, land_use, decay, travel_cost
        As for :func:`gravity`.
    demand
        The column of residents at each origin.

    Returns
    -------
    A row a destination: ``id``, ``value``.
    """
    weights_of = checked(decay)
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    return matrix.by_destination(matrix.weights(weights_of).T @ matrix.at_origins(land_use, demand))
