"""The part of a street network's routing that does not depend on costs.

Built once for a network, kept on disk beside it and shared by all profiles: the order of
contraction, its elimination tree, and the arcs and triangles of the contracted graph.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np

from tesoma_geo._kernels import Float64, Int32
from tesoma_geo.errors import InputError, SourceError
from tesoma_geo.network.engine.elimination import (
    lower_triangles,
    segments_by_arc,
    tree_positions,
    upward_arcs,
)
from tesoma_geo.network.engine.ordering import adjacency, contraction_order

FORMAT = 0x7E50_0002  # changes whenever the arrays below mean something else


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """A contracted street network; arrays are not to be written to.

    A *position* is a node's place in the elimination tree, the roots first.

    Attributes
    ----------
    tail, head : int32[m]
        Ends of the street segments, as node indices.
    order : int32[n]
        The node at each position.
    position : int32[n]
        The position of each node.
    parent : int32[n]
        By position: the position of the parent in the elimination tree, -1 at a root.
    end : int32[n]
        By position: one past the last position of its subtree.
    arc_first : int32[n + 1]
        Where the arcs from each position to its upper neighbours begin.
    arc_head : int32[arcs]
        The position of each arc's upper end.
    triangle_first : int32[arcs + 1]
        Where the lower triangles of each arc begin.
    to_lower, to_upper : int32[triangles]
        The two other arcs of each triangle.
    segment_first : int32[arcs + 1]
        Where the street segments of each arc begin.
    segment : int32[segments]
        Street segments by arc, self-loops in none: twice the index, plus one where the tail of
        the segment is the lower end of the arc.
    """

    tail: Int32
    head: Int32
    order: Int32
    position: Int32
    parent: Int32
    end: Int32
    arc_first: Int32
    arc_head: Int32
    triangle_first: Int32
    to_lower: Int32
    to_upper: Int32
    segment_first: Int32
    segment: Int32

    @classmethod
    def build(cls, n_nodes: int, tail: Int32, head: Int32, x: Float64, y: Float64) -> Hierarchy:
        """Contract a street network.

        Parameters
        ----------
        n_nodes : int
        tail, head : int32[m]
            Ends of the street segments, as node indices. Segments may be parallel or loops.
        x, y : float64[n_nodes]
            Coordinates of the nodes in a metric system.

        Returns
        -------
        Hierarchy

        Raises
        ------
        InputError
            When an end is not a node or a coordinate is missing.
        """
        tail, head = _ends(n_nodes, tail, head)
        if x.shape != (n_nodes,) or y.shape != (n_nodes,):
            raise InputError(f"{n_nodes} nodes have {x.size} x and {y.size} y coordinates", "Give each node both")
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            node = int(np.flatnonzero(~(np.isfinite(x) & np.isfinite(y)))[0])
            raise InputError(f"Node {node} lies at ({x[node]}, {y[node]})", "Give finite coordinates")
        return cls._contract(tail, head, contraction_order(n_nodes, tail, head, x, y))

    @classmethod
    def _contract(cls, tail: Int32, head: Int32, contraction: Int32) -> Hierarchy:
        first, neighbour = adjacency(contraction.size, tail, head)
        position, parent, end = tree_positions(contraction, first, neighbour)
        arc_first, arc_head = upward_arcs(position, end, first, neighbour)
        triangle_first, to_lower, to_upper = lower_triangles(arc_first, arc_head)
        segment_first, segment = segments_by_arc(tail, head, position, arc_first, arc_head)
        order = np.empty_like(position)
        order[position] = np.arange(position.size, dtype=np.int32)
        return cls(
            tail=tail,
            head=head,
            order=order,
            position=position,
            parent=parent,
            end=end,
            arc_first=arc_first,
            arc_head=arc_head,
            triangle_first=triangle_first,
            to_lower=to_lower,
            to_upper=to_upper,
            segment_first=segment_first,
            segment=segment,
        )

    @property
    def n_nodes(self) -> int:
        """How many nodes the network has."""
        return self.order.size

    @property
    def n_edges(self) -> int:
        """How many street segments the network has."""
        return self.tail.size

    def with_edges(self, tail: Int32, head: Int32, n_new_nodes: int = 0) -> Hierarchy:
        """Return the hierarchy with more street segments, ids following those there are.

        The order of contraction is kept, new nodes going first, so this takes a small part of
        the time of ``build``. Searches slow down a little with every long new link.

        Parameters
        ----------
        tail, head : int32[k]
            Ends of the new segments; new nodes follow those there are.
        n_new_nodes : int
            How many nodes are added.

        Returns
        -------
        Hierarchy

        Raises
        ------
        InputError
            When an end is not a node.
        """
        n_nodes = self.n_nodes + n_new_nodes
        tail, head = _ends(n_nodes, tail, head)
        added = np.arange(self.n_nodes, n_nodes, dtype=np.int32)
        return self._contract(
            np.concatenate([self.tail, tail]),
            np.concatenate([self.head, head]),
            np.concatenate([added, self.order[::-1]]),
        )

    def save(self, path: Path | str) -> None:
        """Write the hierarchy to a ``.npy`` file of one int32 array: format, lengths, arrays.

        Parameters
        ----------
        path : Path or str
            The file; what it held is lost.
        """
        arrays = astuple(self)
        header = np.array([FORMAT, *(array.size for array in arrays)], np.int32)
        np.save(path, np.concatenate([header, *arrays]))

    @classmethod
    def load(cls, path: Path | str) -> Hierarchy:
        """Map a file written by ``save`` into memory.

        Parameters
        ----------
        path : Path or str

        Returns
        -------
        Hierarchy

        Raises
        ------
        SourceError
            When the file holds something else or was written by another version.
        """
        remedy = "Delete it; it is made anew from the network"
        try:
            stored = np.load(path, mmap_mode="c", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise SourceError(f"{path} cannot be read as a hierarchy ({error})", remedy) from error
        count = len(fields(cls))
        if stored.dtype != np.int32 or stored.ndim != 1 or stored.size <= count or stored[0] != FORMAT:
            raise SourceError(f"{path} is not a hierarchy of this version", remedy)
        lengths = stored[1 : count + 1].astype(np.int64)
        bounds = 1 + count + np.concatenate([[0], np.cumsum(lengths)])
        if (lengths < 0).any() or bounds[-1] != stored.size:
            raise SourceError(f"{path} is cut short: {stored.size} of {bounds[-1]} numbers", remedy)
        plain = np.asarray(stored)
        return cls(*(plain[begin:end] for begin, end in pairwise(bounds)))


def _ends(n_nodes: int, tail: Int32, head: Int32) -> tuple[Int32, Int32]:
    """Check the ends of segments."""
    if tail.shape != head.shape or tail.ndim != 1:
        raise InputError(f"{tail.size} tails and {head.size} heads", "Give each segment one of both")
    for name, ends in (("tail", tail), ("head", head)):
        off = np.flatnonzero((ends < 0) | (ends >= n_nodes))
        if off.size:
            raise InputError(
                f"The {name} of segment {off[0]} is node {ends[off[0]]} of {n_nodes}",
                f"Name nodes by 0 to {n_nodes - 1}",
            )
    return np.ascontiguousarray(tail, np.int32), np.ascontiguousarray(head, np.int32)
