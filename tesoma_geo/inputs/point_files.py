"""Points that a call is given as a file: with coordinates, or with addresses."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.inputs.located_addresses import ADDRESS, located
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetNetwork
from tesoma_geo.sources._delimited import SUFFIXES, has_coordinates, read_delimited
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.sources.osm_addresses import read_osm_addresses
from tesoma_geo.tables import Reading
from tesoma_geo.workspace import Workspace


def read_points(
    path: Path, side: str, workspace: Workspace, id_column: str | None, tell: Callable[[str], None]
) -> gpd.GeoDataFrame:
    """A point layer, its ids in the index; what is left out is told.

    Parameters
    ----------
    path
        The file: points, or delimited text with a column ``address`` and no coordinates.
    side
        What the points are: ``"origins"``.
    workspace
        Whose system and street file hold.
    id_column
        The column of ids; ``id`` where it is None and there is one, else rows from 0.
    tell
        Told what is left out.

    Returns
    -------
    GeoDataFrame
        In the workspace's CRS.

    Raises
    ------
    InputError
        No such column, or ids that are missing or repeat.
    SourceError
        A file that cannot be read.
    """
    reading = _by_addresses(path, workspace)
    if reading is None:
        reading = read_layer(path, key=side, crs=workspace.district.crs)
    for left_out in reading.left_out:
        tell(f"{path}: {left_out}")
    for note in reading.notes:
        tell(f"{path}: {note}")
    points = reading.table
    if not len(points):
        raise InputError(f"{path}: no row of {side} has a place", "Correct its addresses or coordinates")
    if id_column is None and "id" not in points:
        return points
    column = id_column or "id"
    if column not in points:
        raise InputError(f"{path} has no column {column!r}", instead(column, points.columns))
    if points[column].isna().any() or points[column].duplicated().any():
        raise InputError(f"{path}: ids in the column {column!r} are missing or repeat", "Give every point its own id")
    return points.set_index(column)


def _by_addresses(path: Path, workspace: Workspace) -> Reading | None:
    """The points of a table with addresses and no coordinates; None for any other file."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return None
    table = read_delimited(path, "", ("id", ADDRESS))
    if ADDRESS not in table or has_coordinates(table):
        return None
    crs = workspace.district.crs
    network = StreetNetwork.from_osm(workspace.osm_path, crs, country=workspace.district.country)
    everywhere = shapely.box(network.x.min(), network.y.min(), network.x.max(), network.y.max())
    addresses = read_osm_addresses(workspace.osm_path, crs=crs, within=everywhere).table
    return located(table, addresses, network.ways_as_lines())
