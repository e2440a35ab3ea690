"""What phones do to the store: annotations added once, taken back, supported; nothing of it names a person."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

import shapely

from tesoma_geo.annotations.database import CONTENT
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_import import content_hash, insert_contents, put_people
from tesoma_geo.annotations.store_room import remove_annotation
from tesoma_geo.crs import to_wgs84
from tesoma_geo.workshop.posts import Post

#: What became of an annotation that a phone sent.
STORED, THERE, TAKEN_BACK, GONE = "stored", "there", "taken_back", "gone"
#: A phone answers nothing besides.
NO_ANSWERS = "{}"


@dataclass(frozen=True)
class SentAnnotation:
    """An annotation on its way into the store.

    Attributes
    ----------
    source
        Of the session.
    device
        The key of the phone.
    round
        The round that is open.
    post
        What was sent.
    geometry
        Where it is, in the store's CRS.
    """

    source: str
    device: str
    round: str
    post: Post
    geometry: shapely.Geometry


def own_id(device: str, post_id: str) -> str:
    """The platform's id of an annotation: nobody's but this phone's, whatever id it sends.

    Parameters
    ----------
    device
        The key of the phone.
    post_id
        What the phone calls the annotation.

    Returns
    -------
    str
    """
    return f"{device}|{post_id}"


def write_posts(store: Store, entries: Sequence[SentAnnotation]) -> list[str]:
    """Add annotations in one transaction; what is there already stays as it is.

    Parameters
    ----------
    store
        The workspace's.
    entries
        What was sent.

    Returns
    -------
    list of str
        What became of each: :data:`STORED`, :data:`THERE`, :data:`TAKEN_BACK`, or :data:`GONE` where its author was
        erased.
    """
    db = store.database
    names = [store.key.annotation(entry.source, own_id(entry.device, entry.post.id)) for entry in entries]
    people = [store.key.pseudonym(entry.source, entry.device) for entry in entries]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with db.transaction(sealed=False):
        outcomes, fresh = [], {}
        for name, person, entry in zip(names, people, entries, strict=True):
            outcome = STORED
            if db.query("SELECT 1 FROM erased WHERE respondent = ?", (person,)):
                outcome = GONE
            elif db.query("SELECT 1 FROM taken_back WHERE annotation_id = ?", (name,)):
                outcome = TAKEN_BACK
            elif name in fresh or db.query("SELECT 1 FROM annotations WHERE annotation_id = ?", (name,)):
                outcome = THERE
            else:
                fresh[name] = entry
            outcomes.append(outcome)
        _insert(store, fresh, now)
        db.execute_many(
            "INSERT INTO room_items VALUES (?, ?, 0)", [(name, int(entry.post.show)) for name, entry in fresh.items()]
        )
        if fresh:
            store.log(
                "workshop", "import", ", ".join(sorted({one.source for one in fresh.values()})), f"{len(fresh)} new"
            )
    return outcomes


def _insert(store: Store, fresh: Mapping[str, SentAnnotation], now: str) -> None:
    """Rows as an import of the same would write them, without its tables: what is sent was checked when it came in."""
    rows: list[tuple[str, tuple[Any, ...], str, shapely.Geometry]] = []
    people: dict[str, tuple[Any, ...]] = {}
    for name, entry in fresh.items():
        person, post = store.key.pseudonym(entry.source, entry.device), entry.post
        content = annotation_content(entry, person, now)
        rows.append((name, content, content_hash(content, entry.geometry), entry.geometry))
        people.setdefault(person, (person, post.role, post.age_group, post.language, now, entry.source, NO_ANSWERS))
    rows.sort(key=itemgetter(0))
    insert_contents(store.database, rows)
    put_people(store.database, list(people.values()))


def annotation_content(entry: SentAnnotation, person: str, now: str) -> tuple[Any, ...]:
    """What was sent as the store's columns have it.

    Parameters
    ----------
    entry
        What was sent.
    person
        The pseudonym of the phone.
    now
        ISO 8601 with its offset from UTC.

    Returns
    -------
    tuple
        Values of :data:`~tesoma_geo.annotations.database.CONTENT`, in its order.
    """
    post = entry.post
    values: dict[str, Any] = {
        "respondent": person,
        "kind": post.kind,
        "category": post.category,
        "themes": post.theme or "",
        "severity": post.severity,
        "text": post.text or None,
        "language": post.language,
        "role": post.role,
        "age_group": post.age_group,
        "time": now,
        "round": entry.round,
        "source": entry.source,
        "question": entry.round,
        "private": 0,
        "photo": None,
        "answers": NO_ANSWERS,
    }
    return tuple(values[name] for name in CONTENT)


def take_back(store: Store, source: str, device: str, post_id: str) -> bool:
    """Remove one annotation for good, at its author's wish.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    device
        The key of the phone.
    post_id
        What the phone calls the annotation.

    Returns
    -------
    bool
        Whether it was there; it stays out in either case.
    """
    name = store.key.annotation(source, own_id(device, post_id))
    with store.database.transaction(sealed=False):
        removed = remove_annotation(store.database, name, store.key.pseudonym(source, device))
        store.log("author", "take back", name, "")
    if removed:
        store.database.vacuum()
    return removed


def take_back_all(store: Store, source: str, device: str) -> int:
    """Erase everything that a phone ever sent, and keep late sendings out.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    device
        The key of the phone.

    Returns
    -------
    int
        Annotations that were removed.
    """
    person = store.key.pseudonym(source, device)
    if store.database.query("SELECT 1 FROM respondents WHERE respondent = ?", (person,)):
        return store.erase(person, who="author", why="at the author's wish")
    with store.database.transaction(sealed=False):
        store.database.execute("DELETE FROM room_marks WHERE respondent = ?", (person,))
        store.database.execute("INSERT INTO erased VALUES (?) ON CONFLICT DO NOTHING", (person,))
    return 0


def support(store: Store, source: str, device: str, subject: str, round_name: str, *, on: bool) -> bool:
    """Support what somebody else said and the room sees, or take the support back; once a phone.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    device
        The key of the phone.
    subject
        The annotation, by its id in the room.
    round_name
        The round that is open.
    on
        Whether to support it.

    Returns
    -------
    bool
        Whether the annotation is one that the room sees.
    """
    db, person = store.database, store.key.pseudonym(source, device)
    with db.transaction(sealed=False):
        if not db.query("SELECT 1 FROM room_items WHERE annotation_id = ? AND on_wall = 1", (subject,)):
            return False
        if on:
            db.execute("INSERT INTO room_marks VALUES ('support', ?, ?, ?) ON CONFLICT DO NOTHING",
                       (subject, person, round_name))  # fmt: skip
        else:
            db.execute(
                "DELETE FROM room_marks WHERE what = 'support' AND subject = ? AND respondent = ?", (subject, person)
            )
    return True


def own_annotations(store: Store, source: str, device: str) -> list[dict[str, Any]]:
    """What a phone said, as the store has it.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    device
        The key of the phone.

    Returns
    -------
    list of dict
        ``name`` (id in the room), ``kind``, ``text``, ``state``, ``round``, ``consent``, ``on_wall``, ``geometry``.
    """
    db = store.database
    rows = db.query(
        f"SELECT a.annotation_id, a.kind, a.text, a.state, a.round, i.consent, i.on_wall, {db.geometry_out} "  # noqa: S608 - ours
        "FROM annotations a LEFT JOIN room_items i ON i.annotation_id = a.annotation_id "
        "WHERE a.respondent = ? AND a.source = ? ORDER BY a.annotation_id",
        (store.key.pseudonym(source, device), source),
    )
    names = ("name", "kind", "text", "state", "round", "consent", "on_wall")
    return [
        dict(zip(names, row[:-1], strict=True)) | {"geometry": geojson(db.decode(row[-1]), store.crs)} for row in rows
    ]


def geojson(geometry: shapely.Geometry, crs: str) -> dict[str, Any]:
    """A geometry for a browser: GeoJSON in WGS 84, to a tenth of a metre.

    Parameters
    ----------
    geometry
        In ``crs``.
    crs
        The store's metric CRS.

    Returns
    -------
    dict
    """

    def degrees(xy: Any) -> Any:
        import numpy as np

        return np.column_stack([np.round(values, 6) for values in to_wgs84(xy[:, 0], xy[:, 1], crs)])

    content: dict[str, Any] = json.loads(shapely.to_geojson(shapely.transform(geometry, degrees)))
    return content
