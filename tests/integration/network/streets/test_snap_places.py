"""Where points are not snapped to: under and over the ground, across water, tracks and fences."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.obstacles import Obstacles
from tesoma_geo.network.streets.snap_index import SnapIndex
from tests.conftest import CORNER, CRS
from tests.street_segments import segments_of

ROAD = {"highway": "residential"}
#: A street 60 m north of the place, and something else 10 m south of it; both meet far in the west.
NODES = {1: (-600, 60), 2: (600, 60), 3: (-600, -10), 4: (600, -10)}


def at(*places):
    return gpd.GeoSeries(shapely.points(np.array(CORNER) + np.array(places, float)), crs=CRS)


def town(write_osm, tags, more_nodes=None, more_ways=()):
    nodes = NODES | (more_nodes or {})
    ways = [([1, 2], ROAD), ([3, 4], {**ROAD, **tags}), ([1, 3], ROAD), ([2, 4], ROAD), *more_ways]
    return StreetNetwork.from_osm(write_osm(nodes, ways), CRS)


@pytest.mark.parametrize(
    ("tags", "profile"),
    [
        ({"tunnel": "yes"}, "walk"),
        ({"tunnel": "building_passage"}, "walk"),
        ({"layer": "-1", "highway": "service", "service": "parking_aisle"}, "car"),
        ({"covered": "yes"}, "bicycle"),
        ({"indoor": "yes", "highway": "corridor"}, "wheelchair"),
        ({"location": "underground"}, "walk"),
        ({"bridge": "viaduct", "layer": "1"}, "walk"),
        ({"highway": "motorway"}, "car"),
    ],
)
def test_a_place_beside_is_not_inside(write_osm, tags, profile):
    network = town(write_osm, tags)
    found = network.router(profile).snap(at((0, 0)))
    assert found.snap_m[0] == pytest.approx(60.0, abs=0.1)
    on_it = network.router(profile).snap(at((0, -10.3)))
    assert on_it.snap_m[0] == pytest.approx(0.3, abs=0.1)


@pytest.mark.parametrize(
    "tags", [{"tunnel": "no"}, {"bridge": "no", "covered": "no"}, {"covered": "arcade"}, {"layer": "0"}]
)
def test_other_streets_are_as_near_as_they_are(write_osm, tags):
    assert town(write_osm, tags).router("walk").snap(at((0, 0))).snap_m[0] == pytest.approx(10.0, abs=0.1)


BETWEEN = {21: (-200, -5), 22: (200, -5)}


@pytest.mark.parametrize(
    "tags", [{"barrier": "fence"}, {"barrier": "wall"}, {"railway": "rail"}, {"waterway": "river"}]
)
def test_a_place_is_not_joined_across_what_the_file_has(write_osm, tags):
    network = town(write_osm, {}, BETWEEN, [([21, 22], tags)])
    assert network.router("walk").snap(at((0, 0))).snap_m[0] == pytest.approx(60.0, abs=0.1)
    # On the other side, and where the line does not reach.
    south, east = network.router("walk").snap(at((0, -30), (300, 0))).snap_m
    assert (south, east) == (pytest.approx(20.0, abs=0.1), pytest.approx(10.0, abs=0.1))


@pytest.mark.parametrize("tags", [{"railway": "tram"}, {"railway": "rail", "tunnel": "yes"}, {"barrier": "kerb"}])
def test_what_is_crossed_anywhere_is_no_obstacle(write_osm, tags):
    network = town(write_osm, {}, BETWEEN, [([21, 22], tags)])
    assert network.router("walk").snap(at((0, 0))).snap_m[0] == pytest.approx(10.0, abs=0.1)


def test_behind_more_than_twenty_metres_of_water_a_place_is_on_no_street(write_osm):
    network = town(write_osm, {})
    corner = np.array(CORNER)
    place = shapely.Point(corner + np.array([0, 20]))
    lake = place.buffer(38).difference(place.buffer(5))
    wet = network.with_water([lake])
    found = wet.router("walk").snap(at((0, 20), (200, 20)))
    assert found.found.tolist() == [False, True]
    brook = shapely.box(corner[0] - 700, corner[1] - 8, corner[0] + 700, corner[1] - 2)
    assert network.with_water([brook]).router("walk").snap(at((0, 0))).snap_m[0] == pytest.approx(60.0, abs=0.1)


def test_a_yard_all_fenced_in_keeps_its_nearest_street():
    lines = shapely.linestrings([[[0, 0], [100, 0]], [[0, 50], [100, 50]]])
    index = SnapIndex.of(segments_of(lines), np.ones(2, bool))
    fence = shapely.box(45, 5, 55, 20).exterior
    found = replace(index, obstacles=Obstacles.of([fence], [])).positions(np.array([[50.0, 10.0]]), 100.0)
    assert found.edge[0] == 0


def test_of_many_streets_behind_a_fence_the_nearest_free_one_is_taken():
    """Forty streets lie behind the fence, more than are tried together; of two on this side the nearer one is taken."""
    behind = [[[0, 20.0 + far], [100, 20.0 + far]] for far in range(40)]
    lines = shapely.linestrings([*behind, [[0, -90], [100, -90]], [[0, -80], [100, -80]]])
    fence = shapely.LineString([(-300, 10), (300, 10)])
    index = replace(SnapIndex.of(segments_of(lines), np.ones(42, bool)), obstacles=Obstacles.of([fence], []))
    found = index.positions(np.array([[50.0, 0.0]]), 100.0)
    assert (found.edge[0], found.snap_m[0]) == (41, 80.0)


def test_a_car_park_behind_private_ways_is_a_place_to_start(write_osm):
    """64 nodes, too few for a piece of its own, joined to the street by a private way."""
    nodes = {n: (40.0 * (n - 1), 0) for n in range(1, 61)}
    park = {100 + n: (400 + 5 * (n % 8), 100 + 5 * (n // 8)) for n in range(64)}
    rows = [[100 + 8 * row + column for column in range(8)] for row in range(8)]
    ways = [
        (list(nodes), ROAD),
        *((row, {"highway": "service", "service": "parking_aisle"}) for row in rows),
        ([row[0] for row in rows], {"highway": "service"}),
        ([11, 100], {"highway": "service", "access": "private"}),
    ]
    network = StreetNetwork.from_osm(write_osm(nodes | park, ways), CRS)
    for profile in ("walk", "car"):
        router = network.router(profile)
        found = router.snap(at((420, 121)))
        assert found.snap_m[0] < 5
        assert np.isfinite(router.travel_times(at((420, 121)), at((1200, 0)))).all()
        assert np.isfinite(router.travel_times(at((1200, 0)), at((420, 121)))).all()
