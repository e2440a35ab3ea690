"""The still of travel times: no words are cut or cover others."""

from itertools import combinations

import pytest
import shapely
import shapely.affinity
from matplotlib.text import Text

import tesoma_geo as tg
from tesoma_geo.render.stills.layout import MARGIN
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.travel_time import drawing
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language

A6, A4, A3 = (148.0, 105.0), (297.0, 210.0), (420.0, 297.0)


SHOWN: dict[str, tuple[Picture, str, Language]] = {
    "A6": (Picture(A6, 150), "walk", "fi"),
    "A6 upright": (Picture(A6[::-1], 150), "wheelchair", "sv"),
    "A4": (Picture(A4, 150), "transit", "en"),
    "A4 upright": (Picture(A4[::-1], 150), "walk", "sv"),
    "A3": (Picture(A3, 150), "wheelchair", "fi"),
    "preview": (Picture.of_pixels(1200, 630), "transit", "en"),
}


@pytest.mark.parametrize("size", SHOWN)
def test_no_words_are_cut_or_cover_others(assessment: tg.Assessment, size: str) -> None:
    picture, profile, language = SHOWN[size]
    figure = drawing(assessment, profile, catalogue(language), picture)
    figure.canvas.draw()
    said = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    assert not any("…" in text.get_text() for text in said)
    boxes = [text.get_window_extent() for text in said]
    assert len(boxes) > 20
    assert all(box.xmin >= 0 and box.ymin >= 0 and box.xmax <= figure.bbox.xmax for box in boxes)
    places = [(text.get_text(), outline(text)) for text in said]
    assert [(one[0], other[0]) for one, other in combinations(places, 2) if one[1].intersects(other[1])] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_lines_across_a_coarse_picture_stay_within_its_margins(assessment: tg.Assessment, language: Language) -> None:
    figure = drawing(assessment, "transit", catalogue(language), Picture(A4, 100))
    figure.canvas.draw()
    edge = figure.bbox.xmax - MARGIN * figure.dpi
    assert max(text.get_window_extent().xmax for text in figure.texts) <= edge + 1


def test_where_all_are_there_the_headline_is_when_half_are(assessment: tg.Assessment) -> None:
    figure = drawing(assessment, "e_bike", catalogue("en"), Picture(A4, 100))
    large = max(figure.texts, key=lambda text: text.get_fontsize()).get_text()
    assert large.startswith("By e-bike, half of the residents can get from home")
    assert "Everyone is there within 15 minutes" in " ".join(text.get_text() for text in figure.texts)


def outline(text: Text) -> shapely.Polygon:
    """What the letters of a text cover, turned as the text is."""
    middle, degrees = shapely.box(*text.get_window_extent().extents).centroid, text.get_rotation()
    text.set_rotation(0)
    level = text.get_window_extent().shrunk(0.98, 0.8)
    text.set_rotation(degrees)
    wide, high = level.width / 2, level.height / 2
    box = shapely.box(middle.x - wide, middle.y - high, middle.x + wide, middle.y + high)
    return shapely.affinity.rotate(box, degrees)
