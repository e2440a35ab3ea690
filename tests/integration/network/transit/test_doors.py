"""Entrances of stations, between the streets and the platforms."""

import numpy as np
import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.legs import stop_transfers
from tests.gtfs_feeds import FILES, write_feed

#: A station of two platforms with two entrances, one 110 m east of the other, and a stop at the first.
STOPS = (
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nST,Station,61.5,23.62,1,\n"
    "S1,First,61.5,23.60,0,\nS2,Platform 1,61.5,23.62,0,ST\nS4,Platform 2,61.5,23.6201,0,ST\nS3,Third,61.5,23.64,0,\n"
    "S5,Outside,61.5,23.62,0,\nE,Main door,61.5,23.62,2,ST\nF,Side door,61.5,23.622074,2,ST\nN,Hall,,,3,ST\n"
)
PATHWAYS = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n"
TIMES = FILES["stop_times.txt"] + "T3,06:00:00,06:00:00,S5,1\nT3,06:09:00,06:09:00,S4,2\n"
TRIPS = FILES["trips.txt"] + "R,WEEK,T3,,0\n"
AT_MAIN, AT_SIDE = [[23.62, 61.5]], [[23.622074, 61.5]]
STREET_S = 110 / (5.0 / 3.6)  # between the entrances, roughly


@pytest.fixture
def station(long_street, tmp_path):
    """A router of the station with some pathways, for a departure at 6:59."""

    def router(pathways, profile="walk", **options):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        feed = write_feed(folder, stops=STOPS, stop_times=TIMES, trips=TRIPS, pathways=PATHWAYS + pathways)
        timetable = Timetable.from_gtfs(feed, "2022-01-18")
        return long_street.transit_router(timetable, ("06:59", "07:00"), profile, boarding="any", **options)

    return router


def to_platform(router, places):
    """Seconds to and from the first platform, of each place; None where it is not within reach."""
    snapped, row = router.snap(places), router.timetable.stops["stop_id"].tolist().index("S2")
    both = []
    for legs in (snapped.legs_to, snapped.legs_from):
        of = {int(stop): int(walk) for stop, walk in zip(legs.stop, legs.walk_s, strict=True)}
        both.append(of.get(row))
    return both


@pytest.mark.parametrize(
    ("pathways", "at_main", "at_side"),
    [
        ("1,E,S2,1,1,300\n", [300, 300], [300, 300]),
        ("1,E,N,1,1,100\n2,N,S2,1,1,50\n", [150, 150], [150, 150]),
        ("1,E,S2,1,0,90\n2,S2,F,7,0,30\n", [90, None], [None, 30]),
        ("1,E,S2,1,1,300\n2,F,S2,1,1,10\n", [None, None], [10, 10]),
        ("1,E,S2,1,1,300\n2,E,S2,5,1,200\n", [200, 200], [200, 200]),
    ],
)
def test_platforms_are_reached_through_their_entrances_alone(station, pathways, at_main, at_side):
    router = station(pathways)
    for places, expected, door in ((AT_MAIN, at_main, "E"), (AT_SIDE, at_side, "F")):
        got = to_platform(router, places)
        for seconds, inside_s in zip(got, expected, strict=True):
            if inside_s is not None and f",{door}," in pathways:
                assert seconds == pytest.approx(inside_s, abs=1)
            else:  # by the other door
                assert 10 < seconds < 300 + STREET_S + 30
    ways = router.access.doors_in
    assert ways.behind.sum() == 1


def test_without_a_pathway_to_an_entrance_platforms_lie_on_the_street(station):
    for pathways in ("", "1,S2,S4,1,1,60\n"):
        assert to_platform(station(pathways), AT_MAIN) == pytest.approx([0, 0], abs=1)


def test_a_wheelchair_takes_no_stairs_to_the_platform(station):
    stairs, lift = "1,E,S2,2,1,60\n", "1,E,S2,2,1,60\n2,F,S2,5,1,40\n"
    assert to_platform(station(stairs, "wheelchair"), AT_MAIN) == [None, None]
    assert to_platform(station(lift, "wheelchair"), AT_SIDE) == pytest.approx([40, 40], abs=1)
    assert to_platform(station(lift), AT_SIDE) == pytest.approx([40, 40], abs=1)


def test_the_way_inside_is_part_of_the_walk_and_of_its_limit(station):
    near = station("1,E,S2,1,1,300\n", boarding_slack_s=30).trips_to([[23.60, 61.5]], AT_MAIN)
    assert near.seconds[0, 0] == pytest.approx(660, abs=2)  # at the platform at 7:05
    assert near.walking_s[0, 0] == pytest.approx(300, abs=3)
    short = station("1,E,S2,1,1,300\n", boarding_slack_s=30, max_walk_min=4)
    assert short.trips_to([[23.60, 61.5]], AT_MAIN).rides[0, 0] == 0


def test_every_way_of_asking_tells_the_same(station):
    router = station("1,E,S2,1,1,240\n2,F,S2,1,1,200\n")
    places, hub = [[23.60, 61.5], [23.61, 61.5], [23.62, 61.5]], AT_MAIN
    seconds = router.trips_to(places, hub).seconds[:, 0]
    np.testing.assert_array_equal(router.travel_times(places, hub)[0, :, 0], seconds)
    np.testing.assert_array_equal(
        router.trips_from(places[:1], AT_SIDE).seconds, router.trips_to(places[:1], AT_SIDE).seconds
    )
    at_node = router.from_(places[:1])
    near = int(np.argmin(np.abs(router.walk.network.lon - 23.622074)))
    there = [[router.walk.network.lon[near], router.walk.network.lat[near]]]
    assert at_node[near] == pytest.approx(router.travel_times(places[:1], there)[0, 0, 0], abs=1.5)


def test_changes_between_a_platform_and_a_stop_outside_lead_through_a_door(station):
    router = station("1,E,S2,1,1,300\n2,S2,S4,1,1,20\n")
    table = stop_transfers(router.timetable, router.walk, router.access.stops, 1200, 60)
    row = {stop: i for i, stop in enumerate(router.timetable.stops["stop_id"])}
    walk_s = {(one, other): walk for one, other, walk in table[["from_stop", "to_stop", "walk_s"]].to_numpy().tolist()}
    assert walk_s[row["S2"], row["S5"]] == walk_s[row["S5"], row["S2"]] == pytest.approx(300, abs=1)
    assert walk_s[row["S2"], row["S4"]] == 20
    assert walk_s[row["S4"], row["S5"]] == pytest.approx(320, abs=1)
    assert walk_s[row["S2"], row["S2"]] == 0
