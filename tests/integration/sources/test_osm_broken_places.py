"""Nodes with broken coordinates: found, counted, and no street drawn to them."""

import numpy as np
import pytest

from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.sources.osm import read_osm
from tesoma_geo.sources.osm_broken_places import broken_places
from tests.conftest import write_osm_file

ROAD = {"highway": "residential"}
NODES = {1: (0, 0), 2: (200, 0), 3: (400, 0), 4: (600, 0), 5: (400, 300)}
WAYS = [([1, 2, 3, 4], ROAD), ([3, 5], ROAD)]


def read(tmp_path, node, lon, lat, ways=WAYS):
    path = write_osm_file(tmp_path / "broken.osm", NODES, ways)
    lines = path.read_text().splitlines()
    at = next(row for row, line in enumerate(lines) if f'<node id="{node}"' in line)
    lines[at] = f'<node id="{node}" version="1" lon="{lon}" lat="{lat}">'
    path.write_text("\n".join(lines))
    return read_osm(path)


def counted(extract):
    return {left.what: left.count for left in extract.left_out if "broken" in left.reason}


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (61.5, 23.6), (23.6, 62.5), (-23.6, 61.5), (23.6, 0)])
@pytest.mark.parametrize(("node", "whole_m"), [(2, 500), (4, 700), (5, 600)])
def test_no_street_is_drawn_to_a_broken_coordinate(tmp_path, node, whole_m, lon, lat):
    extract = read(tmp_path, node, lon, lat)
    length_m = ground_length_m(extract.lon, extract.lat, extract.tail, extract.head)
    assert length_m.sum() == pytest.approx(whole_m, rel=5e-3)
    assert counted(extract) == {"street nodes": 1}
    assert node not in extract.node_id.tolist()


def test_a_junction_that_is_broken_closes_all_its_streets(tmp_path):
    extract = read(tmp_path, 3, 0, 0)
    assert ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).sum() == pytest.approx(200, rel=5e-3)
    assert counted(extract) == {"street nodes": 2}  # on two ways


def test_a_square_with_a_broken_corner_is_not_crossed_to_the_gulf_of_guinea(tmp_path):
    square = [*WAYS, ([2, 3, 5, 2], {"highway": "pedestrian", "area": "yes"})]
    extract = read(tmp_path, 5, 0, 0, square)
    assert ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).max() < 1000


def test_ferries_cross_seas(tmp_path):
    nodes = {1: (0, 0), 2: (100, 0), 3: (100, 150_000)}
    path = write_osm_file(tmp_path / "ferry.osm", nodes, [([1, 2], ROAD), ([2, 3], {"route": "ferry"})])
    extract = read_osm(path)
    assert counted(extract) == {}
    assert ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).max() > 140_000


def test_streets_at_the_gulf_of_guinea_stay():
    lon, lat = np.array([0.0, 0.001, 0.002]), np.zeros(3)
    broken, leaps = broken_places(np.zeros(3, np.int32), np.arange(3), lon, lat, np.zeros(3, bool))
    assert not broken.any()
    assert not leaps.any()


def test_two_parts_of_a_file_joined_by_a_leap_keep_their_streets():
    lon, lat = np.array([23.0, 23.001, 25.0, 25.001]), np.full(4, 61.5)
    broken, leaps = broken_places(np.zeros(4, np.int32), np.arange(4), lon, lat, np.zeros(4, bool))
    assert not broken.any()
    assert leaps.tolist() == [False, True, False]
