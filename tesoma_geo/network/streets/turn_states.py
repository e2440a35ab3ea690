"""From turn rules and junctions where turns cost to the states in which a vehicle remembers where it came from."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.turn_rules import State, Turn, TurnRule, TurnStates

#: So far from a ruled junction, in metres, one does not turn back on the street: an assumption. A forbidden left
#: turn would otherwise be made by going straight on and turning at the next bend that a mapper drew.
NO_U_TURN_M = 300.0


def with_new_streets(
    states: TurnStates, tail: NDArray[np.int32], head: NDArray[np.int32], added: AddedStreets
) -> TurnStates:
    """The states after streets were added: the same junctions are told apart, with the new streets among their turns.

    Pieces that an edge is split into have its rules, and where they meet one turns back no more than on the edge.

    Parameters
    ----------
    states
        Those before.
    tail, head
        Nodes at the ends of all edges, the old ones first.
    added
        Which edges are pieces of which.

    Returns
    -------
    TurnStates
        The same object where no junction is told apart.
    """
    if not states.concerned:
        return states
    return _built(states.rules, _Incidence(tail, head), states.held, states.concerned, added)


def _built(
    rules: Sequence[TurnRule],
    incident: "_Incidence",
    held: Mapping[int, int],
    concerned: Mapping[int, int],
    added: AddedStreets,
) -> TurnStates:
    joined = _with_joints(concerned, rules, incident, added)
    return _Builder(rules, incident, joined, added).built(_with_joints(held, rules, incident, added))


def _with_joints(
    concerned: Mapping[int, int], rules: Sequence[TurnRule], incident: "_Incidence", added: AddedStreets
) -> dict[int, int]:
    """The junctions told apart, and those where pieces of their streets meet."""
    modes_at = dict(concerned)
    passed: dict[int, int] = {}
    for rule in rules:
        for edge in rule.via_edges:
            passed[edge] = passed.get(edge, 0) | rule.modes
    whole = added.whole()
    for piece in np.flatnonzero(added.piece_of >= 0):
        edge = int(whole[piece])
        ends = {int(incident.tail[edge]), int(incident.head[edge])}
        modes = passed.get(edge, 0)
        for end in ends:
            modes |= concerned.get(end, 0)
        for node in {int(incident.tail[piece]), int(incident.head[piece])} - ends if modes else ():
            modes_at[node] = modes_at.get(node, 0) | modes
    return modes_at


def turn_states(
    rules: Sequence[TurnRule],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    length_m: NDArray[np.float32],
    drivable: NDArray[np.bool_],
    added: AddedStreets | None = None,
    paying: Mapping[int, int] | None = None,
) -> TurnStates:
    """The states and turns that some rules make necessary, and what turns cost.

    Parameters
    ----------
    rules
        Turn rules on the edges.
    tail, head
        Nodes at the ends of each edge, shape (m,).
    length_m
        Metres of each edge, shape (m,).
    drivable
        Edges that vehicles use, shape (m,): a node with two of them is a bend, not a junction.
    added
        Which edges are pieces of which, where streets were added.
    paying
        Further nodes to tell apart → mask of the modes; see :mod:`tesoma_geo.network.streets.turn_costs`.

    Returns
    -------
    TurnStates
        Empty where there is neither a rule nor a node to tell apart.
    """
    if not rules and not paying:
        return TurnStates()
    incident = _Incidence(tail, head)
    held: dict[int, int] = {}
    for rule in rules:
        for node in rule.via_nodes:
            held[node] = held.get(node, 0) | rule.modes
    for (node, edge), modes in _ways_round(rules, incident).items():
        if drivable[edge]:
            for bend in _bends_along(node, edge, incident, length_m, drivable):
                held[bend] = held.get(bend, 0) | modes
    concerned = dict(held)
    for node, modes in (paying or {}).items():
        concerned[node] = concerned.get(node, 0) | modes
    return _built(rules, incident, held, concerned, added or AddedStreets())


class _Incidence:
    """Edges by node."""

    def __init__(self, tail: NDArray[np.int32], head: NDArray[np.int32]) -> None:
        ends = np.concatenate([tail, head])
        self._order = np.argsort(ends, kind="stable")
        self._first = np.searchsorted(ends[self._order], np.arange(int(ends.max(initial=-1)) + 2))
        self._edges = len(tail)
        self.tail, self.head = tail, head

    def edges(self, node: int) -> list[int]:
        at = self._order[self._first[node] : self._first[node + 1]] % self._edges
        return sorted({int(edge) for edge in at})

    def other(self, edge: int, node: int) -> int:
        return int(self.head[edge] if self.tail[edge] == node else self.tail[edge])


def _ways_round(rules: Iterable[TurnRule], incident: _Incidence) -> Mapping[tuple[int, int], int]:
    """Streets on which one would turn back to get round a rule: (junction, edge that leaves it) → mask of modes.

    A forbidden turn is made by going on where one may, and coming back; the only one allowed is left by coming back on
    it. Who turns back before the junction, or on the street that is forbidden, gets round nothing.
    """
    modes_round: dict[tuple[int, int], int] = {}
    for rule in rules:
        passed = (rule.from_edge, *rule.via_edges, rule.to_edge)
        if rule.only:
            modes_round[rule.via_nodes[-1], rule.to_edge] = (
                modes_round.get((rule.via_nodes[-1], rule.to_edge), 0) | rule.modes
            )
            continue
        for node, before, after in zip(rule.via_nodes, passed[:-1], passed[1:], strict=True):
            for edge in incident.edges(node):
                if edge not in (before, after) or before == after:
                    modes_round[node, edge] = modes_round.get((node, edge), 0) | rule.modes
    return modes_round


def _bends_along(
    node: int, first: int, incident: _Incidence, length_m: NDArray[np.float32], drivable: NDArray[np.bool_]
) -> Iterable[int]:
    """Bends on a street that leaves a junction, up to the next junction or :data:`NO_U_TURN_M`."""
    edge, at, gone_m, seen = first, incident.other(first, node), float(length_m[first]), {node}
    while gone_m <= NO_U_TURN_M and at not in seen:
        seen.add(at)
        streets = [one for one in incident.edges(at) if drivable[one]]
        if len(streets) != 2:
            break
        yield at
        edge = streets[0] if streets[1] == edge else streets[1]
        at, gone_m = incident.other(edge, at), gone_m + float(length_m[edge])


class _Builder:
    """Finds the states that can be reached, and the turns between them."""

    def __init__(
        self, rules: Sequence[TurnRule], incident: _Incidence, concerned: Mapping[int, int], added: AddedStreets
    ) -> None:
        self.rules, self.incident, self.concerned, self.added = rules, incident, concerned, added
        self.whole = added.whole()
        self.starting: dict[tuple[int, int], list[int]] = {}
        for number, rule in enumerate(rules):
            self.starting.setdefault((rule.via_nodes[0], rule.from_edge), []).append(number)
        self.numbers: dict[State, int] = {}
        self.states: list[State] = []
        self.turns: list[Turn] = []

    def built(self, held: Mapping[int, int]) -> TurnStates:
        plain = {}
        for node in sorted(self.concerned):
            for edge in self.incident.edges(node):
                plain[node, edge] = self._number(State(node, edge, frozenset()))
        at = 0
        while at < len(self.states):
            self._turns_from(at)
            at += 1
        for node, edge in sorted(plain):  # onto an edge towards a ruled junction, from a node that may be any
            before = self.incident.other(edge, node)
            self.turns.append(Turn(-1, before, edge, plain[node, edge], self.concerned[node], back=False))
        return TurnStates(tuple(self.states), plain, tuple(self.turns), dict(self.concerned), tuple(self.rules), held)

    def _number(self, state: State) -> int:
        if state not in self.numbers:
            self.numbers[state] = len(self.states)
            self.states.append(state)
        return self.numbers[state]

    def _street(self, edge: int, node: int) -> int:
        """The edge that one is on, seen from a node: of pieces that end there, the whole."""
        return self.added.seen_from(edge, node, self.incident.tail, self.incident.head)

    def _is_added(self, edge: int) -> bool:
        """Whether an edge is of an added street, rather than of the file or a piece of one of its streets."""
        if not self.added.before:
            return False
        return int(self.whole[edge] if edge < len(self.whole) else edge) >= self.added.before[0][1]

    def _inside(self, node: int, street: int, whole: int) -> bool:
        """Whether a street at a node is a piece of an edge that does not end there."""
        if street >= len(self.whole) or self.whole[street] != whole or street == whole:
            return False
        return node not in (self.incident.tail[whole], self.incident.head[whole])

    def _turns_from(self, number: int) -> None:
        state = self.states[number]
        arrived_on = self._street(state.edge, state.node)
        active = [(rule, 0) for rule in self.starting.get((state.node, arrived_on), ())] + sorted(state.under_way)
        here = self.concerned[state.node]
        for edge in self.incident.edges(state.node):
            modes, street = here, self._street(edge, state.node)
            onward = set()
            for rule_number, passed in active:
                rule = self.rules[rule_number]
                on_piece = passed > 0 and self._inside(state.node, arrived_on, rule.via_edges[passed - 1])
                last = passed == len(rule.via_edges) and not on_piece
                if on_piece:  # still on a street of the rule, where an added one meets it
                    taken = street != arrived_on and self._inside(state.node, street, rule.via_edges[passed - 1])
                else:
                    taken = street == (rule.to_edge if last else rule.via_edges[passed])
                if (rule.only and not taken) or (last and not rule.only and taken):
                    modes &= ~rule.modes
                if not last and taken:
                    onward.add((rule_number, passed if on_piece else passed + 1))
            if not modes:
                continue
            after, back = self.incident.other(edge, state.node), street == arrived_on
            there, added = self.concerned.get(after, 0), self._is_added(edge)
            if there & modes:
                target = self._number(State(after, edge, frozenset(onward)))
                self.turns.append(Turn(number, state.node, edge, target, modes & there, back, added))
            if modes & ~there:
                self.turns.append(Turn(number, state.node, edge, -1, modes & ~there, back, added))
