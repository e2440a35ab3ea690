"""Which respondents are counted together in public: disclosure groups of k respondents or more.

What a cohort said is divided into tables: one for each kind and named topic, one for the topics of a kind that are
too small to be named, one each for age and role. In each table a respondent counts once, in one place, and the
table is divided into groups of at least k distinct respondents (k-anonymity: Sweeney 2002) that have nobody in
common: by squares, or where the records tell of streets by areas, streets and stretches of streets. A table is divided
in one way alone, since two ways could be subtracted from each other. A cohort is divided once
(:mod:`tesoma_geo.annotations.cohorts`).

Nothing here depends on who is who: neither a name nor its order or hash decides where somebody is counted, and a
figure of a table depends on the records of that table alone. So exchanging the records of two respondents in one
table changes no figure.

The store's tables of 2026 call a group a part, since they are older than this name.
"""

import math
from collections.abc import Callable, Mapping, Sequence
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
#: A place on the streets, as :mod:`tesoma_geo.annotations.street_places` names it: its level, then what it lies in.
Place = tuple[str, ...]
#: Positions of records.
Members = NDArray[np.int64]
#: Places of all records, one array of labels for each level, the largest places first.
Levels = Sequence[NDArray[np.object_]]


@dataclass(frozen=True)
class DisclosureGroup:
    """Respondents who are counted together in public.

    Attributes
    ----------
    kind, topic
        What was said; :data:`POOLED` where kinds or topics were too small to be told apart.
    cell
        :data:`Cell`; None for the whole district, and for a place on streets.
    without
        Smaller squares or places of the cell, the place or the district that are groups of their own.
    voices
        Distinct respondents; each counts in one group of a table.
    severity
        Mean of the respondents' severities, None unless k of them gave one.
    place
        :data:`Place`; None for a square and for the whole district.
    outline
        Of the place, as it was on the map when the cohort closed: well-known text, WGS 84.
    """

    kind: str
    topic: str
    cell: Cell | None
    without: tuple[Cell | Place, ...]
    voices: int
    severity: float | None
    place: Place | None = None
    outline: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The group as JSON takes it, for the store.

        Returns
        -------
        dict
            The attributes by name.
        """
        content = {"kind": self.kind, "topic": self.topic, "cell": self.cell, "without": self.without,
                   "voices": self.voices, "severity": self.severity}  # fmt: skip
        return content if self.place is None else {**content, "place": self.place, "outline": self.outline}

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
            without=tuple(tuple(smaller) for smaller in content["without"]),
            voices=content["voices"],
            severity=content["severity"],
            place=None if content.get("place") is None else tuple(content["place"]),
            outline=content.get("outline"),
        )


def disclosure_groups(records: pd.DataFrame, k: int) -> list[tuple[DisclosureGroup, Members]]:
    """Records in groups of k distinct respondents or more.

    Parameters
    ----------
    records
        A row for each topic of each annotation that may be counted: ``respondent``, ``family`` (never pooled
        together), ``kind``, ``topic``, ``column`` and ``row`` (smallest cell; NaN without a place), ``severity`` (NaN
        unknown); and perhaps ``places``, a tuple of :data:`Place` from large to small where the record is counted on
        streets, as all of its kind are, else None.
    k
        Fewest distinct respondents of a group.

    Returns
    -------
    list of tuple
        Each group with the positions of its records: in every group one record a respondent. A family of fewer than
        k respondents has no group.
    """
    people = records["respondent"].astype("category").cat.codes.to_numpy()
    severity = records["severity"].to_numpy(float)
    counting = _Counting(people, severity, k)
    families, kinds, topics = (records[name].to_numpy(object) for name in ("family", "kind", "topic"))
    squares, streets = _squares(records[["column", "row"]].to_numpy(float)), _street_levels(records)
    groups = []
    for family in sorted(set(families)):
        of_family = np.flatnonzero(families == family)
        if counting.distinct(of_family) < k:
            continue
        for kind, of_kind in counting.split(of_family, kinds[of_family], lambda some: counting.voices(some, topics)):
            tables = [(None, of_kind)] if kind is None else counting.split(of_kind, topics[of_kind])
            for topic, table in tables:
                on_streets = kind is not None and _known(streets, table)
                levels = streets if on_streets else squares if _known(squares, table) else ()
                severities = counting.severities(table)
                for label, without, members in counting.places(counting.one_each(table, levels), levels):
                    severe = _mean([severities[person] for person in people[members] if person in severities], k)
                    cell, place = (None, label) if on_streets else (label, None)
                    group = DisclosureGroup(kind or POOLED, topic or POOLED, cell, without, len(members), severe, place)
                    groups.append((group, members))
    return groups


def _squares(at: NDArray[np.float64]) -> Levels:
    """The square of each record, from the largest to the smallest; None without a place."""
    known = ~np.isnan(at).any(axis=1)
    levels = []
    for level in range(LEVELS, -1, -1):
        labels = np.full(len(at), None, object)
        whole = np.floor_divide(at[known], 2**level).astype(int).tolist()
        labels[np.flatnonzero(known)] = _objects([(level, column, row) for column, row in whole])
        levels.append(labels)
    return levels


def _street_levels(records: pd.DataFrame) -> Levels:
    """The place on streets of each record, from the largest to the smallest; None where it is not counted there."""
    if "places" not in records:
        return ()
    places = records["places"].tolist()
    depth = max((len(place) for place in places if isinstance(place, tuple)), default=0)
    return [
        _objects([place[level] if isinstance(place, tuple) else None for place in places]) for level in range(depth)
    ]


def _objects(values: list[Any]) -> NDArray[np.object_]:
    """An array of objects, of tuples too."""
    array = np.empty(len(values), object)
    array[:] = values
    return array


def _known(levels: Levels, table: Members) -> bool:
    """Whether all records of a table have a place."""
    return bool(levels) and all(label is not None for label in levels[0][table])


def _mean(values: list[float], k: int) -> float | None:
    """The mean in one decimal, the same in whatever order; None unless k are known."""
    return round(math.fsum(values) / len(values), 1) if len(values) >= k else None


@dataclass(frozen=True, eq=False)
class _Counting:
    """Divides records into groups of k distinct respondents or more."""

    people: NDArray[Any]
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
        codes = _codes(labels)
        groups = {label: members[codes == code] for code, label in enumerate(sorted(set(labels)))}
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

    def one_each(self, table: Members, levels: Levels) -> Members:
        """One record a respondent: the one in the smallest place that k respondents share, most of them first."""
        if not levels:
            return table[np.unique(self.people[table], return_index=True)[1]]
        rows = pd.DataFrame({"person": self.people[table], "level": len(levels), "crowd": 0})
        for depth, labels in enumerate(levels):
            codes = _codes(labels[table])
            crowd = rows["person"].groupby(codes).transform("nunique")
            enough = crowd >= self.k
            rows.loc[enough, "level"] = len(levels) - 1 - depth
            rows.loc[enough, "crowd"] = -crowd[enough]
        rows["smallest"] = _codes(levels[-1][table])
        chosen = rows.sort_values(["person", "level", "crowd", "smallest"]).drop_duplicates("person")
        return np.sort(table[chosen.index])

    def places(self, members: Members, levels: Levels, place: Any = None) -> list[tuple[Any, tuple[Any, ...], Members]]:
        """Members by place, as small as k allows: (place, smaller places cut out of it, members)."""
        if not levels:
            return [(place, (), members)]
        divided: list[tuple[Any, tuple[Any, ...], Members]] = []
        pieces = self.split(members, levels[0][members])
        smaller = tuple(label for label, _ in pieces if label is not None)
        for label, group in pieces:
            divided += [(place, smaller, group)] if label is None else self.places(group, levels[1:], label)
        return divided

    def severities(self, table: Members) -> dict[int, float]:
        """Mean of the severities that each respondent gave in a table, of those who gave one."""
        known = table[~np.isnan(self.severity[table])]
        given: dict[int, list[float]] = {}
        for person, value in zip(self.people[known].tolist(), self.severity[known].tolist(), strict=True):
            given.setdefault(person, []).append(value)
        return {person: math.fsum(values) / len(values) for person, values in given.items()}


def _codes(labels: NDArray[np.object_]) -> NDArray[np.int64]:
    """Numbers of labels in their order."""
    number = {label: code for code, label in enumerate(sorted(set(labels)))}
    return np.array([number[label] for label in labels], np.int64)
