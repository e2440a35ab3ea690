"""The map of a still: colours of the style sheet, homes in the band of their minutes, streets by the scale."""

import re
from dataclasses import replace
from itertools import pairwise

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pytest
import shapely
from matplotlib.collections import LineCollection
from matplotlib.path import Path

import tesoma_geo as tg
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.render.stills.basemap import ROUND_M, band_looks, draw, ground, palette, streets
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.text import assets


@pytest.fixture
def axes():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


@pytest.mark.parametrize("cutoffs", range(1, 7))
def test_each_band_has_a_colour_of_the_style_sheet_and_no_two_the_same(cutoffs):
    looks = band_looks(cutoffs)
    assert len(looks) == cutoffs + 2
    colours = [palette()[look] for look in looks]
    assert len(set(colours)) == len(colours)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def test_the_palette_is_the_light_one_of_the_style_sheet():
    light = assets.asset("styles/map.css").read_text("utf-8").split("@media")[0]
    for name, colour in palette().items():
        assert f"--{name}: {colour}" in light


@pytest.mark.parametrize("profile", ["walk", "transit"])
def test_homes_are_drawn_once_in_the_band_of_their_minutes(assessment: tg.Assessment, axes, profile):
    at = layout(assessment, (297, 210))
    ground(axes, assessment, profile, at)
    cutoffs = assessment.workspace.access.cutoffs_min
    minutes = assessment.origins[TO_HUB_S.of(profile)].to_numpy(float) / 60
    squares = [len(one.get_paths()) for one in axes.collections if one.get_zorder() == 3]
    bounds = [-1, *cutoffs, np.finfo(float).max]
    expected = [int(((minutes > low) & (minutes <= high)).sum()) for low, high in pairwise(bounds)]
    assert squares == [*expected, int(np.isinf(minutes).sum())]
    assert assessment.isochrones[profile] is not None
    assert not [one for one in axes.collections if one.get_zorder() == 1], "homes or rings, not both at once"


def test_no_veil_lies_over_homes_beyond_the_boundary(assessment: tg.Assessment, axes):
    x, y = assessment.origins.geometry.x.iloc[0], assessment.origins.geometry.y.iloc[0]
    hub = assessment.hub.geometry.iloc[0].buffer(500).difference(shapely.Point(x, y).buffer(400))
    small = gpd.GeoDataFrame(geometry=[hub], crs=assessment.origins.crs)
    cut = replace(assessment, inputs=replace(assessment.inputs, district=small))
    at = layout(cut, (297, 210))
    ground(axes, cut, "walk", at)
    (veil,) = [one for one in axes.collections if one.get_zorder() == 4.5]
    rings = [Path(ring) for path in veil.get_paths() for ring in path.to_polygons()]

    def veiled(place):
        return sum(ring.contains_point(place) for ring in rings) % 2 == 1  # a ring within another is a hole

    assert not veiled((x, y))
    assert veiled((at.metres[0] + 5, at.metres[1] + 5))


def test_every_service_and_the_hub_has_a_sign(assessment: tg.Assessment, axes):
    ground(axes, assessment, "walk", layout(assessment, (297, 210)))
    signs = [one for one in axes.collections if one.get_zorder() == 6]
    assert sum(len(one.get_offsets()) for one in signs) == len(assessment.services)
    ((x, y),) = next(one for one in axes.collections if one.get_zorder() == 7).get_offsets()
    assert (x, y) == pytest.approx((assessment.hub.geometry.x.mean(), assessment.hub.geometry.y.mean()))


def drawn_streets(assessment, axes, scale):
    window = shapely.box(*layout(assessment, (297, 210)).metres)
    streets(axes, assessment, window, scale)
    return sum(len(one.get_segments()) for one in axes.collections if isinstance(one, LineCollection))


def test_fewer_streets_on_a_smaller_scale_and_the_largest_always(assessment: tg.Assessment):
    counts = []
    for scale in (10_000, 35_000, 100_000):
        figure, axes = plt.subplots()
        counts.append(drawn_streets(assessment, axes, scale))
        plt.close(figure)
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_a_drawn_map_has_its_extent_scale_bar_and_north(assessment: tg.Assessment, axes):
    at = layout(assessment, (297, 210))
    draw(axes, assessment, "walk", at, "Länsikeskus")
    assert (*axes.get_xlim(), *axes.get_ylim()) == pytest.approx(
        (at.metres[0], at.metres[2], at.metres[1], at.metres[3])
    )
    words = [text.get_text() for text in axes.texts]
    assert "N" in words
    assert "Länsikeskus" in words
    (length,) = [word for word in words if re.fullmatch(r"[\d.]+ k?m", word)]
    number, unit = length.split()
    metres = float(number) * (1000 if unit == "km" else 1)
    assert metres in ROUND_M
    assert metres <= (at.metres[2] - at.metres[0]) / 4
    white, *_ = [patch for patch in axes.patches if patch.get_facecolor()[:3] == (1, 1, 1)]
    half = white.get_xy()[:, 0]
    assert half.max() - half.min() == pytest.approx(metres / 2)
