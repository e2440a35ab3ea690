"""``tesoma-geo matrix``: travel times between two point layers."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.local_path import LOCAL_TABLE
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
from tesoma_geo.cli.table_file import TableFolder, check_table_file, large_table_out_option, write_blocks

if TYPE_CHECKING:
    import pandas as pd

    from tesoma_geo.assessment.pairs_asked import PairsAsked
    from tesoma_geo.batch.schedule import Schedule


@click.command("matrix")
@click.argument("origins", type=LOCAL_TABLE)
@click.argument("destinations", type=LOCAL_TABLE)
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@turn_costs_option
@unit_option
@id_option
@blocks_options
@large_table_out_option
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
    out: Path | TableFolder,
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

    A folder as --out gets a Parquet file a block, which whoever does the block writes: other programs read the folder
    as one table, and nothing goes through one process. It appears when all is there.

    \b
    Examples:
      tesoma-geo matrix homes.csv libraries.geojson --out minutes.parquet
      tesoma-geo matrix homes.csv homes.csv --profile bicycle --unit s > seconds.csv
      tesoma-geo matrix homes.csv schools.gpkg --profile transit --out minutes.csv
      tesoma-geo matrix grid.parquet hospitals.csv --scheduler processes --out minutes.parquet
      tesoma-geo matrix grid.parquet hospitals.csv --scheduler tcp://10.0.0.1:8786 --out minutes/
    """
    from tesoma_geo.assessment.pairs_asked import PairsAsked
    from tesoma_geo.inputs.protected import protected_files

    workspace = open_workspace(workspace_file, console)
    kept = (origins, destinations, *protected_files(workspace))
    asked = PairsAsked(workspace, origins, destinations, profile, id_column, turn_costs)
    columns = UNITS_S[unit], tuple(workspace.transit.percentiles if workspace.transit else ())
    if isinstance(out, TableFolder):
        _write_folder(schedule, asked, columns, out.path, overwrite, kept, console)
    else:
        check_table_file(out, overwrite, kept)
        write = partial(
            write_blocks, out=out, rows="travel times", overwrite=overwrite, console=console, protected=kept
        )
        with compile_notice(console):
            if schedule is None:
                write(pair_times(asked, console).tables(*columns))
            else:
                _write_by(schedule, asked, columns, out, write, console)
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
    from tesoma_geo.batch.kept_blocks import kept_blocks
    from tesoma_geo.batch.pairs import MatrixRows, SharedPairs, matrix_in_blocks

    shared, rows = SharedPairs.of(asked), MatrixRows(*columns)
    with kept_blocks(out, shared.key, rows) as kept, console.progress() as progress:
        progress("computing travel times")
        write(matrix_in_blocks(shared, kept, schedule, rows, console.info))


def _write_folder(
    schedule: "Schedule | None",
    asked: "PairsAsked",
    columns: tuple[float, tuple[float, ...]],
    out: Path,
    overwrite: bool,
    protected: tuple[Path, ...],
    console: Console,
) -> None:
    """Have the blocks done, each by whoever writes its file."""
    from tesoma_geo._files import require_free_folder
    from tesoma_geo._result_mark import TABLE
    from tesoma_geo.batch.pair_dataset import write_pair_dataset
    from tesoma_geo.batch.pairs import MatrixRows, SharedPairs
    from tesoma_geo.batch.schedule import IN_TURN

    require_free_folder(out, overwrite=overwrite, protected=protected, command=TABLE)
    with compile_notice(console), console.progress() as progress:
        progress("computing travel times")
        count = write_pair_dataset(
            SharedPairs.of(asked), MatrixRows(*columns), schedule or IN_TURN, out,
            overwrite=overwrite, protected=protected, tell=console.info,
        )  # fmt: skip
    console.info(f"{count:,} travel times in {out}")
