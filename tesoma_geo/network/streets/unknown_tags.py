"""What the tags that nobody mapped may be: one model for the costs of the map and for the draws of its intervals.

A way that lacks a tag takes it from a *donor*: a way of the same class that has it, near by and alike in the tags that
both have (hot-deck imputation). What else the donor has goes with it, so that tags stay as they occur together. The
costs of the map are the expectation over the donors of a way; a draw takes one of them. A named street is one draw.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float64, Int32, UInt64
from tesoma_geo._kernels import kernel
from tesoma_geo.network.streets.keyed_numbers import uniform
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS, Donors, donors_of, street_keys

#: Runs that are drawn together: the numbers of all 200 at once took four times what is kept of them.
TOGETHER = 16


@dataclass(frozen=True, eq=False)
class UnknownTags:
    """Donors of every tag that is drawn, of the ways of one network.

    Attributes
    ----------
    donors
        Tag → who lends it, in the order of :data:`~tesoma_geo.network.streets.tag_donors.DRAWN_TAGS`.
    street
        By way a key of its street, shape (ways,).
    """

    donors: Mapping[str, Donors]
    street: UInt64

    @classmethod
    def of(cls, ways: pd.DataFrame, x: Float64, y: Float64) -> Self:
        """Find donors for the ways of a network.

        Parameters
        ----------
        ways
            ``osm_id`` and tag columns, a row a way.
        x, y
            The middle of each way in metres, shape (ways,).

        Returns
        -------
        UnknownTags
        """
        ways = ways.reset_index(drop=True)
        street = street_keys(ways)
        donors = {tag: donors_of(ways, tag, np.column_stack([x, y]), street) for tag in DRAWN_TAGS if tag in ways}
        return cls({tag: one for tag, one in donors.items() if len(one.key)}, street)

    def expected(self, ways: pd.DataFrame, factors: Mapping[str, Mapping[str, float]]) -> Float64:
        """What the tags that are drawn make of the seconds of each way, unknown ones on average of their donors.

        Parameters
        ----------
        ways
            The ways as they are now, those of this record first.
        factors
            Tag → value → multiplier of the seconds; ``inf`` closes, ``unknown`` multiplies what is not known.

        Returns
        -------
        float64 array of shape (ways,)
            ``inf`` where a tag closes the way, or half of its donors or more are closed; else the mean of the others.
        """

        def mean(tag: str, values: Float64) -> Float64:
            donors = self.donors[tag]
            lent = values[0][donors.donors]
            weights = np.where(np.isinf(lent), 0.0, donors.weights)
            total = weights.sum(axis=1)
            seconds = np.where(weights > 0, lent, 0.0) * weights
            return np.where(total > 0.5, seconds.sum(axis=1) / np.maximum(total, 0.5), np.inf)[None]

        return np.asarray(self.multiplier(ways, factors, mean)[0])

    def drawn(self, seed: int, runs: Sequence[int]) -> "TagDraws":
        """Choose a donor for every street without a tag, by run.

        How much donors weigh is drawn as well, street by street (a Bayesian bootstrap): what share of a class has
        which surface is not known either.

        Parameters
        ----------
        seed, runs
            What the numbers are drawn from; the same for the same street whatever other streets there are.

        Returns
        -------
        TagDraws
        """
        street, number = np.unique(self.street, return_inverse=True)
        chosen = {tag: np.empty((len(runs), len(found.key)), np.int32) for tag, found in self.donors.items()}
        for first in range(0, len(runs), TOGETHER):
            some = runs[first : first + TOGETHER]
            weighs = np.stack([-np.log(uniform(seed, run, "donor", street)) for run in some])
            for tag, found in self.donors.items():
                at = np.stack([uniform(seed, run, tag, found.key) for run in some])
                rows = chosen[tag][first : first + TOGETHER]
                rows[:] = _chosen(found.donors, found.weights, number.astype(np.int32), weighs, at)
        return TagDraws(self, chosen)

    def multiplier(
        self,
        ways: pd.DataFrame,
        factors: Mapping[str, Mapping[str, float]],
        lent: Callable[[str, Float64], Float64],
    ) -> Float64:
        """The product of the factors of the tags that are drawn.

        Parameters
        ----------
        ways, factors
            As for :meth:`expected`.
        lent
            Makes of a tag and the multipliers of all ways, shape (1 or runs, ways), those of the rows of its
            :class:`~tesoma_geo.network.streets.tag_donors.Donors`, shape (runs, rows).

        Returns
        -------
        float64 array of shape (1 or runs, ways)
            ``inf`` where a way is closed.
        """
        product, knows_later = np.ones((1, len(ways))), np.zeros(len(ways), bool)
        for tag in reversed(DRAWN_TAGS):
            if tag not in factors or tag not in ways:
                continue
            unknown = factors[tag].get("unknown", 1.0)
            codes, values = pd.factorize(ways[tag])
            own = np.array([*(factors[tag].get(value, unknown) for value in values), unknown])[codes][None]
            missing, whole = codes < 0, own * product
            if tag in self.donors:
                of_way = self.donors[tag].of_way
                lacks = missing & np.r_[of_way >= 0, np.zeros(len(ways) - len(of_way), bool)]
                at = of_way[np.flatnonzero(lacks)]
                # A way that has none of the later tags takes them from the same donor.
                alone, joint = lent(tag, own)[:, at] * product[:, lacks], lent(tag, whole)[:, at]
                if len(joint) > len(whole):
                    whole = np.repeat(whole, len(joint), axis=0)
                whole[:, lacks] = np.where(knows_later[lacks], alone, joint) * unknown
            product, knows_later = whole, knows_later | ~missing
        product[:, ways["highway"].isna().to_numpy()] = 1.0
        return product


@dataclass(frozen=True, eq=False)
class TagDraws:
    """One donor for every street without a tag, by run.

    Attributes
    ----------
    model
        Where they are from.
    chosen
        Tag → rows of the ways that lend it, shape (runs, rows).
    """

    model: UnknownTags
    chosen: Mapping[str, Int32]

    def multiplier(self, runs: slice, ways: pd.DataFrame, factors: Mapping[str, Mapping[str, float]]) -> Float64:
        """What the tags that are drawn make of the seconds of each way in some runs.

        Parameters
        ----------
        runs
            Which of the runs.
        ways, factors
            As for :meth:`UnknownTags.expected`.

        Returns
        -------
        float64 array of shape (1 or runs, ways)
            ``inf`` where a way is closed; one row where no tag is drawn.
        """

        def lent(tag: str, values: Float64) -> Float64:
            chosen = self.chosen[tag][runs]
            return np.asarray(values[0][chosen] if len(values) == 1 else np.take_along_axis(values, chosen, axis=1))

        return self.model.multiplier(ways, factors, lent)

    def with_streets_as_in(self, run: int, streets: UInt64, runs: slice) -> Self:
        """Some of the runs, with some streets as one run has them: what would be drawn if these were known.

        Parameters
        ----------
        run
            The run whose donors these streets keep.
        streets
            Their keys, as of :attr:`UnknownTags.street`, shape (k,).
        runs
            The runs that all other streets are as in.

        Returns
        -------
        TagDraws
            A run for each of ``runs``.
        """
        chosen = {}
        for tag, all_runs in self.chosen.items():
            fixed, known = all_runs[runs].copy(), np.isin(self.model.donors[tag].key, streets)
            fixed[:, known] = all_runs[run, known]
            chosen[tag] = fixed
        return replace(self, chosen=chosen)

    def told(self, run: int, ways: pd.DataFrame, streets: UInt64) -> pd.DataFrame:
        """The ways as somebody would find them who looked at some streets, if one of the runs were true.

        Parameters
        ----------
        run
            The run that is true.
        ways
            The ways that these draws are of.
        streets
            Keys of the streets that are looked at, as of :attr:`UnknownTags.street`, shape (k,).

        Returns
        -------
        DataFrame
            With what the donors of the run have where these streets have nothing.
        """
        ways, looked_at = ways.reset_index(drop=True), np.isin(self.model.street, streets)
        filled = ways.copy()
        for number, tag in enumerate(DRAWN_TAGS):
            if tag not in self.model.donors:
                continue
            of_way = self.model.donors[tag].of_way
            rows = np.flatnonzero(looked_at[: len(of_way)] & (of_way >= 0))
            lent = self.chosen[tag][run, of_way[rows]]
            for other in DRAWN_TAGS[number:]:
                if other in ways:
                    values = ways[other].to_numpy(object, copy=True)
                    column = filled[other].to_numpy(object, copy=True)
                    column[rows] = np.where(pd.isna(column[rows]), values[lent], column[rows])
                    filled[other] = pd.Series(column, index=filled.index, dtype=filled[other].dtype)
        return filled

    def and_then(self, others: Sequence["TagDraws"]) -> Self:
        """These runs and those of others after them, as one batch.

        Parameters
        ----------
        others
            Draws of the same streets.

        Returns
        -------
        TagDraws
        """
        chosen = {tag: [mine, *(one.chosen[tag] for one in others)] for tag, mine in self.chosen.items()}
        return replace(self, chosen={tag: np.concatenate(parts) for tag, parts in chosen.items()})


@kernel
def _chosen(donors: Int32, weights: Float64, street: Int32, weighs: Float64, at: Float64) -> Int32:
    """The donor of each row in each run, shape (runs, rows).

    Parameters
    ----------
    donors, weights
        As of :class:`~tesoma_geo.network.streets.tag_donors.Donors`.
    street
        By way the number of its street.
    weighs
        How much more or less the donors of each street weigh, shape (runs, streets).
    at
        Where in the weights of a row the donor is taken, from 0 to 1, shape (runs, rows).
    """
    runs, rows = at.shape
    chosen = np.empty((runs, rows), np.int32)
    for run in range(runs):
        for row in range(rows):
            total = 0.0
            for i in range(donors.shape[1]):
                total += weights[row, i] * weighs[run, street[donors[row, i]]]
            left, pick = at[run, row] * total, -1
            for i in range(donors.shape[1]):
                weight = weights[row, i] * weighs[run, street[donors[row, i]]]
                if weight > 0.0 and (left >= 0.0 or pick < 0):
                    pick = donors[row, i]
                    left -= weight
            chosen[run, row] = pick
    return chosen
