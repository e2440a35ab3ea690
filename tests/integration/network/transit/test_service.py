"""Days and hours on which little or nothing runs: everybody walks, and nothing fails."""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.median_trip import median_trips
from tesoma_geo.network.transit.service import (
    all_day,
    connections,
    covers_day,
    early_enough,
    hours,
    lines_to,
    stop_connections,
)
from tests.gtfs_feeds import FILES, with_line, write_feed, write_street

TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
HOMES, HUB = [[23.60, 61.50], [23.62, 61.50]], [[23.64, 61.50]]


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A street along the stops of the made-up feed."""
    return StreetNetwork.from_osm(write_street(tmp_path_factory.mktemp("street")), "EPSG:3067")


def walked(router):
    """Checks that every answer is the walk, and none fails."""
    on_foot = router.walk.travel_times(HOMES, HUB)
    for percentile in router.travel_times(HOMES, HUB, (5, 50, 95)):
        np.testing.assert_array_equal(percentile, on_foot)
    np.testing.assert_array_equal(router.to(HUB), router.walk.to(HUB))
    trips = router.trips_to(HOMES, HUB)
    assert (trips.rides == 0).all()
    assert (router.trips_from(HUB, HOMES).rides == 0).all()
    assert stop_connections(router, HUB).empty
    assert lines_to(router, HUB).empty
    table = connections(router, HOMES, HUB)
    assert table["on_foot"].all()
    assert (table[["connections"]] == 0).all(axis=None)
    assert (table[["first", "last"]] == -1).all(axis=None)
    medians = median_trips(router, router.snap(HOMES), router.snap(HUB))
    assert not medians.rides.any()
    assert all(trip.rides == 0 for trip in router.itineraries(HOMES[:1], HUB))
    assert len(router.isochrones(HUB, [600, 1200], reverse=True)) == 2


@pytest.mark.parametrize("window", [("03:00", "04:00"), ("22:00", "23:00"), ("27:00", "28:00"), ("07:41", "07:42")])
def test_no_vehicle_in_the_window(window, street, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path), "2022-01-18")
    walked(street.transit_router(timetable, window))


def test_nobody_may_board_or_alight(street, tmp_path):
    for column in ("pickup_type", "drop_off_type"):
        rows = [f"{row},1" for row in FILES["stop_times.txt"].splitlines()[1:]]
        times = "\n".join([f"{TIMES.strip()},{column}", *rows]) + "\n"
        timetable = Timetable.from_gtfs(write_feed(tmp_path / column, stop_times=times), "2022-01-18")
        walked(street.transit_router(timetable, ("07:00", "08:00")))


def test_no_stop_near_a_street(street, tmp_path):
    far = FILES["stops.txt"].replace("61.50,", "62.50,")
    timetable = Timetable.from_gtfs(write_feed(tmp_path, stops=far), "2022-01-18")
    with pytest.warns(UserWarning, match="none of the 3 stops of the timetable lies near a street"):
        walked(street.transit_router(timetable, ("07:00", "08:00")))


def test_trips_of_one_stop_only(street, tmp_path):
    one = TIMES + "T1,07:00:00,07:00:00,S1,1\nT2,07:30:00,07:30:00,S1,1\n"
    timetable = Timetable.from_gtfs(write_feed(tmp_path, stop_times=one), "2022-01-18")
    assert not len(timetable.trips)
    walked(street.transit_router(timetable, ("07:00", "08:00")))


def test_trips_of_the_night_before_count_after_midnight(street, tmp_path):
    late = TIMES + (
        "T1,24:30:00,24:30:00,S1,1\nT1,24:35:00,24:35:00,S3,2\n"  # half past midnight
        "T2,23:55:00,23:55:00,S1,1\nT2,24:05:00,24:05:00,S2,2\nT2,24:06:00,24:06:00,S3,3\n"
    )
    folder = write_feed(tmp_path, stop_times=late)
    for day in ("2022-01-18", "2022-01-22"):  # a Tuesday, and a Saturday that has only Friday's last trips
        router = street.transit_router(Timetable.from_gtfs(folder, day), ("00:20", "00:25"))
        assert router.travel_times(HOMES[:1], HUB).round() == 13 * 60  # the median departure is at 00:22
        underway = street.transit_router(Timetable.from_gtfs(folder, day), ("00:00", "00:01"))
        assert underway.travel_times(HOMES[1:], HUB).round() == 6 * 60
    saturday = Timetable.from_gtfs(folder, "2022-01-22")
    assert [saturday.clock(second) for second in hours(saturday)] == ["00:00:00", "00:35:00"]
    # The same night seen from the day before.
    friday = street.transit_router(Timetable.from_gtfs(folder, "2022-01-21"), ("24:20", "24:25"))
    assert friday.travel_times(HOMES[:1], HUB).round() == 13 * 60


def test_a_feed_of_some_hours_does_not_tell_the_first_and_the_last_of_the_day(tmp_path):
    assert not covers_day(Timetable.from_gtfs(write_feed(tmp_path / "cut"), "2022-01-18"))
    evening = with_line("stop_times", "07:40:00,07:40:00", "22:40:00,22:40:00")
    assert covers_day(Timetable.from_gtfs(write_feed(tmp_path / "whole", **evening), "2022-01-18"))
    night = TIMES + "T1,24:30:00,24:30:00,S1,1\nT1,24:35:00,24:35:00,S3,2\n"
    assert not covers_day(Timetable.from_gtfs(write_feed(tmp_path / "night", stop_times=night), "2022-01-22"))


def test_the_first_connection_is_that_of_the_first_vehicle(street, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path), "2022-01-18")
    router = all_day(street.transit_router(timetable, ("07:00", "08:00")), 1)
    far = [[23.5925, 61.50]]  # five minutes from the first stop
    late, early = (connections(one, far, HUB) for one in (router, early_enough(router)))
    assert [timetable.clock(table["first"][0])[:4] for table in (late, early)] == ["07:2", "06:5"]
    assert early["connections"][0] == late["connections"][0] + 1
    assert early_enough(router).departures.start_s % 900 == 0
    at_midnight = with_line("stop_times", "T1,07:00:00,07:00", "T1,00:01:00,00:01")
    midnight = Timetable.from_gtfs(write_feed(tmp_path / "0", **at_midnight), "2022-01-18")
    assert early_enough(all_day(street.transit_router(midnight, ("07:00", "08:00")))).departures.start_s == 0


def test_where_only_tomorrow_has_whole_trips_the_hours_are_theirs(tmp_path):
    days = "service_id,date,exception_type\nWEEK,20220119,1\nTODAY,20220118,1\n"
    folder = write_feed(
        tmp_path, calendar=None, calendar_dates=days, **with_line("trips", "R,WEEK,T1", "R,TODAY,T9,,0\nR,WEEK,T1")
    )
    timetable = Timetable.from_gtfs(folder, "2022-01-18")
    assert set(timetable.trips["service_day"]) == {1}
    assert [timetable.clock(second) for second in hours(timetable)] == ["31:00:00", "31:40:00"]
