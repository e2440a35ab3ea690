"""The way itself: which nodes and which street segments.

The search climbs from both ends; the ancestors of the two sets of seeds meet at the top of
the shortest path. Its arcs are then unpacked: an arc costs exactly, to the bit, what one of
its segments or one of its lower triangles costs, and the one that does is the way.
"""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Bool, Float32, Int32, UInt32, kernel
from tesoma_geo.network.engine.customise import CustomisationInput
from tesoma_geo.network.engine.seeds import Seeds
from tesoma_geo.network.engine.sweep import Directed, with_ancestors

NONE = -1


@kernel
def _climb(
    seeds: Seeds, parent: Int32, arc_first: UInt32, arc_head: UInt32, rising_s: Float32
) -> tuple[Int32, Float32, Int32]:
    """Climb from seeds; return the positions touched, their seconds, and the arc each was reached by."""
    best = np.full(parent.size, np.float32(np.inf), np.float32)
    came_by = np.full(parent.size, NONE, np.int32)
    for i in range(seeds.at.size):
        best[seeds.at[i]] = min(best[seeds.at[i]], seeds.seconds[i])
    touched = with_ancestors(parent, seeds.at)
    for node in touched[::-1]:
        for arc in range(arc_first[node], arc_first[node + 1]):
            through = best[node] + rising_s[arc]
            if through < best[arc_head[arc]]:
                best[arc_head[arc]] = through
                came_by[arc_head[arc]] = arc
    return touched, best, came_by


@kernel
def shortest(from_: Seeds, to: Seeds, graph: Directed) -> tuple[np.float32, int, Int32, Int32]:
    """Return the seconds, the highest position, and the arcs climbed and descended, in the order of travel.

    The seconds are ``inf`` where there is no way.
    """
    touched, out_s, out_by = _climb(from_, graph.parent, graph.arc_first, graph.arc_head, graph.rising_s)
    _, back_s, back_by = _climb(to, graph.parent, graph.arc_first, graph.arc_head, graph.falling_s)
    least = np.float32(np.inf)
    top = NONE
    for node in touched[::-1]:
        if out_s[node] + back_s[node] < least:
            least = out_s[node] + back_s[node]
            top = node
    climbed, descended = _descent(top, out_by, graph.arc_first), _descent(top, back_by, graph.arc_first)
    return least, top, climbed[::-1].copy(), descended


@kernel
def _descent(top: int, came_by: Int32, arc_first: UInt32) -> Int32:
    """Follow the arcs by which a search came back down to its seed."""
    arcs = np.empty(came_by.size, np.int32)
    count = 0
    node = top
    while node != NONE and came_by[node] != NONE:
        arcs[count] = came_by[node]
        node = np.searchsorted(arc_first, came_by[node], side="right") - 1
        count += 1
    return arcs[:count].copy()


@kernel
def unpack(
    climbed: Int32, descended: Int32, made: CustomisationInput, up: Float32, down: Float32
) -> tuple[Int32, Bool]:
    """Return the street segments that arcs stand for, and of each whether it is run tail to head."""
    edges = [np.int32(0) for _ in range(0)]
    along = [True for _ in range(0)]
    todo = [(arc, False) for arc in descended[::-1]]
    for arc in climbed[::-1]:
        todo.append((arc, True))  # noqa: PERF401 - numba
    while len(todo) > 0:
        arc, rising = todo.pop()
        cost = up[arc] if rising else down[arc]
        found = False
        for i in range(made.segment_first[arc], made.segment_first[arc + 1]):
            edge = made.segment[i] >> 1
            tail_first = bool(made.segment[i] & 1) == rising
            if (made.forward_s[edge] if tail_first else made.backward_s[edge]) == cost:
                edges.append(edge)
                along.append(tail_first)
                found = True
                break
        i = made.triangle_first[arc]
        while not found:
            low, high = made.to_lower[i], made.to_upper[i]
            if rising and down[low] + up[high] == cost:
                todo.append((high, True))
                todo.append((low, False))
                found = True
            elif not rising and down[high] + up[low] == cost:
                todo.append((low, True))
                todo.append((high, False))
                found = True
            i += 1
    return np.array(edges, np.int32), np.array(along, np.bool_)
