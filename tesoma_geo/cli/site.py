"""``tesoma-geo site``: the pages alone."""

from datetime import date
from pathlib import Path

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.finished import open_job, results_option
from tesoma_geo.cli.options import console_options, out_folder, overwrite_option, workspace_option
from tesoma_geo.cli.output import result_folder


@click.command("site")
@workspace_option
@results_option
@out_folder("maps/site")
@click.option("--single", is_flag=True, help="All pages in one file, DIR/index.html, for e-mail and disk.")
@click.option("--address", metavar="URL", default="", help="Where the site will be, for previews of links to it.")
@click.option("--check", "examine", is_flag=True, help="Examine the pages in a browser with axe-core.")
@overwrite_option
@console_options
def command(
    workspace_file: Path | None,
    results: Path | None,
    out: Path,
    single: bool,
    address: str,
    examine: bool,
    overwrite: bool,
    console: Console,
) -> None:
    """Make the pages alone, without tables and rasters.

    \b
    Examples:
      tesoma-geo site
      tesoma-geo site --workspace tampere/tesoma.toml --out public --overwrite
      tesoma-geo site --single --out letter
      tesoma-geo site --check
      tesoma-geo site --results maps/results --out public
    """
    from tesoma_geo._files import write_json
    from tesoma_geo.assessment.outputs import manifest
    from tesoma_geo.follow_up.trial_report import trial_reports
    from tesoma_geo.render.pages.examination import examined
    from tesoma_geo.render.pages.write import write_single, write_site, write_statement

    if examine and single:
        raise click.UsageError("--check looks at pages of their own: leave out --single")
    job = open_job(results, workspace_file, console)
    workspace = job.workspace
    with (
        compile_notice(console),
        console.progress() as progress,
        result_folder(workspace, out, overwrite, "site") as draft,
    ):
        assessment = job.assessment(progress, who="tesoma-geo site")
        progress("drawing the pages")
        public = assessment.inputs.publication
        if single:
            write_single(assessment, draft / "index.html", publication=public)
        else:
            trials = trial_reports(assessment.inputs)
            write_site(assessment, draft, publication=public, trials=trials, address=address, steps=job.steps)
        if examine:
            progress("examining the pages in a browser")
            examination = examined(draft, date.today())
            write_statement(assessment, draft, examination, publication=public, trials=trials, address=address)
            for one in examination.obstacles:
                console.info(f"{one.rule} ({one.impact or 'no impact told'}): {one.says}, on {len(one.pages)} pages")
        # What an --overwrite may replace is known by its manifest.
        write_json(draft / "manifest.json", manifest(assessment))
    job.steps.finish()
    console.info("Open this page in a browser:")
    click.echo((out / "index.html").resolve())
