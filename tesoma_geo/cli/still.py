"""``tesoma-geo still``: the map as a picture."""

from pathlib import Path

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.finished import open_job, results_option
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.cli.options import (
    check_language,
    check_profile,
    console_options,
    language_option,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_file


@click.command("still")
@workspace_option
@results_option
@click.option("--out", metavar="FILE", type=LOCAL_PATH, default=Path("maps/still.png"),
              show_default=True, help="Ends in .png, .svg or .pdf.")  # fmt: skip
@click.option("--still", metavar="NAME",
              help="Which of the stills there are (travel_time); the first unless named.")  # fmt: skip
@click.option("--profile", metavar="NAME", help="The way of moving; the workspace's first unless named.")
@language_option
@click.option("--size", metavar="MM MM", type=(float, float), default=(297.0, 210.0), show_default=True,
              help="Width and height in millimetres.")  # fmt: skip
@click.option("--pixels", metavar="N N", type=(int, int), help="Width and height in dots, instead of --size.")
@click.option("--dpi", type=float, default=200.0, show_default=True, help="Dots an inch.")
@overwrite_option
@console_options
def command(
    workspace_file: Path | None,
    results: Path | None,
    out: Path,
    still: str | None,
    profile: str | None,
    language: str | None,
    size: tuple[float, float],
    pixels: tuple[int, int] | None,
    dpi: float,
    overwrite: bool,
    console: Console,
) -> None:
    """Draw the map of one way of moving as PNG, SVG or PDF.

    With title, legend, scale bar, north arrow and credits; detail follows the scale.

    \b
    Examples:
      tesoma-geo still --out walk.pdf
      tesoma-geo still --profile wheelchair --language en --size 420 297 --dpi 300 --out a3.png
      tesoma-geo still --still travel_time --profile car --out car.svg
      tesoma-geo still --results maps/results --language sv --out promenad.png
      tesoma-geo still --pixels 1200 630 --dpi 100 --out preview.png
    """
    from tesoma_geo.cli.drawn_names import drawn_name_doubts
    from tesoma_geo.render.stills.picture import Picture
    from tesoma_geo.render.stills.registry import find_still
    from tesoma_geo.render.stills.write import checked, write_still

    picture = Picture.of_pixels(*pixels, dpi=dpi) if pixels else Picture(size, dpi)
    checked(out, picture)
    job = open_job(results, workspace_file, console, for_still=find_still(still).of_record)
    workspace = job.workspace
    check_language(workspace, language)
    check_profile(workspace, profile)
    with console.progress() as progress, result_file(workspace, out, overwrite) as draft:
        assessment = job.assessment(progress)
        progress("drawing the map")
        write_still(assessment, draft, profile, language, picture, still)
    for doubt in drawn_name_doubts(workspace, assessment.district, assessment.water):
        console.info(f"Doubt: {doubt}")
    click.echo(out.resolve())
