"""Which nodes hang together, and which lead to which: over arcs in one direction, or over streets in both."""

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Bool, Int32, kernel


class Arcs(NamedTuple):
    """Arcs by the node that they begin at.

    Attributes
    ----------
    first
        Where the arcs of each node begin in ``to``, shape (n + 1,).
    to
        The node that each arc leads to, shape (arcs,).
    """

    first: Int32
    to: Int32


@kernel
def arcs_of(start: Int32, end: Int32, n_nodes: int) -> Arcs:
    """Arcs, sorted by their beginning.

    Parameters
    ----------
    start, end
        Nodes of each arc, shape (arcs,).
    n_nodes
        Number of nodes.

    Returns
    -------
    Arcs
        Those of one node in the order in which they were given.
    """
    first, to = np.zeros(n_nodes + 1, np.int32), np.empty(start.size, np.int32)
    for node in start:
        first[node + 1] += 1
    for node in range(n_nodes):
        first[node + 1] += first[node]
    at = first.copy()
    for arc in range(start.size):
        to[at[start[arc]]] = end[arc]
        at[start[arc]] += 1
    return Arcs(first, to)


@kernel
def strong_pieces(arcs: Arcs) -> Int32:
    """Pieces within which every node leads to every other.

    Tarjan, *Depth-first search and linear graph algorithms*, SIAM Journal on Computing 1 (1972).

    Parameters
    ----------
    arcs
        Of all nodes.

    Returns
    -------
    int32 array of shape (n,)
        The number of each node's piece, from 0.
    """
    n = arcs.first.size - 1
    number, lowest = np.full(n, -1, np.int32), np.empty(n, np.int32)
    piece, at = np.full(n, -1, np.int32), arcs.first[:-1].copy()
    open_, path = np.empty(n, np.int32), np.empty(n, np.int32)
    n_open = met = pieces = 0
    for root in range(n):
        if number[root] >= 0:
            continue
        path[0], on_path = root, 1
        number[root] = lowest[root] = met
        open_[n_open] = root
        n_open += 1
        met += 1
        while on_path > 0:
            node = path[on_path - 1]
            if at[node] < arcs.first[node + 1]:
                other = arcs.to[at[node]]
                at[node] += 1
                if number[other] < 0:
                    number[other] = lowest[other] = met
                    open_[n_open], path[on_path] = other, other
                    n_open += 1
                    on_path += 1
                    met += 1
                elif piece[other] < 0:
                    lowest[node] = min(lowest[node], number[other])
                continue
            on_path -= 1
            if on_path > 0:
                lowest[path[on_path - 1]] = min(lowest[path[on_path - 1]], lowest[node])
            if lowest[node] == number[node]:  # all that is open from here on is one piece
                while piece[node] < 0:
                    n_open -= 1
                    piece[open_[n_open]] = pieces
                pieces += 1
    return piece


@kernel
def reached(arcs: Arcs, begin: Bool) -> Bool:
    """What some nodes lead to, themselves among it.

    Parameters
    ----------
    arcs
        Of all nodes.
    begin
        Those nodes, shape (n,).

    Returns
    -------
    bool array of shape (n,)
    """
    found, left = begin.copy(), np.empty(begin.size, np.int32)
    count = 0
    for node in range(begin.size):
        if begin[node]:
            left[count] = node
            count += 1
    while count > 0:
        count -= 1
        node = left[count]
        for at in range(arcs.first[node], arcs.first[node + 1]):
            other = arcs.to[at]
            if not found[other]:
                found[other] = True
                left[count] = other
                count += 1
    return found


@kernel
def pieces_of(tail: Int32, head: Int32, n_nodes: int) -> Int32:
    """Pieces that hang together by streets, whatever their directions.

    Parameters
    ----------
    tail, head
        Nodes at the ends of each street, shape (m,).
    n_nodes
        Number of nodes.

    Returns
    -------
    int32 array of shape (n_nodes,)
        The number of each node's piece, from 0 in the order of their first nodes.
    """
    above = np.arange(n_nodes).astype(np.int32)  # the first node of what is known to hang together, or nearer to it
    for street in range(tail.size):
        one, other = tail[street], head[street]
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        while above[other] != other:
            above[other] = above[above[other]]
            other = above[other]
        above[max(one, other)] = min(one, other)
    piece, pieces = np.empty(n_nodes, np.int32), 0
    for node in range(n_nodes):
        if above[node] == node:
            piece[node] = pieces
            pieces += 1
        else:
            piece[node] = piece[above[node]]
    return piece
