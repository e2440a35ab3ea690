"""The printed frame: a round scale, the whole district, millimetres that a ruler finds; names that cover nothing."""

import re

import geopandas as gpd
import numpy as np
import pytest
from shapely import LineString, Point, box

from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PaperMapLayers, PrintFrame, draw_map


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


def drawn(streets, hub, **asked):
    ground = PaperMapLayers(
        gpd.GeoDataFrame({"name": [None]}, geometry=[box(0, 0, 400, 300)], crs=3067),
        gpd.GeoDataFrame({"name": list(streets), "highway": "residential"}, geometry=[*streets.values()], crs=3067),
        gpd.GeoDataFrame(geometry=[], crs=3067),
        gpd.GeoDataFrame(geometry=hub, crs=3067),
        "Tori",
    )
    return draw_map(ground, PrintFrame(0.0, 0.0, 1.0, 400.0, 300.0), ruler=False, **asked)


def height_of(name, drawing):
    (y,) = re.findall(rf'y="([\d.]+)"[^>]*>{name}</text>', drawing)
    return float(y)


def test_a_hub_with_several_entrances_is_one_sign_amid_them():
    drawing = drawn({"Long Street": LineString([(20, 20), (380, 20)])}, [Point(190, 150), Point(210, 150)])
    assert re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawing) == [("200.0", "150.0")]


def test_a_name_stands_beside_what_is_kept_clear_and_elsewhere_on_its_street():
    street = LineString([(20, 200), (380, 200)])
    on = drawn({"Long Street": street}, [Point(200, 50)])
    beside = drawn({"Long Street": street}, [Point(200, 50)], clear=[box(20, 99, 380, 101)])
    assert abs(height_of("Long Street", on) - 100) < 1.5
    assert abs(height_of("Long Street", beside) - 100) > 2


def test_a_street_that_is_asked_for_has_its_name_even_where_it_is_short():
    short = {"Very Long Name of a Short Street": LineString([(200, 200), (205, 200)])}
    assert "Very Long Name" not in drawn(short, [Point(200, 50)])
    assert "Very Long Name" in drawn(short, [Point(200, 50)], first=set(short))


def test_the_hub_is_named_in_smaller_letters_where_its_name_is_wider_than_the_map():
    at_the_edge = drawn({}, [Point(399, 150)], letters=16.0)
    assert ">Tori</text>" in at_the_edge
    assert ">Tori</text>" in drawn({}, [Point(399, 150)])


def test_no_name_stands_under_the_scale_bar():
    under = LineString([(320, 8), (399, 8)])
    assert "Low Street" in drawn({"Low Street": LineString([(20, 8), (99, 8)])}, [Point(200, 50)])
    assert "Low Street" not in drawn({"Low Street": under}, [Point(200, 50)])
