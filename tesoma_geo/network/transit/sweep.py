"""One sweep back through the timetable: from every stop the trips to one place, at all times of departure.

Everything that happens is worked off from the latest second to the earliest. Then one value a vehicle is
enough, the best trip on for those who sit in it at the second that the sweep has come to, and one value a
stop, the best trip for those who board there: a profile of all departures is what these values have been,
one after the other. Who gets off may change to the vehicles that ``transfers`` names; what boarding them is
worth is known already, as they leave later.

The same sweep on the timetable with time turned round (:meth:`Events.turned`) tells how every stop is
reached *from* one place.

A value is one number: the second of arrival, then the rides, then the seconds on foot, so that the smallest
is the earliest arrival, of these the one with fewest rides, of these the one with least walking.

After Dibbelt, Pajor, Strasser and Wagner, *Connection Scan Algorithm*, JEA 2018, whose profiles these
values replace, and Witt, *Trip-Based Public Transit Routing*, ESA 2015, for the transfers.
"""

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Int8, Int32, Int64, kernel

BOARD, ALIGHT = 1, 2

WALK_BITS, RIDE_BITS = 18, 6
RIDE = 1 << WALK_BITS
TIME = 1 << (WALK_BITS + RIDE_BITS)
NEVER = 1 << 62
NONE = -1


class Events(NamedTuple):
    """What vehicles do, in ascending order of time, and of the trip where it does several things in one second.

    Attributes
    ----------
    time_s
        Seconds from the start of the frame, not negative, shape (k,).
    stop, trip
        Where and which, shape (k,).
    does
        ``BOARD``, ``ALIGHT`` or both (alighting comes first), shape (k,).
    """

    time_s: Int32
    stop: Int32
    trip: Int32
    does: Int8

    def turned(self, frame_s: int) -> "Events":
        """The same with time turned round: who gets on gets off, and second ``t`` is ``frame_s - t``.

        Parameters
        ----------
        frame_s
            Length of the frame in seconds.

        Returns
        -------
        Events
            Those of a sweep from a place.
        """
        swapped = np.array([0, ALIGHT, BOARD, BOARD | ALIGHT], np.int8)[self.does]
        time_s = (frame_s - self.time_s[::-1]).astype(np.int32)
        return Events(time_s, self.stop[::-1].copy(), self.trip[::-1].copy(), swapped[::-1].copy())


class EventTransfers(NamedTuple):
    """Where passengers who get off may board, those of event ``i`` from ``first[i]`` to ``first[i + 1]``.

    Attributes
    ----------
    first
        Shape (events + 1,).
    event
        Events of boarding, later ones, shape (k,).
    walk_s
        Seconds on foot in between, shape (k,).
    """

    first: Int64
    event: Int32
    walk_s: Int32

    def turned(self) -> "EventTransfers":
        """The same seen from the event of boarding, for the timetable with time turned round.

        Returns
        -------
        EventTransfers
            Those of a sweep from a place.
        """
        return EventTransfers(*_turned(self.first, self.event, self.walk_s))


class EventGraph(NamedTuple):
    """Events and transfers as a sweep in one direction sees them.

    Attributes
    ----------
    events
        What vehicles do.
    transfers
        From events of alighting to events of boarding.
    """

    events: Events
    transfers: EventTransfers


class Ends(NamedTuple):
    """The place that a sweep is about, seen from each stop; shape (stops,).

    Attributes
    ----------
    need_s
        Seconds between a vehicle at the stop and the place, -1 where it is too far.
    walk_s
        Seconds of it on foot.
    """

    need_s: Int32
    walk_s: Int32


class SweepResult(NamedTuple):
    """What a sweep found. A *step* is boarding somewhere and what follows from there.

    Attributes
    ----------
    undominated
        Steps that no later one at the same stop is as good as, latest first, shape (k,).
    board
        The event of each step, shape (steps,); with all below. Steps are in the order of their events.
    value
        Arrival, rides and walking from there on.
    alight
        Where the passenger gets off, an event.
    onward
        The step that follows, or ``NONE`` where the place is walked to.
    """

    undominated: Int32
    board: Int32
    value: Int64
    alight: Int32
    onward: Int32


@kernel
def sweep(events: Events, transfers: EventTransfers, ends: Ends, earliest: int, stops: int, trips: int) -> SweepResult:
    """Sweep over the events for the best trips to a place.

    Parameters
    ----------
    events, transfers
        What vehicles do, and the transfers between events.
    ends
        The place seen from each stop.
    earliest
        Second before which arrivals all count as at it.
    stops, trips
        How many there are.

    Returns
    -------
    SweepResult
        The best trip from every boarding on.
    """
    time_s, at_stop, of_trip, does = events
    first, board, walk_s = transfers
    end_need_s, end_walk_s = ends
    size = time_s.size
    from_stop = np.full(stops, NEVER, np.int64)
    aboard = np.full(trips, NEVER, np.int64)
    aboard_alight, aboard_onward = np.full(trips, NONE, np.int32), np.full(trips, NONE, np.int32)
    boarded = np.full(size, NEVER, np.int64)
    alight, onward = np.full(size, NONE, np.int32), np.full(size, NONE, np.int32)
    undominated = np.empty(size, np.int32)
    count = 0
    for event in range(size - 1, -1, -1):
        stop, trip, what = at_stop[event], of_trip[event], does[event]
        if what & BOARD:
            best = aboard[trip]
            boarded[event], alight[event], onward[event] = best, aboard_alight[trip], aboard_onward[trip]
            if best < from_stop[stop]:
                from_stop[stop] = best
                undominated[count] = event
                count += 1
        if what & ALIGHT:
            best, then = NEVER, NONE
            if end_need_s[stop] >= 0:
                best = max(time_s[event] + end_need_s[stop], earliest) * TIME + end_walk_s[stop]
            for transfer in range(first[event], first[event + 1]):
                via = boarded[board[transfer]] + walk_s[transfer]
                if via < best:
                    best, then = via, board[transfer]
            best += RIDE
            if best < aboard[trip]:
                aboard[trip], aboard_alight[trip], aboard_onward[trip] = best, event, then
    return SweepResult(undominated[:count], np.arange(size, dtype=np.int32), boarded, alight, onward)


@kernel
def _turned(first: Int64, event: Int32, walk_s: Int32) -> tuple[Int64, Int32, Int32]:
    last = first.size - 2
    begin = np.zeros(first.size, np.int64)
    for board in event:
        begin[last - board + 1] += 1
    begin = np.cumsum(begin)
    following, alight, on_foot_s = begin.copy(), np.empty_like(event), np.empty_like(walk_s)
    for i in range(first.size - 1):
        for transfer in range(first[i], first[i + 1]):
            place = following[last - event[transfer]]
            alight[place], on_foot_s[place] = last - i, walk_s[transfer]
            following[last - event[transfer]] += 1
    return begin, alight, on_foot_s
