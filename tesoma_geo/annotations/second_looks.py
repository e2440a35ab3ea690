"""A second person's look at texts that may hold personal data, without which none of them is published.

Kept as lines of the audit log, so that a store of any age can keep them: ``second look``, who looked, at which
annotation, and in the place of the reason a keyed mark of the text that they saw. A text that changes has another
mark, and needs a new look.
"""

from collections.abc import Iterable, Sequence

from tesoma_geo.annotations.database import Database
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.errors import InputError

ACTION = "second look"


def text_mark(key: Key, annotation_id: str, text: str) -> str:
    """Stands for an annotation's text; nobody without the key can try which text it was.

    Parameters
    ----------
    key
        The store's.
    annotation_id
        Whose text.
    text
        The text.

    Returns
    -------
    str
        16 hex digits.
    """
    return key.digest(ACTION, annotation_id, text).hex()[:16]


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


def marks_of(database: Database, key: Key, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Annotations that have a text, and the marks of their texts.

    Parameters
    ----------
    database
        Of the store.
    key
        The store's.
    ids
        Annotations.

    Returns
    -------
    list of tuple of str
        Id and mark.
    """
    texts = dict(database.query("SELECT annotation_id, text FROM annotations WHERE text IS NOT NULL"))
    return [(name, text_mark(key, name, texts[name])) for name in ids if name in texts]


def second_looks(database: Database, key: Key, ids: Sequence[str], texts: Sequence[object]) -> list[str | None]:
    """Who took a second look at each text as it stands now.

    Parameters
    ----------
    database
        Of the store; its tables are there.
    key
        The store's.
    ids
        Annotations.
    texts
        Their texts, or anything else where there is none.

    Returns
    -------
    list of str or None
        One an annotation; the latest look counts.
    """
    looks = {
        (subject, mark): who
        for subject, mark, who in database.query(
            "SELECT subject, why, who FROM audit WHERE action = ? ORDER BY id", (ACTION,)
        )
    }
    if not looks:
        return [None] * len(ids)
    return [
        looks.get((name, text_mark(key, name, text))) if isinstance(text, str) else None
        for name, text in zip(ids, texts, strict=True)
    ]
