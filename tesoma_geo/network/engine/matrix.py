"""Seconds from each of many places to each of many targets, in the part of the graph that the two need (RPHAST)."""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Float32, Int32, Int64, kernel
from tesoma_geo.network.engine.part import nothing, with_more
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES, relax_down
from tesoma_geo.network.engine.sweep import Directed, climb, descend
from tesoma_geo.network.engine.threads import batches, run


def seconds_between(searched: SearchSeeds, targets: SearchSeeds, graph: Directed, by_target: bool) -> Float32:
    """Return the least time from each place to each target.

    Parameters
    ----------
    searched : SearchSeeds
        The k places that are searched from.
    targets : SearchSeeds
        The m places that are searched for.
    graph : Directed
        Costs in the direction of the search.
    by_target : bool
        Targets as rows; places otherwise.

    Returns
    -------
    float32[m, k] or float32[k, m]
        ``inf`` where there is no way.
    """
    searched, places = searched.sorted()
    number = np.full(graph.parent.size, -1, np.int32)
    part = with_more(nothing(), graph, targets.at, number)
    above = np.arange(part.parent.size, dtype=np.int32)
    part = with_more(part, graph, searched.at, number)
    searched, targets = (seeds._replace(at=number[seeds.at]) for seeds in (searched, targets))
    seconds = np.empty((targets.places, places.size) if by_target else (places.size, targets.places), np.float32)

    def search(share: Int64) -> None:
        _search(share, searched, targets, above, part, places, by_target, seconds)

    def put_back(share: Int64) -> None:
        _put_back(share, places, seconds)

    run(search, batches(searched.places, summed=False))
    if by_target:
        run(put_back, batches(targets.places, summed=False))
    return seconds


@kernel
def _search(
    batches: Int64,
    seeds: SearchSeeds,
    targets: SearchSeeds,
    above: Int32,
    graph: Directed,
    places: Int64,
    by_target: bool,
    seconds: Float32,
) -> None:
    """Fill the rows of the batches' places, or if by target their columns, which are still in the order of searches.

    The descent visits the targets' seeds and their ancestors only, which are ``above``; a target is one node more,
    below its seeds.
    """
    n, m = graph.parent.size, targets.offsets.size - 1
    rows, started = np.empty((n + m, LANES), np.float32), np.zeros(n, np.bool_)
    for _, first, last in batches:
        touched = climb(first, last, seeds, graph, rows, started)
        descend(above, graph, rows, started)
        started[touched] = False
        for target in range(m):
            i, stop = targets.offsets[target], targets.offsets[target + 1]
            relax_down(rows, n + target, False, targets.at, targets.seconds, i, stop)
        if by_target:
            for target in range(m):
                for lane in range(last - first):
                    seconds[target, first + lane] = rows[n + target, lane]
            continue
        for block in range(0, m, LANES):  # square blocks: whole cache lines are read and written
            for lane in range(last - first):
                for target in range(block, min(block + LANES, m)):
                    seconds[places[first + lane], target] = rows[n + target, lane]


@kernel
def _put_back(targets: Int64, places: Int64, seconds: Float32) -> None:
    """Put the columns of some batches of targets, which are in the order of searches, where their places belong."""
    searched = np.empty(places.size, np.float32)
    for _, first, last in targets:
        for target in range(first, last):
            searched[:] = seconds[target]
            for i in range(places.size):
                seconds[target, places[i]] = searched[i]
