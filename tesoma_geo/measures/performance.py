"""How well the transport system serves, beside what lies near: proximity, performance, detours."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tesoma_geo.measures import decay
from tesoma_geo.measures.cumulative import cumulative_opportunities
from tesoma_geo.measures.gravity import gravity
from tesoma_geo.measures.groups import GroupBy, group_columns, labelled, matrices, matrix_for, shares_groups, stacked
from tesoma_geo.measures.travel_matrix import TRAVEL_TIME, Travel, TravelMatrix


def proximity(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    radius: float | Sequence[float],
    *,
    group_by: GroupBy = (),
    active: bool = True,
    distance: str = "distance",
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
    land_use, opportunity, group_by, active
        As for :func:`~tesoma_geo.measures.gravity`.
    radius
        Above 0, in the unit of the distances; or several.
    distance
        The column of distances.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups, and ``radius`` where there are several; a row a
    destination where ``active`` is false.
    """
    near = cumulative_opportunities(
        travel_matrix, land_use, opportunity, radius, group_by=group_by, active=active, travel_cost=distance
    )
    return near.rename(columns={"cutoff": "radius"})


def transport_performance(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    cutoff: float,
    radius: float,
    *,
    distances: Travel | None = None,
    group_by: GroupBy = (),
    active: bool = True,
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
    travel_matrix, land_use, opportunity, group_by, active, travel_cost
        As for :func:`proximity`; costs of travel.
    cutoff
        Above 0, in the unit of the costs.
    radius
        Above 0, in the unit of the distances.
    distances
        The matrix of distances, with the groups or for all of them; by default the travel matrix, a table with both
        columns.
    distance
        The column of distances.

    Returns
    -------
    A row an origin: ``id``, ``value``, ``accessibility`` and ``proximity``, behind the ids the groups; a row a
    destination where ``active`` is false.
    """
    columns = group_columns(group_by)
    lines = travel_matrix if distances is None else distances
    shared = shares_groups(lines, columns)
    of_lines = matrices(lines, group_by=() if shared else columns, active=active, travel_cost=distance)
    parts = []
    for key, matrix in matrices(travel_matrix, group_by=columns, active=active, travel_cost=travel_cost).items():
        reached = gravity(matrix, land_use, opportunity, decay.step(cutoff))
        near = gravity(matrix_for(key, of_lines), land_use, opportunity, decay.step(radius))
        close = near.set_index("id")["value"].reindex(reached["id"], fill_value=0.0).to_numpy()
        accessible = reached["value"].to_numpy()
        ratio = np.divide(accessible, close, out=np.full(len(close), np.nan), where=close > 0)
        parts.append(labelled(reached.assign(value=ratio, accessibility=accessible, proximity=close), columns, key))
    return stacked(parts)


def detour(
    travel_matrix: Travel,
    land_use: pd.DataFrame,
    opportunity: str,
    *,
    straight: Travel | None = None,
    group_by: GroupBy = (),
    active: bool = True,
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
        The matrix of straight lines, with the groups or for all of them; by default the travel matrix, a table with
        both columns.
    group_by
        Columns of the travel matrix whose groups, such as modes, are taken one by one.
    active
        If false, of the ways that lead to each destination, with what is at the origins.
    distance, straight_line
        The columns of the way's length and of the straight line's.

    Returns
    -------
    A row an origin: ``id``, ``value``, behind the ids the groups; a row a destination where ``active`` is false.
    """
    columns = group_columns(group_by)
    beside = travel_matrix if straight is None else straight
    shared = shares_groups(beside, columns)
    of_lines = matrices(beside, group_by=() if shared else columns, active=active, travel_cost=straight_line)
    parts = [
        labelled(_circuity(matrix, matrix_for(key, of_lines), land_use, opportunity), columns, key)
        for key, matrix in matrices(travel_matrix, group_by=columns, active=active, travel_cost=distance).items()
    ]
    return stacked(parts)


def _circuity(matrix: TravelMatrix, lines: TravelMatrix, land_use: pd.DataFrame, opportunity: str) -> pd.DataFrame:
    """The lengths of the ways over those of the straight lines, each weighted by what is at its end."""
    opportunities = matrix.at_destinations(land_use, opportunity)
    way = matrix.filled(matrix.cost) @ opportunities
    rows, columns = lines.origins.get_indexer(matrix.origins), lines.destinations.get_indexer(matrix.destinations)
    reached = matrix.filled(np.ones(len(matrix.cost)))
    line = (lines.filled(lines.cost)[rows][:, columns].multiply(reached)) @ opportunities
    return matrix.by_origin(np.divide(way, line, out=np.full(len(way), np.nan), where=line > 0))
