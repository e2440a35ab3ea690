"""``tesoma-geo check``: what every layer holds, and all that is wrong with it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, json_option, open_workspace, workspace_option
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    from tesoma_geo.inputs.reports import LayerReport


@click.command("check")
@workspace_option
@click.option("--strict", is_flag=True, help="Take doubts as faults: exit with 1 where there are any.")
@json_option
@console_options
def command(workspace_file: Path | None, strict: bool, as_json: bool, console: Console) -> None:
    """Read every layer; tell what it holds, is wrong or doubtful.

    Prints a row a layer: rows, date, extent in degrees, coordinate system, licence, faults and doubts.
    Faults stop the work; all are told at once, each with its remedy. Doubts are values that are
    possible but unlikely: the work goes on. Notes are for information. Exits with 1 when `run` could
    not do its work, with --strict also when there are doubts. What --json prints follows
    docs/check.schema.json.

    \b
    Examples:
      tesoma-geo check
      tesoma-geo check --workspace tampere/tesoma.toml --json
      tesoma-geo check --strict
    """
    from tesoma_geo.analysis.barrier_settings import barrier_setting_doubts
    from tesoma_geo.cli.check_records import check_record
    from tesoma_geo.cli.compile_notice import require_address_space
    from tesoma_geo.cli.drawn_names import drawn_name_doubts
    from tesoma_geo.errors import TesomaError, WorkspaceError
    from tesoma_geo.inputs.closed_homes import with_closed_homes
    from tesoma_geo.inputs.hub_sensitivity import with_hub_sensitivity
    from tesoma_geo.inputs.layers import check_inputs
    from tesoma_geo.inputs.page_notes import page_notes
    from tesoma_geo.inputs.reports import LayerReport, with_doubts
    from tesoma_geo.workspace.deprecated_keys import deprecated_keys

    require_address_space()
    try:
        workspace = open_workspace(workspace_file, console)
        with console.progress() as progress:
            progress("reading the layers")
            inputs, reports = check_inputs(workspace)
            if inputs is not None:
                progress("who is cut off")
                reports = with_closed_homes(inputs, reports)
                progress("where the hub is entered")
                reports = with_hub_sensitivity(inputs, reports)
                doubts = [
                    *barrier_setting_doubts(workspace, inputs.network),
                    *drawn_name_doubts(workspace, inputs.district, inputs.water),
                ]
                reports = with_doubts(reports, doubts, workspace.path)
        going = [LayerReport(key, workspace.path, notes=(text,)) for key, text in deprecated_keys(workspace)]
        reports = (*reports, *going)
    except TesomaError as error:
        if as_json:
            show_json(check_record((), faults=error.faults, problem=error.problem))
        raise
    asked = page_notes(workspace, reports)
    if as_json:
        show_json(check_record(reports, strict=strict, notes=asked))
    else:
        columns = ("layer", "rows", "data of", "file of", "west south east north", "CRS", "licence", "faults", "doubts")
        show_table(columns, [_as_row(report) for report in reports])
        for note in [*asked, *(note for report in reports for note in report.as_notes)]:
            console.info(note)
        for doubt in [doubt for report in reports for doubt in report.doubts if not strict]:
            console.info(f"Doubt: {doubt}")
    faults = [fault for report in reports for fault in report.faults]
    doubts = [doubt for report in reports for doubt in report.doubts]
    if faults or (strict and doubts):
        raise WorkspaceError([*faults, *(doubt.as_fault() for doubt in doubts if strict)])
    doubts_above = (
        f"; {len(doubts)} {'doubt' if len(doubts) == 1 else 'doubts'} above" if doubts and not as_json else ""
    )
    console.info(f"The workspace is in order: tesoma-geo run can do its work{doubts_above}")


def _as_row(report: "LayerReport") -> list[object]:
    return [
        report.key,
        "" if report.rows is None else report.rows,
        report.as_of or "",
        report.date or "",
        " ".join(f"{degrees:.3f}" for degrees in report.extent or ()),
        report.crs or "",
        report.licence or "",
        len(report.faults) or "",
        len(report.doubts) or "",
    ]
