"""Homes are drawn along the residential streets around their origin, anywhere in the square where there are none."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.analysis.drawn_places import SETS, drawn_homes, drawn_hubs, drawn_turns
from tesoma_geo.network import StreetNetwork
from tests.conftest import CORNER, CRS, write_osm_file

#: A residential street along y = 0, a forest track along y = 30; beyond x = 600 the track alone.
NODES = {1: (0, 0), 2: (600, 0), 3: (0, 30), 4: (600, 30), 5: (1200, 30), 6: (1200, 60)}
WAYS = [([1, 2], {"highway": "residential"}), ([3, 4, 5, 6], {"highway": "track"}), ([1, 3], {"highway": "footway"})]


@pytest.fixture(scope="module")
def router(tmp_path_factory):
    path = write_osm_file(tmp_path_factory.mktemp("streets") / "streets.osm", NODES, WAYS)
    return StreetNetwork.from_osm(path, CRS).router("walk")


EVEN = np.column_stack([np.linspace(0.02, 0.98, 40), np.full(40, 0.5)])


def points(*xy, **columns):
    return gpd.GeoDataFrame(geometry=shapely.points(np.array(xy, float) + CORNER), crs=CRS).assign(**columns)


def places(router, positions):
    network = router.network
    xy = np.column_stack([network.x, network.y])
    start, end = xy[network.tail[positions.edge]], xy[network.head[positions.edge]]
    return start + (end - start) * positions.fraction[:, None] - CORNER


def homes(router, origins, seed=1, spread_m=100.0, snap_m=0.0):
    return drawn_homes(router, origins, router.snap(origins), seed, spread_m=spread_m, snap_m=snap_m)


def test_homes_stand_along_the_residential_street_though_a_track_is_near(router):
    drawn = np.array([places(router, one)[0] for one in homes(router, points((300, 12)))])
    assert drawn.shape == (SETS, 2)
    np.testing.assert_allclose(drawn[:, 1], 0.0, atol=0.05)
    assert (np.abs(drawn[:, 0] - 300) <= 50.05).all()
    # A home of each sixteenth of the street, so that the sets together stand for all of it.
    assert drawn[:, 0].mean() == pytest.approx(300, abs=4)
    assert drawn[:, 0].max() - drawn[:, 0].min() > 80


def test_where_nobody_lives_along_a_street_homes_are_anywhere_in_the_square(router):
    drawn = np.array([places(router, one)[0] for one in homes(router, points((900, 40)))])
    np.testing.assert_allclose(drawn[:, 1], 30.0, atol=0.05)
    assert np.ptp(drawn[:, 0]) > 50
    assert (np.abs(drawn[:, 0] - 900) <= 50.05).all()


def test_the_way_to_the_street_stays_as_mapped_and_the_seed_decides(router):
    origins = points((300, 12), (100, 5))
    sets, again, other = homes(router, origins), homes(router, origins), homes(router, origins, seed=2)
    for one in sets:
        np.testing.assert_allclose(one.snap_m, [12, 5], atol=0.05)
    assert all(np.array_equal(a.fraction, b.fraction) for a, b in zip(sets, again, strict=True))
    assert any(not np.array_equal(a.fraction, b.fraction) for a, b in zip(sets, other, strict=True))


def test_a_network_without_residential_streets(router, tmp_path):
    path = write_osm_file(tmp_path / "tracks.osm", NODES, WAYS[1:])
    tracks = StreetNetwork.from_osm(path, CRS).router("walk")
    assert all(one.found.all() for one in homes(tracks, points((300, 12))))


def test_nothing_drawn_is_the_mapped_place(router):
    origins = points((300, 12))
    mapped = router.snap(origins)
    assert drawn_homes(router, origins, mapped, 1, spread_m=0.0, snap_m=0.0) == [mapped]
    stepping = homes(router, origins, spread_m=0.0, snap_m=5.0)
    assert 0 < np.std([places(router, one)[0, 0] for one in stepping]) < 15


def test_doors_of_the_hub_stay_and_a_place_moves(router):
    door, place = points((300, 5), around_m=0.0), points((300, 5), around_m=75.0)
    assert len(drawn_hubs(router, door, router.snap(door), 10.0, EVEN)) == 1
    moved = drawn_hubs(router, place, router.snap(place), 10.0, EVEN)
    assert len(moved) == len(EVEN)
    assert np.std([places(router, one)[0, 0] for one in moved]) > 3


def test_homes_of_each_place_are_put_aside_by_themselves(router):
    turns = drawn_turns(500, 200, 1)
    assert turns.shape == (13, 500)
    assert (np.bincount(turns.ravel(), minlength=16) > 300).all()
    assert np.corrcoef(turns[0], turns[1])[0, 1] < 0.2


def test_sets_drawn_side_by_side_stand_for_the_whole_street_too(router):
    drawn = np.array([places(router, one)[0, 0] for one in homes(router, points((300, 12)))])
    assert np.abs(drawn.reshape(3, -1).mean(axis=1) - 300).max() < 6
