"""Which departures a transit router answers for, and what a trip may be."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.events import Boarding


@dataclass(frozen=True)
class Departures:
    """Departures at equal steps within a window, or deadlines.

    Attributes
    ----------
    start_s, end_s
        The first departure, and what the last one lies before, seconds on the timetable's scale.
    step_s
        Seconds between two of them.
    arrive_by
        Whether they are deadlines: trips are those that leave last and meet each of them.
    """

    start_s: int
    end_s: int
    step_s: int
    arrive_by: bool = False

    @property
    def asked_s(self) -> NDArray[np.int64]:
        """Each departure or deadline, seconds on the timetable's scale, shape (k,)."""
        return np.arange(self.start_s, self.end_s, self.step_s)

    @property
    def window_min(self) -> float:
        """Length of the window in minutes."""
        return (self.end_s - self.start_s) / 60

    def hours(self, trip_s: int) -> tuple[int, int]:
        """The hours within which the trips of all departures lie.

        Parameters
        ----------
        trip_s
            Most seconds of a trip.

        Returns
        -------
        tuple
            First second, and one past the last, on the timetable's scale; the first is not negative.
        """
        before_s, after_s = (trip_s, 0) if self.arrive_by else (0, trip_s)
        return max(0, self.start_s - before_s), self.end_s + after_s


@dataclass(frozen=True)
class TripLimits:
    """What a trip by public transport may be.

    Attributes
    ----------
    leg_s
        Most seconds of one walk (or way to the first stop).
    walk_s
        Most seconds of all of them together.
    trip_s
        Most seconds of a trip; see :class:`~tesoma_geo.network.transit.labels_to_times.SweepQuery`.
    boarding_slack_s
        Seconds to be at the stop before the vehicle leaves.
    boarding
        Which vehicles and stops serve.
    max_rides
        Most rides of a trip; None where they are not capped.
    direct_s
        Most seconds of walking all the way; ``inf`` where it is always possible.
    """

    leg_s: int
    walk_s: int
    trip_s: int
    boarding_slack_s: int
    boarding: Boarding
    max_rides: int | None = None
    direct_s: float = inf
