"""Names on a still: none covers another, none leaves the map, the hub's comes first."""

from dataclasses import replace

import geopandas as gpd
import matplotlib.pyplot as plt
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo._shapes import middle_of
from tesoma_geo.render.stills.basemap import palette
from tesoma_geo.render.stills.label_placement import draw_names
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.service_signs import SIGN_IN

SIZES = [(297, 210), (210, 297), (120, 85)]


def named(assessment, size_mm, hub="Länsikeskus"):
    """Texts and their boxes in pixels, drawn in a figure of the picture's size."""
    at = layout(assessment, size_mm)
    figure = plt.figure(figsize=(at.map[2], at.map[3]), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(at.metres[0], at.metres[2]), ylim=(at.metres[1], at.metres[3]))
    draw_names(axes, assessment, hub, at, palette())
    figure.canvas.draw()
    told = [(text.get_text(), text.get_window_extent()) for text in axes.texts]
    room = figure.bbox
    plt.close(figure)
    return told, room


def with_areas(assessment, areas):
    """The assessment with other areas and without lakes."""
    return replace(assessment, inputs=replace(assessment.inputs, district=areas, water=assessment.water.iloc[:0]))


@pytest.mark.parametrize("size_mm", SIZES)
def test_no_name_covers_another_or_leaves_the_map(assessment: tg.Assessment, size_mm):
    told, room = named(assessment, size_mm)
    assert told[0][0] == "Länsikeskus"
    boxes = [shapely.box(box.x0, box.y0, box.x1, box.y1) for _, box in told]
    for number, box in enumerate(boxes):
        assert shapely.box(room.x0 - 1, room.y0 - 1, room.x1 + 1, room.y1 + 1).covers(box)
        for other in boxes[:number]:
            assert box.intersection(other).area < 0.1 * min(box.area, other.area)


def test_every_area_has_its_name_where_there_is_room(assessment: tg.Assessment):
    told, _ = named(assessment, (841, 594))
    names = {name.casefold() for name, _ in told}
    assert {str(name).casefold() for name in assessment.district["name"]} <= names


def test_a_crowd_of_names_is_thinned_and_the_largest_stay(assessment: tg.Assessment):
    west, south, east, north = assessment.district.total_bounds
    x, y = (west + east) / 2, (south + north) / 2
    shapes = [shapely.box(x - side, y - side, x + side, y + side) for side in range(10, 500, 10)]
    crowd = gpd.GeoDataFrame(
        {"name": [f"Area {i}" for i in range(len(shapes))]}, geometry=shapes, crs=assessment.district.crs
    )
    told, _ = named(with_areas(assessment, crowd), (297, 210))
    names = [name for name, _ in told[1:]]
    assert names
    assert len(names) < len(shapes)
    assert names[0] == f"Area {len(shapes) - 1}"


def test_areas_without_a_name_are_not_named(assessment: tg.Assessment):
    nameless = with_areas(assessment, assessment.district.assign(name=None))
    assert [name for name, _ in named(nameless, (297, 210))[0]] == ["Länsikeskus"]


def test_names_are_no_formulas(assessment: tg.Assessment):
    told, _ = named(assessment, (297, 210), hub="$x^2$ centre")
    assert told[0][0].replace("\\", "") == "$x^2$ centre"


@pytest.mark.parametrize(("east", "north"), [(0, -1), (0, 1), (1, 0), (-1, 0)])
def test_the_hubs_name_keeps_away_from_the_sign_of_a_service(assessment: tg.Assessment, east: int, north: int):
    at = layout(assessment, (297, 210))
    inches = at.map[2] / (at.metres[2] - at.metres[0])
    x, y = middle_of(assessment.hub)
    away = 0.42 * at.unit / inches  # where its name stands first
    beside = shapely.Point(x + east * away, y + north * away)
    services = assessment.services.iloc[:1].set_geometry([beside])
    told, _ = named(replace(assessment, services=services), (297, 210))
    text, box = told[0]
    assert text == "Länsikeskus"
    sign = shapely.Point((beside.x - at.metres[0]) * inches * 100, (beside.y - at.metres[1]) * inches * 100)
    assert shapely.box(box.x0, box.y0, box.x1, box.y1).distance(sign) > 100 * SIGN_IN * at.unit
