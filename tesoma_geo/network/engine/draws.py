"""Sixteen sets of costs side by side on one hierarchy: one SIMD lane a draw, each with costs of its own.

Customisation and search are those of :mod:`~tesoma_geo.network.engine.customise` and
:mod:`~tesoma_geo.network.engine.sweep`; here every arc has a row of costs, one a lane, where there many searches
share one set of costs. Nothing is kept beside the rows of one batch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Float32, Int32, UInt32, kernel
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.simd import LANES, relax_by, relax_scaled
from tesoma_geo.network.engine.sweep import with_ancestors


class DrawnCosts(NamedTuple):
    """What the costs of all draws are made of, by street segment.

    Attributes
    ----------
    forward_s, backward_s : float32[m]
        Seconds that a draw multiplies, from tail to head and back; ``inf`` where closed in every draw.
    forward_delay_s, backward_delay_s : float32[m]
        Seconds that it leaves as they are.
    way : uint32[m]
        Which row of the factors by way is the segment's.
    forward_row, backward_row : uint32[m]
        Which rows of the slopes are the segment's.
    """

    forward_s: Float32
    backward_s: Float32
    forward_delay_s: Float32
    backward_delay_s: Float32
    way: UInt32
    forward_row: UInt32
    backward_row: UInt32


class DrawnFactors(NamedTuple):
    """What draws multiply seconds by: the product of what the way makes of it and what the slope does.

    The products of all segments are never there at once, which would take more than all else together.

    Attributes
    ----------
    of_way : float32[ways, LANES]
        By way, one a lane; ``inf`` closes.
    slopes : float32[rows, LANES]
        By segment and direction.
    """

    of_way: Float32
    slopes: Float32


class DrawnRoom(NamedTuple):
    """Where a batch of draws is written; the next one may write over it.

    Memory that is asked for anew with each search is mapped anew, page by page, which took a sixth of a large study.

    Attributes
    ----------
    up, down : float32[n_rows, LANES]
        Costs, by the rows of the arcs.
    seconds : float32[n, LANES]
        What a search finds, by position.
    """

    up: Float32
    down: Float32
    seconds: Float32


class Contracted(NamedTuple):
    """The arrays of a hierarchy that draws need; indices are unsigned for speed.

    Attributes
    ----------
    triangle_first, segment_first, segment
        As of :class:`~tesoma_geo.network.engine.customise.CustomisationInput`.
    to_lower, to_upper
        Likewise, but the rows of these arcs.
    parent, arc_first, arc_head
        As of :class:`~tesoma_geo.network.engine.sweep.Directed`.
    needed : uint32[k]
        The arcs whose costs are asked for, the last first: all, or those of :meth:`for_nodes`.
    row : uint32[arcs]
        By arc the row of its costs: of its own, or one that others have before and after it.
    n_rows
        How many rows these are.
    """

    triangle_first: UInt32
    to_lower: UInt32
    to_upper: UInt32
    segment_first: UInt32
    segment: UInt32
    parent: Int32
    arc_first: UInt32
    arc_head: UInt32
    needed: UInt32
    row: UInt32
    n_rows: int

    @classmethod
    def of(cls, hierarchy: Hierarchy) -> Contracted:
        """The arrays of a hierarchy, as views.

        Parameters
        ----------
        hierarchy : Hierarchy

        Returns
        -------
        Contracted
        """
        h = hierarchy
        return cls(
            triangle_first=h.triangle_first.view(np.uint32),
            to_lower=h.to_lower.view(np.uint32),
            to_upper=h.to_upper.view(np.uint32),
            segment_first=h.segment_first.view(np.uint32),
            segment=h.segment.view(np.uint32),
            parent=h.parent,
            arc_first=h.arc_first.view(np.uint32),
            arc_head=h.arc_head.view(np.uint32),
            needed=np.arange(h.arc_head.size - 1, -1, -1, dtype=np.uint32),
            row=np.arange(h.arc_head.size, dtype=np.uint32),
            n_rows=h.arc_head.size,
        )

    def room(self) -> DrawnRoom:
        """Room for a batch of draws.

        Returns
        -------
        DrawnRoom
            With nothing in it yet.
        """
        up, down = (np.empty((self.n_rows, LANES), np.float32) for _ in range(2))
        return DrawnRoom(up, down, np.empty((self.parent.size, LANES), np.float32))

    def for_nodes(self, costs: DrawnCosts, nodes: Int32) -> Contracted:
        """The arcs that searches which meet some nodes alone depend on, without ways round that no draw opens.

        Parameters
        ----------
        costs : DrawnCosts
            What the costs of all draws are made of.
        nodes : int32[k]
            Positions, with all ancestors of each.

        Returns
        -------
        Contracted
            With the same arcs. Those of these nodes have rows of their own, and the same costs to the bit. The others
            that are needed are so for a while: most of them share a few rows, the next one taking that of the last.
        """
        first, lower, upper, needed = _for_nodes(self, costs.forward_s, costs.backward_s, nodes)
        row, n_rows = _shared_rows(self.arc_first, first, lower, upper, needed, nodes)
        return self._replace(
            triangle_first=first, to_lower=row[lower], to_upper=row[upper], needed=needed, row=row, n_rows=n_rows
        )


@kernel
def _for_nodes(
    graph: Contracted, forward_s: Float32, backward_s: Float32, nodes: Int32
) -> tuple[UInt32, UInt32, UInt32, UInt32]:
    """The triangles of the arcs that are needed, and these arcs, the last first; see :meth:`Contracted.for_nodes`."""
    arcs = graph.triangle_first.size - 1
    is_open, needed = np.zeros(arcs, np.bool_), np.zeros(arcs, np.bool_)
    for arc in range(arcs - 1, -1, -1):
        for i in range(graph.segment_first[arc], graph.segment_first[arc + 1]):
            edge = graph.segment[i] >> 1
            is_open[arc] |= np.isfinite(forward_s[edge]) or np.isfinite(backward_s[edge])
        for i in range(graph.triangle_first[arc], graph.triangle_first[arc + 1]):
            is_open[arc] |= is_open[graph.to_lower[i]] and is_open[graph.to_upper[i]]
    for node in nodes:
        needed[graph.arc_first[node] : graph.arc_first[node + 1]] = True
    first = np.zeros(arcs + 1, np.uint32)
    to_lower, to_upper = np.empty_like(graph.to_lower), np.empty_like(graph.to_upper)
    n_triangles = n_needed = 0
    for arc in range(arcs):
        if needed[arc]:
            n_needed += 1
            for i in range(graph.triangle_first[arc], graph.triangle_first[arc + 1]):
                low, high = graph.to_lower[i], graph.to_upper[i]
                if is_open[low] and is_open[high]:
                    needed[low] = needed[high] = True
                    to_lower[n_triangles], to_upper[n_triangles] = low, high
                    n_triangles += 1
        first[arc + 1] = n_triangles
    some = np.empty(n_needed, np.uint32)
    for arc in range(arcs):
        if needed[arc]:
            n_needed -= 1
            some[n_needed] = arc
    return first, to_lower[:n_triangles].copy(), to_upper[:n_triangles].copy(), some


@kernel
def _shared_rows(
    arc_first: UInt32, triangle_first: UInt32, to_lower: UInt32, to_upper: UInt32, needed: UInt32, nodes: Int32
) -> tuple[UInt32, int]:
    """The row of each arc that is needed, and how many rows there are; see :meth:`Contracted.for_nodes`.

    In the order in which costs are found, a row is free after the last triangle that has its arc, unless the arc is
    one of the nodes'.
    """
    arcs = triangle_first.size - 1
    stays, last_for = np.zeros(arcs, np.bool_), np.full(arcs, arcs, np.uint32)
    for node in nodes:
        stays[arc_first[node] : arc_first[node + 1]] = True
    for arc in needed[::-1]:
        for i in range(triangle_first[arc], triangle_first[arc + 1]):
            last_for[to_lower[i]] = min(last_for[to_lower[i]], arc)
            last_for[to_upper[i]] = min(last_for[to_upper[i]], arc)
    row, free = np.zeros(arcs, np.uint32), np.empty(needed.size, np.uint32)
    n_rows = n_free = 0
    for arc in needed:
        if n_free > 0:
            n_free -= 1
            row[arc] = free[n_free]
        else:
            row[arc] = n_rows
            n_rows += 1
        for i in range(triangle_first[arc], triangle_first[arc + 1]):
            for lower in (to_lower[i], to_upper[i]):
                if last_for[lower] == arc and not stays[lower]:
                    stays[lower] = True  # its row is given away once
                    free[n_free] = row[lower]
                    n_free += 1
    return row, n_rows


@kernel
def customise_draws(graph: Contracted, costs: DrawnCosts, factors: DrawnFactors, room: DrawnRoom) -> None:
    """Find the costs of the arcs that are needed in each lane.

    Parameters
    ----------
    graph : Contracted
    costs : DrawnCosts
    factors : DrawnFactors
        Multipliers of the seconds.
    room : DrawnRoom
        ``up`` and ``down`` are filled: by the rows of the arcs, seconds from the lower to the upper end, and back;
        ``inf`` where there is no way. Valid for arcs that have a row of their own.
    """
    up, down = room.up, room.down
    both = np.empty((2, LANES), np.float32)
    for arc in graph.needed:
        at = graph.row[arc]
        for lane in range(LANES):
            up[at, lane] = down[at, lane] = np.float32(np.inf)
        for i in range(graph.segment_first[arc], graph.segment_first[arc + 1]):
            edge = graph.segment[i] >> 1
            way, ahead, behind = costs.way[edge], costs.forward_row[edge], costs.backward_row[edge]
            for lane in range(LANES):
                both[0, lane] = factors.of_way[way, lane] * factors.slopes[ahead, lane]
                both[1, lane] = factors.of_way[way, lane] * factors.slopes[behind, lane]
            if graph.segment[i] & 1:
                relax_scaled(up, at, both, 0, costs.forward_s[edge], costs.forward_delay_s[edge])
                relax_scaled(down, at, both, 1, costs.backward_s[edge], costs.backward_delay_s[edge])
            else:
                relax_scaled(up, at, both, 1, costs.backward_s[edge], costs.backward_delay_s[edge])
                relax_scaled(down, at, both, 0, costs.forward_s[edge], costs.forward_delay_s[edge])
        for i in range(graph.triangle_first[arc], graph.triangle_first[arc + 1]):
            low, high = graph.to_lower[i], graph.to_upper[i]
            relax_by(up, at, down, low, up, high)
            relax_by(down, at, down, high, up, low)


@kernel
def search_draws(
    graph: Contracted, rising_s: Float32, falling_s: Float32, at: Int32, seconds: Float32, wanted: Int32, rows: Float32
) -> None:
    """Find the least time from any of the seeds to some positions, in each lane.

    Parameters
    ----------
    graph : Contracted
    rising_s, falling_s : float32[n_rows, LANES]
        Costs of the climb and of the descent: ``up`` and ``down`` of :func:`customise_draws`, exchanged for a search
        towards the seeds.
    at : int32[seeds]
        Positions in the hierarchy.
    seconds : float32[seeds, LANES]
        Time between the place and each of them; ``inf`` in lanes that have no such seed.
    wanted : int32[k]
        Positions, ascending, with all ancestors of each.
    rows : float32[n, LANES]
        By position, filled; valid at those that are wanted, ``inf`` where there is no way.
    """
    rising = with_ancestors(graph.parent, at)
    for node in rising:
        rows[node] = np.float32(np.inf)
    for node in wanted:
        rows[node] = np.float32(np.inf)
    for i in range(at.size):
        for lane in range(LANES):
            rows[at[i], lane] = min(rows[at[i], lane], seconds[i, lane])
    for node in rising[::-1]:
        for arc in range(graph.arc_first[node], graph.arc_first[node + 1]):
            relax_by(rows, graph.arc_head[arc], rows, node, rising_s, graph.row[arc])
    for node in wanted:
        for arc in range(graph.arc_first[node], graph.arc_first[node + 1]):
            relax_by(rows, node, rows, graph.arc_head[arc], falling_s, graph.row[arc])
