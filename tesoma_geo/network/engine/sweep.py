"""Searches in a customised hierarchy: up from the seeds, then down over everything.

A shortest path climbs to its highest node and descends from there. The climb touches only
the ancestors of the seeds in the elimination tree; the descent is one pass over the
positions in memory order, as every node's upper neighbours stand before it. There is no
queue. A search towards the seeds is the same with the two directions of cost exchanged.

Delling, Goldberg, Nowatzyk and Werneck, *PHAST: Hardware-Accelerated Shortest Path Trees*,
IPDPS 2011. Delling, Goldberg and Werneck, *Faster Batched Shortest Paths in Road Networks*
(RPHAST), ATMOS 2011.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Bool, Float32, Int32, Int64, UInt32, kernel
from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES, relax_down, relax_up

SCAN_RATHER_FROM = 32  # one position in so many: looking at every position is then quicker than sorting the found


class Directed(NamedTuple):
    """A contracted graph with costs, as a search in one direction sees it.

    Arcs are unsigned: numba then leaves out the test for indices that count from the end,
    which takes a quarter off a sweep.

    Attributes
    ----------
    parent, end : int32[n]
        By position: that of the parent in the elimination tree, and one past its subtree.
    arc_first : uint32[n + 1]
        Where the arcs from each position to its upper neighbours begin.
    arc_head : uint32[arcs]
        The position of each arc's upper end.
    rising_s, falling_s : float32[arcs]
        Costs of the climb and of the descent.
    """

    parent: Int32
    end: Int32
    arc_first: UInt32
    arc_head: UInt32
    rising_s: Float32
    falling_s: Float32

    @classmethod
    def of(cls, hierarchy: Hierarchy, up: Float32, down: Float32, reverse: bool) -> Directed:
        """A hierarchy with costs in one direction.

        Parameters
        ----------
        hierarchy : Hierarchy
        up, down : float32[arcs]
            Seconds along each arc from its lower to its upper end, and back.
        reverse : bool
            Whether trips lead to the places that are searched from.

        Returns
        -------
        Directed
        """
        h, costs = hierarchy, (down, up) if reverse else (up, down)
        return cls(h.parent, h.end, h.arc_first.view(np.uint32), h.arc_head.view(np.uint32), *costs)


@kernel
def with_ancestors(parent: Int32, at: Int32) -> Int32:
    """Return positions and all above them in the elimination tree.

    Parameters
    ----------
    parent : int32[n]
        By position: the position of the parent, ``NO_PARENT`` at a root.
    at : int32[k]
        Positions, in any order; they may repeat.

    Returns
    -------
    int32[a]
        Each position once, ascending.
    """
    seen = np.zeros(parent.size, np.bool_)
    ancestors = np.empty(parent.size, np.int32)
    count = 0
    for start in at:
        node = start
        while node != NO_PARENT and not seen[node]:
            seen[node] = True
            ancestors[count] = node
            count += 1
            node = parent[node]
    if count * SCAN_RATHER_FROM < parent.size:
        return np.sort(ancestors[:count])
    return np.flatnonzero(seen).astype(np.int32)


@kernel
def search(seeds: SearchSeeds, graph: Directed, order: Int32, seconds: Float32) -> None:
    """Find the least time from any of the seeds to all nodes.

    Parameters
    ----------
    seeds : SearchSeeds
        Where the search starts; its places are not told apart.
    graph : Directed
        Costs in the direction of the search.
    order : int32[n]
        The node at each position.
    seconds : float32[n]
        By node, filled; ``inf`` where there is no way.
    """
    parent, arc_first, arc_head = graph.parent, graph.arc_first, graph.arc_head
    rising_s, falling_s = graph.rising_s, graph.falling_s
    best = np.full(parent.size, np.float32(np.inf), np.float32)
    for i in range(seeds.at.size):
        best[seeds.at[i]] = min(best[seeds.at[i]], seeds.seconds[i])
    for node in with_ancestors(parent, seeds.at)[::-1]:
        for arc in range(arc_first[node], arc_first[node + 1]):
            best[arc_head[arc]] = min(best[arc_head[arc]], best[node] + rising_s[arc])
    begin = 0
    for node in range(parent.size):
        least = best[node]
        end = arc_first[node + 1]
        if end > begin:  # most nodes have two arcs: a loop would cost more than the arcs
            one_way, other_way = best[arc_head[begin]] + falling_s[begin], best[arc_head[end - 1]] + falling_s[end - 1]
            least = one_way if one_way < least else least
            least = other_way if other_way < least else least
            for arc in range(begin + 1, end - 1):
                through = best[arc_head[arc]] + falling_s[arc]
                least = through if through < least else least
            begin = end
        best[node] = least
        seconds[order[node]] = least


@kernel
def climb(first: int, last: int, seeds: SearchSeeds, graph: Directed, rows: Float32, started: Bool) -> Int32:
    """Climb from a batch of places, one a lane.

    Parameters
    ----------
    first, last : int
        The first place, and one past the last; ``LANES`` of them at most.
    seeds : SearchSeeds
        All places.
    graph : Directed
        Costs in the direction of the search.
    rows : float32[n, LANES]
        By position, in seconds; the rows that belong to ancestors of the seeds are set.
    started : bool[n]
        The same positions are marked in it.

    Returns
    -------
    int32[a]
        These positions, ascending.
    """
    touched = with_ancestors(graph.parent, seeds.at[seeds.offsets[first] : seeds.offsets[last]])
    for node in touched:
        started[node] = True
        rows[node] = np.float32(np.inf)
    for place in range(first, last):
        for i in range(seeds.offsets[place], seeds.offsets[place + 1]):
            node = seeds.at[i]
            rows[node, place - first] = min(rows[node, place - first], seeds.seconds[i])
    for node in touched[::-1]:
        for arc in range(graph.arc_first[node], graph.arc_first[node + 1]):
            relax_up(rows, node, graph.arc_head[arc], graph.rising_s[arc])
    return touched


@kernel
def descend(nodes: Int32, graph: Directed, rows: Float32, started: Bool) -> None:
    """Descend over positions after a climb.

    Parameters
    ----------
    nodes : int32[k]
        Positions, ascending, with all ancestors of each.
    graph : Directed
        Costs in the direction of the search.
    rows : float32[n, LANES]
        By position, in seconds; the rows of ``nodes`` are set.
    started : bool[n]
        Positions that the climb has set.
    """
    arc_first = graph.arc_first
    for node in nodes:
        relax_down(rows, node, started[node], graph.arc_head, graph.falling_s, arc_first[node], arc_first[node + 1])


@kernel
def search_many(batches: Int64, seeds: SearchSeeds, graph: Directed, position: Int32, seconds: Float32) -> None:
    """Find the least time from each place of some batches to all nodes.

    Parameters
    ----------
    batches : int64[b, 3]
        Portion, first place and one past the last of each batch.
    seeds : SearchSeeds
        All places.
    graph : Directed
        Costs in the direction of the search.
    position : int32[n]
        The position of each node.
    seconds : float32[k, n]
        By place and node; the rows of the batches' places are filled.
    """
    n = graph.parent.size
    rows = np.empty((n, LANES), np.float32)
    started = np.zeros(n, np.bool_)
    every = np.arange(n, dtype=np.int32)
    for _, first, last in batches:
        touched = climb(first, last, seeds, graph, rows, started)
        descend(every, graph, rows, started)
        started[touched] = False
        for block in range(0, n, LANES):  # square blocks: whole cache lines are read and written
            for place in range(first, last):
                for node in range(block, min(block + LANES, n)):
                    seconds[place, node] = rows[position[node], place - first]
