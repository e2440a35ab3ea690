"""The transit router: public transport and walking together, for all departures of a window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.isochrones.isochrones import TimedStreets, isochrone_polygons
from tesoma_geo.network.isochrones.water_mask import Water
from tesoma_geo.network.streets.router import StreetRouter
from tesoma_geo.network.streets.snap import Points, Positions
from tesoma_geo.network.transit.cache import cached_prepared_timetable
from tesoma_geo.network.transit.itineraries import Itinerary, itinerary
from tesoma_geo.network.transit.labels_to_times import Question, all_trips, by_stop
from tesoma_geo.network.transit.legs import Legs, legs_to_stops, stop_positions, transfers_of
from tesoma_geo.network.transit.matrix import travel_times
from tesoma_geo.network.transit.nodes import node_legs, node_times
from tesoma_geo.network.transit.places import Best, Direction, Limits, Places, Sweep
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import RIDE, Ends
from tesoma_geo.network.transit.timetable import Timetable
from tesoma_geo.network.transit.trip_components import parts_of
from tesoma_geo.network.transit.trips import Trips

if TYPE_CHECKING:
    from tesoma_geo.network.transit.edits import TimetableEdit

MEDIAN = (50.0,)


@dataclass(frozen=True)
class TransitRouter:
    """Public transport with a way of walking, ready to ask; see :meth:`StreetNetwork.transit_router`.

    Attributes
    ----------
    timetable
        What runs.
    walk
        The streets on foot (or in a wheelchair): between vehicles, from the last stop, and to the first one.
    street
        How the first stop is reached; ``walk`` unless another profile is named.
    start_s, end_s, step_s
        The departures: from the first of these seconds on the timetable's scale to before the second, so far
        apart. With ``arrive_by`` they are deadlines.
    arrive_by
        Whether trips are those that leave last and meet each deadline.
    limits
        What a trip may be.
    """

    timetable: Timetable
    walk: StreetRouter
    street: StreetRouter
    start_s: int
    end_s: int
    step_s: int
    arrive_by: bool
    limits: Limits

    def travel_times(
        self, origins: Points | Places, destinations: Points | Places, percentiles: Sequence[float] = MEDIAN
    ) -> NDArray[np.float32]:
        """Seconds from each origin to each destination, ``inf`` where there is no trip.

        Parameters
        ----------
        origins, destinations
            As for a street router, or what :meth:`snap` made of them.
        percentiles
            Shares of the departures, in per cent, that are not slower. Each answer is the time of one of the
            departures, exact to the second.

        Returns
        -------
        float32 array of shape (p, n, m).

        Raises
        ------
        InputError
            Points or percentiles that are none.
        """
        return travel_times(self, self.snap(origins, "origins"), self.snap(destinations, "destinations"), percentiles)

    def times_between(self, origins: Places, destinations: Places) -> NDArray[np.float32]:
        """Median seconds from each origin to each destination, shape (n, m), as a street router answers."""
        seconds: NDArray[np.float32] = travel_times(self, origins, destinations, MEDIAN)[0]
        return seconds

    def trips_to(self, origins: Points | Places, hub: Points | Places) -> Trips:
        """The best trip of each departure from each origin to the nearest point of the hub, with its parts."""
        return self._trips(self.snap(origins, "origins"), self.snap(hub, "hub"), "to")

    def trips_from(self, hub: Points | Places, destinations: Points | Places) -> Trips:
        """The best trip of each departure from the nearest point of the hub to each destination."""
        return self._trips(self.snap(destinations, "destinations"), self.snap(hub, "hub"), "from")

    def to(self, points: Points | Places, percentile: float = 50.0) -> NDArray[np.float32]:
        """Seconds from every street node to the nearest of the points, at a percentile, shape (n_nodes,)."""
        seconds: NDArray[np.float32] = node_times(self, self.snap(points), "to", (percentile,))[0]
        return seconds

    def from_(self, points: Points | Places, percentile: float = 50.0) -> NDArray[np.float32]:
        """Seconds from the nearest of the points to every street node, at a percentile, shape (n_nodes,)."""
        seconds: NDArray[np.float32] = node_times(self, self.snap(points), "from", (percentile,))[0]
        return seconds

    def itineraries(
        self, origin: Points | Places, destination: Points | Places, at: str | None = None
    ) -> tuple[Itinerary, ...]:
        """The trips behind the travel times of one origin and destination.

        Parameters
        ----------
        origin, destination
            One point each.
        at
            A departure (or deadline) of the window, as clock time; all different trips of the window without.

        Raises
        ------
        InputError
            More than one point, or a time that is none of the window's.
        """
        origin, destination = self.snap(origin, "origin"), self.snap(destination, "destination")
        if len(origin) != 1 or len(destination) != 1:
            raise InputError(f"{len(origin)} origins and {len(destination)} destinations", "Give one point each")
        slots = range(len(self.asked_s))
        if at is not None:
            asked = np.flatnonzero(self.asked_s == self.timetable.seconds(at))
            if not len(asked):
                remedy = f"Ask for one of {self.timetable.clock(self.start_s)} and every {self.step_s} s from there"
                raise InputError(f"{at} is no departure of the window", remedy)
            slots = range(int(asked[0]), int(asked[0]) + 1)
        best = self.best(origin.legs_to, self.direct_s(origin, destination)[:, 0], destination, "to")
        told: dict[object, Itinerary] = {}
        for slot in slots if self.arrive_by else reversed(slots):
            found = itinerary(self, origin, destination, best, slot)
            if found is not None:
                walked = found.rides == 0
                told["walk" if walked and at is None else (found.leaves_s, found.arrives_s)] = found
        return tuple(sorted(told.values(), key=lambda trip: (trip.leaves_s, trip.arrives_s)))

    def isochrones(
        self,
        points: Points | Places,
        cutoffs_s: Sequence[float],
        *,
        reverse: bool = False,
        water: Iterable[shapely.Geometry] = (),
        percentile: float = 50.0,
    ) -> gpd.GeoDataFrame:
        """Polygons of what the points reach within each cutoff at a percentile; as a street router's."""
        streets = self.timed_streets(points, reverse=reverse, percentile=percentile)
        return isochrone_polygons(streets, cutoffs_s, crs=self.walk.network.crs, water=Water.of(water))

    def timed_streets(
        self, points: Points | Places, *, reverse: bool = False, percentile: float = 50.0
    ) -> TimedStreets:
        """The streets with the seconds from the points to each node (to the points with ``reverse``)."""
        places = self.snap(points)
        streets = self.walk.timed_streets(places.walk, reverse=reverse)
        seconds = self.to(places, percentile) if reverse else self.from_(places, percentile)
        return replace(streets, times_s=seconds)

    def with_edits(self, edits: "Sequence[TimetableEdit]") -> Self:
        """The router of an edited timetable; see :mod:`tesoma_geo.network.transit.edits`."""
        return replace(self, timetable=self.timetable.with_edits(edits))

    def snap(self, points: Points | Positions | Places, what: str = "points") -> Places:
        """Points with their ways to the stops, to be asked about more than once; positions are of the streets on foot.

        Raises
        ------
        InputError
            Positions where the first stop is not walked to: they are on the streets of one profile only.
        """
        if isinstance(points, Places):
            return points
        if isinstance(points, Positions) and self.street is not self.walk:
            raise InputError(f"{what} are positions of one profile", "Give points: two profiles snap them")
        at_walk = self.walk.snap(points, what)
        at_street = at_walk if self.street is self.walk else self.street.snap(points, what)
        to_stops = legs_to_stops(self.street, at_street, self.stops_by_street, self.limits.leg_s)
        from_stops = legs_to_stops(self.walk, at_walk, self.stops, self.limits.leg_s, from_stops=True)
        return Places(at_street, at_walk, to_stops, from_stops)

    @property
    def asked_s(self) -> NDArray[np.int64]:
        """Departures or deadlines, seconds on the timetable's scale, shape (k,)."""
        return np.arange(self.start_s, self.end_s, self.step_s)

    def direct_s(self, origins: Places, destinations: Places) -> NDArray[np.float32]:
        """Seconds from origins to destinations without a vehicle, shape (n, m)."""
        walked = self.walk.times_between(origins.walk, destinations.walk)
        if self.street is self.walk:
            return walked
        return np.minimum(walked, self.street.times_between(origins.street, destinations.street))

    def question(self, direction: Direction, budget_s: int | None = None) -> Question:
        """What is asked of a sweep in a direction, with a budget of walking or without."""
        first_s = self.start_s - self.board.start_s
        return Question(
            first_s, self.step_s, len(self.asked_s), self.arrive_by, direction == "from", self.board.frame_s,
            self.limits.boarding_slack_s if direction == "to" else 0, self.limits.trip_s,
            RIDE - 1 if budget_s is None else budget_s,
        )  # fmt: skip

    def earliest(self, direction: Direction) -> int:
        """Second of a sweep before which arrivals are all as good: there is no earlier departure or deadline."""
        first_s = self.start_s - self.board.start_s
        last_s = first_s + (len(self.asked_s) - 1) * self.step_s
        if direction == "to":
            return first_s if self.arrive_by else 0
        return 0 if self.arrive_by else self.board.frame_s - last_s

    def ends(self, hub: Places, direction: Direction) -> Ends:
        """The hub seen from each stop: its nearest point."""
        legs = hub.legs_from if direction == "to" else hub.legs_to
        far = np.iinfo(np.int32).max
        walk_s = np.full(self.board.stops, far, np.int32)
        np.minimum.at(walk_s, legs.stop, legs.walk_s)
        slack_s = 0 if direction == "to" else self.limits.boarding_slack_s
        near = walk_s < far
        need_s = np.where(near, np.where(near, walk_s, 0) + slack_s, -1)
        return Ends(need_s.astype(np.int32), np.where(near, walk_s, 0))

    def sweep(self, hub: Places, direction: Direction, budget_s: int | None) -> Sweep:
        """A sweep to the hub or from it, with a budget of walking or without."""
        turned = direction == "from"
        swept = self.board.swept(self.ends(hub, direction), self.earliest(direction), turned, budget_s)
        question = self.question(direction, budget_s)
        boardings = by_stop(self.board.side(turned).events, swept, self.board.stops, question, self.limits.leg_s)
        return Sweep(question, swept, boardings)

    def best(self, legs: Legs, direct_s: NDArray[np.float32], hub: Places, direction: Direction) -> Best:
        """The best step at each departure of places with ``legs``, which walk all the way in ``direct_s``.

        Where the fastest trips keep to the walking budget they are the answer. Only if one does not, the
        slower sweep is asked that weighs arrival against walking.
        """
        best, overdrawn = self._answered(legs, direct_s, self.sweep(hub, direction, None))
        if overdrawn:
            best, _ = self._answered(legs, direct_s, self.sweep(hub, direction, self.limits.walk_s))
        return best

    def _answered(self, legs: Legs, direct_s: NDArray[np.float32], sweep: Sweep) -> tuple[Best, bool]:
        """The best steps of a sweep, and whether one of them overdraws the walking budget."""
        shape = (len(direct_s), len(self.asked_s))
        value, step, seconds = np.empty(shape, np.int64), np.empty(shape, np.int32), np.empty(shape, np.float32)
        overdrawn = all_trips(
            legs.first, legs.stop, legs.walk_s, direct_s, sweep.boardings, sweep.question, value, step, seconds,
            self.limits.walk_s,
        )  # fmt: skip
        return Best(sweep.question, sweep.swept, value, step, seconds, direct_s), overdrawn

    def _trips(self, places: Places, hub: Places, direction: Direction) -> Trips:
        if direction == "to":
            direct_s = self.direct_s(places, hub).min(axis=1)
        else:
            direct_s = self.direct_s(hub, places).min(axis=0)
        best = self.best(places.legs(direction), direct_s, hub, direction)
        events = self.board.side(direction == "from").events
        parts = parts_of(events, best.swept, best.question, best.value, best.step, best.seconds, direct_s)
        return Trips(self.asked_s, best.seconds, *parts)

    @cached_property
    def board(self) -> PreparedTimetable:
        """The timetable as the sweeps work on it."""
        limits = self.limits
        before_s, after_s = (limits.trip_s, 0) if self.arrive_by else (0, limits.trip_s)
        transfers = transfers_of(self.timetable, self.walk, self.stops, limits.leg_s, limits.boarding_slack_s)
        start_s = max(0, self.start_s - before_s)
        return cached_prepared_timetable(self.timetable, transfers, start_s, self.end_s + after_s, limits.boarding)

    @cached_property
    def stops(self) -> Positions:
        """Where the stops meet the streets on foot; stops that nothing calls at are nowhere."""
        return stop_positions(self.timetable, self.walk)

    @cached_property
    def stops_by_street(self) -> Positions:
        """Where the stops meet the streets of the way to the first one."""
        return self.stops if self.street is self.walk else stop_positions(self.timetable, self.street)

    @cached_property
    def node_legs_to(self) -> Legs:
        """The stops that each street node reaches."""
        return node_legs(self.street, self.stops_by_street, self.limits.leg_s, from_stops=False)

    @cached_property
    def node_legs_from(self) -> Legs:
        """The stops that each street node is reached from."""
        return node_legs(self.walk, self.stops, self.limits.leg_s, from_stops=True)
