"""The log of a room: rounds, alternatives and results in their order, only ever added to, without residents' words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tesoma_geo.annotations.store import Store


@dataclass(frozen=True)
class Act:
    """One line of the log.

    Attributes
    ----------
    time
        ISO 8601, UTC.
    round
        The round that was open; empty for none.
    name
        What happened.
    content
        What the act is about; JSON can hold it.
    """

    time: str
    round: str
    name: str
    content: dict[str, Any]


def append_act(store: Store, session: str, round_name: str, name: str, content: dict[str, Any]) -> Act:
    """Add a line; within a transaction.

    Parameters
    ----------
    store
        The workspace's.
    session
        Name of the workshop.
    round_name
        The round that is open.
    name
        What happened.
    content
        What it is about.

    Returns
    -------
    Act
        As it stands in the log.
    """
    act = Act(datetime.now(UTC).isoformat(timespec="seconds"), round_name, name, content)
    store.database.execute(
        "INSERT INTO room_log (time, session, round, act, content) VALUES (?, ?, ?, ?, ?)",
        (act.time, session, round_name, name, json.dumps(content, ensure_ascii=False, sort_keys=True)),
    )
    return act


def read_log(store: Store, session: str) -> Sequence[Act]:
    """The acts of a session, in their order.

    Parameters
    ----------
    store
        The workspace's.
    session
        Name of the workshop.

    Returns
    -------
    list of Act
    """
    rows = store.database.query(
        "SELECT time, round, act, content FROM room_log WHERE session = ? ORDER BY id", (session,)
    )
    return [Act(time, round_name, name, json.loads(content)) for time, round_name, name, content in rows]
