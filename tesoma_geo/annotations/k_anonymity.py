"""Which respondents are counted together in public: disclosure groups of k respondents or more.

Every published number is a sum over whole groups. Groups do not overlap, and each stands for at least k
distinct respondents (k-anonymity: Sweeney 2002). A later release adds groups of k respondents or more. A group
that loses a member (somebody was erased, a text was hidden, a place was moved) loses k respondents at once, or
goes as a whole when fewer than k would be left; who went is not counted again. So over all releases the sets of
people that were ever counted together either contain each other or have nobody in common, and differ by k or
more: whatever is added or subtracted (totals, nested cells, one release and the next), no set of fewer than k is
left over.

The store's tables call a group a part, since they are older than this name.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Side of the largest cells, in smallest ones: 2 ** this.
LEVELS = 5
#: Label of what was pooled because it was too little to be named.
POOLED = ""
#: Name, in the column ``part``, of what was published once and is not counted again.
RETIRED = ""

#: Level, column and row of a square of side ``cell_m * 2 ** level``.
Cell = tuple[int, int, int]


@dataclass(frozen=True)
class DisclosureGroup:
    """Respondents who are counted together in public.

    Attributes
    ----------
    kind, topic
        What was said; :data:`POOLED` where kinds or topics were too small to be told apart.
    cell
        :data:`Cell`; None for the whole district.
    without
        Smaller squares of the cell (or of the district) that are groups of their own.
    voices
        Distinct respondents.
    severity
        Mean of the respondents' severities, None unless k of them gave one.
    """

    kind: str
    topic: str
    cell: Cell | None
    without: tuple[Cell, ...]
    voices: int
    severity: float | None

    def to_json(self) -> dict[str, Any]:
        """The group as JSON takes it, for the store.

        Returns
        -------
        dict
            The attributes by name.
        """
        return {"kind": self.kind, "topic": self.topic, "cell": self.cell, "without": self.without,
                "voices": self.voices, "severity": self.severity}  # fmt: skip

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "DisclosureGroup":
        """The inverse of :meth:`to_json`.

        Parameters
        ----------
        content
            What :meth:`to_json` gave, read back from JSON.

        Returns
        -------
        DisclosureGroup
        """
        cell = content["cell"]
        return cls(
            kind=content["kind"],
            topic=content["topic"],
            cell=None if cell is None else (cell[0], cell[1], cell[2]),
            without=tuple((level, column, row) for level, column, row in content["without"]),
            voices=content["voices"],
            severity=content["severity"],
        )


@dataclass(frozen=True, eq=False)
class Release:
    """The groups of a release and who is in them.

    Attributes
    ----------
    groups
        Name → group.
    members
        ``annotation_id, topic, part, fingerprint``, a row a record that is published or once was; ``part`` is the
        name of its group.
    waiting
        Records that wait until k respondents more have spoken, shape (n_records,).
    retired
        Records that were published once and are not counted again, shape (n_records,).
    changed
        Number of groups of the release before that lost members.
    """

    groups: dict[str, DisclosureGroup]
    members: pd.DataFrame
    waiting: NDArray[np.bool_]
    retired: NDArray[np.bool_]
    changed: int


def next_release(
    records: pd.DataFrame, ledger: pd.DataFrame, published: Mapping[str, DisclosureGroup], k: int
) -> Release:
    """Groups of the next release, such that it gives nobody away beside any earlier one.

    Parameters
    ----------
    records
        A row for each topic of each annotation that may be counted: ``annotation_id``, ``topic``,
        ``respondent``, ``family`` (never pooled together), ``kind``, ``column`` and ``row`` (smallest cell;
        NaN without a place), ``severity`` (NaN unknown), ``fingerprint`` of all these.
    ledger, published
        Members and groups of the release before; empty for the first one.
    k
        Fewest distinct respondents of a group.

    Returns
    -------
    Release
    """
    groups, staying = _surviving(records, ledger, published, k)
    rows = records.reset_index(drop=True)
    keys = list(zip(rows["annotation_id"], rows["topic"], strict=True))
    assigned = np.array([staying.get(key) for key in keys], object)
    once = set(zip(ledger["annotation_id"], ledger["topic"], strict=True))
    known = np.array([key in once for key in keys], bool)
    first = 1 + max((int(name) for name in published), default=0)
    for number, (new, at) in enumerate(_partition(rows, np.flatnonzero(~known), k), first):
        name = f"{number:08d}"
        groups[name] = new
        assigned[at] = name
    counted = np.array([name is not None for name in assigned], bool)
    members = rows.loc[counted, ["annotation_id", "topic"]].assign(
        part=assigned[counted], fingerprint=rows["fingerprint"][counted]
    )
    changed = sum(groups.get(name) != group for name, group in published.items())
    return Release(groups, _remembered(members, ledger), ~counted & ~known, ~counted & known, changed)


def _remembered(members: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Members, and who was one before, in the group :data:`RETIRED`."""
    before = ledger.assign(part=RETIRED)
    both = pd.concat([members, before], ignore_index=True)
    return both.drop_duplicates(["annotation_id", "topic"], keep="first", ignore_index=True)


def _surviving(
    records: pd.DataFrame, ledger: pd.DataFrame, published: Mapping[str, DisclosureGroup], k: int
) -> tuple[dict[str, DisclosureGroup], dict[tuple[str, str], str]]:
    """The groups of the release before as they go on, and (annotation, topic) → group of who stays in them."""
    now = records[["annotation_id", "topic", "fingerprint", "respondent"]]
    seen = ledger.merge(now, on=["annotation_id", "topic"], how="left", suffixes=("", "_now"))
    seen["unchanged"] = (seen["fingerprint"] == seen["fingerprint_now"]).astype(bool)
    groups: dict[str, DisclosureGroup] = {}
    stay: dict[tuple[str, str], str] = {}
    for name, members in seen.groupby("part", sort=True):
        group = published.get(str(name))
        if group is None:
            continue
        there = members[members["unchanged"]]
        people = _shuffled(set(there["respondent"]), str(name))
        left = group.voices - len(people)
        companions = max(0, k - left) if left else 0
        staying = set(people[companions:])
        if len(staying) < k:
            continue
        untouched = not left and len(there) == len(members)
        groups[str(name)] = group if untouched else replace(group, voices=len(staying), severity=None)
        stay |= {
            (annotation, topic): str(name)
            for annotation, topic, person in there[["annotation_id", "topic", "respondent"]].itertuples(index=False)
            if person in staying
        }
    return groups, stay


def _shuffled(people: set[str], group: str) -> list[str]:
    """The members of a group in an order that nobody foresees: pseudonyms are keyed."""
    return sorted(people, key=lambda person: hashlib.sha256(f"{group}|{person}".encode()).digest())


def _partition(
    records: pd.DataFrame, candidates: NDArray[np.int64], k: int
) -> list[tuple[DisclosureGroup, NDArray[np.int64]]]:
    """Groups of the candidates, each of k distinct respondents or more; none where all of them are fewer."""
    people = records["respondent"].astype("category").cat.codes.to_numpy()
    at, severity = records[["column", "row"]].to_numpy(float), records["severity"].to_numpy(float)
    counting = _Counting(people, at, severity, k)
    groups = []
    families, kinds, topics = (records[name].to_numpy(object) for name in ("family", "kind", "topic"))
    for family in sorted(set(families[candidates])):
        of_family = candidates[families[candidates] == family]
        if counting.distinct(of_family) < k:
            continue
        for kind, of_kind in counting.split(of_family, kinds[of_family]):
            pieces = [(POOLED, of_kind)] if kind is None else counting.split(of_kind, topics[of_kind])
            for topic, of_topic in pieces:
                for cell, without, members in counting.cells(of_topic, None):
                    voices, severe = counting.distinct(members), counting.severity_of(members)
                    group = DisclosureGroup(kind or POOLED, topic or POOLED, cell, without, voices, severe)
                    groups.append((group, members))
    return groups


@dataclass(frozen=True, eq=False)
class _Counting:
    """Divides records into groups of k distinct respondents or more."""

    people: NDArray[Any]
    at: NDArray[np.float64]
    severity: NDArray[np.float64]
    k: int

    def distinct(self, members: NDArray[np.int64]) -> int:
        return len(np.unique(self.people[members]))

    def split(self, members: NDArray[np.int64], labels: NDArray[Any]) -> list[tuple[Any, NDArray[np.int64]]]:
        """Members by label, each group of k or more; what is less is pooled under None.

        A pool of fewer than k takes in the smallest groups until it is large enough.
        """
        number = {label: code for code, label in enumerate(sorted(set(labels)))}
        codes = np.array([number[label] for label in labels])
        groups = {label: members[codes == code] for label, code in number.items()}
        sizes = {label: self.distinct(group) for label, group in groups.items()}
        pooled = [label for label, size in sizes.items() if size < self.k]
        named = sorted((label for label in groups if label not in pooled), key=lambda label: (sizes[label], label))
        while pooled and named and self._pool_size(groups, pooled) < self.k:
            pooled.append(named.pop(0))
        divided: list[tuple[Any, NDArray[np.int64]]] = [(label, groups[label]) for label in sorted(named)]
        if pooled:
            divided.append((None, np.sort(np.concatenate([groups[label] for label in pooled]))))
        return divided

    def _pool_size(self, groups: Mapping[Any, NDArray[np.int64]], pooled: list[Any]) -> int:
        return self.distinct(np.concatenate([groups[label] for label in pooled]))

    def cells(
        self, members: NDArray[np.int64], cell: Cell | None
    ) -> list[tuple[Cell | None, tuple[Cell, ...], NDArray[np.int64]]]:
        """Members by square, as small as k allows: (cell, smaller cells cut out of it, members)."""
        level = LEVELS if cell is None else cell[0] - 1
        at = self.at[members]
        if level < 0 or np.isnan(at).any():
            return [(cell, (), members)]
        labels = np.empty(len(members), object)
        labels[:] = [(level, column, row) for column, row in np.floor_divide(at, 2**level).astype(int).tolist()]
        squares: list[tuple[Cell | None, tuple[Cell, ...], NDArray[np.int64]]] = []
        pieces = self.split(members, labels)
        smaller = tuple(label for label, _ in pieces if label is not None)
        for label, group in pieces:
            squares += [(cell, smaller, group)] if label is None else self.cells(group, label)
        return squares

    def severity_of(self, members: NDArray[np.int64]) -> float | None:
        """Mean of the respondents' mean severities; None unless k of them gave one."""
        known = members[~np.isnan(self.severity[members])]
        people, person = np.unique(self.people[known], return_inverse=True)
        if len(people) < self.k:
            return None
        means = np.bincount(person, self.severity[known]) / np.bincount(person)
        return round(float(means.mean()), 1)
