"""Sums and nearest places within a cutoff, for all nodes at once.

Sixteen places that lie near one another are searched from together, and the descent
leaves out what none of them reaches: all upper neighbours of a whole subtree are upper
neighbours of its root, so where those are beyond the cutoff and no seed lies below, the
subtree is one run of positions to jump over. What is within the cutoff is weighed and
added as it is found; no matrix is ever made.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tesoma_geo._decay import STEP, DecayCurve
from tesoma_geo._decay_kernels import weight
from tesoma_geo._kernels import Bool, Float32, Float64, Int32, Int64, kernel
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES, relax_down, weighted_sum
from tesoma_geo.network.engine.sweep import Directed, climb


class Within(NamedTuple):
    """Room to search within a cutoff, and what one search found there.

    Attributes
    ----------
    cutoff_s : float32
    rows : float32[n, LANES]
        By position: the seconds of each search; valid where reached.
    started : bool[n]
        Positions that the climb touched.
    nearest_s : float32[n]
        The least of each row visited.
    reached : int32[n]
        Positions within the cutoff of any search, as many as :func:`_search` returns.
    """

    cutoff_s: np.float32
    rows: Float32
    started: Bool
    nearest_s: Float32
    reached: Int32


@kernel
def _room(n: int, cutoff_s: np.float32) -> Within:
    rows, nearest_s = np.empty((n, LANES), np.float32), np.empty(n, np.float32)
    return Within(cutoff_s, rows, np.zeros(n, np.bool_), nearest_s, np.empty(n, np.int32))


@kernel
def _search(first: int, last: int, seeds: SearchSeeds, graph: Directed, within: Within) -> int:
    """Search from the places ``first`` to ``last`` and return how many positions were reached."""
    cutoff_s, rows, started, nearest_s, reached = within
    touched = climb(first, last, seeds, graph, rows, started)
    count = 0
    node = 0
    while node < graph.parent.size:
        begin, end = graph.arc_first[node], graph.arc_first[node + 1]
        visited = started[node]
        arc = end - 1
        while not visited and arc >= begin:
            visited = nearest_s[graph.arc_head[arc]] <= cutoff_s
            arc -= 1
        if not visited:
            node = graph.end[node]
            continue
        nearest_s[node] = relax_down(rows, node, started[node], graph.arc_head, graph.falling_s, begin, end)
        reached[count] = node
        count += nearest_s[node] <= cutoff_s
        node += 1
    started[touched] = False
    return count


@kernel
def sum_within(
    batches: Int64,
    seeds: SearchSeeds,
    weights: Float64,
    cutoff_s: np.float32,
    decay: DecayCurve,
    graph: Directed,
    sums: Float64,
) -> None:
    """Add what each node has within the cutoff of the places in some batches.

    Parameters
    ----------
    batches : int64[b, 3]
        Portion, first place and one past the last of each batch.
    seeds : SearchSeeds
        The places.
    weights : float64[k]
        What there is at each place.
    cutoff_s : float32
        Seconds; a place this far away still counts.
    decay : DecayCurve
        What a place counts for by its seconds.
    graph : Directed
        Costs in the direction from the places to the nodes.
    sums : float64[portions, n]
        By position, added to in place.
    """
    within = _room(graph.parent.size, cutoff_s)
    here = np.empty(LANES)
    for portion, first, last in batches:
        here[: last - first] = weights[first:last]
        here[last - first :] = 0.0
        for node in within.reached[: _search(first, last, seeds, graph, within)]:
            if decay.kind == STEP:
                sums[portion, node] += weighted_sum(within.rows, node, cutoff_s, here)
                continue
            total = 0.0
            for place in range(first, last):
                seconds = within.rows[node, place - first]
                if seconds <= cutoff_s:
                    total += weights[place] * weight(seconds, decay)
            sums[portion, node] += total


@kernel
def total(sums: Float64, position: Int32) -> Float64:
    """Add up the sums of the portions.

    Parameters
    ----------
    sums : float64[portions, n]
        By position; the first row is changed.
    position : int32[n]
        The position of each node.

    Returns
    -------
    float64[n]
        By node.
    """
    for portion in sums[1:]:
        for at in range(position.size):
            sums[0, at] += portion[at]
    by_node: Float64 = sums[0][position]
    return by_node


@kernel
def nearest_within(
    batches: Int64,
    seeds: SearchSeeds,
    ids: Int64,
    cutoff_s: np.float32,
    graph: Directed,
    seconds: Float32,
    nearest: Int32,
) -> None:
    """Keep the nearest places of each node; of places equally near the lower id comes first.

    Parameters
    ----------
    batches : int64[b, 3]
        Portion, first place and one past the last of each batch.
    seeds : SearchSeeds
        The places.
    ids : int64[places]
        By what number each place is kept.
    cutoff_s : float32
        Seconds; a place this far away still counts.
    graph : Directed
        Costs in the direction from the places to the nodes.
    seconds : float32[portions, n, k]
        By position, ascending, changed in place; ``inf`` where no place is known.
    nearest : int32[portions, n, k]
        Ids in the same order, changed in place; -1 where no place is known.
    """
    within = _room(graph.parent.size, cutoff_s)
    for portion, first, last in batches:
        for node in within.reached[: _search(first, last, seeds, graph, within)]:
            for place in range(first, last):
                place_s = within.rows[node, place - first]
                if place_s <= cutoff_s:
                    _keep(seconds[portion, node], nearest[portion, node], place_s, ids[place])


@kernel
def merge_nearest(seconds: Float32, nearest: Int32, other_s: Float32, others: Int32) -> None:
    """Put the nearest places of one portion among those of another.

    Parameters
    ----------
    seconds, nearest : float32[n, k], int32[n, k]
        Seconds and ids by position as :func:`nearest_within` leaves them, changed in place.
    other_s, others : float32[n, k], int32[n, k]
        Those of the other portion.
    """
    for node in range(nearest.shape[0]):
        for i in range(others.shape[1]):
            if others[node, i] >= 0:
                _keep(seconds[node], nearest[node], other_s[node, i], others[node, i])


@kernel
def _keep(seconds: Float32, nearest: Int32, place_s: np.float32, place: int) -> None:
    """Put a place among the nearest so far, sorted by time and then by id, if it belongs there."""
    i = seconds.size
    while i > 0 and (place_s < seconds[i - 1] or (place_s == seconds[i - 1] and place < nearest[i - 1])):
        i -= 1
        if i + 1 < seconds.size:
            seconds[i + 1] = seconds[i]
            nearest[i + 1] = nearest[i]
    if i < seconds.size:
        seconds[i] = place_s
        nearest[i] = place
