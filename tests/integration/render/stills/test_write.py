"""Stills: the right size, the same bytes twice, text as text, nothing that cannot be drawn."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.travel_time import drawing
from tesoma_geo.render.stills.write import write_still
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import Language

SMALL = Picture.of_pixels(480, 320, dpi=60)
A6, A4, A3 = (148.0, 105.0), (297.0, 210.0), (420.0, 297.0)
SHOWN: dict[str, tuple[Picture, str, Language]] = {
    "A6": (Picture(A6, 150), "walk", "fi"),
    "A6 upright": (Picture(A6[::-1], 150), "wheelchair", "sv"),
    "A4": (Picture(A4, 150), "transit", "en"),
    "A4 upright": (Picture(A4[::-1], 150), "walk", "sv"),
    "A3": (Picture(A3, 150), "wheelchair", "fi"),
    "preview": (Picture.of_pixels(1200, 630), "transit", "en"),
}


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_same_bytes_twice(assessment: tg.Assessment, tmp_path: Path, ending: str) -> None:
    paths = [tmp_path / f"{number}.{ending}" for number in (1, 2)]
    for path in paths:
        write_still(assessment, path, picture=SMALL)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_png_has_the_size_and_resolution_asked_for(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_still(assessment, tmp_path / "map.png", picture=Picture((100.0, 80.0), 254.0))
    with Image.open(tmp_path / "map.png") as picture:
        assert picture.size == (1000, 800)
        assert picture.info["dpi"] == pytest.approx((254, 254), abs=0.1)


def test_a_still_says_what_it_shows(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_still(assessment, tmp_path / "map.svg", "bicycle", "sv")
    drawn = (tmp_path / "map.svg").read_text("utf-8")
    for text in ("Cykel", "högst 5 min", "ingen väg", "Made-up data, CC0 1.0", "Påhittat exempel", "Daghem"):
        assert text in drawn


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
    touching = [
        (one[0].get_text(), other[0].get_text())
        for one, other in combinations(zip(said, boxes, strict=True), 2)
        if one[1].shrunk(0.98, 0.8).overlaps(other[1].shrunk(0.98, 0.8))
    ]
    assert touching == []


def test_the_legend_stands_below_an_upright_map(assessment: tg.Assessment) -> None:
    across, upright = layout(assessment, A4), layout(assessment, A4[::-1])
    assert across.legend[0] >= across.map[0] + across.map[2]
    assert upright.legend[1] + upright.legend[3] <= upright.map[1]
    assert upright.map[2] > 7  # inches: the map has the whole width


def test_detail_follows_the_scale(assessment: tg.Assessment, tmp_path: Path) -> None:
    for name, size_mm in (("small", A6), ("large", A3)):
        write_still(assessment, tmp_path / f"{name}.svg", picture=Picture(size_mm))
    small, large = ((tmp_path / f"{name}.svg").read_text("utf-8").count("<path") for name in ("small", "large"))
    assert layout(assessment, A6).scale > 2 * layout(assessment, A3).scale
    assert small < large


def test_the_colours_that_the_legend_explains_are_exact(assessment: tg.Assessment, tmp_path: Path) -> None:
    write_still(assessment, tmp_path / "map.png", "wheelchair", picture=Picture.of_pixels(1200, 630))
    with Image.open(tmp_path / "map.png") as picture:
        there = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    colours = basemap.palette()
    looks = basemap.band_looks(len(assessment.workspace.access.cutoffs_min))
    assert {tuple(bytes.fromhex(colours[look][1:])) for look in looks} <= there


def test_dollars_in_a_name_are_no_formula(assessment: tg.Assessment, tmp_path: Path) -> None:
    name = r"$\frac{1}{0$ & <b>"
    named = replace(assessment.inputs, district=assessment.district.assign(name=name))
    hostile = replace(assessment, inputs=named, services=assessment.services.assign(kind=name))
    write_still(hostile, tmp_path / "map.svg", picture=Picture((420.0, 297.0), 60.0))
    assert r"$\frac{1}{0$ &amp; &lt;b&gt;" in (tmp_path / "map.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "profile", "picture", "why"),
    [
        ("map.jpg", None, SMALL, "format"),
        ("map.png", "boat", SMALL, "boat"),
        ("map.png", None, Picture((5.0, 5.0)), "5 × 5 mm"),
        ("map.png", None, Picture((200.0, 200.0), 1e6), "dpi"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    assessment: tg.Assessment, tmp_path: Path, name: str, profile: str | None, picture: Picture, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        write_still(assessment, tmp_path / name, profile, picture=picture)
    assert list(tmp_path.iterdir()) == []
