"""Fewer transfers, the same trips: with and without a budget, to a place and from it."""

import numpy as np
import pytest

from tesoma_geo.network.transit.events import events_of, usable
from tesoma_geo.network.transit.labels import sweep_labels
from tesoma_geo.network.transit.patterns import patterns_of
from tesoma_geo.network.transit.sweep import RIDE, TIME, EventTransfers
from tesoma_geo.network.transit.transfer_reduction import reduce_transfers
from tesoma_geo.network.transit.transfers import event_transfers
from tests.transit_cases import drawn_case, ends_of, timetable, transfers_of

FRAME = 4000


def both(case):
    """Events, all transfers and the reduced ones, how many stops and trips."""
    table, transfers = case[:2]
    stops, trips = len(table.stops), len(table.trips)
    events, call = events_of(table)
    every = event_transfers(table, patterns_of(table, *usable(table, "any")), events, call, transfers, 0)
    return events, every, reduce_transfers(events, every, stops, trips), stops, trips


def pairs(transfers):
    alight = np.repeat(np.arange(len(transfers.first) - 1), np.diff(transfers.first))
    return list(zip(alight.tolist(), transfers.event.tolist(), transfers.walk_s.tolist(), strict=True))


def front(events, event, value):
    """Of each stop: (second of boarding, arrival, walking) of which no other is as good in all three."""
    told = zip(events.stop[event], -events.time_s[event], value // TIME, value % RIDE, strict=True)
    rows = sorted({tuple(map(int, row)) for row in told})
    return [row for row in rows if not any(dominates(other, row) for other in rows)]


def dominates(one, other):
    return one != other and one[0] == other[0] and all(a <= b for a, b in zip(one[1:], other[1:], strict=True))


@pytest.mark.parametrize("turned", [False, True])
def test_no_arrival_is_later_and_no_walk_longer_without_the_transfers_left_out(turned):
    left_out = 0
    for seed in range(40):
        case = drawn_case(seed)
        events, every, reduced, stops, trips = both(case)
        left_out += len(every.event) - len(reduced.event)
        if turned:
            events, every, reduced = events.turned(FRAME), every.turned(), reduced.turned()
        ends = ends_of(case[3], stops, 0)
        for budget_s in (60, 250):
            one, other = (sweep_labels(events, t, ends, 0, stops, trips, budget_s) for t in (every, reduced))
            assert front(events, *one) == front(events, *other)
    assert left_out > 100


@pytest.mark.parametrize("seed", range(10))
def test_what_is_kept_was_there_and_has_least_walking_first(seed):
    _, every, reduced, *_ = both(drawn_case(seed))
    assert set(pairs(reduced)) <= set(pairs(every))
    assert len(set(pairs(reduced))) == len(pairs(reduced))
    for begin, end in zip(reduced.first[:-1], reduced.first[1:], strict=True):
        assert np.all(np.diff(reduced.walk_s[begin:end]) >= 0)


def test_what_went_in_is_not_changed():
    events, every, _, stops, trips = both(drawn_case(5))
    before = [array.tolist() for array in every]
    reduce_transfers(events, every, stops, trips)
    assert [array.tolist() for array in every] == before


def ride(*calls):
    return [(stop, second, second, True, True) for stop, second in calls]


def test_a_longer_walk_stays_where_it_is_sooner():
    # From stop 1: across the road to a slow vehicle, or far to a fast one; both take to stop 3.
    trips = [ride((0, 100), (1, 200)), ride((1, 300), (3, 900)), ride((2, 300), (3, 500))]
    case = timetable(4, trips), transfers_of([(1, 1, 5, 0), (1, 2, 90, 80)])
    events, _, reduced, *_ = both(case)
    assert sorted(events.time_s[reduced.event].tolist()) == [300, 300]
    assert reduced.walk_s.tolist() == [0, 80]


def test_a_longer_walk_to_a_later_arrival_goes():
    trips = [ride((0, 100), (1, 200)), ride((1, 300), (3, 400)), ride((2, 300), (3, 500))]
    case = timetable(4, trips), transfers_of([(1, 1, 5, 0), (1, 2, 90, 80)])
    assert both(case)[2].walk_s.tolist() == [0]


def test_nothing_to_reduce_is_nothing():
    empty = EventTransfers(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.int32))
    table = timetable(2, [ride((0, 100), (1, 200))])
    events, _ = events_of(table)
    empty = empty._replace(first=np.zeros(len(events.time_s) + 1, np.int64))
    assert len(reduce_transfers(events, empty, 2, 1).event) == 0
