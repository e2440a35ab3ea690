"""A search of a prepared timetable for all departures: what matrices, isochrones and itineraries ask."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.departures import Departures, TripLimits
from tesoma_geo.network.transit.labels_to_times import Boardings, SweepQuery, all_trips, by_stop
from tesoma_geo.network.transit.legs import StopLegs
from tesoma_geo.network.transit.places import Direction, Places
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import RIDE, Ends, SweepResult


class HubSweep(NamedTuple):
    """A sweep to a hub or from it.

    Attributes
    ----------
    query
        What was asked.
    swept
        The sweep that answers it.
    boardings
        What it found at each stop.
    """

    query: SweepQuery
    swept: SweepResult
    boardings: Boardings


class BestTrips(NamedTuple):
    """The best trips of places; arrays of shape (places, departures).

    Attributes
    ----------
    query, swept
        What was asked, and of which sweep.
    value, step
        As :func:`~tesoma_geo.network.transit.labels_to_times.best_trips` gives them.
    seconds
        Of the trip, or of walking all the way.
    direct_s
        Of walking all the way, shape (places,).
    """

    query: SweepQuery
    swept: SweepResult
    value: NDArray[np.int64]
    step: NDArray[np.int32]
    seconds: NDArray[np.float32]
    direct_s: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class TransitSearch:
    """A prepared timetable with the departures that are asked for and the limits of a trip.

    It knows stops, not streets: places come with their legs to the stops.

    Attributes
    ----------
    prepared
        The timetable as the sweeps work on it.
    limits
        What a trip may be.
    departures
        The departures, or deadlines.
    """

    prepared: PreparedTimetable
    limits: TripLimits
    departures: Departures

    def query(self, direction: Direction, budget_s: int | None = None) -> SweepQuery:
        """What is asked of a sweep.

        Parameters
        ----------
        direction
            To a hub, or from it.
        budget_s
            Most seconds of walking in a trip; None where walking is not weighed.

        Returns
        -------
        SweepQuery
            Seconds count from the start of the prepared hours.
        """
        departures, limits = self.departures, self.limits
        return SweepQuery(
            departures.start_s - self.prepared.start_s, departures.step_s, len(departures.asked_s),
            departures.arrive_by, direction == "from", self.prepared.frame_s,
            limits.boarding_slack_s if direction == "to" else 0, limits.trip_s,
            RIDE - 1 if budget_s is None else budget_s,
        )  # fmt: skip

    def earliest(self, direction: Direction) -> int:
        """Second of a sweep before which arrivals are all as good: there is no earlier departure or deadline.

        Parameters
        ----------
        direction
            To a hub, or from it.

        Returns
        -------
        int
            Seconds from the start of the sweep.
        """
        departures = self.departures
        first_s = departures.start_s - self.prepared.start_s
        last_s = first_s + (len(departures.asked_s) - 1) * departures.step_s
        if direction == "to":
            return first_s if departures.arrive_by else 0
        return 0 if departures.arrive_by else self.prepared.frame_s - last_s

    def ends(self, hub: Places, direction: Direction) -> Ends:
        """The hub seen from each stop: its nearest point.

        Parameters
        ----------
        hub
            One point or several.
        direction
            To the hub, or from it.

        Returns
        -------
        Ends
            Whole seconds between each stop and the hub.
        """
        legs = hub.legs_from if direction == "to" else hub.legs_to
        far = np.iinfo(np.int32).max
        walk_s = np.full(self.prepared.stops // self.prepared.layers, far, np.int32)
        np.minimum.at(walk_s, legs.stop, legs.walk_s)
        slack_s = 0 if direction == "to" else self.limits.boarding_slack_s
        walk_s = np.tile(walk_s, self.prepared.layers)
        near = walk_s < far
        need_s = np.where(near, np.where(near, walk_s, 0) + slack_s, -1)
        return Ends(need_s.astype(np.int32), np.where(near, walk_s, 0))

    def sweep(self, hub: Places, direction: Direction, budget_s: int | None) -> HubSweep:
        """Sweep the timetable for the trips between every stop and the hub.

        Parameters
        ----------
        hub
            One point or several; trips are to the nearest.
        direction
            To the hub, or from it.
        budget_s
            Most seconds of walking in a trip; None where walking is not weighed, which is faster.

        Returns
        -------
        HubSweep
            The trips from every boarding on.
        """
        turned = direction == "from"
        swept = self.prepared.swept(self.ends(hub, direction), self.earliest(direction), turned, budget_s)
        query = self.query(direction, budget_s)
        boardings = by_stop(self.prepared.graph(turned).events, swept, self.prepared.stops, query, self.limits.leg_s)
        return HubSweep(query, swept, boardings)

    def best(self, legs: StopLegs, direct_s: NDArray[np.float32], hub: Places, direction: Direction) -> BestTrips:
        """The best trip of each place at each departure.

        Where the fastest trips keep to the walking budget they are the answer. Only if one does not, the
        slower sweep is asked that weighs arrival against walking.

        Parameters
        ----------
        legs
            Between the places and the stops.
        direct_s
            Seconds of walking all the way, shape (places,).
        hub
            One point or several; trips are to the nearest.
        direction
            To the hub, or from it.

        Returns
        -------
        BestTrips
            A trip a place and departure.
        """
        best, overdrawn = self._answered(legs, direct_s, self.sweep(hub, direction, None))
        if overdrawn:
            best, _ = self._answered(legs, direct_s, self.sweep(hub, direction, self.limits.walk_s))
        return best

    def _answered(self, legs: StopLegs, direct_s: NDArray[np.float32], sweep: HubSweep) -> tuple[BestTrips, bool]:
        """The best trips of a sweep, and whether one of them overdraws the walking budget."""
        shape = (len(direct_s), sweep.query.departures)
        value, step, seconds = np.empty(shape, np.int64), np.empty(shape, np.int32), np.empty(shape, np.float32)
        overdrawn = all_trips(
            legs.first, legs.stop, legs.walk_s, direct_s, sweep.boardings, sweep.query, value, step, seconds,
            self.limits.walk_s,
        )  # fmt: skip
        return BestTrips(sweep.query, sweep.swept, value, step, seconds, direct_s), overdrawn
