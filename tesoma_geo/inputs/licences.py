"""On which terms the data of each layer is: what the workspace states of it, and nothing that was read."""

from collections.abc import Iterable
from dataclasses import replace

from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.workspace import Workspace


def with_licences(workspace: Workspace, reports: Iterable[LayerReport]) -> tuple[LayerReport, ...]:
    """Reports with the licences of their data.

    Parameters
    ----------
    workspace
        The workspace file.
    reports
        Of its layers.

    Returns
    -------
    tuple of LayerReport
        New ones; ``licence`` is None where the workspace states none.
    """
    return tuple(replace(report, licence=_stated(workspace, report)) for report in reports)


def _stated(workspace: Workspace, report: LayerReport) -> str | None:
    """What the innermost table on the way to the key of a report says, such as ``services.files.0``.

    What is read of the street file where no layer is named is under the terms of the streets.
    """
    at: object = workspace
    table: object = None
    for part in report.key.split("."):
        if isinstance(at, tuple):
            at = at[int(part)] if part.isdecimal() and int(part) < len(at) else None
        else:
            at = getattr(at, part, None)
        table = at if hasattr(at, "licence") else table
    if table is None and report.path == workspace.osm_path:
        table = workspace.network
    stated = getattr(table, "licence", None)
    return stated if isinstance(stated, str) else None
