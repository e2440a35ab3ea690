"""``tesoma-geo run``: the main job."""

import datetime
import time
from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.metrics import check_metrics_file, write_metrics
from tesoma_geo.cli.options import (
    console_options,
    json_option,
    open_workspace,
    out_folder,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_folder
from tesoma_geo.cli.show import show_json


@click.command("run")
@workspace_option
@out_folder("maps/results")
@overwrite_option
@click.option("--explain", is_flag=True, help="Tell which steps were done and which were kept, and why.")
@click.option("--no-cache", "anew", is_flag=True, help="Do every step anew, and keep none.")
@click.option("--keep-inputs", is_flag=True, help="Keep what it is made from, so that `trend` can assess it again.")
@click.option("--as-of", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The run's day.  [default: today]")
@click.option("--metrics", metavar="FILE", type=click.Path(path_type=Path),
              help="Write times, memory and counts for Prometheus, once the run succeeded.")  # fmt: skip
@json_option
@console_options
def command(
    workspace_file: Path | None,
    out: Path,
    overwrite: bool,
    explain: bool,
    anew: bool,
    keep_inputs: bool,
    as_of: datetime.datetime | None,
    metrics: Path | None,
    as_json: bool,
    console: Console,
) -> None:
    """Do the main job: everything the workspace asks for.

    Tells how well residents reach the hub, as tables, rasters and a map in one folder, which appears
    only when everything in it is complete. Prints the page to open, or with --json the summary.

    \b
    Examples:
      tesoma-geo run
      tesoma-geo run --workspace tampere/tesoma.toml --out tampere/results
      tesoma-geo run --overwrite --json > summary.json
    """
    from tesoma_geo._steps import Steps
    from tesoma_geo.annotations.publish import write_publication
    from tesoma_geo.assessment.assess import assess
    from tesoma_geo.assessment.finished import keep_finished
    from tesoma_geo.assessment.outputs import write_results
    from tesoma_geo.cli.drawn_names import drawn_name_doubts
    from tesoma_geo.follow_up import kept_inputs as keep
    from tesoma_geo.follow_up.trial_report import trial_reports
    from tesoma_geo.render.desk.write import write_desk
    from tesoma_geo.render.pages.write import write_site

    began = time.perf_counter()
    workspace = open_workspace(workspace_file, console)
    if metrics is not None:
        check_metrics_file(metrics)
    steps = Steps(str(workspace.path.resolve()), keep=not anew)
    with compile_notice(console), console.progress() as progress, result_folder(workspace, out, overwrite) as draft:
        assessment = assess(workspace, progress=progress, who="tesoma-geo run", steps=steps)
        if keep_inputs:
            keep.keep_inputs(workspace, draft, out.absolute().parent / keep.STORE, out, keep.day_of(as_of))
        progress("writing the results")
        write_results(assessment, draft)
        public = assessment.inputs.publication
        if public is not None:
            write_publication(public, draft, workspace.path.parent)
        progress("writing for the desk")
        write_desk(assessment, draft)
        progress("drawing the pages")
        trials = trial_reports(assessment.inputs)
        write_site(assessment, draft / "site", publication=public, trials=trials, steps=steps)
    steps.finish()
    if not anew:
        keep_finished(assessment, out)
    if metrics is not None:
        write_metrics(metrics, assessment, steps, time.perf_counter() - began)
    for line in steps.lines() if explain else ():
        click.echo(line, err=True)
    for left_out in assessment.left_out:
        console.detail(left_out)
    if assessment.left_out:
        console.info(f"Left out: {len(assessment.left_out)} kinds of things, counted in {out / 'manifest.json'}")
    names = drawn_name_doubts(workspace, assessment.district, assessment.water)
    for doubt in [*(doubt for report in assessment.reports for doubt in report.doubts), *names]:
        console.info(f"Doubt: {doubt}")
    if as_json:
        show_json(assessment.summary)
    else:
        console.info("Open this page in a browser:")
        click.echo((out / "site" / "index.html").resolve())
