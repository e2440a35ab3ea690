"""The connected pieces of a network for one profile: where trips may start and end."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from tesoma_geo.network.streets.impedance import EdgeCosts
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.snap import SnapIndex
from tesoma_geo.network.streets.street_engine import StreetEngine

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
    engine
        The routing graph with these costs.
    """

    network: Streets
    costs: EdgeCosts
    engine: StreetEngine

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Edges from which a large piece of the streets is reached, and back, shape (n_edges,).

        What hangs on such a piece by restricted streets counts too, however small it is.
        """
        seen = self.engine.seen
        leaves, comes = self._joined
        away = np.logical_or(*(leaves[at] for at in seen.arrivals))
        back = np.logical_or(*(comes[at] for at in seen.entries))
        usable: NDArray[np.bool_] = self._open & away & back
        return usable

    @property
    def small(self) -> tuple[int, int]:
        """Number of pieces too small to start or end on, and of passable edges in or towards them."""
        outside = self._open & ~self.usable
        tail = self.engine.seen.graph.node_at[self.network.tail[outside]]
        return len(np.unique(self._of_node[tail])), int(outside.sum())

    @cached_property
    def snap_index(self) -> SnapIndex:
        """The usable edges, ready to be searched for the nearest."""
        return SnapIndex.of(self.network.segments, self.usable & ~self.network.is_barrier, self.costs.restricted)

    @property
    def _open(self) -> NDArray[np.bool_]:
        """Edges that can be passed in one direction at least."""
        return np.isfinite(self.costs.forward_s) | np.isfinite(self.costs.backward_s)

    @cached_property
    def _arcs(self) -> csr_array:
        """Which nodes and copies lead to which."""
        costs, (tail, head) = self.engine.costs, self.engine.seen.graph.ends
        forward, backward = np.isfinite(costs.forward_s), np.isfinite(costs.backward_s)
        start = np.concatenate([tail[forward], head[backward]])
        end = np.concatenate([head[forward], tail[backward]])
        size = self.engine.seen.graph.size
        return coo_array((np.ones(len(start), np.int8), (start, end)), shape=(size, size)).tocsr()

    @cached_property
    def _of_node(self) -> NDArray[np.int32]:
        """The strongly connected piece of each node and copy."""
        _, of_node = connected_components(self._arcs, directed=True, connection="strong")
        pieces: NDArray[np.int32] = of_node
        return pieces

    @cached_property
    def _joined(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Nodes and copies from which a large piece is reached, and those that are reached from one."""
        of_node = self._of_node
        size = np.bincount(of_node)
        large = size[of_node] >= min(SMALLEST_PIECE_NODES, int(size.max()))
        return _reached(self._arcs.T.tocsr(), large), _reached(self._arcs, large)


def _reached(arcs: csr_array, begin: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What some nodes reach, themselves among it."""
    size = len(begin)
    # One more node that leads to all of them: one search instead of one from each.
    start = np.flatnonzero(begin)
    first = np.append(arcs.indptr, arcs.indptr[-1] + len(start))
    to = np.concatenate([arcs.indices, start])
    whole = csr_array((np.ones(len(to), np.int8), to, first), shape=(size + 1, size + 1))
    order = breadth_first_order(whole, size, directed=True, return_predecessors=False)
    found = np.zeros(size + 1, bool)
    found[order] = True
    return found[:size]
