"""Ways as lines."""

import numpy as np

from tesoma_geo.network.streets.way_lines import lines_along

XY = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 5.0]])


def test_segments_that_follow_each_other_are_one_line() -> None:
    way, tail, head = (
        np.array([7, 3, 7, 7], np.int32),
        np.array([0, 3, 1, 3], np.int32),
        np.array([1, 0, 2, 2], np.int32),
    )
    ways, lines = lines_along(way, tail, head, XY)
    assert ways.tolist() == [3, 7]
    assert lines[0].wkt == "LINESTRING (2 5, 0 0)"
    assert lines[1].wkt == "MULTILINESTRING ((0 0, 1 0, 2 0), (2 5, 2 0))"


def test_no_segment_gives_no_line() -> None:
    nobody = np.empty(0, np.int32)
    ways, lines = lines_along(nobody, nobody, nobody, XY)
    assert len(ways) == len(lines) == 0
