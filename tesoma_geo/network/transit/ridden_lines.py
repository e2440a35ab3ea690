"""Where the vehicles of a trip go, a line from each boarding to its alighting, and what is boarded where."""

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.transit.itineraries import ridden_line
from tesoma_geo.network.transit.median_trip import MedianTrips
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.vehicles import ridden_trips


def ridden_lines(timetable: DayTimetable, trips: MedianTrips) -> NDArray[np.object_]:
    """The way of the vehicles of each trip, a line a ride.

    Parameters
    ----------
    timetable
        What runs.
    trips
        One a place.

    Returns
    -------
    object array of shape (n,)
        A tuple a place of LineStrings in WGS 84 along the shapes of the feed, straight from stop to stop where it has
        none; empty where nobody rides. Rides between the same stops along the same shape are one and the same line.
    """
    of_calls: dict[tuple[int, int], shapely.LineString] = {}
    of_stops: dict[tuple[object, ...], shapely.LineString] = {}
    lines = np.empty(len(trips.seconds), object)
    for place, rides in enumerate(trips.calls):
        calls = [(int(first), int(last)) for first, last in rides if trips.rides[place] and first >= 0]
        for first, last in calls:
            if (first, last) not in of_calls:
                of_calls[first, last] = _ridden(timetable, first, last, of_stops)
        lines[place] = tuple(of_calls[ride] for ride in calls)
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


def _ridden(
    timetable: DayTimetable, first: int, last: int, known: dict[tuple[object, ...], shapely.LineString]
) -> shapely.LineString:
    """The way between two calls of a vehicle, one trip of it after the other; ``known`` by shapes and stops."""
    calls = timetable.calls
    shape = timetable.trips["shape"].to_numpy()
    parts = [
        (int(shape[calls.trip[begin]]), calls.stop[begin : end + 1])
        for begin, end in ridden_trips(timetable, first, last)
    ]
    key = tuple((number, *stops.tolist()) for number, stops in parts)
    if key not in known:
        known[key] = shapely.linestrings(
            np.concatenate([shapely.get_coordinates(ridden_line(timetable, *part)) for part in parts])
        )
    return known[key]
