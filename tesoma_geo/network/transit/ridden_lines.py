"""Where the vehicles of a trip go: lines from the first boarding to the last alighting, and what is boarded where."""

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.transit.itineraries import ridden_line
from tesoma_geo.network.transit.median_trip import MedianTrips
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.vehicles import ridden_trips


def ridden_lines(timetable: DayTimetable, trips: MedianTrips) -> NDArray[np.object_]:
    """The way of the vehicles of each trip, one ride after the other as one line.

    Parameters
    ----------
    timetable
        What runs.
    trips
        One a place.

    Returns
    -------
    object array of shape (n,)
        LineStrings in WGS 84 along the shapes of the feed, straight from stop to stop where it has none; None where
        nobody rides.
    """
    lines = np.full(len(trips.seconds), None, object)
    known: dict[tuple[int, int], NDArray[np.float64]] = {}
    for place in np.flatnonzero(trips.rides):
        rides = [(int(first), int(last)) for first, last in trips.calls[place] if first >= 0]
        for ride in rides:
            if ride not in known:
                known[ride] = np.concatenate([_along(timetable, *part) for part in ridden_trips(timetable, *ride)])
        lines[place] = shapely.linestrings(np.concatenate([known[ride] for ride in rides]))
    return lines


def ridden_stops(timetable: DayTimetable, trips: MedianTrips) -> NDArray[np.object_]:
    """What is boarded where, ride after ride of each trip.

    Parameters
    ----------
    timetable
        What runs.
    trips
        One a place.

    Returns
    -------
    object array of shape (n,)
        A tuple a place of tuples: the line, the stop of boarding and that of alighting by their names; empty where
        nobody rides. Who stays aboard where a vehicle goes on as another line rides the line that was boarded.
    """
    calls, stops = timetable.calls, timetable.stops["name"].astype(str).to_numpy()
    lines = timetable.lines["name"].astype(str).to_numpy()[timetable.trips["line"].to_numpy()]
    told = np.empty(len(trips.seconds), object)
    for place, rides in enumerate(trips.calls):
        boarded = rides[rides[:, 0] >= 0] if trips.rides[place] else rides[:0]
        told[place] = tuple(
            (str(lines[calls.trip[first]]), str(stops[calls.stop[first]]), str(stops[calls.stop[last]]))
            for first, last in boarded
        )
    return told


def _along(timetable: DayTimetable, first: int, last: int) -> NDArray[np.float64]:
    """Points between two calls of one trip."""
    calls = timetable.calls
    shape = int(timetable.trips["shape"].iloc[int(calls.trip[first])])
    points: NDArray[np.float64] = shapely.get_coordinates(ridden_line(timetable, shape, calls.stop[first : last + 1]))
    return points
