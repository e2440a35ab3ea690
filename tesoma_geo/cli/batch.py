"""``tesoma-geo batch``: the main job for many districts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console, plain
from tesoma_geo.cli.options import console_options, json_option
from tesoma_geo.cli.scheduler_options import scheduler_options
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    from tesoma_geo.batch.schedule import Schedule
    from tesoma_geo.batch.work import Done


@click.command("batch")
@click.argument("files", metavar="FILE|GLOB...", nargs=-1, required=True)
@click.option(
    "--out", metavar="DIR|s3://BUCKET/PREFIX", default="maps/batch", show_default=True,
    help="The folder to make, or a place in a store that speaks S3.",
)  # fmt: skip
@scheduler_options
@click.option("--strict", is_flag=True, help="Exit with 1 where any district failed.")
@json_option
@console_options
def command(
    files: tuple[str, ...],
    out: str,
    schedule: "Schedule",
    strict: bool,
    as_json: bool,
    console: Console,
) -> None:
    """Do the main job for many districts at once.

    Figures of all are in one table, cells of all in one dataset, and a page maps and ranks the districts. FILE is a
    batch.toml: many workspaces, or one template over a table of districts or hubs; several FILEs, or a GLOB, are
    workspaces. Called again it goes on where it stopped: districts that are done and whose inputs are unchanged are
    taken as they are. A district that fails is told with its reason, and the others are whole. Residents' answers are
    left out: they are published by `run`, a district at a time.

    \b
    Examples:
      tesoma-geo batch batch.toml --out maps/batch
      tesoma-geo batch "districts/*.toml" --scheduler processes --workers 2
    """
    from tesoma_geo.batch.file import Batch
    from tesoma_geo.batch.results import results_at
    from tesoma_geo.batch.run import run_batch
    from tesoma_geo.render.pages.districts import district_pages

    place = results_at(out)
    batch = Batch.of(files)
    with compile_notice(console):
        if console.as_json:
            told = partial(_district_line, console)
            result = run_batch(batch, place, schedule=schedule, progress=console.info, each=told, pages=district_pages)
        else:
            with console.progress() as tell:
                told = partial(_district_words, tell)
                result = run_batch(batch, place, schedule=schedule, progress=tell, each=told, pages=district_pages)
            for one in result.failed:
                console.info(f"Failed: {one.district} {one.record['name']}: {one.record['reason']}")
    whole = len(result.done) - len(result.failed)
    if as_json:
        show_json([one.record for one in result.done])
    else:
        median = next((name for name in result.table.columns if name.endswith("_median_min")), None)
        names = ["district", "name", *([] if median is None else ["population", median])]
        finished = result.table[result.table["reason"] == ""]
        show_table(names, [list(row) for row in finished[names].itertuples(index=False)])
        page = f"; the page is {place.shown('page/index.html')}" if result.has_page else ""
        console.info(f"{whole} of {len(result.done)} districts are in {place}{page}")
    if not whole or (strict and result.failed):
        raise click.exceptions.Exit(1)


def _district_words(tell: Callable[[str], None], one: "Done", done: int, districts: int) -> None:
    outcome = f"failed: {one.record['reason']}" if one.failed else f"{one.seconds:.1f} s"
    tell(f"{done} of {districts} {one.record['name']}: {outcome}")


def _district_line(console: Console, one: "Done", done: int, districts: int) -> None:
    reason = {"reason": plain(one.record["reason"])} if one.failed else {}
    console.line(
        "error" if one.failed else "info", "district", district=plain(one.district), name=plain(one.record["name"]),
        seconds=round(one.seconds, 3), peak_memory_mb=one.peak_mb, done=done, districts=districts, **reason,
    )  # fmt: skip
