"""Ways within a limit between many places and many targets: what a matrix would tell, without the rest of it."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.engine.targets_within import Near, Targets, prepared_targets, targets_within
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions, ways_on_one_edge

#: A limit of nothing at all; cutoffs are above 0.
LEAST_S = 1e-6


@dataclass(frozen=True, eq=False)
class WaysTo:
    """Targets whose side of a search is done, to be asked for from one place or many, again and again.

    Attributes
    ----------
    router
        The streets.
    targets
        Their side of the search.
    at, target
        Every position of the targets, and whose it is, shape (k,).
    count
        How many targets there are.
    reverse
        Whether the ways lead from the targets to the places.
    """

    router: StreetSearch
    targets: Targets
    at: Positions
    target: NDArray[np.int64]
    count: int
    reverse: bool

    @classmethod
    def of(cls, router: StreetSearch, targets: Positions, *, reverse: bool = False) -> Self:
        """Do the targets' side of a search.

        Parameters
        ----------
        router
            The streets.
        targets
            Where they meet the streets.
        reverse
            Ask for the ways from the targets to the places instead.

        Returns
        -------
        WaysTo
            Ready to be asked.
        """
        seeds = prepared_targets(router.engine.costs, router.seeds_of(targets, reverse=not reverse), reverse)
        target = np.concatenate([np.flatnonzero(one.found) for one in targets.each()])
        return cls(router, seeds, targets.flat(), target, len(targets.edge), reverse)

    def within(self, places: Positions, limit_s: float) -> Near:
        """The targets that each place reaches within a limit, or is reached from.

        Parameters
        ----------
        places
            Where they meet the streets; those that are nowhere reach nothing.
        limit_s
            Most seconds of a way, ``terminal_s`` among them.

        Returns
        -------
        Near
            Targets by place, ascending, with the seconds that :meth:`StreetSearch.times_between` tells.
        """
        router, count = self.router, max(1, self.count)
        reached = targets_within(self.targets, router.seeds_of(places, reverse=self.reverse), max(limit_s, LEAST_S))
        key: NDArray[np.int64] = np.repeat(np.arange(len(places.edge)), np.diff(reached.first)) * count + reached.target
        seconds = reached.seconds
        costs_s = router.costs.forward_s, router.costs.backward_s
        for here in places.each():
            ends = (self.at, here) if self.reverse else (here, self.at)
            row, column, along_s = ways_on_one_edge(*ends, costs_s, router.profile.foot_speed_ms)
            place, at = (column, row) if self.reverse else (row, column)
            key, seconds = _shortened(key, seconds, place * count + self.target[at], along_s)
        seconds = seconds + np.float32(router.profile.terminal_s)
        kept = seconds <= limit_s
        key, seconds = key[kept], seconds[kept]
        first = np.searchsorted(key, np.arange(len(places.edge) + 1) * count)
        return Near(first.astype(np.int64), (key % count).astype(np.int32), seconds)


def _shortened(
    key: NDArray[np.int64], seconds: NDArray[np.float32], other: NDArray[np.int64], other_s: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Pairs by ascending key, with other ones where these are new or take less."""
    if not len(other):
        return key, seconds
    order = np.lexsort((other_s, other))
    other, other_s = other[order], other_s[order]
    least = np.r_[True, other[1:] != other[:-1]]
    other, other_s = other[least], other_s[least]
    at = np.searchsorted(key, other)
    known = at < len(key)
    known[known] = key[at[known]] == other[known]
    seconds = seconds.copy()
    seconds[at[known]] = np.minimum(seconds[at[known]], other_s[known])
    return np.insert(key, at[~known], other[~known]), np.insert(seconds, at[~known], other_s[~known])
