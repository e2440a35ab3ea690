"""Ways within a limit are those of the matrix, along one edge and over added links too."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.ways_within import WaysTo
from tests.conftest import CORNER, CRS

NODES = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (0, 300), 5: (400, 300), 6: (800, 300)}
PATH, ONE_WAY = {"highway": "path"}, {"highway": "footway", "oneway:foot": "yes"}
WAYS = [([1, 2, 3], PATH), ([4, 5, 6], PATH), ([1, 4], ONE_WAY), ([6, 3], PATH)]


@pytest.fixture(scope="module")
def router(write_osm_once):
    plain = StreetNetwork.from_osm(write_osm_once(NODES, WAYS), CRS).router("walk")
    return replace(plain, profile=plain.profile.model_copy(update={"terminal_s": 7.0}))


def points(random, count):
    places = np.add(CORNER, np.column_stack([random.uniform(-100, 1300, count), random.uniform(-40, 340, count)]))
    return gpd.GeoSeries(shapely.points(places), crs=CRS)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("links", [0, 1])
@pytest.mark.parametrize("limit_s", [0.0, 100.0, 400.0, 5000.0])
def test_they_are_those_of_the_matrix(router, limit_s, links, reverse):
    if links:
        line = shapely.LineString(np.add(CORNER, [(410, 0), (410, 300)]))
        router = router.with_edits(Edits(links=gpd.GeoDataFrame({"highway": ["path"]}, geometry=[line], crs=CRS)))
    random = np.random.default_rng(5)
    places, targets = router.snap(points(random, 60)), router.snap(points(random, 90))
    matrix = router.times_between(targets, places).T if reverse else router.times_between(places, targets)
    near = WaysTo.of(router, targets, reverse=reverse).within(places, limit_s)
    row, column = np.nonzero(matrix <= limit_s)
    assert (~places.found).any()
    assert np.isin(places.edge[places.found], targets.edge).any()
    assert np.repeat(np.arange(60), np.diff(near.first)).tolist() == row.tolist()
    assert near.target.tolist() == column.tolist()
    assert near.seconds.tobytes() == matrix[row, column].tobytes()


def test_places_on_one_edge_walk_along_it_and_not_round_its_ends(router):
    at = gpd.GeoSeries(shapely.points(np.add(CORNER, [(100, 0), (130, 0)])), crs=CRS)
    places = router.snap(at)
    near = WaysTo.of(router, places.take([1])).within(places.take([0]), 60)
    assert near.seconds == pytest.approx([30 / router.profile.foot_speed_ms + 7], abs=0.5)
