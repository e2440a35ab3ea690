"""Calls as events: in order of time, boarding and alighting marked."""

import numpy as np
import pytest

from tesoma_geo.network.transit.events import events_of, usable
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD
from tests.transit_cases import timetable

TRIPS = [[(0, 90, 100, True, True), (1, 150, 150, True, True), (2, 200, 210, True, False), (3, 300, 300, True, True)]]


def test_a_call_is_one_event_or_two_and_ends_are_boarded_or_left_only():
    events, call = events_of(timetable(4, TRIPS))
    assert events.time_s.tolist() == [100, 150, 210, 300]
    assert events.does.tolist() == [BOARD, BOARD | ALIGHT, BOARD, ALIGHT]
    assert call.tolist() == [0, 1, 2, 3]


def test_turned_events_are_seen_in_a_mirror():
    events, _ = events_of(timetable(4, TRIPS))
    turned = events.turned(400)
    assert turned.time_s.tolist() == [100, 190, 250, 300]
    assert turned.does.tolist() == [BOARD, ALIGHT, ALIGHT | BOARD, ALIGHT]


@pytest.mark.parametrize(
    ("boarding", "said", "boards"),
    [("any", 2, True), ("accessible", 0, False), ("accessible", 1, True), ("not_inaccessible", 0, True),
     ("not_inaccessible", 2, False)],
)  # fmt: skip
def test_what_is_said_of_vehicles_decides_who_boards(boarding, said, boards):
    small = timetable(4, TRIPS)
    small.trips["wheelchair"] = said
    assert usable(small, boarding)[0].any() == boards


def test_within_a_second_trips_come_in_their_order_and_changes_in_no_time_turn_it():
    onward = [(1, 60, 60, True, True), (2, 90, 90, True, True)]
    feeder = [(0, 0, 0, True, True), (1, 60, 60, True, True)]
    table = timetable(3, [onward, feeder])
    events, _ = events_of(table)
    assert events.trip.tolist() == [1, 0, 1, 0]
    events, call = events_of(table, instant=np.array([[1, 1]], np.int32))
    assert events.trip.tolist() == [1, 1, 0, 0]
    assert events.does.tolist() == [BOARD, ALIGHT, BOARD, ALIGHT]
    assert call.tolist() == [2, 3, 0, 1]
    assert (np.diff(events.time_s) >= 0).all()
