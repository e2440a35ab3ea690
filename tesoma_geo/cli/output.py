"""Where a command writes: never over what the workspace reads or keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tesoma_geo.workspace import Workspace


@contextmanager
def result_folder(workspace: "Workspace", out: Path, overwrite: bool, command: str) -> Iterator[Path]:
    """The folder of a result, to be written into while the layers stay as they are.

    Parameters
    ----------
    workspace
        Whose layers, store and key may not lie in it.
    out
        The value of ``--out``.
    overwrite
        Whether a former result of the same command there is replaced.
    command
        What writes, as it is called: "run", "trial report".

    Yields
    ------
    The empty folder to write into.
    """
    from tesoma_geo._files import written_folder
    from tesoma_geo.cli.compile_notice import require_address_space
    from tesoma_geo.inputs.protected import protected_files
    from tesoma_geo.inputs.unchanged_files import unchanged_files

    require_address_space()
    written = written_folder(out, overwrite=overwrite, protected=protected_files(workspace), command=command)
    with written as draft, unchanged_files(workspace):
        yield draft


@contextmanager
def result_file(workspace: "Workspace", out: Path, overwrite: bool) -> Iterator[Path]:
    """The file of a result, to be written while the layers stay as they are.

    Parameters
    ----------
    workspace
        Whose layers, store and key it may not be.
    out
        The value of ``--out``.
    overwrite
        Whether a file there is replaced.

    Yields
    ------
    The path to write to.
    """
    from tesoma_geo._files import written_file
    from tesoma_geo.cli.compile_notice import require_address_space
    from tesoma_geo.inputs.protected import protected_files
    from tesoma_geo.inputs.unchanged_files import unchanged_files

    require_address_space()
    written = written_file(out, overwrite=overwrite, protected=protected_files(workspace))
    with written as draft, unchanged_files(workspace):
        yield draft
