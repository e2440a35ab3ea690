"""The main job: how well residents reach the hub and everyday services, by each way of moving."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._given import instance
from tesoma_geo._steps import Steps
from tesoma_geo.analysis.lived_access import LivedAccess, gathered
from tesoma_geo.assessment.cell_table import cells
from tesoma_geo.assessment.notebook import assessment_html, assessment_line, explored, plotted
from tesoma_geo.assessment.profile_study import profile_results
from tesoma_geo.assessment.several_hubs import SeveralHubs, several_hubs
from tesoma_geo.assessment.street_analysis import NetworkDraws, StreetAnalysis, street_analysis
from tesoma_geo.assessment.summary import summary
from tesoma_geo.assessment.summary_records import Summary
from tesoma_geo.assessment.summary_sections import summary_sections
from tesoma_geo.assessment.surfaces import Surface
from tesoma_geo.assessment.transit_analysis import TransitAnalysis
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.inputs.publication import with_publication
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.tables import LeftOut, with_name
from tesoma_geo.workspace import Workspace

#: Called with the name of a step that begins.
Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False, repr=False)
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
    several_hubs
        Who goes to which of several hubs; None where there is one alone.
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
    several_hubs: SeveralHubs | None = None

    @cached_property
    def named_streets(self) -> gpd.GeoDataFrame:
        """The streets that have a name; their spatial index is made once for all who look for the nearest."""
        return with_name(self.streets)

    @cached_property
    def lakes(self) -> shapely.Geometry:
        """All water as one shape, made once for all who put something on land."""
        return shapely.union_all(self.water.geometry)

    def __repr__(self) -> str:
        return assessment_line(self)

    def _repr_html_(self) -> str:
        return assessment_html(self)

    def plot(self, profile: str | None = None, **options: Any) -> Any:
        """Draw the homes by minutes to the hub with matplotlib, over the district and its water.

        Parameters
        ----------
        profile
            A way of moving that was assessed; the first unless named.
        **options
            As for ``GeoDataFrame.plot``: ``ax``, ``cmap``, ``markersize``.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        TesomaError
            The profile was not assessed; matplotlib is not installed.
        """
        return plotted(self, profile, options)

    def explore(self, profile: str | None = None, **options: Any) -> Any:
        """Draw the homes by minutes to the hub on a map of folium that can be moved; its background comes from the web.

        Parameters
        ----------
        profile
            A way of moving that was assessed; the first unless named.
        **options
            As for ``GeoDataFrame.explore``: ``tiles``, ``cmap``, ``m``.

        Returns
        -------
        folium.Map

        Raises
        ------
        TesomaError
            The profile was not assessed; folium or matplotlib is not installed.
        """
        return explored(self, profile, options)

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
    workspace: Workspace | str | os.PathLike[str],
    progress: Progress | None = None,
    *,
    who: str | None = None,
    steps: Steps | None = None,
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
    steps
        Takes steps that were kept, and keeps those that are done; without it all are done.

    Returns
    -------
    Assessment
        Tables, figures and surfaces in the workspace's metric CRS.

    Raises
    ------
    InputError
        A progress that is no function, a name that is no text.
    WorkspaceError
        With every fault of the workspace file or its layers.
    """
    if progress is not None and not callable(progress):
        raise InputError(
            f"progress is {progress!r:.40}", "Give a function that is told the name of each step, such as print"
        )
    if who is not None:
        instance("who", who, str, "Give the name of the person who publishes")
    tell = progress or (lambda _: None)
    if not isinstance(workspace, Workspace):
        workspace = Workspace.load(workspace)
    tell("reading the layers")
    return assess_inputs(with_publication(read_inputs(workspace, steps=steps), who=who), tell, steps)


def assess_inputs(
    inputs: Inputs, progress: Progress, steps: Steps | None = None, draws: NetworkDraws | None = None
) -> Assessment:
    """Assess layers already read; see :func:`assess`.

    Parameters
    ----------
    inputs
        The layers.
    progress
        Told the name of each step as it begins.
    steps
        As of :func:`assess`.
    draws
        What was drawn of the same streets for another assessment; of other streets it is not taken.

    Returns
    -------
    Assessment
        As of :func:`assess`.
    """
    inputs = with_publication(inputs, who=None)
    done = profile_results(inputs, progress, steps or Steps("", keep=False), draws)
    reaches, transit, lived = done.reaches, done.transit, None
    if done.shared.barriers is not None:
        lived = gathered(inputs, done.lived, *done.shared.barriers, inputs.workspace.publish.k)
    study = street_analysis(done.studies, done.shared.study)
    columns = [reach.origin_columns for reach in reaches.values()]
    origins = _with_columns(inputs.origins, columns if lived is None else [*columns, _lived_columns(lived)])
    services = _with_columns(inputs.services, [reach.service_columns for reach in reaches.values()])
    unreachable = {name: reach.unreachable for name, reach in reaches.items()}
    figures: Summary = {
        **summary(inputs, origins, services, unreachable, lived, transit),
        **summary_sections(inputs, origins, services, study),
    }
    hubs = None
    if done.hubs:
        hubs, figures["hubs"] = several_hubs(inputs, inputs.origins, done.hubs)
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
        several_hubs=hubs,
    )


def _lived_columns(lived: LivedAccess) -> dict[str, NDArray[Any]]:
    return {name: lived.origins[name].to_numpy() for name in lived.origins.columns if name != "origin_id"}


def _with_columns(table: gpd.GeoDataFrame, columns: list[dict[str, NDArray[Any]]]) -> gpd.GeoDataFrame:
    """A table with further columns, its geometry last."""
    attributes = table.drop(columns="geometry")
    further = pd.DataFrame({name: values for group in columns for name, values in group.items()}, index=table.index)
    return gpd.GeoDataFrame(pd.concat([attributes, further], axis=1), geometry=table.geometry)
