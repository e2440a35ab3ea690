"""Points meet the nearest usable edge, not its nodes, and no farther than allowed; places all around them."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.snap_index import SnapIndex
from tests.conftest import CORNER, CRS
from tests.street_segments import segments_of

SEGMENTS = shapely.linestrings([[[0, 0], [100, 0]], [[100, 0], [100, 100]], [[0, 30], [100, 30]]])
ALL = np.array([True, True, True])


def test_a_point_meets_the_middle_of_an_edge():
    positions = SnapIndex.of(segments_of(SEGMENTS), ALL).positions(np.array([[25.0, -10.0]]), 50)
    assert (positions.edge[0], positions.fraction[0], positions.snap_m[0]) == (
        0,
        pytest.approx(0.25),
        pytest.approx(10),
    )


def test_an_unusable_edge_is_passed_over():
    usable = np.array([False, True, True])
    positions = SnapIndex.of(segments_of(SEGMENTS), usable).positions(np.array([[25.0, -10.0]]), 50)
    assert (positions.edge[0], positions.snap_m[0]) == (2, pytest.approx(40))


def test_a_point_too_far_away_is_not_found():
    positions = SnapIndex.of(segments_of(SEGMENTS), ALL).positions(np.array([[25.0, -51.0], [0.0, 0.0]]), 50)
    assert positions.found.tolist() == [False, True]
    assert positions.snap_m[0] == np.inf


def test_equally_near_edges_give_the_first_id():
    positions = SnapIndex.of(segments_of(SEGMENTS), ALL).positions(np.array([[110.0, -10.0]]), 50)
    assert positions.edge[0] == 0


@pytest.mark.parametrize("seed", range(10))
def test_what_is_asked_again_with_another_link_is_as_if_it_had_never_been_asked(seed):
    """The index before the links remembers; one made anew for each question has nothing to remember."""
    rng = np.random.default_rng(seed)

    def lines(number):
        begin = rng.uniform(0, 400, (number, 2))
        return shapely.linestrings(np.stack([begin, begin + rng.uniform(-60, 60, (number, 2))], axis=1))

    streets, links = lines(40), [lines(2) for _ in range(4)]
    former = SnapIndex.of(segments_of(streets), np.ones(40, bool))
    for more in links:
        for xy in (rng.uniform(0, 400, (30, 2)), np.array([[1.0, 2.0]])):
            around_m = np.where(np.arange(len(xy)) % 3 == 0, 40.0, 0.0)
            doors = np.arange(len(xy)), xy + 5.0
            found = []
            for before in (former, former, SnapIndex.of(segments_of(streets), np.ones(40, bool))):
                segments = np.concatenate([streets, more])
                index = replace(SnapIndex.of(segments_of(segments), np.arange(42) >= 40), former=before)
                found.append(index.also_at(index.all_around(xy, around_m, 50.0), doors, 50.0))
            of_each = [list(positions.each()) for positions in found]
            assert len(of_each[0]) == len(of_each[1]) == len(of_each[2])
            for again, anew in zip(of_each[1] + of_each[0], of_each[2] * 2, strict=True):
                assert np.array_equal(again.edge, anew.edge)
                assert np.array_equal(again.fraction, anew.fraction, equal_nan=True)
                assert np.array_equal(again.snap_m, anew.snap_m)


def test_no_usable_edge_at_all():
    assert not SnapIndex.of(segments_of(SEGMENTS), ~ALL).positions(np.array([[0.0, 0.0]]), 50).found.any()


@pytest.mark.parametrize("seed", range(15))
def test_the_nearest_of_many_edges_is_that_of_a_tape_measure(seed):
    rng = np.random.default_rng(seed)
    begin = rng.uniform(0, 1000, (60, 2))
    segments = shapely.linestrings(np.stack([begin, begin + rng.uniform(-80, 80, (60, 2))], axis=1))
    usable, points = rng.random(60) < 0.7, rng.uniform(-50, 1050, (40, 2))
    positions = SnapIndex.of(segments_of(segments), usable).positions(points, 60)
    for row, point in enumerate(shapely.points(points)):
        away_m = np.where(usable, shapely.distance(segments, point), np.inf)
        if away_m.min() > 60:
            assert not positions.found[row]
            continue
        assert positions.snap_m[row] == pytest.approx(away_m.min(), abs=1e-3)
        met = shapely.line_interpolate_point(segments[positions.edge[row]], positions.fraction[row], normalized=True)
        assert shapely.distance(met, point) == pytest.approx(away_m.min(), abs=1e-3)


#: A block of 100 m by 60 m with streets around it, and a second street behind its northern side.
BLOCK = {1: (0, 0), 2: (100, 0), 3: (100, 60), 4: (0, 60), 5: (0, 75), 6: (100, 75), 7: (-300, 0), 8: (-300, 60)}
WAYS = [
    ([1, 2], {"highway": "footway", "name": "south"}), ([2, 3], {"highway": "footway", "name": "east"}),
    ([3, 4], {"highway": "footway", "name": "north"}), ([4, 1], {"highway": "footway", "name": "west"}),
    ([4, 5, 6, 3], {"highway": "footway", "name": "behind"}), ([1, 7, 8, 4], {"highway": "footway", "name": "far"}),
]  # fmt: skip


@pytest.fixture
def router(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))

    def of(more=(), nodes=None):
        return StreetNetwork.from_osm(write_osm(BLOCK | (nodes or {}), [*WAYS, *more]), CRS).router("walk")

    return of


def joined(router, x: float, y: float, around_m: float) -> list[str]:
    place = gpd.GeoDataFrame({"around_m": [around_m]}, geometry=[shapely.Point(CORNER[0] + x, CORNER[1] + y)], crs=CRS)
    # A corner is on all streets that meet there; what counts is on which it lies between its ends.
    edges = [int(one.edge[0]) for one in router.snap(place).each() if 0.0 < one.fraction[0] < 1.0]
    return sorted({router.network.ways["name"][router.network.way[edge]] for edge in edges})


def test_a_place_is_joined_on_its_sides_and_never_behind_a_street(router):
    walk = router()
    assert joined(walk, 50, 30, 0) in (["north"], ["south"])
    assert joined(walk, 50, 30, 60) == ["east", "north", "south", "west"]
    assert joined(walk, 50, 30, 40) == ["north", "south"]


def test_a_wall_cuts_a_side_off(router):
    wall = [([11, 12], {"barrier": "wall"})]
    assert joined(router(wall, {11: (75, -5), 12: (75, 65)}), 50, 30, 60) == ["north", "south", "west"]


def test_a_motorway_between_is_not_crossed(router):
    road = [([11, 12], {"highway": "motorway", "name": "motorway"})]
    assert joined(router(road, {11: (75, -20), 12: (75, 100)}), 50, 30, 60) == ["north", "south", "west"]


@pytest.mark.parametrize(
    ("tags", "cuts_off"),
    [
        ({}, True), ({"level": "1"}, False), ({"level": "-1"}, False), ({"level": "0;1"}, True), ({"level": "0"}, True),
        ({"tunnel": "yes"}, False), ({"layer": "-1"}, False), ({"bridge": "yes"}, False), ({"indoor": "yes"}, False),
    ],
)  # fmt: skip
def test_nobody_is_joined_to_another_floor_nor_cut_off_by_it(router, tags, cuts_off):
    way = ([11, 12], {"highway": "footway", "name": "between", **tags})
    corner = ([2, 11], {"highway": "footway", "name": "corner"})
    sides = joined(router([way, corner], {11: (75, -5), 12: (75, 65)}), 50, 30, 60)
    assert sides == (["between", "north", "south", "west"] if cuts_off else ["east", "north", "south", "west"])


def test_whoever_comes_from_a_side_need_not_walk_round(router):
    walk = router()
    place = gpd.GeoDataFrame({"around_m": [0.0]}, geometry=[shapely.Point(CORNER[0] + 50, CORNER[1] + 25)], crs=CRS)
    north = gpd.GeoDataFrame(geometry=[shapely.Point(CORNER[0] + 50, CORNER[1] + 60)], crs=CRS)
    by_door = walk.travel_times(north, place)[0, 0] * 1.306
    by_side = walk.travel_times(north, place.assign(around_m=60.0))[0, 0] * 1.306
    assert by_door == pytest.approx(50 + 60 + 50 + 25, rel=0.01)
    assert by_side == pytest.approx(35, rel=0.01)
    assert walk.travel_times(place.assign(around_m=60.0), north)[0, 0] * 1.306 == pytest.approx(35, rel=0.01)


def test_all_around_never_lengthens_and_keeps_doors_as_they_are(router):
    walk = router()
    rng = np.random.default_rng(4)
    xy = shapely.points(CORNER[0] + rng.uniform(0, 100, 40), CORNER[1] + rng.uniform(0, 75, 40))
    doors = gpd.GeoDataFrame({"around_m": np.zeros(40)}, geometry=xy, crs=CRS)
    mixed = doors.assign(around_m=np.where(np.arange(40) % 2, 60.0, np.nan))
    plain, around = walk.travel_times(doors, doors), walk.travel_times(doors, mixed)
    assert (around <= plain + 1e-3).all()
    assert around[:, ::2] == pytest.approx(plain[:, ::2])
    assert (around[:, 1::2] < plain[:, 1::2] - 1).any()
