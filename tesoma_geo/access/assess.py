"""The main job: how well residents reach the hub and everyday services, by each way of moving."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.access.inputs import Inputs, not_served, read_inputs
from tesoma_geo.access.isochrones import hub_isochrones
from tesoma_geo.access.reports import LayerReport
from tesoma_geo.access.summary import summary
from tesoma_geo.access.surfaces import Surface, surface
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.reach import Water
from tesoma_geo.network.snap import Positions
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Workspace

#: How far beyond the district's rectangle the travel-time surfaces reach.
SURFACE_MARGIN_M = 500.0

#: Called with the name of a step that begins.
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Assessment:
    """What the main job finds; tables in the workspace's metric CRS.

    Attributes
    ----------
    inputs
        The layers it was made from.
    origins
        A row an origin: ``tables.ORIGINS`` and per profile ``<profile>_to_hub_s``, ``<profile>_from_hub_s``
        (float32 seconds, ``inf`` = unreachable), and per profile and kind of service
        ``<profile>_<kind>_nearest_s`` and ``<profile>_<kind>_within`` (how many within the workspace's
        ``services_within_min``).
    isochrones
        Profile → a row a cutoff: ``cutoff_min``, ``area_km2``, ``population``, polygon. From where the hub is
        reached within the cutoff; nested.
    surfaces
        Profile → seconds to the hub as a raster.
    services
        ``tables.SERVICES`` and per profile ``<profile>_from_hub_s``.
    streets
        Lines of the study area, for drawing: tags and geometry.
    summary
        The figures of ``summary.json``.
    left_out
        What could not be used, counted with the reason.
    not_served
        Sections of the workspace that the assessment does not serve yet.
    """

    inputs: Inputs
    origins: gpd.GeoDataFrame
    isochrones: dict[str, gpd.GeoDataFrame]
    surfaces: dict[str, Surface]
    services: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    summary: dict[str, Any]
    left_out: tuple[LeftOut, ...]
    not_served: tuple[str, ...]

    @property
    def workspace(self) -> Workspace:
        """The workspace assessed."""
        return self.inputs.workspace

    @property
    def district(self) -> gpd.GeoDataFrame:
        """The district's areas."""
        return self.inputs.district

    @property
    def hub(self) -> gpd.GeoDataFrame:
        """The hub's entrances."""
        return self.inputs.hub

    @property
    def water(self) -> gpd.GeoDataFrame:
        """Lakes of the study area."""
        return self.inputs.water

    @property
    def reports(self) -> tuple[LayerReport, ...]:
        """One report a layer."""
        return self.inputs.reports


def assess(workspace: Workspace | str | os.PathLike[str], progress: Progress | None = None) -> Assessment:
    """Assess the accessibility of a workspace's hub.

    Parameters
    ----------
    workspace
        A workspace, or the path of its file.
    progress
        Told the name of each step as it begins.

    Raises
    ------
    WorkspaceError
        With every fault of the workspace file or its layers.
    """
    tell = progress or (lambda _: None)
    if not isinstance(workspace, Workspace):
        workspace = Workspace.load(workspace)
    tell("reading the layers")
    return assess_inputs(read_inputs(workspace), tell)


def assess_inputs(inputs: Inputs, progress: Progress) -> Assessment:
    """Assess layers already read; see :func:`assess`."""
    workspace, network = inputs.workspace, inputs.network
    origins, services = inputs.origins.copy(), inputs.services.copy()
    isochrones, surfaces, left_out = {}, {}, list(inputs.left_out)
    around = tuple(shapely.box(*inputs.district.total_bounds).buffer(SURFACE_MARGIN_M).bounds)
    water = Water.of(inputs.water.geometry, within=inputs.study_area.bounds)
    reasons: dict[str, dict[str, NDArray[np.bool_]]] = {}
    for profile in inputs.profiles:
        progress(profile.name)
        router = StreetRouter.build(network, profile, workspace.network.max_snap_m)
        at_origins, at_hub = router.snap(origins), router.snap(inputs.hub)
        name = profile.name
        origins[f"{name}_to_hub_s"] = router.times_between(at_origins, at_hub).min(axis=1)
        origins[f"{name}_from_hub_s"] = router.times_between(at_hub, at_origins).min(axis=0)
        if len(services):
            at_services = router.snap(services)
            services[f"{name}_from_hub_s"] = router.times_between(at_hub, at_services).min(axis=0)
            within_s = workspace.access.services_within_min * 60.0
            origins = origins.assign(**_services_reached(router, at_origins, at_services, services["kind"], within_s))
        reasons[name] = _unreachable(at_origins, origins[f"{name}_to_hub_s"].to_numpy())
        left_out += _left_out(router, reasons[name], origins)
        streets = router.timed_streets(inputs.hub, reverse=True)
        isochrones[name] = hub_isochrones(streets, water, inputs, origins, name)
        surfaces[name] = surface(streets, water, workspace.district.crs, bounds=around)
    return Assessment(
        inputs=inputs,
        origins=origins,
        isochrones=isochrones,
        surfaces=surfaces,
        services=services,
        streets=network.lines(network.ways["highway"].notna().to_numpy()),
        summary=summary(inputs, origins, services, reasons),
        left_out=tuple(left_out),
        not_served=not_served(workspace),
    )


def _services_reached(
    router: StreetRouter, at_origins: Positions, at_services: Positions, kinds: Any, within_s: float
) -> dict[str, NDArray[Any]]:
    """Per kind of service, seconds from each origin to the nearest, and how many within the cutoff."""
    seconds = router.times_between(at_origins, at_services)
    columns: dict[str, NDArray[Any]] = {}
    for kind in sorted(kinds.unique()):
        to_kind = seconds[:, (kinds == kind).to_numpy()]
        columns[f"{router.profile.name}_{kind}_nearest_s"] = to_kind.min(axis=1)
        columns[f"{router.profile.name}_{kind}_within"] = (to_kind <= within_s).sum(axis=1).astype(np.int32)
    return columns


def _unreachable(at_origins: Positions, to_hub_s: NDArray[np.float32]) -> dict[str, NDArray[np.bool_]]:
    """Which origins cannot reach the hub, by reason."""
    lost = np.isinf(to_hub_s)
    return {"no_street_near": lost & ~at_origins.found, "no_way_to_hub": lost & at_origins.found}


REASONS = {
    "no_street_near": "no street that {profile} may use within the snapping distance",
    "no_way_to_hub": "no way to the hub on streets that {profile} may use",
}


def _left_out(router: StreetRouter, lost: dict[str, NDArray[np.bool_]], origins: gpd.GeoDataFrame) -> list[LeftOut]:
    profile = router.profile.name
    pieces, edges = router.small_pieces
    found = [
        LeftOut("origins", f"{profile}: unreachable, {REASONS[reason].format(profile=profile)}", int(rows.sum()),
                tuple(origins["origin_id"][rows][:3]))
        for reason, rows in lost.items() if rows.any()
    ]  # fmt: skip
    if edges:
        reason = f"{profile}: in {pieces} pieces too small or one-way to start or end on"
        found.append(LeftOut("street segments", reason, edges))
    return found
