"""Stops are rings on a still by public transport, and on no other; the legend names them where they are."""

import matplotlib.pyplot as plt
import pytest

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.stills.basemap import ground
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.legend import draw_legend
from tesoma_geo.render.stills.stop_rings import BESIDE_M, stop_places
from tesoma_geo.render.text.catalogue import catalogue


@pytest.fixture
def at(assessment: tg.Assessment):
    return layout(assessment, (297, 210))


@pytest.fixture
def figure():
    figure = plt.figure()
    yield figure
    plt.close(figure)


def rings(axes):
    return sum(len(one.get_offsets()) for one in axes.collections if one.get_zorder() == 5.5)


def test_rings_are_the_stops_of_the_district_with_a_ride_to_the_hub(assessment: tg.Assessment, at, figure):
    axes = figure.add_subplot()
    ground(axes, assessment, "transit", at)
    stops = assessment.transit_analysis.stops.to_crs(assessment.origins.crs)
    near = stops.dwithin(assessment.district.union_all(), BESIDE_M)
    assert 0 < rings(axes) == int(near.sum())


def test_who_walks_sees_none(assessment: tg.Assessment, at, figure):
    axes = figure.add_subplot()
    ground(axes, assessment, "walk", at)
    assert rings(axes) == 0
    assert stop_places(assessment, "walk", at).shape == (0, 2)


def test_a_picture_without_a_legend_has_none(assessment: tg.Assessment, at, figure):
    axes = figure.add_subplot()
    ground(axes, assessment, "transit", at, plain=True)
    assert rings(axes) == 0


@pytest.mark.parametrize(("profile", "named"), [("transit", True), ("walk", False)])
def test_the_legend_names_them_where_they_are(assessment: tg.Assessment, at, figure, profile, named):
    reach = next(one for one in headline.reaches(assessment) if one.profile == profile)
    draw_legend(figure, assessment, reach, catalogue("fi"), at)
    words = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert (catalogue("fi")("layer.stops") in words) == named
