"""Where the workspace file is that nobody named, and where the files that ship with the package are."""

import os
from importlib import resources
from pathlib import Path

from tesoma_geo.errors import WorkspaceError


def find_workspace(named: str | os.PathLike[str] | None = None) -> Path:
    """The workspace file to use: the named one, ``./tesoma.toml``, ``./layers/tesoma.toml``, or the sample.

    Parameters
    ----------
    named
        A path; None to look for one.

    Returns
    -------
    Path

    Raises
    ------
    WorkspaceError
        A file was named that does not exist.
    """
    if named is not None:
        if not Path(named).is_file():
            raise WorkspaceError(
                f"{named}: no such workspace file",
                "Name one with --workspace, or make one with tesoma-geo init",
            )
        return Path(named)
    for candidate in (Path("tesoma.toml"), Path("layers") / "tesoma.toml"):
        if candidate.is_file():
            return candidate
    return bundled_folder("layers") / "tesoma.toml"


def bundled_folder(folder: str) -> Path:
    """A folder that ships with the package: beside it in a checkout, inside it in a wheel.

    ``TESOMA_GEO_LAYERS`` or ``TESOMA_GEO_MAPS`` in the environment names another one.

    Parameters
    ----------
    folder
        ``layers``, ``maps`` or a folder in them.

    Returns
    -------
    Path

    Raises
    ------
    WorkspaceError
        The folder is not there.
    """
    named = os.environ.get(f"TESOMA_GEO_{folder.split('/')[0].upper()}")
    package = Path(str(resources.files("tesoma_geo")))
    candidates = [Path(named)] if named else [package.parent / folder, package / folder]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise WorkspaceError(
        f"the folder {folder} of the installation is missing ({candidates[0]})", "Install tesoma-geo again"
    )
