"""Costs on the arcs of a hierarchy, all of them or only what changed.

An arc costs the least of its own street segments and of the ways round through the nodes
below it (its lower triangles). Arcs are taken bottom up, so the two lower sides of a
triangle are final when its third side needs them. ``up`` is the cost from the lower to the
upper end and ``down`` the way back.

When a few segments change, only their arcs are looked at again, and only where a cost came
out different, the arcs above that close a triangle with it. An arc is always computed by
the same function from the same numbers, so the result is that of a fresh customisation to
the bit.

Dibbelt, Strasser and Wagner, *Customizable Contraction Hierarchies*, JEA 2016.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Float32, Int32, UInt32, kernel
from tesoma_geo.network.engine.elimination import find_arc


class CustomisationInput(NamedTuple):
    """What the arcs of a hierarchy are made of, with the costs of street segments.

    Indices are unsigned for speed, as in :class:`~tesoma_geo.network.engine.sweep.Directed`.

    Attributes
    ----------
    triangle_first : uint32[arcs + 1]
        Where the lower triangles of each arc begin.
    to_lower, to_upper : uint32[triangles]
        The arcs from the node below up to the lower and to the upper end.
    segment_first : uint32[arcs + 1]
        Where the street segments of each arc begin.
    segment : uint32[segments]
        Twice the index of the segment, plus one where its tail is the lower end of the arc.
    forward_s, backward_s : float32[m]
        By street segment: seconds from tail to head, and back.
    """

    triangle_first: UInt32
    to_lower: UInt32
    to_upper: UInt32
    segment_first: UInt32
    segment: UInt32
    forward_s: Float32
    backward_s: Float32


@kernel
def _arc_cost(arc: int, made: CustomisationInput, up: Float32, down: Float32) -> tuple[np.float32, np.float32]:
    """Return the cost of an arc upwards and downwards."""
    up_s = down_s = np.float32(np.inf)
    for i in range(made.segment_first[arc], made.segment_first[arc + 1]):
        edge = made.segment[i] >> 1
        rises = made.segment[i] & 1
        up_s = min(up_s, made.forward_s[edge] if rises else made.backward_s[edge])
        down_s = min(down_s, made.backward_s[edge] if rises else made.forward_s[edge])
    for i in range(made.triangle_first[arc], made.triangle_first[arc + 1]):
        low, high = made.to_lower[i], made.to_upper[i]
        up_s = min(up_s, down[low] + up[high])
        down_s = min(down_s, down[high] + up[low])
    return up_s, down_s


@kernel
def customise(made: CustomisationInput) -> tuple[Float32, Float32]:
    """Return ``up`` and ``down``, float32[arcs] in seconds."""
    arcs = made.triangle_first.size - 1
    up, down = np.empty(arcs, np.float32), np.empty(arcs, np.float32)
    for arc in range(arcs - 1, -1, -1):
        up[arc], down[arc] = _arc_cost(arc, made, up, down)
    return up, down


@kernel
def recustomise(
    lower: Int32,
    upper: Int32,
    affected: Int32,
    arc_first: Int32,
    arc_head: Int32,
    made: CustomisationInput,
    up: Float32,
    down: Float32,
) -> None:
    """Bring ``up`` and ``down`` up to date in place after segments changed.

    ``lower`` and ``upper`` are the positions of the changed segments' ends, and ``affected``
    are the lower ones and all their ancestors, ascending.
    """
    stale = np.zeros(arc_head.size, np.bool_)
    for i in range(lower.size):
        stale[find_arc(arc_first, arc_head, lower[i], upper[i])] = True
    for at in affected[::-1]:
        begin, end = arc_first[at], arc_first[at + 1]
        for arc in range(begin, end):
            if not stale[arc]:
                continue
            up_s, down_s = _arc_cost(arc, made, up, down)
            if up_s == up[arc] and down_s == down[arc]:
                continue
            up[arc], down[arc] = up_s, down_s
            for other in range(begin, end):
                if other != arc:
                    low, high = max(arc, other), min(arc, other)
                    stale[find_arc(arc_first, arc_head, arc_head[low], arc_head[high])] = True
