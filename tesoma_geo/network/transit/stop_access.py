"""How places and stops meet the streets of a transit router, and how far all of them are on foot."""

import warnings
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Points, Positions
from tesoma_geo.network.transit.doors import Doors, doors_of
from tesoma_geo.network.transit.legs import StopLegs, WaysToStops, node_legs
from tesoma_geo.network.transit.places import Direction, Places
from tesoma_geo.network.transit.stop_positions import stop_positions
from tesoma_geo.network.transit.timetable import DayTimetable


@dataclass(frozen=True, eq=False)
class StopAccess:
    """Streets to the stops of a timetable, between them and from them.

    Attributes
    ----------
    timetable
        Whose stops.
    walk
        The streets on foot (or in a wheelchair).
    street
        The streets of the way to the first stop; ``walk`` unless it is reached otherwise.
    leg_s
        Most seconds of one walk, or of the way to the first stop.
    direct_limit_s
        Most seconds of a way without a vehicle; ``inf`` where it is always possible.
    """

    timetable: DayTimetable
    walk: StreetSearch
    street: StreetSearch
    leg_s: int
    direct_limit_s: float = inf

    def snap(self, points: Points | Positions | Places, what: str = "points") -> Places:
        """Points with their ways to the stops.

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
        if isinstance(points, Places):
            return points
        if isinstance(points, Positions) and self.street is not self.walk:
            raise InputError(f"{what} are positions of one profile", "Give points: two profiles snap them")
        at_walk = self.walk.snap(points, what)
        at_street = at_walk if self.street is self.walk else self.street.snap(points, what)

        def legs(direction: Direction) -> StopLegs:
            if direction == "to":
                return self.ways_in.legs(at_street, self.leg_s)
            return self.ways_out.legs(at_walk, self.leg_s)

        return Places(at_street, at_walk, legs)

    def direct_s(self, origins: Places, destinations: Places) -> NDArray[np.float32]:
        """Seconds from origins to destinations without a vehicle.

        Parameters
        ----------
        origins, destinations
            The places, n and m of them.

        Returns
        -------
        float32 array of shape (n, m), ``inf`` where there is no way.
        """
        walked = self.walk.times_between(origins.walk, destinations.walk)
        if self.street is not self.walk:
            walked = np.minimum(walked, self.street.times_between(origins.street, destinations.street))
        return self._direct(walked)

    def direct_node_s(self, hub: Places, direction: Direction) -> NDArray[np.float32]:
        """Seconds between every street node and the nearest point of a hub without a vehicle.

        Parameters
        ----------
        hub
            One point or several.
        direction
            To the hub, or from it.

        Returns
        -------
        float32 array of shape (nodes,), ``inf`` where there is no way.
        """
        if direction == "to":
            walked = self.walk.to(hub.walk)
            walked = walked if self.street is self.walk else np.minimum(walked, self.street.to(hub.street))
        else:
            walked = self.walk.from_(hub.walk)
            walked = walked if self.street is self.walk else np.minimum(walked, self.street.from_(hub.street))
        return self._direct(walked)

    def _direct(self, seconds: NDArray[np.float32]) -> NDArray[np.float32]:
        """Ways without a vehicle that are not too long; the others are none."""
        if self.direct_limit_s == inf:
            return seconds
        return np.where(seconds <= self.direct_limit_s, seconds, np.float32(np.inf))

    @cached_property
    def stops(self) -> Positions:
        """Where the stops meet the streets on foot; stops that nothing calls at are nowhere."""
        positions = stop_positions(self.timetable, self.walk)
        served = self.timetable.served
        if served.any() and not positions.found.any():
            problem = (
                f"none of the {served.sum()} stops of the timetable lies near a street: everybody walks all the way"
            )
            warnings.warn(
                f"{problem}. Are stop_lat and stop_lon exchanged, or is it another place's feed?", stacklevel=2
            )
        return positions

    @cached_property
    def street_stops(self) -> Positions:
        """Where the stops meet the streets of the way to the first one."""
        return self.stops if self.street is self.walk else stop_positions(self.timetable, self.street)

    @cached_property
    def doors_in(self) -> Doors | None:
        """The entrances of stations, from the streets of the way to the first stop."""
        return doors_of(self.timetable, self.street, step_free=self.walk.profile.wheelchair_tags, out=False)

    @cached_property
    def doors_out(self) -> Doors | None:
        """The entrances of stations, to the streets on foot."""
        return doors_of(self.timetable, self.walk, step_free=self.walk.profile.wheelchair_tags, out=True)

    @cached_property
    def ways_in(self) -> WaysToStops:
        """The ways to the stops."""
        return WaysToStops.of(self.street, self.street_stops, doors=self.doors_in)

    @cached_property
    def ways_out(self) -> WaysToStops:
        """The ways from the stops."""
        return WaysToStops.of(self.walk, self.stops, from_stops=True, doors=self.doors_out)

    @cached_property
    def node_legs_to(self) -> StopLegs:
        """The stops that each street node reaches."""
        return node_legs(self.street, self.street_stops, self.leg_s, from_stops=False, doors=self.doors_in)

    @cached_property
    def node_legs_from(self) -> StopLegs:
        """The stops that each street node is reached from."""
        return node_legs(self.walk, self.stops, self.leg_s, from_stops=True, doors=self.doors_out)
