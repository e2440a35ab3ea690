"""``tesoma-geo hub``: the accessibility of the hub alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.finished import Job, open_job, results_option
from tesoma_geo.cli.options import check_profile, console_options, json_option, workspace_option
from tesoma_geo.cli.show import show_json, show_table


@click.command("hub")
@workspace_option
@results_option
@click.option("--profile", "profiles", multiple=True, help="Only this way of moving; may be given again.")
@json_option
@console_options
def command(
    workspace_file: Path | None, results: Path | None, profiles: tuple[str, ...], as_json: bool, console: Console
) -> None:
    """Tell how many residents reach the hub in how many minutes.

    Writes no files: a row a way of moving with the residents within each cutoff, the median and the 90th
    percentile of residents' travel times in minutes, and the residents who cannot reach the hub.

    \b
    Examples:
      tesoma-geo hub
      tesoma-geo hub --workspace tampere/tesoma.toml --profile walk --profile wheelchair
      tesoma-geo hub --json
      tesoma-geo hub --results maps/results
    """
    from tesoma_geo.workspace import parse_target

    job = open_job(results, workspace_file, console)
    workspace = job.workspace
    for profile in profiles if job.finished else ():
        check_profile(workspace, profile)
    if profiles and not job.finished:
        access = workspace.access.model_copy(update={"profiles": profiles})
        targets = {name: share for name, share in workspace.targets.items() if parse_target(name)[0] in profiles}
        workspace = workspace.model_copy(update={"access": access, "targets": targets})
        job = Job(workspace)
    with compile_notice(console), console.progress() as progress:
        summary = job.assessment(progress).summary
    if profiles:
        chosen = {name: figures for name, figures in summary["profiles"].items() if name in profiles}
        summary = {**summary, "profiles": chosen}
    if as_json:
        show_json(summary)
        return
    cutoffs = [f"{minutes:g}" for minutes in workspace.access.cutoffs_min]
    columns = ["profile", *(f"≤ {minutes} min" for minutes in cutoffs), "median", "90 %", "unreachable"]
    show_table(columns, (_row(name, profile, cutoffs) for name, profile in summary["profiles"].items()))
    console.info(f"Residents: {summary['population_total']:,}")


def _row(name: str, profile: Mapping[str, Any], cutoffs: list[str]) -> list[object]:
    minutes = ("–" if profile[key] is None else profile[key] for key in ("median_min", "p90_min"))
    within = (profile["population_within"][cutoff] for cutoff in cutoffs)
    return [name, *within, *minutes, profile["unreachable_population"]]
