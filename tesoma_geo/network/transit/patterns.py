"""Trips that call at the same stops in the same order and never overtake one another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.timetable import DayTimetable


@dataclass(frozen=True, eq=False)
class Patterns:
    """Trips in rows that keep their order at every stop. A place in a pattern is a *position*.

    Attributes
    ----------
    of_trip, rank
        Pattern of each trip, and its place in the pattern's row from the earliest on, shape (trips,).
    first_position
        Where the positions of each pattern begin, shape (patterns + 1,).
    stop
        Stop at each position, shape (positions,).
    boards
        Whether any of its trips may be boarded there, shape (positions,).
    first_trip
        Where the trips of each pattern begin in ``trips``, shape (patterns + 1,).
    trips
        Trips pattern by pattern in order of rank, shape (trips,).
    """

    of_trip: NDArray[np.int32]
    rank: NDArray[np.int32]
    first_position: NDArray[np.int64]
    stop: NDArray[np.int32]
    boards: NDArray[np.bool_]
    first_trip: NDArray[np.int64]
    trips: NDArray[np.int32]


def patterns_of(timetable: DayTimetable, boards: NDArray[np.bool_], alights: NDArray[np.bool_]) -> Patterns:
    """Group trips by stops and by where they may be boarded and left, and split those that overtake.

    A line that calls twice at a stop has it at two positions.

    Parameters
    ----------
    timetable
        What runs.
    boards, alights
        Whether one may board and alight at each call, shape (calls,).

    Returns
    -------
    Patterns
        Every trip is in one of them.
    """
    calls, first = timetable.calls, timetable.first_call
    alike: dict[bytes, list[int]] = {}
    for trip in range(len(timetable.trips)):
        rows = slice(first[trip], first[trip + 1])
        key = calls.stop[rows].tobytes() + boards[rows].tobytes() + alights[rows].tobytes()
        alike.setdefault(key, []).append(trip)
    chains = [chain for trips in alike.values() for chain in _in_order(timetable, np.array(trips))]
    of_trip, rank = np.empty(len(timetable.trips), np.int32), np.empty(len(timetable.trips), np.int32)
    for pattern, chain in enumerate(chains):
        of_trip[chain] = pattern
        rank[chain] = np.arange(len(chain))
    one = np.array([chain[0] for chain in chains], np.int64)
    length = first[one + 1] - first[one]
    first_position = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    call = np.arange(first_position[-1]) + np.repeat(first[one] - first_position[:-1], length)
    first_trip = np.concatenate([[0], np.cumsum([len(chain) for chain in chains])]).astype(np.int64)
    return Patterns(
        of_trip,
        rank,
        first_position,
        calls.stop[call],
        boards[call],
        first_trip,
        np.concatenate([np.empty(0, np.int64), *chains]).astype(np.int32),
    )


def _in_order(timetable: DayTimetable, trips: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Trips of the same stops in rows in which each is nowhere earlier than the one before."""
    calls, first = timetable.calls, timetable.first_call
    length = first[trips[0] + 1] - first[trips[0]]
    rows = first[trips][:, None] + np.arange(length)
    times = np.stack([calls.arrival_s[rows], calls.departure_s[rows]], axis=2).reshape(len(trips), -1)
    order = np.lexsort((trips, times[:, -1], times[:, 1]))
    chains: list[list[int]] = []
    for i in order:
        chain = next((chain for chain in chains if (times[i] >= times[chain[-1]]).all()), None)
        if chain is None:
            chains.append([i])
        else:
            chain.append(i)
    return [trips[chain] for chain in chains]
