"""The legend of a still: every band, kind and sign on the map, with shares that make the whole, within its box."""

import re

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import Rectangle

import tesoma_geo as tg
from tesoma_geo.render.figures import headline
from tesoma_geo.render.stills.basemap import band_looks, palette
from tesoma_geo.render.stills.layout import MM_PER_INCH, layout
from tesoma_geo.render.stills.legend import draw_legend
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES

SIZES = [(297, 210), (210, 297), (130, 90)]


@pytest.fixture
def drawn(assessment: tg.Assessment):
    figures = []

    def draw(size_mm, language="en", profile="walk", **asked):
        figure = plt.figure(figsize=[side / MM_PER_INCH for side in size_mm], dpi=100)
        figures.append(figure)
        reach = next(one for one in headline.reaches(assessment) if one.profile == profile)
        draw_legend(figure, assessment, reach, catalogue(language), layout(assessment, size_mm), **asked)
        figure.canvas.draw()
        return figure.axes[0], reach

    yield draw
    for figure in figures:
        plt.close(figure)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size_mm", SIZES)
def test_no_word_leaves_the_box(drawn, size_mm, language):
    axes, _ = drawn(size_mm, language)
    room = axes.get_window_extent()
    for text in axes.texts:
        box = text.get_window_extent()
        assert box.x0 >= room.x0 - 1
        assert box.x1 <= room.x1 + 2
        assert box.y0 >= room.y0 - 3
        assert box.y1 <= room.y1 + 3


def test_a_caption_may_tell_what_the_end_of_the_legend_does(drawn):
    noted, plain = ([text.get_text() for text in drawn(SIZES[0], noted=noted)[0].texts] for noted in (True, False))
    assert noted[: len(plain)] == plain
    assert " ".join(noted[len(plain) :]) == catalogue("en")("legend.note")


@pytest.mark.parametrize("profile", ["walk", "transit", "car"])
def test_every_band_has_its_colour_in_order_and_its_share(assessment, drawn, profile):
    axes, reach = drawn((297, 210), profile=profile)
    swatches = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    hexes = ["#" + "".join(f"{round(part * 255):02x}" for part in patch.get_facecolor()[:3]) for patch in swatches]
    cutoffs = len(assessment.workspace.access.cutoffs_min)
    seen = [look for number, look in enumerate(band_looks(cutoffs)) if reach.bands[number]]
    assert hexes[: len(seen)] == [palette()[look] for look in seen]
    assert not {palette()[look] for look in set(band_looks(cutoffs)) - set(seen)} & set(hexes[: len(seen)])
    shares = [int(found) for text in axes.texts for found in re.findall(r"\((?:< ?)?(\d+)\s?%\)", text.get_text())]
    assert sum(shares) == pytest.approx(100, abs=len(seen))
    assert sum(reach.bands) == reach.residents


def test_every_kind_of_service_is_named_with_a_sign(assessment, drawn):
    axes, _ = drawn((297, 210))
    words = " ".join(text.get_text() for text in axes.texts)
    kinds = headline.service_kinds(assessment.services)
    for kind in kinds:
        assert catalogue("en").named("kind", kind).split()[0] in words
    hub = 2  # a disc with a star on it
    assert len(axes.collections) == len(kinds) + hub


def test_the_district_is_a_dashed_line(assessment, drawn):
    axes, _ = drawn((297, 210))
    (line,) = axes.lines
    assert line.is_dashed()


def test_hub_and_boundary_stand_apart_from_the_services_above_them(assessment, drawn):
    axes, _ = drawn((297, 210))
    at = [text.get_position()[1] for text in axes.texts]
    words = [text.get_text() for text in axes.texts]
    row = words.index("Centre")
    assert words[row + 1] == "District boundary"
    assert at[row - 1] - at[row] > 1.3 * (at[row - 2] - at[row - 1])
    assert at[row] - at[row + 1] < 1.1 * (at[row - 2] - at[row - 1])
