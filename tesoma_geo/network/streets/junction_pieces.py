"""The streets as pieces between junctions: what a route is made of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.profiles import default_profiles


@dataclass(frozen=True, eq=False)
class JunctionPieces:
    """Pieces of street between junctions, whatever the direction.

    Attributes
    ----------
    edges
        The edges that are in a piece, by piece, shape (e,).
    of_edge
        The piece of each of these edges, shape (e,).
    tail, head
        Ends of these edges, as nodes; copies beside barriers are the node they stand for, shape (e,).
    ends
        Junctions or ends of streets at the two ends of each piece, as nodes, the smaller first, shape (p, 2).
    x, y
        Coordinates of all nodes in the metric system, shape (n,).
    """

    edges: NDArray[np.int64]
    of_edge: NDArray[np.int64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    ends: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @cached_property
    def segments(self) -> NDArray[np.object_]:
        """The edges as LineStrings in the metric system, shape (e,)."""
        ends = np.column_stack([self.x[self.tail], self.y[self.tail], self.x[self.head], self.y[self.head]])
        lines: NDArray[np.object_] = shapely.linestrings(ends.reshape(-1, 2, 2))
        return lines

    @cached_property
    def edge_m(self) -> NDArray[np.float64]:
        """Metres of the edges on the map, shape (e,)."""
        metres: NDArray[np.float64] = np.hypot(
            self.x[self.tail] - self.x[self.head], self.y[self.tail] - self.y[self.head]
        )
        return metres

    @cached_property
    def length_m(self) -> NDArray[np.float64]:
        """Metres of the pieces on the map, shape (p,)."""
        return np.bincount(self.of_edge, self.edge_m, minlength=len(self.ends)).astype(float)

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """The pieces as LineStrings in the metric system, shape (p,)."""
        return np.array([self.line(piece) for piece in range(len(self.ends))], object)

    def line(self, piece: int) -> shapely.Geometry:
        """One piece as a line in the metric system.

        Parameters
        ----------
        piece
            Its number.

        Returns
        -------
        shapely.Geometry
            A LineString, drawn from west to east.
        """
        own = slice(*np.searchsorted(self.of_edge, [piece, piece + 1]))
        line = shapely.line_merge(shapely.multilinestrings(self.segments[own]))
        coordinates = shapely.get_coordinates(line)
        turned: shapely.Geometry = shapely.reverse(line) if tuple(coordinates[0]) > tuple(coordinates[-1]) else line
        return turned

    @cached_property
    def junctions(self) -> NDArray[np.int64]:
        """Nodes at which pieces meet or end, sorted, shape (j,)."""
        return np.unique(self.ends)


def public_pieces(network: Streets) -> JunctionPieces:
    """The streets on which anybody may walk, as pieces between junctions.

    Parameters
    ----------
    network
        The streets.

    Returns
    -------
    JunctionPieces
        Without private ways and what lies behind them.
    """
    costs = edge_costs(network, default_profiles()["walk"])
    open_ = np.isfinite(costs.forward_s) | np.isfinite(costs.backward_s)
    return junction_pieces(network, open_ & ~costs.restricted)


def junction_pieces(network: Streets, wanted: NDArray[np.bool_]) -> JunctionPieces:
    """Chosen streets as pieces between junctions of chosen streets.

    Parameters
    ----------
    network
        The streets.
    wanted
        Which edges, shape (m,).

    Returns
    -------
    JunctionPieces
        In the order of their first edges; a ring without a junction ends at its first node.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    tail, head = network.stands_for[network.tail], network.stands_for[network.head]
    edges = np.flatnonzero(wanted & (tail != head))
    tail, head = tail[edges], head[edges]
    node = np.concatenate([tail, head])
    edge = np.concatenate([np.arange(len(edges)), np.arange(len(edges))])
    inner = np.bincount(node, minlength=network.n_nodes) == 2
    order = np.argsort(node, kind="stable")
    order = order[inner[node[order]]]
    joined = (edge[order[0::2]], edge[order[1::2]])
    shape = (len(edges), len(edges))
    _, label = connected_components(coo_array((np.ones(len(joined[0]), np.int8), joined), shape=shape), directed=False)
    _, first, of_edge = np.unique(label, return_index=True, return_inverse=True)
    of_edge = np.argsort(np.argsort(first))[of_edge]
    by_piece = np.argsort(of_edge, kind="stable")
    of_edge, tail, head, edges = of_edge[by_piece], tail[by_piece], head[by_piece], edges[by_piece]
    ends = _ends(np.concatenate([of_edge, of_edge]), np.concatenate([tail, head]), inner, len(first))
    return JunctionPieces(edges, of_edge, tail, head, ends, network.x, network.y)


def _ends(
    piece: NDArray[np.int64], node: NDArray[np.int32], inner: NDArray[np.bool_], n_pieces: int
) -> NDArray[np.int64]:
    """The smallest and the largest end of each piece; the first node of a ring that has none, shape (p, 2)."""
    is_end = ~inner[node]
    has_end = np.zeros(n_pieces, bool)
    has_end[piece[is_end]] = True
    taken = is_end | ~has_end[piece]
    ends = np.column_stack([np.full(n_pieces, np.iinfo(np.int64).max), np.full(n_pieces, -1)])
    np.minimum.at(ends[:, 0], piece[taken], node[taken])
    np.maximum.at(ends[:, 1], piece[taken], node[taken])
    ends[~has_end, 1] = ends[~has_end, 0]
    return ends
