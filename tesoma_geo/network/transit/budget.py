"""The sweep for trips within a budget of walking.

The earliest arrival may need more walking than the traveller is ready for, and then a later one with less
walking counts. Where :func:`~tesoma_geo.network.transit.sweep.sweep` keeps one value, this sweep keeps all
of which none is as early with as little walking. It takes a few times as long, and is asked only when the
other one's answers overdraw the budget: those that keep to it are the best there are.
"""

from typing import TypeVar

import numpy as np

from tesoma_geo._kernels import Int32, Int64, kernel
from tesoma_geo.network.transit.sweep import (
    ALIGHT,
    BOARD,
    NEVER,
    NONE,
    RIDE,
    TIME,
    Ends,
    Events,
    EventTransfers,
    SweepResult,
)

Grown = TypeVar("Grown", Int32, Int64)


@kernel
def sweep_within(
    events: Events, transfers: EventTransfers, ends: Ends, earliest: int, stops: int, trips: int, budget_s: int
) -> SweepResult:
    """Sweep over the events for trips within a budget of walking.

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
        Most seconds on foot from each boarding on.

    Returns
    -------
    SweepResult
        From every boarding on all trips of which none is as early with as little walking.
    """
    time_s, at_stop, of_trip, does = events
    first, board, walk_s = transfers
    end_need_s, end_walk_s = ends
    size = time_s.size
    # Values of each vehicle, and of each stop, as runs of a list that only grows.
    kept, kept_alight, kept_onward = np.empty(size, np.int64), np.empty(size, np.int32), np.empty(size, np.int32)
    used = 0
    aboard, aboard_count = np.zeros(trips, np.int64), np.zeros(trips, np.int64)
    from_stop, from_count = np.zeros(stops, np.int64), np.zeros(stops, np.int64)
    # Steps, those of an event of boarding one after the other.
    step_board, step_alight, step_onward = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    step_value, undominated = np.empty(size, np.int64), np.empty(size, np.int32)
    boarded, boarded_count = np.zeros(size, np.int32), np.zeros(size, np.int32)
    bounds = np.full((size, 2), NEVER, np.int64)  # by event of boarding: the least value, the least walking
    steps, count = 0, 0
    # The values being sorted out: of different walking, so never more than the budget has seconds.
    value = np.empty(budget_s + 2, np.int64)
    alight, onward = np.empty(budget_s + 2, np.int32), np.empty(budget_s + 2, np.int32)
    for event in range(size - 1, -1, -1):
        stop, trip, what = at_stop[event], of_trip[event], does[event]
        while used + 2 * value.size > kept.size:
            kept, kept_alight, kept_onward = _longer(kept), _longer(kept_alight), _longer(kept_onward)
        while steps + value.size > step_value.size:
            step_board, step_alight, step_onward = _longer(step_board), _longer(step_alight), _longer(step_onward)
            step_value, undominated = _longer(step_value), _longer(undominated)
        if what & BOARD and aboard_count[trip] > 0:
            held = _recall(from_stop[stop], from_count[stop], kept, kept_alight, kept_onward, value, alight, onward)
            boarded[event], boarded_count[event] = steps, aboard_count[trip]
            bounds[event, 0] = kept[aboard[trip]]
            bounds[event, 1] = kept[aboard[trip] + aboard_count[trip] - 1] % RIDE
            news = count
            for i in range(aboard[trip], aboard[trip] + aboard_count[trip]):
                step_board[steps], step_value[steps] = event, kept[i]
                step_alight[steps], step_onward[steps] = kept_alight[i], kept_onward[i]
                longer = _put(kept[i], NONE, NONE, value, alight, onward, held)
                if longer >= 0:
                    held = longer
                    undominated[count] = steps
                    count += 1
                steps += 1
            if count > news:
                from_stop[stop], from_count[stop] = used, held
                used = _keep(used, held, kept, kept_alight, kept_onward, value, alight, onward)
        if what & ALIGHT:
            held = _recall(aboard[trip], aboard_count[trip], kept, kept_alight, kept_onward, value, alight, onward)
            changed = False
            if end_need_s[stop] >= 0 and end_walk_s[stop] <= budget_s:
                arrives = max(time_s[event] + end_need_s[stop], earliest) * TIME + end_walk_s[stop] + RIDE
                longer = _put(arrives, event, NONE, value, alight, onward, held)
                if longer >= 0:
                    held, changed = longer, True
            worst = value[held - 1] if held else NEVER
            least_s = worst % RIDE if held else NEVER
            for transfer in range(first[event], first[event + 1]):
                on_foot_s = walk_s[transfer]
                soonest = bounds[board[transfer], 0] + on_foot_s + RIDE
                fewest_s = bounds[board[transfer], 1] + on_foot_s
                # Most transfers end here: too much walking, or the earliest and the one with least walking are
                # known as well. One test of all, as the processor guesses it better than three.
                if (fewest_s > budget_s) | ((worst <= soonest) & (least_s <= fewest_s)):
                    continue
                begin = boarded[board[transfer]]
                for step in range(begin, begin + boarded_count[board[transfer]]):
                    via = step_value[step] + on_foot_s + RIDE
                    if via % RIDE > budget_s:
                        continue
                    longer = _put(via, event, step, value, alight, onward, held)
                    if longer >= 0:
                        held, changed = longer, True
                worst = value[held - 1] if held else NEVER
                least_s = worst % RIDE if held else NEVER
            if changed:
                aboard[trip], aboard_count[trip] = used, held
                used = _keep(used, held, kept, kept_alight, kept_onward, value, alight, onward)
    last = steps - 1  # steps were found latest first; they are to be in the order of their events
    turned = np.where(step_onward[:steps] == NONE, NONE, last - step_onward[:steps]).astype(np.int32)
    return SweepResult(
        (last - undominated[:count]).astype(np.int32), step_board[:steps][::-1].copy(), step_value[:steps][::-1].copy(),
        step_alight[:steps][::-1].copy(), turned[::-1].copy(),
    )  # fmt: skip


@kernel
def _recall(
    begin: int, held: int, kept: Int64, kept_alight: Int32, kept_onward: Int32, value: Int64, alight: Int32,
    onward: Int32,
) -> int:  # fmt: skip
    for i in range(held):
        value[i], alight[i], onward[i] = kept[begin + i], kept_alight[begin + i], kept_onward[begin + i]
    return held


@kernel
def _keep(
    used: int, held: int, kept: Int64, kept_alight: Int32, kept_onward: Int32, value: Int64, alight: Int32,
    onward: Int32,
) -> int:  # fmt: skip
    for i in range(held):
        kept[used + i], kept_alight[used + i], kept_onward[used + i] = value[i], alight[i], onward[i]
    return used + held


@kernel
def _put(new: int, off: int, then: int, value: Int64, alight: Int32, onward: Int32, held: int) -> int:
    """Put a value among ``held`` ascending ones with ever less walking; how many there are now, or -1.

    It is -1 where one of them is as good in arrival and rides, and in walking.
    """
    at = held
    while at > 0 and value[at - 1] > new:
        at -= 1
    if at > 0 and value[at - 1] % RIDE <= new % RIDE:
        return -1
    worse = at
    while worse < held and value[worse] % RIDE >= new % RIDE:
        worse += 1
    moved = held - worse
    if worse == at:
        for i in range(moved):
            value[held - i], alight[held - i], onward[held - i] = (
                value[held - i - 1], alight[held - i - 1], onward[held - i - 1],
            )  # fmt: skip
    else:
        for i in range(moved):
            value[at + 1 + i], alight[at + 1 + i], onward[at + 1 + i] = (
                value[worse + i], alight[worse + i], onward[worse + i],
            )  # fmt: skip
    value[at], alight[at], onward[at] = new, off, then
    return at + 1 + moved


@kernel
def _longer(array: Grown) -> Grown:
    """The array with room for twice as much and a little more."""
    longer = np.empty(2 * array.size + 4096, array.dtype)
    longer[: array.size] = array
    return longer
