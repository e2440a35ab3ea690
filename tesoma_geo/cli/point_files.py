"""Points that a command is given as a file: with coordinates, or with addresses."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from tesoma_geo.inputs.inputs import Inputs
    from tesoma_geo.network import StreetRouter
    from tesoma_geo.tables import Reading
    from tesoma_geo.workspace import Workspace

#: Ends of file names for layers, and what writes them.
LAYERS = (".gpkg", ".geojson", ".parquet")
layer_file_option = click.option(
    "--out", required=True, metavar="FILE", type=LOCAL_PATH, help="A .gpkg, .geojson or .parquet file."
)


def read_points(
    path: Path, side: str, workspace: "Workspace", id_column: str | None, console: Console
) -> "GeoDataFrame":
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
    console
        Where it is told.

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
    from tesoma_geo.errors import InputError
    from tesoma_geo.sources.layers import read_layer

    reading = _by_addresses(path, workspace)
    if reading is None:
        reading = read_layer(path, key=side, crs=workspace.district.crs)
    for left_out in reading.left_out:
        console.info(f"{path}: {left_out}")
    for note in reading.notes:
        console.info(f"{path}: {note}")
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


def _by_addresses(path: Path, workspace: "Workspace") -> "Reading | None":
    """The points of a table with addresses and no coordinates; None for any other file."""
    import shapely

    from tesoma_geo.inputs.located_addresses import ADDRESS, located
    from tesoma_geo.network import StreetNetwork
    from tesoma_geo.sources._delimited import SUFFIXES, has_coordinates, read_delimited
    from tesoma_geo.sources.osm_addresses import read_osm_addresses

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


def street_router(inputs: "Inputs", profile: str) -> "StreetRouter":
    """The streets of a workspace with the costs of one profile.

    Parameters
    ----------
    inputs
        The workspace's layers.
    profile
        The name of a way of moving on streets.

    Returns
    -------
    StreetRouter

    Raises
    ------
    InputError
        No profile of that name.
    """
    from tesoma_geo.errors import InputError
    from tesoma_geo.network.streets.profiles import profiles_with

    profiles = profiles_with(inputs.workspace.profiles)
    if profile not in profiles:
        raise InputError(f"--profile {profile}: there is none of that name on streets", instead(profile, profiles))
    return inputs.network.router(profiles[profile], max_snap_m=inputs.workspace.network.max_snap_m)


def write_layer_file(
    table: "GeoDataFrame", out: Path, layer: str, *, overwrite: bool, protected: Iterable[Path] = ()
) -> None:
    """Write a table of polygons where ``--out`` says, the same bytes each time.

    Parameters
    ----------
    table
        The polygons.
    out
        The value of ``--out``; GeoJSON is written in WGS 84.
    layer
        The name of the layer in a GeoPackage.
    overwrite
        Whether a file that is there is replaced.
    protected
        Files that are never replaced.

    Raises
    ------
    OutputError
        Another ending, or something is there that may not be replaced.
    """
    from tesoma_geo._files import written_file
    from tesoma_geo._geopackage import write_layers
    from tesoma_geo.errors import OutputError

    end = out.suffix.lower()
    if end not in LAYERS:
        raise OutputError(f"{out} is no {', '.join(LAYERS)}", "Name the file so with --out")
    with written_file(out, overwrite=overwrite, protected=protected) as draft:
        if end == ".gpkg":
            write_layers(draft, {layer: table})
        elif end == ".parquet":
            table.to_parquet(draft, index=False)
        else:
            draft.write_text(table.to_crs(4326).to_json(drop_id=True, to_wgs84=True), encoding="utf-8")
