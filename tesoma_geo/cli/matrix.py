"""``tesoma-geo matrix``: travel times between two point layers."""

from pathlib import Path

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
from tesoma_geo.cli.table_file import check_table_file, table_out_option, write_blocks


@click.command("matrix")
@click.argument("origins", type=click.Path(path_type=Path))
@click.argument("destinations", type=click.Path(path_type=Path))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@turn_costs_option
@unit_option
@id_option
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

    \b
    Examples:
      tesoma-geo matrix homes.csv libraries.geojson --out minutes.parquet
      tesoma-geo matrix homes.csv homes.csv --profile bicycle --unit s > seconds.csv
      tesoma-geo matrix homes.csv schools.gpkg --profile transit --out minutes.csv
    """
    from tesoma_geo.inputs.protected import protected_files

    workspace = open_workspace(workspace_file, console)
    kept = (origins, destinations, *protected_files(workspace))
    check_table_file(out, overwrite, kept)
    with compile_notice(console):
        times = pair_times(
            workspace, (origins, destinations), profile, console, id_column=id_column, turn_costs=turn_costs
        )
        percentiles = workspace.transit.percentiles if workspace.transit else ()
        tables = times.tables(UNITS_S[unit], tuple(percentiles))
        write_blocks(tables, out, "travel times", overwrite=overwrite, console=console, protected=kept)
    say_memory(console)
