"""The transit router: public transport and walking together, for all departures of a window."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Self

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.isochrones.isochrones import TimedStreets, isochrone_polygons
from tesoma_geo.network.isochrones.street_times import timed_streets
from tesoma_geo.network.isochrones.water_mask import Water
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Points, Positions
from tesoma_geo.network.transit.departures import Departures, TripLimits
from tesoma_geo.network.transit.itineraries import Itinerary, itineraries_between
from tesoma_geo.network.transit.legs import stop_transfers
from tesoma_geo.network.transit.matrix import travel_times
from tesoma_geo.network.transit.nodes import node_times
from tesoma_geo.network.transit.phases import drawn_phases, has_headways
from tesoma_geo.network.transit.places import Direction, Places
from tesoma_geo.network.transit.pooled import pooled_node_times, pooled_travel_times
from tesoma_geo.network.transit.prepared_cache import cached_prepared_timetable
from tesoma_geo.network.transit.ride_layers import within_rides
from tesoma_geo.network.transit.search import TransitSearch
from tesoma_geo.network.transit.stop_access import StopAccess
from tesoma_geo.network.transit.timetable import DayTimetable, TimetableEdit
from tesoma_geo.network.transit.trip_components import trip_components
from tesoma_geo.network.transit.trip_rules import rules_in_seconds
from tesoma_geo.network.transit.trips import Trips

MEDIAN = (50.0,)


@dataclass(frozen=True, eq=False)
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
    departures
        The departures or deadlines that are asked for.
    limits
        What a trip may be.
    draws
        How often the phases of lines by headway are drawn that the feed does not tell; percentiles are then over the
        departures of all draws, and a column a departure is one a draw and departure.
    """

    timetable: DayTimetable
    walk: StreetSearch
    street: StreetSearch
    departures: Departures
    limits: TripLimits
    draws: int = 1

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
        return self._matrix(self.snap(origins, "origins"), self.snap(destinations, "destinations"), percentiles)

    def times_between(self, origins: Places, destinations: Places) -> NDArray[np.float32]:
        """Median seconds from each origin to each destination, as a street router answers.

        Parameters
        ----------
        origins, destinations
            What :meth:`snap` made of points.

        Returns
        -------
        float32 array of shape (n, m), ``inf`` where there is no trip.
        """
        seconds: NDArray[np.float32] = self._matrix(origins, destinations, MEDIAN)[0]
        return seconds

    def trips_to(self, origins: Points | Places, hub: Points | Places) -> Trips:
        """The best trip of each departure from each origin to the nearest point of the hub, with its parts.

        Parameters
        ----------
        origins, hub
            As for a street router, or what :meth:`snap` made of them.

        Returns
        -------
        Trips
            A row an origin, a column a departure.

        Raises
        ------
        InputError
            Points that are none.
        """
        return self._trips(self.snap(origins, "origins"), self.snap(hub, "hub"), "to")

    def trips_from(self, hub: Points | Places, destinations: Points | Places) -> Trips:
        """The best trip of each departure from the nearest point of the hub to each destination.

        Parameters
        ----------
        hub, destinations
            As for a street router, or what :meth:`snap` made of them.

        Returns
        -------
        Trips
            A row a destination, a column a departure.

        Raises
        ------
        InputError
            Points that are none.
        """
        return self._trips(self.snap(destinations, "destinations"), self.snap(hub, "hub"), "from")

    def to(self, points: Points | Places, percentile: float = 50.0) -> NDArray[np.float32]:
        """Seconds from every street node to the nearest of the points.

        Parameters
        ----------
        points
            As for a street router, or what :meth:`snap` made of them.
        percentile
            Per cent of the departures that are not slower.

        Returns
        -------
        float32 array of shape (n_nodes,), ``inf`` where there is no trip.

        Raises
        ------
        InputError
            Points or a percentile that are none.
        """
        return self._node_times(points, "to", percentile)

    def from_(self, points: Points | Places, percentile: float = 50.0) -> NDArray[np.float32]:
        """Seconds from the nearest of the points to every street node.

        Parameters
        ----------
        points
            As for a street router, or what :meth:`snap` made of them.
        percentile
            Per cent of the departures that are not slower.

        Returns
        -------
        float32 array of shape (n_nodes,), ``inf`` where there is no trip.

        Raises
        ------
        InputError
            Points or a percentile that are none.
        """
        return self._node_times(points, "from", percentile)

    def itineraries(
        self, origin: Points | Places, destination: Points | Places, at: str | None = None, draw: int = 0
    ) -> tuple[Itinerary, ...]:
        """The trips behind the travel times of one origin and destination.

        Parameters
        ----------
        origin, destination
            One point each.
        at
            A departure (or deadline) of the window, as clock time; all different trips of the window without.
        draw
            Which draw of the phases of lines by headway.

        Returns
        -------
        tuple of Itinerary
            In order of leaving, then of arriving.

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
                first = self.timetable.clock(self.departures.start_s)
                remedy = f"Ask for one of {first} and every {self.departures.step_s} s from there"
                raise InputError(f"{at} is no departure of the window", remedy)
            slots = range(int(asked[0]), int(asked[0]) + 1)
        access = self.access if len(self.drawn) == 1 else replace(self.access, timetable=self.drawn[draw])
        return itineraries_between(self.searches[draw], access, origin, destination, slots)

    def isochrones(
        self,
        points: Points | Places,
        cutoffs_s: Sequence[float],
        *,
        reverse: bool = False,
        water: Iterable[shapely.Geometry] = (),
        percentile: float = 50.0,
    ) -> gpd.GeoDataFrame:
        """Polygons of what the points reach within each cutoff; as a street router's.

        Parameters
        ----------
        points
            As for a street router, or what :meth:`snap` made of them.
        cutoffs_s
            Cutoffs in seconds.
        reverse
            Draw from where the points are reached instead.
        water
            Polygons of water in the network's CRS, which stay outside.
        percentile
            Per cent of the departures that are not slower.

        Returns
        -------
        GeoDataFrame
            As :func:`~tesoma_geo.network.isochrones.isochrones.isochrone_polygons` gives it, in the network's CRS.

        Raises
        ------
        InputError
            Points, cutoffs or a percentile that are none.
        """
        streets = self.timed_streets(points, reverse=reverse, percentile=percentile)
        return isochrone_polygons(streets, cutoffs_s, crs=self.walk.network.crs, water=Water.of(water))

    def timed_streets(
        self, points: Points | Places, *, reverse: bool = False, percentile: float = 50.0
    ) -> TimedStreets:
        """The streets with the seconds from the points to each node.

        Parameters
        ----------
        points
            As for a street router, or what :meth:`snap` made of them.
        reverse
            Seconds from the nodes to the points instead.
        percentile
            Per cent of the departures that are not slower.

        Returns
        -------
        TimedStreets
            The streets on foot.

        Raises
        ------
        InputError
            Points or a percentile that are none.
        """
        places = self.snap(points)
        streets = timed_streets(self.walk, places.walk, reverse=reverse)
        seconds = self.to(places, percentile) if reverse else self.from_(places, percentile)
        return replace(streets, times_s=seconds, ends_s=None)

    def with_edits(self, edits: Sequence[TimetableEdit]) -> Self:
        """The router of an edited timetable; see :mod:`tesoma_geo.network.transit.edits`.

        Parameters
        ----------
        edits
            The edits, in their order.

        Returns
        -------
        TransitRouter
            With the same streets, departures and limits.

        Raises
        ------
        InputError
            An edit names a line or a stop that is not there, or has impossible values.
        """
        return replace(self, timetable=self.timetable.with_edits(edits))

    def snap(self, points: Points | Positions | Places, what: str = "points") -> Places:
        """Points with their ways to the stops, to be asked about more than once.

        Parameters
        ----------
        points
            As for a street router; positions are of the streets on foot, and places stay as they are.
        what
            What they are, for messages.

        Returns
        -------
        Places
            A place a point, in their order.

        Raises
        ------
        InputError
            No points, points that are none, or positions where the first stop is not walked to: they are on the
            streets of one profile only.
        """
        return self.access.snap(points, what)

    @property
    def asked_s(self) -> NDArray[np.int64]:
        """Departures or deadlines, seconds on the timetable's scale, shape (k,)."""
        return self.departures.asked_s

    @cached_property
    def access(self) -> StopAccess:
        """The streets to and from the stops."""
        return StopAccess(self.timetable, self.walk, self.street, self.limits.leg_s, self.limits.direct_s)

    @property
    def search(self) -> TransitSearch:
        """The timetable prepared for the departures, at the first of the phases drawn."""
        return self.searches[0]

    @cached_property
    def searches(self) -> tuple[TransitSearch, ...]:
        """The timetable prepared for the departures, once a draw; once where all phases are known."""
        limits = self.limits
        transfers = stop_transfers(self.timetable, self.walk, self.access.stops, limits.leg_s, limits.boarding_slack_s)
        hours = self.departures.hours(limits.trip_s)
        rules = rules_in_seconds(self.timetable, transfers, limits.boarding_slack_s)
        prepared = [cached_prepared_timetable(one, transfers, *hours, limits.boarding, rules) for one in self.drawn]
        if limits.max_rides is not None:
            prepared = [within_rides(one, limits.max_rides) for one in prepared]
        return tuple(TransitSearch(one, limits, self.departures) for one in prepared)

    @cached_property
    def drawn(self) -> tuple[DayTimetable, ...]:
        """The timetable once a draw of the phases; as it is where all of them are known."""
        hours = self.departures.hours(self.limits.trip_s)
        if self.draws > 1 and has_headways(self.timetable, *hours):
            return drawn_phases(self.timetable, self.draws)
        return (self.timetable,)

    def _matrix(self, origins: Places, destinations: Places, percentiles: Sequence[float]) -> NDArray[np.float32]:
        walked = partial(self.access.direct_s, origins, destinations)
        if len(self.searches) > 1:
            return pooled_travel_times(self.searches, origins, destinations, walked, percentiles)
        return travel_times(self.search, origins, destinations, walked, percentiles)

    def _node_times(self, points: Points | Places, direction: Direction, percentile: float) -> NDArray[np.float32]:
        places = self.snap(points)
        seconds: NDArray[np.float32]
        if len(self.searches) > 1:
            seconds = pooled_node_times(self.searches, self.access, places, direction, (percentile,))[0]
        else:
            seconds = node_times(self.search, self.access, places, direction, (percentile,))[0]
        return seconds

    def _trips(self, places: Places, hub: Places, direction: Direction) -> Trips:
        if direction == "to":
            direct_s = self.access.direct_s(places, hub).min(axis=1)
        else:
            direct_s = self.access.direct_s(hub, places).min(axis=0)
        drawn = []
        for search in self.searches:
            best = search.best(places.legs(direction), direct_s, hub, direction)
            events = search.prepared.graph(direction == "from").events
            components = trip_components(events, best.swept, best.query, best.value, best.step, best.seconds, direct_s)
            drawn.append(Trips(self.asked_s, best.seconds, *components))
        return drawn[0] if len(drawn) == 1 else Trips.joined(drawn)
