"""What a sweep means for places: the best trip of every departure, and percentiles over the departures."""

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Float32, Float64, Int32, Int64, kernel
from tesoma_geo.network.transit.sweep import NEVER, NONE, RIDE, TIME, Events, SweepResult


class SweepQuery(NamedTuple):
    """What is asked of a sweep; seconds count from the start of the frame.

    Attributes
    ----------
    first_s, step_s, departures
        The departures asked for; with ``arrive_by`` the deadlines.
    arrive_by
        Whether the latest departure is asked for that meets each deadline.
    turned
        Whether the sweep went over the timetable with time turned round, so that the places are destinations.
    frame_s
        The second that turning makes 0.
    slack_s
        Seconds between the walk to a stop and boarding.
    most_s
        Trips that take longer do not count, from the last departure that catches them to their arrival, or
        from their departure to the first deadline that they meet.
    most_walk_s
        Trips with more walking do not count.
    """

    first_s: int
    step_s: int
    departures: int
    arrive_by: bool
    turned: bool
    frame_s: int
    slack_s: int
    most_s: int
    most_walk_s: int


class Boardings(NamedTuple):
    """What a sweep found, stop by stop, latest first; those of stop ``i`` from ``first[i]`` to ``first[i + 1]``.

    In a turned sweep they are alightings, and the second is that of the turned timetable.

    Attributes
    ----------
    first
        Where the boardings of each stop begin, shape (stops + 1,).
    step
        Step of the sweep, shape (k,).
    time_s
        Second of boarding, shape (k,).
    value
        What it is worth, as the sweep packs it, shape (k,).
    """

    first: Int64
    step: Int32
    time_s: Int32
    value: Int64


@kernel
def by_stop(events: Events, swept: SweepResult, stops: int, query: SweepQuery, longest_leg_s: int) -> Boardings:
    """Sort what a sweep found by stop, without what no departure asked for can be helped by.

    Of the boardings at a stop that even the last departure catches after the longest walk to it the best is
    enough, and that is the latest found, unless walking is weighed against arrival.

    Parameters
    ----------
    events
        What vehicles do.
    swept
        What the sweep found.
    stops
        How many there are.
    query
        The departures, and what a trip may be.
    longest_leg_s
        Most seconds between a place and a stop.

    Returns
    -------
    Boardings
        Stop by stop, latest first.
    """
    undominated, board, value_of, _, _ = swept
    time_of, stop_of, _, _ = events
    begin_s, end_s = -1, NEVER
    if not query.turned and not query.arrive_by:
        begin_s = query.first_s + query.slack_s
        if query.most_walk_s >= RIDE - 1:
            end_s = begin_s + (query.departures - 1) * query.step_s + longest_leg_s
    size = np.zeros(stops, np.int64)
    for step in undominated:
        event = board[step]
        stop = stop_of[event]
        if time_of[event] >= begin_s:
            size[stop] += time_of[event] < end_s or size[stop] == 0
    first = np.zeros(stops + 1, np.int64)
    for stop in range(stops):
        first[stop + 1] = first[stop] + size[stop]
    at, time_s, value = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32), np.empty(first[-1], np.int64)
    size[:] = 0
    for step in undominated:
        event = board[step]
        stop = stop_of[event]
        if time_of[event] >= begin_s:
            size[stop] += time_of[event] < end_s or size[stop] == 0
            place = first[stop] + size[stop] - 1
            at[place], time_s[place], value[place] = step, time_of[event], value_of[step]
    return Boardings(first, at, time_s, value)


@kernel
def best_trips(
    leg_first: Int64, leg_stop: Int32, leg_walk_s: Int32, place: int, boardings: Boardings, query: SweepQuery,
    value: Int64, step: Int32,
) -> None:  # fmt: skip
    """Fill ``value`` and ``step``, one a departure, for a place with walks of ``leg_walk_s`` to stops.

    The value is the second of arrival, or with deadlines the frame less the second of departure, then rides
    and walking; the step is that of boarding nearest to the place, or ``NONE``.

    Parameters
    ----------
    leg_first, leg_stop, leg_walk_s
        Legs between places and stops; see :class:`~tesoma_geo.network.transit.legs.StopLegs`.
    place
        Row of the place.
    boardings
        What a sweep found at each stop.
    query
        The departures, and what a trip may be.
    value, step
        Filled, shape (departures,).
    """
    first_s, step_s, count, arrive_by, turned, frame_s, slack_s, most_s, most_walk_s = query
    first, at, time_s, worth = boardings
    value[:] = NEVER
    step[:] = NONE
    for leg in range(leg_first[place], leg_first[place + 1]):
        stop, walk_s = leg_stop[leg], leg_walk_s[leg]
        for i in range(first[stop], first[stop + 1]):
            if worth[i] % RIDE + walk_s > most_walk_s:
                continue
            if turned:
                arrival_s, departure_s = frame_s - time_s[i] + walk_s, frame_s - worth[i] // TIME
            else:
                arrival_s, departure_s = worth[i] // TIME, time_s[i] - walk_s - slack_s
            if arrive_by:
                slot = max(0, -((first_s - arrival_s) // step_s))
                if slot >= count or first_s + slot * step_s - departure_s > most_s:
                    continue
                reached = (frame_s - departure_s) * TIME
            else:
                if departure_s < first_s:
                    continue
                slot = min((departure_s - first_s) // step_s, count - 1)
                if arrival_s - first_s - slot * step_s > most_s:
                    continue
                reached = arrival_s * TIME
            reached += worth[i] % TIME + walk_s
            if reached < value[slot]:
                value[slot], step[slot] = reached, at[i]
    if arrive_by:
        for slot in range(1, count):
            if value[slot - 1] < value[slot]:
                value[slot], step[slot] = value[slot - 1], step[slot - 1]
    else:
        for slot in range(count - 2, -1, -1):
            if value[slot + 1] < value[slot]:
                value[slot], step[slot] = value[slot + 1], step[slot + 1]


@kernel
def _taken_s(value: int, slot: int, query: SweepQuery) -> int:
    """Seconds from the departure asked for to the arrival, or from the departure to the deadline."""
    asked_s = query.first_s + slot * query.step_s
    if query.arrive_by:
        return asked_s - (query.frame_s - value // TIME)
    return value // TIME - asked_s


@kernel
def seconds_of(value: Int64, query: SweepQuery, direct_s: float, seconds: Float32) -> None:
    """Fill ``seconds``, one a departure: the best trip, or walking all the way where that is as fast.

    Parameters
    ----------
    value
        The best trip of each departure, shape (departures,).
    query
        The departures, and what a trip may be.
    direct_s
        Seconds of walking all the way.
    seconds
        Filled, shape (departures,).
    """
    for slot in range(value.size):
        seconds[slot] = direct_s
        if value[slot] < NEVER:
            taken_s = _taken_s(value[slot], slot, query)
            if taken_s < direct_s:
                seconds[slot] = taken_s


@kernel
def overdrawn(value: Int64, query: SweepQuery, direct_s: float, budget_s: int) -> bool:
    """Whether a trip that counts walks more than the budget.

    Parameters
    ----------
    value
        The best trip of each departure, shape (departures,).
    query
        The departures, and what a trip may be.
    direct_s
        Seconds of walking all the way; slower trips do not count.
    budget_s
        Most seconds on foot in a trip.

    Returns
    -------
    bool
        True where one does.
    """
    for slot in range(value.size):
        if value[slot] < NEVER and value[slot] % RIDE > budget_s and _taken_s(value[slot], slot, query) < direct_s:
            return True
    return False


@kernel
def all_trips(
    leg_first: Int64, leg_stop: Int32, leg_walk_s: Int32, direct_s: Float32, boardings: Boardings, query: SweepQuery,
    value: Int64, step: Int32, seconds: Float32, budget_s: int,
) -> bool:  # fmt: skip
    """Find the best trip of each place at each departure.

    Parameters
    ----------
    leg_first, leg_stop, leg_walk_s
        Legs between places and stops; see :class:`~tesoma_geo.network.transit.legs.StopLegs`.
    direct_s
        Seconds of walking all the way, shape (places,).
    boardings
        What a sweep found at each stop.
    query
        The departures, and what a trip may be.
    value, step, seconds
        Filled as by :func:`best_trips` and :func:`seconds_of`, shape (places, departures).
    budget_s
        Most seconds on foot in a trip.

    Returns
    -------
    bool
        Whether a trip that counts walks more than the budget.
    """
    too_far = False
    for place in range(leg_first.size - 1):
        best_trips(leg_first, leg_stop, leg_walk_s, place, boardings, query, value[place], step[place])
        seconds_of(value[place], query, direct_s[place], seconds[place])
        too_far |= overdrawn(value[place], query, direct_s[place], budget_s)
    return too_far


@kernel
def ranked(seconds: Float32, rank: Int64, out: Float32) -> None:
    """Put the values of some ranks of each row of ``seconds`` into the columns of ``out``.

    Parameters
    ----------
    seconds
        Shape (n, departures).
    rank
        Ranks from 0, shape (p,).
    out
        Filled, shape (n, p).
    """
    for row in range(seconds.shape[0]):
        ordered = np.sort(seconds[row])
        for i in range(rank.size):
            out[row, i] = ordered[rank[i]]


def ranks_of(percentiles: Float64, count: int) -> Int64:
    """The rank, from 0, of the smallest value that at least so many per cent of the values do not exceed.

    Parameters
    ----------
    percentiles
        Per cent, shape (p,).
    count
        How many values there are.

    Returns
    -------
    int64 array of shape (p,).
    """
    return np.maximum(np.ceil(np.asarray(percentiles, float) / 100 * count - 1e-9).astype(np.int64) - 1, 0)
