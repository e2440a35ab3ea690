"""Squares among ways, what leads on to them, and nodes that their lines need."""

import numpy as np

from tesoma_geo.sources.osm_floors import Floors
from tesoma_geo.sources.osm_sight_lines import SightLines
from tesoma_geo.sources.osm_square_rows import entries, squares_of, street_ends, uncut, with_nodes
from tesoma_geo.sources.osm_text import node_text, objects_of, way_text

NOWHERE = {}.get
WAYS = [
    ({"highway": "path", "layer": "1"}, [7, 1]),
    ({"highway": "pedestrian", "area": "yes", "level": "2"}, [1, 2, 3, 4, 1]),
    ({"highway": "residential"}, [5, 6, 8, 5]),
]
ROW = np.repeat(np.arange(3), [2, 5, 4])
REFS = np.array([ref for _, refs in WAYS for ref in refs])


def ways():
    return objects_of("".join(way_text(at, tags, refs, NOWHERE) for at, (tags, refs) in enumerate(WAYS)).encode())[0]


def test_a_square_is_told_from_a_street_around_something():
    (square,) = squares_of(ways(), 3, ROW.astype(np.int32), ROW, REFS)
    assert (square.way, square.rings, square.level) == (1, ((1, 2, 3, 4, 1),), ("level=2",))


def test_entries_are_shared_nodes_doors_and_gates():
    text = node_text(3, {"entrance": "yes"}) + node_text(4, {"barrier": "gate"}) + node_text(2, {"crossing": "zebra"})
    nodes = objects_of(text.encode())[0]
    assert entries(nodes, ROW, Floors(REFS, {})) == {1, 3, 4}
    assert entries(nodes, ROW, Floors(REFS, {-1: 3, -2: 2})) == {1, 3, 4, -1}


def test_rings_have_no_ends():
    lon = np.arange(len(REFS), dtype=float)
    found = street_ends(ways(), 3, ROW.astype(np.int32), ROW, REFS, lon, lon)
    assert sorted(found.node.tolist()) == [1, 7]
    assert {found.levels[at] for at in found.level} == {("layer=1",)}


def test_outlines_that_something_stands_on_go_for_their_own_way_alone():
    lines = SightLines(lines=[(1, 3, 1)], cut={(frozenset((1, 2)), 1)})
    tail, head, way = np.array([1, 2, 1]), np.array([2, 3, 2]), np.array([1, 1, 0])
    assert uncut(tail, head, way, lines).tolist() == [False, True, True]


def test_nodes_of_lines_join_those_of_streets_in_order():
    lines = SightLines(lines=[(5, -1, 0), (-1, 3, 0)], new_nodes={-1: (9.0, 8.0)})
    ids, lon, lat = with_nodes(np.array([3, 7]), np.array([0.3, 0.7]), np.zeros(2), lines, {5: (0.5, 0.1)}.get)
    assert ids.tolist() == [-1, 3, 5, 7]
    assert lon.tolist() == [9.0, 0.3, 0.5, 0.7]
    assert lat.tolist() == [8.0, 0.0, 0.1, 0.0]
