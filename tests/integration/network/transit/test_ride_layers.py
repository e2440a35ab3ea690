"""A cap on rides, against trips worked out by hand and against a router without one."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable, transit_router
from tesoma_geo.network.transit.service import stop_connections
from tests.feeds_with_changes import FEED, HOME, HUB, TIMES
from tests.gtfs_feeds import write_feed

#: To the hub by three quick vehicles, by two slower ones, or by one that is slowest.
THREE = FEED | {
    "trips": "route_id,service_id,trip_id\n" + "".join(f"R1,WEEK,T{i}\n" for i in range(6)),
    "stop_times": TIMES
    + "T0,08:00:00,08:00:00,S1,1\nT0,08:05:00,08:05:00,S2,2\nT1,08:07:00,08:07:00,S2,1\nT1,08:10:00,08:10:00,S5,2\n"
    "T2,08:12:00,08:12:00,S5,1\nT2,08:20:00,08:20:00,S3,2\nT3,08:07:00,08:07:00,S2,1\nT3,08:30:00,08:30:00,S3,2\n"
    "T4,08:00:00,08:00:00,S1,1\nT4,08:50:00,08:50:00,S3,2\nT5,09:00:00,09:00:00,S2,1\nT5,09:30:00,09:30:00,S3,2\n",
}


@pytest.fixture
def capped(long_street, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path, **THREE), "2022-01-18")
    return lambda rides, **options: long_street.transit_router(
        timetable, ("07:50", "07:58"), max_rides=rides, **options
    )


@pytest.mark.parametrize("options", [{}, {"max_walk_per": "leg"}])
@pytest.mark.parametrize(
    ("rides", "arrives"), [(1, "08:50"), (2, "08:30"), (3, "08:20"), (5, "08:20"), (None, "08:20")]
)
def test_the_best_trip_within_the_cap_is_found(rides, arrives, options, capped):
    router = capped(rides, **options)
    trips = router.trips_to(HOME, HUB)
    expected = router.timetable.seconds(arrives) - router.asked_s
    np.testing.assert_array_equal(trips.seconds[0], expected)
    np.testing.assert_array_equal(router.trips_from(HOME, HUB).seconds[0], expected)
    median = trips.percentiles((50,))
    np.testing.assert_array_equal(router.travel_times(HOME, HUB)[0], median)
    np.testing.assert_array_equal(router.travel_times(HOME, HUB * 2)[0], np.repeat(median, 2, axis=1))
    np.testing.assert_array_equal(router.travel_times(HOME * 9, HUB * 9)[0], np.full((9, 9), median[0, 0]))
    assert trips.rides.max() <= (rides or 3)
    (trip,) = router.itineraries(HOME, HUB, "07:55")
    assert router.timetable.clock(trip.arrives_s) == f"{arrives}:00"
    assert trip.legs[1].from_stop == "First"
    assert set(stop_connections(router, HUB)["stop_id"]) <= {"S1", "S2", "S5"}


def test_a_single_departure_keeps_to_the_cap(capped, long_street):
    timetable = capped(None).timetable
    for rides, minutes in ((1, 55), (2, 35), (3, 25)):
        router = long_street.transit_router(timetable, ("07:55", "07:56"), max_rides=rides)
        assert router.travel_times(HOME, HUB)[0, 0, 0] == 60 * minutes


def test_deadlines_keep_to_the_cap(capped, long_street):
    timetable = capped(None).timetable
    for rides, deadline in ((1, "08:50"), (2, "08:30"), (3, "08:20")):
        window = (deadline, deadline[:3] + f"{int(deadline[3:]) + 1:02d}")
        router = long_street.transit_router(timetable, window, arrive_by=True, max_rides=rides)
        assert router.trips_to(HOME, HUB).rides.tolist() == [[rides]]


@pytest.mark.parametrize("rides", [0, -1, 13])
def test_a_cap_that_is_none_is_refused(rides, capped):
    with pytest.raises(InputError, match="max_rides"):
        transit_router(capped(None).walk, capped(None).timetable, max_rides=rides)
