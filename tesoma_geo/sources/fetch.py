"""Everything that a workspace names by address, downloaded beside it.

Files come over HTTP, tables from PostGIS. Another package announces a fetcher of further addresses as an entry point
of the group ``tesoma_geo.fetchers``, named by the scheme that it serves (``s3`` for ``s3://bucket/streets.osm.pbf``).
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import geopandas as gpd
import shapely

from tesoma_geo._database import SCHEMES
from tesoma_geo._downloads import Fetched, record_of
from tesoma_geo._http import download
from tesoma_geo._plugins import FETCHERS as PLUGINS
from tesoma_geo._plugins import find_plugins, load_plugin
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.database_table import fetch_table
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.overpass import fetch_overpass
from tesoma_geo.sources.packed import fetch_from_zip, fetch_packed
from tesoma_geo.sources.raster_window import fetch_glo30, fetch_raster_window
from tesoma_geo.sources.wfs import fetch_wfs, fetch_wfs_part
from tesoma_geo.workspace import Workspace, is_address
from tesoma_geo.workspace.addresses import scheme_of


class Fetcher(Protocol):
    """Downloads one file from an address into a path, unless it is there already."""

    def __call__(self, address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
        """Download; ``refresh`` asks for a newer version of what is there, ``progress`` is told what is done."""


#: Scheme of an address → what fetches it.
FETCHERS: Mapping[str, Fetcher] = {
    secure: fetcher
    for kind, fetcher in (
        ("", download),
        ("gz+", fetch_packed),
        ("zip+", fetch_from_zip),
        ("cog+", fetch_raster_window),
        ("glo30+", fetch_glo30),
        ("wfs+", fetch_wfs_part),
    )
    for secure in (f"{kind}http", f"{kind}https")
} | dict.fromkeys(SCHEMES, fetch_table)


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
        A download did not succeed, or nothing is installed that fetches such an address; those before it are kept.
    SourceError
        The district's area, which says what to ask Overpass for, cannot be read.
    """
    if not isinstance(workspace, Workspace):
        workspace = Workspace.load(workspace, fetched=False)
    fetched = []
    for source in dict.fromkeys(_files(workspace)):
        if is_address(source):
            path = workspace.resolve(source)
            with _what_is_there(path):
                fetched.append(find_fetcher(source)(source, path, refresh=refresh, progress=progress))
    for layer in workspace.services.files:
        if layer.wfs_layer is not None:
            path = workspace.resolve(layer.file)
            with _what_is_there(path):
                fetched.append(fetch_wfs(layer.source, layer.wfs_layer, path, refresh=refresh, progress=progress))
    service = workspace.network.overpass
    if service is not None:
        area, filters = _surroundings(workspace), workspace.services.osm
        path = workspace.osm_path
        with _what_is_there(path):
            fetched.append(fetch_overpass(service, area, filters, path, refresh=refresh, progress=progress))
    return fetched


@contextmanager
def _what_is_there(path: Path) -> Iterator[None]:
    """Without a network: a failed download also tells what an earlier one left, and how old that is."""
    try:
        yield
    except FetchError as error:
        known = record_of(path)
        if known is None:
            raise
        days = (datetime.now(UTC) - datetime.fromisoformat(known.date)).days
        age = "today" if days < 1 else "a day ago" if days == 1 else f"{days} days ago"
        raise FetchError(
            error.problem, f"{error.remedy}; without --overwrite the one downloaded {age} ({known.date[:10]}) is used"
        ) from None


def find_fetcher(address: str) -> Fetcher:
    """What downloads from an address; the package's own fetchers come before those of other packages.

    Parameters
    ----------
    address
        With its scheme.

    Returns
    -------
    Fetcher

    Raises
    ------
    FetchError
        Nothing is installed that fetches addresses of that scheme.
    """
    scheme = scheme_of(address)
    if scheme in FETCHERS:
        return FETCHERS[scheme]
    known = dict.fromkeys([*FETCHERS, *find_plugins(PLUGINS)])
    if scheme not in known:
        raise FetchError(
            f"{address}: nothing is installed that fetches {scheme}:// addresses",
            f"Use {' or '.join(f'{name}://' for name in known)}, or put the file beside the workspace",
        )
    fetcher: Fetcher = load_plugin(PLUGINS, scheme)
    return fetcher


def _files(workspace: Workspace) -> Iterator[str]:
    """The sources of a workspace that are files as they are."""
    hubs = [hub.area for hub in workspace.hubs]
    layers = (workspace.district.area, workspace.hub.area, *hubs, workspace.basemap.water, workspace.nature.areas)
    yield from (layer.source for layer in layers if layer is not None)
    yield workspace.population.source
    if workspace.network.osm is not None:
        yield workspace.network.osm
    if workspace.elevation is not None:
        yield workspace.elevation.source
    if workspace.winter is not None and workspace.winter.source is not None:
        yield workspace.winter.source
    yield from (walk.source for walk in workspace.survey_walk)
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
