"""What becomes of an OpenStreetMap extract: lengths, ways that nobody moves on, clipping."""

import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tests.conftest import CORNER

LINE = {1: (0, 0), 2: (100, 0), 3: (300, 0), 4: (300, 400)}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def test_lengths_are_metres_on_the_ground(write_osm):
    network = StreetNetwork.from_osm(write_osm(LINE, [([1, 2, 3, 4], {"highway": "path"})]))
    assert network.length_m == pytest.approx([100, 200, 400], rel=6e-4)


def test_ways_not_built_are_left_out_and_counted(write_osm):
    ways = [([1, 2], {"highway": "path"}), ([2, 3], {"highway": "construction", "name": "Uusikatu"})]
    network = StreetNetwork.from_osm(write_osm(LINE, ways))
    assert network.n_edges == 1
    assert [(left.count, left.examples) for left in network.left_out] == [(1, ("Uusikatu",))]


def test_an_area_keeps_the_edges_with_an_end_inside(write_osm):
    path = write_osm(LINE, [([1, 2, 3, 4], {"highway": "path"})])
    area = shapely.box(CORNER[0] - 50, CORNER[1] - 50, CORNER[0] + 150, CORNER[1] + 50)
    assert StreetNetwork.from_osm(path, area=area).node_id.tolist() == [1, 2, 3]


def test_an_area_without_streets_is_an_error_that_says_what_to_check(write_osm):
    path = write_osm(LINE, [([1, 2], {"highway": "path"})])
    with pytest.raises(InputError, match="longitude and latitude are not swapped"):
        StreetNetwork.from_osm(path, area=shapely.box(0, 0, 1, 1))
