"""``tesoma-geo report``: the assessment in plain language."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from tesoma_geo.scenarios.compare import Comparison
    from tesoma_geo.scenarios.scenario import Scenario
    from tesoma_geo.workspace import Workspace


@click.command("report")
@workspace_option
@results_option
@click.option("--out", metavar="FILE", type=LOCAL_PATH, default=Path("maps/report.pdf"),
              show_default=True, help="Ends in .pdf or .html.")  # fmt: skip
@click.option("--scenario", "scenario_files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
              help="A plan to recommend by what it does and costs; again for more.")  # fmt: skip
@language_option
@address_option
@overwrite_option
@console_options
def command(
    workspace_file: Path | None,
    results: Path | None,
    out: Path,
    scenario_files: tuple[Path, ...],
    language: str | None,
    address: str,
    overwrite: bool,
    console: Console,
) -> None:
    """Write the report: a few pages in plain language.

    An accessible HTML page or a tagged PDF, with maps, charts and tables; each chapter says where its
    figures are in the results of `run`. What residents told is in it as it may be published.
    With --scenario it recommends plans, the one that saves most minutes first, with a chapter of each.

    \b
    Examples:
      tesoma-geo report --out report.pdf
      tesoma-geo report --results maps/results --out report.pdf
      tesoma-geo report --language sv --out rapport.html
      tesoma-geo report --address https://example.org/map --out report.pdf
      tesoma-geo report --scenario bridge.toml --scenario ramp.toml --out report.pdf
    """
    from tesoma_geo.cli.drawn_names import drawn_name_doubts
    from tesoma_geo.errors import InputError
    from tesoma_geo.render.report.write import checked, write_report
    from tesoma_geo.scenarios.scenario import Scenario

    checked(out)
    if scenario_files and results is not None:
        raise InputError("--scenario and --results are both named", "Name --workspace: a plan changes its layers")
    job = open_job(results, workspace_file, console)
    workspace = job.workspace
    check_language(workspace, language)
    scenarios = [Scenario.load(file, workspace.district.catalogues) for file in scenario_files]
    with console.progress() as progress, result_file(workspace, out, overwrite) as draft:
        assessment = job.assessment(progress, who="tesoma-geo report")
        plans = _compared(workspace, scenarios, progress)
        progress("writing the report")
        public = assessment.inputs.publication
        write_report(assessment, draft, language, public, address=address, plans=plans)
    for doubt in drawn_name_doubts(workspace, assessment.district, assessment.water):
        console.info(f"Doubt: {doubt}")
    click.echo(out.resolve())


def _compared(
    workspace: "Workspace", scenarios: "list[Scenario]", progress: Callable[[str], None]
) -> "list[Comparison]":
    """The district before and after each plan; its layers are read where there is one."""
    if not scenarios:
        return []
    from tesoma_geo.inputs.kept_layers import layers_without_answers
    from tesoma_geo.scenarios.compare import compare

    progress("reading the layers")
    inputs, key = layers_without_answers(workspace)
    return [compare(inputs, scenario, progress, key=key) for scenario in scenarios]
