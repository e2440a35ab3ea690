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

import numpy as np

from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.kernel import Arcs, Bool, Float32, Int32, Int64, kernel
from tesoma_geo.network.engine.lanes import LANES, fall, rise


@kernel
def with_ancestors(parent: Int32, at: Int32) -> Int32:
    """Return the positions ``at`` and all above them in the elimination tree, ascending."""
    seen = np.zeros(parent.size, np.bool_)
    found = np.empty(parent.size, np.int32)
    count = 0
    for start in at:
        node = start
        while node != NO_PARENT and not seen[node]:
            seen[node] = True
            found[count] = node
            count += 1
            node = parent[node]
    return np.sort(found[:count])


@kernel
def search(
    at: Int32,
    cost_s: Float32,
    parent: Int32,
    arcs: Arcs,
    rising_s: Float32,
    falling_s: Float32,
    order: Int32,
    seconds: Float32,
) -> None:
    """Fill ``seconds``, float32[n] by node, with the least time from seeds to all nodes.

    Parameters
    ----------
    at, cost_s : int32[k], float32[k]
        Positions of the seeds, and the seconds spent before them.
    parent : int32[n]
    arcs : (int32[n + 1], int32[arcs])
        First arc of each position, and the upper end of each arc.
    rising_s, falling_s : float32[arcs]
        Costs of the climb and of the descent.
    order : int32[n]
        The node at each position.
    """
    arc_first, arc_head = arcs
    best = np.full(parent.size, np.float32(np.inf), np.float32)
    for i in range(at.size):
        best[at[i]] = min(best[at[i]], cost_s[i])
    for node in with_ancestors(parent, at)[::-1]:
        for arc in range(arc_first[node], arc_first[node + 1]):
            best[arc_head[arc]] = min(best[arc_head[arc]], best[node] + rising_s[arc])
    for node in range(parent.size):
        least = best[node]
        for arc in range(arc_first[node], arc_first[node + 1]):
            least = min(least, best[arc_head[arc]] + falling_s[arc])
        best[node] = least
        seconds[order[node]] = least


@kernel
def climb(
    lanes: tuple[int, int],
    offsets: Int64,
    at: Int32,
    cost_s: Float32,
    parent: Int32,
    arcs: Arcs,
    rising_s: Float32,
    rows: Float32,
    started: Bool,
) -> Int32:
    """Climb from the seeds of up to ``LANES`` searches, one a lane.

    Sets the rows of ``rows``, float32[n, LANES], that belong to ancestors of the seeds, marks
    them in ``started`` and returns them, ascending.
    """
    arc_first, arc_head = arcs
    begin, end = offsets[lanes[0]], offsets[lanes[1]]
    touched = with_ancestors(parent, at[begin:end])
    for node in touched:
        started[node] = True
        rows[node] = np.float32(np.inf)
    for search in range(lanes[0], lanes[1]):
        lane = search - lanes[0]
        for i in range(offsets[search], offsets[search + 1]):
            rows[at[i], lane] = min(rows[at[i], lane], cost_s[i])
    for node in touched[::-1]:
        for arc in range(arc_first[node], arc_first[node + 1]):
            rise(rows, node, arc_head[arc], rising_s[arc])
    return touched


@kernel
def search_many(
    searches: tuple[int, int],
    offsets: Int64,
    at: Int32,
    cost_s: Float32,
    parent: Int32,
    arcs: Arcs,
    rising_s: Float32,
    falling_s: Float32,
    order: Int32,
    seconds: Float32,
) -> None:
    """Fill rows ``searches[0]`` to ``searches[1]`` of ``seconds``, float32[k, n] by search and node."""
    arc_first, arc_head = arcs
    n = parent.size
    rows = np.empty((n, LANES), np.float32)
    started = np.zeros(n, np.bool_)
    for first in range(searches[0], searches[1], LANES):
        last = min(first + LANES, searches[1])
        touched = climb((first, last), offsets, at, cost_s, parent, arcs, rising_s, rows, started)
        for node in range(n):
            fall(rows, node, started[node], arc_head, falling_s, arc_first[node], arc_first[node + 1])
        started[touched] = False
        for node in range(n):
            for lane in range(last - first):
                seconds[first + lane, order[node]] = rows[node, lane]


@kernel
def search_between(
    searches: tuple[int, int],
    offsets: Int64,
    at: Int32,
    cost_s: Float32,
    targets: tuple[Int64, Int32, Float32],
    parent: Int32,
    arcs: Arcs,
    rising_s: Float32,
    falling_s: Float32,
    seconds: Float32,
) -> None:
    """Fill rows of ``seconds``, float32[k, m], with the least time from each search to each target.

    ``targets`` are (offsets, positions, seconds from there to the target); the descent visits
    their ancestors only.
    """
    arc_first, arc_head = arcs
    target_offsets, target_at, target_s = targets
    n = parent.size
    rows = np.empty((n, LANES), np.float32)
    started = np.zeros(n, np.bool_)
    wanted = with_ancestors(parent, target_at)
    least = np.empty(LANES, np.float32)
    for first in range(searches[0], searches[1], LANES):
        last = min(first + LANES, searches[1])
        touched = climb((first, last), offsets, at, cost_s, parent, arcs, rising_s, rows, started)
        for node in wanted:
            fall(rows, node, started[node], arc_head, falling_s, arc_first[node], arc_first[node + 1])
        started[touched] = False
        for target in range(target_offsets.size - 1):
            least[:] = np.inf
            for i in range(target_offsets[target], target_offsets[target + 1]):
                for lane in range(LANES):
                    least[lane] = min(least[lane], rows[target_at[i], lane] + target_s[i])
            for lane in range(last - first):
                seconds[first + lane, target] = least[lane]
