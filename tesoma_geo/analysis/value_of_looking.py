"""How much narrower an interval would be if somebody looked at one unknown thing of the map, or at several.

From draws of what the map lacks: the variance of a figure that one street's drawn tags explain (the first-order index
of Sobol 1993, *Sensitivity estimates for nonlinear mathematical models*). All draws together tell which streets are
worth a closer look; each of these is then held at every outcome that it had while all others are drawn as they were,
so that streets that do not matter come out at 0 and not at what chance leaves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tesoma_geo._arrays import Bool, Float64, Int64, UInt64
from tesoma_geo.analysis.hub_figures import width
from tesoma_geo.analysis.street_draws import StreetDraws
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.unknown_tags import TagDraws

#: How slow a closed street counts as in the first ranking, as a multiplier of its seconds. An assumption.
CLOSED = 4.0
#: A street is held at so many of its outcomes at most; alike ones are taken together.
OUTCOMES = 5
#: Runs that are drawn while one street is held, and while many are.
INNER, INNER_OF_MANY = 64, 256
#: So many walks are played.
WALKS = 24
#: So many runs are asked at once.
AT_ONCE = 1536

Figure = Callable[[StreetDraws], Float64]


@dataclass(frozen=True, eq=False)
class Looking:
    """Draws of what the map lacks, and a figure of them.

    Attributes
    ----------
    draws
        The streets with all their draws of tags; nothing else is drawn.
    tags
        These draws.
    seed
        What they are drawn from.
    figure
        What is asked of draws: a value a run.
    values
        The figure of every run, shape (runs,).
    streets
        Keys of the streets with something unknown that changes their seconds in some run, shape (k,).
    slowness
        What their unknown tags multiply their seconds by, on average of their length, shape (runs, k).
    """

    draws: StreetDraws
    tags: TagDraws
    seed: int
    figure: Figure
    values: Float64
    streets: UInt64
    slowness: Float64

    @classmethod
    def of(cls, draws: StreetDraws, tags: TagDraws, seed: int, figure: Figure) -> "Looking":
        """Ask the figure of every run, and find the streets that differ between runs.

        Parameters
        ----------
        draws, tags, seed, figure
            As the attributes.

        Returns
        -------
        Looking
        """
        from scipy.sparse import csr_matrix

        network, factors = draws.router.network, draws.router.profile.factors
        lacks, length_m = lacking(draws, tags), np.bincount(network.way, network.length_m, len(network.ways))
        at = np.flatnonzero(lacks)
        streets, of = np.unique(tags.model.street[at], return_inverse=True)
        weights = csr_matrix((length_m[at], (of, np.arange(len(at)))), shape=(len(streets), len(at)))
        total = np.maximum(np.asarray(weights.sum(axis=1)).ravel(), 1e-9)
        runs, parts = len(draws.slower), []
        for first in range(0, runs, AT_ONCE // 8):
            of_way = tags.multiplier(slice(first, min(first + AT_ONCE // 8, runs)), network.ways_now, factors)
            drawn = np.minimum(of_way[:, at], CLOSED)
            parts.append((weights @ drawn.T).T / total)
        slowness = np.concatenate(parts) if len(at) else np.zeros((runs, 0))
        differs = np.ptp(slowness, axis=0) > 1e-9
        values = np.concatenate([figure(_part(draws, tags, part)) for part in _batches(runs)])
        return cls(draws, tags, seed, figure, _finite(values), streets[differs], slowness[:, differs])

    def explained(self) -> Float64:
        """The share of the figure's variance that goes along with each street's slowness, over all runs.

        Returns
        -------
        float64 array of shape (k,)
            From 0 to 1; chance alone leaves one over the number of runs.
        """
        figure, slowness = self.values - self.values.mean(), self.slowness - self.slowness.mean(axis=0)
        spread = np.sqrt((figure**2).sum() * (slowness**2).sum(axis=0))
        along: Float64 = np.divide(figure @ slowness, spread, out=np.zeros(len(self.streets)), where=spread > 0)
        return along**2

    def held(self, streets: Int64) -> Float64:
        """The variance of the figure that knowing each street by itself would take away.

        Parameters
        ----------
        streets
            Which of :attr:`streets`, shape (j,).

        Returns
        -------
        float64 array of shape (j,)
            In the square of the figure's unit, 0 or more.
        """
        batches = [self._outcomes(int(one)) for one in streets]
        parts = [
            self.tags.with_streets_as_in(run, self.streets[[one]], slice(0, INNER))
            for one, (runs, _) in zip(streets, batches, strict=True)
            for run in runs
        ]
        values = self._asked(parts).reshape(-1, INNER)
        means, first = values.mean(axis=1), 0
        variance = np.zeros(len(streets))
        for number, (runs, shares) in enumerate(batches):
            mine = means[first : first + len(runs)]
            variance[number] = (shares * (mine - shares @ mine) ** 2).sum()
            first += len(runs)
        return variance

    def first(self, runs: int, figure: Figure) -> Float64:
        """A figure of the first runs.

        Parameters
        ----------
        runs
            How many.
        figure
            What is asked of them.

        Returns
        -------
        float64 array of shape (runs,)
        """
        return _finite(figure(_part(self.draws, self.tags, slice(0, min(runs, len(self.values))))))

    def widths_if_known(
        self, streets: Int64, walks: int = WALKS, figure_of: Callable[[int], Figure] | None = None
    ) -> Float64:
        """How wide the interval would be after walks that look at some streets, each in a town that the draws allow.

        In each walk one of the runs is true: the streets get the tags that it has, and all that is still unknown is
        drawn anew from donors with these among them. So a walk also tells of streets that it does not pass, and one
        that finds what nobody expected may leave the interval wider.

        Parameters
        ----------
        streets
            Which of :attr:`streets`, shape (j,).
        walks
            How many are played.
        figure_of
            Makes of the run that is true what is asked then, where a walk tells of more than streets; by default it is
            :attr:`figure`.

        Returns
        -------
        float64 array of shape (walks,)
            In the figure's unit.
        """
        router, runs = self.draws.router, np.linspace(0, len(self.values) - 1, walks).astype(int)
        widths = []
        for run in runs:
            ways = self.tags.told(int(run), router.network.ways, self.streets[streets])
            network = router.network.with_ways(ways).with_unknown_tags()
            after = StreetRouter.build(network, router.profile, router.max_snap_m)
            model = network.unknown_tags
            tags = None if model is None else model.drawn(self.seed, range(INNER_OF_MANY))
            figure = self.figure if figure_of is None else figure_of(int(run))
            widths.append(width(_finite(figure(StreetDraws.of(after, tags, np.ones(INNER_OF_MANY))))))
        return np.array(widths)

    def _outcomes(self, street: int) -> tuple[Int64, Float64]:
        """Runs that stand for the outcomes of a street, and the share of all runs that each stands for."""
        slowness = np.round(self.slowness[:, street], 6)
        order = np.argsort(slowness, kind="stable")
        edges = np.flatnonzero(np.diff(slowness[order]) > 0) + 1
        if len(edges) >= OUTCOMES:  # the greatest steps between outcomes part the groups
            steps = np.diff(slowness[order])[edges - 1]
            edges = np.sort(edges[np.argsort(-steps, kind="stable")[: OUTCOMES - 1]])
        groups = np.split(order, edges)
        return np.array([group[len(group) // 2] for group in groups]), np.array(
            [len(group) / len(order) for group in groups]
        )

    def _asked(self, parts: Sequence[TagDraws]) -> Float64:
        """The figure of some runs after others."""
        values, batch, count = [], list[TagDraws](), 0
        for number, part in enumerate(parts):
            batch.append(part)
            count += len(next(iter(part.chosen.values())))
            if count >= AT_ONCE or number == len(parts) - 1:
                tags = batch[0].and_then(batch[1:])
                values.append(self.figure(replace(self.draws, tags=tags, slower=np.ones(count))))
                batch, count = [], 0
        return _finite(np.concatenate(values)) if values else np.zeros(0)


def lacking(draws: StreetDraws, tags: TagDraws) -> Bool:
    """Ways that lack a tag which is drawn and which the profile minds.

    Parameters
    ----------
    draws
        The streets of a profile.
    tags
        The draws.

    Returns
    -------
    bool array of shape (ways,)
    """
    factors, lacks = draws.router.profile.factors, np.zeros(len(draws.router.network.ways), bool)
    for tag, donors in tags.model.donors.items():
        if tag in factors:
            lacks[: len(donors.of_way)] |= donors.of_way >= 0
    return lacks


def _batches(runs: int) -> list[slice]:
    return [slice(first, min(first + AT_ONCE, runs)) for first in range(0, runs, AT_ONCE)]


def _part(draws: StreetDraws, tags: TagDraws, runs: slice) -> StreetDraws:
    chosen = {tag: some[runs] for tag, some in tags.chosen.items()}
    return replace(draws, tags=replace(tags, chosen=chosen), slower=np.ones(runs.stop - runs.start))


def _finite(values: Float64) -> Float64:
    """Unreachable counts as twice the longest, so that it has a variance."""
    finite = values[np.isfinite(values)]
    return np.where(np.isfinite(values), values, 2.0 * finite.max() if len(finite) else 0.0)
