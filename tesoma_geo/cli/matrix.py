"""``tesoma-geo matrix``: travel times between two point layers."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.point_pairs import (
    UNITS_S,
    id_option,
    pair_times,
    say_memory,
    turn_costs_option,
    unit_option,
)
from tesoma_geo.cli.scheduler_options import blocks_options
from tesoma_geo.cli.table_file import check_table_file, table_out_option, write_blocks

if TYPE_CHECKING:
    import pandas as pd

    from tesoma_geo.assessment.pairs_asked import PairsAsked
    from tesoma_geo.batch.schedule import Schedule


@click.command("matrix")
@click.argument("origins", type=click.Path(path_type=Path))
@click.argument("destinations", type=click.Path(path_type=Path))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@turn_costs_option
@unit_option
@id_option
@blocks_options
@table_out_option
@overwrite_option
@console_options
def command(
    origins: Path,
    destinations: Path,
    workspace_file: Path | None,
    profile: str,
    turn_costs: bool,
    unit: str,
    id_column: str | None,
    schedule: "Schedule | None",
    out: Path,
    overwrite: bool,
    console: Console,
) -> None:
    """Compute travel times between two point layers.

    ORIGINS and DESTINATIONS are files of points: CSV with longitude and latitude or with a column
    `address`, GeoJSON, GeoPackage, GeoParquet. The streets, the elevation and the profiles are the
    workspace's. The table has a row a pair, `from_id`, `to_id`, `travel_time`, which is `inf` where
    there is no way.

    With --profile transit `travel_time` is the median over the departures of the workspace's window, and
    `travel_time_p5` … are its percentiles, both from [transit].

    Pairs are computed and written a block at a time, in Parquet as row groups, so that memory does not grow with them.
    With --scheduler blocks are done side by side, or on a Dask cluster whose machines see the files under the same
    names; the result has the same bytes. They are kept beside --out until all is written: called again after it was
    stopped, the command goes on.

    \b
    Examples:
      tesoma-geo matrix homes.csv libraries.geojson --out minutes.parquet
      tesoma-geo matrix homes.csv homes.csv --profile bicycle --unit s > seconds.csv
      tesoma-geo matrix homes.csv schools.gpkg --profile transit --out minutes.csv
      tesoma-geo matrix grid.parquet hospitals.csv --scheduler processes --out minutes.parquet
    """
    from tesoma_geo.assessment.pairs_asked import PairsAsked
    from tesoma_geo.inputs.protected import protected_files

    workspace = open_workspace(workspace_file, console)
    kept = (origins, destinations, *protected_files(workspace))
    check_table_file(out, overwrite, kept)
    asked = PairsAsked(workspace, origins, destinations, profile, id_column, turn_costs)
    percentiles = tuple(workspace.transit.percentiles if workspace.transit else ())
    write = partial(write_blocks, out=out, rows="travel times", overwrite=overwrite, console=console, protected=kept)
    with compile_notice(console):
        if schedule is None:
            write(pair_times(asked, console).tables(UNITS_S[unit], percentiles))
        else:
            _write_by(schedule, asked, (UNITS_S[unit], percentiles), out, write, console)
    say_memory(console)


def _write_by(
    schedule: "Schedule",
    asked: "PairsAsked",
    columns: tuple[float, tuple[float, ...]],
    out: Path,
    write: Callable[["Iterable[pd.DataFrame]"], None],
    console: Console,
) -> None:
    """Have the blocks done by processes or a cluster, then write them one after the other."""
    from tesoma_geo.batch.pairs import MatrixRows, SharedPairs, kept_blocks, matrix_in_blocks

    shared, rows = SharedPairs.of(asked), MatrixRows(*columns)
    with kept_blocks(out, shared, rows) as kept, console.progress() as progress:
        progress("computing travel times")
        write(matrix_in_blocks(shared, kept, schedule, rows, console.info))
