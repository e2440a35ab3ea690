"""How well the transport system serves, beside what lies near: proximity, performance, detours."""

import numpy as np
import pandas as pd

from tesoma_geo.measures import decay
from tesoma_geo.measures.gravity import gravity
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, travel_matrix_of


def proximity(
    travel_matrix: Travel, land_use: pd.DataFrame, opportunity: str, radius: float, *, distance: str = "distance"
) -> pd.DataFrame:
    """Opportunities within a radius, however long it takes to get there.

    Unit: opportunities

    Formula: v_i = Σ_j O_j [d_ij ≤ radius]

    Edge cases: a place at exactly the radius counts; 0 where nothing is near.

    Source: International Transport Forum (2019), Benchmarking Accessibility in Cities

    Parameters
    ----------
    travel_matrix
        A row a pair: ``from_id``, ``to_id`` and the straight-line distance, or a :class:`TravelMatrix` of it.
    land_use, opportunity
        As for :func:`~tesoma_geo.measures.gravity`.
    radius
        Above 0, in the unit of the distances.
    distance
        The column of distances.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    return gravity(travel_matrix, land_use, opportunity, decay.step(radius), travel_cost=distance)


def transport_performance(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    cutoff: float,
    radius: float,
    *,
    distances: Travel | None = None,
    distance: str = "distance",
    travel_cost: str = TRAVEL_TIME,
) -> pd.DataFrame:
    """Opportunities reached within a cutoff, over those that lie within a radius.

    Unit: 1; above 1 the transport system reaches more than what is near

    Formula: v_i = Σ_j O_j [c_ij ≤ cutoff] / Σ_j O_j [d_ij ≤ radius]

    Edge cases: NaN where nothing lies within the radius.

    Source: International Transport Forum (2019), Benchmarking Accessibility in Cities

    Parameters
    ----------
    travel_matrix, land_use, opportunity, travel_cost
        As for :func:`proximity`; costs of travel.
    cutoff
        Above 0, in the unit of the costs.
    radius
        Above 0, in the unit of the distances.
    distances
        The matrix of distances; by default the travel matrix, a table with both columns.
    distance
        The column of distances.

    Returns
    -------
    A row an origin: ``id``, ``value``, ``accessibility`` and ``proximity``.
    """
    reached = gravity(travel_matrix, land_use, opportunity, decay.step(cutoff), travel_cost=travel_cost)
    near = proximity(
        travel_matrix if distances is None else distances, land_use, opportunity, radius, distance=distance
    )
    close = near.set_index("id")["value"].reindex(reached["id"], fill_value=0.0).to_numpy()
    accessible = reached["value"].to_numpy()
    ratio = np.divide(accessible, close, out=np.full(len(close), np.nan), where=close > 0)
    return reached.assign(value=ratio, accessibility=accessible, proximity=close)


def detour(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    *,
    straight: Travel | None = None,
    distance: str = "distance",
    straight_line: str = "straight_line",
) -> pd.DataFrame:
    """How much longer the way to what is reached is than the straight line: circuity.

    Unit: 1; 1 is straight

    Formula: v_i = Σ_j O_j l_ij / Σ_j O_j d_ij over the places that are reached

    Edge cases: NaN where nothing is reached, or only what is at the origin itself.

    Source: Barrington-Leigh and Millard-Ball (2019), PLOS ONE 14; Levinson and El-Geneidy (2009),
    Regional Science and Urban Economics 39

    Parameters
    ----------
    travel_matrix
        A row a pair: ``from_id``, ``to_id`` and the length of the way, or a :class:`TravelMatrix` of it.
    land_use
        A row a place: ``id`` and the column of the opportunity.
    opportunity
        The column that says how much each place counts for.
    straight
        The matrix of straight lines; by default the travel matrix, a table with both columns.
    distance, straight_line
        The columns of the way's length and of the straight line's.

    Returns
    -------
    A row an origin: ``id``, ``value``.
    """
    matrix = travel_matrix_of(travel_matrix, distance)
    lines = travel_matrix_of(travel_matrix if straight is None else straight, straight_line)
    opportunities = matrix.at_destinations(land_use, opportunity)
    way = matrix.filled(matrix.cost) @ opportunities
    rows, columns = lines.origins.get_indexer(matrix.origins), lines.destinations.get_indexer(matrix.destinations)
    reached = matrix.filled(np.ones(len(matrix.cost)))
    line = (lines.filled(lines.cost)[rows][:, columns].multiply(reached)) @ opportunities
    return matrix.by_origin(np.divide(way, line, out=np.full(len(way), np.nan), where=line > 0))
