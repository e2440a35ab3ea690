"""Travel times of many pairs a block at a time: no matrix is ever held whole."""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float32
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.network.transit.places import Places

#: Pairs that are computed and held together; their seconds take 4 MB.
MOST_PAIRS = 1_000_000

#: Rows that are computed together at least, since searches go side by side.
LEAST_ROWS = 64

#: All of the points of a side.
ALL = slice(None)


def blocks(rows: int, across: int, most_pairs: int = MOST_PAIRS, least_rows: int = LEAST_ROWS) -> Iterator[slice]:
    """Parts of the rows of a table whose pairs fit in a block.

    Parameters
    ----------
    rows, across
        How many rows the table has, and how many pairs a row.
    most_pairs
        Pairs in a block.
    least_rows
        Rows in a block, though they be more pairs.

    Yields
    ------
    slice
        Of the rows, one after the other.
    """
    size = max(least_rows, most_pairs // max(across, 1))
    for begin in range(0, rows, size):
        yield slice(begin, min(begin + size, rows))


@dataclass(frozen=True, eq=False)
class PairTimes:
    """A router and the two layers of points between which it is asked.

    Attributes
    ----------
    router
        Of streets, or of a timetable.
    origins, destinations
        Points with their ids in the index.
    at_origins, at_destinations
        Where they meet the streets.
    """

    router: StreetRouter | TransitRouter
    origins: gpd.GeoDataFrame
    destinations: gpd.GeoDataFrame
    at_origins: Positions | Places
    at_destinations: Positions | Places

    @classmethod
    def of(
        cls, router: StreetRouter | TransitRouter, origins: gpd.GeoDataFrame, destinations: gpd.GeoDataFrame
    ) -> "PairTimes":
        """Snap two layers of points.

        Parameters
        ----------
        router
            Of streets, or of a timetable.
        origins, destinations
            Points with their ids in the index.

        Returns
        -------
        PairTimes

        Raises
        ------
        InputError
            Points that are empty, not finite, or no points.
        """
        return cls(
            router,
            origins,
            destinations,
            router.snap(origins, "origins"),
            router.snap(destinations, "destinations"),
        )

    def seconds(
        self, origins: slice = ALL, destinations: slice = ALL, percentiles: tuple[float, ...] = (50,)
    ) -> Float32:
        """Travel times of a block.

        Parameters
        ----------
        origins, destinations
            Which of the points.
        percentiles
            Of the departures of a timetable; streets have one answer.

        Returns
        -------
        float32 array of shape (p, n, m)
            Seconds, ``inf`` where there is no way; p is 1 for streets.
        """
        if isinstance(self.router, TransitRouter):
            starts, ends = self._places("origins", origins), self._places("destinations", destinations)
            return self.router.travel_times(starts, ends, percentiles)
        assert isinstance(self.at_origins, Positions)
        assert isinstance(self.at_destinations, Positions)
        times = self.router.times_between(self.at_origins.take(origins), self.at_destinations.take(destinations))
        return times[np.newaxis]

    def _places(self, side: str, rows: slice) -> Places:
        """The places of a block; the ways to stops of all of a side are found once."""
        assert isinstance(self.router, TransitRouter)
        if rows != ALL:
            return self.router.snap(getattr(self, side).iloc[rows], side)
        whole: Places = getattr(self, f"at_{side}")
        return whole

    def tables(self, unit_s: float, percentiles: tuple[float, ...] = ()) -> Iterator[pd.DataFrame]:
        """The travel matrix, a block of origins at a time.

        Parameters
        ----------
        unit_s
            Seconds of the unit of the times.
        percentiles
            Further columns by timetable, ``travel_time_p5`` …

        Yields
        ------
        DataFrame
            A row a pair: ``from_id``, ``to_id``, ``travel_time``, rounded to a thousandth of the unit.
        """
        for rows in blocks(len(self.origins), len(self.destinations)):
            yield from self.tables_of(rows, unit_s, percentiles)

    def tables_of(self, origins: slice, unit_s: float, percentiles: tuple[float, ...] = ()) -> Iterator[pd.DataFrame]:
        """The travel matrix of one block of origins.

        Parameters
        ----------
        origins
            Which of the origins, of :func:`blocks`.
        unit_s, percentiles
            As of :meth:`tables`.

        Yields
        ------
        DataFrame
            As :meth:`tables` does; several where the block has too many pairs for one.
        """
        across, by_timetable = len(self.destinations), isinstance(self.router, TransitRouter)
        names = ["travel_time", *(f"travel_time_p{number}" for number in percentiles if by_timetable)]
        times = self.seconds(origins, percentiles=(50, *percentiles))
        for part in blocks(times.shape[1], across, least_rows=1):
            ids = self.origins.index[origins][part]
            table = pd.DataFrame(
                {"from_id": np.repeat(ids, across), "to_id": np.tile(self.destinations.index, len(ids))}
            )
            for name, seconds in zip(names, times, strict=True):
                table[name] = in_unit(seconds[part].ravel(), unit_s)
            yield table


def in_unit(seconds: Float32, unit_s: float) -> Float32:
    """Times as a travel matrix has them.

    Parameters
    ----------
    seconds
        Of any shape.
    unit_s
        Seconds of the unit.

    Returns
    -------
    float32 array of the same shape, rounded to a thousandth of the unit.
    """
    return np.round(seconds / np.float32(unit_s), 3)
