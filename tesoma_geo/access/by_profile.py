"""What one way of moving gives: times to the hub and services, isochrones, a surface, who is left out."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.access.inputs import Inputs
from tesoma_geo.access.surfaces import Surface, surface
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.profiles import Profile
from tesoma_geo.network.reach import TimedStreets, Water, isochrones
from tesoma_geo.network.snap import Positions
from tesoma_geo.tables import LeftOut

#: How far beyond the district's rectangle the travel-time surfaces reach.
SURFACE_MARGIN_M = 500.0

#: Why an origin cannot reach the hub, in words.
REASONS = {
    "no_street_near": "no street to start from within the snapping distance",
    "no_way_to_hub": "no way to the hub on the streets that may be used",
}


@dataclass(frozen=True)
class ProfileReach:
    """The reach of one profile.

    Attributes
    ----------
    origin_columns
        Column name → a value an origin.
    service_columns
        Column name → a value a service.
    isochrones
        A row a cutoff: ``cutoff_min``, ``area_km2``, ``population``, polygon.
    surface
        Seconds to the hub.
    unreachable
        Reason → which origins cannot reach the hub for it.
    left_out
        What could not be used.
    """

    origin_columns: dict[str, NDArray[Any]]
    service_columns: dict[str, NDArray[Any]]
    isochrones: gpd.GeoDataFrame
    surface: Surface
    unreachable: dict[str, NDArray[np.bool_]]
    left_out: tuple[LeftOut, ...]


def street_reach(inputs: Inputs, profile: Profile, water: Water) -> ProfileReach:
    """The reach of a profile that moves on streets alone.

    Parameters
    ----------
    inputs
        The layers.
    profile
        The way of moving.
    water
        Lakes of the study area, as the isochrones take them.
    """
    name = profile.name
    router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
    at_origins, at_hub, at_services = (router.snap(inputs.origins), router.snap(inputs.hub), _snapped(router, inputs))
    to_hub_s = router.times_between(at_origins, at_hub).min(axis=1)
    from_hub_s = router.times_between(at_hub, at_origins).min(axis=0)
    unreachable = _unreachable(at_origins, to_hub_s)
    streets = router.timed_streets(at_hub, reverse=True)
    service_columns: dict[str, NDArray[Any]] = {}
    origin_columns = {f"{name}_to_hub_s": to_hub_s, f"{name}_from_hub_s": from_hub_s}
    if at_services is not None:
        service_columns[f"{name}_from_hub_s"] = router.times_between(at_hub, at_services).min(axis=0)
        within_s = inputs.workspace.access.services_within_min * 60.0
        seconds = router.times_between(at_origins, at_services)
        origin_columns |= services_reached(name, seconds, inputs.services["kind"], within_s)
    return ProfileReach(
        origin_columns=origin_columns,
        service_columns=service_columns,
        isochrones=hub_isochrones(streets, water, inputs, to_hub_s),
        surface=surface(streets, water, inputs.workspace.district.crs, bounds=_around_district(inputs)),
        unreachable=unreachable,
        left_out=(*_origins_left_out(name, unreachable, inputs.origins), *_streets_left_out(router)),
    )


def services_reached(
    profile: str, seconds: NDArray[np.float32], kinds: Any, within_s: float
) -> dict[str, NDArray[Any]]:
    """Columns per kind of service: seconds to the nearest, and how many within the cutoff.

    Parameters
    ----------
    profile
        Begins the names of the columns.
    seconds
        From each origin to each service, shape (origins, services).
    kinds
        The kind of each service, a Series.
    within_s
        The cutoff.
    """
    columns: dict[str, NDArray[Any]] = {}
    for kind in sorted(kinds.unique()):
        to_kind = seconds[:, (kinds == kind).to_numpy()]
        columns[f"{profile}_{kind}_nearest_s"] = to_kind.min(axis=1)
        columns[f"{profile}_{kind}_within"] = (to_kind <= within_s).sum(axis=1).astype(np.int32)
    return columns


def hub_isochrones(
    streets: TimedStreets, water: Water, inputs: Inputs, to_hub_s: NDArray[np.float32]
) -> gpd.GeoDataFrame:
    """From where the hub is reached within the workspace's cutoffs.

    Returns
    -------
    GeoDataFrame
        A row a cutoff: ``cutoff_min``, ``area_km2``, ``population`` (residents of the origins whose own travel
        time ``to_hub_s`` is within the cutoff), polygon in the workspace's CRS; nested.
    """
    workspace, residents = inputs.workspace, inputs.origins["population"].to_numpy()
    cutoffs_s = [cutoff_min * 60.0 for cutoff_min in workspace.access.cutoffs_min]
    reached = isochrones(streets, cutoffs_s, crs=workspace.district.crs, water=water)
    population = [int(residents[to_hub_s <= cutoff_s].sum()) for cutoff_s in cutoffs_s]
    return gpd.GeoDataFrame(reached.assign(population=population)[["cutoff_min", "area_km2", "population", "geometry"]])


def _snapped(router: StreetRouter, inputs: Inputs) -> Positions | None:
    return router.snap(inputs.services) if len(inputs.services) else None


def _unreachable(at_origins: Positions, to_hub_s: NDArray[np.float32]) -> dict[str, NDArray[np.bool_]]:
    """Which origins cannot reach the hub, by reason."""
    lost = np.isinf(to_hub_s)
    return {"no_street_near": lost & ~at_origins.found, "no_way_to_hub": lost & at_origins.found}


def _origins_left_out(
    profile: str, unreachable: dict[str, NDArray[np.bool_]], origins: gpd.GeoDataFrame
) -> list[LeftOut]:
    return [
        LeftOut("origins", f"{profile}: {REASONS[reason]}", int(rows.sum()), tuple(origins["origin_id"][rows][:3]))
        for reason, rows in unreachable.items()
        if rows.any()
    ]


def _streets_left_out(router: StreetRouter) -> list[LeftOut]:
    pieces, edges = router.small_pieces
    reason = f"{router.profile.name}: in {pieces} pieces too small, or one-way, to start or end on"
    return [LeftOut("street segments", reason, edges)] if edges else []


def _around_district(inputs: Inputs) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.box(*inputs.district.total_bounds).buffer(SURFACE_MARGIN_M).bounds
    return west, south, east, north
