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
    return np.sort(ancestors[:count])


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


@kernel
def search_between(batches: Int64, seeds: SearchSeeds, targets: SearchSeeds, graph: Directed, seconds: Float32) -> None:
    """Find the least time from each place of some batches to each target.

    The descent visits the ancestors of the targets only; a target is one node more, below its seeds.

    Parameters
    ----------
    batches : int64[b, 3]
        Portion, first place and one past the last of each batch.
    seeds : SearchSeeds
        All places that are searched from.
    targets : SearchSeeds
        The m places that are searched for.
    graph : Directed
        Costs in the direction of the search.
    seconds : float32[all batches, m, LANES]
        These batches are filled.
    """
    n, m = graph.parent.size, targets.offsets.size - 1
    rows = np.empty((n + m, LANES), np.float32)
    started = np.zeros(n, np.bool_)
    wanted = with_ancestors(graph.parent, targets.at)
    for _, first, last in batches:
        touched = climb(first, last, seeds, graph, rows, started)
        descend(wanted, graph, rows, started)
        started[touched] = False
        for target in range(m):
            i, stop = targets.offsets[target], targets.offsets[target + 1]
            relax_down(rows, n + target, False, targets.at, targets.seconds, i, stop)
        seconds[first // LANES] = rows[n:]


@kernel
def unbatched(batches: Float32, places: Int64, by_target: bool) -> Float32:
    """Put the seconds of batches together in one matrix.

    Parameters
    ----------
    batches : float32[batches, m, LANES]
        Seconds by batch, target and lane, from :func:`search_between`.
    places : int64[k]
        Which place each search was.
    by_target : bool
        Targets as rows; places otherwise.

    Returns
    -------
    float32[m, k] or float32[k, m]
    """
    m = batches.shape[1]
    seconds = np.empty((m, places.size) if by_target else (places.size, m), np.float32)
    for target in range(m):
        for i in range(places.size):
            travel_s = batches[i // LANES, target, i % LANES]
            if by_target:
                seconds[target, places[i]] = travel_s
            else:
                seconds[places[i], target] = travel_s
    return seconds
