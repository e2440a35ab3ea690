"""Trips leg by leg: without gaps, as long as the router says, at the places and times of the timetable."""

import numpy as np
import pandas as pd
import pytest
import shapely

from tests.feeds_with_changes import ALONE, FEED, HEADWAYS, HOME, HUB, RULE

WINDOW = ("07:40", "08:10")
#: Five minutes to change at the second stop, so that the vehicle an hour later is taken.
SLOW = ALONE | {"transfers": RULE + "S2,S2,2,300\n"}
NEAR_HOME, NEAR_HUB = [[23.6013, 61.5]], [[24.199, 61.5]]


def assert_whole(trip, router):
    """A trip's legs follow on one another, in time and on the map."""
    assert trip.legs[0].starts_s >= trip.asked_s
    assert trip.seconds == trip.arrives_s - trip.asked_s
    for before, after in zip(trip.legs[:-1], trip.legs[1:], strict=True):
        assert before.ends_s <= after.starts_s
        assert before.kind == "ride" or before.to_stop == after.from_stop or after.kind == "walk"
        if before.geometry is not None and after.geometry is not None:
            end, begin = shapely.Point(before.geometry.coords[-1]), shapely.Point(after.geometry.coords[0])
            assert end.distance(begin) < 1e-3
    for leg in trip.legs:
        assert leg.ends_s >= leg.starts_s
        if leg.kind == "ride":
            table = router.timetable.trips
            assert leg.trip_id in set(table["trip_id"])
            assert leg.stops["departure_s"].iloc[0] == leg.starts_s
            assert leg.stops["arrival_s"].iloc[-1] == leg.ends_s
            assert (leg.from_stop, leg.to_stop) == (leg.stops["name"].iloc[0], leg.stops["name"].iloc[-1])


@pytest.mark.parametrize("feed", [FEED, ALONE, SLOW], ids=["stays aboard", "misses", "an hour later"])
def test_every_departure_has_the_trip_that_takes_as_long(ask, feed):
    router = ask(window=WINDOW, **feed)
    seconds = router.trips_to(NEAR_HOME, NEAR_HUB)
    for slot, asked_s in enumerate(router.asked_s.tolist()):
        (trip,) = router.itineraries(NEAR_HOME, NEAR_HUB, router.timetable.clock(asked_s))
        assert trip.seconds == pytest.approx(seconds.seconds[0, slot], abs=1e-2)
        assert trip.asked_s == asked_s
        if trip.rides:
            assert_whole(trip, router)
        walked_s = sum(leg.ends_s - leg.starts_s for leg in trip.legs if leg.kind == "walk")
        assert walked_s == pytest.approx(seconds.walking_s[0, slot] + seconds.transfer_s[0, slot], abs=1)


def test_who_stays_aboard_rides_once_on_two_lines(ask):
    router = ask(window=WINDOW, **FEED)
    (trip, *_) = [one for one in router.itineraries(HOME, HUB) if one.rides]
    rides = [leg for leg in trip.legs if leg.kind == "ride"]
    assert [(leg.line, leg.trip_id, leg.stays) for leg in rides] == [("1", "T1", False), ("2", "T2", True)]
    assert trip.rides == 1


def test_who_changes_rides_twice(ask):
    router = ask(window=WINDOW, **SLOW)
    (trip, *_) = [one for one in router.itineraries(HOME, HUB) if one.rides]
    assert [leg.trip_id for leg in trip.legs if leg.kind == "ride"] == ["T1", "T3"]
    assert trip.rides == 2
    assert trip.fare is None  # the feed has no fares


def test_trips_of_a_window_are_told_once_in_order_and_leave_as_late_as_they_can(ask):
    router = ask(window=WINDOW, **FEED)
    trips = router.itineraries(NEAR_HOME, NEAR_HUB)
    keys = [(trip.leaves_s, trip.arrives_s) for trip in trips]
    assert keys == sorted(set(keys))
    assert sum(trip.rides == 0 for trip in trips) == 1  # walking all the way, after the last vehicle
    riding = next(trip for trip in trips if trip.rides)
    boards_s = next(leg for leg in riding.legs if leg.kind == "ride").starts_s
    assert riding.legs[0].ends_s == boards_s - router.limits.boarding_slack_s


def test_a_ride_has_the_line_of_its_shape_or_straight_ones_between_its_stops(ask):
    shapes = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
    shapes += "".join(
        f"A,{lat},{lon},{i}\n" for i, (lat, lon) in enumerate([(61.5, 23.5), (61.5, 23.7), (61.51, 23.9)])
    )
    trips = "route_id,service_id,trip_id,shape_id\nR1,WEEK,T1,A\nR2,WEEK,T2,\nR2,WEEK,T3,\n"
    router = ask(window=WINDOW, **ALONE | {"trips": trips, "shapes": shapes, "transfers": RULE + "S2,S2,2,300\n"})
    (trip, *_) = [one for one in router.itineraries(HOME, HUB) if one.rides]
    drawn, straight = (leg.geometry for leg in trip.legs if leg.kind == "ride")
    assert [tuple(np.round(xy, 6)) for xy in straight.coords] == [(23.9, 61.5), (24.2, 61.5)]
    on_shape = shapely.LineString([(23.5, 61.5), (23.7, 61.5), (23.9, 61.51)])
    assert drawn.hausdorff_distance(on_shape) < 0.101  # but for what lies before the first stop
    assert on_shape.buffer(1e-6).covers(drawn)
    assert drawn.coords[0][0] == pytest.approx(23.6, abs=1e-6)


def test_a_walk_follows_the_street(ask):
    router = ask(window=WINDOW, **FEED)
    (trip,) = router.itineraries([[23.60, 61.5]], [[23.63, 61.5]], "07:41")
    (leg,) = trip.legs
    assert (leg.kind, trip.rides) == ("walk", 0)
    assert leg.geometry.coords[0] == pytest.approx((23.60, 61.5), abs=1e-6)
    assert leg.geometry.coords[-1] == pytest.approx((23.63, 61.5), abs=1e-6)
    assert all(lat == pytest.approx(61.5, abs=1e-6) for _, lat in leg.geometry.coords)
    assert leg.ends_s - leg.starts_s == int(np.ceil(router.walk.travel_times([[23.60, 61.5]], [[23.63, 61.5]])[0, 0]))


def test_deadlines_are_met(long_street, tmp_path):
    from tesoma_geo.network.transit import Timetable
    from tests.gtfs_feeds import write_feed

    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", **FEED), "2022-01-18")
    router = long_street.transit_router(timetable, ("08:05", "08:20"), max_walk_min=5, arrive_by=True)
    for trip in router.itineraries(NEAR_HOME, NEAR_HUB):
        assert trip.arrives_s <= trip.asked_s
        assert trip.seconds == pytest.approx(trip.asked_s - trip.leaves_s, abs=1)


def test_a_ride_lists_the_calls_on_its_way(ask):
    times = "T1,08:00:00,08:00:00,S1,1\nT1,08:05:00,08:06:00,S2,2\nT1,08:10:00,08:10:00,S3,3\n"
    head = FEED["stop_times"].splitlines()[0]
    router = ask(
        window=WINDOW,
        **ALONE | {"stop_times": f"{head}\n{times}", "trips": "route_id,service_id,trip_id\nR1,WEEK,T1\n"},
    )
    (trip, *_) = [one for one in router.itineraries(HOME, HUB) if one.rides]
    (ride,) = [leg for leg in trip.legs if leg.kind == "ride"]
    start_s = router.timetable.seconds("08:00")
    expected = pd.DataFrame(
        {
            "stop_id": ["S1", "S2", "S3"],
            "name": ["First", "Second", "Third"],
            "arrival_s": [start_s, start_s + 300, start_s + 600],
            "departure_s": [start_s, start_s + 360, start_s + 600],
        }
    )
    pd.testing.assert_frame_equal(ride.stops, expected, check_dtype=False)


def test_each_draw_of_the_phases_has_trips_of_its_own(headway_router):
    assert HEADWAYS["frequencies"]
    told = {
        tuple(leg.starts_s for leg in trip.legs if leg.kind == "ride")
        for draw in range(3)
        for trip in headway_router.itineraries(HOME, HUB, "08:20", draw)
    }
    assert len(told) == 3
