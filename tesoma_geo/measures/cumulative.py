"""Opportunities within a cutoff, or over an interval of cutoffs."""

import numpy as np
import pandas as pd

from tesoma_geo.errors import InputError
from tesoma_geo.measures import decay
from tesoma_geo.measures.gravity import gravity
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, travel_matrix_of


def cumulative_opportunities(
    travel_matrix: Travel, land_use: pd.DataFrame, opportunity: str, cutoff: float, *, travel_cost: str = TRAVEL_TIME
) -> pd.DataFrame:
    """Opportunities reached within a cutoff.

    Unit: opportunities

    Formula: v_i = Σ_j O_j [c_ij ≤ cutoff]

    Edge cases: a place at exactly the cutoff counts; 0 where nothing is reached.

    Source: Wachs and Kumagai (1973), Socio-Economic Planning Sciences 7

    Parameters
    ----------
    travel_matrix, land_use, opportunity, travel_cost
        As for :func:`~tesoma_geo.measures.gravity`.
    cutoff
        Above 0, in the unit of the costs.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    return gravity(travel_matrix, land_use, opportunity, decay.step(cutoff), travel_cost=travel_cost)


def cumulative_interval(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    interval: tuple[float, float],
    *,
    increment: float = 1.0,
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities reached, as a mean over the cutoffs of an interval, so that no single cutoff decides.

    Unit: opportunities

    Formula: v_i = mean of cumulative_opportunities at the cutoffs start, start + increment, …, end

    Edge cases: a place at exactly a cutoff counts for it; 0 where nothing is reached.

    Source: Tomasiello et al. (2023), Journal of Transport Geography 107

    Parameters
    ----------
    travel_matrix, land_use, opportunity, travel_cost
        As for :func:`cumulative_opportunities`.
    interval
        The first and the last cutoff, in the unit of the costs; both count.
    increment
        From one cutoff to the next.

    Returns
    -------
    A row an origin: ``id``, ``value`` (the mean), ``min`` (at the first cutoff), ``max`` (at the last).

    Raises
    ------
    InputError
        When the interval is not two ascending cutoffs of 0 or more, or the increment does not fit between them.
    """
    start, end = interval
    if not (0 <= start < end < np.inf and 0 < increment <= end - start):
        raise InputError(
            f"The interval is {start:g} to {end:g} by {increment:g}",
            "Give two cutoffs of 0 or more, the smaller first, and an increment that fits between them",
        )
    matrix = travel_matrix_of(travel_matrix, travel_cost)
    opportunities = matrix.at_destinations(land_use, opportunity)
    cutoffs = start + increment * np.arange(int((end - start) / increment + 1e-9) + 1)
    share = (len(cutoffs) - np.searchsorted(cutoffs, matrix.cost)) / len(cutoffs)
    bounds = {
        name: matrix.filled((matrix.cost <= cutoff).astype(np.float64)) @ opportunities
        for name, cutoff in (("min", cutoffs[0]), ("max", cutoffs[-1]))
    }
    return matrix.by_origin(matrix.filled(share) @ opportunities, **bounds)
