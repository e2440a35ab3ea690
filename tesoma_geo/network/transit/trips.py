"""What a transit router answers for places and one hub: a trip a departure, and what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._given import numbers
from tesoma_geo.errors import InputError
from tesoma_geo.network.transit.labels_to_times import ranked, ranks_of


@dataclass(frozen=True, eq=False)
class Trips:
    """The best trip of each place at each departure, or for each deadline.

    Attributes
    ----------
    asked_s
        Departures, or deadlines, on the timetable's scale of seconds, shape (k,).
    seconds
        From the departure to the arrival, or from the departure to the deadline, waiting included; ``inf``
        where there is no trip, shape (n, k).
    rides
        Vehicles boarded; 0 where walking all the way is as fast, -1 where there is no trip, shape (n, k).
    walking_s
        On the way to the first stop and from the last, shape (n, k). These four sum to ``seconds``.
    transfer_s
        On foot between vehicles.
    waiting_s
        At the origin, at stops, and before the deadline.
    riding_s
        Aboard.
    """

    asked_s: NDArray[np.int64]
    seconds: NDArray[np.float32]
    rides: NDArray[np.int16]
    walking_s: NDArray[np.float32]
    transfer_s: NDArray[np.float32]
    waiting_s: NDArray[np.float32]
    riding_s: NDArray[np.float32]

    @classmethod
    def joined(cls, drawn: "Sequence[Trips]") -> "Trips":
        """Trips of several draws, side by side: a column a draw and departure.

        Parameters
        ----------
        drawn
            Trips of the same places.

        Returns
        -------
        Trips
            All of them.
        """
        columns = ("seconds", "rides", "walking_s", "transfer_s", "waiting_s", "riding_s")
        arrays = (np.concatenate([getattr(trips, name) for trips in drawn], axis=1) for name in columns)
        return cls(np.concatenate([trips.asked_s for trips in drawn]), *arrays)

    def percentiles(self, percentiles: Sequence[float]) -> NDArray[np.float32]:
        """The seconds that so many per cent of the departures do not exceed.

        Parameters
        ----------
        percentiles
            Numbers from 0 to 100.

        Returns
        -------
        float32 array of shape (p, n).

        Raises
        ------
        InputError
            No percentile, or one outside 0 to 100.
        """
        return percentiles_of(self.seconds, percentiles)


def percentiles_of(seconds: NDArray[np.float32], percentiles: Sequence[float]) -> NDArray[np.float32]:
    """Per row, the smallest value that so many per cent of the row do not exceed.

    It is always one of the values, and ``inf`` where too many of them are.

    Parameters
    ----------
    seconds
        Shape (n, departures).
    percentiles
        Numbers from 0 to 100.

    Returns
    -------
    float32 array of shape (p, n).

    Raises
    ------
    InputError
        No percentile, or one outside 0 to 100.
    """
    wanted = checked_percentiles(percentiles)
    out = np.empty((len(seconds), len(wanted)), np.float32)
    ranked(seconds, ranks_of(wanted, seconds.shape[1]), out)
    return np.ascontiguousarray(out.T)


def checked_percentiles(percentiles: Sequence[float]) -> NDArray[np.float64]:
    """Percentiles as an array.

    Parameters
    ----------
    percentiles
        Numbers from 0 to 100.

    Returns
    -------
    float64 array of shape (p,).

    Raises
    ------
    InputError
        No percentile, or one outside 0 to 100.
    """
    remedy = "Give one or more numbers from 0 to 100"
    several_of_them = percentiles if np.ndim(percentiles) else [percentiles]
    wanted = np.array(numbers("percentiles", several_of_them, remedy), float)
    if wanted.ndim != 1 or not wanted.size or not ((wanted >= 0) & (wanted <= 100)).all():
        raise InputError(f"percentiles are {percentiles}", remedy)
    return wanted
