"""The origins as squares of the map, with every measure that the workspace's own layers can answer.

``docs/outputs.md`` tells each column's unit and formula.
"""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
#: Services lose their worth evenly, up to so many times ``services_within_min``; an assumption.
WORTH_UNTIL = 2.0


def cells(
    origins: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame,
    to_services_s: Mapping[str, NDArray[np.float32]],
    study: StreetAnalysis,
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
    study
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
        added_min = columns.get(f"{profile}_added_min")
        if profile in study.explained:
            columns |= _why(profile, study.explained[profile], MAPPED_PARTS, added_min)
            if profile in study.circuity:
                columns[f"{profile}_circuity"] = study.circuity[profile]
            columns[f"{profile}_winter_min"] = study.winter_s[profile].astype(float) / 60.0
            if profile in study.to_nature_s:
                columns[f"{profile}_nature_min"] = study.to_nature_s[profile].astype(float) / 60.0
        elif transit is not None:
            columns |= _why(profile, transit.explained, MAPPED_TRANSIT_PARTS, added_min)
            columns |= _connections(profile, transit)
        if profile == study.uncertainty_profile:
            columns |= _how_sure(profile, study.uncertainty.origins)
        if len(services):
            columns |= _services(profile, origins, services, seconds, within_min)
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=study.polygons, crs=origins.crs)


def _to_hub(profile: str, origins: gpd.GeoDataFrame) -> Columns:
    """Mapped minutes, and those that residents live where they were asked."""
    columns = {
        f"{profile}_{way}_min": origins[f"{profile}_{way}_s"].to_numpy(float) / 60.0 for way in ("to_hub", "from_hub")
    }
    if f"{profile}_lived_to_hub_s" in origins:
        columns[f"{profile}_lived_min"] = origins[f"{profile}_lived_to_hub_s"].to_numpy(float) / 60.0
        columns[f"{profile}_added_min"] = origins[f"{profile}_added_min"].to_numpy(float)
    return columns


def _why(
    profile: str, explained: pd.DataFrame, parts: tuple[str, ...], added_min: NDArray[np.float64] | None
) -> Columns:
    """The parts, and the largest beside the straight line; residents' barriers are one where they were asked."""
    columns = {f"{profile}_{part}_min": explained[f"{part}_s"].to_numpy(float) / 60.0 for part in parts}
    largest = explained["largest"].to_numpy(object)
    if added_min is not None:
        beside_min = np.max([minutes for name, minutes in columns.items() if name != f"{profile}_straight_min"], axis=0)
        largest = np.where(added_min > beside_min, "barriers", largest)
    return {**columns, f"{profile}_largest_part": largest}


def _connections(profile: str, transit: TransitAnalysis) -> Columns:
    columns: Columns = {f"{profile}_{name}": transit.connections[name].to_numpy() for name in transit.connections}
    if transit.currency:
        columns[f"{profile}_fare"] = transit.fare
    return columns


def _how_sure(profile: str, uncertain: pd.DataFrame) -> Columns:
    return {
        f"{profile}_low_min": uncertain["low_s"].to_numpy(float) / 60.0,
        f"{profile}_high_min": uncertain["high_s"].to_numpy(float) / 60.0,
        f"{profile}_within_probability": uncertain["share_within"].to_numpy(float),
        f"{profile}_limit_uncertain": uncertain["limit_uncertain"].to_numpy(bool),
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
        columns[f"{profile}_{kind}_nearest_min"] = origins[f"{profile}_{kind}_nearest_s"].to_numpy(float) / 60.0
        columns[f"{profile}_{kind}_within"] = origins[f"{profile}_{kind}_within"].to_numpy()
    minutes = seconds.astype(float) / 60.0
    matrix = measures.TravelMatrix.from_array(origins["origin_id"], services["service_id"], minutes)
    # A prefix, lest a kind be called like another column.
    of_kind = pd.get_dummies(services["kind"], prefix="kind", dtype=float)
    there, basket = of_kind.assign(id=services["service_id"], service=1.0), list(of_kind.columns)
    worth = decay.linear(WORTH_UNTIL * within_min)
    scores = {
        "x_minute_score": measures.x_minute_score(matrix, there, basket, within_min),
        "basket_points": measures.walkability(matrix, there, basket, worth),
        "services_gravity": measures.gravity(matrix, there, "service", decay.exponential(1.0 / within_min)),
    }
    return columns | {f"{profile}_{name}": table["value"].to_numpy() for name, table in scores.items()}
