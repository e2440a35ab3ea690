"""Walks to stops and between them: what the streets say, in whole seconds, and what the feed says of changing."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tesoma_geo.crs import to_wgs84
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.legs import (
    StopLegs,
    WaysToStops,
    legs_to_stops,
    node_legs,
    stop_transfers,
    whole_seconds,
)
from tesoma_geo.network.transit.stop_positions import stop_positions
from tests.conftest import CORNER, CRS, write_osm_file
from tests.feeds_with_changes import FEED, RULE
from tests.gtfs_feeds import write_feed
from tests.transit_cases import legs_of

#: Stops some hundred metres from one another; S4 has no street near.
STOPS = (
    "stop_id,stop_name,stop_lat,stop_lon\nS1,First,61.5,23.60\nS2,Second,61.5,23.604\nS3,Third,61.5,23.61\n"
    "S4,Off the streets,61.504,23.605\nS5,Depot,61.5,24.60\n"
)
TIMES = FEED["stop_times"] + "T3,09:20:00,09:20:00,S4,3\n"


@pytest.fixture(scope="module")
def walk(long_street):
    return long_street.router("walk", max_snap_m=100)


@pytest.fixture
def feed(tmp_path):
    """The timetable of the stops above, with rules for transfers."""

    def read(*rules):
        files = FEED | {"stops": STOPS, "stop_times": TIMES}
        if rules:
            files["transfers"] = RULE + "".join(f"{rule}\n" for rule in rules)
        return Timetable.from_gtfs(write_feed(tmp_path / str(len(rules)), **files), "2022-01-18")

    return read


def transfers(timetable, walk, limit_s=600, slack_s=45):
    stops = stop_positions(timetable, walk)
    table = stop_transfers(timetable, walk, stops, limit_s, slack_s)
    return {(row.from_stop, row.to_stop): (row.need_s, row.walk_s) for row in table.itertuples()}


def test_seconds_are_rounded_up_but_not_for_what_float32_cannot_tell():
    seconds = np.array([0, 0.2, 1, 1.004, 1.02, 899.9999, 3600.0001], np.float32)
    assert whole_seconds(seconds).tolist() == [0, 1, 1, 1, 2, 900, 3600]
    assert whole_seconds(seconds).dtype == np.int32


def test_legs_of_some_places_begin_with_the_nearest_stop():
    legs = legs_of([[(0, 30), (2, 20), (3, 30)], [], [(1, 30)]]).taken(np.array([2, 1, 0]))
    assert legs.first.tolist() == [0, 1, 1, 4]
    assert legs.stop.tolist() == [1, 2, 0, 3]
    assert legs.walk_s.tolist() == [30, 20, 30, 30]


def test_legs_to_stops_that_are_there_several_times():
    legs = legs_of([[(0, 10), (2, 20)], [], [(1, 30)]])
    layered = legs.layered(3, 5)
    assert layered.first.tolist() == [0, 6, 6, 9]
    assert layered.stop.tolist() == [0, 5, 10, 2, 7, 12, 1, 6, 11]
    assert layered.walk_s.tolist() == [10, 10, 10, 20, 20, 20, 30, 30, 30]
    for name in ("first", "stop", "walk_s"):
        assert getattr(legs.layered(1, 5), name).tolist() == getattr(legs, name).tolist()


def test_the_legs_of_one_place():
    legs = legs_of([[(0, 10), (2, 20)], [], [(1, 30)]])
    assert [leg.stop.tolist() for leg in (legs.one(0), legs.one(1), legs.one(2))] == [[0, 2], [], [1]]
    assert legs.one(2).first.tolist() == [0, 1]


def test_stops_that_nothing_calls_at_and_those_off_the_streets_are_nowhere(feed, walk):
    assert stop_positions(feed(), walk).found.tolist() == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("path_tags", "wall", "joined"),
    [({}, False, True), ({}, True, False), ({"bridge": "yes"}, False, False), ({"layer": "-1"}, False, False)],
    ids=["path", "wall between", "path on a bridge", "path below"],
)
def test_a_stop_joins_the_streets_on_its_sides_that_nothing_lies_before(tmp_path, path_tags, wall, joined):
    """A stop 5 m north of a road and 12 m south of a path that meets the road 500 m farther on."""
    nodes = {1: (0, 0), 2: (500, 0), 3: (1000, 0), 4: (0, 17), 5: (500, 17), 6: (980, 17), 7: (300, 8), 8: (700, 8)}
    ways = [([1, 2, 3], {"highway": "residential"}), ([4, 5, 6], {"highway": "footway"} | path_tags)]
    ways += [([6, 3], {"highway": "footway"})] + [([7, 8], {"barrier": "wall"})] * wall
    street = StreetNetwork.from_osm(write_osm_file(tmp_path / "streets.osm", nodes, ways), CRS)
    east, north = (np.array(one, float) for one in zip((500, 5), (0, 0), (0, 400), (0, 400), (0, 400), strict=True))
    lon, lat = to_wgs84(CORNER[0] + east, CORNER[1] + north, CRS)
    rows = [f"S{number},Stop {number},{lat[number - 1]:.7f},{lon[number - 1]:.7f}" for number in range(1, 6)]
    stops = "stop_id,stop_name,stop_lat,stop_lon\n" + "\n".join(rows) + "\n"
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", **FEED | {"stops": stops}), "2022-01-18")
    walk = street.router("walk", max_snap_m=100)
    home = np.column_stack(to_wgs84(CORNER[0] + np.array([400.0]), CORNER[1] + np.array([17.0]), CRS))
    seconds = walk.times_between(walk.snap(home), stop_positions(timetable, walk).take([0]))[0, 0]
    pace_ms = walk.profile.foot_speed_ms
    assert (seconds < 150 / pace_ms) == joined


@pytest.mark.parametrize("from_stops", [False, True])
@pytest.mark.parametrize("limit_s", [200, 2000])
def test_legs_are_the_seconds_of_the_street_router_up_to_the_limit(feed, walk, limit_s, from_stops):
    stops = stop_positions(feed(), walk)
    at = walk.snap([[23.599, 61.5], [23.6042, 61.5001], [23.62, 61.5], [24.5, 61.5]], "places")
    legs = legs_to_stops(walk, at, stops, limit_s, from_stops=from_stops)
    times_s = walk.times_between(stops, at).T if from_stops else walk.times_between(at, stops)
    place, stop = np.nonzero(times_s <= limit_s)
    assert np.repeat(np.arange(4), np.diff(legs.first)).tolist() == place.tolist()
    assert legs.stop.tolist() == stop.tolist()
    assert legs.walk_s.tolist() == whole_seconds(times_s[place, stop]).tolist()
    assert len(legs.stop) >= (3 if limit_s == 200 else 9)


@pytest.mark.parametrize("from_stops", [False, True])
def test_legs_of_street_nodes_are_those_of_a_search_a_stop(feed, walk, from_stops):
    stops = stop_positions(feed(), walk)
    legs = node_legs(walk, stops, 900, from_stops=from_stops)
    found = {}
    for node in range(len(legs.first) - 1):
        one = legs.one(node)
        found |= {(node, int(stop)): int(s) for stop, s in zip(one.stop, one.walk_s, strict=True)}
    expected = {}
    for stop in np.flatnonzero(stops.found).tolist():
        seconds = walk.from_(stops.take([stop])) if from_stops else walk.to(stops.take([stop]))
        expected |= {
            (int(node), stop): int(whole_seconds(seconds[[node]])[0]) for node in np.flatnonzero(seconds <= 900)
        }
    assert found == expected
    assert len(found) > 3


def test_without_rules_one_changes_wherever_the_walk_is_short_enough(feed, walk):
    timetable = feed()
    stops = stop_positions(timetable, walk)
    found = transfers(timetable, walk, limit_s=250)
    walked = walk.times_between(stops, stops)
    for a in range(3):
        for b in range(3):
            assert ((a, b) in found) == (walked[a, b] <= 250)
            if a != b and (a, b) in found:
                walk_s = int(whole_seconds(walked[[a], [b]])[0])
                assert found[a, b] == (walk_s + 45, walk_s)
    assert found[3, 3] == (45, 0)  # at a stop off the streets, from vehicle to vehicle
    assert not any(4 in pair for pair in found)  # nothing calls at the depot
    assert 4 < len(found) < 10


def test_without_slack_a_change_takes_a_second_at_least(feed, walk):
    assert transfers(feed(), walk, slack_s=0)[0, 0] == (1, 0)


def test_rules_of_the_feed(feed, walk):
    plain = transfers(feed(), walk)
    walk_s = plain[0, 1][1]
    ruled = transfers(feed("S1,S2,2,9", "S2,S1,2,900", "S1,S1,2,0", "S2,S3,3,", "S3,S2,1,"), walk)
    assert ruled[0, 1] == (walk_s, walk_s)  # the walk is longer than the least
    assert ruled[1, 0] == (900, walk_s)
    assert ruled[0, 0] == (0, 0)  # no slack where the feed says none
    assert (1, 2) in plain
    assert (1, 2) not in ruled  # forbidden
    assert ruled[2, 1] == (0, 0)  # vehicles wait for one another
    assert {pair: ruled[pair] for pair in ruled if pair in ((2, 2), (0, 2))} == {
        pair: plain[pair] for pair in plain if pair in ((2, 2), (0, 2))
    }


def test_a_stop_off_the_streets_is_changed_at_where_the_feed_names_it(feed, walk):
    named = transfers(feed("S4,S2,2,", "S2,S5,2,"), walk)
    at = gpd.GeoSeries.from_xy([23.605, 23.604], [61.504, 61.5], crs=4326).to_crs(3067)
    straight_s = at.iloc[0].distance(at.iloc[1]) / walk.profile.foot_speed_ms
    assert named[3, 1][1] == pytest.approx(straight_s, abs=3)
    assert named[3, 1][0] >= named[3, 1][1]
    assert (1, 3) not in named  # one way alone is named
    assert not any(4 in pair for pair in named)  # the depot is not served
    assert (3, 1) not in transfers(feed("S4,S2,2,", "S2,S5,2,"), walk, limit_s=200)


def test_transfers_come_in_the_order_that_searches_expect(feed, walk):
    timetable = feed("S4,S2,2,")
    table = stop_transfers(timetable, walk, stop_positions(timetable, walk), 600, 45)
    assert table.equals(table.sort_values(["to_stop", "from_stop"], ignore_index=True))
    assert not table.duplicated(["from_stop", "to_stop"]).any()
    assert all(pd.api.types.is_integer_dtype(kind) for kind in table.dtypes)


def test_no_places_have_no_legs(feed, walk):
    stops = stop_positions(feed(), walk)
    legs = legs_to_stops(walk, stops.take([]), stops, 900)
    assert isinstance(legs, StopLegs)
    assert (legs.first.tolist(), legs.stop.tolist()) == ([0], [])


@pytest.mark.parametrize("from_stops", [False, True])
def test_ways_to_stops_asked_again_tell_what_they_tell_at_once(walk, feed, from_stops):
    stops = stop_positions(feed(), walk)
    ways = WaysToStops.of(walk, stops, from_stops=from_stops)
    places = walk.snap(np.array([[23.601, 61.5], [23.6035, 61.5], [23.609, 61.5], [24.9, 61.5]]))
    for limit_s in (900, 60, 0, 900):
        some, once = ways.legs(places, limit_s), legs_to_stops(walk, places, stops, limit_s, from_stops=from_stops)
        assert [array.tolist() for array in (some.first, some.stop, some.walk_s)] == [
            array.tolist() for array in (once.first, once.stop, once.walk_s)
        ]
    alone = ways.legs(places.take([1]), 900)
    everywhere = ways.legs(places, 900).one(1)
    assert alone.stop.tolist() == everywhere.stop.tolist()
    assert alone.walk_s.tolist() == everywhere.walk_s.tolist()
    assert len(alone.stop) > 0
