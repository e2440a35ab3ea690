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

from typing import NamedTuple, Self

import numpy as np

from tesoma_geo._kernels import Float32, Int32, UInt32, kernel
from tesoma_geo.network.engine.elimination import find_arc
from tesoma_geo.network.engine.hierarchy import Hierarchy


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

    @classmethod
    def of(cls, hierarchy: Hierarchy, forward_s: Float32, backward_s: Float32) -> Self:
        """Put a hierarchy and the costs of its street segments together.

        Parameters
        ----------
        hierarchy : Hierarchy
        forward_s, backward_s : float32[m]
            Seconds along each segment from tail to head, and back; ``inf`` where closed.

        Returns
        -------
        CustomisationInput
            Of views, nothing is copied.
        """
        h = hierarchy
        indices = (h.triangle_first, h.to_lower, h.to_upper, h.segment_first, h.segment)
        triangle_first, to_lower, to_upper, segment_first, segment = (array.view(np.uint32) for array in indices)
        return cls(triangle_first, to_lower, to_upper, segment_first, segment, forward_s, backward_s)


@kernel
def _arc_cost(arc: int, components: CustomisationInput, up: Float32, down: Float32) -> tuple[np.float32, np.float32]:
    """Return the cost of an arc upwards and downwards."""
    up_s = down_s = np.float32(np.inf)
    for i in range(components.segment_first[arc], components.segment_first[arc + 1]):
        edge = components.segment[i] >> 1
        rises = components.segment[i] & 1
        up_s = min(up_s, components.forward_s[edge] if rises else components.backward_s[edge])
        down_s = min(down_s, components.backward_s[edge] if rises else components.forward_s[edge])
    for i in range(components.triangle_first[arc], components.triangle_first[arc + 1]):
        low, high = components.to_lower[i], components.to_upper[i]
        up_s = min(up_s, down[low] + up[high])
        down_s = min(down_s, down[high] + up[low])
    return up_s, down_s


@kernel
def customise(components: CustomisationInput) -> tuple[Float32, Float32]:
    """Return the costs of all arcs.

    Parameters
    ----------
    components : CustomisationInput
        What the arcs are made of.

    Returns
    -------
    up, down : float32[arcs]
        Seconds from the lower to the upper end, and back; ``inf`` where there is no way.
    """
    arcs = components.triangle_first.size - 1
    up, down = np.empty(arcs, np.float32), np.empty(arcs, np.float32)
    for arc in range(arcs - 1, -1, -1):
        up[arc], down[arc] = _arc_cost(arc, components, up, down)
    return up, down


@kernel
def recustomise(
    lower: Int32,
    upper: Int32,
    affected: Int32,
    arc_first: Int32,
    arc_head: Int32,
    components: CustomisationInput,
    up: Float32,
    down: Float32,
) -> None:
    """Bring the costs of the arcs up to date in place after segments changed.

    Parameters
    ----------
    lower, upper : int32[k]
        Positions of the lower and of the upper end of each changed segment.
    affected : int32[a]
        The lower ends and all their ancestors, ascending.
    arc_first, arc_head : int32[n + 1], int32[arcs]
        The arcs, as :func:`~tesoma_geo.network.engine.elimination.upward_arcs` gives them.
    components : CustomisationInput
        What the arcs are made of, with the new costs.
    up, down : float32[arcs]
        Seconds along each arc, changed in place.
    """
    stale = np.zeros(arc_head.size, np.bool_)
    for i in range(lower.size):
        stale[find_arc(arc_first, arc_head, lower[i], upper[i])] = True
    for at in affected[::-1]:
        begin, end = arc_first[at], arc_first[at + 1]
        for arc in range(begin, end):
            if not stale[arc]:
                continue
            up_s, down_s = _arc_cost(arc, components, up, down)
            if up_s == up[arc] and down_s == down[arc]:
                continue
            up[arc], down[arc] = up_s, down_s
            for other in range(begin, end):
                if other != arc:
                    low, high = max(arc, other), min(arc, other)
                    stale[find_arc(arc_first, arc_head, arc_head[low], arc_head[high])] = True
