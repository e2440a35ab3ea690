"""How the place where a workspace keeps its annotations is opened."""

from collections.abc import Callable
from pathlib import Path

from tesoma_geo.annotations.database import Database
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_path import in_database, store_path
from tesoma_geo.workspace import Workspace


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
