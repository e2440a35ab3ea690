"""What a transit router is asked about, and what a trip may be."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit.events import Boarding
from tesoma_geo.network.transit.labels_to_times import Boardings, Question
from tesoma_geo.network.transit.legs import Legs
from tesoma_geo.network.transit.sweep import Swept

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

    @property
    def found(self) -> NDArray[np.bool_]:
        """Which points have a street near enough."""
        return self.street.found | self.walk.found

    def legs(self, direction: Direction) -> Legs:
        """The legs at this end of trips to a hub, or from one."""
        return self.legs_to if direction == "to" else self.legs_from


@dataclass(frozen=True)
class Limits:
    """What a trip by public transport may be.

    Attributes
    ----------
    leg_s
        Most seconds of one walk (or way to the first stop).
    walk_s
        Most seconds of all of them together.
    trip_s
        Most seconds of a trip; see :class:`~tesoma_geo.network.transit.labels_to_times.Question`.
    boarding_slack_s
        Seconds to be at the stop before the vehicle leaves.
    boarding
        Which vehicles and stops serve.
    """

    leg_s: int
    walk_s: int
    trip_s: int
    boarding_slack_s: int
    boarding: Boarding


class Sweep(NamedTuple):
    """A question, the sweep that answers it, and what it found at each stop."""

    question: Question
    swept: Swept
    boardings: Boardings


class Best(NamedTuple):
    """The best trips of places; arrays of shape (places, departures).

    Attributes
    ----------
    question, swept
        What was asked, and of which sweep.
    value, step
        As :func:`~tesoma_geo.network.transit.labels_to_times.best_trips` tells them.
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
