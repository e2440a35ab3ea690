"""``tesoma-geo report``: the assessment in plain language."""

from pathlib import Path

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.finished import open_job, results_option
from tesoma_geo.cli.local_path import LOCAL_PATH
from tesoma_geo.cli.options import (
    address_option,
    check_language,
    console_options,
    language_option,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_file


@click.command("report")
@workspace_option
@results_option
@click.option("--out", metavar="FILE", type=LOCAL_PATH, default=Path("maps/report.pdf"),
              show_default=True, help="Ends in .pdf or .html.")  # fmt: skip
@language_option
@address_option
@overwrite_option
@console_options
def command(
    workspace_file: Path | None,
    results: Path | None,
    out: Path,
    language: str | None,
    address: str,
    overwrite: bool,
    console: Console,
) -> None:
    """Write the report: a few pages in plain language.

    An accessible HTML page or a tagged PDF, with maps, charts and tables; each chapter says where its
    figures are in the results of `run`. What residents told is in it as it may be published.

    \b
    Examples:
      tesoma-geo report --out report.pdf
      tesoma-geo report --results maps/results --out report.pdf
      tesoma-geo report --language sv --out rapport.html
      tesoma-geo report --address https://example.org/map --out report.pdf
    """
    from tesoma_geo.cli.drawn_names import drawn_name_doubts
    from tesoma_geo.render.report.write import checked, write_report

    checked(out)
    job = open_job(results, workspace_file, console)
    workspace = job.workspace
    check_language(workspace, language)
    with console.progress() as progress, result_file(workspace, out, overwrite) as draft:
        assessment = job.assessment(progress, who="tesoma-geo report")
        progress("writing the report")
        public = assessment.inputs.publication
        write_report(assessment, draft, language, public, address=address)
    for doubt in drawn_name_doubts(workspace, assessment.district, assessment.water):
        console.info(f"Doubt: {doubt}")
    click.echo(out.resolve())
