"""The files that the register of trials leads to: itself, the plans that it names, and the files that these name."""

from collections.abc import Iterator
from pathlib import Path

from tesoma_geo.errors import TesomaError, WorkspaceError
from tesoma_geo.inputs.protected import register_file
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.addresses import source_path
from tesoma_geo.workspace.faults import named_sources
from tesoma_geo.workspace.toml import read_toml


def register_files(workspace: Workspace) -> tuple[Path, ...] | None:
    """All files that what is told of trials follows from, beside the layers and what residents said.

    Parameters
    ----------
    workspace
        The workspace.

    Returns
    -------
    tuple of Path
        Empty without a register; None where one of them cannot be read, so that nobody knows what it names.
    """
    register = register_file(workspace)
    if not register.exists() and not register.is_symlink():
        return ()
    try:
        return tuple(dict.fromkeys(_led_to(register)))
    except TesomaError:
        return None


def _led_to(register: Path) -> Iterator[Path]:
    yield register
    trials = read_toml(register, WorkspaceError, "register of trials", "").get("trials", {})
    for trial in trials.values() if isinstance(trials, dict) else ():
        named = trial.get("scenario") if isinstance(trial, dict) else None
        if isinstance(named, str):
            plan = register.parent / named
            yield plan
            content = read_toml(plan, WorkspaceError, "scenario file", "")
            yield from (source_path(plan.absolute(), source) for _, source in named_sources(content))
