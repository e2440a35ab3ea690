"""The part of a contracted graph that some searches need: its positions close together, in fewer pages of memory.

The restricted graph of Delling, Goldberg and Werneck, *Faster Batched Shortest Paths in Road Networks* (RPHAST), ATMOS
2011.
"""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Int32, kernel
from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.sweep import Directed, with_ancestors


def nothing() -> Directed:
    """A part without positions, to begin with.

    Returns
    -------
    Directed
    """
    none, no_arc, no_s = np.empty(0, np.int32), np.empty(0, np.uint32), np.empty(0, np.float32)
    return Directed(none, none, np.zeros(1, np.uint32), no_arc, no_s, no_s)


@kernel
def with_more(part: Directed, whole: Directed, at: Int32, place: Int32) -> Directed:
    """A part of a graph with some more positions and all their ancestors behind it, ascending.

    Nothing of the part may lie below what is added: so whoever goes through the numbers downwards comes to each before
    its ancestors.

    Parameters
    ----------
    part : Directed
        What there is already.
    whole : Directed
        The graph that it is a part of.
    at : int32[k]
        Positions in the whole, in any order; they may repeat.
    place : int32[n]
        The number of each position in the part, -1 where it is not in it; completed.

    Returns
    -------
    Directed
    """
    before = part.parent.size
    every = with_ancestors(whole.parent, at)
    added = every[place[every] == -1]
    count, arcs = added.size, part.arc_head.size
    for i in range(count):
        place[added[i]] = before + i
        arcs += whole.arc_first[added[i] + 1] - whole.arc_first[added[i]]
    parent, end = np.empty(before + count, np.int32), np.arange(1, before + count + 1).astype(np.int32)
    arc_first = np.empty(before + count + 1, np.uint32)
    head, rising_s, falling_s = np.empty(arcs, np.uint32), np.empty(arcs, np.float32), np.empty(arcs, np.float32)
    parent[:before], end[:before], arc_first[: before + 1] = part.parent, part.end, part.arc_first
    to = part.arc_head.size
    head[:to], rising_s[:to], falling_s[:to] = part.arc_head, part.rising_s, part.falling_s
    for i in range(count):
        node = added[i]
        parent[before + i] = NO_PARENT if whole.parent[node] == NO_PARENT else place[whole.parent[node]]
        for arc in range(whole.arc_first[node], whole.arc_first[node + 1]):
            head[to] = place[whole.arc_head[arc]]
            rising_s[to], falling_s[to] = whole.rising_s[arc], whole.falling_s[arc]
            to += 1
        arc_first[before + i + 1] = to
    for number in range(before + count - 1, before - 1, -1):  # a subtree ends where its last branch does
        if parent[number] >= before:
            end[parent[number]] = max(end[parent[number]], end[number])
    return Directed(parent, end, arc_first, head, rising_s, falling_s)
