"""Small balanced node separators by inertial flow.

To cut a graph in two, sort its nodes along a line, let the first quarter be the sources
and the last quarter the sinks, and take a minimum node cut between them: streets are
nearly planar, so a straight line through a town finds its rivers and railways. Several
lines are tried, and the smallest cut wins.

The cut is a maximum flow with capacity one at every node. A node is two states, *in*
(``2 * node``) and *out* (``2 * node + 1``), and the unit of flow through it is remembered
as the node before and the node after. Paths are found depth first, onward along the line
before back; a phase visits every state at most once, and the phase that finds no path has
visited just what the sources reach, which is the cut.

Schild and Sommer, *On Balanced Separators in Road Networks*, SEA 2015.
Ford and Fulkerson, *Maximal Flow Through a Network*, 1956.
"""

from __future__ import annotations

import math

import numpy as np

from tesoma_geo._kernels import Bool, Float64, Int8, Int32, Int64, kernel

NONE = -1  # no flow through this node, or no such arc
SOURCE = -2  # flow enters here
SINK = -3  # flow leaves here
DIRECTIONS = 4  # lines tried, evenly turned over the half circle
TERMINAL_SHARE = 0.25  # of the nodes are sources, and as many sinks


@kernel
def _augment(path: Int32, length: int, before: Int32, after: Int32) -> None:
    """Send one unit along the states of ``path``, the last of which reaches a sink."""
    before[path[0] >> 1] = SOURCE
    for i in range(length - 1):
        a, b = path[i], path[i + 1]
        if a & 1 and a >> 1 == b >> 1:  # the flow through this node is undone
            before[a >> 1] = NONE
            after[a >> 1] = NONE
        elif a & 1:
            after[a >> 1] = b >> 1
            before[b >> 1] = a >> 1
    after[path[length - 1] >> 1] = SINK


@kernel
def _phase(
    first: Int32,
    neighbour: Int32,
    ranked: Int64,
    along: Int32,
    terminals: int,
    before: Int32,
    after: Int32,
    visited: Bool,
    cursor: Int32,
    path: Int32,
    allowed: int,
) -> int:
    """Send flow along paths whose states were not seen in this phase; return how many were found."""
    n = along.size
    visited[:] = False
    cursor[:] = first[:n]
    flow = 0
    for source in ranked[:terminals]:
        if flow == allowed:
            break
        length = 0
        target = 2 * source
        while True:
            if target != NONE and not visited[target]:
                visited[target] = True
                path[length] = target
                length += 1
            if length == 0:
                break
            state = path[length - 1]
            node = state >> 1
            if state & 1 == 0:  # in: pass through a free node, or push the flow that came here back
                target = state + 1 if before[node] == NONE else 2 * before[node] + 1
                if before[node] == SOURCE or visited[target]:
                    target = NONE
                    length -= 1
                continue
            if along[node] >= n - terminals:
                _augment(path, length, before, after)
                flow += 1
                break
            target = NONE
            while target == NONE and cursor[node] < first[node + 1]:
                other = neighbour[cursor[node]]
                cursor[node] += 1
                if not visited[2 * other] and after[node] != other:
                    target = 2 * other
            if target == NONE:  # at last, undo the flow through this node
                if before[node] != NONE and not visited[state - 1]:
                    target = state - 1
                else:
                    length -= 1
    return flow


@kernel
def _sort_neighbours(first: Int32, neighbour: Int32, along: Int32) -> None:
    """Put the neighbours that lie farthest along the line first."""
    for node in range(along.size):
        for i in range(first[node] + 1, first[node + 1]):
            moved = neighbour[i]
            j = i
            while j > first[node] and along[neighbour[j - 1]] < along[moved]:
                neighbour[j] = neighbour[j - 1]
                j -= 1
            neighbour[j] = moved


@kernel
def separate(first: Int32, neighbour: Int32, x: Float64, y: Float64) -> Int8:
    """Split a graph by a small set of nodes.

    Parameters
    ----------
    first, neighbour : int32[n + 1], int32[arcs]
        The undirected graph as adjacency lists, two nodes or more. The lists are reordered.
    x, y : float64[n]
        Coordinates in a metric system.

    Returns
    -------
    int8[n]
        0 on one side of the separator, 1 on the other, 2 in it.
    """
    n = x.size
    terminals = max(1, int(n * TERMINAL_SHARE))
    along, before, after = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    visited, cursor, path = np.empty(2 * n, np.bool_), np.empty(n, np.int32), np.empty(2 * n, np.int32)
    side = np.empty(n, np.int8)
    smallest, best_balance = n + 1, -1
    for direction in range(DIRECTIONS):
        angle = math.pi * direction / DIRECTIONS
        ranked = np.argsort(x * math.cos(angle) + y * math.sin(angle), kind="mergesort")
        along[ranked] = np.arange(n)
        _sort_neighbours(first, neighbour, along)
        before[:] = NONE
        after[:] = NONE
        flow = 0
        sent = 1
        while sent > 0 and flow <= smallest:
            sent = _phase(
                first, neighbour, ranked, along, terminals, before, after, visited, cursor, path, smallest + 1 - flow
            )
            flow += sent
        if flow > smallest:
            continue
        reached = 0
        for node in range(n):
            reached += visited[2 * node + 1]
        balance = min(reached, n - flow - reached)
        if flow < smallest or balance > best_balance:
            smallest, best_balance = flow, balance
            for node in range(n):
                side[node] = 0 if visited[2 * node + 1] else 2 if visited[2 * node] else 1
    return side
