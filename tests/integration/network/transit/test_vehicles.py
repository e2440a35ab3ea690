"""Vehicles that go on as another line: who sits in them stays."""

import pytest

from tesoma_geo.network.transit.edits import HeadwayChanged, LineRemoved
from tesoma_geo.network.transit.service import lines_to
from tests.feeds_with_changes import ALONE, FEED, HOME, HUB, TIMES, minutes


def test_passengers_stay_aboard_a_vehicle_that_goes_on_as_another_line(ask):
    router = ask(**FEED, window=("07:55", "08:06"))
    assert minutes(ask(**FEED)) == 14
    trips = ask(**FEED).trips_to(HOME, HUB)
    assert trips.rides.max() == 1
    assert (trips.waiting_s >= 0).all()
    (trip,) = router.itineraries(HOME, HUB, "07:56")
    rides = [leg for leg in trip.legs if leg.kind == "ride"]
    assert [(leg.line, leg.from_stop, leg.to_stop, leg.stays) for leg in rides] == [
        ("1", "First", "Second", False),
        ("2", "Second", "Third", True),
    ]
    assert trip.rides == 1
    assert lines_to(router, HUB)["line"].tolist() == ["1", "2"]
    router = ask(**FEED)
    assert minutes(router.with_edits([HeadwayChanged("2", 5, ("08:00", "08:30"))])) == 19  # 8:05 is missed


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("T2,b", "T2,d"), 74),  # another vehicle
        (("T1,b", "T1,"), 74),
    ],
)
def test_another_block_is_another_vehicle(change, expected, ask):
    feed = FEED | {"trips": FEED["trips"].replace(f"WEEK,{change[0]}", f"WEEK,{change[1]}")}
    assert minutes(ask(**feed)) == expected


def test_transfers_in_the_seat_and_those_forbidden(ask):
    columns = "from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type\n"
    assert minutes(ask(**ALONE, transfers=columns + "S2,S2,T1,T2,4\n")) == 14
    assert minutes(ask(**ALONE, transfers=columns + ",,T1,T2,4\n")) == 14
    assert minutes(ask(**FEED, transfers=columns + "S2,S2,T1,T2,5\n")) == 74
    backwards = FEED["stop_times"].replace("T2,08:05:00,08:05:00", "T2,08:04:00,08:04:00")
    assert minutes(ask(**FEED | {"stop_times": backwards}, transfers=columns + "S2,S2,T1,T2,4\n")) == 74


def test_a_vehicle_that_runs_empty_to_where_it_goes_on_carries_nobody(ask):
    far = FEED["stop_times"].replace("T2,08:05:00,08:05:00,S2,1\n", "T2,08:05:00,08:05:00,S5,1\n")
    assert minutes(ask(**FEED | {"stop_times": far})) == 74


def test_a_layover_is_sat_through_and_three_trips_make_one_ride(ask):
    times = TIMES + (
        "T1,08:00:00,08:00:00,S1,1\nT1,08:05:00,08:05:00,S2,2\nT2,08:05:30,08:05:30,S2,1\nT2,08:06:00,08:06:00,S1,2\n"
        "T3,08:06:10,08:06:10,S1,1\nT3,08:10:00,08:10:00,S3,2\n"
    )
    feed = FEED | {"stop_times": times, "trips": FEED["trips"].replace("T3,c", "T3,b")}
    router = ask(**feed, window=("08:00", "08:01"))
    assert minutes(router, [[23.90, 61.50]]) == 10  # boards at S2, and stays aboard at S1
    assert router.trips_to([[23.90, 61.50]], HUB).rides.tolist() == [[1]]


def test_a_trip_taken_out_of_a_vehicle_leaves_nobody_aboard(ask):
    times = TIMES + (
        "T1,08:00:00,08:00:00,S1,1\nT1,08:05:00,08:05:00,S2,2\nT2,08:05:00,08:05:00,S2,1\nT2,08:06:00,08:06:00,S2,2\n"
        "T3,08:06:00,08:06:00,S2,1\nT3,08:10:00,08:10:00,S3,2\n"
    )
    trips = "route_id,service_id,trip_id,block_id\nR1,WEEK,T1,b\nR2,WEEK,T2,b\nR1,WEEK,T3,b\n"
    router = ask(**FEED | {"stop_times": times, "trips": trips})
    assert minutes(router) == 14
    without = router.with_edits([LineRemoved("2")])
    assert (without.trips_to(HOME, HUB).rides == 2).all()  # a minute is enough to change
    assert minutes(without) == 14
