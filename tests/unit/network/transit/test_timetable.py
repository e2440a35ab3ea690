"""Clock times, edits and rows of a timetable."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.timetable import Calls
from tests.gtfs_feeds import FILES, clock_times, write_feed
from tests.transit_cases import timetable


def test_clock_times_stay_clock_times_on_the_days_when_clocks_change(tmp_path):
    calendar = FILES["calendar.txt"].replace("1,1,1,1,1,0,0", "1,1,1,1,1,1,1")
    folder = write_feed(tmp_path, calendar=calendar)
    for day in ("2022-03-26", "2022-03-27", "2022-03-28"):
        timetable = Timetable.from_gtfs(folder, day)
        assert timetable.seconds("07:00") == 7 * 3600
        assert timetable.clock(timetable.seconds("07:00")) == "07:00:00"
        assert clock_times(timetable)["T1", 0][0] == "07:00:00"
    spring = Timetable.from_gtfs(folder, "2022-03-27")
    # Clocks go from 03:00 to 04:00: between 02:00 and 05:00 only two hours pass.
    assert spring.seconds("05:00") - spring.seconds("02:00") == 2 * 3600
    # The day before the change is an hour longer than noon to noon of the scale: its night trips move with it.
    assert Timetable.from_gtfs(folder, "2022-03-26").seconds("31:00") == 30 * 3600


RIDES = [[(0, 10, 20, True, True), (1, 30, 30, True, True)], [(1, 5, 5, True, True), (2, 9, 9, True, True)]]


def test_rows_of_trips_and_stops_that_are_served():
    small = timetable(4, RIDES)
    assert small.first_call.tolist() == [0, 2, 4]
    assert small.is_first.tolist() == [True, False, True, False]
    assert small.is_last.tolist() == [False, True, False, True]
    assert small.served.tolist() == [True, True, True, False]


def test_calls_are_picked_and_joined():
    calls = timetable(4, RIDES).calls
    both = Calls.joined([calls.at(calls.trip == 0), calls.at(calls.trip == 1)])
    assert all((one == other).all() for one, other in zip(both, calls, strict=True))


@pytest.mark.parametrize("text", ["7", "07:60", "soon", "07:00:61"])
def test_what_is_no_clock_time(text):
    with pytest.raises(InputError, match="is no clock time"):
        timetable(4, RIDES).seconds(text)


@dataclass(frozen=True)
class Later:
    """All calls some seconds later."""

    by_s: int

    def applied(self, timetable):
        calls = timetable.calls
        later = calls._replace(arrival_s=calls.arrival_s + self.by_s, departure_s=calls.departure_s + self.by_s)
        return replace(timetable, calls=later)


def test_edits_of_anyone_are_applied_in_order_to_a_timetable_of_any_class(tmp_path):
    read = Timetable.from_gtfs(write_feed(tmp_path), "2022-01-18")
    edited = read.with_edits([Later(60), Later(5)])
    assert type(edited) is Timetable
    np.testing.assert_array_equal(edited.calls.arrival_s, read.calls.arrival_s + 65)
    assert read != edited
    assert read == read  # records of arrays are compared by identity
