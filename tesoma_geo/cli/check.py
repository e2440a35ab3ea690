"""``tesoma-geo check``: what every layer holds, and all that is wrong with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option, open_workspace, workspace_option
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    from tesoma_geo.errors import Fault
    from tesoma_geo.inputs.reports import LayerReport


@click.command("check")
@workspace_option
@json_option
@console_options
def command(workspace_file: Path | None, as_json: bool, console: Console) -> None:
    """Read every layer and tell what it holds and what is wrong.

    Prints a row a layer: rows, date, extent in degrees, coordinate system, licence, faults. All faults
    are told at once, each with its remedy. Exits with 1 when `run` could not do its work.

    \b
    Examples:
      tesoma-geo check
      tesoma-geo check --workspace tampere/tesoma.toml --json
    """
    from tesoma_geo.errors import TesomaError, WorkspaceError
    from tesoma_geo.inputs.layers import check_inputs

    try:
        workspace = open_workspace(workspace_file, console)
        with console.progress() as progress:
            progress("reading the layers")
            _, reports = check_inputs(workspace)
    except TesomaError as error:
        if as_json:
            show_json({"can_run": False, "problem": error.problem, "faults": _dicts(error.faults), "layers": []})
        raise
    faults = [fault for report in reports for fault in report.faults]
    if as_json:
        show_json({"can_run": not faults, "layers": [_as_json(report) for report in reports]})
    else:
        columns = ("layer", "rows", "date", "west south east north", "CRS", "licence", "faults")
        show_table(columns, [_as_row(report) for report in reports])
        for report in reports:
            for note in report.notes:
                console.info(f"{report.key}: {note}")
    if faults:
        raise WorkspaceError(faults)
    console.info("The workspace is in order: tesoma-geo run can do its work")


def _as_row(report: "LayerReport") -> list[object]:
    return [
        report.key,
        "" if report.rows is None else report.rows,
        report.date or "",
        " ".join(f"{degrees:.3f}" for degrees in report.extent or ()),
        report.crs or "",
        report.licence or "",
        len(report.faults) or "",
    ]


def _as_json(report: "LayerReport") -> dict[str, Any]:
    return {**vars(report), "path": str(report.path), "faults": _dicts(report.faults)}


def _dicts(faults: "tuple[Fault, ...]") -> list[dict[str, str]]:
    return [{"where": fault.where, "problem": fault.problem, "remedy": fault.remedy} for fault in faults]
