"""What is not crossed between a point and its street."""

import numpy as np
import pytest
import shapely

from tesoma_geo.network.streets.obstacles import BESIDE_M, MOST_WATER_M, Obstacles

FENCE = shapely.LineString([(10, -50), (10, 50)])


def pool(width_m):
    return shapely.box(10, -50, 10 + width_m, 50)


def crossed(obstacles, begin, end):
    return obstacles.crossed(np.array([begin], float), np.array([end], float)).tolist() == [True]


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ((0, 0), (20, 0), True),
        ((20, 0), (0, 0), True),
        ((0, 0), (5, 0), False),
        ((0, 60), (20, 60), False),  # round its end
        ((0, 0), (10, 0), False),  # the street runs along the fence
        ((10, 0), (20, 0), False),  # the point lies on it
        ((10, 0), (10, 0), False),
    ],
)
def test_a_fence_is_crossed_where_it_lies_between_the_ends(begin, end, expected):
    assert crossed(Obstacles.of([FENCE], ()), begin, end) == expected


def test_water_is_crossed_where_there_is_more_of_it_than_a_wet_foot():
    assert crossed(Obstacles.of((), [pool(2)]), (0, 0), (20, 0))
    assert not crossed(Obstacles.of((), [pool(BESIDE_M / 2)]), (0, 0), (20, 0))
    assert not crossed(Obstacles.of((), [pool(2)]), (0, 60), (20, 60))


def test_only_much_water_keeps_a_point_from_its_street_altogether():
    ways = np.array([[0.0, 0.0]]), np.array([[10 + 2 * MOST_WATER_M, 0.0]])
    for width_m, expected in ((MOST_WATER_M - 1, False), (MOST_WATER_M + 1, True)):
        assert Obstacles.of((), [pool(width_m)]).over_water(*ways).tolist() == [expected]
    assert Obstacles.of([FENCE], ()).over_water(*ways).tolist() == [False]


def test_more_water_leaves_the_obstacles_as_they_are():
    fences = Obstacles.of([FENCE], ())
    both = fences.and_water([pool(5)])
    assert (len(fences.water), len(both.water), len(both.lines)) == (0, 1, 1)


def test_nothing_is_in_nobodys_way():
    none = Obstacles.none()
    assert not none
    assert Obstacles.of([FENCE], ())
    points = np.arange(8.0).reshape(4, 2)
    assert not none.crossed(points, points[::-1]).any()
    assert none.crossed(points[:0], points[:0]).shape == (0,)
