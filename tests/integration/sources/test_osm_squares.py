"""Areas that people walk across: lines of sight between entries, holes in the way, and what is none."""

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.sources.osm import read_osm
from tesoma_geo.sources.osm_sight_lines import CROSSED_ALONG, MOST_PLACES
from tesoma_geo.sources.osm_squares import class_of, is_square, rings_of
from tests.conftest import write_osm_file

#: A square of 100 m with streets to its west and east side, at nodes 1 and 4.
NODES = {1: (0, 50), 2: (0, 0), 3: (100, 0), 4: (100, 50), 5: (100, 100), 6: (0, 100), 10: (-100, 50), 11: (200, 50)}
RING = [1, 2, 3, 4, 5, 6, 1]
STREETS = [([10, 1], {"highway": "residential"}), ([4, 11], {"highway": "residential"})]
PEDESTRIAN = {"highway": "pedestrian", "area": "yes"}
#: An obstacle in the middle, 40 m wide.
HOLE = {21: (30, 30), 22: (70, 30), 23: (70, 70), 24: (30, 70)}


def metres(extract, start, end):
    n = len(extract.node_id)
    length = ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).astype(float)
    at = {int(node): index for index, node in enumerate(extract.node_id)}
    best = coo_array((1 / length, (extract.tail, extract.head)), shape=(n, n)).tocsr()
    best.data = 1 / best.data
    return dijkstra(best, directed=False, indices=at[start])[at[end]]


def with_relation(path, members, tags):
    rows = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members)
    pairs = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
    text = path.read_text().replace("</osm>", f'<relation id="77" version="1">{rows}{pairs}</relation></osm>')
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "tags",
    [
        PEDESTRIAN,
        {"highway": "footway", "area": "yes"},
        {"highway": "platform"},
        {"railway": "platform"},
        {"public_transport": "platform"},
        {"man_made": "pier"},
        {"man_made": "bridge", "foot": "yes"},
        {"indoor": "corridor"},
    ],
)
def test_an_area_is_crossed_straight(write_osm, tags):
    extract = read_osm(write_osm(NODES, [(RING, tags), *STREETS]))
    assert metres(extract, 10, 11) == pytest.approx(300, rel=2e-3)
    assert extract.ways["highway"].notna().all()


@pytest.mark.parametrize(
    "tags", [{"highway": "pedestrian"}, {"highway": "service", "area": "yes"}, {"railway": "platform", "area": "no"}]
)
def test_a_way_around_something_is_not_crossed(write_osm, tags):
    assert metres(read_osm(write_osm(NODES, [(RING, tags), *STREETS])), 10, 11) == pytest.approx(400, rel=2e-3)


@pytest.mark.parametrize("tags", [{"man_made": "bridge"}, {"building": "yes"}, {"landuse": "grass", "area": "yes"}])
def test_what_nobody_walks_on_is_no_way(write_osm, tags):
    assert np.isin([2, 3], read_osm(write_osm(NODES, [(RING, tags), *STREETS])).node_id).sum() == 0


@pytest.mark.parametrize("form", ["one", "parts"])
def test_holes_are_walked_around(write_osm, form):
    rings = [[1, 2, 3, 4, 5, 6, 1]] if form == "one" else [[1, 2, 3, 4], [1, 6, 5, 4]]
    ways = [*STREETS, *((ring, {}) for ring in rings), ([21, 22, 23, 24, 21], {"natural": "water"})]
    path = write_osm({**NODES, **HOLE}, ways)
    members = [*((3 + number, "outer") for number in range(len(rings))), (3 + len(rings), "inner")]
    extract = read_osm(with_relation(path, members, {"type": "multipolygon", "highway": "pedestrian"}))
    around = 200 + 2 * np.hypot(30, 20) + 40
    assert metres(extract, 10, 11) == pytest.approx(around, rel=2e-3)
    assert extract.ways["osm_id"].tolist() == [1, 2, -77]


def test_a_bay_in_the_outline_is_walked_around(write_osm):
    """The square is a U, open to the north: its entries do not see each other."""
    nodes = {1: (0, 100), 2: (0, 0), 3: (100, 0), 4: (100, 100), 5: (80, 100), 6: (80, 40), 7: (20, 40), 8: (20, 100)}
    nodes |= {10: (10, 100), 11: (90, 100), 12: (10, 200), 13: (90, 200)}
    ring = [1, 2, 3, 4, 11, 5, 6, 7, 8, 10, 1]
    ways = [(ring, PEDESTRIAN), ([12, 10], {"highway": "path"}), ([13, 11], {"highway": "path"})]
    expected = 200 + 60 + 2 * np.hypot(10, 60)
    assert metres(read_osm(write_osm(nodes, ways)), 12, 13) == pytest.approx(expected, rel=2e-3)


def test_doors_are_entries(write_osm):
    extract = read_osm(write_osm(NODES, [(RING, PEDESTRIAN), *STREETS], {5: {"entrance": "main"}}))
    assert metres(extract, 1, 5) == pytest.approx(np.hypot(100, 50), rel=2e-3)


def test_a_great_square_is_walked_along_its_outline_and_counted(write_osm):
    count = MOST_PLACES + 5
    angle = 2 * np.pi * np.arange(count) / count
    nodes = {1 + k: (100 * np.cos(a), 100 * np.sin(a)) for k, a in enumerate(angle)}
    nodes |= {1001 + k: (150 * np.cos(a), 150 * np.sin(a)) for k, a in enumerate(angle)}
    ring = [*range(1, count + 1), 1]
    ways = [(ring, PEDESTRIAN), *(([1 + k, 1001 + k], {"highway": "path"}) for k in range(count))]
    extract = read_osm(write_osm(nodes, ways))
    assert [(left.what, left.reason, left.count) for left in extract.left_out] == [("squares", CROSSED_ALONG, 1)]
    assert len(extract.tail) == 2 * count


def test_a_multipolygon_with_a_missing_way_is_counted(write_osm):
    path = write_osm(NODES, [*STREETS, ([1, 2, 3, 4], {})])
    extract = read_osm(with_relation(path, [(3, "outer"), (99, "outer")], {"type": "multipolygon", **PEDESTRIAN}))
    assert [(left.what, left.count) for left in extract.left_out] == [("squares", 1)]


def test_access_of_a_platform_is_kept(tmp_path):
    extract = read_osm(write_osm_file(tmp_path / "a.osm", NODES, [([1, 4], {"railway": "platform", "access": "no"})]))
    assert extract.ways[["highway", "access"]].iloc[0].tolist() == ["platform", "no"]


def test_rings_are_made_of_ways_in_any_direction():
    assert rings_of([[1, 2, 3], [5, 4, 3], [5, 1]]) is not None
    assert len(set(rings_of([[1, 2, 3], [5, 4, 3], [5, 1]])[0])) == 5
    assert rings_of([[1, 2, 3], [3, 4]]) is None


def test_classes_and_squares_by_tags():
    assert class_of({"railway": "rail"}) is None
    assert not is_square({"highway": "residential"}, multipolygon=True)
