"""On which terms the data of each layer is: what the workspace states of it, and nothing that was read."""

from collections.abc import Iterable
from dataclasses import replace

from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.licences import stated_licence


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
    return tuple(
        replace(report, licence=stated_licence(workspace, report.key, report.path == workspace.osm_path))
        for report in reports
    )
