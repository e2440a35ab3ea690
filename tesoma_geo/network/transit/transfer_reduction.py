"""Fewer transfers for the same trips: those that staying aboard or another transfer is as good as are left out.

A transfer is kept if it takes passengers somewhere sooner, or after less walking, than the vehicle that they
leave, left later or here for another one. What replaces a transfer never has more rides, so that the best trips
are still found, whatever is before them and after them, and in both directions of time.

After the transfer reduction of Witt, *Trip-Based Public Transit Routing*, ESA 2015, with walking as another
thing to be good in.
"""

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Bool, Int32, Int64, kernel
from tesoma_geo.network.transit.sweep import ALIGHT, Events, EventTransfers
from tesoma_geo.network.transit.threads import shared

#: Ways to reach a stop that are remembered; more than that are forgotten, and a change too many is kept.
ROOM = 8


class _Alightings(NamedTuple):
    """Events of alighting trip by trip, in order of time: those of trip ``t`` from ``first[t]`` to ``first[t + 1]``.

    Who boards at event ``i`` can alight there from ``after[i]`` on.
    """

    first: Int64
    event: Int32
    stop: Int32
    time_s: Int32
    after: Int64


def reduce_transfers(events: Events, transfers: EventTransfers, stops: int, trips: int) -> EventTransfers:
    """The transfers worth it, at each alighting those with least walking first.

    Parameters
    ----------
    events
        What vehicles do.
    transfers
        The transfers between events.
    stops, trips
        How many there are.

    Returns
    -------
    EventTransfers
        Fewer transfers for the same trips.
    """
    alightings = _alightings(events, trips)
    ordered = EventTransfers(transfers.first, transfers.event.copy(), transfers.walk_s.copy())
    kept = np.zeros(len(transfers.event), np.bool_)
    shared(lambda begin, end: _reduce(begin, end, events.trip, ordered, alightings, stops, kept), trips)
    first = np.concatenate([[0], np.cumsum(kept)])[ordered.first]
    return EventTransfers(first, ordered.event[kept], ordered.walk_s[kept])


def _alightings(events: Events, trips: int) -> _Alightings:
    order = np.argsort(events.trip, kind="stable")
    alights = (events.does[order] & ALIGHT) > 0
    after = np.empty(len(order), np.int64)
    after[order] = np.cumsum(alights)
    event = order[alights]
    first = np.searchsorted(events.trip[event], np.arange(trips + 1))
    return _Alightings(
        first.astype(np.int64), event.astype(np.int32), events.stop[event], events.time_s[event], after
    )  # fmt: skip


@kernel
def _reduce(
    begin: int, end: int, of_trip: Int32, transfers: EventTransfers, alightings: _Alightings, stops: int, kept: Bool
) -> None:
    """Put the transfers from the trips ``begin`` to ``end`` in order, and mark in ``kept`` those worth it."""
    first, board, walk_s = transfers
    run, alight, at_stop, time_s, after = alightings
    # How the passengers of a trip reach each stop: seconds and walking of which none is as good in both.
    reached_s, walked_s = np.empty((stops, ROOM), np.int32), np.empty((stops, ROOM), np.int32)
    held, by_trip = np.zeros(stops, np.int32), np.full(stops, -1, np.int32)
    for trip in range(begin, end):
        for place in range(run[trip + 1] - 1, run[trip] - 1, -1):
            here, event = at_stop[place], alight[place]
            by_trip[here], held[here] = trip, 1  # nobody is there sooner, or after less walking
            reached_s[here, 0], walked_s[here, 0] = time_s[place], 0
            _least_walking_first(first[event], first[event + 1], board, walk_s)
            for transfer in range(first[event], first[event + 1]):
                for onward in range(after[board[transfer]], run[of_trip[board[transfer]] + 1]):
                    stop = at_stop[onward]
                    if by_trip[stop] != trip:
                        by_trip[stop], held[stop] = trip, 0
                    known = 0
                    while known < held[stop] and (
                        reached_s[stop, known] > time_s[onward] or walked_s[stop, known] > walk_s[transfer]
                    ):
                        known += 1
                    if known == held[stop]:
                        kept[transfer] = True
                        held[stop] = _noted(time_s[onward], walk_s[transfer], reached_s[stop], walked_s[stop], known)


@kernel
def _least_walking_first(begin: int, end: int, board: Int32, walk_s: Int32) -> None:
    both = np.empty(end - begin, np.int64)
    for i in range(both.size):
        both[i] = np.int64(walk_s[begin + i]) << 32 | board[begin + i]
    both.sort()
    for i in range(both.size):
        walk_s[begin + i], board[begin + i] = both[i] >> 32, both[i] & 0xFFFFFFFF


@kernel
def _noted(time_s: int, walk_s: int, reached_s: Int32, walked_s: Int32, held: int) -> int:
    """Note a way to reach a stop, in place of those that it is as good as; how many there are now."""
    still = 0
    for i in range(held):
        if reached_s[i] < time_s or walked_s[i] < walk_s:
            reached_s[still], walked_s[still] = reached_s[i], walked_s[i]
            still += 1
    if still < ROOM:
        reached_s[still], walked_s[still] = time_s, walk_s
        still += 1
    return still
