"""Transfers between events, and fewer of them for the same trips."""

import numpy as np

from tesoma_geo.network.transit.events import events_of, usable
from tesoma_geo.network.transit.patterns import patterns_of
from tesoma_geo.network.transit.transfer_reduction import reduce_transfers
from tesoma_geo.network.transit.transfers import event_transfers
from tests.transit_cases import timetable, transfers_of


def ride(*calls):
    return [(stop, second, second, True, True) for stop, second in calls]


def between(trips, pairs, stops=4):
    small = timetable(stops, trips)
    events, call = events_of(small)
    patterns = patterns_of(small, *usable(small, "any"))
    transfers = event_transfers(small, patterns, events, call, transfers_of(pairs), 0)
    return events, transfers, reduce_transfers(events, transfers, stops, len(trips))


def caught(events, transfers):
    """(second of alighting, second of boarding) of each transfer."""
    alight = np.repeat(np.arange(len(events.time_s)), np.diff(transfers.first))
    return list(zip(events.time_s[alight].tolist(), events.time_s[transfers.event].tolist(), strict=True))


def test_only_the_first_vehicle_that_is_caught_is_boarded():
    trips = [ride((0, 100), (1, 200)), *(ride((2, second), (3, second + 100)) for second in (299, 300, 400))]
    events, transfers, reduced = between(trips, [(1, 2, 100, 40)])
    assert caught(events, transfers) == caught(events, reduced) == [(200, 300)]
    assert transfers.walk_s.tolist() == [40]


def test_a_transfer_that_staying_aboard_is_as_good_as_is_left_out():
    trips = [ride((0, 100), (1, 200), (3, 250)), ride((1, 210), (3, 260))]
    events, transfers, reduced = between(trips, [(1, 1, 1, 0)])
    assert caught(events, transfers) == [(200, 210)]
    assert len(reduced.event) == 0


def test_turned_twice_transfers_are_as_before():
    trips = [ride((0, 100), (1, 200)), ride((0, 110), (1, 220)), ride((2, 350), (3, 400))]
    _, transfers, _ = between(trips, [(1, 2, 100, 40)])
    again = transfers.turned().turned()
    assert all(np.array_equal(one, other) for one, other in zip(transfers, again, strict=True))
