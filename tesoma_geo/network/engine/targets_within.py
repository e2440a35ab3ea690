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
from tesoma_geo.network.engine.part import nothing, with_more
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES, relax_down
from tesoma_geo.network.engine.sweep import Directed, climb
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


class TargetSeeds(NamedTuple):
    """The seeds of targets by the node of a graph that they are at, in CSR form.

    Attributes
    ----------
    first : int64[nodes + 1]
        Where those at each node begin.
    target : int32[k]
        Whose each is.
    seconds : float32[k]
        Between node and target.
    """

    first: Int64
    target: Int32
    seconds: Float32


class Targets(NamedTuple):
    """Targets ready to be searched for from places, as often as wanted; see :func:`prepared_targets`.

    Attributes
    ----------
    targets : int
        How many there are.
    ends : TargetSeeds
        Where searches end.
    graph : Directed
        The part of the network above the targets: they and all their ancestors.
    place : int32[n]
        By position: its number in ``graph``, -1 where it is not in it.
    whole : Directed
        The whole network.
    position : int32[n]
        The position of each node.
    """

    targets: int
    ends: TargetSeeds
    graph: Directed
    place: Int32
    whole: Directed
    position: Int32


def prepared_targets(
    costs: CustomisedCosts, targets: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike], reverse: bool = False
) -> Targets:
    """What of a search does not depend on the places that are searched from.

    Parameters
    ----------
    costs : CustomisedCosts
        The network.
    targets
        ``offsets``, ``nodes`` and ``seconds`` of their seeds, as for :meth:`CustomisedCosts.times_many`.
    reverse : bool
        Whether trips lead from the targets to the places.

    Returns
    -------
    Targets

    Raises
    ------
    InputError
        When the targets are wrong, as for :meth:`CustomisedCosts.times_many`.
    """
    h = costs.hierarchy
    seeds, whole = SearchSeeds.checked(h.position, *targets), Directed.of(h, costs.up, costs.down, reverse)
    place = np.full(h.parent.size, -1, np.int32)
    graph = with_more(nothing(), whole, seeds.at, place)
    at = place[seeds.at]
    order = np.argsort(at, kind="stable")
    target = np.repeat(np.arange(seeds.places, dtype=np.int32), np.diff(seeds.offsets))[order]
    ends = TargetSeeds(np.searchsorted(at[order], np.arange(graph.parent.size + 1)), target, seeds.seconds[order])
    return Targets(seeds.places, ends, graph, place, whole, h.position)


def targets_within(
    targets: Targets, places: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike], cutoff_s: float
) -> Near:
    """The targets that each place reaches within a cutoff, or is reached from.

    What is told of a place does not depend on the other places, and is to the bit what
    :meth:`CustomisedCosts.matrix` tells if it searches from the places.

    Parameters
    ----------
    targets : Targets
        Of :func:`prepared_targets`.
    places
        ``offsets``, ``nodes`` and ``seconds`` of their seeds, as for :meth:`CustomisedCosts.times_many`.
    cutoff_s : float
        Seconds; a target this far away still counts.

    Returns
    -------
    Near

    Raises
    ------
    InputError
        When the cutoff is not above 0, or the places are wrong, as for :meth:`CustomisedCosts.times_many`.
    """
    cutoff, number = checked_cutoff(cutoff_s), targets.place.copy()
    seeds, which = SearchSeeds.checked(targets.position, *places).sorted()
    graph = with_more(targets.graph, targets.whole, seeds.at, number)
    seeds, after = seeds._replace(at=number[seeds.at]), targets.graph.end
    parts_of_shares: list[tuple[Int64, Int32, Float32]] = []

    def work(share: Int64) -> None:
        parts_of_shares.append(_search(share, seeds, targets.ends, targets.targets, cutoff, graph, after))

    run(work, batches(seeds.places))
    place, target, seconds = (np.concatenate(parts) for parts in zip(*parts_of_shares, strict=True))
    return _by_place(which[place], target, seconds, seeds.places)


@kernel
def _search(
    batches: Int64,
    seeds: SearchSeeds,
    ends: TargetSeeds,
    targets: int,
    cutoff_s: np.float32,
    graph: Directed,
    after: Int32,
) -> tuple[Int64, Int32, Float32]:
    """Place, target and seconds of what is found from some batches, the targets of each place ascending.

    The first nodes of the graph are the targets' seeds and their ancestors, ascending; ``after`` is one past the
    subtree of each.
    """
    n = graph.parent.size
    rows, nearest_s = np.empty((n, LANES), np.float32), np.empty(n, np.float32)
    started, found = np.zeros(n, np.bool_), np.zeros(targets, np.bool_)
    best_s, near_by = np.empty((targets, LANES), np.float32), np.empty(targets, np.int32)
    count, room = 0, 1024
    place, target, seconds = np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.float32)
    for batch in range(len(batches)):
        _, first, last = batches[batch]
        touched = climb(first, last, seeds, graph, rows, started)
        node, some = 0, 0
        while node < after.size:
            begin, end = graph.arc_first[node], graph.arc_first[node + 1]
            near = started[node]
            arc = end - 1
            while not near and arc >= begin:
                near = nearest_s[graph.arc_head[arc]] <= cutoff_s  # visited: it is an ancestor
                arc -= 1
            if not near:
                node = after[node]
                continue
            nearest_s[node] = relax_down(rows, node, started[node], graph.arc_head, graph.falling_s, begin, end)
            for seed in range(ends.first[node], ends.first[node + 1]):
                if nearest_s[node] + ends.seconds[seed] > cutoff_s:
                    continue
                to = ends.target[seed]
                if not found[to]:
                    found[to], near_by[some], best_s[to] = True, to, np.float32(np.inf)
                    some += 1
                for lane in range(LANES):
                    via_s = rows[node, lane] + ends.seconds[seed]
                    best_s[to, lane] = via_s if via_s < best_s[to, lane] else best_s[to, lane]
            node += 1
        started[touched] = False
        for to in np.sort(near_by[:some]):
            found[to] = False
            if count + LANES > room:
                place, target, seconds = _doubled(place), _doubled(target), _doubled(seconds)
                room *= 2
            for lane in range(last - first):
                if best_s[to, lane] <= cutoff_s:
                    place[count], target[count], seconds[count] = first + lane, to, best_s[to, lane]
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
