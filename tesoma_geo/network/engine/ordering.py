"""In which order to contract the nodes of a street network.

Most nodes of OpenStreetMap streets only bend a line. Rounds of independent nodes with
at most two neighbours come first: they take away dead-end trees and chains, and leave
the core of junctions. The core is ordered by nested dissection: a small separator goes
last, then each of the two sides is ordered in the same way.

George, *Nested Dissection of a Regular Finite Element Mesh*, 1973.
Dibbelt, Strasser and Wagner, *Customizable Contraction Hierarchies*, JEA 2016.
"""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Bool, Float64, Int32, kernel
from tesoma_geo.network.engine.inertial_flow import separate
from tesoma_geo.network.engine.sorting import sort_run

WORTH_A_ROUND = 0.001  # of the nodes; fewer are left to nested dissection


@kernel
def adjacency(n_nodes: int, tail: Int32, head: Int32) -> tuple[Int32, Int32]:
    """Return the simple undirected graph as sorted adjacency lists.

    Self-loops and repeated segments are left out.

    Parameters
    ----------
    n_nodes : int
    tail, head : int32[m]
        Ends of the segments, as node indices.

    Returns
    -------
    first : int32[n_nodes + 1]
        Where the neighbours of each node begin.
    neighbour : int32[2 * edges]
        Ascending within a node.
    """
    start = np.zeros(n_nodes + 2, np.int64)
    for i in range(tail.size):
        if tail[i] != head[i]:
            start[tail[i] + 2] += 1
            start[head[i] + 2] += 1
    start = np.cumsum(start)
    listed = np.empty(start[-1], np.int32)
    for i in range(tail.size):
        if tail[i] != head[i]:
            listed[start[tail[i] + 1]] = head[i]
            start[tail[i] + 1] += 1
            listed[start[head[i] + 1]] = tail[i]
            start[head[i] + 1] += 1
    first = np.zeros(n_nodes + 1, np.int32)
    filled = 0
    for node in range(n_nodes):
        begin = start[node]
        sort_run(listed, begin, start[node + 1])
        last = -1
        for i in range(begin, start[node + 1]):
            if listed[i] != last:
                last = listed[i]
                listed[filled] = last
                filled += 1
        first[node + 1] = filled
    return first, listed[:filled].copy()


@kernel
def _contract_round(
    first: Int32, neighbour: Int32, alive: Bool, contracted: Int32, new_tail: Int32, new_head: Int32
) -> tuple[int, int]:
    """Pick alive nodes with at most two neighbours, no two of them adjacent.

    Returns how many were picked into ``contracted`` and how many edges replace them.
    """
    blocked = np.zeros(alive.size, np.bool_)
    picked = 0
    added = 0
    for node in range(alive.size):
        begin, end = first[node], first[node + 1]
        if not alive[node] or blocked[node] or end - begin > 2:
            continue
        contracted[picked] = node
        picked += 1
        for i in range(begin, end):
            blocked[neighbour[i]] = True
        if end - begin == 2:
            new_tail[added] = neighbour[begin]
            new_head[added] = neighbour[begin + 1]
            added += 1
    return picked, added


@kernel
def _nested_dissection(members: Int32, first: Int32, neighbour: Int32, x: Float64, y: Float64) -> None:
    """Reorder ``members`` so that separators stand behind what they separate."""
    slot_of = np.full(x.size, -1, np.int32)
    for slot in range(members.size):
        slot_of[members[slot]] = slot
    held = members.copy()
    todo = [(0, members.size)]
    while len(todo) > 0:
        lo, hi = todo.pop()
        if hi - lo <= 2:
            continue
        held[lo:hi] = members[lo:hi]
        local_first, local_neighbour = _subgraph(held[lo:hi], lo, slot_of, first, neighbour)
        side = separate(local_first, local_neighbour, x[held[lo:hi]], y[held[lo:hi]])
        filled = lo
        for which in range(3):
            begin = filled
            for slot in range(lo, hi):
                if side[slot - lo] == which:
                    members[filled] = held[slot]
                    slot_of[held[slot]] = filled
                    filled += 1
            if which < 2:
                todo.append((begin, filled))


@kernel
def _subgraph(nodes: Int32, lo: int, slot_of: Int32, first: Int32, neighbour: Int32) -> tuple[Int32, Int32]:
    """Adjacency lists among ``nodes``, which stand in the slots from ``lo`` on."""
    local_first = np.zeros(nodes.size + 1, np.int32)
    size = 0
    for node in nodes:
        size += first[node + 1] - first[node]
    local_neighbour = np.empty(size, np.int32)
    filled = 0
    for i in range(nodes.size):
        for j in range(first[nodes[i]], first[nodes[i] + 1]):
            other = slot_of[neighbour[j]] - lo
            if 0 <= other < nodes.size:
                local_neighbour[filled] = other
                filled += 1
        local_first[i + 1] = filled
    return local_first, local_neighbour[:filled]


def contraction_order(
    n_nodes: int,
    tail: Int32,
    head: Int32,
    x: Float64,
    y: Float64,
) -> Int32:
    """Return the nodes in the order in which they are to be contracted.

    Parameters
    ----------
    n_nodes : int
    tail, head : int32[m]
        Ends of the segments, as node indices.
    x, y : float64[n_nodes]
        Metric coordinates.

    Returns
    -------
    int32[n_nodes]
        Dead ends and chains first, the largest separator last.
    """
    alive = np.ones(n_nodes, np.bool_)
    order = []
    while True:
        first, neighbour = adjacency(n_nodes, tail, head)
        contracted = np.empty(n_nodes, np.int32)
        new_tail, new_head = np.empty(n_nodes, np.int32), np.empty(n_nodes, np.int32)
        picked, added = _contract_round(first, neighbour, alive, contracted, new_tail, new_head)
        if picked <= n_nodes * WORTH_A_ROUND:
            break
        order.append(contracted[:picked])
        alive[contracted[:picked]] = False
        source = np.repeat(np.arange(n_nodes, dtype=np.int32), np.diff(first))
        kept = (source < neighbour) & alive[source] & alive[neighbour]
        tail = np.concatenate([source[kept], new_tail[:added]])
        head = np.concatenate([neighbour[kept], new_head[:added]])
    core = np.flatnonzero(alive).astype(np.int32)
    _nested_dissection(core, first, neighbour, x, y)
    return np.concatenate([*order, core]).astype(np.int32)
