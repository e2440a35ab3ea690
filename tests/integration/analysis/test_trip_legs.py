"""The legs of trips by timetable as lines: one after the other, along the streets, through doors, empty if unknown."""

import numpy as np
import pytest
import shapely

from tesoma_geo.analysis.trip_legs import StopEnds, trip_legs
from tesoma_geo.crs import to_metric
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.doors import Doors
from tesoma_geo.network.transit.median_trip import median_trips
from tests.feeds_with_changes import FEED, HOME, HUB, RULE
from tests.gtfs_feeds import TIMES, write_feed

#: As the feed, with a change from the second stop to one 100 m on.
STOPS = FEED["stops"].replace("S5,", "S4,Beside,61.5,23.902\nS5,")
APART = FEED | {
    "stops": STOPS,
    "trips": FEED["trips"].replace(",b\n", ",\n").replace(",c\n", ",\n"),
    "stop_times": FEED["stop_times"].replace("T2,08:05:00,08:05:00,S2", "T2,08:09:00,08:09:00,S4"),
}


def legs_of(router, home=HOME, hub=HUB):
    at_home, at_hub = router.snap(home), router.snap(hub)
    return trip_legs(router, at_home, at_hub, median_trips(router, at_home, at_hub))


def stop_at(router, stop_id):
    stops = router.timetable.stops.set_index("stop_id").loc[stop_id]
    return np.column_stack(to_metric(stops["lon"], stops["lat"], router.walk.network.crs))[0]


def ends_of(line):
    return shapely.get_coordinates(line)[[0, -1]]


def test_who_walks_has_one_leg_and_who_goes_nowhere_none(ask):
    router = ask(window=("07:40", "08:10"), **FEED)
    ridden, on_foot, nowhere = legs_of(router, [*HOME, *HUB, [23.60, 62.5]])
    assert [len(legs) for legs in (ridden, on_foot, nowhere)] == [3, 1, 0]
    assert shapely.get_type_id(on_foot[0]) == shapely.GeometryType.LINESTRING


def test_legs_follow_one_another_from_stop_to_stop(ask):
    router = ask(window=("07:40", "08:10"), **APART)
    (legs,) = legs_of(router)
    first, second = legs[1::2]
    assert len(legs) == 5
    for place, stop in zip([*ends_of(first), *ends_of(second)], ("S1", "S2", "S4", "S3"), strict=True):
        np.testing.assert_allclose(place, stop_at(router, stop), atol=0.1)
    for place, stop in zip(ends_of(legs[2]), ("S2", "S4"), strict=True):
        assert np.hypot(*(place - stop_at(router, stop))) < 1.0
    assert legs[2].length == pytest.approx(106, abs=1)


def test_a_change_at_one_stop_goes_nowhere(ask):
    later = FEED["stop_times"].replace("T2,08:05:00,08:05:00", "T2,08:08:00,08:08:00")
    router = ask(window=("07:40", "08:10"), **FEED | {"trips": APART["trips"], "stop_times": later})
    (legs,) = legs_of(router)
    assert len(legs) == 5
    assert legs[2].length == 0
    assert not legs[2].is_empty


def test_a_walk_that_no_streets_are_known_for_is_empty(ask):
    """Stops off the streets, between which the feed names a change."""
    stops = STOPS.replace("S2,Second,61.5,", "S2,Second,61.51,").replace("S4,Beside,61.5,", "S4,Beside,61.51,")
    router = ask(window=("07:40", "08:10"), **APART | {"stops": stops, "transfers": RULE + "S2,S4,2,60\n"})
    (legs,) = legs_of(router)
    assert [leg.is_empty for leg in legs] == [False, False, True, False, False]


def test_who_rides_alike_shares_what_follows_on_the_first_walk(ask):
    router = ask(window=("07:40", "08:10"), **APART)
    one, other = legs_of(router, [[23.60, 61.50], [23.6005, 61.50]])
    assert one[0] != other[0]
    assert all(mine is theirs for mine, theirs in zip(one[1:], other[1:], strict=True))


def test_a_walk_to_a_station_ends_at_its_door(long_street, tmp_path):
    stops = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nST,Station,61.5,23.62,1,\n"
        "S1,Platform,61.5,23.62,0,ST\nS3,Third,61.5,23.64,0,\nE,Door,61.5,23.622,2,ST\n"
    )
    times = TIMES + "T1,07:10:00,07:10:00,S1,1\nT1,07:12:00,07:12:00,S3,2\n"
    pathways = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n1,E,S1,1,1,60\n"
    trips = "route_id,service_id,trip_id\nR,WEEK,T1\n"
    feed = write_feed(tmp_path / "station", stops=stops, stop_times=times, trips=trips, pathways=pathways)
    timetable = Timetable.from_gtfs(feed, "2022-01-18")
    router = long_street.transit_router(timetable, ("07:00", "07:01"), boarding="any")
    (legs,) = legs_of(router, [[23.619, 61.5]], [[23.645, 61.5]])
    assert len(legs) == 3
    x, y = to_metric([23.622], [61.5], router.walk.network.crs)
    assert np.hypot(*(ends_of(legs[0])[1] - [x[0], y[0]])) < 1.0


def test_a_stop_behind_doors_is_reached_through_its_own():
    positions = Positions(np.array([3, 4, 5], np.int32), np.zeros(3), np.zeros(3))
    stop, inside_s = np.array([1, 2, 1], np.int32), np.array([10, 20, 30], np.int32)
    doors = Doors(positions, stop, inside_s, np.array([0, 1, 1, 1], bool))
    stops = Positions(np.arange(4, dtype=np.int32), np.zeros(4), np.zeros(4))
    found = [StopEnds.of(stop, stops, doors) for stop in range(4)]
    assert [ends.at.edge.tolist() for ends in found] == [[0], [3, 5], [4], []]
    assert [ends.inside_s.tolist() for ends in found] == [[0], [10, 30], [20], []]
    assert StopEnds.of(1, stops, None).at.edge.tolist() == [1]
