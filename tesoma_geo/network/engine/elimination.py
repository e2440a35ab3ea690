"""The chordal graph that contraction leaves, and the tree in which its arcs lie.

Contracting a node joins all its neighbours that are still there. The graph with these
shortcuts depends on the order alone, not on costs, so it is made once. Its elimination
tree hangs every node below the first of its upper neighbours to be contracted; all upper
neighbours of a node are among its ancestors, and that is what every search relies on.

Nodes are numbered by their *position* in a walk of the tree from the roots down (each
node before its subtree): upper neighbours have smaller positions, a subtree is one run
of positions, and what is near on the map is near in memory.

Liu, *The Role of Elimination Trees in Sparse Factorization*, 1990.
Dibbelt, Strasser and Wagner, *Customizable Contraction Hierarchies*, JEA 2016.
"""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Int32, kernel
from tesoma_geo.network.engine.sorting import sort_run

NO_PARENT = -1


@kernel
def tree_positions(order: Int32, first: Int32, neighbour: Int32) -> tuple[Int32, Int32, Int32]:
    """Walk the elimination tree of a contraction order.

    Parameters
    ----------
    order : int32[n]
        The nodes as they are contracted, first to last.
    first, neighbour : int32[n + 1], int32[arcs]
        The undirected graph as adjacency lists.

    Returns
    -------
    position : int32[n]
        By node: its place in the walk.
    parent : int32[n]
        By position: the position of the parent, ``NO_PARENT`` at a root.
    end : int32[n]
        By position: one past the last position of the subtree.
    """
    n = order.size
    rank = np.empty(n, np.int32)
    for r in range(n):
        rank[order[r]] = r
    parent_rank = np.full(n, NO_PARENT, np.int32)
    top = np.full(n, NO_PARENT, np.int32)  # towards the root of the tree so far, paths compressed
    for r in range(n):
        for i in range(first[order[r]], first[order[r] + 1]):
            at = rank[neighbour[i]]
            if at > r:
                continue
            while top[at] != NO_PARENT and top[at] != r:
                top[at], at = r, top[at]
            if top[at] == NO_PARENT and at != r:
                top[at] = r
                parent_rank[at] = r
    size = np.ones(n, np.int32)
    for r in range(n):
        if parent_rank[r] != NO_PARENT:
            size[parent_rank[r]] += size[r]
    position = np.empty(n, np.int32)
    parent = np.empty(n, np.int32)
    end = np.empty(n, np.int32)
    free = np.empty(n, np.int32)  # by rank: the next position not yet given within the subtree
    free_root = 0
    for r in range(n - 1, -1, -1):
        up = parent_rank[r]
        if up == NO_PARENT:
            at = free_root
            free_root += size[r]
            parent[at] = NO_PARENT
        else:
            at = free[up]
            free[up] += size[r]
            parent[at] = position[order[up]]
        position[order[r]] = at
        end[at] = at + size[r]
        free[r] = at + 1
    return position, parent, end


@kernel
def upward_arcs(position: Int32, end: Int32, first: Int32, neighbour: Int32) -> tuple[Int32, Int32]:
    """Return the upper neighbours of every position in the contracted graph.

    Parameters
    ----------
    position, end : int32[n]
        Position by node and end of the subtree by position, from :func:`tree_positions`.
    first, neighbour : int32[n + 1], int32[neighbours]
        The undirected graph as adjacency lists of nodes.

    Returns
    -------
    arc_first : int32[n + 1]
        Where the arcs of each position begin.
    arc_head : int32[arcs]
        The upper end of each arc, ascending within a position: the parent comes last.
    """
    n = position.size
    node_at = np.empty(n, np.int32)
    for node in range(n):
        node_at[position[node]] = node
    begin = np.empty(n + 1, np.int64)  # arcs are found bottom up, so the store is filled backwards
    store = np.empty(4 * n + 16, np.int32)
    free = store.size
    seen = np.full(n, -1, np.int32)
    upper = np.empty(n, np.int32)
    begin[n] = 0
    for at in range(n - 1, -1, -1):
        count = 0
        node = node_at[at]
        for i in range(first[node], first[node + 1]):
            up = position[neighbour[i]]
            if up < at:
                seen[up] = at
                upper[count] = up
                count += 1
        child = at + 1
        while child < end[at]:
            for i in range(store.size - begin[child], store.size - begin[child + 1]):
                up = store[i]
                if up < at and seen[up] != at:
                    seen[up] = at
                    upper[count] = up
                    count += 1
            child = end[child]
        if free < count:
            larger = np.empty(2 * store.size + count, np.int32)
            larger[larger.size - (store.size - free) :] = store[free:]
            free += larger.size - store.size
            store = larger
        free -= count
        store[free : free + count] = upper[:count]
        sort_run(store, free, free + count)
        begin[at] = store.size - free
    arc_first = np.empty(n + 1, np.int32)
    for at in range(n + 1):
        arc_first[at] = begin[0] - begin[at]
    return arc_first, store[free:].copy()


@kernel
def find_arc(arc_first: Int32, arc_head: Int32, lower: int, upper: int) -> int:
    """Return the arc between two positions, which must exist.

    Parameters
    ----------
    arc_first, arc_head : int32[n + 1], int32[arcs]
        The arcs, from :func:`upward_arcs`.
    lower, upper : int
        Positions of its ends.

    Returns
    -------
    int
        The index of the arc.
    """
    lo: int = arc_first[lower]
    hi: int = arc_first[lower + 1]
    while lo < hi:
        middle = (lo + hi) >> 1
        if arc_head[middle] < upper:
            lo = middle + 1
        else:
            hi = middle
    return lo


@kernel
def lower_triangles(arc_first: Int32, arc_head: Int32) -> tuple[Int32, Int32, Int32]:
    """List, for every arc, the pairs of arcs that a lower node closes to a triangle with it.

    Parameters
    ----------
    arc_first, arc_head : int32[n + 1], int32[arcs]
        The arcs, from :func:`upward_arcs`.

    Returns
    -------
    triangle_first : int32[arcs + 1]
        Where the triangles of each arc begin.
    to_lower, to_upper : int32[triangles]
        The arcs from the node below to the lower and to the upper end of the arc.
    """
    arcs = arc_head.size
    triangle_first = np.zeros(arcs + 2, np.int64)
    to_lower = np.empty(0, np.int32)
    to_upper = np.empty(0, np.int32)
    for filling in range(2):
        for at in range(arc_first.size - 1):
            begin = arc_first[at]
            for low in range(begin + 1, arc_first[at + 1]):
                lower = arc_head[low]
                closed = arc_first[lower]
                for high in range(begin, low):
                    while arc_head[closed] < arc_head[high]:
                        closed += 1
                    if filling:
                        triangle = triangle_first[closed + 1]
                        to_lower[triangle] = low
                        to_upper[triangle] = high
                        triangle_first[closed + 1] += 1
                    else:
                        triangle_first[closed + 2] += 1
        if not filling:
            triangle_first = np.cumsum(triangle_first)
            to_lower = np.empty(triangle_first[-1], np.int32)
            to_upper = np.empty(triangle_first[-1], np.int32)
    return triangle_first[: arcs + 1].astype(np.int32), to_lower, to_upper


@kernel
def segments_by_arc(
    tail: Int32, head: Int32, position: Int32, arc_first: Int32, arc_head: Int32
) -> tuple[Int32, Int32]:
    """List, for every arc, the street segments between its ends; self-loops are left out.

    A segment is written as twice its index, plus one where its tail is the lower end.

    Parameters
    ----------
    tail, head : int32[m]
        Nodes at the ends of the street segments.
    position : int32[n]
        Position by node.
    arc_first, arc_head : int32[n + 1], int32[arcs]
        The arcs, from :func:`upward_arcs`.

    Returns
    -------
    segment_first : int32[arcs + 1]
        Where the segments of each arc begin.
    segment : int32[segments]
        Ascending within an arc.
    """
    arc_of = np.full(tail.size, -1, np.int32)
    start = np.zeros(arc_head.size + 2, np.int32)
    for i in range(tail.size):
        a, b = position[tail[i]], position[head[i]]
        if a != b:
            arc_of[i] = find_arc(arc_first, arc_head, max(a, b), min(a, b))
            start[arc_of[i] + 2] += 1
    for arc in range(arc_head.size):
        start[arc + 2] += start[arc + 1]
    segment = np.empty(start[-1], np.int32)
    for i in range(tail.size):
        if arc_of[i] >= 0:
            segment[start[arc_of[i] + 1]] = 2 * i + (position[tail[i]] > position[head[i]])
            start[arc_of[i] + 1] += 1
    return start[:-1].copy(), segment
