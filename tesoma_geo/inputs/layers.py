"""Every layer of a workspace, read and checked, with a report on each."""

from dataclasses import replace

import geopandas as gpd
import shapely

from tesoma_geo._steps import Steps
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.data_dates import with_data_dates
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.licences import with_licences
from tesoma_geo.inputs.place_layers import place_layers
from tesoma_geo.inputs.plausibility.services import kind_doubts
from tesoma_geo.inputs.plausibility.settings import setting_doubts
from tesoma_geo.inputs.population import read_origins
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.inputs.shared_layers import STREET_LAYERS, SharedLayers
from tesoma_geo.inputs.surveys import read_survey_layers
from tesoma_geo.inputs.workspace_layers import WorkspaceLayers
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.sources.osm_areas import WATER
from tesoma_geo.workspace import Workspace


def read_inputs(workspace: Workspace, shared: SharedLayers | None = None, steps: Steps | None = None) -> Inputs:
    """Read every layer of a workspace.

    Parameters
    ----------
    workspace
        The workspace, checked.
    shared
        Streets and timetable that were read for several workspaces; None to read its own.
    steps
        Takes what was kept of layers that tell of the place, and keeps it; None to read them now.

    Returns
    -------
    Inputs
        Its layers in its metric CRS.

    Raises
    ------
    WorkspaceError
        With the faults of all layers.
    """
    inputs, reports = check_inputs(workspace, shared, steps)
    if inputs is None:
        raise WorkspaceError([fault for report in reports for fault in report.faults])
    return inputs


def check_inputs(
    workspace: Workspace, shared: SharedLayers | None = None, steps: Steps | None = None
) -> tuple[Inputs | None, tuple[LayerReport, ...]]:
    """Read every layer and report on each; the inputs are None when a fault stops the job.

    Parameters
    ----------
    workspace
        The workspace, checked.
    shared, steps
        As of :func:`read_inputs`.

    Returns
    -------
    inputs : Inputs or None
        The layers in the metric CRS.
    reports : tuple of LayerReport
        One a layer, with its faults.

    Raises
    ------
    AssertionError
        A layer is missing and no report says why: a fault of this package.
    """
    layers = WorkspaceLayers(workspace)
    profiles = layers.profiles()
    place = place_layers(workspace, shared, steps)
    layers.reports += place.reports
    layers.left_out += place.left_out
    district, study_area, network, hub = place.district, place.study_area, place.network, place.hub
    if district is None or study_area is None:
        return None, with_licences(workspace, layers.reports)
    further_hubs = place.further_hubs or {}
    survey = read_survey_layers(layers, study_area)
    country = workspace.district.country or (network.country if network is not None else "")
    of_settings = setting_doubts(workspace, profiles or (), country=country)
    layers.doubts((*of_settings, *kind_doubts(workspace), *place.doubts))
    reports = with_licences(workspace, with_data_dates(workspace, layers.reports))
    if any(report.faults for report in reports):
        return None, reports
    if profiles is None or network is None or hub is None or place.origins is None or place.services is None:
        raise AssertionError("a layer is missing and no report says why")
    if place.water is None or place.green is None:
        raise AssertionError("areas are missing and no report says why")
    if shared is None:
        network = split_for(network.with_water(place.water.geometry), *profiles)
    return Inputs(
        workspace, profiles, district, study_area, hub, network, place.water, place.origins, place.services,
        place.green, place.winter, place.timetable, survey, reports, tuple(layers.left_out),
        further_hubs=tuple(further_hubs.values()),
    ), reports  # fmt: skip


def read_shared(workspace: Workspace) -> SharedLayers:
    """Read what the parts of a workspace's district have in common, to assess each of them by itself.

    Parameters
    ----------
    workspace
        Its district is all parts together; its hub is not asked for.

    Returns
    -------
    SharedLayers

    Raises
    ------
    WorkspaceError
        With the faults of these layers.
    """
    layers = WorkspaceLayers(workspace)
    profiles, district = layers.profiles(), layers.district()
    if district is not None and profiles is not None:
        area = shapely.union_all(district.geometry.to_numpy())
        study_area = area.buffer(workspace.network.buffer_m)
        network = layers.network(study_area)
        water = layers.areas("basemap.water", workspace.basemap.water, WATER, study_area)
        homes = None if network is None else read_origins(layers, area, network)
        timetable = layers.timetable(study_area, None, None)
        if network is not None and water is not None and homes is not None and not layers.faulty:
            of_streets = [report for report in layers.reports if report.key.startswith(STREET_LAYERS)]
            reports = tuple(replace(report, doubts=()) for report in of_streets)
            whole = split_for(network.with_water(water.geometry), *profiles)
            return SharedLayers(whole, homes, timetable, reports, network.left_out)
    raise WorkspaceError([fault for report in layers.reports for fault in report.faults])


def read_surroundings(workspace: Workspace) -> tuple[StreetNetwork, gpd.GeoDataFrame]:
    """Streets and services of the study area alone, for what needs no more.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    network : StreetNetwork
        Streets of the study area, with elevation where the workspace has it.
    services : GeoDataFrame
        ``tables.SERVICES`` of the study area, in the metric CRS.

    Raises
    ------
    WorkspaceError
        With the faults of these layers.
    """
    layers = WorkspaceLayers(workspace)
    district = layers.district()
    if district is not None:
        study_area = shapely.union_all(district.geometry.to_numpy()).buffer(workspace.network.buffer_m)
        network, services = layers.network(study_area), layers.services(study_area)
        if network is not None and services is not None:
            return network, services
    raise WorkspaceError([fault for report in layers.reports for fault in report.faults])


def read_streets_and_homes(workspace: Workspace) -> tuple[StreetNetwork, gpd.GeoDataFrame]:
    """Streets of the study area and where residents live alone, for what needs no more.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    network : StreetNetwork
        Streets of the study area, with elevation where the workspace has it.
    homes : GeoDataFrame
        ``tables.ORIGINS``, in the metric CRS.

    Raises
    ------
    WorkspaceError
        With the faults of these layers.
    """
    layers = WorkspaceLayers(workspace)
    district = layers.district()
    if district is not None:
        area = shapely.union_all(district.geometry.to_numpy())
        network = layers.network(area.buffer(workspace.network.buffer_m))
        homes = None if network is None else read_origins(layers, area, network)
        if network is not None and homes is not None:
            return network, homes
    raise WorkspaceError([fault for report in layers.reports for fault in report.faults])
