"""Squares that are crossed as one, and the polygons of their rings."""

import shapely

from tesoma_geo.sources.osm_square_groups import SHORTEST_SIDE_M, SquareArea, ground_of, ring_polygon, squares_together
from tesoma_geo.sources.osm_squares import Square


def area(way, west, south, east, north, *, level=(), is_indoors=False):
    return SquareArea(Square(way, (), level, is_indoors), shapely.box(west, south, east, north))


def ways_together(*areas):
    return [[one.square.way for one in group] for group in squares_together(areas)]


def test_squares_of_one_level_that_share_a_side_are_crossed_as_one():
    assert ways_together(area(1, 0, 0, 10, 10), area(2, 30, 0, 40, 10), area(3, 10, 0, 20, 10)) == [[1, 3], [2]]


def test_squares_that_touch_at_a_corner_are_apart():
    assert ways_together(area(1, 0, 0, 10, 10), area(2, 10, 10 - SHORTEST_SIDE_M / 2, 20, 20)) == [[1], [2]]


def test_another_level_and_the_inside_of_a_building_are_apart():
    upstairs, inside = area(2, 10, 0, 20, 10, level=("level=1",)), area(3, 10, 0, 20, 10, is_indoors=True)
    assert ways_together(area(1, 0, 0, 10, 10), upstairs, inside) == [[1], [2], [3]]


def test_floors_that_one_of_two_levels_joins_are_crossed_by_themselves():
    ground, above = ("level=1",), ("level=2",)
    both = area(3, 20, 0, 30, 10, level=("level=1;2",))
    stacked = area(1, 10, 0, 20, 10, level=ground), area(2, 10, 0, 20, 10, level=above), both
    assert ways_together(*stacked) == [[1], [2], [3]]
    assert ways_together(area(4, 0, 0, 10, 10, level=ground), *stacked) == [[4, 1], [2], [3]]


def test_the_ground_of_two_squares_has_no_gap_that_rounding_left():
    ground = ground_of([area(1, 0, 0, 10, 10), area(2, 10.004, 0, 20, 10)])
    assert ground.geom_type == "Polygon"
    assert shapely.covers(ground, shapely.LineString([(1, 5), (19, 5)]))


def test_rings_within_rings_are_holes_and_what_crosses_itself_is_no_area():
    xy = dict(enumerate([(0, 0), (9, 0), (9, 9), (0, 9), (3, 3), (6, 3), (6, 6), (3, 6)]))
    outer, inner = (0, 1, 2, 3, 0), (4, 5, 6, 7, 4)
    assert ring_polygon([outer, inner], xy).area == 81 - 9
    assert ring_polygon([outer, (4, 5, 4)], xy).area == 81  # two nodes are no ring
    assert ring_polygon([(0, 2, 1, 3, 0)], xy) is None
    assert ring_polygon([outer[:-1]], xy) is None
