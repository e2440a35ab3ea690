"""``tesoma-geo isochrones``: what points reach, or from where they are reached, as polygons."""

from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.point_files import layer_file_option, street_router, write_layer_file


@click.command("isochrones")
@click.argument("points", type=click.Path(path_type=Path))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving on streets.")
@click.option("--cutoff", "cutoffs", default="5,10,15", show_default=True, metavar="MINUTES",
              help="Minutes, with commas between.")  # fmt: skip
@click.option("--each", is_flag=True, help="Polygons of each point, instead of one for all together.")
@click.option("--to", "reverse", is_flag=True, help="From where the points are reached, not what they reach.")
@click.option("--id", "id_column", metavar="COLUMN", help="The column of ids.  [default: id, else rows from 0]")
@layer_file_option
@overwrite_option
@console_options
def command(
    points: Path,
    workspace_file: Path | None,
    profile: str,
    cutoffs: str,
    each: bool,
    reverse: bool,
    id_column: str | None,
    out: Path,
    overwrite: bool,
    console: Console,
) -> None:
    """Draw what many points reach within some minutes.

    POINTS is a file of points: CSV with longitude and latitude or with a column `address`, GeoJSON, GeoPackage,
    GeoParquet. The streets, the water, the elevation and the profiles are the workspace's. A row a cutoff, of all
    points together (the nearest counts), or with --each a row a point and cutoff with the point's `id`.

    \b
    Examples:
      tesoma-geo isochrones schools.csv --out schools.gpkg
      tesoma-geo isochrones homes.csv --each --cutoff 10 --profile bicycle --out homes.geojson
      tesoma-geo isochrones libraries.gpkg --to --out libraries.gpkg --overwrite
    """
    from tesoma_geo._files import require_free
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.inputs.point_files import read_points
    from tesoma_geo.inputs.protected import protected_files

    minutes = _minutes(cutoffs)
    workspace = open_workspace(workspace_file, console)
    kept = (points, *protected_files(workspace))
    require_free(out, overwrite=overwrite, protected=kept)
    with compile_notice(console), console.progress() as progress:
        progress("reading the layers")
        inputs = read_kept_inputs(workspace)
        places = read_points(points, "points", workspace, id_column, console.info)
        router = street_router(inputs, profile)
        far = int((~router.snap(places).found).sum())
        if far:
            console.info(f"points farther than {router.max_snap_m:g} m from a street of this profile: {far}, empty")
        progress("drawing the polygons")
        rows = router.isochrones(
            places, [60.0 * one for one in minutes], each=each, reverse=reverse, water=inputs.water.geometry
        )
    write_layer_file(rows, out, "isochrones", overwrite=overwrite, protected=kept)
    console.info(f"{len(rows)} polygons in {out}")


def _minutes(text: str) -> list[float]:
    try:
        minutes = sorted({float(part) for part in text.split(",") if part.strip()})
    except ValueError:
        minutes = []
    if not minutes or not all(0 < one < float("inf") for one in minutes):
        raise click.BadParameter(f"{text!r} are no minutes, such as 5,10,15.", param_hint="--cutoff")
    return minutes
