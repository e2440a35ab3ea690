"""The way itself: which nodes and which street segments.

The search climbs from both ends; the ancestors of the two sets of seeds meet at the top of
the shortest path. Its arcs are then unpacked: an arc costs exactly, to the bit, what one of
its segments or one of its lower triangles costs, and the one that does is the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from tesoma_geo._kernels import Bool, Float32, Int32, UInt32, kernel
from tesoma_geo.network.engine.customise import CustomisationInput
from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.sweep import Directed, with_ancestors

NONE = -1


@dataclass(frozen=True, eq=False)
class Path:
    """A way through the network.

    Attributes
    ----------
    seconds : float
        ``inf`` where there is no way, and then no node.
    nodes : int32[k + 1]
    edges : int32[k]
        The street segments between the nodes.
    """

    seconds: float
    nodes: Int32
    edges: Int32

    @classmethod
    def of(
        cls,
        hierarchy: Hierarchy,
        components: CustomisationInput,
        costs_s: tuple[Float32, Float32],
        seconds: np.float32,
        top: int,
        climbed: Int32,
        descended: Int32,
    ) -> Self:
        """The path that arcs of a hierarchy stand for.

        Parameters
        ----------
        hierarchy : Hierarchy
        components : CustomisationInput
            What the arcs are made of.
        costs_s : float32[arcs], float32[arcs]
            Seconds up and down along each arc.
        seconds, top, climbed, descended
            As :func:`shortest` tells them.

        Returns
        -------
        Path
        """
        if np.isinf(seconds):
            return cls(float(seconds), np.empty(0, np.int32), np.empty(0, np.int32))
        edges, along = unpack(climbed, descended, components, *costs_s)
        if not edges.size:
            return cls(float(seconds), hierarchy.order[[top]], edges)
        tail, head = hierarchy.tail[edges], hierarchy.head[edges]
        start, end = np.where(along, tail, head), np.where(along, head, tail)
        return cls(float(seconds), *without_loops(np.append(start, end[-1]), edges))


@kernel
def _forget(nodes: Int32, best: Float32, came_by: Int32) -> None:
    """Let no way lead to some positions."""
    for node in nodes:
        best[node] = np.float32(np.inf)
        came_by[node] = NONE


@kernel
def _climb(
    at: Int32, seconds: Float32, touched: Int32, graph: Directed, rising_s: Float32, best: Float32, came_by: Int32
) -> None:
    """Climb from seeds, which touches some positions: the seconds there, and the arc each was reached by."""
    for i in range(at.size):
        best[at[i]] = min(best[at[i]], seconds[i])
    for node in touched[::-1]:
        for arc in range(graph.arc_first[node], graph.arc_first[node + 1]):
            through = best[node] + rising_s[arc]
            if through < best[graph.arc_head[arc]]:
                best[graph.arc_head[arc]] = through
                came_by[graph.arc_head[arc]] = arc


@kernel
def _met(
    touched: Int32, out_s: Float32, out_by: Int32, back_s: Float32, back_by: Int32, arc_first: UInt32
) -> tuple[np.float32, int, Int32, Int32]:
    """Return where the climbs from both ends meet best, as :func:`shortest` does."""
    least = np.float32(np.inf)
    top = NONE
    for node in touched[::-1]:
        if out_s[node] + back_s[node] < least:
            least = out_s[node] + back_s[node]
            top = node
    climbed, descended = _descent(top, out_by, arc_first), _descent(top, back_by, arc_first)
    return least, top, climbed[::-1].copy(), descended


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
    n = graph.parent.size  # valid at those that are touched: the others, nearly all, are never written
    out_s, out_by, back_s, back_by = (
        np.empty(n, np.float32), np.empty(n, np.int32), np.empty(n, np.float32), np.empty(n, np.int32)
    )  # fmt: skip
    _forget(touched, out_s, out_by)
    _forget(touched, back_s, back_by)
    _forget(others, back_s, back_by)
    _climb(from_.at, from_.seconds, touched, graph, graph.rising_s, out_s, out_by)
    _climb(to.at, to.seconds, others, graph, graph.falling_s, back_s, back_by)
    return _met(touched, out_s, out_by, back_s, back_by, graph.arc_first)


class Climbs(NamedTuple):
    """What searches from many places to one share: the climb from the end, and room for those from the places.

    Attributes
    ----------
    back_s, back_by
        By position: seconds to the end, ``inf`` where the climb does not come, and the arc towards it.
    out_s, out_by
        The same from a place, valid at its ancestors alone.
    marked
        By position the number of the last place whose ancestor it is.
    """

    back_s: Float32
    back_by: Int32
    out_s: Float32
    out_by: Int32
    marked: Int32


@kernel
def climbs_to(to: SearchSeeds, graph: Directed) -> Climbs:
    """Climb from the end of many paths.

    Parameters
    ----------
    to : SearchSeeds
        Where all of them end.
    graph : Directed
        Costs in the direction of travel.

    Returns
    -------
    Climbs
    """
    n = graph.parent.size
    back_s, back_by = np.full(n, np.float32(np.inf)), np.full(n, np.int32(NONE))
    _climb(to.at, to.seconds, with_ancestors(graph.parent, to.at), graph, graph.falling_s, back_s, back_by)
    return Climbs(back_s, back_by, np.empty(n, np.float32), np.empty(n, np.int32), np.full(n, np.int32(NONE)))


@kernel
def shortest_of(
    from_: SearchSeeds, number: int, climbs: Climbs, graph: Directed
) -> tuple[np.float32, int, Int32, Int32]:
    """Return the shortest path from one of many places, as :func:`shortest` does.

    Parameters
    ----------
    from_ : SearchSeeds
        All places.
    number : int
        Which of them; each is asked for once.
    climbs : Climbs
        From the end; room in it is written to.
    graph : Directed
        Costs in the direction of travel.

    Returns
    -------
    seconds, top, climbed, descended
        As of :func:`shortest`.
    """
    first, end = from_.offsets[number], from_.offsets[number + 1]
    ancestors = [np.int32(0) for _ in range(0)]
    for start in from_.at[first:end]:
        node = start
        while node != NO_PARENT and climbs.marked[node] != number:
            climbs.marked[node] = number
            ancestors.append(node)
            node = graph.parent[node]
    touched = np.sort(np.array(ancestors, np.int32))
    _forget(touched, climbs.out_s, climbs.out_by)
    _climb(from_.at[first:end], from_.seconds[first:end], touched, graph, graph.rising_s, climbs.out_s, climbs.out_by)
    return _met(touched, climbs.out_s, climbs.out_by, climbs.back_s, climbs.back_by, graph.arc_first)


@kernel
def _descent(top: int, came_by: Int32, arc_first: UInt32) -> Int32:
    """Follow the arcs by which a search came back down to its seed."""
    arcs = [np.int32(0) for _ in range(0)]
    node = top
    while node != NONE and came_by[node] != NONE:
        arcs.append(came_by[node])
        node = np.searchsorted(arc_first, came_by[node], side="right") - 1
    return np.array(arcs, np.int32)


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
    ordered = np.sort(nodes)
    if not (ordered[1:] == ordered[:-1]).any():
        return nodes, edges
    last = {node: i for i, node in enumerate(nodes.tolist())}
    kept = []
    i = 0
    while i < nodes.size:
        i = last[int(nodes[i])]
        kept.append(i)
        i += 1
    return nodes[kept], edges[kept[:-1]]
