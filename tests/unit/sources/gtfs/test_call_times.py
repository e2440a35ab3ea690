"""Calls that contradict themselves, found in tables whose rows stand in any order."""

import pandas as pd

from tesoma_geo.sources.gtfs.call_times import backwards, backwards_at_a_stop, timeless_ends, trip_order
from tesoma_geo.sources.gtfs.kinds import MISSING


def calls(*rows):
    """The table of rows (trip, sequence, arrival, departure)."""
    frame = pd.DataFrame(rows, columns=["trip_id", "stop_sequence", "arrival_time", "departure_time"])
    return frame.astype({"trip_id": "category"})


def test_rows_are_put_in_order_trip_by_trip():
    frame = calls(("b", 2, 20, 20), ("a", 3, 30, 30), ("b", 1, 10, 10), ("a", 1, 5, 5))
    assert trip_order(frame).tolist() == [3, 1, 2, 0]


def test_ends_without_times_are_found_and_calls_between_are_not():
    frame = calls(
        ("a", 3, MISSING, MISSING),
        ("a", 2, MISSING, MISSING),
        ("a", 1, 5, 5),
        ("b", 1, MISSING, MISSING),
        ("b", 2, 9, 9),
    )
    assert timeless_ends(frame).tolist() == [0, 1, 3]
    assert timeless_ends(calls(("a", 1, 5, 5), ("a", 2, MISSING, MISSING), ("a", 3, 9, 9))).tolist() == []


def test_a_departure_before_the_arrival_is_found_where_both_are_given():
    frame = calls(("a", 1, 5, 4), ("a", 2, 6, 6), ("a", 3, MISSING, 2), ("a", 4, 8, MISSING))
    assert backwards_at_a_stop(frame).tolist() == [0]


def test_an_arrival_before_the_stop_before_is_left_is_found_across_untimed_calls():
    frame = calls(("a", 3, 8, 8), ("a", 1, 5, 9), ("a", 2, MISSING, MISSING), ("b", 1, 1, 1), ("b", 2, 1, 2))
    assert backwards(frame).tolist() == [0]


def test_a_table_without_rows_has_none_of_them():
    empty = calls()
    assert [len(find(empty)) for find in (timeless_ends, backwards_at_a_stop, backwards)] == [0, 0, 0]
