"""What a command draws: a finished run, or the workspace assessed with the steps that are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import open_workspace
from tesoma_geo.errors import InputError

if TYPE_CHECKING:
    from tesoma_geo._steps import Steps
    from tesoma_geo.assessment.assess import Assessment
    from tesoma_geo.workspace import Workspace

results_option = click.option(
    "--results",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="What `run` wrote, in place of --workspace: it is drawn as it is, and nothing is assessed again.",
)


@dataclass(frozen=True, eq=False)
class Job:
    """What a command is about.

    Attributes
    ----------
    workspace
        Its workspace.
    finished
        The assessment of a finished run; None where there is only a workspace.
    """

    workspace: "Workspace"
    finished: "Assessment | None" = None

    def assessment(self, progress: Callable[[str], None], who: str | None = None) -> "Assessment":
        """The finished run, or the workspace assessed now.

        Parameters
        ----------
        progress
            Told the name of each step.
        who
            Who publishes, as of :func:`tesoma_geo.assess`; of a finished run nothing is published anew.

        Returns
        -------
        Assessment
        """
        if self.finished is not None:
            return self.finished
        from tesoma_geo.assessment.assess import assess

        assessment = assess(self.workspace, progress=progress, who=who, steps=self.steps)
        self.steps.finish()
        return assessment

    @cached_property
    def steps(self) -> "Steps":
        """Steps that are kept of this workspace."""
        from tesoma_geo._steps import Steps

        return Steps(str(self.workspace.path.resolve()))


def open_job(results: Path | None, workspace_file: Path | None, console: Console, *, for_still: bool = False) -> Job:
    """What ``--results`` names, or else ``--workspace``.

    Parameters
    ----------
    results, workspace_file
        Values of the options.
    console
        Told which workspace was found when none was named.
    for_still
        Whether what stills show of a finished run is enough.

    Returns
    -------
    Job

    Raises
    ------
    InputError
        Both are named, or the results cannot be drawn.
    """
    if results is None:
        return Job(open_workspace(workspace_file, console))
    if workspace_file is not None:
        raise InputError("--results and --workspace are both named", "Name one: results know their workspace")
    assessment = None
    if for_still:
        from tesoma_geo.assessment.still_record import finished_still_record

        assessment = finished_still_record(results)
    if assessment is None:
        from tesoma_geo.assessment.finished import finished

        assessment = finished(results)
    return Job(assessment.workspace, assessment)
