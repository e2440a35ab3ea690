"""The sweep that answers in seconds only: for matrices, percentiles and isochrones, within a budget of walking.

It finds the same arrivals as :func:`~tesoma_geo.network.transit.budget.sweep_within`, several times as fast,
as it remembers neither steps nor rides. A *label* is an arrival and the seconds on foot until then, packed as
in :mod:`~tesoma_geo.network.transit.sweep`. Every vehicle and every stop has a *bag* of labels of which none
is as good as another in both: by ascending arrival, and so with ever less walking.
"""

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Int32, Int64, kernel
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, NEVER, RIDE, TIME, Ends, Events, EventTransfers

#: Seconds of walking, as a power of two, between the steps of a staircase.
STAIR_BITS = 6

#: The bits of a label that are seconds on foot.
WALK = RIDE - 1


class Labels(NamedTuple):
    """Labels at boardings that no later boarding at the same stop is as good as, latest first; shape (k,) each.

    Attributes
    ----------
    event
        Of boarding.
    value
        Arrival and walking from there on.
    """

    event: Int32
    value: Int64


@kernel
def sweep_labels(
    events: Events, transfers: EventTransfers, ends: Ends, earliest: int, stops: int, trips: int, budget_s: int,
    late_s: int = NEVER,
) -> Labels:  # fmt: skip
    """Sweep over the events for the arrivals of trips within a budget of walking.

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
    budget_s
        Most seconds on foot in a trip.
    late_s
        Second from which on all boardings at a stop are as good, as nobody is there so late.

    Returns
    -------
    Labels
        All of which none is as early with as little walking. Those of boardings from ``late_s`` on come first, the
        earliest first.
    """
    # Room enough for most places: to sweep once more takes far longer than to have room that is not used.
    room, count = 16 * events.time_s.size + 2 * (budget_s + 2), -1
    while True:
        kept, undominated, value = np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.int64)
        count = _sweep(events, transfers, ends, earliest, stops, trips, budget_s, late_s, kept, undominated, value)
        if count >= 0:
            return Labels(undominated[:count], value[:count])
        room *= 2


@kernel
def _sweep(
    events: Events, transfers: EventTransfers, ends: Ends, earliest: int, stops: int, trips: int, budget_s: int,
    late_s: int, kept: Int64, undominated: Int32, value: Int64,
) -> int:  # fmt: skip
    """Fill ``undominated`` and ``value``; how many there are, or -1 where there is no room for them."""
    time_s, at_stop, of_trip, does = events
    first, board, walk_s = transfers
    end_need_s, end_walk_s = ends
    size, used, count = time_s.size, 0, 0
    # Bags of vehicles, then of stops: where they begin in ``kept``, how many labels they hold, their staircases.
    bag, held = np.zeros(trips + stops, np.int32), np.zeros(trips + stops, np.int32)
    most, farthest_s = 0, 0
    for event in range(size):
        most = max(most, first[event + 1] - first[event])
    for transfer in range(walk_s.size):
        farthest_s = max(farthest_s, walk_s[transfer])
    # Steps beyond the budget are below any label: so much walking is never better than what is known.
    stair = np.full((trips + stops, ((budget_s + farthest_s) >> STAIR_BITS) + 2), NEVER, np.int64)
    stair[:, (budget_s >> STAIR_BITS) + 1 :] = -1
    # Bags that are boarded at each event, and the earliest arrival with the least walking of them.
    boarded, boarded_held, ideal = np.zeros(size, np.int32), np.zeros(size, np.int32), np.full(size, NEVER, np.int64)
    new, worth = np.empty(kept.size, np.int64), np.empty(most + 1, np.int64)
    all_late = False
    for event in range(size - 1, -1, -1):
        trip, stop = of_trip[event], at_stop[event]
        if not all_late and time_s[event] < late_s:
            # What nobody is too late for: from the earliest on, so that most others are soon found useless.
            all_late = True
            count, used = _tell_late(
                event + 1, at_stop, trips, boarded, boarded_held, bag, held, stair, kept, used, new, undominated, value
            )
            if count < 0:
                return -1
        if does[event] & BOARD and held[trip] > 0:
            begin, last = bag[trip], bag[trip] + held[trip] - 1
            boarded[event], boarded_held[event] = begin, held[trip]
            ideal[event] = (kept[begin] & ~WALK) + (kept[last] & WALK)
            who, many = trips + stop, 0
            if used + held[who] + held[trip] > kept.size or count + held[trip] > undominated.size:
                return -1
            for i in range(begin, last + 1 if all_late else begin):
                if stair[who, (kept[i] & WALK) >> STAIR_BITS] > kept[i]:
                    new[many] = kept[i]
                    many += 1
            if many:
                bag[who], held[who], many = used, *_merged(kept, bag[who], held[who], used, new, many)
                used += held[who]
                for i in range(many):
                    _lower(stair[who], new[i])
                    undominated[count], value[count] = event, new[i]
                    count += 1
        if does[event] & ALIGHT:
            stairs, many, some = stair[trip], 0, 0
            if end_need_s[stop] >= 0 and end_walk_s[stop] <= budget_s:
                new[0] = max(time_s[event] + end_need_s[stop], earliest) * TIME + end_walk_s[stop]
                if stairs[(new[0] & WALK) >> STAIR_BITS] > new[0]:
                    _lower(stairs, new[0])
                    many = 1
            # Nine of ten transfers end at this test. All are put to it first, without a branch, as the processor could
            # not guess it; numbers without a sign spare it the test for those that count from the end.
            for transfer in range(np.uint32(first[event]), np.uint32(first[event + 1])):
                best = ideal[np.uint32(board[transfer])] + walk_s[transfer]
                worth[some] = transfer
                some += stairs[np.uint32((best & WALK) >> STAIR_BITS)] > best
            for i in range(some):
                boards, on_foot_s = board[worth[i]], walk_s[worth[i]]
                best = ideal[boards] + on_foot_s
                if stairs[(best & WALK) >> STAIR_BITS] <= best:
                    continue
                begin, end = boarded[boards], boarded[boards] + boarded_held[boards]
                if many + end - begin > new.size:
                    return -1
                for label in range(begin, end):
                    via = kept[label] + on_foot_s
                    if (via & WALK) > budget_s or stairs[(via & WALK) >> STAIR_BITS] <= via:
                        continue
                    new[many] = via
                    many += 1
                    _lower(stairs, via)
            if many:
                if used + held[trip] + many > kept.size:
                    return -1
                bag[trip], held[trip], many = used, *_merged(kept, bag[trip], held[trip], used, new, many)
                used += held[trip]
    if not all_late:
        count, used = _tell_late(
            0, at_stop, trips, boarded, boarded_held, bag, held, stair, kept, used, new, undominated, value
        )
    return count


@kernel
def _tell_late(
    begin: int, at_stop: Int32, trips: int, boarded: Int32, boarded_held: Int32, bag: Int32, held: Int32, stair: Int64,
    kept: Int64, used: int, new: Int64, undominated: Int32, value: Int64,
) -> tuple[int, int]:  # fmt: skip
    """Begin the output and the bags of stops with what is boarded at the events from ``begin`` on.

    Returns how many labels there are in the output, or -1 where there is no room, and how much of ``kept`` is used.
    """
    count = 0
    for event in range(begin, at_stop.size):
        who, some = trips + at_stop[event], 0
        if used + held[who] + boarded_held[event] > kept.size or count + boarded_held[event] > undominated.size:
            return -1, used
        for i in range(boarded[event], boarded[event] + boarded_held[event]):
            if stair[who, (kept[i] & WALK) >> STAIR_BITS] > kept[i]:
                new[some] = kept[i]
                some += 1
        if some:
            bag[who], held[who], some = used, *_merged(kept, bag[who], held[who], used, new, some)
            used += held[who]
            for i in range(some):
                _lower(stair[who], new[i])
                undominated[count], value[count] = event, new[i]
                count += 1
    return count, used


@kernel
def _lower(stairs: Int64, label: int) -> None:
    """Note in the staircase of a bag that it has a label, or one as good; steps beyond the budget are below it."""
    step = ((label & WALK) + (1 << STAIR_BITS) - 1) >> STAIR_BITS
    while stairs[step] > label:
        stairs[step] = label
        step += 1


@kernel
def _merged(kept: Int64, begin: int, held: int, used: int, new: Int64, many: int) -> tuple[int, int]:
    """Write a bag with ``many`` new labels to ``kept`` from ``used`` on.

    Returns how many labels it holds, and how many of the new ones are as good as none before them; these come
    first in ``new`` then.
    """
    for i in range(held):
        kept[used + i] = kept[begin + i]
    good = 0
    for i in range(many):
        label = new[i]
        at = used + held
        while at > used and kept[at - 1] > label:
            at -= 1
        if at > used and (kept[at - 1] & WALK) <= (label & WALK):
            continue
        new[good] = label
        good += 1
        worse, end = at, used + held
        while worse < end and (kept[worse] & WALK) >= (label & WALK):
            worse += 1
        if worse == at:
            for j in range(end, at, -1):
                kept[j] = kept[j - 1]
        else:
            for j in range(worse, end):
                kept[at + 1 + j - worse] = kept[j]
        kept[at] = label
        held += 1 + at - worse
    return held, good
