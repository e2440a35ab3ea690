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
    forward_row, backward_row : uint32[m]
        Which rows of the factors of a draw are the segment's.
    """

    forward_s: Float32
    backward_s: Float32
    forward_delay_s: Float32
    backward_delay_s: Float32
    forward_row: UInt32
    backward_row: UInt32


class Contracted(NamedTuple):
    """The arrays of a hierarchy that draws need; indices are unsigned for speed.

    Attributes
    ----------
    triangle_first, to_lower, to_upper, segment_first, segment
        As of :class:`~tesoma_geo.network.engine.customise.CustomisationInput`.
    parent, arc_first, arc_head
        As of :class:`~tesoma_geo.network.engine.sweep.Directed`.
    needed : uint32[k]
        The arcs whose costs are asked for, the last first: all, or those of :meth:`for_nodes`.
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
        )

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
            With the same arcs. Those that are not needed have no cost; all others have the same to the bit.
        """
        triangle_first, to_lower, to_upper, needed = _for_nodes(self, costs.forward_s, costs.backward_s, nodes)
        return self._replace(triangle_first=triangle_first, to_lower=to_lower, to_upper=to_upper, needed=needed)


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
def customise_draws(graph: Contracted, costs: DrawnCosts, factors: Float32) -> tuple[Float32, Float32]:
    """Return the costs of the arcs that are needed in each lane.

    Parameters
    ----------
    graph : Contracted
    costs : DrawnCosts
    factors : float32[rows, LANES]
        Multipliers of the seconds, one a lane; ``inf`` closes.

    Returns
    -------
    up, down : float32[arcs, LANES]
        Seconds from the lower to the upper end, and back; ``inf`` where there is no way. Valid at ``needed``.
    """
    arcs = graph.triangle_first.size - 1
    up, down = np.empty((arcs, LANES), np.float32), np.empty((arcs, LANES), np.float32)
    for arc in graph.needed:
        for lane in range(LANES):
            up[arc, lane] = down[arc, lane] = np.float32(np.inf)
        for i in range(graph.segment_first[arc], graph.segment_first[arc + 1]):
            edge = graph.segment[i] >> 1
            ahead, behind = costs.forward_row[edge], costs.backward_row[edge]
            if graph.segment[i] & 1:
                relax_scaled(up, arc, factors, ahead, costs.forward_s[edge], costs.forward_delay_s[edge])
                relax_scaled(down, arc, factors, behind, costs.backward_s[edge], costs.backward_delay_s[edge])
            else:
                relax_scaled(up, arc, factors, behind, costs.backward_s[edge], costs.backward_delay_s[edge])
                relax_scaled(down, arc, factors, ahead, costs.forward_s[edge], costs.forward_delay_s[edge])
        for i in range(graph.triangle_first[arc], graph.triangle_first[arc + 1]):
            low, high = graph.to_lower[i], graph.to_upper[i]
            relax_by(up, arc, down, low, up, high)
            relax_by(down, arc, down, high, up, low)
    return up, down


@kernel
def search_draws(
    graph: Contracted, rising_s: Float32, falling_s: Float32, at: Int32, seconds: Float32, wanted: Int32
) -> Float32:
    """Return the least time from any of the seeds to some positions, in each lane.

    Parameters
    ----------
    graph : Contracted
    rising_s, falling_s : float32[arcs, LANES]
        Costs of the climb and of the descent: ``up`` and ``down`` of :func:`customise_draws`, exchanged for a search
        towards the seeds.
    at : int32[seeds]
        Positions in the hierarchy.
    seconds : float32[seeds, LANES]
        Time between the place and each of them; ``inf`` in lanes that have no such seed.
    wanted : int32[k]
        Positions, ascending, with all ancestors of each.

    Returns
    -------
    float32[n, LANES]
        By position, valid at those that are wanted; ``inf`` where there is no way.
    """
    rows = np.empty((graph.parent.size, LANES), np.float32)
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
            relax_by(rows, graph.arc_head[arc], rows, node, rising_s, arc)
    for node in wanted:
        for arc in range(graph.arc_first[node], graph.arc_first[node + 1]):
            relax_by(rows, node, rows, graph.arc_head[arc], falling_s, arc)
    return rows
