"""The graph that is searched: the streets, and copies of nodes where a trip's past or future matters.

Streets that are open to those who live there alone ("restricted": private, destination, customers …) may be
the first run of a trip and the last, never passed through. So a node on such a street has a copy for
trips that have not left their first restricted street, and one for trips that are on their last one; the
node itself is for trips in between. Junctions with turn rules have a copy for each street one arrives on.
Everything else is as drawn: a walker's search is longer by these few copies alone.

The scheme is that of layered graphs; the search itself need not know of it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.turn_rules import MODE_BITS, TurnStates


@dataclass(frozen=True, eq=False)
class RoutingGraph:
    """Nodes and edges of a street network, and behind them the copies.

    Attributes
    ----------
    n_nodes, n_edges
        Nodes and edges of the streets; copies are numbered after them.
    tail, head
        Ends of all edges, those of the streets first, as numbers of nodes and copies, shape (m + x,).
    base_node
        The node that each copy stands for, shape (copies,).
    base_edge
        The street edge that each further edge stands for, -1 for a step that costs nothing, shape (x,).
    turned
        Whether a further edge leads from the head of its street edge to the tail, shape (x,).
    one_way
        Whether a further edge is passed from its tail to its head alone, shape (x,).
    layer
        Whether a further edge is that of a first or last run, shape (x,).
    modes
        Mask of the modes that use a further edge for their turns, shape (x,); 0 for the other kinds.
    back
        Whether a further edge turns back into the street it comes from, shape (x,).
    start, end
        By node: where a trip that begins there begins, and one that ends there ends, shape (n,).
    states
        The turn states behind the copies of ruled junctions.
    first_state
        The number of the copy of the first turn state.
    """

    n_nodes: int
    n_edges: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    base_node: NDArray[np.int32]
    base_edge: NDArray[np.int32]
    turned: NDArray[np.bool_]
    one_way: NDArray[np.bool_]
    layer: NDArray[np.bool_]
    modes: NDArray[np.int8]
    back: NDArray[np.bool_]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    states: TurnStates
    first_state: int

    @property
    def size(self) -> int:
        """Number of nodes and copies."""
        return self.n_nodes + len(self.base_node)

    @cached_property
    def further_of(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The further edges of each street edge, in CSR form: where each one's begin, and their numbers in ``tail``."""
        order = np.argsort(self.base_edge, kind="stable")
        first = np.searchsorted(self.base_edge[order], np.arange(self.n_edges + 1))
        return first, self.n_edges + order


def routing_graph(
    n_nodes: int,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    restricted: NDArray[np.bool_],
    states: TurnStates | None = None,
) -> RoutingGraph:
    """The graph of some streets.

    Parameters
    ----------
    n_nodes
        Number of nodes.
    tail, head
        Nodes at the ends of each edge, shape (m,).
    restricted
        Edges that are restricted for some mode, shape (m,).
    states
        Of the junctions with turn rules.
    """
    states = states or TurnStates()
    private = np.flatnonzero(restricted).astype(np.int32)
    of_private = np.unique(np.concatenate([tail[private], head[private]]))
    ends_apart = np.union1d(of_private, np.array(sorted(states.concerned), np.int32))
    start, end = np.arange(n_nodes, dtype=np.int32), np.arange(n_nodes, dtype=np.int32)
    start[of_private] = n_nodes + np.arange(len(of_private))
    end[ends_apart] = n_nodes + len(of_private) + np.arange(len(ends_apart))
    first_state = n_nodes + len(of_private) + len(ends_apart)
    state_node = np.array([state.node for state in states.states], np.int32)
    state_copy = first_state + np.arange(len(state_node), dtype=np.int32)
    turns = states.turns
    turn_from = np.array([turn.node if turn.state < 0 else first_state + turn.state for turn in turns], np.int32)
    turn_edge = np.array([turn.edge for turn in turns], np.int32)
    turn_node = np.array([turn.node for turn in turns], np.int32)
    turn_after = np.where(tail[turn_edge] == turn_node, head[turn_edge], tail[turn_edge]).astype(np.int32)
    turn_to = np.array(
        [
            after if turn.target < 0 else first_state + turn.target
            for turn, after in zip(turns, turn_after, strict=True)
        ],
        np.int32,
    )
    free = [(start[of_private], of_private), (ends_apart, end[ends_apart]), (state_copy, end[state_node])]
    n_free, n_private, n_turns = sum(len(one) for one, _ in free), len(private), len(turns)
    counts = (n_free, 2 * n_private, n_turns)
    kind = np.repeat([0, 1, 2], counts)
    new_tail = [*(one for one, _ in free), start[tail[private]], end[tail[private]], turn_from]
    new_head = [*(other for _, other in free), start[head[private]], end[head[private]], turn_to]
    base_edge = np.concatenate([np.full(n_free, -1), private, private, turn_edge]).astype(np.int32)
    turned = np.zeros(len(kind), bool)
    turned[kind == 2] = tail[turn_edge] != turn_node
    modes = np.zeros(len(kind), np.int8)
    modes[kind == 2] = [turn.modes for turn in turns]
    back = np.zeros(len(kind), bool)
    back[kind == 2] = [turn.back for turn in turns]
    return RoutingGraph(
        n_nodes=n_nodes,
        n_edges=len(tail),
        tail=np.concatenate([tail, *new_tail]).astype(np.int32),
        head=np.concatenate([head, *new_head]).astype(np.int32),
        base_node=np.concatenate([of_private, ends_apart, state_node]).astype(np.int32),
        base_edge=base_edge,
        turned=turned,
        one_way=kind != 1,
        layer=kind == 1,
        modes=modes,
        back=back,
        start=start,
        end=end,
        states=states,
        first_state=first_state,
    )


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
    """

    graph: RoutingGraph
    restricted: NDArray[np.bool_]
    mode: str

    @property
    def bit(self) -> int:
        """The mode in masks of turn rules."""
        return MODE_BITS[self.mode]

    def costs(
        self, forward_s: NDArray[np.float32], backward_s: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Seconds of all edges from those of the streets.

        Parameters
        ----------
        forward_s, backward_s
            From tail to head of each street edge and back, ``inf`` where closed, shape (m,).

        Returns
        -------
        tuple of float32[m + x]
            The same for all edges of the graph.
        """
        graph = self.graph
        ahead, behind = (np.where(self.restricted, np.inf, seconds) for seconds in (forward_s, backward_s))
        ahead[self._told_apart_at(graph.head)] = np.inf
        behind[self._told_apart_at(graph.tail)] = np.inf
        of = np.maximum(graph.base_edge, 0)
        along = np.where(graph.turned, backward_s[of], forward_s[of])
        against = np.where(graph.turned, forward_s[of], backward_s[of])
        open_ = np.where(graph.layer, self.restricted[of], (graph.modes & self.bit) > 0)
        open_ &= graph.layer | ~self.restricted[of]
        free = graph.base_edge < 0
        more_ahead = np.where(free, 0.0, np.where(open_, along, np.inf))
        more_behind = np.where(graph.one_way, np.inf, np.where(open_, against, np.inf))
        more_ahead[self._needless_turns_back(more_ahead)] = np.inf
        return (
            np.concatenate([ahead, more_ahead]).astype(np.float32),
            np.concatenate([behind, more_behind]).astype(np.float32),
        )

    def _told_apart_at(self, ends: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Street edges whose end is a junction that is told apart for the mode."""
        return self._is_told_apart[ends[: self.graph.n_edges]]

    @cached_property
    def _is_told_apart(self) -> NDArray[np.bool_]:
        found = np.zeros(self.graph.n_nodes, bool)
        for node, modes in self.graph.states.concerned.items():
            found[node] = bool(modes & self.bit)
        return found

    def _needless_turns_back(self, seconds: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Turns back into the same street where another turn is open: only at a dead end does one turn."""
        graph = self.graph
        from_state = graph.tail[graph.n_edges :] - graph.first_state
        onward = (graph.modes > 0) & (from_state >= 0) & ~graph.back & np.isfinite(seconds)
        has_way_on = np.zeros(len(graph.states.states), bool)
        has_way_on[from_state[onward]] = True
        needless: NDArray[np.bool_] = graph.back & (from_state >= 0)
        needless[needless] = has_way_on[from_state[needless]]
        return needless

    @cached_property
    def arrivals(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where one is on reaching the tail of each street edge along it, and the head; two arrays, shape (m,)."""
        graph = self.graph
        found = []
        for ends in (graph.tail[: graph.n_edges], graph.head[: graph.n_edges]):
            at = np.where(self.restricted, graph.start[ends], ends)
            for edge in np.flatnonzero(self._is_told_apart[ends] & ~self.restricted):
                at[edge] = graph.first_state + graph.states.plain[int(ends[edge]), int(edge)]
            found.append(at.astype(np.int32))
        return found[0], found[1]

    @cached_property
    def entries(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """From where one enters each street edge at its tail, and at its head; two arrays, shape (m,).

        At junctions that are told apart there are more: :attr:`further_entries`.
        """
        graph = self.graph
        tail, head = graph.tail[: graph.n_edges], graph.head[: graph.n_edges]
        entered = [np.where(self.restricted, graph.end[ends], ends).astype(np.int32) for ends in (tail, head)]
        return entered[0], entered[1]

    @cached_property
    def further_entries(self) -> tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.int32]]:
        """More entries: street edge, whether at its head, and the copy from where it is entered."""
        graph = self.graph
        rows = [
            (turn.edge, turn.node == graph.head[turn.edge], graph.first_state + turn.state)
            for turn in graph.states.turns
            if turn.state >= 0 and turn.modes & self.bit and not turn.back and not self.restricted[turn.edge]
        ]
        edges, at_head, copies = zip(*dict.fromkeys(rows), strict=True) if rows else ((), (), ())
        return np.array(edges, np.int32), np.array(at_head, bool), np.array(copies, np.int32)
