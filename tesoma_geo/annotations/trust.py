"""How far the respondents of a source are known to be people, and how much of a published cell one channel may give.

Whoever can answer as often as they like can stand k - 1 invented people beside one real one, and read that one out of
a cell of k. What makes it dearer: of one cell no hour gives more than a share, and no channel (a source and its round)
whose respondents nobody verified. Neither stops an attacker who is patient, who uses several channels, or whom the
platform took for several people.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from tesoma_geo.annotations.k_anonymity import DisclosureGroup, Members
from tesoma_geo.workspace.annotations import Publish

#: What no source says of itself; its answers count without a limit.
NOT_STATED = "not stated"
#: Levels of ``trust`` whose answers each limit holds for; ``verified`` and what is not stated are under none.
LIMITED_BY_CHANNEL, LIMITED_BY_HOUR = frozenset({"open"}), frozenset({"open", "limited"})


def with_channels(records: pd.DataFrame, levels: Mapping[str, str]) -> pd.DataFrame:
    """Records with the two columns that :func:`counted_rows` asks for besides their own.

    Parameters
    ----------
    records
        ``source`` and ``round``.
    levels
        Source → its ``trust``, for those that state one.

    Returns
    -------
    DataFrame
        With ``channel`` and ``trust``.
    """
    channels = [f"{source}\x1f{label}" for source, label in zip(records["source"], records["round"], strict=True)]
    return records.assign(channel=channels, trust=[levels.get(source, NOT_STATED) for source in records["source"]])


def counted_rows(records: pd.DataFrame, settings: Publish) -> np.ndarray:
    """Which rows count in their cells, such that no channel and no hour gives more of one than its share.

    Rows of one respondent in one cell stand or fall together. Of the respondents under a limit as many count as the
    share allows of all who count there; who does is decided by the order of the rows, which carries nothing of what was
    said if the caller sorts by the keyed pseudonym. Rows without a time are under no limit of the hour.

    Parameters
    ----------
    records
        ``respondent``, ``cell`` (anything that can be a key), ``channel``, ``time`` (ISO 8601, or missing) and
        ``trust`` (of the source, as :func:`with_channels` gives it).
    settings
        The workspace's ``[publish]``: ``channel_share`` and ``hour_share``.

    Returns
    -------
    ndarray of bool
        One a row.
    """
    kept = np.ones(len(records), bool)
    trust = records["trust"].tolist()
    limits = (
        (records["channel"].tolist(), LIMITED_BY_CHANNEL, settings.channel_share),
        # Hours that begin at the full and at the half, so that none who come within half an hour are told apart.
        *((_hours(records["time"], shift), LIMITED_BY_HOUR, settings.hour_share) for shift in (0, 30)),
    )
    of_cell: dict[Hashable, list[int]] = defaultdict(list)
    for number, cell in enumerate(records["cell"]):
        of_cell[cell].append(number)
    people = records["respondent"].tolist()
    for rows in of_cell.values():
        for _ in rows:  # what one limit takes away may put the other out of bounds
            before = int(kept[rows].sum())
            for labels, levels, share in limits:
                there = [row for row in rows if kept[row]]
                label_of = {people[row]: labels[row] if trust[row] in levels else None for row in reversed(there)}
                out = _above_share(
                    {person: label_of[person] for person in dict.fromkeys(people[row] for row in there)}, share
                )
                kept[[row for row in there if people[row] in out]] = False
            if int(kept[rows].sum()) == before:
                break
    return kept


def limited_groups(
    groups: Sequence[tuple[DisclosureGroup, Members]],
    records: pd.DataFrame,
    said: pd.DataFrame,
    respondents: pd.DataFrame,
    settings: Publish,
) -> list[DisclosureGroup]:
    """The groups of a cohort in which no channel and no hour gives more than its share.

    Nobody is chosen: a group that holds more than the share of one counts as many respondents as the share allows,
    without their severity, and goes when these are fewer than k. So exchanging two respondents' records, together with
    where and when they were given, changes no figure.

    Parameters
    ----------
    groups
        As :func:`~tesoma_geo.annotations.k_anonymity.disclosure_groups` gives them.
    records
        What they were made of: ``annotation_id`` and ``respondent``.
    said
        The annotations: ``annotation_id``, ``source``, ``round``, ``time``.
    respondents
        ``respondent``, ``source``, ``time``.
    settings
        The workspace's ``[publish]``.

    Returns
    -------
    list of DisclosureGroup
    """
    if not settings.trust:
        return [group for group, _ in groups]
    given: dict[str, tuple[str, str, object]] = {
        name: (source, "", time)
        for name, source, time in respondents[["respondent", "source", "time"]].itertuples(index=False, name=None)
    }
    columns = ["annotation_id", "source", "round", "time"]
    given |= {row[0]: row[1:] for row in said[columns].itertuples(index=False, name=None)}
    nowhere = ("", "", None)
    limited = []
    for group, members in groups:
        own = records.iloc[members]
        where = [
            given.get(item, given.get(person, nowhere))
            for item, person in zip(own["annotation_id"], own["respondent"], strict=True)
        ]
        table = pd.DataFrame(where, columns=["source", "round", "time"]).assign(
            respondent=own["respondent"].to_numpy(), cell=""
        )
        count = int(counted_rows(with_channels(table, settings.trust), settings).sum())
        if count == len(members):
            limited.append(group)
        elif count >= settings.k:
            limited.append(replace(group, voices=count, severity=None))
    return limited


def count_within_shares(given: pd.DataFrame, settings: Publish) -> int:
    """How many respondents of a group count such that no channel and no hour gives more than its share.

    Nobody is chosen: rows are taken in the order of what they are, not of who gave them.

    Parameters
    ----------
    given
        Annotations of a group: ``respondent``, ``source``, ``round``, ``time``.
    settings
        The workspace's ``[publish]``.

    Returns
    -------
    int
        All of them where no source states its ``trust``.
    """
    if not settings.trust:
        return int(given["respondent"].nunique())
    table = given[["source", "round", "time", "respondent"]].assign(cell="")
    first = table.sort_values(["source", "round", "time"], kind="stable").drop_duplicates("respondent")
    return int(counted_rows(with_channels(first, settings.trust), settings).sum())


def _hours(times: Iterable[object], shift_min: int) -> list[str | None]:
    """The hour in which each time lies, whichever offset it was written with; hours begin so many minutes past."""
    written = [time if isinstance(time, str) else None for time in times]
    moments = pd.to_datetime(pd.Series(written, dtype=object), utc=True, errors="coerce", format="ISO8601")
    hours = (moments - pd.Timedelta(minutes=shift_min)).dt.strftime("%Y-%m-%dT%H")
    return [
        hour if isinstance(hour, str) else None if time is None else time[:13]
        for hour, time in zip(hours, written, strict=True)
    ]


def _above_share(label_of: dict[str, str | None], share: float) -> set[str]:
    """Who does not count in a cell, so that each label has no more than its share; None is under no limit."""
    members: dict[str, list[str]] = defaultdict(list)
    for person, label in label_of.items():
        if label is not None:
            members[label].append(person)
    free = len(label_of) - sum(map(len, members.values()))
    allowed = _allowed({label: len(own) for label, own in members.items()}, free, share)
    return {person for label, own in members.items() for person in own[allowed[label] :]}


def _allowed(numbers: dict[str, int], free: int, share: float) -> dict[str, int]:
    """The largest number of each label such that none is above the share of the whole; ``free`` others count anyway."""
    allowed = numbers
    while True:
        bound = math.floor(share * (free + sum(allowed.values())) + 1e-9)
        if max(allowed.values(), default=0) <= bound:
            return allowed
        allowed = {label: min(number, bound) for label, number in allowed.items()}
