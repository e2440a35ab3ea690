"""The connected pieces of a network for one profile: where trips may start and end."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tesoma_geo.network.streets.impedance import EdgeCosts
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.snap import SnapIndex

#: Pieces of the network with fewer nodes are mapping leftovers (a yard, a car park): points do not snap to them.
SMALLEST_PIECE_NODES = 50


@dataclass(frozen=True, eq=False)
class StreetPieces:
    """Strongly connected pieces of a network with one profile's costs.

    Attributes
    ----------
    network
        The streets.
    costs
        Seconds on every edge; only whether they are finite matters.
    """

    network: Streets
    costs: EdgeCosts

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Edges of pieces large enough to start or end on, shape (n_edges,)."""
        network = self.network
        of_node, nodes = self._of_node
        size = np.bincount(of_node, minlength=nodes)
        tail_piece = of_node[network.tail]
        smallest = min(SMALLEST_PIECE_NODES, int(size.max()))
        usable: NDArray[np.bool_] = self._open & (tail_piece == of_node[network.head]) & (size[tail_piece] >= smallest)
        return usable

    @property
    def small(self) -> tuple[int, int]:
        """Number of pieces too small to start or end on, and of passable edges in or towards them."""
        of_node, _ = self._of_node
        outside = self._open & ~self.usable
        return len(np.unique(of_node[self.network.tail[outside]])), int(outside.sum())

    @cached_property
    def snap_index(self) -> SnapIndex:
        """The usable edges, ready to be searched for the nearest."""
        return SnapIndex.of(self.network.segments, self.usable)

    @property
    def _open(self) -> NDArray[np.bool_]:
        """Edges that can be passed in one direction at least."""
        return np.isfinite(self.costs.forward_s) | np.isfinite(self.costs.backward_s)

    @cached_property
    def _of_node(self) -> tuple[NDArray[np.int32], int]:
        """The strongly connected piece of each node, and how many there are."""
        network, costs = self.network, self.costs
        forward, backward = np.isfinite(costs.forward_s), np.isfinite(costs.backward_s)
        start = np.concatenate([network.tail[forward], network.head[backward]])
        end = np.concatenate([network.head[forward], network.tail[backward]])
        shape = (network.n_nodes, network.n_nodes)
        arcs = coo_array((np.ones(len(start), np.int8), (start, end)), shape=shape).tocsr()
        count, of_node = connected_components(arcs, directed=True, connection="strong")
        return of_node, count
