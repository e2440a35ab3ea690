"""Where things stand in a still: on the paper, beside each other, with all homes and the hub on the map."""

from dataclasses import replace

import geopandas as gpd
import pytest
from shapely import box

import tesoma_geo as tg
from tesoma_geo.render.stills.layout import AROUND_M, MARGIN, MM_PER_INCH, NEAR_M, WIDE, layout, parts

SIZES = [(297, 210), (210, 297), (420, 297), (120, 120), (400, 120), (90, 300)]


def apart(one, other):
    return (
        one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
    )  # fmt: skip


@pytest.mark.parametrize("size_mm", SIZES)
def test_map_and_legend_are_on_the_paper_and_apart(assessment: tg.Assessment, size_mm):
    at = layout(assessment, size_mm)
    width, height = (side / MM_PER_INCH for side in size_mm)
    for left, bottom, wide, high in (at.map, at.legend):
        assert left >= MARGIN - 1e-9
        assert bottom > 0
        assert left + wide <= width - MARGIN + 1e-9
        assert bottom + high < height
        assert wide > 0
        assert high > 0
    assert apart(at.map, at.legend)
    assert at.beside == (width >= WIDE * height)


@pytest.mark.parametrize("size_mm", SIZES)
def test_homes_and_hub_are_on_the_map_with_room_around(assessment: tg.Assessment, size_mm):
    at = layout(assessment, size_mm)
    west, south, east, north = at.metres
    for bounds in (assessment.origins.total_bounds, assessment.hub.total_bounds):
        assert west <= bounds[0] - AROUND_M + 1e-6
        assert south <= bounds[1] - AROUND_M + 1e-6
        assert east >= bounds[2] + AROUND_M - 1e-6
        assert north >= bounds[3] + AROUND_M - 1e-6
    assert (east - west) / (north - south) == pytest.approx(at.map[2] / at.map[3])


def test_a_side_of_the_district_near_the_homes_is_on_the_map_and_one_far_away_is_not(assessment: tg.Assessment):
    west, south, east, north = assessment.origins.total_bounds
    for beyond_m, on_map in ((NEAR_M - 1, True), (40 * NEAR_M, False)):
        area = gpd.GeoDataFrame(geometry=[box(west, south, east + beyond_m, north)], crs=assessment.origins.crs)
        wider = replace(assessment, inputs=replace(assessment.inputs, district=area))
        assert (layout(wider, (297, 210)).metres[2] >= east + beyond_m) == on_map


def test_the_scale_is_that_of_the_paper(assessment: tg.Assessment):
    at = layout(assessment, (297, 210))
    assert at.scale == pytest.approx((at.metres[2] - at.metres[0]) / (at.map[2] * 0.0254))
    assert layout(assessment, (594, 420)).scale < at.scale


def test_letters_grow_with_the_paper_but_less(assessment: tg.Assessment):
    small, large = layout(assessment, (148, 105)).unit, layout(assessment, (297, 210)).unit
    assert small < large < 2 * small
    assert large == pytest.approx(1, abs=0.02)  # A4 across


def test_parts_of_a_picture_are_shares_of_its_sides():
    assert parts((1.0, 2.0, 3.0, 4.0), (10.0, 20.0)) == (0.1, 0.1, 0.3, 0.2)
