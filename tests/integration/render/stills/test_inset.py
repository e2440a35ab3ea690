"""The small map beside a still: the district among its surroundings, or nothing where it would tell nothing."""

from dataclasses import replace

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.stills.inset import WIDEST, draw_inset
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.travel_time import drawing
from tesoma_geo.render.text.catalogue import catalogue

#: West, south, east and north of what the district has around it, in its own widths.
FAR = 3.0
COLUMN = (8.0, 0.5, 2.4, 2.6)


@pytest.fixture
def figure():
    made = plt.figure(figsize=(11, 8))
    yield made
    plt.close(made)


@pytest.fixture(scope="module")
def surrounded(assessment: tg.Assessment) -> tg.Assessment:
    """The sample with a main road far around it, another past it, and two lakes beside it, one of them named."""
    west, south, east, north = assessment.district.total_bounds
    wide, high = east - west, north - south
    ring = shapely.LineString(
        shapely.get_coordinates(
            shapely.box(west - FAR * wide, south - FAR * high, east + FAR * wide, north + FAR * high)
        )
    )
    crs = assessment.streets.crs
    past = shapely.LineString([(west - wide, north + high), (east + wide, north + high)])
    road = gpd.GeoDataFrame({"highway": ["trunk", "trunk"], "name": [None, "Ohitie"]}, geometry=[ring, past], crs=crs)
    lakes = [shapely.box(east + wide * place, south, east + wide * (place + 0.9), north) for place in (0.2, 1.4)]
    water = gpd.GeoDataFrame({"name": ["Isojärvi", None]}, geometry=lakes, crs=crs)
    streets = gpd.GeoDataFrame(
        {name: [*assessment.streets[name], *road[name]] for name in ("highway", "name")},
        geometry=[*assessment.streets.geometry, *road.geometry], crs=crs,
    )  # fmt: skip
    network = assessment.workspace.network.model_copy(update={"buffer_m": 2 * FAR * max(wide, high)})
    workspace = assessment.workspace.model_copy(update={"network": network})
    return replace(assessment, streets=streets, inputs=replace(assessment.inputs, water=water, workspace=workspace))


def with_district_name(assessment: tg.Assessment, name: str) -> tg.Assessment:
    district = assessment.workspace.district
    changed = district.model_copy(update={"name": dict.fromkeys(district.name, name)})
    workspace = assessment.workspace.model_copy(update={"district": changed})
    return replace(assessment, inputs=replace(assessment.inputs, workspace=workspace))


def test_a_district_that_is_all_there_is_has_none(assessment: tg.Assessment, figure):
    assert not draw_inset(figure, assessment, catalogue("en"), COLUMN, 1.0)
    assert not figure.axes


def test_the_district_lies_in_it_with_its_surroundings(surrounded: tg.Assessment, figure):
    assert draw_inset(figure, surrounded, catalogue("en"), COLUMN, 1.0)
    (axes,) = figure.axes
    west, south, east, north = surrounded.district.total_bounds
    low, high = np.array([axes.get_xlim(), axes.get_ylim()]).T
    assert (low < (west, south)).all()
    assert (high > (east, north)).all()
    assert ((high - low) > 1.25 * np.array([east - west, north - south])).any()
    around = surrounded.streets.total_bounds
    assert (low >= around[:2] - 1).all()
    assert (high <= around[2:] + 1).all(), "beyond the streets nobody knows what there is"


def test_no_lake_is_shown_where_what_was_read_ends(surrounded: tg.Assessment, figure):
    west, south, east, north = surrounded.district.total_bounds
    buffer_m = 0.6 * max(east - west, north - south)
    network = surrounded.workspace.network.model_copy(update={"buffer_m": buffer_m})
    workspace = surrounded.workspace.model_copy(update={"network": network})
    assert draw_inset(
        figure,
        replace(surrounded, inputs=replace(surrounded.inputs, workspace=workspace)),
        catalogue("en"),
        COLUMN,
        1.0,
    )
    (axes,) = figure.axes
    shown = shapely.box(axes.get_xlim()[0], axes.get_ylim()[0], axes.get_xlim()[1], axes.get_ylim()[1])
    assert surrounded.district.union_all().buffer(buffer_m + 1).contains(shown)


def test_waters_with_a_name_are_named_off_the_district(surrounded: tg.Assessment, figure):
    draw_inset(figure, surrounded, catalogue("en"), COLUMN, 1.0)
    (name,) = [text for text in figure.axes[0].texts if text.get_style() == "italic"]
    assert name.get_text() == "Isojärvi"
    assert not surrounded.district.union_all().contains(shapely.Point(name.get_position()))


def test_the_district_and_main_streets_around_it_are_named(surrounded: tg.Assessment, figure):
    short = with_district_name(surrounded, "Suo")
    draw_inset(figure, short, catalogue("en"), COLUMN, 1.0)
    own, *others = figure.axes[0].texts
    assert own.get_text() == "Suo"
    district = surrounded.district.union_all()
    assert district.contains(shapely.Point(own.get_position()))
    (road,) = [text for text in others if text.get_text() == "Ohitie"]
    assert not district.contains(shapely.Point(road.get_position()))
    long = with_district_name(surrounded, "A district of a very long name indeed")
    other = plt.figure(figsize=(11, 8))
    draw_inset(other, long, catalogue("en"), COLUMN, 1.0)
    assert "A district" not in " ".join(text.get_text() for text in other.axes[0].texts)
    plt.close(other)


@pytest.mark.parametrize("language", CATALOGUES)
def test_its_title_names_the_district(surrounded: tg.Assessment, figure, language):
    draw_inset(figure, surrounded, catalogue(language), COLUMN, 1.0)
    (title,) = figure.texts
    assert catalogue(language).of(surrounded.workspace.district.name) in title.get_text()


@pytest.mark.parametrize("high", [0.3, 0.9])
def test_little_room_has_none(surrounded: tg.Assessment, figure, high):
    assert not draw_inset(figure, surrounded, catalogue("en"), (8.0, 0.5, 2.4, high), 1.0)


def test_a_low_box_has_a_narrow_one(surrounded: tg.Assessment, figure):
    assert draw_inset(figure, surrounded, catalogue("en"), (1.0, 0.5, 6.0, 1.4), 1.0)
    box = figure.axes[0].get_position()
    assert box.width * 11 <= WIDEST * box.height * 8 + 1e-6


@pytest.mark.parametrize("size", [(297.0, 210.0), (420.0, 297.0)])
def test_a_picture_across_has_it_below_the_legend(surrounded: tg.Assessment, size):
    figure = drawing(surrounded, "walk", catalogue("fi"), Picture(size, 60))
    figure.canvas.draw()
    (inset,) = [axes for axes in figure.axes if axes.get_label() == "inset"]
    others = [axes for axes in figure.axes if axes is not inset and axes.axison]
    assert all(not inset.get_window_extent().overlaps(axes.get_window_extent()) for axes in others)
    words = [text for axes in figure.axes if axes is not inset for text in axes.texts]
    assert not any(inset.get_window_extent().overlaps(text.get_window_extent()) for text in words)
