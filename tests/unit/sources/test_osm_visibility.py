"""Walls that lines cross or only touch, and corners of an area."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.sources.osm_visibility import Walls, corners_of, grown, pairs_in_sight

NOWHERE = {}.__contains__
SQUARE = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 100.0), 4: (0.0, 100.0)}
RING = (1, 2, 3, 4, 1)


def line(*places):
    return np.array([shapely.LineString(places)], object)


def test_a_line_to_a_wall_or_past_its_end_crosses_none():
    walls = Walls.of([((5, 6), {5: (50.0, 0.0), 6: (50.0, 50.0)})], NOWHERE)
    assert walls.crossed(line((0, 20), (100, 20))).tolist() == [True]
    assert walls.crossed(line((0, 20), (50, 50))).tolist() == [False]
    assert walls.crossed(line((0, 50), (100, 50))).tolist() == [False]
    assert walls.crossed(line((0, 60), (100, 60))).tolist() == [False]


def test_a_line_through_the_end_of_two_walls_crosses_them_from_side_to_side_alone():
    places = {5: (50.0, 0.0), 6: (50.0, 50.0), 7: (50.0, 100.0), 8: (60.0, 0.0)}
    across = Walls.of([((5, 6), places), ((7, 6), places)], NOWHERE)
    assert across.crossed(line((0, 50), (100, 50))).tolist() == [True]
    beside = Walls.of([((5, 6), places), ((8, 6), places)], NOWHERE)
    assert beside.crossed(line((0, 50), (100, 50))).tolist() == [False]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=4, unique=True))
def test_lines_in_general_place_cross_as_shapely_says(places):
    a, b, c, d = places
    wall, seen = shapely.LineString([a, b]), shapely.LineString([c, d])
    walls = Walls.of([((1, 2), {1: a, 2: b})], NOWHERE)
    assert walls.crossed(np.array([seen], object)).tolist() == [bool(shapely.crosses(seen, wall))]


def test_a_wall_across_an_outline_is_told_from_one_along_it():
    walls = Walls.of([((1, 2, 9), {**SQUARE, 9: (50.0, 50.0)})], NOWHERE)
    assert not walls.stands_across((1, 2))
    assert walls.stands_across((2, 3))
    assert not walls.stands_across((3, 4))


def test_corners_are_those_one_walks_around():
    places = {**SQUARE, 5: (40.0, 40.0), 6: (60.0, 40.0), 7: (60.0, 60.0), 8: (40.0, 60.0)}
    hole = shapely.Polygon([places[node] for node in (5, 6, 7, 8)])
    within = grown(shapely.difference(shapely.Polygon([SQUARE[node] for node in RING]), hole))
    assert sorted(corners_of([RING, (5, 6, 7, 8, 5)], within, places)) == [5, 6, 7, 8]
    assert corners_of([], within, places) == {}


def test_only_lines_around_a_corner_are_kept():
    places = {**SQUARE, 5: (40.0, 40.0), 6: (60.0, 40.0), 7: (60.0, 60.0), 8: (40.0, 60.0)}
    hole = (5, 6, 7, 8, 5)
    within = grown(
        shapely.difference(
            shapely.Polygon([SQUARE[node] for node in RING]), shapely.Polygon([places[node] for node in hole])
        )
    )
    corners = corners_of([RING, hole], within, places)
    pairs = {
        frozenset(pair) for pair in pairs_in_sight([1, 3, *corners], corners, places, within, Walls.of([], NOWHERE))
    }
    assert frozenset((1, 3)) not in pairs
    assert frozenset((1, 5)) not in pairs  # it leads into the corner, not around it
    assert {frozenset((1, 6)), frozenset((1, 8)), frozenset((6, 3)), frozenset((8, 3))} <= pairs
