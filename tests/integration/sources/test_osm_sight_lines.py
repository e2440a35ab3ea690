"""Lines across squares: around what stands on them, over common sides, and from streets that end upon them."""

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.sources.osm import read_osm
from tesoma_geo.sources.osm_sight_lines import CROSSED_ALONG, MOST_PLACES, TAKEN_AS_OPEN
from tests.conftest import write_osm_file

#: A square of 100 m with paths to its west and east side, at nodes 1 and 4.
NODES = {1: (0, 50), 2: (0, 0), 3: (100, 0), 4: (100, 50), 5: (100, 100), 6: (0, 100), 10: (-100, 50), 11: (200, 50)}
RING = [1, 2, 3, 4, 5, 6, 1]
SQUARE = {"highway": "pedestrian", "area": "yes"}
PATH = {"highway": "path"}
STREETS = [([10, 1], PATH), ([4, 11], PATH)]
#: A block of 40 m in the middle.
BLOCK = {21: (30, 30), 22: (70, 30), 23: (70, 70), 24: (30, 70)}
BLOCK_RING = [21, 22, 23, 24, 21]
AROUND_M = 200 + 2 * np.hypot(30, 20) + 40
STRAIGHT_M = 300.0
#: A wall from the south side to 20 m below the north side.
WALL = {31: (50, -10), 32: (50, 80)}
AROUND_WALL_M = 200 + 2 * np.hypot(50, 30)


def metres(extract, start, end):
    graph = nx.Graph()
    lengths = ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).tolist()
    for tail, head, length in zip(extract.tail.tolist(), extract.head.tolist(), lengths, strict=True):
        if length < graph.get_edge_data(tail, head, {"weight": np.inf})["weight"]:
            graph.add_edge(tail, head, weight=length)
    at = {int(node): index for index, node in enumerate(extract.node_id)}
    try:
        return nx.dijkstra_path_length(graph, at[start], at[end])
    except (nx.NetworkXNoPath, KeyError, nx.NodeNotFound):
        return np.inf


def with_relation(path, members, tags):
    rows = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members)
    pairs = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
    path.write_text(path.read_text().replace("</osm>", f'<relation id="77" version="1">{rows}{pairs}</relation></osm>'))
    return path


@pytest.mark.parametrize(
    "tags",
    [
        {"building": "yes"}, {"building": "kiosk"}, {"building": "church", "layer": "0"}, {"natural": "water"},
        {"amenity": "fountain"}, {"leisure": "swimming_pool"}, {"landuse": "flowerbed"}, {"barrier": "wall"},
        {"barrier": "hedge", "area": "yes"}, {"barrier": "fence"},
    ],
)  # fmt: skip
def test_what_stands_on_a_square_is_walked_around(write_osm, tags):
    extract = read_osm(write_osm({**NODES, **BLOCK}, [(RING, SQUARE), *STREETS, (BLOCK_RING, tags)]))
    assert metres(extract, 10, 11) == pytest.approx(AROUND_M, rel=2e-3)


@pytest.mark.parametrize(
    "tags",
    [
        {"building": "roof"}, {"building": "no"}, {"building": "yes", "layer": "1"},
        {"building": "yes", "building:min_level": "2"}, {"building": "yes", "location": "underground"},
        {"natural": "water", "covered": "yes"}, {"natural": "water", "tunnel": "yes"}, {"landuse": "grass"},
        {"leisure": "playground"}, {"building:part": "yes"},
    ],
)  # fmt: skip
def test_what_is_above_or_below_is_in_nobodys_way(write_osm, tags):
    extract = read_osm(write_osm({**NODES, **BLOCK}, [(RING, SQUARE), *STREETS, (BLOCK_RING, tags)]))
    assert metres(extract, 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_a_building_with_a_court_is_walked_around(write_osm):
    nodes = {**NODES, **BLOCK, 41: (45, 45), 42: (55, 45), 43: (55, 55), 44: (45, 55)}
    path = write_osm(nodes, [(RING, SQUARE), *STREETS, (BLOCK_RING, {}), ([41, 42, 43, 44, 41], {})])
    members = [(4, "outer"), (5, "inner")]
    extract = read_osm(with_relation(path, members, {"type": "multipolygon", "building": "yes"}))
    assert metres(extract, 10, 11) == pytest.approx(AROUND_M, rel=2e-3)


def test_an_unsorted_file_tells_the_same(write_osm):
    path = write_osm({**NODES, **BLOCK}, [(RING, SQUARE), *STREETS, (BLOCK_RING, {"building": "yes"})])
    text = path.read_text()
    head, rest = text[: text.index("<node")], text[text.index("<node") : text.index("</osm>")]
    nodes, ways = rest[: rest.index("<way")], rest[rest.index("<way") :]
    path.write_text(f"{head}{ways}{nodes}</osm>")
    assert metres(read_osm(path), 10, 11) == pytest.approx(AROUND_M, rel=2e-3)


@pytest.mark.parametrize("tags", [{"barrier": "wall"}, {"barrier": "hedge"}, {"railway": "rail"}])
def test_a_wall_is_walked_around_at_its_end(write_osm, tags):
    extract = read_osm(write_osm({**NODES, **WALL}, [(RING, SQUARE), *STREETS, ([31, 32], tags)]))
    assert metres(extract, 10, 11) == pytest.approx(AROUND_WALL_M, rel=2e-3)


@pytest.mark.parametrize("tags", [{"railway": "tram"}, {"barrier": "kerb"}, {"barrier": "wall", "tunnel": "yes"}])
def test_what_is_stepped_over_is_no_wall(write_osm, tags):
    extract = read_osm(write_osm({**NODES, **WALL}, [(RING, SQUARE), *STREETS, ([31, 32], tags)]))
    assert metres(extract, 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


@pytest.mark.parametrize("foot", [(50, 0), (50, -10)])
def test_nobody_passes_a_wall_from_side_to_side(write_osm, foot):
    """With a node on the outline, or across it."""
    ring = [1, 2, 33, 3, 4, 5, 34, 6, 1] if foot == (50, 0) else RING
    nodes = {**NODES, 33: (50, 0), 34: (50, 100)} if foot == (50, 0) else {**NODES, 33: foot, 34: (50, 110)}
    ways = [(ring, SQUARE), *STREETS, ([33, 34], {"barrier": "wall"})]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 11) == np.inf


def test_a_gate_lets_people_through_a_wall(write_osm):
    nodes = {**NODES, 33: (50, -10), 34: (50, 110), 35: (50, 80)}
    ways = [(RING, SQUARE), *STREETS, ([33, 35, 34], {"barrier": "wall"})]
    extract = read_osm(write_osm(nodes, ways, {35: {"barrier": "gate"}}))
    assert metres(extract, 10, 11) == pytest.approx(AROUND_WALL_M, rel=2e-3)
    assert "gate" in extract.node_tags["barrier"].tolist()


def test_a_bent_wall_is_not_passed_at_its_bend(write_osm):
    """An angle that opens to the west, from the north to the south side: nobody passes."""
    nodes = {**NODES, 33: (50, 110), 34: (80, 50), 35: (50, -10)}
    ways = [(RING, SQUARE), *STREETS, ([33, 34, 35], {"barrier": "wall"})]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 11) == np.inf


def test_three_walls_that_meet_leave_no_way_between(write_osm):
    nodes = {**NODES, 33: (50, 110), 34: (50, 50), 35: (50, -10), 36: (110, 80)}
    walls = [([33, 34], {"barrier": "wall"}), ([35, 34], {"barrier": "wall"}), ([36, 34], {"barrier": "wall"})]
    assert metres(read_osm(write_osm(nodes, [(RING, SQUARE), *STREETS, *walls])), 10, 11) == np.inf


def test_a_wall_along_the_outline_is_in_nobodys_way(write_osm):
    ways = [(RING, SQUARE), *STREETS, (RING, {"barrier": "fence"})]
    assert metres(read_osm(write_osm(NODES, ways)), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_a_building_across_the_whole_square_divides_it(write_osm):
    nodes = {**NODES, 33: (40, 0), 34: (60, 0), 35: (60, 100), 36: (40, 100)}
    ways = [([1, 2, 33, 34, 3, 4, 5, 35, 36, 6, 1], SQUARE), *STREETS, ([33, 34, 35, 36, 33], {"building": "yes"})]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 11) == np.inf


def test_a_building_that_an_entry_lies_in_is_walked_through_and_counted(write_osm):
    nodes = {**NODES, 33: (-10, 30), 34: (20, 30), 35: (20, 70), 36: (-10, 70)}
    extract = read_osm(write_osm(nodes, [(RING, SQUARE), *STREETS, ([33, 34, 35, 36, 33], {"building": "yes"})]))
    assert metres(extract, 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)
    assert [(left.reason, left.count) for left in extract.left_out] == [(TAKEN_AS_OPEN, 1)]


def test_a_building_is_counted_once_though_its_square_is_tried_again(write_osm):
    """With too many entries for straight lines; the street that ends upon the square is given up first."""
    count = MOST_PLACES + 5
    angle = 2 * np.pi * np.arange(count) / count
    nodes = {1 + at: (100 * np.cos(a), 100 * np.sin(a)) for at, a in enumerate(angle)}
    nodes |= {1001 + at: (150 * np.cos(a), 150 * np.sin(a)) for at, a in enumerate(angle)}
    nodes |= {2001: (0, -300), 2002: (0, -50), 2011: (90, -10), 2012: (110, -10), 2013: (110, 10), 2014: (90, 10)}
    ways = [
        ([*range(1, count + 1), 1], SQUARE),
        *(([1 + at, 1001 + at], PATH) for at in range(count)),
        ([2001, 2002], PATH),
        ([2011, 2012, 2013, 2014, 2011], {"building": "yes"}),
    ]
    counted = {left.reason: left.count for left in read_osm(write_osm(nodes, ways)).left_out}
    assert counted == {TAKEN_AS_OPEN: 1, CROSSED_ALONG: 1}


@pytest.mark.parametrize("tags", [{"railway": "platform"}, {"indoor": "corridor"}])
def test_a_hall_over_a_platform_is_no_obstacle(write_osm, tags):
    nodes = {**NODES, 33: (-10, -10), 34: (110, -10), 35: (110, 110), 36: (-10, 110)}
    ways = [(RING, tags), *STREETS, ([33, 34, 35, 36, 33], {"building": "train_station"})]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_a_kiosks_door_is_reached(write_osm):
    nodes = {**NODES, **BLOCK, 25: (30, 50)}
    ways = [(RING, SQUARE), *STREETS, ([21, 22, 23, 24, 25, 21], {"building": "kiosk"})]
    extract = read_osm(write_osm(nodes, ways, {25: {"entrance": "main"}}))
    assert metres(extract, 10, 25) == pytest.approx(130, rel=2e-3)


#: A second square to the east of the first, from 20 m to 80 m north: the two share no node.
EAST = {51: (100, 20), 52: (200, 20), 53: (200, 40), 54: (200, 80), 55: (100, 80), 12: (300, 40)}
EAST_RING = [51, 52, 53, 54, 55, 51]


@pytest.mark.parametrize("tags", [SQUARE, {"highway": "footway", "area": "yes", "surface": "gravel"}])
def test_squares_with_a_common_side_are_crossed_as_one(write_osm, tags):
    nodes = {**NODES, **EAST}
    ways = [([1, 2, 3, 5, 6, 1], SQUARE), (EAST_RING, tags), ([10, 1], PATH), ([53, 12], PATH)]
    extract = read_osm(write_osm(nodes, ways))
    assert metres(extract, 10, 12) == pytest.approx(200 + np.hypot(200, 10), rel=2e-3)
    of_east = extract.way == extract.ways.index[extract.ways["osm_id"] == 2][0]
    assert of_east.sum() > len(EAST_RING) - 1


def test_squares_that_overlap_are_crossed_as_one(write_osm):
    nodes = {**NODES, **EAST, 51: (90, 20), 55: (90, 80)}
    ways = [([1, 2, 3, 5, 6, 1], SQUARE), (EAST_RING, SQUARE), ([10, 1], PATH), ([53, 12], PATH)]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 12) == pytest.approx(200 + np.hypot(200, 10), rel=2e-3)


@pytest.mark.parametrize("other", [{"layer": "1"}, {"level": "1"}, {"bridge": "yes", "layer": "1"}])
def test_squares_of_two_levels_are_two(write_osm, other):
    ways = [([1, 2, 3, 5, 6, 1], SQUARE), (EAST_RING, SQUARE | other), ([10, 1], PATH), ([53, 12], PATH)]
    assert metres(read_osm(write_osm({**NODES, **EAST}, ways)), 10, 12) == np.inf


def test_a_street_that_ends_upon_a_square_leads_on_to_it(write_osm):
    nodes = {**NODES, 61: (50, -100), 62: (50, 50)}
    ways = [(RING, SQUARE), *STREETS, ([61, 62], PATH)]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 61) == pytest.approx(300, rel=2e-3)
    ways = [(RING, SQUARE), *STREETS, ([61, 62], PATH | {"layer": "-1", "tunnel": "yes"})]
    assert metres(read_osm(write_osm(nodes, ways)), 10, 61) == np.inf


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(5, 85), st.integers(5, 85), st.integers(4, 30), st.integers(4, 30)), max_size=4))
def test_ways_are_as_long_as_around_the_polygons(tmp_path_factory, blocks):
    """Against the shortest way over all corners, each line tried by shapely alone."""
    boxes = [shapely.box(x, y, min(x + w, 95), min(y + h, 95)) for x, y, w, h in blocks]
    nodes, ways = dict(NODES), [(RING, SQUARE), *STREETS]
    for number, box in enumerate(boxes):
        corners = list(box.exterior.coords)[:-1]
        ids = [100 + 10 * number + at for at in range(len(corners))]
        nodes |= dict(zip(ids, corners, strict=True))
        ways.append(([*ids, ids[0]], {"building": "yes"}))
    path = write_osm_file(tmp_path_factory.mktemp("blocks") / "town.osm", nodes, ways)
    walls = shapely.buffer(shapely.union_all(boxes), -0.01)
    places = [NODES[1], NODES[4], *(at for box in boxes for at in list(box.exterior.coords)[:-1])]
    graph = nx.Graph()
    for a, one in enumerate(places):
        for b, other in enumerate(places[:a]):
            line = shapely.LineString([one, other])
            if not shapely.intersects(line, walls):
                graph.add_edge(a, b, weight=line.length)
    right = nx.dijkstra_path_length(graph, 0, 1)
    assert metres(read_osm(path), 10, 11) == pytest.approx(200 + right, rel=3e-3)
