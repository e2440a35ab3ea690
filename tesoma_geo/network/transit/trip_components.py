"""What trips are made of: rides, walking, transferring, waiting and riding, summed along what a sweep found."""

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._kernels import Int32, Int64, kernel
from tesoma_geo.network.transit.labels_to_times import SweepQuery
from tesoma_geo.network.transit.sweep import NEVER, NONE, RIDE, TIME, Events, SweepResult


@kernel
def _onward(events: Events, swept: SweepResult) -> tuple[Int32, Int32]:
    """Seconds aboard, and on foot between vehicles, from each step on; 0 for step -1, no boarding."""
    time_s = events.time_s
    _, board, value, alight, onward = swept
    riding_s, transfer_s = np.zeros(board.size + 1, np.int32), np.zeros(board.size + 1, np.int32)
    for step in range(board.size - 1, -1, -1):
        if alight[step] == NONE:
            continue
        riding_s[step] = time_s[alight[step]] - time_s[board[step]]
        following = onward[step]
        if following != NONE:
            riding_s[step] += riding_s[following]
            transfer_s[step] = value[step] % RIDE - value[following] % RIDE + transfer_s[following]
    return riding_s, transfer_s


def trip_components(
    events: Events,
    swept: SweepResult,
    query: SweepQuery,
    value: Int64,
    step: Int32,
    seconds: NDArray[np.float32],
    direct_s: NDArray[np.float32],
) -> tuple[NDArray[np.int16], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Rides, and seconds of walking, transferring, waiting and riding, of each trip.

    Parameters
    ----------
    events
        What vehicles do.
    swept
        What the sweep found.
    query
        The departures, and what a trip may be.
    value, step, seconds
        The best trips, shape (n, departures).
    direct_s
        Seconds of walking all the way, shape (n,).

    Returns
    -------
    rides
        int16, 0 where walking all the way is as fast, -1 where there is no trip, shape (n, departures).
    walking_s, transfer_s, waiting_s, riding_s
        float32, NaN where there is no trip, shape (n, departures) each; they sum to ``seconds``.
    """
    riding_s, transfer_s = (column[step] for column in _onward(events, swept))
    asked_s = query.first_s + query.step_s * np.arange(query.departures)
    by_s = value // TIME
    taken_s = asked_s - (query.frame_s - by_s) if query.arrive_by else by_s - asked_s
    rides = (value % TIME // RIDE).astype(np.int16)
    walked_s = value % RIDE
    aboard = (value < NEVER) & (taken_s < direct_s[:, None])
    nowhere = np.isinf(seconds)
    on_foot = np.where(nowhere, np.float32(np.nan), seconds)
    unknown = np.where(nowhere, np.float32(np.nan), np.float32(0))
    return (
        np.where(aboard, rides, np.where(nowhere, -1, 0)).astype(np.int16),
        np.where(aboard, walked_s - transfer_s, on_foot).astype(np.float32),
        np.where(aboard, transfer_s, unknown).astype(np.float32),
        np.where(aboard, taken_s - walked_s - riding_s, unknown).astype(np.float32),
        np.where(aboard, riding_s, unknown).astype(np.float32),
    )
