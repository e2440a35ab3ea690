"""Turn restrictions on the edges of a network: from ways and nodes of OpenStreetMap to rules."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.conditional import SUMMER, UndecidedTag, When, value_now
from tesoma_geo.network.streets.turn_rules import MODE_BITS, TurnRule
from tesoma_geo.sources.osm_restrictions import Restriction

#: Why a restriction cannot be laid on the streets.
NOT_HERE = "a street or junction of it is not in the network"
NOT_JOINED = "its streets do not meet where it says"
THROUGH = "a street of it passes through the junction: which side is meant is not told"

#: An edge, nodes and edges of the via, and another edge.
Path = tuple[int, tuple[int, ...], tuple[int, ...], int]


def rules_on_edges(
    restrictions: Iterable[Restriction],
    node_id: NDArray[np.int64],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    way_id: NDArray[np.int64],
    driven: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None,
) -> tuple[tuple[TurnRule, ...], Mapping[str, int]]:
    """Rules on edges, and why some restrictions gave none.

    Parameters
    ----------
    restrictions
        As read.
    node_id
        OpenStreetMap id of each node, shape (n,).
    tail, head
        Nodes at the ends of each edge, shape (m,).
    way_id
        OpenStreetMap id of each edge's way, shape (m,).
    driven
        Whether each edge is driven along from tail to head, and back, shapes (m,): that tells which side of a street
        is meant that passes through the junction. Both ways where it is None.

    Returns
    -------
    rules : tuple of TurnRule
        In the order of the restrictions.
    unused : dict
        Reason → number of restrictions.
    """
    wanted = list(restrictions)
    if not wanted:
        return (), {}
    both = np.ones(len(tail), bool)
    streets = _Streets(wanted, node_id, (tail, head), way_id, driven or (both, both))
    rules: list[TurnRule] = []
    unused: Counter[str] = Counter()
    for restriction in wanted:
        new_rules, reason = streets.rules(restriction)
        rules += new_rules
        if reason:
            unused[reason] += 1
    return tuple(rules), dict(unused)


def rules_at(
    rules: Sequence[TurnRule], when: When, unread: Counter[UndecidedTag] | None = None
) -> tuple[TurnRule, ...]:
    """The rules that hold at a moment.

    Parameters
    ----------
    rules
        With their conditions.
    when
        The moment.
    unread
        What the moment does not decide, counted here: one a rule and reason.

    Returns
    -------
    tuple of TurnRule
        In their order; the same object where none has a condition.
    """
    if not any(rule.condition for rule in rules):
        return tuple(rules)
    return tuple(rule for rule in rules if _holds(rule, when, Counter() if unread is None else unread))


def _holds(rule: TurnRule, when: When, unread: Counter[UndecidedTag]) -> bool:
    if not rule.condition:
        return True
    reasons: Counter[str] = Counter()
    value = value_now(rule.condition, when, reasons)
    for reason in reasons:
        unread[UndecidedTag(reason, f"restriction:conditional={rule.condition}")] += 1
    return rule.otherwise if value is None else value == rule.kind


def undecided(rules: Sequence[TurnRule]) -> Counter[UndecidedTag]:
    """Conditions of rules that cannot be decided by the moment, in summer or in winter.

    Parameters
    ----------
    rules
        With their conditions.

    Returns
    -------
    Counter
        Reason and condition → number of rules.
    """
    counts: Counter[UndecidedTag] = Counter()
    for when in (SUMMER, When.in_winter()):
        found: Counter[UndecidedTag] = Counter()
        rules_at(rules, when, found)
        counts |= found
    return counts


class _Streets:
    """Edges of the ways that restrictions name."""

    def __init__(
        self,
        wanted: Iterable[Restriction],
        node_id: NDArray[np.int64],
        ends: tuple[NDArray[np.int32], NDArray[np.int32]],
        way_id: NDArray[np.int64],
        driven: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    ) -> None:
        named_ways, named_nodes = set(), set()
        for one in wanted:
            named_ways |= {*one.from_ways, *one.via_ways, *one.to_ways}
            named_nodes |= set(one.via_nodes)
        self.tail, self.head = ends
        self.forward, self.backward = driven
        self.edges: dict[int, list[int]] = defaultdict(list)
        for edge in np.flatnonzero(np.isin(way_id, np.array(sorted(named_ways), np.int64))).tolist():
            self.edges[int(way_id[edge])].append(edge)
        at = np.flatnonzero(np.isin(node_id, np.array(sorted(named_nodes), np.int64)))
        self.node = dict(zip(node_id[at].tolist(), at.tolist(), strict=True))

    def rules(self, one: Restriction) -> tuple[list[TurnRule], str | None]:
        """The rules of a restriction, one for each pair of streets from and to; or why there is none."""
        modes = sum(MODE_BITS[mode] for mode in one.modes)
        only = one.kind.startswith("only_")
        built: list[TurnRule] = []
        reason: str | None = None
        for from_way in one.from_ways:
            for to_way in one.to_ways:
                paths = self._paths(one, from_way, to_way)
                if isinstance(paths, str):
                    reason = paths
                    continue
                held = one.kind, one.condition, one.otherwise
                built += [TurnRule(*path, only, modes, *held) for path in paths]
        return built, reason

    def _paths(self, one: Restriction, from_way: int, to_way: int) -> list[Path] | str:
        """The edge one comes from, nodes and edges of the via, and the edge one leaves on; or why there are none."""
        if not all(way in self.edges for way in (from_way, *one.via_ways, to_way)):
            return NOT_HERE
        if one.via_nodes:
            node = self.node.get(one.via_nodes[0])
            if node is None:
                return NOT_HERE
            nodes: tuple[int, ...] = (node,)
            edges: tuple[int, ...] = ()
        else:
            chain = self._chain(one.via_ways, from_way, to_way)
            if chain is None:
                return NOT_JOINED
            nodes, edges = chain
        arriving, leaving = self._at(from_way, nodes[0]), self._at(to_way, nodes[-1])
        if not arriving or not leaving:
            return NOT_JOINED
        if one.kind == "no_u_turn" and from_way == to_way and not edges:
            return [(edge, nodes, edges, edge) for edge in arriving]
        arriving, leaving = self._driven(arriving, nodes[0], into=True), self._driven(leaving, nodes[-1], into=False)
        if len(arriving) > 1 or len(leaving) > 1:
            return THROUGH
        return [(arriving[0], nodes, edges, leaving[0])]

    def _driven(self, at: list[int], node: int, *, into: bool) -> list[int]:
        """Of the two edges of a street that passes through a junction those that lead into it, or out of it."""
        if len(at) < 2:
            return at
        ways = [edge for edge in at if (self.forward if (self.head[edge] == node) == into else self.backward)[edge]]
        return ways or at

    def _at(self, way: int, node: int) -> list[int]:
        """The edges of a way that end at a node."""
        return [edge for edge in self.edges[way] if node in (self.tail[edge], self.head[edge])]

    def _nodes(self, way: int) -> set[int]:
        return {int(end[edge]) for edge in self.edges[way] for end in (self.tail, self.head)}

    def _chain(
        self, via_ways: tuple[int, ...], from_way: int, to_way: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Nodes and edges along the ways of a via, from where they leave the first street to the last one."""
        pool = [edge for way in via_ways for edge in self.edges[way]]
        for start in sorted(self._nodes(from_way)):
            nodes, edges, left = [start], [], list(pool)
            while True:
                step = [edge for edge in left if nodes[-1] in (self.tail[edge], self.head[edge])]
                if len(step) != 1:
                    break
                left.remove(step[0])
                edges.append(step[0])
                nodes.append(int(self.head[step[0]] if self.tail[step[0]] == nodes[-1] else self.tail[step[0]]))
            if edges and not left and nodes[-1] in self._nodes(to_way):
                return tuple(nodes), tuple(edges)
        return None
