"""The origins as squares of the map, with every measure that the workspace's own layers can answer.

:data:`tesoma_geo.columns.CELLS` tells each column's unit and formula.
"""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo import columns as output
from tesoma_geo import measures
from tesoma_geo.analysis.explain_streets import PARTS
from tesoma_geo.analysis.explain_transit import LAST, TRANSIT_PARTS
from tesoma_geo.assessment.street_analysis import StreetAnalysis
from tesoma_geo.assessment.transit_analysis import TransitAnalysis
from tesoma_geo.measures import decay

Columns = dict[str, NDArray[Any]]

#: Parts of the mapped time. Winter and residents' barriers, which it does not hold, have columns of their own.
MAPPED_PARTS = tuple(part for part in PARTS if part not in LAST)
#: Those of trips by timetable.
MAPPED_TRANSIT_PARTS = tuple(part for part in TRANSIT_PARTS if part not in LAST)
#: Columns of ``TransitAnalysis.connections`` → those of cells.
TIMETABLE = {
    "connections": output.CONNECTIONS,
    "every_min": output.EVERY_MIN,
    "longest_gap_min": output.LONGEST_GAP_MIN,
    "first": output.FIRST,
    "last": output.LAST,
    "on_foot": output.ON_FOOT,
}
#: Origins are asked for so many pairs with services at a time: a matrix of all of a large district took gigabytes.
PAIRS_TOGETHER = 2_000_000
#: Services lose their worth evenly, up to so many times ``services_within_min``; an assumption.
WORTH_UNTIL = 2.0


def cells(
    origins: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame,
    to_services_s: Mapping[str, NDArray[np.float32]],
    street_analysis: StreetAnalysis,
    transit: TransitAnalysis | None,
    within_min: float,
) -> gpd.GeoDataFrame:
    """The cells of an assessment.

    Parameters
    ----------
    origins
        Those of the assessment, with its columns.
    services
        ``tables.SERVICES``.
    to_services_s
        Profile → seconds from each origin to each service, shape (origins, services).
    street_analysis
        Why, in winter, and how sure.
    transit
        What the timetable tells; None without one.
    within_min
        The workspace's ``services_within_min``.

    Returns
    -------
    A row an origin: ``origin_id``, ``population``, ``area_code``, ages where there are any, the columns of
    ``docs/outputs.md`` (minutes are float64, ``inf`` unreachable), and its cell as a polygon.
    """
    kept = [name for name in origins.columns if name in ("origin_id", "population", "area_code")]
    kept += [name for name in origins.columns if name.startswith("age_")]
    columns: Columns = {name: origins[name].to_numpy() for name in kept}
    for profile, seconds in to_services_s.items():
        columns |= _to_hub(profile, origins)
        added_min = columns.get(output.ADDED_MIN.of(profile))
        if profile in street_analysis.explained:
            columns |= _why(profile, street_analysis.explained[profile], MAPPED_PARTS, added_min)
            if profile in street_analysis.circuity:
                columns[output.CIRCUITY.of(profile)] = street_analysis.circuity[profile]
            if profile in street_analysis.winter_s:
                columns[output.WINTER_MIN.of(profile)] = street_analysis.winter_s[profile].astype(float) / 60.0
            if profile in street_analysis.to_nature_s:
                columns[output.NATURE_MIN.of(profile)] = street_analysis.to_nature_s[profile].astype(float) / 60.0
        elif transit is not None:
            columns |= _why(profile, transit.explained, MAPPED_TRANSIT_PARTS, added_min)
            columns |= _connections(profile, transit)
        if profile == street_analysis.uncertainty_profile:
            columns |= _how_sure(profile, street_analysis.uncertainty.origins)
        if len(services):
            columns |= _services(profile, origins, services, seconds, within_min)
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=street_analysis.polygons, crs=origins.crs)


def _to_hub(profile: str, origins: gpd.GeoDataFrame) -> Columns:
    """Mapped minutes, and those that residents live where they were asked."""
    columns = {
        minutes.of(profile): origins[seconds.of(profile)].to_numpy(float) / 60.0
        for minutes, seconds in (
            (output.TO_HUB_MIN, output.TO_HUB_S),
            (output.FROM_HUB_MIN, output.FROM_HUB_S),
        )
    }
    lived_s, added_min = output.LIVED_TO_HUB_S.of(profile), output.ADDED_MIN.of(profile)
    if lived_s in origins:
        columns[output.LIVED_MIN.of(profile)] = origins[lived_s].to_numpy(float) / 60.0
        columns[added_min] = origins[added_min].to_numpy(float)
    return columns


def _why(
    profile: str, explained: pd.DataFrame, parts: tuple[str, ...], added_min: NDArray[np.float64] | None
) -> Columns:
    """The parts, and the largest beside the straight line; residents' barriers are one where they were asked."""
    columns = {output.PART_MIN.of(profile, part): explained[f"{part}_s"].to_numpy(float) / 60.0 for part in parts}
    largest = explained["largest"].to_numpy(object)
    if added_min is not None:
        straight = output.PART_MIN.of(profile, "straight")
        beside_min = np.max([minutes for name, minutes in columns.items() if name != straight], axis=0)
        largest = np.where(added_min > beside_min, "barriers", largest)
    return {**columns, output.LARGEST_PART.of(profile): largest}


def _connections(profile: str, transit: TransitAnalysis) -> Columns:
    columns: Columns = {column.of(profile): transit.connections[name].to_numpy() for name, column in TIMETABLE.items()}
    if transit.currency:
        columns[output.FARE.of(profile)] = transit.fare
    return columns


def _how_sure(profile: str, uncertain: pd.DataFrame) -> Columns:
    return {
        output.LOW_MIN.of(profile): uncertain["low_s"].to_numpy(float) / 60.0,
        output.HIGH_MIN.of(profile): uncertain["high_s"].to_numpy(float) / 60.0,
        output.WITHIN_PROBABILITY.of(profile): uncertain["share_within"].to_numpy(float),
        output.LIMIT_UNCERTAIN.of(profile): uncertain["limit_uncertain"].to_numpy(bool),
    }


def _services(
    profile: str,
    origins: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame,
    seconds: NDArray[np.float32],
    within_min: float,
) -> Columns:
    kinds = sorted(services["kind"].unique())
    columns: Columns = {}
    for kind in kinds:
        nearest_s, within = output.NEAREST_S.of(profile, kind), output.WITHIN.of(profile, kind)
        columns[output.NEAREST_MIN.of(profile, kind)] = origins[nearest_s].to_numpy(float) / 60.0
        columns[within] = origins[within].to_numpy()
    # A prefix, lest a kind be called like another column.
    of_kind = pd.get_dummies(services["kind"], prefix="kind", dtype=float)
    there, basket = of_kind.assign(id=services["service_id"], service=1.0), list(of_kind.columns)
    worth = decay.linear(WORTH_UNTIL * within_min)
    scores: dict[output.Column, list[NDArray[Any]]] = {}
    together = max(PAIRS_TOGETHER // len(services), 1)
    for first in range(0, len(origins), together):
        some = slice(first, first + together)
        minutes = seconds[some].astype(float) / 60.0
        matrix = measures.TravelMatrix.from_array(origins["origin_id"][some], services["service_id"], minutes)
        for column, table in (
            (output.X_MINUTE_SCORE, measures.x_minute_score(matrix, there, basket, within_min)),
            (output.BASKET_POINTS, measures.walkability(matrix, there, basket, worth)),
            (output.SERVICES_GRAVITY, measures.gravity(matrix, there, "service", decay.exponential(1.0 / within_min))),
        ):
            scores.setdefault(column, []).append(table["value"].to_numpy())
    return columns | {column.of(profile): np.concatenate(parts) for column, parts in scores.items()}
