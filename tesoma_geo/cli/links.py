"""``tesoma-geo links``: which missing link would save residents most."""

from contextlib import nullcontext
from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.output import result_file
from tesoma_geo.cli.show import show_json, show_table

SHOWN = ("rank", "length_m", "detour_m", "residents", "mean_gain_min", "resident_min", "over_water_m", "asked_for")


@click.command("links")
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@click.option(
    "--longest", "longest_m", type=click.FloatRange(5, 1000), default=150.0, show_default=True, help="Metres of a link."
)
@click.option("--count", type=click.IntRange(1, 100), default=10, show_default=True, help="How many at most.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="A GeoPackage of the links, to be made.")
@overwrite_option
@json_option
@console_options
def command(
    workspace_file: Path | None,
    profile: str,
    longest_m: float,
    count: int,
    out: Path | None,
    overwrite: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Find the missing links that would save residents most.

    Tries every straight link between two places on the streets, and tells of each of the best what it would
    save on the way to the hub if it alone were built: residents who gain a minute or more, their mean gain, and
    their minutes together for one trip each. It knows neither buildings nor whose land it is.
    The file is a `source` of the `[[links]]` of a scenario.

    \b
    Examples:
      tesoma-geo links
      tesoma-geo links --profile wheelchair --longest 60 --out links.gpkg
      tesoma-geo links --workspace tampere/tesoma.toml --count 3 --json > links.json
    """
    from tesoma_geo._geopackage import write_layers
    from tesoma_geo.crs import WGS84
    from tesoma_geo.inputs.layers import read_inputs
    from tesoma_geo.scenarios.links import missing_links

    workspace = open_workspace(workspace_file, console)
    place = nullcontext() if out is None else result_file(workspace, out, overwrite)
    with compile_notice(console), console.progress() as progress, place as draft:
        progress("reading the layers")
        candidates = missing_links(read_inputs(workspace), profile, longest_m=longest_m, count=count, progress=progress)
        if draft is not None:
            write_layers(draft, {"links": candidates})
    places = candidates.geometry.to_crs(WGS84)
    ends = [[[round(lon, 6), round(lat, 6)] for lon, lat in (line.coords[0], line.coords[-1])] for line in places]
    rows = candidates[list(SHOWN)].to_dict("records")
    if as_json:
        show_json([{**row, "line": line} for row, line in zip(rows, ends, strict=True)])
        return
    columns = ["rank", "m", "now m", "residents", "mean gain", "resident-min", "over water m", "asked for"]
    lines = [" – ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in line) for line in ends]
    show_table(
        [*columns, "from – to (lon lat)"], ([*row.values(), line] for row, line in zip(rows, lines, strict=True))
    )
    if not rows:
        console.info(f"No link of {longest_m:g} m or less would save anybody a minute")
