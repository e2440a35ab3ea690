"""The main job: how well residents reach the hub and everyday services, by each way of moving."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import geopandas as gpd
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._processes import in_processes
from tesoma_geo.analysis.lived_access import LivedAccess, gathered
from tesoma_geo.assessment.cell_table import cells
from tesoma_geo.assessment.profile_study import (
    SharedByProfiles,
    StreetProfile,
    TimetableProfile,
    street_profile,
    timetable_profile,
)
from tesoma_geo.assessment.street_analysis import StreetAnalysis, street_analysis
from tesoma_geo.assessment.summary import summary
from tesoma_geo.assessment.summary_records import Summary
from tesoma_geo.assessment.summary_sections import summary_sections
from tesoma_geo.assessment.surfaces import Surface
from tesoma_geo.assessment.transit_analysis import TransitAnalysis
from tesoma_geo.inputs.layers import Inputs, read_inputs
from tesoma_geo.inputs.publication import with_publication
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Workspace

#: Called with the name of a step that begins.
Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
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
    cells
        The origins as squares with every measure; ``docs/outputs.md`` tells the columns.
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
    lived
        The way to the hub as residents live it, beside the mapped one; None without annotations.
    street_analysis
        Why the streets take as long as they do, in winter, and how sure that is.
    transit_analysis
        Connections to the hub and the hours of the day; None without a timetable.
    """

    inputs: Inputs
    origins: gpd.GeoDataFrame
    cells: gpd.GeoDataFrame
    isochrones: dict[str, gpd.GeoDataFrame]
    surfaces: dict[str, Surface]
    services: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    summary: Summary
    left_out: tuple[LeftOut, ...]
    lived: LivedAccess | None
    street_analysis: StreetAnalysis
    transit_analysis: TransitAnalysis | None

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


def assess(
    workspace: Workspace | str | os.PathLike[str], progress: Progress | None = None, *, who: str | None = None
) -> Assessment:
    """Assess the accessibility of a workspace's hub.

    Parameters
    ----------
    workspace
        A workspace, or the path of its file.
    progress
        Told the name of each step as it begins.
    who
        Who publishes what residents said, for the audit log of the store: cohorts that are due are closed. None to
        change nothing there.

    Returns
    -------
    Assessment
        Tables, figures and surfaces in the workspace's metric CRS.

    Raises
    ------
    WorkspaceError
        With every fault of the workspace file or its layers.
    """
    tell = progress or (lambda _: None)
    if not isinstance(workspace, Workspace):
        workspace = Workspace.load(workspace)
    tell("reading the layers")
    return assess_inputs(with_publication(read_inputs(workspace), who=who), tell)


def assess_inputs(inputs: Inputs, progress: Progress) -> Assessment:
    """Assess layers already read; see :func:`assess`.

    Parameters
    ----------
    inputs
        The layers.
    progress
        Told the name of each step as it begins.

    Returns
    -------
    Assessment
        As of :func:`assess`.
    """
    inputs = with_publication(inputs, who=None)
    shared = SharedByProfiles.of(inputs)
    on_streets, by_timetable = _profiles(inputs, shared, progress)
    names = inputs.workspace.access.profiles
    reaches = {name: (on_streets.get(name) or by_timetable[name]).reach for name in names}
    transit = next((result.transit for result in by_timetable.values()), None)
    lived = None
    if shared.barriers is not None:
        by_profile = [result.lived for result in on_streets.values() if result.lived is not None]
        lived = gathered(inputs, by_profile, *shared.barriers, inputs.workspace.publish.k)
    study = street_analysis({name: result.study for name, result in on_streets.items()}, shared.study)
    columns = [reach.origin_columns for reach in reaches.values()]
    origins = _with_columns(inputs.origins, columns if lived is None else [*columns, _lived_columns(lived)])
    services = _with_columns(inputs.services, [reach.service_columns for reach in reaches.values()])
    unreachable = {name: reach.unreachable for name, reach in reaches.items()}
    figures: Summary = {
        **summary(inputs, origins, services, unreachable, lived, transit),
        **summary_sections(inputs, origins, services, study),
    }
    to_services_s = {name: reach.to_services_s for name, reach in reaches.items()}
    within_min = inputs.workspace.access.services_within_min
    left_out = [*inputs.left_out, *(left for reach in reaches.values() for left in reach.left_out)]
    return Assessment(
        inputs=inputs,
        origins=origins,
        cells=cells(origins, services, to_services_s, study, transit, within_min),
        isochrones={name: reach.isochrones for name, reach in reaches.items()},
        surfaces={name: reach.surface for name, reach in reaches.items()},
        services=services,
        streets=inputs.network.lines(inputs.network.ways["highway"].notna().to_numpy()),
        summary=figures,
        left_out=(*left_out, *(lived.left_out if lived else ())),
        lived=lived,
        street_analysis=study,
        transit_analysis=transit,
    )


def _profiles(
    inputs: Inputs, shared: SharedByProfiles, progress: Progress
) -> tuple[dict[str, StreetProfile], dict[str, TimetableProfile]]:
    """Every profile on streets and by timetable, side by side; in the order of the workspace."""
    profiles = {profile.name: profile for profile in inputs.profiles}

    def one(name: str) -> StreetProfile | TimetableProfile:
        progress(name)
        if name in profiles:
            return street_profile(inputs, profiles[name], shared)
        return timetable_profile(inputs, profiles, shared)

    # The timetable takes longest: it begins first.
    names = sorted(inputs.workspace.access.profiles, key=lambda name: name in profiles)
    done = dict(zip(names, in_processes([partial(one, name) for name in names]), strict=True))
    in_order = [(name, done[name]) for name in inputs.workspace.access.profiles]
    return (
        {name: result for name, result in in_order if isinstance(result, StreetProfile)},
        {name: result for name, result in in_order if isinstance(result, TimetableProfile)},
    )


def _lived_columns(lived: LivedAccess) -> dict[str, NDArray[Any]]:
    return {name: lived.origins[name].to_numpy() for name in lived.origins.columns if name != "origin_id"}


def _with_columns(table: gpd.GeoDataFrame, columns: list[dict[str, NDArray[Any]]]) -> gpd.GeoDataFrame:
    """A table with further columns, its geometry last."""
    attributes = table.drop(columns="geometry")
    further = pd.DataFrame({name: values for group in columns for name, values in group.items()}, index=table.index)
    return gpd.GeoDataFrame(pd.concat([attributes, further], axis=1), geometry=table.geometry)
