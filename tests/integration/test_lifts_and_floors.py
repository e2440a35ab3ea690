"""Lifts, doors and floors of buildings: small inputs whose answers were written down before anything was run.

From the OpenStreetMap wiki (Tag:highway=elevator, Key:door, Key:level, Simple Indoor Tagging; 2026-11).
"""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.conditional import SUMMER
from tesoma_geo.sources.osm import read_osm
from tests.conftest import CORNER, CRS, write_osm_file
from tests.integration.test_areas_and_files import NODES, RING, SQUARE, STREETS, metres
from tests.street_blocks import ROAD, Street, kind, point, wrong_answers

LIFT = "elevator"

WHO = [
    # A lift as a way. Where nothing is said of bicycles, they are pushed in.
    kind(LIFT, "wrb", "cB"), kind(LIFT, "wb", "rc", wheelchair="no"), kind(LIFT, "", access="no"),
    kind(LIFT, "wr", "c", access="no", foot="yes"), kind(LIFT, "wrb", "c", bicycle="yes"),
    kind(LIFT, "wr", "bc", bicycle="no"), kind(LIFT, "", access="private"), kind(LIFT, "", access="customers"),
    kind(LIFT, "", opening_hours="Sa-Su 10:00-18:00"), kind(LIFT, "wr", "c", opening_hours="Mo-Fr 05:00-24:00"),
    kind(LIFT, "wr", "c", level="0;1"), kind(LIFT, "wr", "c", level="-1-2"),
    kind(LIFT, "wr", "c", wheelchair="limited"),
    kind(LIFT, "w", "rc", width="0.7"), kind(LIFT, "wr", "c", width="1.1"), kind(LIFT, "", foot="no"),
    kind(LIFT, "w", "rc", wheelchair__conditional="no @ (Mo-Fr)"), kind(LIFT, "", locked="yes"),
    kind(LIFT, "wr", "c", wheelchair__conditional="no @ (Sa)"), kind(LIFT, "wr", "c", locked="yes", foot="yes"),
    kind(LIFT, "", access__conditional="no @ (10:00-16:00)"), kind(LIFT, "wr", "c", oneway="yes", back=("wr", "c")),
    # A lift as a point.
    point("wrb", highway=LIFT), point("wb", "r", highway=LIFT, width="0.7"), point("wrb", highway=LIFT, width="1.1"),
    point("", highway=LIFT, opening_hours="Sa 08:00-18:00"),
    point("wrb", highway=LIFT, opening_hours="Mo-Fr 08:00-18:00"),
    point("", highway=LIFT, access="private"), point("", highway=LIFT, access="no"),
    point("", "wrb", highway=LIFT, foot="no"),
    point("wr", "c", highway=LIFT, access="no", foot="yes"), point("wrb", highway=LIFT, wheelchair="limited"),
    point("w", "r", highway=LIFT, wheelchair__conditional="no @ (Mo-Fr)"), point("wr", "c", highway=LIFT, level="0;1"),
    point("", highway=LIFT, access__conditional="no @ (10:00-16:00)"), point("wrbc", disused__highway=LIFT),
    point("w", "r", highway=LIFT, maxwidth="0.6"), point("w", "r", highway=LIFT, door__width="0.7"),
    point("w", "r", highway=LIFT, wheelchair="no", foot="yes"),
    point("b", "wr", highway=LIFT, foot="no", bicycle="yes"),
    # Corridors.
    Street({"indoor": "corridor"}, "wr", "c"), Street({"indoor": "corridor", "wheelchair": "no"}, "w", "rc"),
    Street({"indoor": "corridor", "access": "private"}, ""), Street({"indoor": "corridor", "access": "no"}, ""),
    Street({"indoor": "area"}, "wr", "c"), Street({"indoor": "yes"}, ""), Street({"indoor": "door"}, ""),
    Street({"indoor": "corridor", "level": "1;2"}, "wr", "c"), Street({"indoor": "corridor", "locked": "yes"}, ""),
    Street({"indoor": "corridor", "opening_hours": "Sa 10:00-12:00"}, ""), kind("corridor", "wr", "cB"),
    kind("corridor", "", access="private"), kind("corridor", "wrbB", "c", bicycle="yes"),
    kind("corridor", "wrb", "cB", bicycle="no"), kind("corridor", "w", "rc", wheelchair="no"),
    kind("footway", "", indoor="room", access="no"), kind("footway", "wr", "c", indoor="room"),
    # Nobody pushes a bicycle where walkers may not go.
    kind("footway", "", foot="no"), kind("footway", "bB", "wrc", foot="no", bicycle="yes"),
    kind("corridor", "", foot="no"), kind("cycleway", "bB", "wrc", foot="no"),
    # Doors.
    point("wrbc", door="yes"), point("", door="yes", locked="yes"), point("w", "r", door="hinged", wheelchair="no"),
    point("w", "r", door="hinged", width="0.7"), point("wrb", door="hinged", width="0.9"),
    point("", door="yes", access="no"),
    point("", door="yes", access="private"), point("wrb", door="yes", access="private", foot="yes"),
    point("", door="no", barrier="wall"), point("w", "r", indoor="door", wheelchair="no"),
    point("", indoor="door", access="no"), point("", indoor="door", locked="yes"), point("wrbc", indoor="door"),
    point("w", "r", door="sliding", door__width="70 cm"), point("wrb", door="sliding", door__width="1.2"),
]  # fmt: skip


def test_who_takes_lifts_corridors_and_doors(tmp_path):
    wrong = wrong_answers(tmp_path / "lifts.osm", WHO, SUMMER, "FI")
    assert not wrong, "\n".join(map(str, wrong))


#: Two streets of 200 m and a lift between them, in the metres of each node to the east.
LIFTS = {
    "a way": ([0, 200, 205, 405], [([1, 2], ROAD), ([2, 3], {"highway": LIFT}), ([3, 4], ROAD)], {}),
    "of no length": ([0, 200, 200, 400], [([1, 2], ROAD), ([2, 3], {"highway": LIFT}), ([3, 4], ROAD)], {}),
    "of three levels": ([0, 200, 205, 410, 210], [([1, 2], ROAD), ([2, 3, 5], {"highway": LIFT}), ([5, 4], ROAD)], {}),
    "two ways in a row": (
        [0, 200, 205, 410, 210],
        [([1, 2], ROAD), ([2, 3], {"highway": LIFT}), ([3, 5], {"highway": LIFT}), ([5, 4], ROAD)],
        {},
    ),
    "a point": ([0, 200, 205, 405], [([1, 2, 3], ROAD), ([3, 4], ROAD)], {2: {"highway": LIFT}}),
    "a way and a point": (
        [0, 200, 205, 405],
        [([1, 2], ROAD), ([2, 3], {"highway": LIFT}), ([3, 4], ROAD)],
        {2: {"highway": LIFT}},
    ),
}


def seconds(path, profile, east_m, ways, node_tags):
    """From the first street's beginning to the last one's end."""
    places = {number: (east, 0) for number, east in enumerate(east_m, 1)}
    network = StreetNetwork.from_osm(write_osm_file(path, places, ways, node_tags), CRS)
    ends = [gpd.GeoSeries(shapely.points([[CORNER[0] + east, CORNER[1]]]), crs=CRS) for east in (0, places[4][0])]
    return float(network.router(profile).travel_times(*ends)[0, 0])


@pytest.mark.parametrize("form", LIFTS)
@pytest.mark.parametrize("profile", ["walk", "wheelchair", "bicycle"])
def test_a_lift_costs_its_seconds_once_however_it_is_drawn(tmp_path, form, profile):
    east_m, ways, node_tags = LIFTS[form]
    level = [(refs, {"highway": "corridor"} if tags.get("highway") == LIFT else tags) for refs, tags in ways]
    walked_s = seconds(tmp_path / "level.osm", profile, east_m, level, {})
    assert seconds(tmp_path / "lift.osm", profile, east_m, ways, node_tags) == pytest.approx(walked_s + 30, abs=0.1)


def test_wheelchairs_take_the_lift_beside_steps_and_walkers_the_faster_of_both(tmp_path):
    steps, lift = {"highway": "steps"}, {"highway": LIFT}
    for run_m, walks_s in ((20, 20 * 1.5), (200, 200)):
        places = [0, 200, 200 + run_m, 400 + run_m]
        ways = [([1, 2], ROAD), ([2, 3], steps), ([2, 3], lift), ([3, 4], ROAD)]
        by_lift_s = seconds(tmp_path / "chair.osm", "wheelchair", places, ways, {})
        assert by_lift_s == pytest.approx((400 + run_m) / (2.74 / 3.6) + 30, abs=0.2)
        on_foot_s = seconds(tmp_path / "foot.osm", "walk", places, ways, {})
        waits_s = 0 if run_m == 20 else 30
        assert on_foot_s == pytest.approx((400 + walks_s) / (4.70 / 3.6) + waits_s, abs=0.2)


AREA, CORRIDOR = {"indoor": "area"}, {"indoor": "corridor"}
#: A wall across most of the square, and something of 40 m in its middle.
WALL = {21: (50, -10), 22: (50, 80), 25: (50, 50)}
MIDDLE = {21: (30, 30), 22: (70, 30), 23: (70, 70), 24: (30, 70)}
AROUND = [21, 22, 23, 24, 21]
ROUND_THE_WALL_M, ROUND_THE_MIDDLE_M = 200 + 2 * np.hypot(50, 30), 200 + 2 * np.hypot(30, 20) + 40

FLOORS = {
    "corridor": (CORRIDOR, [], {}, 300),
    "area": (AREA, [], {}, 300),
    "corridor that is no area": ({**CORRIDOR, "area": "no"}, [], {}, 400),
    "highway=corridor as an area": ({"highway": "corridor", "area": "yes"}, [], {}, 300),
    "highway=corridor as a line": ({"highway": "corridor"}, [], {}, 400),
    "upstairs, at shared nodes": ({**CORRIDOR, "level": "1"}, [], {}, 300),
    "wall": (AREA, [([21, 22], {"indoor": "wall"})], WALL, ROUND_THE_WALL_M),
    "wall of another level": ({**AREA, "level": "0"}, [([21, 22], {"indoor": "wall", "level": "1"})], WALL, 300),
    "wall of both levels": (
        {**AREA, "level": "1"}, [([21, 22], {"indoor": "wall", "level": "0;1"})], WALL, ROUND_THE_WALL_M,
    ),
    "wall with a door": (AREA, [([21, 25, 22], {"indoor": "wall"})], WALL, 300),
    "room": (AREA, [(AROUND, {"indoor": "room"})], MIDDLE, ROUND_THE_MIDDLE_M),
    "column": (AREA, [(AROUND, {"indoor": "column"})], MIDDLE, ROUND_THE_MIDDLE_M),
    "room of another level": ({**AREA, "level": "0"}, [(AROUND, {"indoor": "room", "level": "2"})], MIDDLE, 300),
    "room of many levels": (
        {**AREA, "level": "1"}, [(AROUND, {"indoor": "room", "level": "0-2"})], MIDDLE, ROUND_THE_MIDDLE_M,
    ),
    "level 1.0": ({**AREA, "level": "1"}, [(AROUND, {"indoor": "room", "level": "1.0"})], MIDDLE, ROUND_THE_MIDDLE_M),
    "wall that is a barrier": (CORRIDOR, [([21, 22], {"barrier": "wall"})], WALL, ROUND_THE_WALL_M),
    "rooms below a square": (SQUARE, [(AROUND, {"indoor": "room"})], MIDDLE, 300),
}  # fmt: skip


def drawn(tmp_path, nodes, ways, node_tags=None):
    return read_osm(write_osm_file(tmp_path / "floor.osm", {**NODES, **nodes}, ways, node_tags))


@pytest.mark.parametrize("name", FLOORS)
def test_floors_are_crossed_around_walls_and_rooms_of_their_level(tmp_path, name):
    floor, standing, nodes, right_m = FLOORS[name]
    extract = drawn(tmp_path, nodes, [*STREETS, (RING, floor), *standing], {25: {"door": "yes"}})
    assert metres(extract, 10, 11) == pytest.approx(right_m, rel=2e-3)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", "1"), ("0;1", "1"), ("0-2", "1"), ("-1-1", "0"), ("1", "1.0"), ("-2--1", "-1")],
)
def test_floors_with_a_common_level_are_one(tmp_path, one, other):
    nodes = {9: (0, 20), 13: (-100, 20), 41: (200, 0), 42: (200, 100), 44: (200, 20), 14: (300, 20)}
    ways = [
        ([13, 9], {"highway": "path"}),
        ([1, 9, 2, 3, 4, 5, 6, 1], {**AREA, "level": one}),
        ([3, 41, 44, 42, 5, 4, 3], {**CORRIDOR, "level": other}),
        ([44, 14], {"highway": "path"}),
    ]
    assert metres(drawn(tmp_path, nodes, ways), 13, 14) == pytest.approx(400, abs=0.5)


def test_floors_above_one_another_are_not_joined_by_one_of_both_levels(tmp_path):
    nodes = {31: (0, 50), 32: (0, 0), 33: (100, 0), 34: (100, 50), 35: (100, 100), 36: (0, 100)}
    nodes |= {41: (100, 0), 42: (200, 0), 43: (200, 50), 44: (200, 100), 45: (100, 100), 12: (300, 50), 50: (-100, 50)}
    ways = [
        ([10, 1], {"highway": "path"}),
        (RING, {**AREA, "level": "0"}),
        ([31, 32, 33, 34, 35, 36, 31], {**AREA, "level": "1"}),
        ([34, 41, 42, 43, 44, 45, 34], {**AREA, "level": "0;1"}),
        ([43, 12], {"highway": "path"}),
        ([50, 31], {"highway": "path", "level": "1"}),
    ]
    extract = drawn(tmp_path, nodes, ways)
    assert metres(extract, 50, 12) == pytest.approx(400, abs=0.5)
    assert metres(extract, 10, 50) == np.inf


@pytest.mark.parametrize(
    ("level", "floor", "ends_there"),
    [("1", "0;1", True), ("1", "0", False), ("0;1", "1", True), (None, "0;1", True), (None, "1", False)],
)
def test_a_path_of_a_level_ends_upon_floors_of_it(tmp_path, level, floor, ends_there):
    path = {"highway": "footway", **({"level": level} if level else {})}
    ways = [([10, 1], path), (RING, {**AREA, "level": floor}), ([30, 11], path)]
    found_m = metres(drawn(tmp_path, {30: (90, 50)}, ways), 10, 11)
    assert found_m == (pytest.approx(300, abs=0.5) if ends_there else np.inf)


LOWER, UPPER = {**AREA, "level": "0"}, {**CORRIDOR, "level": "1"}
STAIRS = {"highway": "steps"}
#: By a corner that is a lift, or where a way of both levels leads from one corner to another.
BY_A_CORNER_M = 250 + float(np.hypot(100, 50))
UP_STAIRS_M = 300 + 2 * float(np.hypot(100, 50))
#: Two floors with the same corners, a path to the lower one at node 1 and one to the upper at 4: what joins them, and
#: how far it is from one path to the other.
ABOVE = {
    "nothing": ([], {}, np.inf),
    "a lift at a corner": ([], {3: {"highway": LIFT}}, BY_A_CORNER_M),
    "a lift that stops elsewhere": ([], {3: {"highway": LIFT, "level": "1;2"}}, np.inf),
    "stairs of both levels": ([([3, 2], {**STAIRS, "level": "0;1"})], {}, UP_STAIRS_M),
    "stairs that say nothing": ([([3, 2], STAIRS)], {}, UP_STAIRS_M),
    "stairs down": ([([2, 3], {**STAIRS, "level": "0;1", "incline": "down"})], {}, UP_STAIRS_M),
    "stairs on the near side": ([([2, 3], {**STAIRS, "level": "0;1"})], {}, 400),
    "a ramp": ([([2, 3], {"highway": "footway", "incline": "5%", "level": "0;1"})], {}, 400),
    "a lift drawn as a way": ([([2, 3], {"highway": LIFT, "level": "0;1"})], {}, 400),
    "stairs of the upper floor": ([([3, 2], {**STAIRS, "level": "1-2"})], {}, np.inf),
    "a street along the house": ([([3, 2], {"highway": "footway"})], {}, np.inf),
    "a path of the upper floor": ([([3, 2], {"highway": "footway", "level": "1"})], {}, np.inf),
    "an escalator": ([([3, 2], {**STAIRS, "conveying": "yes", "level": "0-1"})], {}, UP_STAIRS_M),
    "a staircase drawn as an area": ([([2, 3, 4, 2], {**AREA, "stairs": "yes"})], {}, 300),
    "a square in front": ([([2, 3, 51, 52, 2], {"highway": "pedestrian", "area": "yes"})], {}, np.inf),
    "a room over both": ([([2, 3, 51, 52, 2], {**AREA, "level": "0-1"})], {}, BY_A_CORNER_M),
    "one of many alike": ([([2, 3, 51, 52, 2], {**AREA, "level": "0", "repeat_on": "1-3"})], {}, BY_A_CORNER_M),
}  # fmt: skip


@pytest.mark.parametrize("name", ABOVE)
def test_floors_that_share_corners_are_joined_by_what_leads_up_alone(tmp_path, name):
    more, node_tags, right_m = ABOVE[name]
    nodes = {51: (100, -50), 52: (0, -50)}
    ways = [([10, 1], {"highway": "path", "level": "0"}), ([4, 11], {"highway": "path", "level": "1"})]
    found_m = metres(drawn(tmp_path, nodes, [*ways, (RING, LOWER), (RING, UPPER), *more], node_tags), 10, 11)
    assert found_m == pytest.approx(right_m, abs=0.5)


def test_wheelchairs_do_not_come_up_where_stairs_begin(tmp_path):
    ways = [([10, 1], {"highway": "path", "level": "0"}), ([4, 11], {"highway": "path", "level": "1"})]
    ways += [(RING, LOWER), (RING, UPPER), ([2, 3], {**STAIRS, "level": "0;1"})]
    network = StreetNetwork.from_osm(write_osm_file(tmp_path / "stairs.osm", NODES, ways), CRS)
    ends = [gpd.GeoSeries(shapely.points([[CORNER[0] + east, CORNER[1] + 50]]), crs=CRS) for east in (-100, 200)]
    seconds = {name: network.router(name).travel_times(*ends)[0, 0] for name in ("walk", "wheelchair")}
    assert seconds["walk"] == pytest.approx((300 + 100 * 1.5) / (4.70 / 3.6), abs=1)
    assert np.isinf(seconds["wheelchair"])


def test_a_door_of_two_floors_is_one_on_each(tmp_path):
    nodes = {44: (200, 50), 41: (200, 0), 42: (200, 100)}
    east = [3, 41, 44, 42, 5, 4, 3]
    ways = [
        ([10, 1], {"highway": "path", "level": "1"}),
        (RING, LOWER), (RING, UPPER), (east, LOWER), (east, UPPER),
        ([44, 12], {"highway": "path", "level": "1"}),
    ]  # fmt: skip
    extract = drawn(tmp_path, {**nodes, 12: (300, 50)}, ways, {4: {"door": "yes", "locked": "yes"}})
    assert metres(extract, 10, 12) == pytest.approx(400, abs=0.5)
    locked = extract.node_id[extract.node_tags["node"][extract.node_tags["locked"] == "yes"]]
    assert len(locked) == 2
    assert 4 in locked
