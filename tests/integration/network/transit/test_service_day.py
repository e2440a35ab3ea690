"""From feeds and a date to a timetable."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable
from tests.gtfs_feeds import FILES, TIMES, clock_times, write_feed


def test_a_day_without_service_is_an_error_that_names_the_span(tmp_path):
    folder = write_feed(tmp_path / "feed")
    with pytest.raises(InputError, match=r"2022-07-01 \(Friday\); it covers 2022-01-01 to 2022-06-30"):
        Timetable.from_gtfs(folder, "2022-07-01")
    with pytest.raises(InputError, match="Sunday"):
        Timetable.from_gtfs(folder, "2022-01-16")
    with pytest.raises(InputError, match="'soon' is no date"):
        Timetable.from_gtfs(folder, "soon")


def test_times_past_midnight_belong_to_the_service_day_and_reach_into_the_next(tmp_path):
    late = (
        TIMES
        + "T1,23:50:00,23:50:00,S1,1\nT1,24:10:00,24:10:00,S2,2\nT2,25:00:00,25:00:00,S1,1\nT2,25:10:00,25:10:00,S2,2\n"
    )
    folder = write_feed(tmp_path, stop_times=late)
    monday = clock_times(Timetable.from_gtfs(folder, "2022-01-17"))
    assert monday["T1", 0] == ["23:50:00", "24:10:00"]
    assert ("T1", -1) not in monday  # nothing runs on the Sunday before
    tuesday = Timetable.from_gtfs(folder, "2022-01-18")
    times = clock_times(tuesday)
    assert times["T2", -1] == ["01:00:00", "01:10:00"]
    assert times["T1", -1][1] == "00:10:00"  # the one that left before midnight is still on its way
    saturday = Timetable.from_gtfs(folder, "2022-01-21")
    assert clock_times(saturday)["T2", 0] == ["25:00:00", "25:10:00"]


def test_trips_of_two_days_before_are_still_on_their_way(tmp_path):
    ferry = TIMES + "T1,20:00:00,20:00:00,S1,1\nT1,49:10:00,49:20:00,S2,2\nT1,56:00:00,56:00:00,S3,3\n"
    only = "service_id,date,exception_type\nWEEK,20220118,1\n"
    folder = write_feed(tmp_path, stop_times=ferry, calendar=None, calendar_dates=only)
    thursday = Timetable.from_gtfs(folder, "2022-01-20")
    assert clock_times(thursday)["T1", -2][1:] == ["01:20:00", "08:00:00"]
    assert clock_times(Timetable.from_gtfs(folder, "2022-01-19"))["T1", -1][1:] == ["25:20:00", "32:00:00"]
    with pytest.raises(InputError, match="no service on 2022-01-21"):
        Timetable.from_gtfs(folder, "2022-01-21")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("20210101", "20211231", "valid from 2021-01-01 until 2021-12-31, and has trips on 2022-01-18"),
        ("20220119", "", "valid from 2022-01-19, and"),
        ("", "20220117", "valid until 2022-01-17, and"),
        ("20220118", "20220118", None),
        ("", "", None),
        ("soon", "20220201", None),
    ],
)
def test_a_day_for_which_the_feed_says_it_is_not_valid_is_noted(first, last, said, tmp_path):
    head = "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date\n"
    folder = write_feed(tmp_path, feed_info=f"{head}City,https://example.org/,fi,{first},{last}\n")
    notes = [note for note in Timetable.from_gtfs(folder, "2022-01-18").notes if "feed_info" in note]
    assert len(notes) == (said is not None)
    assert said is None or said in notes[0]


def test_trips_by_headway_leave_every_headway_before_the_end(tmp_path):
    folder = write_feed(
        tmp_path, frequencies="trip_id,start_time,end_time,headway_secs,exact_times\nT1,08:00:00,08:30:00,600,1\n"
    )
    timetable = Timetable.from_gtfs(folder, "2022-01-18")
    times = clock_times(timetable)
    starts = sorted(one[0] for (trip, day), one in times.items() if day == 0)
    assert starts == ["07:30:00", "08:00:00", "08:10:00", "08:20:00"]  # T2 as it is; T1 only by headway
    assert all(len(one) == 3 for one in times.values())


def test_calls_without_times_are_spread_evenly_or_by_distance(tmp_path):
    even = TIMES + "T1,07:00:00,07:00:00,S1,1\nT1,,,S2,2\nT1,07:10:00,07:10:00,S3,3\n"
    assert (
        clock_times(Timetable.from_gtfs(write_feed(tmp_path / "a", stop_times=even), "2022-01-18"))["T1", 0][1]
        == "07:05:00"
    )
    along = (
        TIMES.strip() + ",shape_dist_traveled\nT1,07:00:00,07:00:00,S1,1,0\nT1,,,S2,2,1\nT1,07:10:00,07:10:00,S3,3,10\n"
    )
    assert (
        clock_times(Timetable.from_gtfs(write_feed(tmp_path / "b", stop_times=along), "2022-01-18"))["T1", 0][1]
        == "07:01:00"
    )


def test_no_boarding_no_alighting_and_trips_of_one_stop(tmp_path):
    kinds = (
        TIMES.strip() + ",pickup_type,drop_off_type\n"
        "T1,07:00:00,07:00:00,S1,1,0,1\nT1,07:05:00,07:05:00,S2,2,1,0\nT1,07:10:00,07:10:00,S3,3,2,3\n"
        "T2,07:00:00,07:00:00,S1,1,0,0\n"
    )
    timetable = Timetable.from_gtfs(write_feed(tmp_path, stop_times=kinds), "2022-01-18")
    own = (timetable.trips["service_day"] == 0).to_numpy()[timetable.calls.trip]
    assert timetable.calls.boards[own].tolist() == [True, False, True]
    assert timetable.calls.alights[own].tolist() == [False, True, True]
    assert [(left.what, left.count) for left in timetable.left_out] == [("trips", 1)]


def test_rules_of_a_station_hold_for_its_stops_unless_they_have_their_own(tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\n"
        "ST,Station,61.5,23.6,1,,1\nS1,First,61.5,23.6,0,ST,0\nS2,Second,61.5,23.62,0,ST,2\nS3,Third,61.5,23.64,0,,\n"
    )
    transfers = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nST,ST,2,300\nS1,S2,3,\n"
    timetable = Timetable.from_gtfs(write_feed(tmp_path, stops=stops, transfers=transfers), "2022-01-18")
    rules = {(row.from_stop, row.to_stop): (row.forbidden, row.min_s) for row in timetable.transfers.itertuples()}
    assert rules == {(0, 0): (False, 300), (0, 1): (True, -1), (1, 0): (False, 300), (1, 1): (False, 300)}
    assert timetable.stops["wheelchair"].tolist() == [1, 2, 0]  # the first stop is as its station


def test_several_feeds_are_one_timetable(tmp_path):
    one = write_feed(tmp_path / "one")
    rest = FILES["calendar.txt"].replace("1,1,1,1,1,0,0", "0,0,0,0,0,1,1")
    two, resting = write_feed(tmp_path / "two"), write_feed(tmp_path / "resting", calendar=rest)
    both = Timetable.from_gtfs([one, two], "2022-01-18")
    assert len(both.stops) == 6
    assert both.calls.stop.max() == 5
    assert (np.diff(both.calls.trip) >= 0).all()
    assert any("resting has no service" in note for note in Timetable.from_gtfs([one, resting], "2022-01-18").notes)
