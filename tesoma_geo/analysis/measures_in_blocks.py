"""Measures of travel times that are computed a block at a time and not kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.analysis.pairs_in_blocks import ALL, MOST_PAIRS, PairTimes, blocks, in_unit
from tesoma_geo.errors import InputError
from tesoma_geo.measures import catalogue
from tesoma_geo.measures.land_use import amounts
from tesoma_geo.measures.travel_matrix import TravelMatrix
from tesoma_geo.near_names import instead

#: Measures of each place from its own costs and what is at the other side.
BY_ROW = ("cumulative_interval", "cumulative_opportunities", "cost_to_closest", "dual_access", "gravity")

#: The same with residents at the origins and opportunities at the destinations, whichever side is asked.
OF_BOTH_SIDES = ("balancing_cost",)

#: Measures in two steps: shares at one side, then their sums at the other.
IN_TWO_STEPS = ("enhanced_two_step_fca", "two_step_fca")

#: All that can be had without the matrix.
STREAMED = tuple(sorted((*BY_ROW, *OF_BOTH_SIDES, *IN_TWO_STEPS)))


@dataclass(frozen=True)
class RowMeasure:
    """A measure of the places of one side, each by its own costs: some of them need nothing of the others.

    Attributes
    ----------
    measure
        Its name.
    arguments
        Of the measure by their names.
    active
        Whether it is one of the origins, not of the destinations.
    unit_s
        Seconds of the unit of the costs.
    """

    measure: str
    arguments: Mapping[str, Any]
    active: bool
    unit_s: float

    def of(self, times: PairTimes, land_use: pd.DataFrame, rows: slice) -> pd.DataFrame:
        """The measure of a block of places.

        Parameters
        ----------
        times
            The router and the points.
        land_use
            What is counted, its ``id`` the number of the place: origins first, then destinations.
        rows
            Which places of the side.

        Returns
        -------
        DataFrame
            What the measure gives, its ``id`` as of ``land_use``.
        """
        n, m = len(times.origins), len(times.destinations)
        starts, ends = (rows, ALL) if self.active else (ALL, rows)
        costs = in_unit(times.seconds(starts, ends)[0], self.unit_s)
        matrix = TravelMatrix.from_array(np.arange(n)[starts], n + np.arange(m)[ends], costs)
        found: pd.DataFrame = catalogue.all_measures()[self.measure](
            matrix, land_use, **{**self.arguments, "active": self.active}
        )
        return found


#: Does a measure of some blocks of places: each gives a table, in the order of the blocks.
Doing = Callable[[RowMeasure, pd.DataFrame, Sequence[slice]], Iterable[pd.DataFrame]]


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

    def here(part: RowMeasure, land_use: pd.DataFrame, rows: Sequence[slice]) -> Iterable[pd.DataFrame]:
        return (part.of(times, land_use, block) for block in rows)

    return measured_by(here, times.origins, times.destinations, measure, arguments, unit_s, most_pairs)


def measured_by(
    doing: Doing,
    origins: gpd.GeoDataFrame,
    destinations: gpd.GeoDataFrame,
    measure: str,
    arguments: Mapping[str, Any],
    unit_s: float,
    most_pairs: int = MOST_PAIRS,
) -> pd.DataFrame:
    """A measure as :func:`measured` gives it, whoever does its blocks.

    Parameters
    ----------
    doing
        Does blocks, here or elsewhere.
    origins, destinations
        Points with their ids in the index, whose columns are what is counted.
    measure, arguments, unit_s, most_pairs
        As of :func:`measured`.

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
    counted = _counted((origins, destinations), measure, arguments, active)
    n, m = len(origins), len(destinations)

    def by_rows(part: RowMeasure, land_use: pd.DataFrame) -> pd.DataFrame:
        rows = list(blocks(n, m, most_pairs) if part.active else blocks(m, n, most_pairs))
        return pd.concat(doing(part, land_use, rows), ignore_index=True)

    if measure in IN_TWO_STEPS:
        found = _two_steps(by_rows, counted, n, arguments["decay"], active, unit_s)
    else:
        named = {**arguments, **{column: column for column in counted.columns[1:]}}
        found = by_rows(RowMeasure(measure, named, active, unit_s), counted)
    ids, first = (origins.index, 0) if active else (destinations.index, n)
    return _in_order(found.assign(id=np.asarray(ids)[found["id"].to_numpy() - first]), found["id"])


def _counted(
    points: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame], measure: str, arguments: Mapping[str, Any], active: bool
) -> pd.DataFrame:
    """A land use with ``opportunity`` and ``demand``, its ids the numbers of rows: both sides may have the same ids."""
    of_side = dict(zip(("origins", "destinations"), points, strict=True))
    n, m = map(len, points)
    sides = {"opportunity": "destinations" if active or measure not in BY_ROW else "origins"}
    if measure not in BY_ROW:
        sides["demand"] = "origins"
    table = pd.DataFrame({"id": np.arange(n + m)})
    for argument, side in sides.items():
        column, places = arguments[argument], of_side[side]
        if column not in places:
            others = [str(name) for name in places.columns if name != places.geometry.name]
            remedy = instead(column, others) if others else "Add it to them"
            raise InputError(f"The {side} have no column {column!r}", remedy)
        here = pd.DataFrame({"id": places.index, column: places[column].to_numpy()})
        numbers = amounts(here, column, pd.Index(places.index), side)
        table[argument] = np.concatenate([numbers, np.zeros(m)] if side == "origins" else [np.zeros(n), numbers])
    return table


def _in_order(table: pd.DataFrame, places: "pd.Series[int]") -> pd.DataFrame:
    """Values of several cutoffs stand one below the other, each with all places, as the whole matrix has them."""
    label = next((name for name in ("cutoff", "interval", "k", "n", "decay") if name in table), None)
    if label is None:
        return table
    rank = pd.factorize(table[label])[0]
    return table.iloc[np.lexsort((places.to_numpy(), rank))].reset_index(drop=True)


def _two_steps(
    by_rows: Callable[[RowMeasure, pd.DataFrame], pd.DataFrame],
    counted: pd.DataFrame,
    n: int,
    decay: Any,
    active: bool,
    unit_s: float,
) -> pd.DataFrame:
    """Shares of what one side offers among those of the other who reach it, then their sums.

    The times are computed twice, which takes longer than keeping them and no room.
    """
    offered, asking, side = ("opportunity", "demand", slice(n, None)) if active else ("demand", "opportunity", slice(n))

    def summed(land_use: pd.DataFrame, column: str, of_origins: bool) -> pd.DataFrame:
        weighted = RowMeasure("gravity", {"opportunity": column, "decay": decay}, of_origins, unit_s)
        return by_rows(weighted, land_use)

    around = summed(counted, asking, not active)["value"].to_numpy()
    supply, shares = counted[offered].to_numpy()[side], np.zeros(len(counted))
    shares[side] = np.divide(supply, around, out=np.zeros(len(supply)), where=around > 0)
    return summed(counted.assign(share=shares), "share", active)
