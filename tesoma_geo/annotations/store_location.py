"""Where a workspace keeps its annotations, and how the place is opened."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from tesoma_geo.annotations.database import Database
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
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


def has_store(workspace: Workspace) -> bool:
    """Whether anything was ever imported.

    Parameters
    ----------
    workspace
        With ``moderation.store``.

    Returns
    -------
    bool
        Always true for a database.
    """
    return in_database(workspace) or store_path(workspace).is_file()


def open_store(workspace: Workspace) -> Store:
    """Open a workspace's store; a new one, with its key, where there is none.

    Parameters
    ----------
    workspace
        With ``moderation.store``.

    Returns
    -------
    Store
        To be closed by ``store.database.close()``.

    Raises
    ------
    WorkspaceError
        The key of a store is gone, or another one.
    OutputError
        Nothing can be written there.
    """
    crs = workspace.district.crs
    database: Database
    if in_database(workspace):
        from tesoma_geo.annotations.postgis import PostGIS

        database = PostGIS.open(workspace.moderation.store, crs)
        beside = workspace.path.parent / "annotations.key"
        return _checked(
            database,
            crs,
            lambda: Key.read(beside) if database.has_tables() else Key.read_or_create(beside),
            workspace.path.parent,
        )
    path = store_path(workspace)
    key_path = path.with_suffix(".key")
    filled = path.is_file() and path.stat().st_size > 0
    key = Key.read(key_path) if filled else Key.read_or_create(key_path)
    return _checked(GeoPackage.open(path, crs), crs, lambda: key, workspace.path.parent)


def _checked(database: Database, crs: str, key: Callable[[], Key], photos: Path) -> Store:
    """The store with the key that it was made with; closed again where it is another one."""
    try:
        store = Store(database, key(), crs, photos)
        store.require_same_key()
    except BaseException:
        database.close()
        raise
    return store


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
