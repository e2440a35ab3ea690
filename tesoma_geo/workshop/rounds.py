"""Rounds: which one is open, votes, and the counts that are frozen when a round closes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from tesoma_geo.annotations.k_anonymity import POOLED
from tesoma_geo.annotations.privacy_budget import DIFFERENTIAL
from tesoma_geo.annotations.store import Store
from tesoma_geo.annotations.store_cohorts import stored_cohorts
from tesoma_geo.errors import InputError
from tesoma_geo.workshop.room_log import Act, append_act
from tesoma_geo.workspace.annotations import Kind, Publish
from tesoma_geo.workspace.workshop import Round

_VOICES = frozenset(get_args(Kind))
OPENED, CLOSED = "round opened", "round closed"
#: What is told of a round of which nothing may be.
NOTHING: Mapping[str, Any] = MappingProxyType({"people": 0, "voters": 0, "votes": {}})


@dataclass(frozen=True)
class Rounds:
    """The rounds of a workshop as they are now.

    Attributes
    ----------
    planned
        In their order.
    open
        Name of the open one; empty for none.
    closed
        Name → what was counted when it closed.
    """

    planned: tuple[Round, ...]
    open: str
    closed: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, planned: tuple[Round, ...], acts: Sequence[Act]) -> "Rounds":
        """The rounds after the acts of a log.

        Parameters
        ----------
        planned
            Of the workspace.
        acts
            In their order.

        Returns
        -------
        Rounds
        """
        open_, closed = "", {}
        for act in acts:
            if act.name == OPENED:
                open_ = act.content["round"]
            elif act.name == CLOSED:
                open_ = ""
                closed[act.content["round"]] = act.content
        return cls(planned, open_ if any(one.name == open_ for one in planned) else "", closed)

    @property
    def current(self) -> Round | None:
        """The open round; None for none."""
        return next((one for one in self.planned if one.name == self.open), None)

    def planned_round(self, name: str) -> Round:
        """A round by its name.

        Parameters
        ----------
        name
            As the workspace has it.

        Returns
        -------
        Round

        Raises
        ------
        InputError
            There is none.
        """
        for one in self.planned:
            if one.name == name:
                return one
        raise InputError(f"there is no round {name!r}", f"Name one of {', '.join(one.name for one in self.planned)}")


def open_round(store: Store, session: str, rounds: Rounds, name: str) -> Act:
    """Open a round; the one that is open must be closed first, and a closed one stays closed.

    Parameters
    ----------
    store
        The workspace's.
    session
        Name of the workshop.
    rounds
        As they are.
    name
        Which one.

    Returns
    -------
    Act

    Raises
    ------
    InputError
        Another is open, or this one was closed: what was counted of it is told already.
    """
    rounds.planned_round(name)
    if rounds.open:
        raise InputError(f"the round {rounds.open!r} is open", "Close it first")
    if name in rounds.closed:
        raise InputError(f"the round {name!r} was closed and its counts told", "Add another to [workshop] rounds")
    with store.database.transaction():
        return append_act(store, session, name, OPENED, {"round": name})


def close_round(store: Store, session: str, source: str, rounds: Rounds, settings: Publish) -> Act:
    """Close the open round, and count what came in: once, rounded down to multiples of k.

    Parameters
    ----------
    store
        The workspace's.
    session
        Name of the workshop.
    source
        What the store files its annotations under.
    rounds
        As they are.
    settings
        ``[publish]``: no count stands for fewer than k; with differential privacy nothing is told, since exact numbers
        beside those with noise would undo it.

    Returns
    -------
    Act
        Its content is what may be told.

    Raises
    ------
    InputError
        None is open.
    """
    name = rounds.open
    if not name:
        raise InputError("no round is open", "Open one first")
    with store.database.transaction():
        counts = NOTHING if settings.privacy == DIFFERENTIAL else counted(store, source, name, settings.k)
        content = {"round": name, "k": settings.k, **counts}
        return append_act(store, session, name, CLOSED, content)


def counted(store: Store, source: str, round_name: str, k: int) -> dict[str, Any]:
    """What may be told of a round: people, not annotations, at least so many, in multiples of k.

    Parameters
    ----------
    store
        The workspace's.
    source
        What the store files the annotations under.
    round_name
        Which round.
    k
        No count stands for fewer people.

    Returns
    -------
    dict
        ``people``, ``voters`` and ``votes`` (alternative → votes); what fewer than k gave is left out. What was said of
        what is counted by the round's cohort alone (see :func:`said_in_rounds`): counted here as well it would tell,
        beside the cohort, of what those spoke who left in between.
    """
    rows = store.database.query(
        "SELECT DISTINCT respondent FROM annotations WHERE source = ? AND round = ? "
        "AND private = 0 AND state <> 'hidden'",
        (source, round_name),
    )
    votes = store.database.query(
        "SELECT subject, respondent FROM room_marks WHERE what = 'vote' AND round = ?", (round_name,)
    )
    by_alternative = Counter(subject.split("|")[0] for subject, _ in votes)
    # Votes are several a person: it is those who gave them that have to be k.
    givers = Counter(name for name, _ in {(subject.split("|")[0], person) for subject, person in votes})
    voters = at_least(len({person for _, person in votes}), k)
    return {
        "people": at_least(len(rows), k),
        "voters": voters,
        "votes": {name: at_least(count, k) for name, count in sorted(by_alternative.items()) if givers[name] >= k},
    }


def said_in_rounds(store: Store, rounds: Rounds) -> dict[str, list[dict[str, Any]]]:
    """What was said of what in the rounds whose cohorts are closed: the very numbers that are published.

    Parameters
    ----------
    store
        The workspace's.
    rounds
        As they are.

    Returns
    -------
    dict
        Round → kind, theme and respondents (``kind``, ``theme``, ``people``), most first; rounds without a cohort of
        their name, and those whose cohort was withdrawn, are left out.
    """
    by_round: dict[str, list[dict[str, Any]]] = {}
    for cohort in stored_cohorts(store):
        if cohort.name not in rounds.closed or cohort.withdrawn or cohort.noise is not None:
            continue
        people: Counter[tuple[str, str]] = Counter()
        for group in cohort.groups:
            if group.kind in _VOICES and group.topic != POOLED:
                people[group.kind, group.topic] += group.voices
        ordered = sorted(people.items(), key=lambda item: (-item[1], item[0]))
        by_round[cohort.name] = [{"kind": kind, "theme": theme, "people": count} for (kind, theme), count in ordered]
    return by_round


def at_least(count: int, k: int) -> int:
    """A count rounded down to a multiple of k.

    Parameters
    ----------
    count
        Of people.
    k
        Fewest that a figure may stand for.

    Returns
    -------
    int
        0 where it is less than k.
    """
    return count // k * k


def vote(store: Store, source: str, device: str, rounds: Rounds, ballot: dict[str, int], known: Sequence[str]) -> None:
    """Give a phone's votes of the open round; a later ballot takes the place of an earlier one.

    Parameters
    ----------
    store
        The workspace's.
    source
        Of the session.
    device
        The key of the phone.
    rounds
        As they are.
    ballot
        Alternative → votes.
    known
        Alternatives that there are.

    Raises
    ------
    InputError
        No round with votes is open, more votes than there are, or an alternative that is not there.
    """
    current = rounds.current
    if current is None or not current.votes:
        raise InputError("no round with votes is open", "Wait until the host opens one")
    strange = [name for name in ballot if name not in known]
    if strange:
        raise InputError(f"there is no alternative {strange[0][:40]!r}", "Vote for those that the wall shows")
    if any(count < 0 for count in ballot.values()) or sum(ballot.values()) > current.votes:
        raise InputError(f"a ballot has {sum(ballot.values())} votes", f"Give {current.votes} at most")
    db, person = store.database, store.key.pseudonym(source, device)
    with db.transaction():
        if db.query("SELECT 1 FROM erased WHERE respondent = ?", (person,)):
            raise InputError("this phone took everything back", "Join again for a new key")
        db.execute(
            "DELETE FROM room_marks WHERE what = 'vote' AND respondent = ? AND round = ?", (person, current.name)
        )
        # The number of the vote and its round are in the subject: a mark is there once.
        db.execute_many(
            "INSERT INTO room_marks VALUES ('vote', ?, ?, ?)",
            [
                (f"{name}|{number}|{current.name}", person, current.name)
                for name, count in sorted(ballot.items())
                for number in range(count)
            ],
        )
