"""Where along segments points lie, and the places there, are those of GEOS to the bit."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.network.streets.segments import Segments, fractions, lines_of, places_along

CORNER = np.array([328_000.0, 6_822_000.0])


@given(st.integers(0, 2**32 - 1), st.sampled_from([3.0, 40.0, 900.0]), st.booleans())
def test_along_a_segment_is_as_along_the_line(seed: int, extent_m: float, whole: bool) -> None:
    random = np.random.default_rng(seed)
    nodes, xy = random.uniform(0, extent_m, (300, 2)) + CORNER, random.uniform(-1, 2, (200, 2)) * extent_m + CORNER
    if whole:  # some without length, and points on their ends
        nodes, xy = np.round(nodes), np.round(xy)
    ends = np.hstack([nodes[:200], nodes[random.integers(0, 300, 200)]])
    xy[:20], xy[20:40], ends[-5:, 2:] = ends[:20, :2], ends[20:40, 2:], ends[-5:, :2]
    lines, points = lines_of(ends), shapely.points(xy)
    along = fractions(xy, ends)
    np.testing.assert_array_equal(along, np.nan_to_num(shapely.line_locate_point(lines, points, normalized=True)))
    for share in (along, random.random(200), np.zeros(200), np.ones(200)):
        on_line = shapely.line_interpolate_point(lines, share, normalized=True)
        np.testing.assert_array_equal(places_along(ends, share), shapely.get_coordinates(on_line))


def test_ends_are_those_of_the_segments_asked_for() -> None:
    two = np.array([0, 1], np.int32), np.array([2, 2], np.int32)
    segments = Segments(np.array([0.0, 10.0, 20.0]), np.array([1.0, 2.0, 3.0]), *two)
    assert segments.ends(np.array([1])).tolist() == [[10.0, 2.0, 20.0, 3.0]]
    assert segments.ends(np.array([True, False])).tolist() == [[0.0, 1.0, 20.0, 3.0]]
    assert lines_of(segments.ends(np.array([0])))[0].length == pytest.approx(np.hypot(20, 2))
    assert not len(lines_of(segments.ends(np.zeros(2, bool))))
