"""Travel times of many pairs a block at a time, and measures of them: no matrix is ever held whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo._arrays import Float32
from tesoma_geo.errors import InputError
from tesoma_geo.measures import catalogue
from tesoma_geo.measures.gravity import gravity
from tesoma_geo.measures.land_use import amounts
from tesoma_geo.measures.travel_matrix import TravelMatrix
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.network.transit.places import Places

#: Pairs that are computed and held together; their seconds take 4 MB.
MOST_PAIRS = 1_000_000

#: Rows that are computed together at least, since searches go side by side.
LEAST_ROWS = 64

#: Measures of each place from its own costs and what is at the other side.
BY_ROW = ("cumulative_interval", "cumulative_opportunities", "cost_to_closest", "dual_access", "gravity")

#: The same with residents at the origins and opportunities at the destinations, whichever side is asked.
OF_BOTH_SIDES = ("balancing_cost",)

#: Measures in two steps: shares at one side, then their sums at the other.
IN_TWO_STEPS = ("enhanced_two_step_fca", "two_step_fca")

#: All that can be had without the matrix.
STREAMED = tuple(sorted((*BY_ROW, *OF_BOTH_SIDES, *IN_TWO_STEPS)))

_ALL = slice(None)


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
        self, origins: slice = _ALL, destinations: slice = _ALL, percentiles: tuple[float, ...] = (50,)
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
        if rows != _ALL:
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
        across, by_timetable = len(self.destinations), isinstance(self.router, TransitRouter)
        names = ["travel_time", *(f"travel_time_p{number}" for number in percentiles if by_timetable)]
        for rows in blocks(len(self.origins), across):
            times = self.seconds(rows, percentiles=(50, *percentiles))
            for part in blocks(times.shape[1], across, least_rows=1):
                ids = self.origins.index[rows][part]
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


def measured(
    times: PairTimes, measure: str, arguments: Mapping[str, Any], unit_s: float, most_pairs: int = MOST_PAIRS
) -> pd.DataFrame:
    """A measure of the travel times between two layers, computed a block at a time and not kept.

    The same as the measure of the whole table that :meth:`PairTimes.tables` gives, with opportunities at the
    destinations and residents at the origins; what a passive measure counts stands at the origins.

    Parameters
    ----------
    times
        The router and the points, whose columns are what is counted.
    measure
        One of ``STREAMED``.
    arguments
        Of the measure by their names; one decay.
    unit_s
        Seconds of the unit of the costs.
    most_pairs
        Pairs in a block.

    Returns
    -------
    DataFrame
        What the measure gives: ``id``, ``value`` and further columns.

    Raises
    ------
    InputError
        Another measure, a column that is not there or holds no numbers of 0 or more, arguments that are none.
    """
    if measure not in STREAMED:
        raise InputError(
            f"{measure} needs the whole travel matrix",
            f"Write it with tesoma-geo matrix, or use one of {', '.join(STREAMED)}",
        )
    active = bool(arguments.get("active", True))
    counted = _counted(times, measure, arguments, active)
    if measure in IN_TWO_STEPS:
        return _two_steps(times, counted, arguments["decay"], active, unit_s, most_pairs)
    named = {**arguments, **{column: column for column in counted.columns[1:]}}
    function = catalogue.all_measures()[measure]
    return _by_rows(times, counted, lambda *tables: function(*tables, **named), active, unit_s, most_pairs)


def _counted(times: PairTimes, measure: str, arguments: Mapping[str, Any], active: bool) -> pd.DataFrame:
    """A land use with ``opportunity`` and ``demand``, its ids the numbers of rows: both sides may have the same ids."""
    n, m = len(times.origins), len(times.destinations)
    sides = {"opportunity": "destinations" if active or measure not in BY_ROW else "origins"}
    if measure not in BY_ROW:
        sides["demand"] = "origins"
    table = pd.DataFrame({"id": np.arange(n + m)})
    for argument, side in sides.items():
        column, points = arguments[argument], getattr(times, side)
        if column not in points:
            others = [str(name) for name in points.columns if name != points.geometry.name]
            remedy = instead(column, others) if others else "Add it to them"
            raise InputError(f"The {side} have no column {column!r}", remedy)
        places = pd.DataFrame({"id": points.index, column: points[column].to_numpy()})
        numbers = amounts(places, column, pd.Index(points.index), side)
        table[argument] = np.concatenate([numbers, np.zeros(m)] if side == "origins" else [np.zeros(n), numbers])
    return table


def _by_rows(
    times: PairTimes,
    counted: pd.DataFrame,
    measure: Callable[[TravelMatrix, pd.DataFrame], pd.DataFrame],
    active: bool,
    unit_s: float,
    most_pairs: int,
) -> pd.DataFrame:
    """A measure of the places of one side, a block of them at a time."""
    n, m = len(times.origins), len(times.destinations)
    tables = []
    for rows in blocks(n, m, most_pairs) if active else blocks(m, n, most_pairs):
        starts, ends = (rows, _ALL) if active else (_ALL, rows)
        costs = in_unit(times.seconds(starts, ends)[0], unit_s)
        matrix = TravelMatrix.from_array(np.arange(n)[starts], n + np.arange(m)[ends], costs)
        tables.append(measure(matrix, counted))
    table = pd.concat(tables, ignore_index=True)
    ids = times.origins.index if active else times.destinations.index
    return _in_order(table.assign(id=np.asarray(ids)[table["id"].to_numpy() - (0 if active else n)]), table["id"])


def _in_order(table: pd.DataFrame, places: "pd.Series[int]") -> pd.DataFrame:
    """Values of several cutoffs stand one below the other, each with all places, as the whole matrix has them."""
    label = next((name for name in ("cutoff", "interval", "k", "n", "decay") if name in table), None)
    if label is None:
        return table
    rank = pd.factorize(table[label])[0]
    return table.iloc[np.lexsort((places.to_numpy(), rank))].reset_index(drop=True)


def _two_steps(
    times: PairTimes, counted: pd.DataFrame, decay: Any, active: bool, unit_s: float, most_pairs: int
) -> pd.DataFrame:
    """Shares of what one side offers among those of the other who reach it, then their sums.

    The times are computed twice, which takes longer than keeping them and no room.
    """
    n = len(times.origins)
    offered, asking, side = ("opportunity", "demand", slice(n, None)) if active else ("demand", "opportunity", slice(n))

    def summed(land_use: pd.DataFrame, column: str, of_origins: bool) -> pd.DataFrame:
        def weighted(matrix: TravelMatrix, counts: pd.DataFrame) -> pd.DataFrame:
            return gravity(matrix, counts, column, decay, active=of_origins)

        return _by_rows(times, land_use, weighted, of_origins, unit_s, most_pairs)

    around = summed(counted, asking, not active)["value"].to_numpy()
    supply, shares = counted[offered].to_numpy()[side], np.zeros(len(counted))
    shares[side] = np.divide(supply, around, out=np.zeros(len(supply)), where=around > 0)
    return summed(counted.assign(share=shares), "share", active)
