"""Kernels for matrices in which only the arrival counts: walks are limited one by one, and nobody asks for the trips.

They find the same seconds as :func:`~tesoma_geo.network.transit.sweep.sweep`, in less time: values are plain
seconds, and for a single departure each stop is reached once.
"""

import numpy as np

from tesoma_geo.network.engine.kernel import Float32, Int32, Int64, kernel
from tesoma_geo.network.transit.labels import Labels
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, TIME, Changes, Ends, Events

NOT_YET = np.int32(2**30)


@kernel
def sweep_arrivals(events: Events, changes: Changes, ends: Ends, earliest: int, stops: int, trips: int) -> Labels:
    """Sweep as :func:`~tesoma_geo.network.transit.sweep.sweep` does, for arrivals only: labels without walking."""
    time_s, at_stop, of_trip, does = events
    first, board, _ = changes
    end_need_s, _ = ends
    size = time_s.size
    from_stop, aboard = np.full(stops, NOT_YET, np.int32), np.full(trips, NOT_YET, np.int32)
    boarded = np.full(size, NOT_YET, np.int32)
    found = np.empty(size, np.int32)
    count = 0
    for event in range(size - 1, -1, -1):
        stop, trip, what = at_stop[event], of_trip[event], does[event]
        if what & BOARD:
            boarded[event] = aboard[trip]
            if aboard[trip] < from_stop[stop]:
                from_stop[stop] = aboard[trip]
                found[count] = event
                count += 1
        if what & ALIGHT:
            least = aboard[trip]
            if end_need_s[stop] >= 0:
                least = min(least, np.int32(max(time_s[event] + end_need_s[stop], earliest)))
            for change in range(first[event], first[event + 1]):
                least = min(least, boarded[board[change]])
            aboard[trip] = least
    return Labels(found[:count], boarded[found[:count]].astype(np.int64) * TIME)


@kernel
def one_departure(
    begin: int, end: int, origin_first: Int64, origin_stop: Int32, origin_walk_s: Int32, leg_first: Int64,
    leg_stop: Int32, leg_walk_s: Int32, direct_s: Float32, events: Events, link_first: Int64, link_stop: Int32,
    link_need_s: Int32, leaves_s: int, slack_s: int, most_s: int, stops: int, trips: int, out: Float32,
) -> None:  # fmt: skip
    """Fill the rows of the origins ``begin`` to ``end`` of ``out``, [origin, destination], for one departure.

    Works through the events in order of time, after Dibbelt, Pajor, Strasser and Wagner (2018).
    """
    time_s, at_stop, of_trip, does = events
    start = np.searchsorted(time_s, leaves_s)
    for origin in range(begin, end):
        ready, arrived = np.full(stops, NOT_YET, np.int32), np.full(stops, NOT_YET, np.int32)
        aboard = np.zeros(trips, np.bool_)
        for leg in range(origin_first[origin], origin_first[origin + 1]):
            ready[origin_stop[leg]] = leaves_s + origin_walk_s[leg] + slack_s
        for event in range(start, time_s.size):
            now = time_s[event]
            if now > leaves_s + most_s:
                break
            stop, trip = at_stop[event], of_trip[event]
            if does[event] & ALIGHT and aboard[trip] and now < arrived[stop]:
                arrived[stop] = now
                for link in range(link_first[stop], link_first[stop + 1]):
                    ready[link_stop[link]] = min(ready[link_stop[link]], now + link_need_s[link])
            if does[event] & BOARD and ready[stop] <= now:
                aboard[trip] = True
        for place in range(leg_first.size - 1):
            least = NOT_YET
            for leg in range(leg_first[place], leg_first[place + 1]):
                least = min(least, arrived[leg_stop[leg]] + leg_walk_s[leg])
            taken_s = least - leaves_s
            out[origin, place] = direct_s[origin, place]
            if taken_s <= most_s and taken_s < direct_s[origin, place]:
                out[origin, place] = taken_s
