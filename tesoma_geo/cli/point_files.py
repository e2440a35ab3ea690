"""Layers that commands about points ask and write."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from tesoma_geo.inputs.inputs import Inputs
    from tesoma_geo.network import StreetRouter

#: Ends of file names for layers, and what writes them.
LAYERS = (".gpkg", ".geojson", ".parquet")
layer_file_option = click.option(
    "--out", required=True, metavar="FILE", type=LOCAL_PATH, help="A .gpkg, .geojson or .parquet file."
)


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
