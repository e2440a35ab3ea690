"""``tesoma-geo hub``: the accessibility of the hub alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.finished import Job, open_job, results_option
from tesoma_geo.cli.options import check_profile, console_options, json_option, workspace_option
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    from tesoma_geo.assessment.hub_records import SeveralHubsFigures

#: What the rows of all hubs together are called.
TOGETHER = {"nearest": "(the nearest)", "with_planned": "(the nearest, planned ones too)"}


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

    Where the workspace has several hubs ([[hubs]]) each is told with the residents who have it nearest and those who
    would choose it, the nearest of all together, and what each planned hub would take from the others.

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
        access = workspace.access.model_copy(update={"profiles": _computed(profiles, workspace.access.profiles)})
        targets = {name: share for name, share in workspace.targets.items() if parse_target(name)[0] in profiles}
        workspace = workspace.model_copy(update={"access": access, "targets": targets})
        job = Job(workspace)
    with compile_notice(console), console.progress() as progress:
        summary = job.assessment(progress).summary
    if profiles:
        chosen = {name: figures for name, figures in summary["profiles"].items() if name in profiles}
        summary = {**summary, "profiles": chosen}
        if "hubs" in summary:
            by_profile = {name: one for name, one in summary["hubs"]["profiles"].items() if name in profiles}
            summary["hubs"] = {**summary["hubs"], "profiles": by_profile}
    if as_json:
        show_json(summary)
        return
    cutoffs = [f"{minutes:g}" for minutes in workspace.access.cutoffs_min]
    columns = ["profile", *(f"≤ {minutes} min" for minutes in cutoffs), "median", "90 %", "unreachable"]
    show_table(columns, (_row(name, profile, cutoffs) for name, profile in summary["profiles"].items()))
    if "hubs" in summary:
        _show_hubs(summary["hubs"], cutoffs)
    console.info(f"Residents: {summary['population_total']:,}")


def _computed(wanted: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """The ways of moving to be computed: an assessment needs one on streets, as trips by timetable begin on foot."""
    from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES

    if set(wanted) <= set(TIMETABLE_PROFILES):
        return (*[name for name in own if name not in TIMETABLE_PROFILES][:1], *wanted)
    return wanted


def _show_hubs(hubs: "SeveralHubsFigures", cutoffs: list[str]) -> None:
    """Each hub by each way of moving, then all together, then what planned ones would take."""
    names = {one["key"]: f"{one['key']} (planned)" if one["planned"] else one["key"] for one in hubs["places"]}
    rows: list[list[object]] = []
    taken: list[list[object]] = []
    for profile, figures in hubs["profiles"].items():
        for key, hub in figures["hubs"].items():
            people = [hub["nearest_population"], round(hub["choice_population"])]
            rows.append([profile, names[key], *people, *_row("", hub, cutoffs)[1:]])
        for what in ("nearest", "with_planned"):
            together = figures[what]
            if together is not None:
                rows.append([profile, TOGETHER[what], "", "", *_row("", together, cutoffs)[1:]])
        for key, figures_of_new in figures["planned"].items():
            for other, nearest in figures_of_new["nearest_from"].items():
                taken.append([profile, key, other, nearest, round(figures_of_new["choice_from"][other])])
            taken.append([profile, key, "(none reached)", figures_of_new["reached_none"], ""])
    within = [f"≤ {minutes} min" for minutes in cutoffs]
    click.echo()
    show_table(["profile", "hub", "nearest", "choose it", *within, "median", "90 %", "unreachable"], rows)
    if taken:
        click.echo()
        show_table(["profile", "planned hub", "takes from", "who had it nearest", "who chose it"], taken)


def _row(name: str, profile: Mapping[str, Any], cutoffs: list[str]) -> list[object]:
    minutes = ("–" if profile[key] is None else profile[key] for key in ("median_min", "p90_min"))
    within = (profile["population_within"][cutoff] for cutoff in cutoffs)
    return [name, *within, *minutes, profile["unreachable_population"]]
