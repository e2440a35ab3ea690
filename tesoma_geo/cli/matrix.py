"""``tesoma-geo matrix``: travel times between two point layers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.options import open_workspace, overwrite_option, talking, workspace_option
from tesoma_geo.cli.talk import Talk

if TYPE_CHECKING:
    import pandas as pd

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

    write_to = None if str(out) == "-" else out
    if write_to is not None and write_to.suffix not in (".csv", ".parquet"):
        raise InputError(f"{out} is neither .csv nor .parquet", "Name the file so with --out")
    table = _table(origins, destinations, workspace_file, profile, id_column, talk)
    table["travel_time"] = (table["travel_time"] / UNITS_S[unit]).round(3)
    if write_to is None:
        table.to_csv(click.get_text_stream("stdout"), index=False)
        return
    from tesoma_geo._files import written_file

    with written_file(write_to, overwrite=overwrite) as draft:
        if write_to.suffix == ".csv":
            table.to_csv(draft, index=False)
        else:
            table.to_parquet(draft, index=False)
    talk.say(f"{len(table):,} travel times in {write_to}")


def _table(
    origins: Path, destinations: Path, workspace_file: Path | None, profile: str, id_column: str | None, talk: Talk
) -> "pd.DataFrame":
    """A row a pair: ``from_id``, ``to_id``, ``travel_time`` in seconds."""
    import numpy as np
    import pandas as pd

    from tesoma_geo.errors import InputError
    from tesoma_geo.network.profiles import profiles_with
    from tesoma_geo.network.streets import StreetNetwork
    from tesoma_geo.sources.layers import read_layer

    workspace = open_workspace(workspace_file, talk)
    profiles = profiles_with(workspace.profiles)
    if profile not in profiles:
        raise InputError(f"--profile {profile} is not known", f"Use one of {', '.join(profiles)}")
    with talk.progress() as progress:
        progress("Reading the points")
        ids, places = {}, {}
        for side, path in (("origins", origins), ("destinations", destinations)):
            reading = read_layer(path, key=side, crs=workspace.district.crs)
            for left_out in reading.left_out:
                talk.say(f"{path}: {left_out}")
            places[side] = reading.table
            ids[side] = _ids(reading.table, path, id_column)
        progress("Reading the streets")
        network = StreetNetwork.from_osm(workspace.osm_path, workspace.district.crs)
        if workspace.elevation is not None:
            network = network.with_elevation(workspace.resolve(workspace.elevation.source))
        router = network.router(profiles[profile], max_snap_m=workspace.network.max_snap_m)
        progress("Computing the travel times")
        positions = {side: router.snap(points, side) for side, points in places.items()}
        travel_time_s = router.times_between(positions["origins"], positions["destinations"])
    for side, position in positions.items():
        far = int((~position.found).sum())
        if far:
            talk.say(f"{far} {side} lie farther than {router.max_snap_m:g} m from a street of {profile}: inf")
    n_origins, n_destinations = travel_time_s.shape
    return pd.DataFrame(
        {
            "from_id": np.repeat(ids["origins"], n_destinations),
            "to_id": np.tile(ids["destinations"], n_origins),
            "travel_time": travel_time_s.ravel(),
        }
    )


def _ids(points: "pd.DataFrame", path: Path, id_column: str | None) -> "pd.Series":
    """The ids of a point layer, each once."""
    from tesoma_geo.errors import InputError

    if id_column is None and "id" not in points:
        return points.index.to_series()
    column = id_column or "id"
    if column not in points:
        raise InputError(f"{path} has no column {column!r}", f"Use one of {', '.join(map(str, points.columns))}")
    ids = points[column]
    if ids.isna().any() or ids.duplicated().any():
        raise InputError(f"{path}: the ids in column {column!r} are missing or repeat", "Give every point its own id")
    return ids
