"""A finished run told with other targets, licences and another name of the hub: no figure but of targets follows."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.assessment.outputs import write_figures
from tesoma_geo.assessment.summary import hub_names
from tesoma_geo.assessment.target_figures import targets, times_of_homes
from tesoma_geo.assessment.unchanged_run import UnchangedRun
from tesoma_geo.workspace import Workspace


def retold(assessment: Assessment, workspace: Workspace) -> Assessment:
    """What was found, told with another workspace.

    Parameters
    ----------
    assessment
        As it was found, or what is drawn of it.
    workspace
        Differs from its own in nothing but :data:`tesoma_geo.inputs.files_key.TOLD_ALONE`, licences and the name of the
        one hub.

    Returns
    -------
    Assessment
        The same tables; what is told of targets, and the reports of layers, are those of the workspace.
    """
    summary: Any = {
        **assessment.summary,
        "hub": {**assessment.summary["hub"], "name": hub_names(workspace)},
        "targets": targets(times_of_homes(assessment.origins), workspace.targets),
    }
    return replace(assessment, inputs=assessment.inputs.with_workspace(workspace), summary=summary)


def write_figures_again(run: UnchangedRun, assessment: Assessment, folder: Path) -> None:
    """Write a former result once more without its pages, with what is told of it now.

    Parameters
    ----------
    run
        As of :func:`~tesoma_geo.assessment.unchanged_run.unchanged_run`.
    assessment
        As of :func:`retold`.
    folder
        An existing folder.
    """
    former = Path(run.folder)
    shutil.copytree(
        former, folder, dirs_exist_ok=True, ignore=lambda place, _: {"site"} if Path(place) == former else set()
    )
    write_figures(assessment, folder)
