"""The printed frame: a round scale, the whole district, millimetres that a ruler finds."""

import numpy as np
import pytest
from shapely import Point, box

from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PrintFrame


@pytest.mark.parametrize("district", [box(0, 0, 3000, 1500), box(0, 0, 500, 4000), box(-100, -100, 10, 10)])
def test_the_whole_district_is_in_a_frame_of_a_round_scale(district):
    frame = PrintFrame.around(district)
    west, south = frame.west, frame.south
    assert district.within(box(west, south, west + WIDTH_MM * frame.m_per_mm, south + HEIGHT_MM * frame.m_per_mm))
    assert frame.m_per_mm * 2 == round(frame.m_per_mm * 2)


def test_millimetres_count_from_the_upper_left_corner_and_what_is_outside_is_left_out():
    frame = PrintFrame(1000.0, 2000.0, 2.0)
    (corner,) = frame.millimetres(np.array([Point(1000, 2000), Point(0, 0)]))
    assert (corner.x, corner.y) == (0, HEIGHT_MM)
