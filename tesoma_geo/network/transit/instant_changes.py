"""Changes that take no time: in which order what happens within one second is worked off."""

import heapq

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, Events


def changes_in_order(events: Events, instant: NDArray[np.int32]) -> NDArray[np.int64]:
    """An order of the events in which whoever alights can board within the same second.

    Where several vehicles run in a circle within one second, some of these changes are not in it.

    Parameters
    ----------
    events
        In order of time, and of each vehicle.
    instant
        Pairs of stops: from one to the other passengers change in no time, shape (k, 2).

    Returns
    -------
    int64 array of shape (events,)
        The events' rows in the new order.
    """
    onward: dict[int, set[int]] = {}
    for here, there in instant.tolist():
        onward.setdefault(here, set()).add(there)
    order = np.arange(len(events.time_s))
    change = np.flatnonzero(np.isin(events.stop, instant))
    seconds, count = np.unique(events.time_s[change], return_counts=True)
    for second in seconds[count > 1].tolist():
        begin, end = np.searchsorted(events.time_s, [second, second + 1])
        order[begin:end] = begin + np.array(_sorted(events, int(begin), int(end), onward))
    return order


def _sorted(events: Events, begin: int, end: int, onward: dict[int, set[int]]) -> list[int]:
    """The events of one second, counted from ``begin``: each vehicle's as they are, boarding after alighting."""
    size = end - begin
    trip, stop, does = (column[begin:end].tolist() for column in (events.trip, events.stop, events.does))
    follows: list[list[int]] = [[] for _ in range(size)]
    waits, ride_waits = [0] * size, [False] * size
    for i in range(1, size):
        if trip[i] == trip[i - 1]:
            follows[i - 1].append(i)
            waits[i] += 1
            ride_waits[i] = True
    for i in range(size):
        if not does[i] & ALIGHT or stop[i] not in onward:
            continue
        for j in range(size):
            if does[j] & BOARD and stop[j] in onward[stop[i]] and trip[j] != trip[i]:
                follows[i].append(j)
                waits[j] += 1
    ready, done = [i for i in range(size) if not waits[i]], [False] * size
    order: list[int] = []
    while len(order) < size:
        while ready and done[ready[0]]:
            heapq.heappop(ready)
        # A circle: the first event whose vehicle has come so far.
        i = heapq.heappop(ready) if ready else next(i for i in range(size) if not done[i] and not ride_waits[i])
        done[i] = True
        order.append(i)
        if i + 1 < size and trip[i + 1] == trip[i]:
            ride_waits[i + 1] = False
        for j in follows[i]:
            waits[j] -= 1
            if waits[j] == 0 and not done[j]:
                heapq.heappush(ready, j)
    return order
