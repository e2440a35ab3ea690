"""Whether a store's file is as it was written: the check of SQLite, and a seal of all rows.

Each transaction leaves a hash of all rows, and the number that SQLite counts up in the head of the file whenever
anything writes it. Other rows at the same number were not written by anybody: that is damage, in the middle of a text
too, which the check of SQLite does not see. At another number somebody wrote the file with another program, such as
QGIS, which is theirs to do; the next transaction seals it anew.
"""

import hashlib
import os
import sqlite3
import struct
from contextlib import closing, suppress
from pathlib import Path

from tesoma_geo.annotations.database import PLAIN_TABLES

RESTORE = "Put a copy back: tesoma-geo store restore; the damaged file is kept beside it"
_SEAL = "tesoma_geo_seal"
#: A table that copies of stores have, and stores have not.
COPY = "tesoma_geo_copy"
_ROWS = ("annotations", *PLAIN_TABLES)
#: Tables in which the first column does not tell the rows apart.
_MANY = ("released", "room_marks", "cohort_members")
_COUNTER_AT = 24


def seal(connection: sqlite3.Connection, path: Path) -> None:
    """Leave a hash of all rows; the last thing of a transaction.

    Parameters
    ----------
    connection
        To the store, within a transaction.
    path
        Its file.
    """
    there = _tables(connection)
    if "annotations" not in there:
        return
    connection.execute(f"CREATE TABLE IF NOT EXISTS {_SEAL} (id INTEGER PRIMARY KEY, writes INTEGER, rows TEXT)")
    connection.execute(
        f"INSERT OR REPLACE INTO {_SEAL} VALUES (1, ?, ?)",  # noqa: S608 - our own name
        (_writes(path) + 1, hash_of_rows(connection)),
    )


def damage_of(connection: sqlite3.Connection, path: Path) -> str:
    """What is wrong with a store's file.

    Parameters
    ----------
    connection
        To the store, outside a transaction.
    path
        Its file.

    Returns
    -------
    str
        In a few words; empty where nothing is.
    """
    try:
        connection.execute("BEGIN")  # one state of the file for all looks
        try:
            lines = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)")]
            if lines != ["ok"]:
                return " ".join(lines[0].split())[:120] if lines else "the check of SQLite gave nothing"
            there = _tables(connection)
            if _SEAL in there:
                known = connection.execute(f"SELECT writes, rows FROM {_SEAL}").fetchone()  # noqa: S608 - our own name
                if known is not None and known[0] == _writes(path) and known[1] != hash_of_rows(connection):
                    return "its rows are not those that were written"
        finally:
            with suppress(sqlite3.Error):
                connection.execute("COMMIT")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)[:120]
    return ""


def copy_database(source: sqlite3.Connection, path: Path, *, is_copy: bool) -> None:
    """Copy a database while others may read and write it; the copy takes its name when it is whole.

    Parameters
    ----------
    source
        An open connection.
    path
        The file, for its owner alone; what it held is lost.
    is_copy
        Whether the file is marked as a copy, which a later one may replace, or is to be a store.
    """
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(draft, isolation_level=None)) as target:
            source.backup(target)
            target.execute("BEGIN IMMEDIATE")
            target.execute(f"DROP TABLE IF EXISTS {COPY}")
            if is_copy:
                target.execute(f"CREATE TABLE {COPY} (id INTEGER PRIMARY KEY)")
            seal(target, draft)
            target.execute("COMMIT")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def hash_of_rows(connection: sqlite3.Connection) -> str:
    """SHA-256 of all rows in the order of their ids: a file that is written anew has the same.

    Parameters
    ----------
    connection
        To the store.

    Returns
    -------
    str
        64 hex digits. It may not leave the store as it is: whoever guesses an answer could try it.
    """
    digest, there = hashlib.sha256(), _tables(connection)
    for table in _ROWS:
        if table in there:
            order = "fid" if table == "annotations" else "1, 2, 3" if table in _MANY else "1"
            digest.update(table.encode())
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608 - our own names
                digest.update(repr(row).encode())
    return digest.hexdigest()


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _writes(path: Path) -> int:
    """How often the file was written, as its head tells."""
    with path.open("rb") as file:
        file.seek(_COUNTER_AT)
        counted = file.read(4)
    return int(struct.unpack(">I", counted)[0]) if len(counted) == 4 else 0
