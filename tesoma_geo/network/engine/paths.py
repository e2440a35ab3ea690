"""The way itself: which nodes and which street segments.

The search climbs from both ends; the ancestors of the two sets of seeds meet at the top of
the shortest path. Its arcs are then unpacked: an arc costs exactly, to the bit, what one of
its segments or one of its lower triangles costs, and the one that does is the way.
"""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Bool, Float32, Int32, UInt32, kernel
from tesoma_geo.network.engine.customise import CustomisationInput
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.sweep import Directed, with_ancestors

NONE = -1


@kernel
def _climb(
    seeds: SearchSeeds, touched: Int32, read: Int32, graph: Directed, rising_s: Float32
) -> tuple[Float32, Int32]:
    """Climb from seeds, which touches some positions; return the seconds, and the arc each was reached by.

    By position, valid at those that are touched and those that are read: the others, nearly all, are never written.
    """
    arc_first, arc_head = graph.arc_first, graph.arc_head
    best, came_by = np.empty(graph.parent.size, np.float32), np.empty(graph.parent.size, np.int32)
    for nodes in (touched, read):
        for node in nodes:
            best[node] = np.float32(np.inf)
            came_by[node] = NONE
    for i in range(seeds.at.size):
        best[seeds.at[i]] = min(best[seeds.at[i]], seeds.seconds[i])
    for node in touched[::-1]:
        for arc in range(arc_first[node], arc_first[node + 1]):
            through = best[node] + rising_s[arc]
            if through < best[arc_head[arc]]:
                best[arc_head[arc]] = through
                came_by[arc_head[arc]] = arc
    return best, came_by


@kernel
def shortest(from_: SearchSeeds, to: SearchSeeds, graph: Directed) -> tuple[np.float32, int, Int32, Int32]:
    """Return the shortest path from any of some seeds to any of others, as arcs of the hierarchy.

    Parameters
    ----------
    from_, to : SearchSeeds
        Where the path starts and ends.
    graph : Directed
        Costs in the direction of travel.

    Returns
    -------
    seconds : float32
        ``inf`` where there is no way.
    top : int
        The highest position on the path, ``NONE`` where there is no way.
    climbed, descended : int32[arcs]
        The arcs up to it and down from it, in the order of travel.
    """
    touched, others = with_ancestors(graph.parent, from_.at), with_ancestors(graph.parent, to.at)
    out_s, out_by = _climb(from_, touched, others, graph, graph.rising_s)
    back_s, back_by = _climb(to, others, touched, graph, graph.falling_s)
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
    climbed: Int32, descended: Int32, components: CustomisationInput, up: Float32, down: Float32
) -> tuple[Int32, Bool]:
    """Return the street segments that the arcs of a path stand for.

    Parameters
    ----------
    climbed, descended : int32[arcs]
        The path, from :func:`shortest`.
    components : CustomisationInput
        What the arcs are made of.
    up, down : float32[arcs]
        Seconds along each arc, from :func:`~tesoma_geo.network.engine.customise.customise`.

    Returns
    -------
    edges : int32[k]
        The segments in the order of travel.
    along : bool[k]
        Whether each is travelled from tail to head.
    """
    edges = [np.int32(0) for _ in range(0)]
    along = [True for _ in range(0)]
    todo = [(arc, False) for arc in descended[::-1]]
    for arc in climbed[::-1]:
        todo.append((arc, True))  # noqa: PERF401 - numba
    while len(todo) > 0:
        arc, rising = todo.pop()
        cost = up[arc] if rising else down[arc]
        resolved = False
        for i in range(components.segment_first[arc], components.segment_first[arc + 1]):
            edge = components.segment[i] >> 1
            tail_first = bool(components.segment[i] & 1) == rising
            if (components.forward_s[edge] if tail_first else components.backward_s[edge]) == cost:
                edges.append(edge)
                along.append(tail_first)
                resolved = True
                break
        i = components.triangle_first[arc]
        while not resolved:
            low, high = components.to_lower[i], components.to_upper[i]
            if rising and down[low] + up[high] == cost:
                todo.append((high, True))
                todo.append((low, False))
                resolved = True
            elif not rising and down[high] + up[low] == cost:
                todo.append((low, True))
                todo.append((high, False))
                resolved = True
            i += 1
    return np.array(edges, np.int32), np.array(along, np.bool_)


def without_loops(nodes: Int32, edges: Int32) -> tuple[Int32, Int32]:
    """Cut out of a path what leads back to where it was, as segments that cost nothing may.

    Parameters
    ----------
    nodes : int32[k + 1]
        In the order of travel.
    edges : int32[k]
        The street segments between them.

    Returns
    -------
    nodes, edges : int32[j + 1], int32[j]
        The same path with every node once.
    """
    if np.unique(nodes).size == nodes.size:
        return nodes, edges
    last = {node: i for i, node in enumerate(nodes.tolist())}
    kept = []
    i = 0
    while i < nodes.size:
        i = last[int(nodes[i])]
        kept.append(i)
        i += 1
    return nodes[kept], edges[kept[:-1]]
