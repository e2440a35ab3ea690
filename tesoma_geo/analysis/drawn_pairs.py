"""Seconds between places and the streets that draws multiply, and positions of several sets in one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple, Self

import numpy as np

from tesoma_geo._arrays import Float32, Float64, Int32, Int64
from tesoma_geo.network.engine import LANES, DrawnFactors
from tesoma_geo.network.streets.snap import Positions

#: Attributes of pairs, in order.
NAMES = ("set", "place", "at", "moving_s", "rest_s", "way", "row")


@dataclass(frozen=True, eq=False)
class DrawnPairs:
    """Seconds between places and what a search knows, as a draw makes them: ``factor × moving_s + rest_s``.

    Attributes
    ----------
    set, place
        The set of places that the pair is of, and which place of the set, shape (k,).
    at
        Positions in the hierarchy, shape (k,); empty for ways along one edge.
    moving_s, rest_s
        Seconds that a draw multiplies, and the others, shape (k,).
    way, row
        Whose factors these are, by :meth:`~tesoma_geo.analysis.street_draws.StreetDraws.rows`, shape (k,).
    """

    set: Int32
    place: Int32
    at: Int32
    moving_s: Float64
    rest_s: Float64
    way: Int32
    row: Int32

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Pairs of several questions in one row.

        Parameters
        ----------
        parts
            One or more.

        Returns
        -------
        DrawnPairs
            In the order of the parts.
        """
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in NAMES))

    def take(self, rows: Int64) -> "DrawnPairs":
        """Some of the pairs.

        Parameters
        ----------
        rows
            Their numbers, shape (r,).

        Returns
        -------
        DrawnPairs
        """
        return DrawnPairs(*(getattr(self, name)[rows] for name in NAMES))

    def seconds(self, factors: DrawnFactors, slower: Float32, lane: Int64) -> Float64:
        """Seconds of each pair in one lane; who stands on a street that the draw closes gets off it anyhow.

        Parameters
        ----------
        factors
            What draws multiply seconds by.
        slower
            What they multiply all moving by, shape (LANES,).
        lane
            The lane of each pair, shape (k,).

        Returns
        -------
        float64 array of shape (k,)
        """
        drawn = factors.of_way[self.way, lane] * factors.slopes[self.row, lane]
        return np.where(np.isinf(drawn), slower[lane], drawn) * self.moving_s + self.rest_s

    def in_all_lanes(self, factors: DrawnFactors, slower: Float32) -> Float32:
        """Seconds of each pair in every lane.

        Parameters
        ----------
        factors, slower
            As of :meth:`seconds`.

        Returns
        -------
        float32 array of shape (k, LANES)
        """
        drawn = factors.of_way[self.way] * factors.slopes[self.row]
        seconds = np.where(np.isinf(drawn), slower, drawn) * self.moving_s[:, None] + self.rest_s[:, None]
        return np.ascontiguousarray(seconds, np.float32)

    def in_own_lanes(self, factors: DrawnFactors, slower: Float32, lane: Int64) -> Float32:
        """Seconds of each pair in one lane, and no way in the others.

        Parameters
        ----------
        factors, slower, lane
            As of :meth:`seconds`.

        Returns
        -------
        float32 array of shape (k, LANES)
            ``inf`` in the other lanes.
        """
        alone = np.full((len(lane), LANES), np.inf, np.float32)
        alone[np.arange(len(lane)), lane] = self.seconds(factors, slower, lane)
        return alone


class MetInLanes(NamedTuple):
    """Where places meet the streets in a batch of draws, for several searches.

    Attributes
    ----------
    cell, answer
        The cell of each pair among the rows of a search, and of an answer; counted through, shape (k,).
    spent_s
        Its seconds, shape (k,).
    places
        How many places there are.
    """

    cell: Int64
    answer: Int64
    spent_s: Float64
    places: int

    @classmethod
    def of(cls, pairs: DrawnPairs, lane: Int64, places: int, factors: DrawnFactors, slower: Float32) -> Self:
        """The cells and the seconds of pairs.

        Parameters
        ----------
        pairs
            Between places and positions in the hierarchy.
        lane
            The lane of each pair, shape (k,).
        places
            How many places there are.
        factors, slower
            As of :meth:`DrawnPairs.seconds`.

        Returns
        -------
        MetInLanes
        """
        cell, answer = pairs.at.astype(np.int64) * LANES + lane, lane * places + pairs.place
        return cls(cell, answer, pairs.seconds(factors, slower, lane), places)

    def least(self, rows: Float32) -> Float32:
        """Least seconds of each place in each lane.

        Parameters
        ----------
        rows
            What a search tells by position, shape (n, LANES).

        Returns
        -------
        float32 array of shape (LANES, places)
            ``inf`` where there is no way.
        """
        seconds = np.full(LANES * self.places, np.inf, np.float32)
        np.minimum.at(seconds, self.answer, (rows.reshape(-1)[self.cell] + self.spent_s).astype(np.float32))
        return seconds.reshape(LANES, self.places)


class InOneRow(NamedTuple):
    """Positions of several sets in one row, without others: which set each is of, and which place of the set.

    Attributes
    ----------
    positions
        Where they meet the streets, k of them.
    set, place
        The set, and the place of it, shape (k,).
    """

    positions: Positions
    set: Int64
    place: Int64


def in_one_row(sets: Sequence[Positions]) -> list[InOneRow]:
    """Sets of positions in one row, first those of the points themselves, then their others, if any set has some.

    Parameters
    ----------
    sets
        One or more.

    Returns
    -------
    list of InOneRow
    """
    rows = []
    for level in zip_longest(*(tuple(one.each()) for one in sets)):
        some = [(number, one) for number, one in enumerate(level) if one is not None]
        edge, fraction, snap_m = (
            np.concatenate([getattr(one, name) for _, one in some]) for name in ("edge", "fraction", "snap_m")
        )
        count = [len(one.edge) for _, one in some]
        place = np.concatenate([np.arange(number) for number in count])
        rows.append(
            InOneRow(Positions(edge, fraction, snap_m), np.repeat([number for number, _ in some], count), place)
        )
    return rows


def pairs_on_one_edge(one: Positions, other: Positions) -> tuple[Int64, Int64]:
    """Which positions of two lie on the same edge.

    Parameters
    ----------
    one, other
        Positions.

    Returns
    -------
    of_one, of_other : int64 arrays of shape (k,)
        Every pair of their numbers.
    """
    near = np.flatnonzero(one.found & np.isin(one.edge, other.edge))
    order = np.argsort(other.edge, kind="stable")
    begin, end = (np.searchsorted(other.edge[order], one.edge[near], side) for side in ("left", "right"))
    count = end - begin
    to = np.arange(count.sum()) + np.repeat(begin - np.cumsum(count) + count, count)
    return np.repeat(near, count), order[to]
