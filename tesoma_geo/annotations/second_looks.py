"""Looks without which nothing is published: a second person's at texts with hints, a moderator's at photographs.

Kept as lines of the audit log, so that a store of any age can keep them: ``second look`` or ``photograph approved``,
who looked, at which annotation, and in the place of the reason a keyed mark of the text, or of the photograph's name,
that they saw; of a photograph also of its file. What changes has another mark, and needs a new look.
"""
# ruff: noqa: S608 - statements are put together from the column names of COLUMN alone

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from tesoma_geo.annotations.database import Database
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.errors import InputError

#: Actions of the audit log → the column that was looked at.
SECOND_LOOK, PHOTO = "second look", "photograph approved"
COLUMN = {SECOND_LOOK: "text", PHOTO: "photo"}


def mark(key: Key, action: str, annotation_id: str, seen: str) -> str:
    """Stands for what was looked at; nobody without the key can try which text it was.

    Parameters
    ----------
    key
        The store's.
    action
        Of :data:`COLUMN`.
    annotation_id
        Whose text or photograph.
    seen
        The text, or what :func:`photograph` gives.

    Returns
    -------
    str
        16 hex digits.
    """
    return key.digest(action, annotation_id, seen).hex()[:16]


def photograph(name: str, folder: Path | None) -> str:
    """A photograph as it was looked at: its name and, where it is a file that can be read, what is in it.

    Parameters
    ----------
    name
        Of the photograph.
    folder
        That it is named from.

    Returns
    -------
    str
        Another file under the same name gives another text.
    """
    file = None if folder is None or "://" in name else folder / name
    if file is None or not file.is_file():
        return name
    return f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}"


def require_another_person(second_look: str, who: str) -> None:
    """Refuse a second look by nobody, or by the one who approves.

    Parameters
    ----------
    second_look
        Who looked.
    who
        Who approves.

    Raises
    ------
    InputError
        No name, or the same one.
    """
    if not second_look.strip():
        raise InputError("a second look needs the name of who looked", "Give it: --second-look NAME")
    if second_look.strip().casefold() == who.strip().casefold():
        raise InputError(
            f"the second look is {who}'s, who approves", "Let somebody else read the text, and give their name"
        )


def marks_of(
    database: Database, key: Key, action: str, ids: Iterable[str], photos: Path | None = None
) -> list[tuple[str, str]]:
    """Annotations that have something to be looked at, and its marks.

    Parameters
    ----------
    database
        Of the store.
    key
        The store's.
    action
        Of :data:`COLUMN`.
    ids
        Annotations.
    photos
        The folder that photographs are named from.

    Returns
    -------
    list of tuple of str
        Id and mark.
    """
    column = COLUMN[action]
    seen = dict(database.query(f"SELECT annotation_id, {column} FROM annotations WHERE {column} IS NOT NULL"))
    return [(name, mark(key, action, name, _seen(action, seen[name], photos))) for name in ids if name in seen]


def looks_at(
    database: Database,
    key: Key,
    action: str,
    ids: Sequence[str],
    contents: Sequence[object],
    photos: Path | None = None,
) -> list[str | None]:
    """Who looked at each text or photograph as it stands now.

    Parameters
    ----------
    database
        Of the store; its tables are there.
    key
        The store's.
    action
        Of :data:`COLUMN`.
    ids
        Annotations.
    contents
        Their texts, or names of photographs; anything else where there is none.
    photos
        The folder that photographs are named from.

    Returns
    -------
    list of str or None
        One an annotation; the latest look counts.
    """
    looks = {
        (subject, seen): who
        for subject, seen, who in database.query(
            "SELECT subject, why, who FROM audit WHERE action = ? ORDER BY id", (action,)
        )
    }
    if not looks:
        return [None] * len(ids)
    subjects = {subject for subject, _ in looks}
    return [
        looks.get((name, mark(key, action, name, _seen(action, content, photos))))
        if isinstance(content, str) and name in subjects
        else None
        for name, content in zip(ids, contents, strict=True)
    ]


def _seen(action: str, content: str, photos: Path | None) -> str:
    return photograph(content, photos) if action == PHOTO else content
