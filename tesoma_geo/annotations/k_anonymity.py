"""Which respondents are counted together in public: disclosure groups of k respondents or more.

What a cohort said is divided into tables: one for each kind and named topic, one for the topics of a kind that are
too small to be named, one each for age, role and area. In each table a respondent counts once, in one place, and the
table is divided into groups of at least k distinct respondents (k-anonymity: Sweeney 2002) that have nobody in
common. A cohort is divided once (:mod:`tesoma_geo.annotations.cohorts`).

Nothing here depends on who is who: neither a name nor its order or hash decides where somebody is counted, and a
figure of a table depends on the records of that table alone. So exchanging the records of two respondents in one
table changes no figure.

The store's tables of 2026 call a group a part, since they are older than this name.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Side of the largest cells, in smallest ones: 2 ** this.
LEVELS = 5
#: Label of what was pooled because it was too little to be named.
POOLED = ""

#: Level, column and row of a square of side ``cell_m * 2 ** level``.
Cell = tuple[int, int, int]
#: Positions of records.
Members = NDArray[np.int64]


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
        Distinct respondents; each counts in one group of a table.
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


def disclosure_groups(records: pd.DataFrame, k: int) -> list[tuple[DisclosureGroup, Members]]:
    """Records in groups of k distinct respondents or more.

    Parameters
    ----------
    records
        A row for each topic of each annotation that may be counted: ``respondent``, ``family`` (never pooled
        together), ``kind``, ``topic``, ``column`` and ``row`` (smallest cell; NaN without a place), ``severity`` (NaN
        unknown).
    k
        Fewest distinct respondents of a group.

    Returns
    -------
    list of tuple
        Each group with the positions of its records: in every group one record a respondent. A family of fewer than
        k respondents has no group.
    """
    people = records["respondent"].astype("category").cat.codes.to_numpy()
    at, severity = records[["column", "row"]].to_numpy(float), records["severity"].to_numpy(float)
    counting = _Counting(people, at, severity, k)
    families, kinds, topics = (records[name].to_numpy(object) for name in ("family", "kind", "topic"))
    groups = []
    for family in sorted(set(families)):
        of_family = np.flatnonzero(families == family)
        if counting.distinct(of_family) < k:
            continue
        for kind, of_kind in counting.split(of_family, kinds[of_family], lambda some: counting.voices(some, topics)):
            tables = [(None, of_kind)] if kind is None else counting.split(of_kind, topics[of_kind])
            for topic, table in tables:
                severities = counting.severities(table)
                for cell, without, members in counting.cells(counting.one_each(table), None):
                    severe = _mean([severities[person] for person in people[members] if person in severities], k)
                    group = DisclosureGroup(kind or POOLED, topic or POOLED, cell, without, len(members), severe)
                    groups.append((group, members))
    return groups


def _mean(values: list[float], k: int) -> float | None:
    """The mean in one decimal, the same in whatever order; None unless k are known."""
    return round(math.fsum(values) / len(values), 1) if len(values) >= k else None


@dataclass(frozen=True, eq=False)
class _Counting:
    """Divides records into groups of k distinct respondents or more."""

    people: NDArray[Any]
    at: NDArray[np.float64]
    severity: NDArray[np.float64]
    k: int

    def distinct(self, members: Members) -> int:
        return len(np.unique(self.people[members]))

    def voices(self, members: Members, labels: NDArray[Any]) -> int:
        """Respondents of each label, summed: unlike how many they are together, this couples no labels."""
        return sum(self.distinct(members[labels[members] == label]) for label in set(labels[members]))

    def split(
        self, members: Members, labels: NDArray[Any], size: Callable[[Members], int] | None = None
    ) -> list[tuple[Any, Members]]:
        """Members by label, each group of k or more; what is less is pooled under None.

        A pool of fewer than k takes in the groups of the smallest ``size`` until it is large enough.
        """
        number = {label: code for code, label in enumerate(sorted(set(labels)))}
        codes = np.array([number[label] for label in labels])
        groups = {label: members[codes == code] for label, code in number.items()}
        pooled = [label for label, group in groups.items() if self.distinct(group) < self.k]
        sizes = {label: (size or self.distinct)(group) for label, group in groups.items()}
        named = sorted((label for label in groups if label not in pooled), key=lambda label: (sizes[label], label))
        while pooled and named and self._pool_size(groups, pooled) < self.k:
            pooled.append(named.pop(0))
        divided: list[tuple[Any, Members]] = [(label, groups[label]) for label in sorted(named)]
        if pooled:
            divided.append((None, np.sort(np.concatenate([groups[label] for label in pooled]))))
        return divided

    def _pool_size(self, groups: Mapping[Any, Members], pooled: list[Any]) -> int:
        return self.distinct(np.concatenate([groups[label] for label in pooled]))

    def one_each(self, table: Members) -> Members:
        """One record a respondent: the one in the smallest square that k respondents share, most of them first."""
        if np.isnan(self.at[table]).any():
            return table[np.unique(self.people[table], return_index=True)[1]]
        rows = pd.DataFrame({"person": self.people[table]})
        rows[["column", "row"]] = self.at[table].astype(int)
        best = np.full((len(table), 2), (LEVELS + 1, 0))
        for level in range(LEVELS, -1, -1):
            square = [rows["column"] // 2**level, rows["row"] // 2**level]
            crowd = rows["person"].groupby(square).transform("nunique").to_numpy()
            best[crowd >= self.k] = np.column_stack([np.full(len(table), level), -crowd])[crowd >= self.k]
        rows[["level", "crowd"]] = best
        chosen = rows.sort_values(["person", "level", "crowd", "column", "row"]).drop_duplicates("person")
        return np.sort(table[chosen.index])

    def cells(self, members: Members, cell: Cell | None) -> list[tuple[Cell | None, tuple[Cell, ...], Members]]:
        """Members by square, as small as k allows: (cell, smaller cells cut out of it, members)."""
        level = LEVELS if cell is None else cell[0] - 1
        at = self.at[members]
        if level < 0 or np.isnan(at).any():
            return [(cell, (), members)]
        labels = np.empty(len(members), object)
        labels[:] = [(level, column, row) for column, row in np.floor_divide(at, 2**level).astype(int).tolist()]
        squares: list[tuple[Cell | None, tuple[Cell, ...], Members]] = []
        pieces = self.split(members, labels)
        smaller = tuple(label for label, _ in pieces if label is not None)
        for label, group in pieces:
            squares += [(cell, smaller, group)] if label is None else self.cells(group, label)
        return squares

    def severities(self, table: Members) -> dict[int, float]:
        """Mean of the severities that each respondent gave in a table, of those who gave one."""
        known = table[~np.isnan(self.severity[table])]
        given: dict[int, list[float]] = {}
        for person, value in zip(self.people[known].tolist(), self.severity[known].tolist(), strict=True):
            given.setdefault(person, []).append(value)
        return {person: math.fsum(values) / len(values) for person, values in given.items()}
