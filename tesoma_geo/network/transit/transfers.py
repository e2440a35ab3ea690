"""Which vehicle to change to: from every alighting the boardings nearby that can be worth it.

Of a pattern only the earliest vehicle that can be caught matters, and of the stops where it can be caught
only those that no stop farther up the pattern is as good as. What is left out never arrives earlier, rides
less or walks less.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._kernels import Bool, Int32, Int64, kernel
from tesoma_geo.network.transit.patterns import Patterns
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, Events, EventTransfers
from tesoma_geo.network.transit.timetable import DayTimetable


class _Rows(NamedTuple):
    """Departures and events of boarding, position by position, in order of rank.

    Those of position ``p`` from ``first[p]`` to ``first[p + 1]``; no event (-1) outside the hours.
    """

    first: Int64
    departure_s: Int32
    event: Int32


class _Candidates(NamedTuple):
    """Positions at which passengers who get off at a stop may board, by pattern and position.

    Those of stop ``i`` from ``first[i]`` to ``first[i + 1]``.
    """

    first: Int64
    position: Int32
    pattern: Int32
    need_s: Int32
    walk_s: Int32


def event_transfers(
    timetable: DayTimetable,
    patterns: Patterns,
    events: Events,
    call: NDArray[np.int32],
    stop_transfers: pd.DataFrame,
    start_s: int,
) -> EventTransfers:
    """The transfers between events that can be worth it.

    Parameters
    ----------
    timetable
        What runs.
    patterns
        Its trips in rows that keep their order.
    events
        What vehicles do within some hours.
    call
        Row of the call of each event, shape (events,).
    stop_transfers
        The transfers between stops; see :func:`~tesoma_geo.network.transit.legs.stop_transfers`.
    start_s
        Second of the timetable that is second 0 of the events.

    Returns
    -------
    EventTransfers
        From every alighting the first vehicles that are caught.
    """
    rows = _rows(timetable, patterns, events, call, start_s)
    candidates = _candidates(patterns, stop_transfers, rows, len(timetable.stops))
    trip = timetable.calls.trip[call]
    place = call - timetable.first_call[trip]
    position = (patterns.first_position[patterns.of_trip[trip]] + place).astype(np.int32)
    room = max(16 * len(trip), 1024)
    first, event, walk_s = _transfers(
        events, position, patterns.of_trip[trip], patterns.rank[trip], rows, candidates, room
    )
    return EventTransfers(first, event, walk_s)


def _rows(timetable: DayTimetable, patterns: Patterns, events: Events, call: NDArray[np.int32], start_s: int) -> _Rows:
    boarding = np.full(len(timetable.calls.trip), -1, np.int32)
    board = np.flatnonzero(events.does & BOARD)
    boarding[call[board]] = board
    pattern = np.repeat(np.arange(len(patterns.first_trip) - 1), np.diff(patterns.first_position))
    in_row = np.diff(patterns.first_trip)[pattern]
    first = np.concatenate([[0], np.cumsum(in_row)])
    rank = np.arange(first[-1]) - np.repeat(first[:-1], in_row)
    trip = patterns.trips[np.repeat(patterns.first_trip[:-1][pattern], in_row) + rank]
    place = np.arange(len(pattern)) - patterns.first_position[:-1][pattern]
    calls = timetable.first_call[trip] + np.repeat(place, in_row)
    return _Rows(
        first.astype(np.int64), (timetable.calls.departure_s[calls] - start_s).astype(np.int32), boarding[calls]
    )


def _candidates(patterns: Patterns, stop_transfers: pd.DataFrame, rows: _Rows, stops: int) -> _Candidates:
    pattern = np.repeat(np.arange(len(patterns.first_trip) - 1), np.diff(patterns.first_position))
    at = pd.DataFrame({"to_stop": patterns.stop, "position": np.arange(len(pattern)), "pattern": pattern})
    pairs = stop_transfers.merge(at[patterns.boards], on="to_stop").sort_values(["from_stop", "position"])
    first = np.searchsorted(pairs["from_stop"].to_numpy(), np.arange(stops + 1)).astype(np.int64)
    all_pairs = _Candidates(
        first,
        *(np.ascontiguousarray(pairs[name], np.int32) for name in ("position", "pattern", "need_s", "walk_s")),
    )
    kept = _worth_walking(all_pairs, rows)
    first = np.concatenate([[0], np.cumsum(kept)])[first]
    return _Candidates(first.astype(np.int64), *(column[kept] for column in all_pairs[1:]))


@kernel
def _worth_walking(candidates: _Candidates, rows: _Rows) -> Bool:
    """Candidates that are not as well boarded farther up the pattern, after less walking, on every trip."""
    first, position, pattern, need_s, walk_s = candidates
    kept = np.ones(position.size, np.bool_)
    for stop in range(first.size - 1):
        begin = first[stop]
        for i in range(first[stop], first[stop + 1]):
            if pattern[i] != pattern[begin]:
                begin = i
            here, trips = rows.first[position[i]], rows.first[position[i] + 1] - rows.first[position[i]]
            for j in range(begin, i):
                spare = need_s[i] - need_s[j]
                if not kept[j] or spare <= 0 or walk_s[j] > walk_s[i]:
                    continue
                there = rows.first[position[j]]
                trip = 0
                while trip < trips and rows.departure_s[here + trip] - rows.departure_s[there + trip] <= spare:
                    trip += 1
                if trip == trips:
                    kept[i] = False
                    break
    return kept


@kernel
def _transfers(
    events: Events,
    position_of: Int32,
    pattern_of: Int32,
    rank_of: Int32,
    rows: _Rows,
    candidates: _Candidates,
    room: int,
) -> tuple[Int64, Int32, Int32]:
    """The first vehicle of every candidate that an alighting passenger catches, unless staying is as good."""
    time_s, at_stop, _, does = events
    row_first, departure_s, boarding = rows
    candidate_first, position, pattern, need_s, walk_s = candidates
    first = np.zeros(time_s.size + 1, np.int64)
    event, walk = np.empty(room, np.int32), np.empty(room, np.int32)
    caught = np.empty(room, np.int32)
    count = 0
    for alight in range(time_s.size):
        first[alight + 1] = count
        if not does[alight] & ALIGHT:
            continue
        stop = at_stop[alight]
        begin, of = count, -1  # the transfers found of the pattern looked at
        for i in range(candidate_first[stop], candidate_first[stop + 1]):
            if pattern[i] != of:
                begin, of = count, pattern[i]
            row, end = row_first[position[i]], row_first[position[i] + 1]
            rank = np.searchsorted(departure_s[row:end], time_s[alight] + need_s[i])
            while row + rank < end and 0 <= boarding[row + rank] <= alight:
                rank += 1  # it leaves in this second, before the passenger is there
            if row + rank == end or boarding[row + rank] < 0:
                continue
            if of == pattern_of[alight] and rank >= rank_of[alight] and position[i] >= position_of[alight]:
                continue
            better = False
            for j in range(begin, count):
                better |= caught[j] <= rank and walk[j] <= walk_s[i]
            if better:
                continue
            if count == event.size:
                event, walk, caught = _longer(event), _longer(walk), _longer(caught)
            event[count], walk[count], caught[count] = boarding[row + rank], walk_s[i], rank
            count += 1
        first[alight + 1] = count
    return first, event[:count].copy(), walk[:count].copy()


@kernel
def _longer(array: Int32) -> Int32:
    """The array with room for twice as much."""
    longer = np.empty(2 * array.size, array.dtype)
    longer[: array.size] = array
    return longer
