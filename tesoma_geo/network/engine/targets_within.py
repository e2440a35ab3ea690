"""Which targets each of many places reaches within a cutoff: a matrix of which only the near part is ever made.

As in :mod:`tesoma_geo.network.engine.bounded` sixteen places that lie near one another are searched from together
and whole subtrees beyond the cutoff are jumped over; as in a matrix the descent visits the ancestors of the targets
only.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from tesoma_geo._kernels import Float32, Int32, Int64, kernel
from tesoma_geo.network.engine.checks import checked_cutoff
from tesoma_geo.network.engine.costs import CustomisedCosts
from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES, relax_down
from tesoma_geo.network.engine.sweep import Directed, climb, with_ancestors
from tesoma_geo.network.engine.threads import batches, run

Number = TypeVar("Number", bound=np.generic)


class Near(NamedTuple):
    """The targets near each place, in CSR form.

    Attributes
    ----------
    first : int64[k + 1]
        Where those of each place begin.
    target : int32[pairs]
        Ascending within a place.
    seconds : float32[pairs]
    """

    first: Int64
    target: Int32
    seconds: Float32


def targets_within(
    costs: CustomisedCosts,
    places: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    targets: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    cutoff_s: float,
    reverse: bool = False,
) -> Near:
    """The targets that each place reaches within a cutoff, or is reached from.

    What is told of a place does not depend on the other places, and is to the bit what
    :meth:`CustomisedCosts.matrix` tells if it searches from the places.

    Parameters
    ----------
    costs : CustomisedCosts
        The network.
    places, targets
        ``offsets``, ``nodes`` and ``seconds`` of their seeds, as for :meth:`CustomisedCosts.times_many`.
    cutoff_s : float
        Seconds; a target this far away still counts.
    reverse : bool
        Seconds from the targets to the places instead.

    Returns
    -------
    Near

    Raises
    ------
    InputError
        When the cutoff is not above 0, or the places are wrong, as for :meth:`CustomisedCosts.times_many`.
    """
    h, cutoff = costs.hierarchy, checked_cutoff(cutoff_s)
    seeds, which = SearchSeeds.checked(h.position, *places).sorted()
    ends = SearchSeeds.checked(h.position, *targets)
    kept = with_ancestors(h.parent, np.concatenate([seeds.at, ends.at]))
    graph = _part(Directed.of(h, costs.up, costs.down, reverse), kept)
    seeds, ends = (some._replace(at=np.searchsorted(kept, some.at).astype(np.int32)) for some in (seeds, ends))
    wanted = with_ancestors(graph.parent, ends.at)
    after = np.searchsorted(wanted, graph.end[wanted])
    parts_of_shares: list[tuple[Int64, Int32, Float32]] = []

    def work(share: Int64) -> None:
        parts_of_shares.append(_search(share, seeds, ends, cutoff, graph, wanted, after))

    run(work, batches(seeds.places))
    place, target, seconds = (np.concatenate(parts) for parts in zip(*parts_of_shares, strict=True))
    return _by_place(which[place], target, seconds, seeds.places)


@kernel
def _part(graph: Directed, kept: Int32) -> Directed:
    """The part of a graph at some positions, ascending and with all ancestors of each: rows of it lie side by side."""
    n, count = graph.parent.size, kept.size
    place = np.empty(n, np.int32)
    for i in range(count):
        place[kept[i]] = i
    parent, end = np.empty(count, np.int32), np.searchsorted(kept, graph.end[kept]).astype(np.int32)
    arc_first = np.zeros(count + 1, np.uint32)
    for i in range(count):
        node = kept[i]
        parent[i] = NO_PARENT if graph.parent[node] == NO_PARENT else place[graph.parent[node]]
        arc_first[i + 1] = arc_first[i] + graph.arc_first[node + 1] - graph.arc_first[node]
    arcs = arc_first[count]
    head, rising_s, falling_s = np.empty(arcs, np.uint32), np.empty(arcs, np.float32), np.empty(arcs, np.float32)
    to = 0
    for node in kept:
        for arc in range(graph.arc_first[node], graph.arc_first[node + 1]):
            head[to] = place[graph.arc_head[arc]]
            rising_s[to], falling_s[to] = graph.rising_s[arc], graph.falling_s[arc]
            to += 1
    return Directed(parent, end, arc_first, head, rising_s, falling_s)


@kernel
def _search(
    batches: Int64,
    seeds: SearchSeeds,
    targets: SearchSeeds,
    cutoff_s: np.float32,
    graph: Directed,
    wanted: Int32,
    after: Int64,
) -> tuple[Int64, Int32, Float32]:
    """Place, target and seconds of what is found from some batches, the targets of each place ascending.

    ``wanted`` are the targets' seeds and their ancestors, ascending, ``after`` one past the subtree of each in it.
    """
    n, m = graph.parent.size, targets.offsets.size - 1
    rows, nearest_s = np.empty((n, LANES), np.float32), np.empty(n, np.float32)
    started, visited = np.zeros(n, np.bool_), np.zeros(n, np.int32)
    count, room = 0, 1024
    place, target, seconds = np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.float32)
    for batch in range(len(batches)):
        _, first, last = batches[batch]
        touched = climb(first, last, seeds, graph, rows, started)
        at = 0
        while at < wanted.size:
            node = wanted[at]
            begin, end = graph.arc_first[node], graph.arc_first[node + 1]
            near = started[node]
            arc = end - 1
            while not near and arc >= begin:
                near = nearest_s[graph.arc_head[arc]] <= cutoff_s  # visited: it is an ancestor
                arc -= 1
            if not near:
                at = after[at]
                continue
            nearest_s[node] = relax_down(rows, node, started[node], graph.arc_head, graph.falling_s, begin, end)
            visited[node] = batch + 1
            at += 1
        started[touched] = False
        for to in range(m):
            begin, end = targets.offsets[to], targets.offsets[to + 1]
            near = False
            for seed in range(begin, end):
                node = targets.at[seed]
                near |= visited[node] == batch + 1 and nearest_s[node] + targets.seconds[seed] <= cutoff_s
            if not near:
                continue
            if count + LANES > room:
                place, target, seconds = _doubled(place), _doubled(target), _doubled(seconds)
                room *= 2
            for lane in range(last - first):
                least_s = np.float32(np.inf)
                for seed in range(begin, end):
                    if visited[targets.at[seed]] == batch + 1:
                        least_s = min(least_s, rows[targets.at[seed], lane] + targets.seconds[seed])
                if least_s <= cutoff_s:
                    place[count], target[count], seconds[count] = first + lane, to, least_s
                    count += 1
    return place[:count], target[:count], seconds[:count]


@kernel
def _doubled(numbers: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The same numbers with room for as many more."""
    longer = np.empty(2 * numbers.size, numbers.dtype)
    longer[: numbers.size] = numbers
    return longer


@kernel
def _by_place(place: Int64, target: Int32, seconds: Float32, places: int) -> Near:
    """Pairs in the order of their places, those of each place in the order given."""
    first = np.zeros(places + 1, np.int64)
    for i in range(place.size):
        first[place[i] + 1] += 1
    first = np.cumsum(first)
    free, ordered, ordered_s = first.copy(), np.empty_like(target), np.empty_like(seconds)
    for i in range(place.size):
        ordered[free[place[i]]], ordered_s[free[place[i]]] = target[i], seconds[i]
        free[place[i]] += 1
    return Near(first, ordered, ordered_s)
