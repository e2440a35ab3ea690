"""Itineraries: the legs behind an answer of the transit router, with their stops, lines, times and geometry."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
import shapely
import shapely.ops
from numpy.typing import NDArray

from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit.fares import Fare, FareRide, fare_of
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.search import BestTrips, TransitSearch
from tesoma_geo.network.transit.stop_access import StopAccess
from tesoma_geo.network.transit.sweep import NONE, RIDE
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.vehicles import ridden_trips


@dataclass(frozen=True, eq=False)
class Leg:
    """A walk, or a ride in one vehicle.

    Attributes
    ----------
    kind
        ``"walk"`` (or by the profile to the first stop) or ``"ride"``.
    starts_s, ends_s
        Seconds on the timetable's scale.
    from_stop, to_stop
        Names of stops; empty at the origin and the destination.
    line, headsign, trip_id
        Of a ride.
    stops
        Of a ride: a row a call, ``stop_id``, ``name``, ``arrival_s``, ``departure_s``.
    geometry
        A LineString in WGS 84; None where a walk goes off the streets.
    stays
        Of a ride: whether the vehicle of the ride before goes on, so that nobody changes.
    boards_at
        Of a ride: the timetable's row of the stop where it begins; else -1. Feeds may use one ``stop_id`` for two.
    """

    kind: Literal["walk", "ride"]
    starts_s: int
    ends_s: int
    from_stop: str = ""
    to_stop: str = ""
    line: str = ""
    headsign: str = ""
    trip_id: str = ""
    stops: pd.DataFrame | None = None
    geometry: shapely.LineString | None = None
    stays: bool = False
    boards_at: int = -1


@dataclass(frozen=True, eq=False)
class Itinerary:
    """One trip.

    Attributes
    ----------
    asked_s
        The departure asked for, or the deadline.
    seconds
        What the router answers for it: from the departure asked for to the arrival, or from the departure to
        the deadline.
    legs
        In order; waiting is what lies between them.
    fare
        The cheapest fare, where the feed has fares and the trip rides.
    """

    asked_s: int
    seconds: float
    legs: tuple[Leg, ...]
    fare: Fare | None = None

    @property
    def leaves_s(self) -> int:
        """When the traveller leaves: as late as the trip allows."""
        return self.legs[0].starts_s

    @property
    def arrives_s(self) -> int:
        """When the traveller arrives."""
        return self.legs[-1].ends_s

    @property
    def rides(self) -> int:
        """Vehicles boarded."""
        return sum(leg.kind == "ride" and not leg.stays for leg in self.legs)


def itineraries_between(
    search: TransitSearch, access: StopAccess, origin: Places, destination: Places, slots: range
) -> tuple[Itinerary, ...]:
    """The trips behind the travel times of one origin and destination, those alike told once.

    Parameters
    ----------
    search
        The timetable, with its departures and limits.
    access
        The streets to and from its stops.
    origin, destination
        One point each.
    slots
        Departures (or deadlines), by their place among those asked for. Of several, walking all the way is told
        once.

    Returns
    -------
    tuple of Itinerary
        In order of leaving, then of arriving.
    """
    best = search.best(origin.legs_to, access.direct_s(origin, destination)[:, 0], destination, "to")
    trips: dict[object, Itinerary] = {}
    for slot in slots if search.departures.arrive_by else reversed(slots):
        trip = itinerary(search, access, origin, destination, best, slot)
        if trip is not None:
            walked = trip.rides == 0
            trips["walk" if walked and len(slots) > 1 else (trip.leaves_s, trip.arrives_s)] = trip
    return tuple(sorted(trips.values(), key=lambda trip: (trip.leaves_s, trip.arrives_s)))


def itinerary(
    search: TransitSearch, access: StopAccess, origin: Places, hub: Places, best: BestTrips, slot: int
) -> Itinerary | None:
    """The trip behind one departure of one place to a hub of one point.

    Parameters
    ----------
    search
        The timetable, with its departures and limits.
    access
        The streets to and from its stops.
    origin, hub
        One point each.
    best
        The best trips of the origin.
    slot
        The departure (or deadline), by its place among those asked for.

    Returns
    -------
    Itinerary or None
        None without a trip.
    """
    asked_s, seconds = int(search.departures.asked_s[slot]), float(best.seconds[0, slot])
    if np.isinf(seconds):
        return None
    direct_s = float(best.direct_s[0])
    if seconds >= direct_s:
        by_deadline = search.departures.arrive_by
        return Itinerary(asked_s, seconds, (_direct(access, origin, hub, asked_s, direct_s, by_deadline),))
    legs, rides = _Tracer(search, access, origin, hub).legs(best, slot)
    return Itinerary(asked_s, seconds, legs, fare_of(access.timetable, rides))


@dataclass(frozen=True, eq=False)
class _Tracer:
    """What is needed to follow a trip leg by leg."""

    search: TransitSearch
    access: StopAccess
    origin: Places
    hub: Places

    def legs(self, best: BestTrips, slot: int) -> tuple[tuple[Leg, ...], tuple[FareRide, ...]]:
        """The legs of a trip that rides, and its rides as fares see them."""
        access, prepared, timetable = self.access, self.search.prepared, self.access.timetable
        swept, events = best.swept, prepared.to.events
        step = int(best.step[0, slot])
        walked_s = int(best.value[0, slot] % RIDE - swept.value[step] % RIDE)
        stop = int(prepared.stop[swept.board[step]])
        boards_s = prepared.start_s + int(events.time_s[swept.board[step]])
        sets_out_s = boards_s - self.search.limits.boarding_slack_s - walked_s
        line = _walked(access.street, self.origin.street, _one(access.street_stops, stop))
        legs = [Leg("walk", sets_out_s, sets_out_s + walked_s, to_stop=_name(timetable, stop), geometry=line)]
        rides: list[FareRide] = []
        while step != NONE:
            first, last = (int(prepared.call[event]) for event in (swept.board[step], swept.alight[step]))
            for number, (begin, end) in enumerate(ridden_trips(timetable, first, last)):
                legs.append(replace(_ride(timetable, begin, end), stays=number > 0))
                rides.append(FareRide.of(timetable, begin, end))
            following = int(swept.onward[step])
            left = int(timetable.calls.stop[last])
            walk_s = int(swept.value[step] % RIDE)
            ends_s = legs[-1].ends_s
            if following == NONE:
                line = _walked(access.walk, _one(access.stops, left), self.hub.walk)
                legs.append(Leg("walk", ends_s, ends_s + walk_s, from_stop=_name(timetable, left), geometry=line))
            else:
                walk_s -= int(swept.value[following] % RIDE)
                stop = int(prepared.stop[swept.board[following]])
                if stop != left or walk_s:
                    line = _walked(access.walk, _one(access.stops, left), _one(access.stops, stop))
                    names = _name(timetable, left), _name(timetable, stop)
                    legs.append(Leg("walk", ends_s, ends_s + walk_s, *names, geometry=line))
            step = following
        return tuple(legs), tuple(rides)


def _direct(access: StopAccess, origin: Places, hub: Places, asked_s: int, direct_s: float, by_deadline: bool) -> Leg:
    """Walking all the way, or going by the profile to the first stop."""
    on_foot = access.walk.times_between(origin.walk, hub.walk)[0, 0]
    by = (access.walk, origin.walk, hub.walk) if on_foot <= direct_s else (access.street, origin.street, hub.street)
    taken_s = int(np.ceil(direct_s))
    starts_s = asked_s - taken_s if by_deadline else asked_s
    return Leg("walk", starts_s, starts_s + taken_s, geometry=_walked(*by))


def _name(timetable: DayTimetable, stop: int) -> str:
    return str(timetable.stops["name"].iloc[stop])


def _one(positions: Positions, row: int) -> Positions:
    return positions.take([row])


def _ride(timetable: DayTimetable, first: int, last: int) -> Leg:
    """The ride between two calls of a trip."""
    calls = timetable.calls
    trip = timetable.trips.iloc[int(calls.trip[first])]
    rows = slice(first, last + 1)
    stops = timetable.stops[["stop_id", "name"]].iloc[calls.stop[rows]].reset_index(drop=True)
    stops = stops.assign(arrival_s=calls.arrival_s[rows], departure_s=calls.departure_s[rows])
    return Leg(
        "ride", int(calls.departure_s[first]), int(calls.arrival_s[last]),
        str(stops["name"].iloc[0]), str(stops["name"].iloc[-1]),
        str(timetable.lines["name"].iloc[trip["line"]]), str(trip["headsign"]), str(trip["trip_id"]), stops,
        ridden_line(timetable, int(trip["shape"]), calls.stop[rows]), boards_at=int(calls.stop[first]),
    )  # fmt: skip


def ridden_line(timetable: DayTimetable, shape: int, stops: NDArray[np.int32]) -> shapely.LineString:
    """The part of a trip's shape between its stops, or straight lines between them where it has none.

    Parameters
    ----------
    timetable
        With stops and shapes.
    shape
        Which shape; -1 for none.
    stops
        Rows of the stops where the trip calls, in order.

    Returns
    -------
    LineString
        In WGS 84.
    """
    at = shapely.points(timetable.stops["lon"].to_numpy()[stops], timetable.stops["lat"].to_numpy()[stops])
    straight = shapely.linestrings(shapely.get_coordinates(at))
    if shape < 0:
        return straight
    lon_m = np.cos(np.radians(shapely.get_y(at[0])))  # degrees of longitude are shorter than those of latitude
    rows = slice(timetable.shapes.offsets[shape], timetable.shapes.offsets[shape + 1])
    lon, lat = timetable.shapes.lon[rows], timetable.shapes.lat[rows]
    if len(lon) < 2:
        return straight
    line = shapely.linestrings(np.column_stack([lon * lon_m, lat]))
    ends = shapely.points(shapely.get_coordinates(at[[0, -1]]) * [lon_m, 1.0])
    begin, end = shapely.line_locate_point(line, ends)
    if begin >= end:  # a loop that passes its own start: the shape does not tell which way
        return straight
    part = shapely.ops.substring(line, begin, end)
    return shapely.transform(part, lambda xy: xy / [lon_m, 1.0])


def _walked(router: StreetSearch, start: Positions, end: Positions) -> shapely.LineString | None:
    """The way between two positions along the streets, in WGS 84."""
    network = router.network
    start, end = router.best_pair(start, end)
    if not (start.found[0] and end.found[0]):
        return None
    from_xy, to_xy = _place(router, start), _place(router, end)
    if start.edge[0] == end.edge[0]:
        return shapely.linestrings([from_xy, to_xy])
    _, from_nodes, from_s = router.seeds_of(start, reverse=False)
    _, to_nodes, to_s = router.seeds_of(end, reverse=True)
    nodes = router.engine.path(from_nodes, from_s, to_nodes, to_s).nodes
    return shapely.linestrings([from_xy, *np.column_stack([network.lon[nodes], network.lat[nodes]]), to_xy])


def _place(router: StreetSearch, position: Positions) -> NDArray[np.float64]:
    network, edge, along = router.network, position.edge[0], position.fraction[0]
    ends = np.array([[network.lon[node], network.lat[node]] for node in (network.tail[edge], network.head[edge])])
    place: NDArray[np.float64] = ends[0] + along * (ends[1] - ends[0])
    return place
