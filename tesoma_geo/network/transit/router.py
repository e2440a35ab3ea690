"""The transit router: public transport and walking together, for all departures of a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.router import StreetRouter
from tesoma_geo.network.snap import Points, Positions
from tesoma_geo.network.transit.board import Board
from tesoma_geo.network.transit.legs import Legs, legs_to_stops, stop_positions, transfers_of
from tesoma_geo.network.transit.parts import parts_of
from tesoma_geo.network.transit.readout import Boardings, Question, all_trips, by_stop
from tesoma_geo.network.transit.sweep import RIDE, Ends, Swept
from tesoma_geo.network.transit.timetable import Timetable
from tesoma_geo.network.transit.trips import Trips, percentiles_of

Direction = Literal["to", "from"]


@dataclass(frozen=True)
class Places:
    """Points and their ways to the stops, found once for many questions.

    Attributes
    ----------
    street, walk
        Where the points meet the streets of the way to the first stop, and of the walks.
    legs_to
        From each point to the stops that it reaches.
    legs_from
        From stops to each point.
    """

    street: Positions
    walk: Positions
    legs_to: Legs
    legs_from: Legs

    def __len__(self) -> int:
        return len(self.walk.edge)


@dataclass(frozen=True)
class Limits:
    """What a trip by public transport may be.

    Attributes
    ----------
    max_walk_s
        Most seconds outside vehicles and not waiting, over the whole trip.
    max_trip_s
        Most seconds from the departure asked for to the arrival.
    boarding_slack_s
        Seconds to be at the stop before the vehicle leaves.
    accessible
        Whether to board only vehicles said to be accessible, at stops not said to be inaccessible.
    """

    max_walk_s: int
    max_trip_s: int
    boarding_slack_s: int
    accessible: bool


class Best(NamedTuple):
    """What :meth:`TransitRouter.best` finds; arrays of shape (places, departures).

    Attributes
    ----------
    question, swept
        What was asked, and of which sweep.
    value, step
        As :func:`~tesoma_geo.network.transit.readout.best_trips` tells them.
    seconds
        Of the trip, or of walking all the way.
    direct_s
        Of walking all the way, shape (places,).
    """

    question: Question
    swept: Swept
    value: NDArray[np.int64]
    step: NDArray[np.int32]
    seconds: NDArray[np.float32]
    direct_s: NDArray[np.float32]


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

    @property
    def asked_s(self) -> NDArray[np.int64]:
        """Departures or deadlines, seconds on the timetable's scale, shape (k,)."""
        return np.arange(self.start_s, self.end_s, self.step_s)

    def places(self, points: "Points | Places", what: str = "points") -> Places:
        """Points with their ways to the stops, to be asked about more than once."""
        if isinstance(points, Places):
            return points
        at_walk = self.walk.snap(points, what)
        at_street = at_walk if self.street is self.walk else self.street.snap(points, what)
        limit_s = self.limits.max_walk_s
        to_stops = legs_to_stops(self.street, at_street, self._stops_by_street, limit_s)
        from_stops = legs_to_stops(self.walk, at_walk, self._stops, limit_s, from_stops=True)
        return Places(at_street, at_walk, to_stops, from_stops)

    def trips_to(self, origins: Points | Places, hub: Points | Places) -> Trips:
        """The best trips from each origin to the nearest point of the hub."""
        return self._trips(self.places(origins, "origins"), self.places(hub, "hub"), "to")

    def trips_from(self, hub: Points | Places, destinations: Points | Places) -> Trips:
        """The best trips from the nearest point of the hub to each destination."""
        return self._trips(self.places(destinations, "destinations"), self.places(hub, "hub"), "from")

    def travel_times(
        self, origins: Points | Places, destinations: Points | Places, percentiles: Sequence[float] = (50,)
    ) -> NDArray[np.float32]:
        """Seconds from each origin to each destination, ``inf`` where there is no trip.

        Parameters
        ----------
        origins, destinations
            As for a street router, or what :meth:`places` made of them.
        percentiles
            Shares of the departures, in per cent, that are not slower; exact values of single departures.

        Returns
        -------
        float32 array of shape (p, n, m).
        """
        from tesoma_geo.network.transit.matrix import travel_times

        return travel_times(self, self.places(origins, "origins"), self.places(destinations, "destinations"), percentiles)

    def direct_s(self, origins: Places, destinations: Places) -> NDArray[np.float32]:
        """Seconds from origins to destinations without a vehicle, shape (n, m)."""
        walked = self.walk.times_between(origins.walk, destinations.walk)
        if self.street is self.walk:
            return walked
        return np.minimum(walked, self.street.times_between(origins.street, destinations.street))

    def question(self, direction: Direction, budget_s: int | None = None) -> Question:
        """What is asked of a sweep in a direction."""
        first_s = self.start_s - self.board.start_s
        return Question(
            first_s, self.step_s, len(self.asked_s), self.arrive_by, direction == "from", self.board.frame_s,
            self.limits.boarding_slack_s, self.limits.max_trip_s, RIDE - 1 if budget_s is None else budget_s,
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
        walk_s = np.full(self.board.stops, np.iinfo(np.int32).max, np.int32)
        np.minimum.at(walk_s, legs.stop, legs.walk_s)
        near = walk_s < np.iinfo(np.int32).max
        slack_s = 0 if direction == "to" else self.limits.boarding_slack_s
        return Ends(np.where(near, walk_s + slack_s * near, -1).astype(np.int32), np.where(near, walk_s, 0))

    def swept(self, hub: Places, direction: Direction, budget_s: int | None = None) -> tuple[Swept, Boardings]:
        """A sweep to the hub or from it, and what it found at each stop."""
        turned = direction == "from"
        swept = self.board.swept(self.ends(hub, direction), self.earliest(direction), turned, budget_s)
        return swept, by_stop(self.board.side(turned).events, swept, self.board.stops)

    def best(self, places: Places, hub: Places, direction: Direction) -> "Best":
        """The best step of each place at each departure.

        Where the fastest trips keep to the walking budget they are the answer. Only if one does not, the
        slower sweep is asked that weighs arrival against walking.
        """
        legs = places.legs_to if direction == "to" else places.legs_from
        direct_s = self._direct_to_hub(places, hub, direction)
        shape = (len(places), len(self.asked_s))
        value, step, seconds = np.empty(shape, np.int64), np.empty(shape, np.int32), np.empty(shape, np.float32)
        for budget_s in (None, self.limits.max_walk_s):
            swept, boardings = self.swept(hub, direction, budget_s)
            question = self.question(direction, budget_s)
            overdrawn = all_trips(
                legs.first, legs.stop, legs.walk_s, direct_s, boardings, question, value, step, seconds,
                self.limits.max_walk_s,
            )  # fmt: skip
            if not overdrawn:
                break
        return Best(question, swept, value, step, seconds, direct_s)

    def _trips(self, places: Places, hub: Places, direction: Direction) -> Trips:
        best = self.best(places, hub, direction)
        events = self.board.side(direction == "from").events
        parts = parts_of(events, best.swept, best.question, best.value, best.step, best.seconds, best.direct_s)
        return Trips(self.asked_s, best.seconds, *parts)

    def _direct_to_hub(self, places: Places, hub: Places, direction: Direction) -> NDArray[np.float32]:
        if direction == "to":
            return self.direct_s(places, hub).min(axis=1)
        return self.direct_s(hub, places).min(axis=0)

    @cached_property
    def board(self) -> Board:
        """The timetable as the sweeps work on it."""
        limits = self.limits
        if self.arrive_by:
            start_s, end_s = self.start_s - limits.max_trip_s, self.end_s
        else:
            start_s, end_s = self.start_s, self.end_s + limits.max_trip_s
        transfers = transfers_of(
            self.timetable, self.walk, self._stops, limits.max_walk_s, limits.boarding_slack_s
        )
        return Board.of(self.timetable, transfers, max(start_s, 0), end_s, limits.accessible)

    @cached_property
    def _stops(self) -> Positions:
        return stop_positions(self.timetable, self.walk)

    @cached_property
    def _stops_by_street(self) -> Positions:
        return self._stops if self.street is self.walk else stop_positions(self.timetable, self.street)


def transit_router(
    walk: StreetRouter,
    timetable: Timetable,
    window: tuple[str, str],
    *,
    street: StreetRouter | None = None,
    arrive_by: bool = False,
    step_min: float = 1.0,
    max_walk_min: float = 20.0,
    max_trip_min: float = 120.0,
    boarding_slack_s: int = 60,
    accessible: bool | None = None,
) -> TransitRouter:
    """A router of a timetable and a way of walking; see :meth:`StreetNetwork.transit_router`."""
    start_s, end_s = (timetable.seconds(clock) for clock in window)
    if end_s <= start_s:
        raise InputError(f"the window {window[0]}–{window[1]} ends before it begins", "Name an earlier and a later time; 24:00 and more are the next day")
    for name, number in (("step_min", step_min), ("max_walk_min", max_walk_min), ("max_trip_min", max_trip_min)):
        if not 0 < number < 24 * 60:
            raise InputError(f"{name} is {number}", "Give minutes between 0 and a day")
    if not 0 <= boarding_slack_s < 3600:
        raise InputError(f"boarding_slack_s is {boarding_slack_s}", "Give seconds from 0 to an hour")
    limits = Limits(
        round(60 * max_walk_min), round(60 * max_trip_min), int(boarding_slack_s),
        walk.profile.wheelchair_tags if accessible is None else accessible,
    )  # fmt: skip
    step_s = max(1, round(60 * step_min))
    return TransitRouter(timetable, walk, street or walk, start_s, end_s, step_s, arrive_by, limits)
