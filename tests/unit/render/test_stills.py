"""Stills: the right size, the same bytes twice, text as text, nothing that cannot be drawn."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.render.stills import Picture, write_still

SMALL = Picture.of_pixels(480, 320, dpi=60)


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
