"""Kernels for matrices in which only the arrival counts: walks are limited one by one, and nobody asks for the trips.

They find the same seconds as :func:`~tesoma_geo.network.transit.sweep.sweep`, in less time: values are plain
seconds, and for a single departure each stop is reached once.
"""

import numpy as np

from tesoma_geo._kernels import Float32, Int32, Int64, kernel
from tesoma_geo.network.transit.labels import Labels
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, TIME, Ends, EventGraph, Events, EventTransfers

NOT_YET = np.int32(2**30)


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
    ready, ready_walked = np.empty(stops, np.int32), np.empty(stops, np.int32)
    aboard, changed = np.empty(trips, np.int32), np.empty(time_s.size, np.int32)
    # Arrivals at each stop that count: the first, the last and its walking, and which follows on each.
    earliest, latest, least_walked = np.empty(stops, np.int32), np.empty(stops, np.int32), np.empty(stops, np.int32)
    walked_by, after = np.empty(time_s.size, np.int32), np.empty(time_s.size, np.int32)
    for origin in range(begin, end):
        ready[:], ready_walked[:], aboard[:], changed[:] = NOT_YET, NOT_YET, NOT_YET, NOT_YET
        least_walked[:], earliest[:] = budget_s + 1, -1
        for leg in range(origin_first[origin], origin_first[origin + 1]):
            ready[origin_stop[leg]] = leaves_s + origin_walk_s[leg] + slack_s
            ready_walked[origin_stop[leg]] = origin_walk_s[leg] * weight
        for event in range(start, time_s.size):
            if time_s[event] > stop_s:
                break
            stop, walked = at_stop[event], aboard[of_trip[event]]
            if does[event] & ALIGHT and walked <= min(least_walked[stop], budget_s):
                if walked < least_walked[stop]:
                    if earliest[stop] < 0:
                        earliest[stop] = event
                    else:
                        after[latest[stop]] = event
                    walked_by[event], after[event] = walked, -1
                    least_walked[stop], latest[stop] = walked, event
                # As little walking as before is enough here: a transfer may be known at a later alighting alone, as
                # who stays aboard catches it too; see transfer_reduction.
                for transfer in range(first[event], first[event + 1]):
                    then = walked + walk_s[transfer] * weight
                    if then > budget_s:
                        break  # those with least walking come first
                    changed[board[transfer]] = min(changed[board[transfer]], then)
            if does[event] & BOARD:
                boarding = min(walked, changed[event])
                if ready[stop] <= time_s[event]:
                    boarding = min(boarding, ready_walked[stop])
                aboard[of_trip[event]] = boarding
        for place in range(leg_first.size - 1):
            soonest = NOT_YET
            for leg in range(leg_first[place], leg_first[place + 1]):
                event = earliest[leg_stop[leg]]
                while event >= 0 and time_s[event] + leg_walk_s[leg] < soonest:
                    if walked_by[event] + leg_walk_s[leg] * weight <= budget_s:
                        soonest = time_s[event] + leg_walk_s[leg]
                    event = after[event]
            taken_s = soonest - leaves_s
            out[origin, place] = direct_s[origin, place]
            if taken_s <= most_s and taken_s < direct_s[origin, place]:
                out[origin, place] = taken_s
