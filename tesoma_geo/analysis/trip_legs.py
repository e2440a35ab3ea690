"""The legs of trips by timetable as lines: the walks along the streets, and the rides between them."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._shapes import ROUTE_TOLERANCE_M
from tesoma_geo.analysis.routes import routes_to, ways_to
from tesoma_geo.crs import WGS84, to_metric
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.network.transit.doors import Doors
from tesoma_geo.network.transit.median_trip import MedianTrips
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.ridden_lines import ridden_lines

#: Corners of a walk that are nearer than this to its simplified line are left out, metres: walks are short, and shown
#: from near.
WALK_TOLERANCE_M = 1.0

#: Stands for the hub where a stop is asked for.
HUB = -1

Legs = tuple[shapely.LineString, ...]


class StopEnds(NamedTuple):
    """Where a stop is on the streets, or its doors with the seconds between each and the platform.

    Attributes
    ----------
    at
        Where the stop or its doors are on the streets.
    inside_s
        Seconds, shape (positions,).
    """

    at: Positions
    inside_s: NDArray[np.float64]

    @classmethod
    def of(cls, stop: int, stops: Positions, doors: Doors | None) -> "StopEnds":
        """The ends of ways to or from a stop.

        Parameters
        ----------
        stop
            Row of the timetable's stops.
        stops
            Where these are on the streets.
        doors
            Entrances of stations, in the direction that is asked for; None where there are none.

        Returns
        -------
        StopEnds
            Of one position where the stop has no doors; of none where no door leads there.
        """
        if doors is None or not doors.behind[stop]:
            return cls(stops.take([stop]), np.zeros(1))
        own = np.flatnonzero(doors.stop == stop)
        return cls(doors.positions.take(own), doors.inside_s[own].astype(float))


def trip_legs(
    router: TransitRouter, origins: Places, hub: Places, trips: MedianTrips, walk_tolerance_m: float = WALK_TOLERANCE_M
) -> NDArray[np.object_]:
    """The legs of the trips behind the median, from the streets of each place to those of the hub.

    Parameters
    ----------
    router
        That the trips are of.
    origins, hub
        Between which they are.
    trips
        One an origin.
    walk_tolerance_m
        Corners of walks that are nearer than this to the simplified line are left out.

    Returns
    -------
    object array of shape (n,)
        A tuple an origin of LineStrings in the network's CRS: a walk, then rides and walks in turn, the last a walk;
        one walk where nobody rides, none where there is no trip. A walk that no streets are known for is empty, and
        one between platforms of a station is straight. What follows on the first walk is shared by those who ride
        alike.
    """
    legs = np.empty(len(trips.seconds), object)
    legs[:] = [()] * len(legs)
    on_foot = np.flatnonzero(np.isfinite(trips.seconds) & ~trips.rides)
    if len(on_foot):
        ways = routes_to(router.street, origins.street.take(on_foot), hub.street, walk_tolerance_m)
        legs[on_foot] = [(way,) for way in ways]
    riding = np.flatnonzero(trips.rides)
    if not len(riding):
        return legs
    begins = origins.street.take(riding)
    walks = _walks_to_stops(router, begins, trips.boards[riding], walk_tolerance_m)
    rests = _rests(router, hub, trips, riding, walk_tolerance_m)
    legs[riding] = [(walk, *rest) for walk, rest in zip(walks, rests, strict=True)]
    return legs


def _walks_to_stops(
    router: TransitRouter, begins: Positions, boards: NDArray[np.int64], tolerance_m: float
) -> NDArray[np.object_]:
    """The walk from each position to the stop where it boards."""
    access = router.access
    walks = np.full(len(boards), shapely.LineString(), object)
    for stop in np.unique(boards):
        rows = np.flatnonzero(boards == stop)
        begin, ends = begins.take(rows), StopEnds.of(int(stop), access.street_stops, access.doors_in)
        if len(ends.inside_s):
            number = np.zeros(len(rows), np.intp)
            if len(ends.inside_s) > 1:
                number = (access.street.times_between(begin, ends.at) + ends.inside_s).argmin(axis=1)
            walks[rows] = ways_to(access.street, begin, ends.at, number, tolerance_m)
    return walks


def _rests(
    router: TransitRouter, hub: Places, trips: MedianTrips, riding: NDArray[np.intp], tolerance_m: float
) -> list[Legs]:
    """What follows on the walk to the first stop, of each who rides: rides and walks in turn, each way once."""
    access, at_hub = router.access, StopEnds(hub.walk, np.zeros(len(hub)))
    stop_of, (x, y) = router.timetable.calls.stop, _metric_stops(router)
    inside = set(zip(*(router.timetable.pathways[end] for end in ("from_stop", "to_stop")), strict=True))
    of_trip: dict[tuple[int, ...], Legs] = {}
    drawn: dict[int, shapely.LineString] = {}
    known: dict[tuple[int, int], shapely.LineString] = {}

    def walk(left: int, boarded: int) -> shapely.LineString:
        if (left, boarded) not in known:
            if left == boarded or (left, boarded) in inside:
                known[left, boarded] = shapely.linestrings([[x[stop], y[stop]] for stop in (left, boarded)])
            else:
                begin = StopEnds.of(left, access.stops, access.doors_out)
                end = at_hub if boarded == HUB else StopEnds.of(boarded, access.stops, access.doors_in)
                known[left, boarded] = _walk_between(access.walk, begin, end, tolerance_m)
        return known[left, boarded]

    rests = []
    for rides, lines in zip(trips.calls[riding], ridden_lines(router.timetable, trips)[riding], strict=True):
        key = tuple(id(line) for line in lines)
        if key not in of_trip:
            new = [line for line in lines if id(line) not in drawn]
            drawn |= zip(map(id, new), _in_metres(new, router.walk.network.crs), strict=True)
            boarded, left = stop_of[rides[: len(lines)]].T.tolist()
            follow = [walk(one, other) for one, other in zip(left, [*boarded[1:], HUB], strict=True)]
            of_trip[key] = tuple(leg for pair in zip((drawn[one] for one in key), follow, strict=True) for leg in pair)
        rests.append(of_trip[key])
    return rests


def _walk_between(street: StreetSearch, begin: StopEnds, end: StopEnds, tolerance_m: float) -> shapely.LineString:
    """The way between two stops, or a stop and the hub, by the doors that are the quickest; empty without one."""
    if not (len(begin.inside_s) and len(end.inside_s)):
        return shapely.LineString()
    seconds = begin.inside_s[:, None] + street.times_between(begin.at, end.at) + end.inside_s
    if not np.isfinite(seconds).any():
        return shapely.LineString()
    first, last = divmod(int(seconds.argmin()), seconds.shape[1])
    (line,) = ways_to(street, begin.at.take([first]), end.at, np.array([last]), tolerance_m)
    return line


def _metric_stops(router: TransitRouter) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    stops = router.timetable.stops
    return to_metric(stops["lon"].to_numpy(), stops["lat"].to_numpy(), router.walk.network.crs)


def _in_metres(lines: list[shapely.LineString], crs: str) -> list[shapely.LineString]:
    """Lines in WGS 84 in a metric system, simplified as ways through a large network are."""
    metric = gpd.GeoSeries(lines, crs=WGS84).to_crs(crs).to_numpy()
    return list(shapely.simplify(metric, ROUTE_TOLERANCE_M, preserve_topology=False))
