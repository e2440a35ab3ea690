"""Copies of the store, whole and checked, and the way back to one after damage."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tesoma_geo._result_mark import refuse_within_result
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.store_seal import COPY, copy_database
from tesoma_geo.errors import InputError, OutputError, SourceError, WorkspaceError

#: How a file of SQLite begins, damaged further on or not.
_HEAD = b"SQLite format 3\0"


@dataclass(frozen=True)
class Restored:
    """What a restoring did.

    Attributes
    ----------
    annotations
        How many the store holds now.
    aside
        Where the former store lies; None where there was none.
    erased
        Respondents who were erased after the copy was made and are out of the store again; None where the former store
        could not be asked.
    """

    annotations: int
    aside: Path | None
    erased: int | None


def backup_path(store: Path) -> Path:
    """Where a copy lies unless another place is named.

    Parameters
    ----------
    store
        The store.

    Returns
    -------
    Path
        Beside it.
    """
    return store.with_name(f"{store.name}.backup")


def back_up(store: Path, copy: Path, crs: str) -> int:
    """Copy a store that is whole; readable by its owner alone.

    Parameters
    ----------
    store
        The store.
    copy
        The file to be written; only an earlier copy of this store is replaced.
    crs
        The metric CRS of the store.

    Returns
    -------
    int
        Annotations in it.

    Raises
    ------
    InputError
        There is no store, or ``copy`` is the store itself.
    SourceError
        The store is damaged.
    OutputError
        ``copy`` is anything but an earlier copy of this store, another store above all, or lies inside a result, or
        there is no room for it.
    """
    if not store.is_file():
        raise InputError(f"there is no store {store}", "Run tesoma-geo annotations import first")
    if copy.resolve() == store.resolve():
        raise InputError(f"{copy} is the store itself", "Name another file with --out")
    with closing(GeoPackage.open(store, crs)) as opened:
        if copy.exists():
            _require_copy(copy, store, opened)
        refuse_within_result(copy.resolve())
        with _room(copy):
            copy_database(opened.connection, copy, is_copy=True)
        return _count(opened)


def restore(store: Path, copy: Path, crs: str) -> Restored:
    """Put a copy in the place of a store, which is moved aside and stays.

    Who was erased since the copy was made is erased again, as far as the former store can still tell.

    Parameters
    ----------
    store
        The place of the store, damaged or gone.
    copy
        A copy that :func:`back_up` made.
    crs
        The metric CRS of the store.

    Returns
    -------
    Restored

    Raises
    ------
    InputError
        There is no copy, or ``copy`` is the store itself.
    SourceError
        The copy is damaged itself.
    WorkspaceError
        The copy was made with another key.
    OutputError
        There is no room for it.
    """
    if copy.resolve() == store.resolve():
        raise InputError(f"{copy} is the store itself", "Name a copy of it with --from")
    if not copy.is_file():
        raise InputError(f"there is no copy {copy}", "Name one with --from; tesoma-geo store backup makes them")
    with closing(_opened_copy(copy, crs)) as opened:
        about = dict(opened.query("SELECT name, value FROM about"))
        if about.get("key") != Key.read(store.with_suffix(".key")).fingerprint:
            raise WorkspaceError(f"{copy} was made with another key", "Put the key file that belongs to it back")
        new = store.with_name(f".{store.name}.restored")
        new.unlink(missing_ok=True)
        with _room(new):
            copy_database(opened.connection, new, is_copy=False)
    erased = _erased(store) if store.exists() else set()
    with closing(GeoPackage.open(new, crs)) as opened:
        again = _erase_again(opened, erased or set())
        count = _count(opened)
    aside = _aside(store) if store.exists() else None
    os.replace(new, store)
    return Restored(count, aside, None if erased is None else again)


def _require_copy(copy: Path, store: Path, opened: GeoPackage) -> None:
    """Refuse a file that is no copy of the store; a damaged copy may be replaced by a whole one."""
    key = dict(opened.query("SELECT name, value FROM about")).get("key") if opened.has_tables() else None
    beside = copy.resolve() == backup_path(store).resolve()  # copies of before they were marked are known by this
    ours = False
    try:
        with _reading(copy) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            ours = dict(connection.execute("SELECT name, value FROM about")).get("key") == key
            ours = ours and (beside or COPY in tables)
    except (sqlite3.Error, UnicodeDecodeError):
        with suppress(OSError), copy.open("rb") as file:
            ours = beside and file.read(len(_HEAD)) == _HEAD
    if not ours:
        raise OutputError(f"{copy} is there, and is no copy of {store}", "Name another file with --out")


@contextmanager
def _room(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        problem = f"{path} cannot be written ({error}); the store is as it was before"
        raise OutputError(problem, "Make room on the disk, or name another place") from None


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def _opened_copy(copy: Path, crs: str) -> GeoPackage:
    try:
        return GeoPackage.open(copy, crs)
    except SourceError as error:
        raise SourceError(f"the copy cannot be used: {error.problem}", "Name another one with --from") from None


def _erased(store: Path) -> set[str] | None:
    """Whom a damaged store knows to be erased; None where it cannot be asked."""
    try:
        with _reading(store) as connection:
            return {name for (name,) in connection.execute("SELECT respondent FROM erased")}
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def _erase_again(opened: GeoPackage, erased: set[str]) -> int:
    missing = sorted(erased - {name for (name,) in opened.query("SELECT respondent FROM erased")})
    if missing:
        with opened.transaction():
            for name in missing:
                for table in ("annotations", "respondents", "shown_items"):
                    opened.execute(f"DELETE FROM {table} WHERE respondent = ?", (name,))  # noqa: S608 - our own names
                opened.execute("INSERT INTO erased VALUES (?)", (name,))
        opened.vacuum()
    return len(missing)


def _aside(store: Path) -> Path:
    """Move a store, with what SQLite left beside it, to a name that is free."""
    number = 1
    while (aside := store.with_name(f"{store.name}.damaged-{number}")).exists():
        number += 1
    for ending in ("-journal", "-wal", "-shm"):  # they would be taken for those of the new store
        beside = store.with_name(store.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    try:
        os.link(store, aside)  # so that there is a store at every moment
    except OSError:  # a file system without links
        store.rename(aside)
    return aside


def _count(opened: GeoPackage) -> int:
    return int(opened.query("SELECT count(*) FROM annotations")[0][0]) if opened.has_tables() else 0
