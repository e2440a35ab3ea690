"""Holes of squares that a relation without tags tells, as was usual once."""

import numpy as np
import osmium
import pytest

from tesoma_geo.sources.osm import read_osm
from tests.integration.test_areas_and_files import RING, SQUARE, STRAIGHT_M, STREETS, counted, metres, written

HOLE = {21: (30, 30), 22: (70, 30), 23: (70, 70), 24: (30, 70)}
AROUND_M = 200 + 2 * np.hypot(30, 20) + 40
WAYS = [*STREETS, (RING, SQUARE), ([21, 22, 23, 24, 21], {})]
MEMBERS = [(3, "outer"), (4, "inner")]


@pytest.mark.parametrize("tags", [{}, {"name": "Tori"}, {"source": "survey", "created_by": "JOSM"}])
@pytest.mark.parametrize("outer", ["outer", ""])
def test_a_hole_of_old_is_walked_around(tmp_path, tags, outer):
    relation = ([(3, outer), MEMBERS[1]], {"type": "multipolygon", **tags})
    assert metres(read_osm(written(tmp_path, WAYS, HOLE, [relation])), 10, 11) == pytest.approx(AROUND_M, rel=2e-3)


@pytest.mark.parametrize("tags", [{"landuse": "grass"}, {"building": "yes"}, {"type": "site"}])
def test_a_relation_about_something_else_tells_no_hole(tmp_path, tags):
    relation = (MEMBERS, {"type": "multipolygon", **tags})
    assert metres(read_osm(written(tmp_path, WAYS, HOLE, [relation])), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_in_a_sorted_pbf(tmp_path):
    text = written(tmp_path, WAYS, HOLE, [(MEMBERS, {"type": "multipolygon"})])
    path = tmp_path / "sorted.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for item in osmium.FileProcessor(str(text)):
            writer.add(item)
    assert metres(read_osm(path), 10, 11) == pytest.approx(AROUND_M, rel=2e-3)


def test_of_two_squares_the_one_that_it_lies_in(tmp_path):
    nodes = {**HOLE, 41: (300, 0), 42: (400, 0), 43: (400, 100), 44: (300, 100)}
    ways = [*STREETS, ([41, 42, 43, 44, 41], SQUARE), (RING, SQUARE), ([21, 22, 23, 24, 21], {})]
    relation = ([(3, "outer"), (4, "outer"), (5, "inner")], {"type": "multipolygon"})
    assert metres(read_osm(written(tmp_path, ways, nodes, [relation])), 10, 11) == pytest.approx(AROUND_M, rel=2e-3)


def test_a_hole_that_is_not_whole_is_counted(tmp_path):
    ways = [*WAYS[:3], ([21, 22, 23], {})]
    extract = read_osm(written(tmp_path, ways, HOLE, [(MEMBERS, {"type": "multipolygon"})]))
    assert metres(extract, 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)
    assert sum(count for (what, _), count in counted(extract).items() if what == "squares") == 1
