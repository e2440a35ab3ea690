"""What waits for the host, with hints, and what the host does with it: the same acts as on the command line."""

from typing import Any, Literal

import pandas as pd
import shapely

from tesoma_geo.annotations.review import PERSONAL, moderation_flags, personal_pieces, text_flags
from tesoma_geo.annotations.store import Store
from tesoma_geo.errors import InputError
from tesoma_geo.workshop.phone_store import geojson
from tesoma_geo.workshop.posts import Code, Strict, Text
from tesoma_geo.workspace.annotations import Moderation

Act = Literal["approve", "hide", "redact", "erase", "show", "unshow", "publish"]


class Decision(Strict):
    """What a host decides on one annotation.

    Attributes
    ----------
    name
        Its id in the store.
    act
        ``show`` approves it and shows it in the room, where its author agreed; ``publish`` approves it to be shown,
        moved, on the published map; ``erase`` removes its author with all they said.
    by
        Who decides, for the audit log.
    why
        The reason.
    text
        What stands in its place (``redact``).
    second_look
        Who else read it and found that all may.
    """

    name: Code
    act: Act
    by: Text = "host"
    why: Text = ""
    text: Text | None = None
    second_look: Text | None = None


def decide(store: Store, source: str, decision: Decision) -> None:
    """Carry a decision out, in the audit log as the command line's.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    decision
        What the host decided.

    Raises
    ------
    InputError
        The annotation is not there, or its author did not agree to its being shown.
    """
    db, who, why = store.database, decision.by or "host", decision.why
    rows = db.query(
        "SELECT respondent FROM annotations WHERE annotation_id = ? AND source = ?", (decision.name, source)
    )
    if not rows:
        raise InputError("that annotation is not there any more", "Look at the list again")
    if decision.act == "erase":
        store.erase(rows[0][0], who=who, why=why)
    elif decision.act == "redact":
        store.redact(decision.name, decision.text or None, who=who, why=why)
    elif decision.act == "hide":
        store.set_state([decision.name], "hidden", who=who, why=why)
        _on_wall(store, decision.name, who, on=False)
    elif decision.act == "unshow":
        _on_wall(store, decision.name, who, on=False)
    else:
        if decision.act == "show" and not _agreed(store, decision.name):
            raise InputError("its author did not mark it to be shown", "Approve it without showing it")
        look = decision.second_look or None
        shown = decision.act == "publish"
        store.set_state([decision.name], "approved", who=who, why=why, shown=shown, second_look=look)
        if decision.act == "show":
            _on_wall(store, decision.name, who, on=True)


def _agreed(store: Store, name: str) -> bool:
    return bool(store.database.query("SELECT 1 FROM room_items WHERE annotation_id = ? AND consent = 1", (name,)))


def _on_wall(store: Store, name: str, who: str, *, on: bool) -> None:
    with store.database.transaction():
        store.database.execute("UPDATE room_items SET on_wall = ? WHERE annotation_id = ?", (int(on), name))
        store.log(who, "shown in the room" if on else "not shown in the room", name, "")


def waiting(store: Store, source: str, district: shapely.Geometry, settings: Moderation) -> list[dict[str, Any]]:
    """Every annotation of the session for the host: what waits first, with its flags and hints.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    district
        The district, in the store's CRS.
    settings
        The workspace's ``[moderation]``.

    Returns
    -------
    list of dict
        JSON can hold them.
    """
    table = store.annotations(source=source)
    if table.empty:
        return []
    flags = moderation_flags(table, district, settings)
    items = {row[0]: row[1:] for row in store.database.query("SELECT annotation_id, consent, on_wall FROM room_items")}
    rows = [
        {
            **{
                name: _plain(row[name])
                for name in ("respondent", "kind", "themes", "severity", "text", "round", "time")
            },
            **{name: _plain(row[name]) for name in ("state", "second_look", "role", "age_group")},
            "name": row["annotation_id"],
            "consent": bool(items.get(row["annotation_id"], (0, 0))[0]),
            "on_wall": bool(items.get(row["annotation_id"], (0, 0))[1]),
            "shown": bool(row["shown"]),
            "flags": list(flags_of_row),
            "hints": {flag: list(pieces) for flag, pieces in personal_pieces(_plain(row["text"]) or "").items()},
            "geometry": geojson(row["geometry"], store.crs),
        }
        for row, flags_of_row in zip(table.to_dict("records"), flags, strict=True)
    ]
    order = {"pending": 0, "approved": 1, "hidden": 2}
    return sorted(rows, key=lambda row: (order[row["state"]], row["time"] or "", row["name"]))


def shown_items(store: Store, source: str) -> list[dict[str, Any]]:
    """What the room sees: approved by the host, with its author's consent; a text with hints stays away.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.

    Returns
    -------
    list of dict
        ``name``, ``kind``, ``theme``, ``severity``, ``text``, ``round``, ``geometry``; nothing of who said it.
    """
    db = store.database
    names = [
        name
        for (name,) in db.query(
            "SELECT i.annotation_id FROM room_items i JOIN annotations a ON a.annotation_id = i.annotation_id "
            "WHERE i.on_wall = 1 AND i.consent = 1 AND a.state = 'approved' AND a.source = ? ORDER BY a.annotation_id",
            (source,),
        )
    ]
    table = store.annotations(ids=names)
    items = []
    for row in table.to_dict("records"):
        text = _plain(row["text"])
        if text and _plain(row["second_look"]) is None and PERSONAL & set(text_flags(text)):
            text = None
        items.append(
            {
                "name": row["annotation_id"],
                "kind": row["kind"],
                "theme": row["themes"],
                "severity": _plain(row["severity"]),
                "text": text,
                "round": row["round"],
                "geometry": geojson(row["geometry"], store.crs),
            }
        )
    return items


def _plain(value: Any) -> Any:
    if value is None or (not isinstance(value, list | dict) and bool(pd.isna(value))):
        return None
    return value.item() if hasattr(value, "item") else value
