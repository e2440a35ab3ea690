"""``tesoma-geo check``: what every layer holds, and all that is wrong with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.options import json_option, open_workspace, talking, workspace_option
from tesoma_geo.cli.show import show_json, show_table
from tesoma_geo.cli.talk import Talk

if TYPE_CHECKING:
    from tesoma_geo.access.inputs import LayerReport


@click.command("check")
@workspace_option
@json_option
@talking
def command(workspace_file: Path | None, as_json: bool, talk: Talk) -> None:
    """Read every layer and tell what it holds and what is wrong.

    Prints a row a layer: rows, date, extent in degrees, coordinate system, licence, faults. All faults
    are told at once, each with its remedy. Exits with 1 when `run` could not do its work.

    \b
    Examples:
      tesoma-geo check
      tesoma-geo check --workspace tampere/tesoma.toml --json
    """
    from tesoma_geo.access.inputs import read_inputs
    from tesoma_geo.errors import TesomaError, WorkspaceError

    try:
        workspace = open_workspace(workspace_file, talk)
        with talk.progress() as progress:
            inputs = read_inputs(workspace, progress=progress)
    except TesomaError as error:
        if as_json:
            faults = [vars(fault) for fault in error.faults]
            show_json({"can_run": False, "problem": error.problem, "faults": faults, "layers": []})
        raise
    if as_json:
        layers = [_as_json(report) for report in inputs.reports]
        show_json({"can_run": not inputs.faults, "layers": layers})
    else:
        columns = ("layer", "file", "rows", "date", "extent", "CRS", "licence", "faults")
        show_table(columns, (_as_row(report) for report in inputs.reports))
        for report in inputs.reports:
            for note in report.notes:
                talk.say(f"{report.key}: {note}")
    if inputs.faults:
        raise WorkspaceError(inputs.faults)
    talk.say("The workspace is in order: tesoma-geo run can do its work")


def _as_row(report: "LayerReport") -> list[object]:
    extent = "" if report.extent is None else " ".join(f"{degree:.3f}" for degree in report.extent)
    rows = "" if report.rows is None else report.rows
    return [
        report.key,
        Path(report.source).name,
        rows,
        report.date or "",
        extent,
        report.crs or "",
        report.licence or "",
        len(report.faults) or "",
    ]


def _as_json(report: "LayerReport") -> dict[str, Any]:
    return {**vars(report), "faults": [vars(fault) for fault in report.faults]}
