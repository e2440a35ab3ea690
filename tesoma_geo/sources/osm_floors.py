"""Floors above one another that share nodes: the corners of a house are drawn once, and are no stairs.

Ways that share a node meet there, whatever their levels; of areas that is so only on a level that both have
(https://wiki.openstreetmap.org/wiki/Simple_Indoor_Tagging, read 2026-11): what leads from one floor to another is a
lift, stairs, or a way that is drawn.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.sources.osm_squares import Level, Square, named_levels
from tesoma_geo.sources.osm_text import TaggedObjects

#: Classes of ways from floor to floor: those that name no level stop at every one.
UP_AND_DOWN = frozenset({"steps", "elevator"})
GROUND = frozenset[Level]({0.0})


@dataclass(frozen=True, eq=False)
class Floors:
    """Nodes along lines, where floors that have no level in common share none.

    Attributes
    ----------
    refs
        Ids of the nodes along lines, shape (r,).
    copies
        New id → id of the node at the same place.
    """

    refs: NDArray[np.int64]
    copies: Mapping[int, int]

    def tagged(self, node_tags: pd.DataFrame) -> pd.DataFrame:
        """Tags of nodes, and of those at the same place on other floors: a door there is one as well.

        Parameters
        ----------
        node_tags
            ``node`` (id) and tag columns.

        Returns
        -------
        DataFrame
            Lifts stop where they did.
        """
        if not self.copies:
            return node_tags
        copies = pd.DataFrame({"node": list(self.copies.values()), "copy": list(self.copies)})
        more = node_tags[node_tags["highway"] != "elevator"].merge(copies, on="node")
        return pd.concat([node_tags, more.assign(node=more["copy"]).drop(columns="copy")], ignore_index=True)


@dataclass(frozen=True, eq=False)
class _Part:
    """What has a node: the row of its way, -1 for the node itself, and the levels that it names, None for none."""

    row: int
    levels: frozenset[Level] | None
    is_floor: bool
    is_everywhere: bool

    def meets(self, other: "_Part", floors: Sequence["_Part"]) -> bool:
        if not (self.is_floor or other.is_floor) or self.is_everywhere or other.is_everywhere:
            return True
        mine, others = (_meant(one, floors) for one in (self, other))
        return mine is None or others is None or bool(mine & others)


def floors_apart(
    squares: Sequence[Square],
    ways: TaggedObjects,
    nodes: TaggedObjects,
    row: NDArray[np.int64],
    refs: NDArray[np.int64],
    new_ids: Iterator[int],
) -> Floors:
    """Give floors that lie one above the other nodes of their own where nothing leads from one to the other.

    Parameters
    ----------
    squares
        The areas that are walked across.
    ways
        Tags of the ways.
    nodes
        Tagged nodes.
    row
        The row of the way of each node, shape (r,).
    refs
        Ids of the nodes along lines, shape (r,).
    new_ids
        Ids that no node has.

    Returns
    -------
    Floors
    """
    floor_rows = {square.way for square in squares}
    told = {way: named_levels(tags) for way, tags in ways.tags(sorted(floor_rows))}
    if len({levels for levels in told.values() if levels is not None}) < 2:
        return Floors(refs, {})
    named = np.isin(row, [way for way, levels in told.items() if levels is not None])
    shared, count = np.unique(refs[named], return_counts=True)
    at = np.flatnonzero(np.isin(refs, shared[count > 1]))
    at = at[np.argsort(refs[at], kind="stable")]
    lifts = {int(nodes.ids[one]): tags for one, tags in nodes.tags(np.flatnonzero(nodes.having("highway")).tolist())
             if tags["highway"] == "elevator"}  # fmt: skip
    stops = _stops(ways, floor_rows, told, row, refs, at)
    refs, copies = refs.copy(), dict[int, int]()
    starts = np.flatnonzero(np.r_[True, np.diff(refs[at]) != 0]) if len(at) else at
    for here in np.split(at, starts[1:]) if len(at) else ():
        node = int(refs[here[0]])
        parts = [
            replace(part, levels=stops[way, node], is_everywhere=False) if (way, node) in stops else part
            for way, tags in ways.tags(sorted(set(row[here].tolist())))
            for part in (_part(way, tags, way in floor_rows),)
        ]
        if node in lifts:
            parts.append(_part(-1, lifts[node], False))
        for rows in _groups(parts)[1:]:
            new = next(new_ids)
            copies[new] = node
            refs[here[np.isin(row[here], rows)]] = new
    return Floors(refs, copies)


def _stops(
    ways: TaggedObjects,
    floor_rows: Set[int],
    told: Mapping[int, frozenset[Level] | None],
    row: NDArray[np.int64],
    refs: NDArray[np.int64],
    at: NDArray[np.intp],
) -> dict[tuple[int, int], frozenset[Level]]:
    """Levels that stairs and ways like them lead to at either end, by row and node: from the lower one to the upper."""
    levels_at: dict[int, frozenset[Level]] = {}
    for node, way in zip(refs[at].tolist(), row[at].tolist(), strict=True):
        levels_at[node] = levels_at.get(node, frozenset()) | (told.get(way) or frozenset())
    stops: dict[tuple[int, int], frozenset[Level]] = {}
    for way, tags in ways.tags(sorted(set(row[at].tolist()) - floor_rows)):
        line, named = refs[row == way].tolist(), named_levels(tags)
        climbs = _climbs(tags) or ("incline" in tags and named is not None)
        if line[0] == line[-1] or not climbs or (named is not None and len(named) < 2):
            continue
        down = tags.get("incline", "").strip().startswith(("-", "down"))
        ends = (line[-1], line[0]) if down else (line[0], line[-1])
        low, high = (levels_at.get(end, frozenset()) & (named or levels_at.get(end, frozenset())) for end in ends)
        stops |= {(way, end): levels for end, levels in zip(ends, _apart(low, high), strict=True) if levels}
    return stops


def _apart(low: frozenset[Level], high: frozenset[Level]) -> tuple[frozenset[Level], frozenset[Level]]:
    """Of the levels of floors at both ends of stairs those that they lead to: where both lie at both, one at each."""
    every = low | high
    if not low or not high or any(isinstance(level, str) for level in every):
        return low, high
    if len(low) == 1 or len(high) == 1:
        return ((low - high) or low, high) if len(high) == 1 else (low, (high - low) or high)
    return low - {max(every, key=float)}, high - {min(every, key=float)}


def _part(way: int, tags: Mapping[str, str], is_floor: bool) -> _Part:
    levels = named_levels(tags)
    return _Part(way, levels, is_floor, _climbs(tags) and levels is None)


def _climbs(tags: Mapping[str, str]) -> bool:
    return tags.get("highway") in UP_AND_DOWN or "conveying" in tags or tags.get("stairs", "no") != "no"


def _meant(part: _Part, floors: Sequence[_Part]) -> frozenset[Level] | None:
    """Levels that something is on at a node; None for any: it names none of the floors there, nor is one the ground."""
    levels = GROUND if part.levels is None else part.levels
    is_one = any(one.levels is not None and levels & one.levels for one in floors if one is not part)
    is_named = part.is_floor and part.levels is not None
    return levels if is_named or is_one else None


def _groups(parts: Sequence[_Part]) -> list[list[int]]:
    """Rows of ways that meet at a node, those of lines first."""
    floors = [part for part in parts if part.is_floor]
    groups = {id(part): [part] for part in parts}
    for one, other in combinations(parts, 2):
        mine, others = groups[id(one)], groups[id(other)]
        if mine is not others and one.meets(other, floors):
            mine += others
            groups |= {id(part): mine for part in others}
    different = {id(group): group for group in groups.values()}.values()
    return [[part.row for part in group] for group in sorted(different, key=_order)]


def _order(group: Sequence[_Part]) -> tuple[bool, int]:
    return all(part.is_floor for part in group), min(part.row for part in group)
