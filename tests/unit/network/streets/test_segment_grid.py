"""The nearest segments are those that a tree of lines finds."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.network.streets.segment_grid import SegmentGrid

CORNER = np.array([328_000.0, 6_822_000.0])


def by_tree(ends: np.ndarray, xy: np.ndarray, within_m: float) -> tuple[np.ndarray, np.ndarray]:
    """The same from shapely: of equally near segments the first."""
    tree = shapely.STRtree(shapely.linestrings(ends.reshape(-1, 2, 2)))
    (point, segment), far_m = tree.query_nearest(
        shapely.points(xy), max_distance=within_m, return_distance=True, all_matches=True
    )
    order = np.lexsort((segment, point))
    point, first = np.unique(point[order], return_index=True)
    found, distance_m = np.full(len(xy), -1), np.full(len(xy), np.inf)
    found[point], distance_m[point] = segment[order][first], far_m[order][first]
    return found, distance_m


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 60),
    st.sampled_from([3.0, 40.0, 900.0, 1e5]),
    st.sampled_from([0.5, 20.0, 250.0, 1e6]),
    st.booleans(),
)
def test_the_same_as_a_tree_of_lines(seed: int, count: int, extent_m: float, within_m: float, whole: bool) -> None:
    random = np.random.default_rng(seed)
    nodes = random.uniform(0, extent_m, (count + 1, 2)) + CORNER
    if whole:  # many segments and points that lie equally near
        nodes = np.round(nodes)
    ends = np.hstack([nodes[:-1], nodes[random.integers(0, count + 1, count)]])
    xy = np.vstack([random.uniform(-0.3, 1.3, (40, 2)) * extent_m + CORNER, nodes])
    xy = np.round(xy) if whole else xy
    found, far_m = SegmentGrid.of(ends).nearest(xy, within_m)
    expected, expected_m = by_tree(ends, xy, within_m)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(far_m, expected_m)


@pytest.mark.parametrize("ends", [np.empty((0, 4)), np.array([[5.0, 5.0, 5.0, 5.0]]), np.array([[0.0, 3.0, 9.0, 3.0]])])
def test_few_segments(ends: np.ndarray) -> None:
    found, far_m = SegmentGrid.of(ends).nearest(np.array([[5.0, 7.0], [5.0, 1e9]]), 100.0)
    assert found.tolist() == [len(ends) - 1, -1]
    assert np.isinf(far_m).tolist() == [not len(ends), True]
    assert SegmentGrid.of(ends).nearest(np.empty((0, 2)), 10.0)[0].shape == (0,)


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([3.0, 40.0, 900.0, 1e5]), st.booleans())
def test_what_is_near_or_within_a_box_is_what_a_tree_of_lines_finds(
    seed: int, count: int, extent_m: float, whole: bool
) -> None:
    random = np.random.default_rng(seed)
    nodes, xy = random.uniform(0, extent_m, (count + 1, 2)), random.uniform(-0.5, 1.5, (40, 2)) * extent_m
    if whole:
        nodes, xy = np.round(nodes), np.round(xy)
    ends = np.hstack([nodes[:-1], nodes[random.integers(0, count + 1, count)]]) + np.tile(CORNER, 2)
    xy, around_m = xy + CORNER, np.round(random.uniform(0, extent_m / 3, 40), 1)
    grid, lines, points = SegmentGrid.of(ends), shapely.linestrings(ends.reshape(-1, 2, 2)), shapely.points(xy)
    point, segment, far_m = grid.within(xy, around_m)
    expected = shapely.STRtree(lines).query(points, predicate="dwithin", distance=around_m)
    assert sorted(np.column_stack([point, segment]).tolist()) == sorted(expected.T.tolist())
    np.testing.assert_array_equal(far_m, shapely.distance(lines[segment], points[point]))
    boxes = np.hstack([xy - around_m[:, None], xy + around_m[:, None] * 2])
    box, met = grid.meeting(boxes)
    by_tree_too = shapely.STRtree(lines).query(shapely.box(*boxes.T))
    assert sorted(np.column_stack([box, met]).tolist()) == sorted(by_tree_too.T.tolist())
    assert (np.diff(box) >= 0).all()


def test_nothing_is_near_where_there_are_no_segments() -> None:
    grid = SegmentGrid.of(np.empty((0, 4)))
    assert [len(found) for found in grid.within(np.zeros((2, 2)), np.ones(2))] == [0, 0, 0]
