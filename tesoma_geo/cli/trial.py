"""``tesoma-geo trial``: the register of local trials, and what may be told of each."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import (
    address_option,
    console_options,
    json_option,
    open_workspace,
    out_folder,
    overwrite_option,
    workspace_option,
)
from tesoma_geo.cli.output import result_folder
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from tesoma_geo.workspace import Workspace

_DAY = click.DateTime(formats=["%Y-%m-%d"])
on_option = click.option("--on", "day", type=_DAY, help="The day, such as 2026-05-01.  [default: today]")


in_option = click.option(
    "--in", "others", metavar="LANGUAGE TEXT", nargs=2, multiple=True, type=(str, str),
    help="The same in another language, such as --in sv \"Målningen är på gatan\"; repeatable.",
)  # fmt: skip


@click.group("trial")
def command() -> None:
    """Keep the register of local trials, and tell what came of each.

    A trial is a scenario with a [trial]: when it begins and ends, who runs it, what is asked, what success would be.
    The register is trials.toml beside the workspace file, plain lines that people can read and merge.

    \b
    Examples:
      tesoma-geo trial start crossing.toml --on 2026-05-01
      tesoma-geo trial note crossing "The paint is on the street" --in sv "Målningen är på gatan"
      tesoma-geo trial end crossing --on 2026-09-30 --result "We keep it"
      tesoma-geo trial report --out maps/trials
    """


@command.command("start")
@click.argument("scenario_file", metavar="FILE", type=click.Path(path_type=Path))
@workspace_option
@on_option
@click.option("--name", metavar="NAME", help="Its short name.  [default: that of the file]")
@console_options
def start_command(
    scenario_file: Path,
    workspace_file: Path | None,
    day: "datetime.datetime | None",
    name: str | None,
    console: Console,
) -> None:
    """Begin a trial: FILE is a scenario with a [trial]."""
    import os

    from tesoma_geo.errors import InputError, ScenarioError
    from tesoma_geo.follow_up.register import change_register, name_of_scenario, started
    from tesoma_geo.follow_up.trial_faults import trial_faults
    from tesoma_geo.follow_up.trial_report import register_path, today, trial_scenario

    workspace = open_workspace(workspace_file, console)
    faults = trial_faults(*trial_scenario(scenario_file, tuple(workspace.district.catalogues)), workspace)
    if faults:
        raise ScenarioError(faults)
    path = register_path(workspace.path.absolute())
    short = name or name_of_scenario(scenario_file)
    if name is not None and name_of_scenario(Path(name)) != name:
        raise InputError(f"{name!r} is no short name", "Write small letters, digits and hyphens")
    relative = os.path.relpath(scenario_file.absolute(), path.parent).replace(os.sep, "/")
    change_register(path, lambda register: started(register, short, relative, day.date() if day else today()))
    console.info(f"{short} runs; the register is {path}")


@command.command("note")
@click.argument("name")
@click.argument("text")
@workspace_option
@on_option
@click.option("--by", "who", metavar="NAME", help="Who writes.")
@in_option
@console_options
def note_command(
    name: str,
    text: str,
    workspace_file: Path | None,
    day: "datetime.datetime | None",
    who: str | None,
    others: tuple[tuple[str, str], ...],
    console: Console,
) -> None:
    """Write down something of the trial NAME. Notes are published: write nothing about a resident."""
    from pydantic import ValidationError

    from tesoma_geo.errors import InputError
    from tesoma_geo.follow_up.register import TrialNote, change_register, noted
    from tesoma_geo.follow_up.trial_report import register_path, today

    workspace = open_workspace(workspace_file, console)
    path = register_path(workspace.path)
    words = _by_language(text, others, workspace)
    try:
        note = TrialNote(date=day.date() if day else today(), text=words, who=who)
    except ValidationError:
        raise InputError(f"a note of {len(text)} letters", "Write 1 to 2000 letters") from None
    change_register(path, lambda register: noted(register, name, note))
    console.info(f"Noted in {path}")


@command.command("end")
@click.argument("name")
@workspace_option
@on_option
@click.option("--result", metavar="TEXT", help="What was learnt, in a sentence.")
@in_option
@console_options
def end_command(
    name: str,
    workspace_file: Path | None,
    day: "datetime.datetime | None",
    result: str | None,
    others: tuple[tuple[str, str], ...],
    console: Console,
) -> None:
    """End the trial NAME."""
    from tesoma_geo.errors import InputError
    from tesoma_geo.follow_up.register import change_register, ended
    from tesoma_geo.follow_up.trial_report import register_path, today

    workspace = open_workspace(workspace_file, console)
    path = register_path(workspace.path)
    if others and result is None:
        raise InputError("--in without a --result", "Write the result in the district's first language as well")
    words = None if result is None else _by_language(result, others, workspace)
    change_register(path, lambda register: ended(register, name, day.date() if day else today(), words))
    console.info(f"{name} has ended; the register is {path}")


def _by_language(text: str, others: "Sequence[tuple[str, str]]", workspace: "Workspace") -> "str | dict[str, str]":
    """Words as they are, or by language where there are others beside that of the workspace."""
    from tesoma_geo.errors import InputError
    from tesoma_geo.near_names import instead

    languages = workspace.district.languages
    for tag, _ in others:
        if tag not in languages[1:]:
            raise InputError(f"--in {tag}: not another language of the district", instead(tag, languages[1:]))
    return {languages[0]: text, **dict(others)} if others else text


@command.command("report")
@workspace_option
@out_folder("maps/trials")
@address_option
@overwrite_option
@json_option
@console_options
def report_command(
    workspace_file: Path | None, out: Path, address: str, overwrite: bool, as_json: bool, console: Console
) -> None:
    """Tell what is being tried and what came of it: a page of all trials, a page of each, and trials.json.

    What residents said near a trial before, during and after it is what is published of closed cohorts, and no more.
    """
    from tesoma_geo._files import write_json
    from tesoma_geo.assessment.travel_assessment import travel_assessment, travel_times
    from tesoma_geo.errors import InputError
    from tesoma_geo.follow_up.trial_report import register_path, trial_reports
    from tesoma_geo.inputs.kept_layers import read_kept_inputs
    from tesoma_geo.inputs.publication import with_publication
    from tesoma_geo.render.pages.write import write_site

    workspace = open_workspace(workspace_file, console)
    path = register_path(workspace.path)
    if not path.exists():
        raise InputError(f"there is no register {path}", "Begin a trial: tesoma-geo trial start FILE")
    with (
        compile_notice(console),
        console.progress() as progress,
        result_folder(workspace, out, overwrite, "trial report") as draft,
    ):
        progress("reading the layers")
        inputs = with_publication(read_kept_inputs(workspace), who=None)
        reports = trial_reports(inputs, progress)
        figures = [report.figures() for report in reports]
        write_json(draft / "trials.json", figures)
        progress("drawing the pages")
        assessment = travel_assessment(inputs, travel_times(inputs))
        write_site(assessment, draft / "site", trials=reports, stills=False, alone="trials", home=address)
    if as_json:
        show_json(figures)
        return
    rows = [[row["name"], row["state"], row["begun"] or "", row["ended"] or "", row["verdict"]] for row in figures]
    show_table(["trial", "state", "begun", "ended", "answers say"], rows)
    console.info("Open this page in a browser:")
    console.info(str((out / "site" / "index.html").resolve()))
