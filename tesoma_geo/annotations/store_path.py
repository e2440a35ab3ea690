"""Where a workspace keeps its annotations; nothing is opened here, and no library loaded."""

import hashlib
import os
from pathlib import Path

from tesoma_geo.workspace import Workspace

_DATABASES = ("postgresql://", "postgres://")


def store_path(workspace: Workspace) -> Path:
    """The GeoPackage: as the workspace names it, beside the workspace file, or among the user's own data.

    A workspace in a folder that cannot be written (an installed sample, a shared disk) has its store
    under ``$XDG_DATA_HOME/tesoma_geo``; ``TESOMA_GEO_ANNOTATIONS`` names another folder.

    Parameters
    ----------
    workspace
        With ``moderation.store``.

    Returns
    -------
    Path
        Whether it is there or not.
    """
    named = Path(workspace.moderation.store)
    own = os.environ.get("TESOMA_GEO_ANNOTATIONS")
    if named.is_absolute():
        return named
    beside = workspace.path.parent / named
    if own is None and (beside.exists() or _is_writable(_existing(beside.parent))):
        return beside
    folder = Path(own) if own else Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "tesoma_geo"
    place = hashlib.sha256(str(workspace.path.absolute()).encode()).hexdigest()[:12]
    return folder / f"{workspace.path.stem}-{place}" / named.name


def in_database(workspace: Workspace) -> bool:
    """Whether the store is a database of a server.

    Parameters
    ----------
    workspace
        With ``moderation.store``.

    Returns
    -------
    bool
    """
    return workspace.moderation.store.startswith(_DATABASES)


def _existing(folder: Path) -> Path:
    return folder if folder.exists() or folder.parent == folder else _existing(folder.parent)


def _is_writable(folder: Path) -> bool:
    """Whether a folder is meant to be written: an administrator may write everywhere, and should not."""
    return os.access(folder, os.W_OK) and bool(folder.stat().st_mode & 0o222)
