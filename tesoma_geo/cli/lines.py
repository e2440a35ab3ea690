"""``tesoma-geo lines``: the lines of the timetable, how often they run, and whom they serve."""

from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option, open_workspace, workspace_option
from tesoma_geo.cli.show import show_json, show_table


@click.command("lines")
@workspace_option
@click.option(
    "--walk-min", type=click.FloatRange(1, 20), default=10.0, show_default=True, help="Minutes on foot to a stop."
)
@json_option
@console_options
def command(workspace_file: Path | None, walk_min: float, as_json: bool, console: Console) -> None:
    """Tell how often each line runs and whom it serves.

    A row a line that serves residents of the district, on the workspace's date: trips of the day, the first and the
    last departure, residents within a walk of one of its stops, and minutes between departures in each hour, in the
    direction and at the stop with most of them.

    \b
    Examples:
      tesoma-geo lines
      tesoma-geo lines --walk-min 5
      tesoma-geo lines --workspace tampere/tesoma.toml --json > lines.json
    """
    from tesoma_geo.assessment.transit_analysis import lines_of_residents, timetable_router
    from tesoma_geo.inputs.kept_layers import read_kept_inputs

    workspace = open_workspace(workspace_file, console)
    with compile_notice(console), console.progress() as progress:
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        router = timetable_router(inputs)
        progress("walking to the stops")
        residents = inputs.origins["population"].to_numpy()
        rows = lines_of_residents(router.timetable, router.snap(inputs.origins), residents, walk_min).to_dict("records")
    if as_json:
        show_json(
            [{**row, "headway_min": {f"{hour:02d}": at for hour, at in row["headway_min"].items()}} for row in rows]
        )
        return
    hours = sorted({hour for row in rows for hour in row["headway_min"]})
    columns = ["line", "trips", "first", "last", "residents", *(f"{hour:02d}" for hour in hours)]
    names = ("line", "trips", "first", "last", "residents")
    show_table(
        columns,
        [[*(row[name] for name in names), *(_minutes(row["headway_min"].get(hour)) for hour in hours)] for row in rows],
    )


def _minutes(headway_min: float | None) -> str:
    return "" if headway_min is None else f"{headway_min:g}"
