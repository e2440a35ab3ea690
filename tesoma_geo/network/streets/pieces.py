"""The connected pieces of a network for one profile: where trips may start and end."""

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.connected import Arcs, arcs_of, reached, strong_pieces
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.mode_graph import ModeGraph
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.snap import Positions, seeds
from tesoma_geo.network.streets.snap_index import SnapIndex

#: Pieces of the network with fewer nodes are mapping leftovers (a yard, a car park): points do not snap to them.
SMALLEST_PIECE_NODES = 50


@dataclass(frozen=True, eq=False)
class StreetPieces:
    """The pieces of a network with one profile's costs, as trips hang together.

    Attributes
    ----------
    network
        The streets.
    costs
        Seconds on every edge; only whether they are finite matters.
    seen
        The routing graph as the profile's mode sees it.
    former
        The pieces before streets were added, where they are known and have the same costs.
    """

    network: Streets
    costs: EdgeCosts
    seen: ModeGraph
    former: "StreetPieces | None" = None

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Edges from which a large piece of the streets is reached, and back, shape (n_edges,).

        What hangs on such a piece by restricted streets counts too, however small it is.
        """
        return self._usable_among(self.network.n_edges)

    def _usable_among(self, n_edges: int) -> NDArray[np.bool_]:
        """Edges among the first ``n_edges`` from which a large piece of these is reached, and back, shape (m,)."""
        seen = self.seen
        leaves, comes = self._joined(n_edges)
        away = np.logical_or(*(leaves[at] for at in seen.arrivals))
        back = np.logical_or(*(comes[at] for at in seen.entries))
        edges, _, copies, _ = seen.further_entries
        back[edges[comes[copies]]] = True
        usable: NDArray[np.bool_] = self._open & away & back
        usable[n_edges:] = False
        return usable

    def lead_to(self, positions: Positions, hub: Positions) -> NDArray[np.bool_]:
        """From which positions there is a way to some other ones.

        Parameters
        ----------
        positions
            Where trips begin, k of them.
        hub
            Where they end.

        Returns
        -------
        bool array of shape (k,)
            The same answer as finite travel times, without searching for the shortest way.
        """
        seen, costs_s = self.seen, (self.costs.forward_s, self.costs.backward_s)
        there = np.zeros(seen.graph.size, bool)
        for one in hub.each():
            there[seeds(one, seen.entries, costs_s, 1.0, reverse=True, further=seen.further_entries).nodes] = True
        there = reached(self._every_arc[1], there)
        leads = np.zeros(len(positions.edge), bool)
        for one in positions.each():
            first = seeds(one, seen.arrivals, costs_s, 1.0, reverse=False, further=seen.further_arrivals)
            place = np.repeat(np.arange(len(leads)), np.diff(first.offsets))
            leads[place[there[first.nodes]]] = True
            for other in hub.each():
                leads |= one.found & np.isin(one.edge, other.edge)
        return leads

    @property
    def small(self) -> tuple[int, int]:
        """Number of pieces too small to start or end on, and of passable edges in or towards them."""
        outside = self._open & ~self.usable
        tail = self.seen.graph.node_at[self.network.tail[outside]]
        return len(np.unique(self._of_node[tail])), int(outside.sum())

    @cached_property
    def snap_index(self) -> SnapIndex:
        """The usable edges, ready to be searched for the nearest.

        Where streets were added, points may be where they would be without them: an index of what was there, and
        another of what came.
        """
        network, index = self.network, None
        taken = np.zeros(network.n_edges, bool)
        ends, first = [edges.stop for edges in network.added.stages(network.n_edges)], 0
        if self.former is not None:
            index = self.former.snap_index
            taken[: self.former.network.n_edges] = self.former.indexed
            ends, first = ends[-1:], self.former.network.n_edges
        for end in ends:
            usable = self.usable if end == network.n_edges else self._usable_among(end)
            # As the costs were then, so is what is restricted.
            fresh = self._index(usable & ~taken, slice(first, end))
            index = fresh if index is None else replace(fresh, former=index)
            taken |= usable
            first = end
        return index if index is not None else self._index(self.usable, slice(network.n_edges))

    @property
    def indexed(self) -> NDArray[np.bool_]:
        """Edges that a point may be on, now or before streets were added, shape (n_edges,)."""
        taken = self.usable.copy()
        for edges in self.network.added.stages(self.network.n_edges):
            taken |= self._usable_among(edges.stop) if edges.stop < self.network.n_edges else False
        return taken

    def _index(self, usable: NDArray[np.bool_], drawn: slice) -> SnapIndex:
        network = self.network
        sheltered = network.rules.sheltered[network.way]
        index = SnapIndex.of(network.shape.straight, usable & ~network.is_barrier, self.costs.restricted, sheltered)
        return replace(index, obstacles=network.obstacles, drawn=partial(_drawn, network, drawn))

    @property
    def _open(self) -> NDArray[np.bool_]:
        """Edges that can be passed in one direction at least."""
        return np.isfinite(self.costs.forward_s) | np.isfinite(self.costs.backward_s)

    def _arcs(self, n_edges: int) -> tuple[Arcs, Arcs]:
        """Which nodes and copies lead to which over the first street edges, open as they were without the others.

        And the same against their direction.
        """
        graph = self.seen.graph
        tail, head = graph.ends
        there = graph.street_of < n_edges
        forward, backward = (np.isfinite(seconds) & there for seconds in self._seconds(n_edges))
        start = np.concatenate([tail[forward], head[backward]])
        end = np.concatenate([head[forward], tail[backward]])
        return arcs_of(start, end, graph.size), arcs_of(end, start, graph.size)

    def _seconds(self, n_edges: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Seconds of all edges of the routing graph, with what the first street edges alone open."""
        then = replace(self.seen, shut=self.costs.shut(n_edges))
        return then.costs(self.costs.forward_s, self.costs.backward_s)

    @cached_property
    def _every_arc(self) -> tuple[Arcs, Arcs]:
        """Which nodes and copies lead to which over all street edges, and the same against their direction."""
        return self._arcs(self.network.n_edges)

    @cached_property
    def _of_node(self) -> NDArray[np.int32]:
        """The strongly connected piece of each node and copy."""
        return strong_pieces(self._every_arc[0])

    def _joined(self, n_edges: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Nodes and copies from which a large piece is reached, and those that are reached from one."""
        every = n_edges == self.network.n_edges
        arcs, back = self._every_arc if every else self._arcs(n_edges)
        of_node = self._of_node if every else strong_pieces(arcs)
        graph = self.seen.graph
        # A piece is as large as the street nodes that were there: copies, and what came later, are no places.
        nodes_then = {edges: nodes for nodes, edges in self.network.added.before}
        counted = graph.node_of < nodes_then.get(n_edges, graph.n_nodes)
        for copies in (graph.first, graph.last):
            counted[copies[copies != graph.node_at]] = False
        size = _sizes(of_node[counted], graph.node_of[counted], int(of_node.max()) + 1)
        large = size[of_node] >= min(SMALLEST_PIECE_NODES, int(size.max()))
        return reached(back, large), reached(arcs, large)


def _drawn(network: Streets, edges: slice) -> NDArray[np.float64]:
    """Ends of those of some edges that are streets on the ground, shape (k, 4)."""
    seen = ~network.is_barrier[edges] & ~network.rules.passed_unseen[network.way[edges]]
    return network.shape.straight.ends(edges.start + np.flatnonzero(seen))


def _sizes(pieces: NDArray[np.int32], nodes: NDArray[np.int32], n_pieces: int) -> NDArray[np.int64]:
    """Number of different nodes in each piece."""
    several = (np.bincount(nodes) > 1)[nodes]
    sizes = np.bincount(pieces[~several], minlength=n_pieces)
    pairs = np.unique(np.column_stack([pieces[several], nodes[several]]), axis=0)
    return sizes + np.bincount(pairs[:, 0], minlength=n_pieces)
