"""``tesoma-geo matrix``: travel times between two point layers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.first_run import told_of_compiling
from tesoma_geo.cli.options import open_workspace, overwrite_option, talking, workspace_option
from tesoma_geo.cli.talk import Talk

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from tesoma_geo.network.router import StreetRouter
    from tesoma_geo.workspace import Workspace

UNITS_S = {"min": 60.0, "s": 1.0}


@click.command("matrix")
@click.argument("origins", type=click.Path(path_type=Path))
@click.argument("destinations", type=click.Path(path_type=Path))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@click.option("--unit", type=click.Choice(list(UNITS_S)), default="min", show_default=True, help="Of travel_time.")
@click.option("--id", "id_column", metavar="COLUMN", help="The column of ids.  [default: id, else rows from 0]")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    show_default=True,
    help="A .csv or .parquet file; - is CSV on stdout.",
)
@overwrite_option
@talking
def command(
    origins: Path,
    destinations: Path,
    workspace_file: Path | None,
    profile: str,
    unit: str,
    id_column: str | None,
    out: Path,
    overwrite: bool,
    talk: Talk,
) -> None:
    """Compute travel times between two point layers.

    ORIGINS and DESTINATIONS are files of points: CSV with longitude and latitude, GeoJSON,
    GeoPackage, GeoParquet. The streets, the elevation and the profiles are the workspace's. The table
    has a row a pair, `from_id`, `to_id`, `travel_time`, which is `inf` where there is no way.

    \b
    Examples:
      tesoma-geo matrix homes.csv libraries.geojson --out minutes.parquet
      tesoma-geo matrix homes.csv homes.csv --profile bicycle --unit s > seconds.csv
    """
    from tesoma_geo.errors import InputError

    to_stdout = str(out) == "-"
    if not to_stdout and out.suffix not in (".csv", ".parquet"):
        raise InputError(f"{out} is neither .csv nor .parquet", "Name the file so with --out")
    workspace = open_workspace(workspace_file, talk)
    with told_of_compiling(talk), talk.progress() as progress:
        progress("reading the points")
        starts = _read_points(origins, "origins", workspace, id_column, talk)
        ends = _read_points(destinations, "destinations", workspace, id_column, talk)
        progress("reading the streets")
        router = _router(workspace, profile)
        progress("computing the travel times")
        table = _travel_times(router, starts, ends, talk)
    table["travel_time"] = (table["travel_time"] / UNITS_S[unit]).round(3)
    if to_stdout:
        click.echo(table.to_csv(index=False), nl=False)
    else:
        _write(table, out, overwrite)
        talk.say(f"{len(table):,} travel times in {out}")


def _read_points(path: Path, side: str, workspace: "Workspace", id_column: str | None, talk: Talk) -> "GeoDataFrame":
    """A point layer, its ids in the index."""
    from tesoma_geo.errors import InputError
    from tesoma_geo.sources.layers import read_layer

    reading = read_layer(path, key=side, crs=workspace.district.crs)
    for left_out in reading.left_out:
        talk.say(f"{path}: {left_out}")
    points = reading.table
    if id_column is None and "id" not in points:
        return points
    column = id_column or "id"
    if column not in points:
        raise InputError(f"{path} has no column {column!r}", f"Use one of {', '.join(map(str, points.columns))}")
    if points[column].isna().any() or points[column].duplicated().any():
        raise InputError(f"{path}: ids in the column {column!r} are missing or repeat", "Give every point its own id")
    return points.set_index(column)


def _router(workspace: "Workspace", profile: str) -> "StreetRouter":
    """The workspace's streets with the costs of one profile."""
    from tesoma_geo.errors import InputError
    from tesoma_geo.network import StreetNetwork
    from tesoma_geo.network.profiles import profiles_with

    profiles = profiles_with(workspace.profiles)
    if profile not in profiles:
        raise InputError(f"--profile {profile}: there is none of that name", f"Use one of {', '.join(profiles)}")
    network = StreetNetwork.from_osm(workspace.osm_path, workspace.district.crs)
    elevation = workspace.resolve(workspace.elevation.source) if workspace.elevation else None
    return network.router(profiles[profile], elevation, workspace.network.max_snap_m)


def _travel_times(
    router: "StreetRouter", origins: "GeoDataFrame", destinations: "GeoDataFrame", talk: Talk
) -> "pd.DataFrame":
    """A row a pair: ``from_id``, ``to_id``, ``travel_time`` in seconds."""
    import numpy as np
    import pandas as pd

    at_origins, at_destinations = router.snap(origins, "origins"), router.snap(destinations, "destinations")
    for side, positions in (("origins", at_origins), ("destinations", at_destinations)):
        far = int((~positions.found).sum())
        if far:
            talk.say(f"{side} farther than {router.max_snap_m:g} m from a street of this profile: {far}, all inf")
    return pd.DataFrame(
        {
            "from_id": np.repeat(origins.index, len(destinations)),
            "to_id": np.tile(destinations.index, len(origins)),
            "travel_time": router.times_between(at_origins, at_destinations).ravel(),
        }
    )


def _write(table: "pd.DataFrame", out: Path, overwrite: bool) -> None:
    from tesoma_geo._files import written_file

    with written_file(out, overwrite=overwrite) as draft:
        if out.suffix == ".csv":
            table.to_csv(draft, index=False)
        else:
            table.to_parquet(draft, index=False)
