"""Where a command writes: never over what the workspace reads or keeps."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tesoma_geo.workspace import Workspace


def result_folder(workspace: "Workspace", out: Path, overwrite: bool) -> AbstractContextManager[Path]:
    """The folder of a result, to be written into: ``_files.written_folder``.

    Parameters
    ----------
    workspace
        Whose layers, store and key may not lie in it.
    out
        The value of ``--out``.
    overwrite
        Whether a former result there is replaced.

    Returns
    -------
    context manager
        Gives the empty folder to write into.
    """
    from tesoma_geo._files import written_folder
    from tesoma_geo.inputs.protected import protected_files

    return written_folder(out, overwrite=overwrite, protected=protected_files(workspace))


def result_file(workspace: "Workspace", out: Path, overwrite: bool) -> AbstractContextManager[Path]:
    """The file of a result, to be written: ``_files.written_file``.

    Parameters
    ----------
    workspace
        Whose layers, store and key it may not be.
    out
        The value of ``--out``.
    overwrite
        Whether a file there is replaced.

    Returns
    -------
    context manager
        Gives the path to write to.
    """
    from tesoma_geo._files import written_file
    from tesoma_geo.inputs.protected import protected_files

    return written_file(out, overwrite=overwrite, protected=protected_files(workspace))
