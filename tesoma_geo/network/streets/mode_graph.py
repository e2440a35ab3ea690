"""A routing graph as one mode of moving sees it: what is closed, restricted or ruled for it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.routing_graph import RoutingGraph
from tesoma_geo.network.streets.turn_rules import MODE_BITS


@dataclass(frozen=True, eq=False)
class ModeGraph:
    """A routing graph as one mode sees it: what is restricted for it, and which turn rules concern it.

    Attributes
    ----------
    graph
        The graph.
    restricted
        Edges that are restricted for the mode, shape (m,).
    mode
        ``"foot"``, ``"bicycle"`` or ``"car"``.
    public
        Nodes on streets that are open to everybody, shape (n,).
    shut
        Restricted edges that are not passed through as drawn, and against it, shapes (m,). The others among the
        restricted ones are public as well in that direction, and a trip may begin and end on them as before.
    turn_s
        Seconds that each turn costs, shape (turns,); None where turns cost nothing.
    """

    graph: RoutingGraph
    restricted: NDArray[np.bool_]
    mode: str
    public: NDArray[np.bool_]
    shut: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    turn_s: NDArray[np.float64] | None = None

    @cached_property
    def start(self) -> NDArray[np.int32]:
        """By node: the number where a trip that begins there begins, shape (n,)."""
        return np.where(self.public, self.graph.node_at, self.graph.first).astype(np.int32)

    @cached_property
    def end(self) -> NDArray[np.int32]:
        """By node: the number where a trip that ends there ends, shape (n,)."""
        return np.where(self.public, self.graph.arrived, self.graph.last).astype(np.int32)

    @property
    def bit(self) -> int:
        """The mode in masks of turn rules."""
        return MODE_BITS[self.mode]

    def costs(
        self, forward_s: NDArray[np.float32], backward_s: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Seconds of all edges of the graph from those of the streets.

        Parameters
        ----------
        forward_s, backward_s
            From tail to head of each street edge and back, ``inf`` where closed, shape (m,).

        Returns
        -------
        tuple of float32[m + x]
            The same for all edges of the graph, by their numbers.
        """
        graph, both_ways = self.graph, []
        in_place = graph.edges_in_place
        of_further = self._further_costs(forward_s, backward_s)
        for seconds, closed, further in zip((forward_s, backward_s), self._closed, of_further, strict=True):
            every = np.empty(graph.n_edges + len(graph.further_at), np.float32)
            every[:in_place] = seconds[:in_place]  # nearly all: copied as a block
            every[graph.edge_at[in_place:]] = seconds[in_place:]
            every[closed] = np.inf
            every[graph.further_at] = further
            both_ways.append(every)
        return both_ways[0], both_ways[1]

    @cached_property
    def _closed(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Numbers of the street edges that are not passed as drawn, and against it: shut, or to a ruled junction."""
        graph, (ahead, behind), apart = self.graph, self.shut, self._told_apart
        if apart.any():
            ahead, behind = ahead | apart[graph.head], behind | apart[graph.tail]
        return graph.edge_at[np.flatnonzero(ahead)], graph.edge_at[np.flatnonzero(behind)]

    def _further_costs(
        self, forward_s: NDArray[np.float32], backward_s: NDArray[np.float32]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        graph = self.graph
        if not len(graph.street):
            return np.empty(0), np.empty(0)
        ahead, behind = np.full(len(graph.street), np.inf), np.full(len(graph.street), np.inf)
        ahead[graph.street < 0] = 0.0
        of_runs, as_drawn, turned = self._open_further
        street = graph.street[of_runs]
        ahead[of_runs], behind[of_runs] = forward_s[street], backward_s[street]
        ahead[as_drawn], ahead[turned] = forward_s[graph.street[as_drawn]], backward_s[graph.street[turned]]
        if self.turn_s is not None and len(self.turn_s):
            ahead[-len(self.turn_s) :] += self.turn_s
        ahead[self._needless_turns_back(ahead)] = np.inf
        return ahead, behind

    @cached_property
    def _open_further(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Further edges open to the mode: those of first and last runs, then turns along a street, and against it."""
        graph = self.graph
        street = np.maximum(graph.street, 0)
        of_runs = graph.layer & self.restricted[street]
        of_turns = (graph.modes & self.bit) > 0
        as_drawn = of_turns & ~graph.turned & ~self.shut[0][street]
        turned = of_turns & graph.turned & ~self.shut[1][street]
        return np.flatnonzero(of_runs), np.flatnonzero(as_drawn), np.flatnonzero(turned)

    @cached_property
    def _told_apart(self) -> NDArray[np.bool_]:
        """Junctions that are told apart for the mode, shape (n,)."""
        is_apart = np.zeros(self.graph.n_nodes, bool)
        nodes, modes = self.graph.states.ruled
        is_apart[nodes[(modes & self.bit) > 0]] = True
        return is_apart

    @cached_property
    def _held(self) -> NDArray[np.bool_]:
        """Junctions that rules tell apart for the mode, shape (n,)."""
        held = np.zeros(self.graph.n_nodes, bool)
        held[[node for node, modes in self.graph.states.held.items() if modes & self.bit]] = True
        return held

    def _needless_turns_back(self, seconds: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Turns back into the same street where another turn is open: only at a dead end does one turn.

        A street that was added is no other turn: a dead end stays one, so that it takes no way from anybody.
        """
        graph, turns = self.graph, self.graph.states.columns
        needless = np.zeros(len(seconds), bool)
        first = len(seconds) - len(turns.edge)
        onward = (turns.state >= 0) & ~turns.back & ~turns.added & np.isfinite(seconds[first:])
        has_way_on = np.zeros(len(graph.states.states) + 1, bool)  # the last is for no state
        has_way_on[turns.state[onward]] = True
        needless[first:] = turns.back & has_way_on[turns.state] & self._held[turns.node]
        return needless

    @cached_property
    def arrivals(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where one is on reaching the tail of each street edge along it, and the head; numbers, two shapes (m,)."""
        graph, by_end = self.graph, []
        nodes, edges, states = graph.states.without_rule
        here = self._told_apart[nodes] & ~self.restricted[edges]
        for ends in (graph.tail, graph.head):
            at = np.where(self.restricted, graph.first[ends], graph.node_at[ends])
            mine = here & (ends[edges] == nodes)
            at[edges[mine]] = graph.state_at[states[mine]]
            by_end.append(at.astype(np.int32))
        return by_end[0], by_end[1]

    @cached_property
    def entries(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """From where one enters each street edge at its tail, and at its head; numbers, two shapes (m,).

        At junctions that are told apart, and on restricted streets, there are more: :attr:`further_entries`.
        """
        graph = self.graph
        tail, head = (
            np.where(self.restricted, graph.last[ends], graph.node_at[ends]).astype(np.int32)
            for ends in (graph.tail, graph.head)
        )
        return tail, head

    @cached_property
    def further_entries(
        self,
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int32], NDArray[np.float32]]:
        """More entries, by street edge: the edge, whether at its head, the copy entered from, seconds of the turn."""
        graph, turns = self.graph, self.graph.states.columns
        kept = (turns.state >= 0) & ((turns.modes & self.bit) > 0) & ~turns.back & ~self.restricted[turns.edge]
        edges, copies = turns.edge[kept].astype(np.int64), graph.state_at[turns.state[kept]]
        at_head, seconds = turns.node[kept] == graph.head[edges], np.zeros(len(edges), np.float32)
        if self.turn_s is not None:
            seconds = self.turn_s[kept].astype(np.float32)
        private, privately, copy = self._other_run(graph.first)
        seconds = np.concatenate([seconds, np.zeros(len(private), np.float32)])
        edges, at_head = np.concatenate([edges, private]), np.concatenate([at_head, privately])
        copies = np.concatenate([copies, copy])
        order = np.lexsort((copies, at_head, edges))
        return edges[order], at_head[order], copies[order].astype(np.int32), seconds[order]

    @cached_property
    def further_arrivals(
        self,
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int32], NDArray[np.float32]]:
        """More places where one is at the ends of a street edge, as :attr:`further_entries` has them.

        A trip that begins on a restricted street may be on its first run or already on its last one.
        """
        edges, at_head, copies = self._other_run(self.graph.last)
        return edges, at_head, copies, np.zeros(len(edges), np.float32)

    def _other_run(self, copies: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int32]]:
        """Both ends of each restricted edge with some copies of their nodes: the edge, whether its head, the copy."""
        edges = np.flatnonzero(self.restricted)
        ends = np.column_stack([copies[self.graph.tail[edges]], copies[self.graph.head[edges]]])
        return np.repeat(edges, 2), np.tile([False, True], len(edges)), ends.ravel()
