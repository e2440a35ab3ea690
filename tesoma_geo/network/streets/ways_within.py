"""Ways within a limit between many places and many targets: what a matrix would tell, without the rest of it."""

import numpy as np

from tesoma_geo.network.engine.targets_within import Near, targets_within
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions, ways_on_one_edge

#: A limit of nothing at all; cutoffs are above 0.
LEAST_S = 1e-6


def ways_within(
    router: StreetSearch, places: Positions, targets: Positions, limit_s: float, *, reverse: bool = False
) -> Near:
    """The targets that each place reaches within a limit, or is reached from.

    Parameters
    ----------
    router
        The streets.
    places, targets
        Where they meet the streets; those that are nowhere reach nothing.
    limit_s
        Most seconds of a way, ``terminal_s`` among them.
    reverse
        Ask for the ways from the targets to the places instead.

    Returns
    -------
    Near
        Targets by place, ascending, with the seconds that :meth:`StreetSearch.times_between` tells.
    """
    seeds = router.seeds_of(places, reverse=reverse), router.seeds_of(targets, reverse=not reverse)
    reached = targets_within(router.engine.costs, *seeds, max(limit_s, LEAST_S), reverse)
    count = max(1, len(targets.edge))
    key = np.repeat(np.arange(len(places.edge)), np.diff(reached.first)) * count + reached.target
    seconds = reached.seconds
    costs_s = router.costs.forward_s, router.costs.backward_s
    for here in places.each():
        for there in targets.each():
            ends = (there, here) if reverse else (here, there)
            row, column, along_s = ways_on_one_edge(*ends, costs_s, router.profile.foot_speed_ms)
            place, target = (column, row) if reverse else (row, column)
            key, seconds = _shortened(key, seconds, place * count + target, along_s)
    seconds = seconds + np.float32(router.profile.terminal_s)
    kept = seconds <= limit_s
    key, seconds = key[kept], seconds[kept]
    first = np.searchsorted(key, np.arange(len(places.edge) + 1) * count)
    return Near(first.astype(np.int64), (key % count).astype(np.int32), seconds)


def _shortened(
    key: np.ndarray, seconds: np.ndarray, other: np.ndarray, other_s: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pairs by ascending key, with other ones where these are new or take less."""
    if not len(other):
        return key, seconds
    order = np.argsort(other)
    other, other_s = other[order], other_s[order]
    at = np.searchsorted(key, other)
    known = at < len(key)
    known[known] = key[at[known]] == other[known]
    seconds = seconds.copy()
    seconds[at[known]] = np.minimum(seconds[at[known]], other_s[known])
    return np.insert(key, at[~known], other[~known]), np.insert(seconds, at[~known], other_s[~known])
