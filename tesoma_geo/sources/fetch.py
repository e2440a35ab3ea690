"""Everything that a workspace names by address, downloaded beside it."""

import os
from collections.abc import Callable, Iterator

import geopandas as gpd
import shapely

from tesoma_geo._http import Fetched, download
from tesoma_geo.crs import WGS84
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.overpass import fetch_overpass
from tesoma_geo.sources.wfs import fetch_wfs
from tesoma_geo.workspace import Workspace, is_address


def fetch(
    workspace: Workspace | str | os.PathLike[str],
    *,
    refresh: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Fetched]:
    """Download what a workspace names by address, into ``fetched/`` beside its file.

    Files come first, then layers of WFS services, then OpenStreetMap from Overpass for the
    district's area and its surroundings (``network.buffer_m``).

    Parameters
    ----------
    workspace
        A workspace loaded with ``fetched=False``, or its file.
    refresh
        Ask for newer versions of what is there already.
    progress
        Told what is being done.

    Returns
    -------
    list of Fetched
        A file each, with its date; empty when the workspace names no address.

    Raises
    ------
    WorkspaceError
        The workspace file has faults.
    FetchError
        A download did not succeed; those before it are kept.
    SourceError
        The district's area, which says what to ask Overpass for, cannot be read.
    """
    if not isinstance(workspace, Workspace):
        workspace = Workspace.load(workspace, fetched=False)
    fetched = [
        download(source, workspace.resolve(source), refresh=refresh, progress=progress)
        for source in dict.fromkeys(_files(workspace))
        if is_address(source)
    ]
    fetched += [
        fetch_wfs(layer.source, layer.wfs_layer, workspace.resolve(layer.file), refresh=refresh, progress=progress)
        for layer in workspace.services.files
        if layer.wfs_layer is not None
    ]
    service = workspace.network.overpass
    if service is not None:
        area, filters = _surroundings(workspace), workspace.services.osm
        osm = fetch_overpass(service, area, filters, workspace.osm_path, refresh=refresh, progress=progress)
        fetched.append(osm)
    return fetched


def _files(workspace: Workspace) -> Iterator[str]:
    """The sources of a workspace that are files as they are."""
    layers = (workspace.district.area, workspace.hub.area, workspace.basemap.water)
    yield from (layer.source for layer in layers if layer is not None)
    yield workspace.population.source
    if workspace.network.osm is not None:
        yield workspace.network.osm
    if workspace.elevation is not None:
        yield workspace.elevation.source
    if workspace.transit is not None:
        yield from workspace.transit.gtfs
    yield from (layer.source for layer in workspace.services.files if layer.wfs_layer is None)
    for survey in workspace.annotations:
        yield survey.geometries
        if survey.respondents is not None:
            yield survey.respondents


def _surroundings(workspace: Workspace) -> shapely.Geometry:
    """The district's area and what routes may use around it, in WGS 84."""
    named, crs = workspace.district.area, workspace.district.crs
    path = workspace.resolve(named.source)
    areas = read_layer(path, key="district.area", crs=crs, layer=named.layer, where=named.where).table
    around = areas.geometry.union_all().buffer(workspace.network.buffer_m)
    return gpd.GeoSeries([around], crs=crs).to_crs(WGS84).iloc[0]
