"""What stills of a site have in common is drawn once: the same picture as one that is drawn by itself."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import tesoma_geo as tg
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.drawn_parts import DrawnParts, Kept, drawn_dots
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.travel_time import drawing, named, unnamed
from tesoma_geo.render.text.catalogue import catalogue

PICTURE = Picture.of_pixels(900, 600)


def rgba(figure) -> np.ndarray:
    figure.canvas.draw()
    return np.array(figure.canvas.buffer_rgba())


def dots_of(figure) -> np.ndarray:
    return rgba(figure)[..., :3].astype(int)


def of_parts(assessment, profile, words, parts):
    still = assessment, profile, words, PICTURE, parts
    return named(*still, rgba(unnamed(*still, parts.ground(assessment, profile))))


def texts(figure) -> set[str]:
    return {text.get_text() for text in [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]}


@pytest.fixture(scope="module")
def parts(assessment: tg.Assessment) -> DrawnParts:
    return DrawnParts(assessment, layout(assessment, PICTURE.size_mm), PICTURE.dpi)


@pytest.mark.parametrize(("profile", "language"), [("walk", "fi"), ("wheelchair", "en"), ("transit", "sv")])
def test_a_still_of_parts_is_the_still_drawn_by_itself(assessment: tg.Assessment, parts, profile, language):
    together = dots_of(of_parts(assessment, profile, catalogue(language), parts))
    by_itself = dots_of(drawing(assessment, profile, catalogue(language), PICTURE))
    assert together.shape == by_itself.shape == (600, 900, 3)
    # Parts stand on whole dots: edges move by less than one, so that half a picture of edges differs a little.
    assert (np.abs(together - by_itself).max(axis=2) > 48).mean() < 0.03
    assert abs(together.mean() - by_itself.mean()) < 0.5


def test_the_map_stands_in_its_box_and_is_framed(assessment: tg.Assessment, parts):
    ground = parts.ground(assessment, "walk")
    figure = Figure(figsize=(900 / PICTURE.dpi, 600 / PICTURE.dpi), dpi=PICTURE.dpi, facecolor="white")
    FigureCanvasAgg(figure)
    parts.put_map(figure, ground, "walk")
    parts.put_words(figure, rgba(figure), "")
    rows, columns = np.nonzero((dots_of(figure) != 255).any(axis=2))
    left, bottom, wide, high = (PICTURE.dpi * inch for inch in layout(assessment, PICTURE.size_mm).map)
    assert [columns.min(), columns.max()] == pytest.approx([left, left + wide], abs=1.5)
    assert [rows.min(), rows.max()] == pytest.approx([600 - bottom - high, 600 - bottom], abs=1.5)
    frame = figure.artists[-1]
    assert frame.get_edgecolor()[:3] == to_rgb(basemap.FRAME_INK)
    assert frame.get_facecolor()[3] == 0, "the map is seen"


def test_words_beside_the_map_are_those_of_a_still_drawn_by_itself(assessment: tg.Assessment, parts):
    words = catalogue("sv")
    still = assessment, "walk", words, PICTURE, parts
    below = unnamed(*still, parts.ground(assessment, "walk"))
    beside, above = texts(below), texts(named(*still, rgba(below)))
    assert beside | above <= texts(drawing(*still[:-1]))
    assert words.named("profile", "walk") in beside
    assert len(beside) > 10
    assert not beside & above


def test_what_is_kept_of_a_still_neither_names_the_hub_nor_credits(assessment: tg.Assessment, parts):
    """They are not there at all: a picture that looked at one of them would fail."""
    workspace = assessment.workspace.model_copy(update={"hub": assessment.workspace.hub.model_copy()})
    del workspace.hub.__dict__["name"]
    inputs = replace(assessment.inputs, workspace=workspace, reports=())
    bare = replace(assessment, inputs=inputs)
    still = "walk", catalogue("sv"), PICTURE
    own = DrawnParts(bare, layout(bare, PICTURE.size_mm), PICTURE.dpi)
    nameless = unnamed(bare, *still, own, own.ground(bare, "walk"))
    whole = unnamed(assessment, *still, parts, parts.ground(assessment, "walk"))
    assert (rgba(nameless) == rgba(whole)).all()


def test_words_that_are_kept_are_not_drawn_again(assessment: tg.Assessment):
    at, asked = layout(assessment, PICTURE.size_mm), {}

    def keep(hub, draw):
        return asked.setdefault(hub, draw())

    first = dots_of(of_parts(assessment, "walk", catalogue("sv"), DrawnParts(assessment, at, PICTURE.dpi, keep)))
    kept = {name: pickle.loads(pickle.dumps(words)) for name, words in asked.items()}
    again = DrawnParts(assessment, at, PICTURE.dpi, lambda hub, _: kept[hub])
    assert len(kept) == 1
    assert (dots_of(of_parts(assessment, "walk", catalogue("sv"), again)) == first).all()


def test_dots_are_packed_where_they_are_kept():
    dots = np.zeros((60, 90, 4), np.uint8)
    dots[7, 8] = 1, 2, 3, 4
    packed = pickle.dumps(Kept(dots))
    assert len(packed) < dots.size / 50
    assert (pickle.loads(packed).dots == dots).all()


def test_the_colour_of_a_band_is_exact_in_the_ground(assessment: tg.Assessment, parts):
    colours = {tuple(one) for one in parts.ground(assessment, "wheelchair")[..., :3].reshape(-1, 3)}
    *looks, unreachable = basemap.band_looks(len(assessment.workspace.access.cutoffs_min))
    assert unreachable == "map-unreachable", "which is white, and hatched"
    assert {tuple(bytes.fromhex(basemap.palette()[look][1:])) for look in looks} <= colours


def test_grounds_of_two_ways_of_moving_differ_in_the_homes_alone(assessment: tg.Assessment):
    at = layout(assessment, PICTURE.size_mm)
    nobody = replace(assessment, origins=assessment.origins.iloc[:0])
    parts = DrawnParts(nobody, at, PICTURE.dpi)
    empty = parts.ground(nobody, "walk")
    assert (empty == parts.ground(nobody, "car")).all()
    walk, car = (parts.ground(assessment, profile) for profile in ("walk", "car"))
    assert (walk != car).any()
    apart = (walk != car).any(axis=2)
    assert (walk != empty).any(axis=2)[apart].mean() > 0.9, "where they differ there is a home"


@pytest.mark.parametrize("left_in", [0.0, 0.333, 1.005])
def test_a_box_has_its_own_dots_wherever_it_stands(left_in):
    box, metres = (left_in, 0.5, 1.5, 1.0), (0.0, 0.0, 1500.0, 1000.0)
    dots = drawn_dots(box, metres, 100, lambda axes: axes.fill([0, 750, 750, 0], [0, 0, 500, 500], color="#102030"))
    assert dots.shape[0] == 100
    assert abs(dots.shape[1] - 150) <= 1
    assert dots[-2, 2].tolist() == [0x10, 0x20, 0x30, 255]
    assert dots[2, 2, 3] == 0, "what is not painted is see-through"


def test_what_is_painted_over_dots_leaves_the_others():
    box, metres = (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 10.0, 10.0)
    under = drawn_dots(box, metres, 50, lambda axes: None, "#ff0000")
    over = drawn_dots(
        box, metres, 50, lambda axes: axes.fill([0, 5, 5, 0], [0, 0, 10, 10], color="#0000ff"), under=under
    )
    assert over[25, 5].tolist() == [0, 0, 255, 255]
    assert over[25, 45].tolist() == [255, 0, 0, 255]
