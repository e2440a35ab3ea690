"""``tesoma-geo annotations cohorts``: what is closed, what waits, and closing and withdrawing by hand."""

from datetime import date
from pathlib import Path

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.moderation import by_option, name_of, opened_store, why_option
from tesoma_geo.cli.options import console_options, json_option, open_workspace, workspace_option
from tesoma_geo.cli.show import show_json, show_table


@click.group("cohorts")
def command() -> None:
    """See, close and withdraw cohorts: the groups of respondents who are counted together, once.

    Answers wait until their cohort closes, on a day of publish.cohort_closes and with publish.cohort
    respondents; `annotations publish` closes what is due. What waits is told to moderators alone.

    \b
    Examples:
      tesoma-geo annotations cohorts list
      tesoma-geo annotations cohorts close --name "charrette day 2"
      tesoma-geo annotations cohorts withdraw 2026-12-31 --why "wrong survey"
    """


@command.command("list")
@workspace_option
@json_option
@console_options
def list_command(workspace_file: Path | None, as_json: bool, console: Console) -> None:
    """List cohorts with their days, and how many respondents wait; not for publication."""
    from tesoma_geo.annotations.cohorts import announced_closings
    from tesoma_geo.annotations.store_cohorts import migrate, stored_cohorts, waiting_in

    workspace = open_workspace(workspace_file, console)
    settings = workspace.publish
    with opened_store(workspace) as store:
        migrate(store, settings, who=name_of(None))
        cohorts = stored_cohorts(store)
        names = {cohort.name for cohort in cohorts}
        ahead = [closing for closing in announced_closings(settings) if closing.name not in names]
        waiting = len(waiting_in(store).people)
        of_round = {closing.name: len(waiting_in(store, closing.round).people) for closing in ahead}
    rows = [
        {"cohort": cohort.name, "state": "withdrawn" if cohort.withdrawn else "closed", "day": cohort.closed,
         "respondents": cohort.respondents}
        for cohort in cohorts
    ] + [
        {"cohort": closing.name, "state": "announced", "day": closing.day and closing.day.isoformat(),
         "respondents": of_round[closing.name]}
        for closing in ahead
    ]  # fmt: skip
    if as_json:
        show_json({"cohorts": rows, "waiting": waiting, "needed": settings.cohort})
        return
    columns = ("cohort", "state", "day", "respondents")
    show_table(columns, [["" if row[name] is None else row[name] for name in columns] for row in rows])
    console.info(f"Waiting: {waiting} respondents; a cohort needs {settings.cohort}")


@command.command("close")
@workspace_option
@click.option("--name", metavar="NAME", help="What the cohort is called, in public too.  [default: a number]")
@click.option("--round", "round_name", metavar="ROUND", help="Only what was said in this round.")
@click.option(
    "--total-alone", is_flag=True, help="Close it though it is too small: its total is all that is published."
)
@by_option
@console_options
def close_command(
    workspace_file: Path | None,
    name: str | None,
    round_name: str | None,
    total_alone: bool,
    who: str | None,
    console: Console,
) -> None:
    """Close a cohort now: count what waits, once and for all."""
    from tesoma_geo.annotations.cohorts import ClosingDate, next_name
    from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL
    from tesoma_geo.annotations.store_cohorts import close_due, migrate, stored_cohorts, waiting_in
    from tesoma_geo.annotations.survey import district_areas
    from tesoma_geo.errors import InputError
    from tesoma_geo.inputs.further_figures import further_figures_of
    from tesoma_geo.inputs.publication import streets_of

    workspace = open_workspace(workspace_file, console)
    settings = workspace.publish
    if settings.privacy == DIFFERENTIAL:
        raise InputError(
            "with differential privacy no cohort is closed by hand: it closes on its day, whoever has answered",
            "Announce the day in publish.cohort_closes and run tesoma-geo annotations publish",
        )
    with opened_store(workspace) as store:
        migrate(store, settings, who=name_of(who))
        cohorts = stored_cohorts(store)
        areas = district_areas(workspace)
        name = name or round_name or next_name(cohorts)
        if name in {cohort.name for cohort in cohorts}:
            raise InputError(f"the cohort {name!r} is closed already", "Give another name with --name")
        done = close_due(
            store, settings, who=name_of(who), today=date.today(), areas=areas,
            further=further_figures_of(workspace, console.info),
            streets=lambda: streets_of(workspace, areas, console.info),
            closings=[ClosingDate(name, round=round_name, final=total_alone)],
        )  # fmt: skip
        waiting = len(waiting_in(store, round_name).people)
    if not done:
        least = settings.k if total_alone else settings.cohort
        raise InputError(
            f"{waiting} respondents wait, and a cohort needs {least}",
            "Wait for more, or publish the total alone with --total-alone",
        )
    console.info(f"Closed: {name}, {len(done[0].groups)} groups. Run tesoma-geo annotations publish")


@command.command("withdraw")
@click.argument("name")
@workspace_option
@by_option
@why_option
@console_options
def withdraw_command(name: str, workspace_file: Path | None, who: str | None, why: str, console: Console) -> None:
    """Withdraw a cohort as a whole: its numbers are published no longer, and its answers never counted again.

    Take what was published before off the places where it stands: copies keep the numbers.
    """
    from tesoma_geo.annotations.store_cohorts import migrate, withdraw

    workspace = open_workspace(workspace_file, console)
    with opened_store(workspace) as store:
        migrate(store, workspace.publish, who=name_of(who))
        withdraw(store, name, who=name_of(who), why=why)
    console.info(f"Withdrawn: {name}. Run tesoma-geo annotations publish, and run, to make the outputs anew")


@click.command("budget")
@workspace_option
@json_option
@console_options
def budget_command(workspace_file: Path | None, as_json: bool, console: Console) -> None:
    """Show the privacy budget of differential totals: what is spent, and what is left for cohorts to come.

    It is shared by all cohorts of publish.cohort_closes; what is published says the same.

    \b
    Examples:
      tesoma-geo annotations budget
      tesoma-geo annotations budget --json
    """
    from tesoma_geo.annotations.noisy_cohorts import announced_margins
    from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL, privacy_budget, require_one_privacy
    from tesoma_geo.annotations.store_cohorts import migrate, stored_cohorts
    from tesoma_geo.annotations.survey import district_areas
    from tesoma_geo.errors import WorkspaceError

    workspace = open_workspace(workspace_file, console)
    settings = workspace.publish
    if settings.privacy != DIFFERENTIAL:
        raise WorkspaceError(
            f'publish.privacy is "{settings.privacy}": exact numbers have no privacy budget',
            'Set publish.privacy = "differential", before anything is published; see docs/privacy.md',
        )
    with opened_store(workspace) as store:
        migrate(store, settings, who=name_of(None))
        cohorts = stored_cohorts(store)
        require_one_privacy(settings, cohorts)
    budget = privacy_budget(settings, cohorts)
    spent = [{"cohort": one.name, "epsilon": round(one.noise.epsilon, 6)} for one in cohorts if one.noise is not None]
    margins = announced_margins(settings, budget, district_areas(workspace))
    if as_json:
        figures = {"epsilon": budget.epsilon, "spent": round(budget.spent, 6), "left": round(budget.left, 6)}
        show_json({**figures, "cohorts": spent, "ahead": budget.ahead, "about": margins})
        return
    rows = [[one["cohort"], f"{one['epsilon']:g}"] for one in spent]
    rows += [["spent", f"{budget.spent:g}"], ["left", f"{budget.left:g}"], ["budget", f"{budget.epsilon:g}"]]
    show_table(("cohort", "epsilon"), rows)
    listed_margins = ", ".join(f"{name} ±{number}" for name, number in margins.items())
    if listed_margins:
        console.info(f"Numbers of the next of {budget.ahead} announced cohorts will be off by up to: {listed_margins}")
    else:
        console.info("Nothing is left, or no cohort is announced: what is closed stays published, no other can close")
