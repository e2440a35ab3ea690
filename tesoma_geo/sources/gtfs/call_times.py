"""Calls of trips whose times are missing at an end, or contradict themselves."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.sources.gtfs.kinds import MISSING


def trip_order(frame: pd.DataFrame) -> NDArray[np.intp]:
    """Rows of ``stop_times`` trip by trip in the order of their sequence.

    Parameters
    ----------
    frame
        The table ``stop_times``.

    Returns
    -------
    Row numbers, shape (rows,).
    """
    return np.lexsort((frame["stop_sequence"].to_numpy(), frame["trip_id"].cat.codes.to_numpy()))


def timeless_ends(frame: pd.DataFrame) -> NDArray[np.intp]:
    """Calls without times before the first or after the last timed one of their trip.

    Parameters
    ----------
    frame
        The table ``stop_times``.

    Returns
    -------
    Row numbers, ascending.
    """
    order = trip_order(frame)
    trip = frame["trip_id"].cat.codes.to_numpy()[order]
    timed = ((frame["arrival_time"] != MISSING) | (frame["departure_time"] != MISSING)).to_numpy()[order]
    first, last = np.full(trip.max(initial=-1) + 1, len(trip)), np.full(trip.max(initial=-1) + 1, -1)
    at = np.flatnonzero(timed)
    np.minimum.at(first, trip[at], at)
    np.maximum.at(last, trip[at], at)
    place = np.arange(len(trip))
    return np.sort(order[(place < first[trip]) | (place > last[trip])])


def backwards_at_a_stop(frame: pd.DataFrame) -> NDArray[np.intp]:
    """Calls that a vehicle leaves before it arrives.

    Parameters
    ----------
    frame
        The table ``stop_times``.

    Returns
    -------
    Row numbers, ascending.
    """
    arrival, departure = frame["arrival_time"].to_numpy(), frame["departure_time"].to_numpy()
    return np.flatnonzero((arrival != MISSING) & (departure != MISSING) & (departure < arrival))


def backwards(frame: pd.DataFrame) -> NDArray[np.intp]:
    """Calls that a vehicle reaches before it left the timed call before.

    Parameters
    ----------
    frame
        The table ``stop_times``.

    Returns
    -------
    Row numbers, ascending.
    """
    order = trip_order(frame)
    trip = frame["trip_id"].cat.codes.to_numpy()[order]
    arrival, departure = (frame[name].to_numpy()[order] for name in ("arrival_time", "departure_time"))
    leaves = np.where(departure == MISSING, arrival, departure)
    comes = np.where(arrival == MISSING, departure, arrival)
    timed = np.flatnonzero(comes != MISSING)
    same = trip[timed[1:]] == trip[timed[:-1]]
    back = same & (comes[timed[1:]] < leaves[timed[:-1]])
    return np.sort(order[timed[1:][back]])
