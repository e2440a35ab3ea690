"""Kernels for matrices in which only the arrival counts: walks are limited one by one, and nobody asks for the trips.

They find the same seconds as :func:`~tesoma_geo.network.transit.sweep.sweep`, in less time: values are plain
seconds, and for a single departure each stop is reached once.
"""

import numpy as np

from tesoma_geo._kernels import Float32, Int32, Int64, kernel
from tesoma_geo.network.transit.labels import Labels
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, TIME, Ends, EventGraph, Events, EventTransfers

NOT_YET = np.int32(2**30)

#: Origins worked on side by side: as many 32-bit numbers as a processor takes at once.
LANES = 8


@kernel
def sweep_arrivals(
    events: Events, transfers: EventTransfers, ends: Ends, earliest: int, stops: int, trips: int
) -> Labels:
    """Sweep as :func:`~tesoma_geo.network.transit.sweep.sweep` does, for arrivals only.

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
    Labels
        Arrivals, without seconds on foot.
    """
    time_s, at_stop, of_trip, does = events
    first, board, _ = transfers
    end_need_s, _ = ends
    size = time_s.size
    from_stop, aboard = np.full(stops, NOT_YET, np.int32), np.full(trips, NOT_YET, np.int32)
    boarded = np.full(size, NOT_YET, np.int32)
    undominated = np.empty(size, np.int32)
    count = 0
    for event in range(size - 1, -1, -1):
        stop, trip, what = at_stop[event], of_trip[event], does[event]
        if what & BOARD:
            boarded[event] = aboard[trip]
            if aboard[trip] < from_stop[stop]:
                from_stop[stop] = aboard[trip]
                undominated[count] = event
                count += 1
        if what & ALIGHT:
            least = aboard[trip]
            if end_need_s[stop] >= 0:
                least = min(least, np.int32(max(time_s[event] + end_need_s[stop], earliest)))
            for transfer in range(first[event], first[event + 1]):
                least = min(least, boarded[board[transfer]])
            aboard[trip] = least
    return Labels(undominated[:count], boarded[undominated[:count]].astype(np.int64) * TIME)


@kernel
def one_departure(
    begin: int, end: int, origin_first: Int64, origin_stop: Int32, origin_walk_s: Int32, leg_first: Int64,
    leg_stop: Int32, leg_walk_s: Int32, direct_s: Float32, graph: EventGraph, leaves_s: int, slack_s: int, most_s: int,
    weight: int, budget_s: int, stops: int, trips: int, out: Float32,
) -> None:  # fmt: skip
    """Fill the rows of the origins ``begin`` to ``end`` of ``out``, [origin, destination], for one departure.

    Walking is at most ``budget_s`` in all; with a ``weight`` of 0 it does not count. Works through the events in
    order of time, after Dibbelt, Pajor, Strasser and Wagner (2018). So what is known of a vehicle is the least
    walking of who sits in it, of an event of boarding the least walking of who transfers to it, and who arrives at
    a stop counts only after less walking than all before.

    Parameters
    ----------
    begin, end
        Rows of the origins.
    origin_first, origin_stop, origin_walk_s
        Legs from the origins to stops; see :class:`~tesoma_geo.network.transit.legs.StopLegs`.
    leg_first, leg_stop, leg_walk_s
        Legs from stops to the destinations.
    direct_s
        Seconds of walking all the way, shape (origins, destinations).
    graph
        Events in order of time, and transfers, those with least walking first.
    leaves_s
        Second of the departure.
    slack_s
        Seconds to be at the stop before the vehicle leaves.
    most_s
        Most seconds of a trip.
    weight
        1 where seconds on foot count, 0 where not.
    budget_s
        Most seconds on foot in a trip.
    stops, trips
        How many there are.
    out
        Filled with seconds, shape (origins, destinations).
    """
    time_s, at_stop, of_trip, does = graph.events
    first, board, walk_s = graph.transfers
    start, stop_s = np.searchsorted(time_s, leaves_s), leaves_s + most_s
    # Seconds as float32, which is exact for them, as processors compare these several at a time; inf is never.
    never, most_walked = np.float32(np.inf), np.float32(budget_s)
    ready, ready_walked, least_walked = _lanes(stops), _lanes(stops), _lanes(stops)
    aboard, changed, walked_by = _lanes(trips), _lanes(time_s.size), _lanes(time_s.size)
    # Arrivals at each stop that count: the first, the last, and which follows on each.
    earliest, latest = np.empty((stops, LANES), np.int32), np.empty((stops, LANES), np.int32)
    after, leaving = np.empty((time_s.size, LANES), np.int32), np.empty(LANES, np.float32)
    first_s, first_walked, soonest = _lanes(stops), _lanes(stops), np.empty(LANES, np.float32)
    for origin in range(begin, end, LANES):
        some = min(LANES, end - origin)
        ready[:], ready_walked[:], aboard[:], changed[:] = never, never, never, never
        least_walked[:], earliest[:] = np.float32(budget_s + 1), -1
        for lane in range(some):
            for leg in range(origin_first[origin + lane], origin_first[origin + lane + 1]):
                ready[origin_stop[leg], lane] = leaves_s + origin_walk_s[leg] + slack_s
                ready_walked[origin_stop[leg], lane] = origin_walk_s[leg] * weight
        for event in range(start, time_s.size):
            if time_s[event] > stop_s:
                break
            stop, trip = at_stop[event], of_trip[event]
            if does[event] & ALIGHT:
                least = never
                for lane in range(LANES):
                    walked = aboard[trip, lane]
                    # As little walking as before is enough here: a transfer may be known at a later alighting alone,
                    # as who stays aboard catches it too; see transfer_reduction.
                    leaving[lane] = walked if walked <= min(least_walked[stop, lane], most_walked) else never
                    least = min(least, leaving[lane])
                if least < never:
                    for lane in range(some):
                        if leaving[lane] < least_walked[stop, lane]:
                            if earliest[stop, lane] < 0:
                                earliest[stop, lane] = event
                            else:
                                after[latest[stop, lane], lane] = event
                            walked_by[event, lane], after[event, lane] = leaving[lane], -1
                            least_walked[stop, lane], latest[stop, lane] = leaving[lane], event
                    for transfer in range(first[event], first[event + 1]):
                        on_foot_s, boards = np.float32(walk_s[transfer] * weight), board[transfer]
                        if least + on_foot_s > most_walked:
                            break  # those with least walking come first
                        for lane in range(LANES):
                            then = leaving[lane] + on_foot_s
                            changed[boards, lane] = then if then < changed[boards, lane] else changed[boards, lane]
            if does[event] & BOARD:
                now_s = np.float32(time_s[event])
                for lane in range(LANES):
                    boarding = changed[event, lane] if changed[event, lane] < aboard[trip, lane] else aboard[trip, lane]
                    walks = ready_walked[stop, lane] if ready[stop, lane] <= now_s else never
                    aboard[trip, lane] = walks if walks < boarding else boarding
        first_s[:] = never
        for stop in range(stops):
            for lane in range(some):
                if earliest[stop, lane] >= 0:
                    first_s[stop, lane] = time_s[earliest[stop, lane]]
                    first_walked[stop, lane] = walked_by[earliest[stop, lane], lane]
        for place in range(leg_first.size - 1):
            soonest[:] = never
            for leg in range(leg_first[place], leg_first[place + 1]):
                stop, leg_s = leg_stop[leg], np.float32(leg_walk_s[leg])
                most_before = most_walked - np.float32(leg_walk_s[leg] * weight)
                too_far = False
                for lane in range(LANES):
                    then = first_s[stop, lane] + leg_s
                    sooner, within = then < soonest[lane], first_walked[stop, lane] <= most_before
                    too_far |= sooner & ~within
                    soonest[lane] = then if sooner & within else soonest[lane]
                if too_far:  # for somebody a later arrival after less walking counts
                    _later_arrivals(stop, leg_s, most_before, earliest, after, time_s, walked_by, soonest[:some])
            for lane in range(some):
                taken_s = soonest[lane] - leaves_s
                out[origin + lane, place] = direct_s[origin + lane, place]
                if taken_s <= most_s and taken_s < direct_s[origin + lane, place]:
                    out[origin + lane, place] = taken_s


@kernel
def _later_arrivals(
    stop: int, leg_s: np.float32, most_before: np.float32, earliest: Int32, after: Int32, time_s: Int32,
    walked_by: Float32, soonest: Float32,
) -> None:  # fmt: skip
    """Put the first arrivals at a stop after little enough walking, and a leg from there, into ``soonest``."""
    for lane in range(soonest.size):
        event = earliest[stop, lane]
        while event >= 0 and np.float32(time_s[event]) + leg_s < soonest[lane]:
            if walked_by[event, lane] <= most_before:
                soonest[lane] = np.float32(time_s[event]) + leg_s
            event = after[event, lane]


@kernel
def _lanes(rows: int) -> Float32:
    """Room for several origins side by side, a column an origin."""
    return np.empty((rows, LANES), np.float32)
