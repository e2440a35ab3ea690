"""Stills: the right size, the same bytes twice, text as text, nothing that cannot be drawn."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import tesoma_geo as tg
from tesoma_geo._content import Contents
from tesoma_geo._steps import Steps
from tesoma_geo.errors import InputError
from tesoma_geo.render.stills import basemap
from tesoma_geo.render.stills import write as still_write
from tesoma_geo.render.stills.layout import layout
from tesoma_geo.render.stills.picture import Picture
from tesoma_geo.render.stills.write import still_tasks, write_still
from tests.assessed import without_unshown

SMALL = Picture.of_pixels(480, 320, dpi=60)
A6, A4, A3 = (148.0, 105.0), (297.0, 210.0), (420.0, 297.0)


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
    for text in ("Cykel", "högst 5\u00a0min", "Made-up data, CC0 1.0", "Påhittat exempel", "Daghem"):
        assert text in drawn
    assert "ingen väg" not in drawn, "the legend names what the map shows"


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


def test_the_legend_of_a_site_s_still_is_that_of_the_still_by_itself(assessment: tg.Assessment, tmp_path: Path) -> None:
    size = Picture.of_pixels(900, 600)
    left, bottom, wide, high = (size.dpi * inch for inch in layout(assessment, size.size_mm).legend)
    for profile in ("walk", "transit"):
        write_still(assessment, tmp_path / "still.png", profile, "en", size)
        (of_site,) = still_tasks(assessment, ("en",), size)[profile][1]().values()
        legends = []
        for file in (tmp_path / "still.png", io.BytesIO(of_site)):
            with Image.open(file) as picture:
                drawn = picture.convert("RGB").crop((left, 600 - bottom - high, left + wide, 600 - bottom - high / 4))
                legends.append(np.asarray(drawn, int))
        assert legends[0].min() < 128
        assert (abs(legends[0] - legends[1]).max(axis=2) > 48).mean() < 0.002, profile


def test_stops_are_in_what_their_still_is_kept_by(assessment: tg.Assessment) -> None:
    timetable = assessment.transit_analysis
    fewer = replace(assessment, transit_analysis=replace(timetable, stops=timetable.stops.iloc[1:]))
    keys = [
        {profile: Contents().digest(given) for profile, (given, _) in still_tasks(one, ("en",), SMALL).items()}
        for one in (assessment, fewer)
    ]
    assert [profile for profile in keys[0] if keys[0][profile] != keys[1][profile]] == ["transit"]


def test_a_still_sees_no_setting_that_it_is_not_kept_by(assessment: tg.Assessment) -> None:
    """What its key leaves aside is not there at all: a still that looked at it would fail."""
    bare = without_unshown(assessment)
    (_, whole), (_, part) = (still_tasks(of, ("sv",), SMALL, cards=True)["walk"] for of in (assessment, bare))
    assert len(whole()) == 2
    assert part() == whole()


def test_what_is_kept_of_a_still_is_not_taken_for_other_minutes(
    assessment: tg.Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    slower = replace(
        assessment, origins=assessment.origins.assign(walk_to_hub_s=assessment.origins["walk_to_hub_s"] * 2)
    )
    kept, anew = (
        [still_tasks(one, ("en",), SMALL, steps=Steps("job", keep=keep))["walk"][1]() for one in (assessment, slower)]
        for keep in (True, False)
    )
    assert kept == anew
    assert kept[0] != kept[1]


def test_another_name_in_one_language_draws_no_still_of_others(
    assessment: tg.Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    before = still_tasks(assessment, ("en", "sv"), SMALL, steps=Steps("job"))["walk"][1]()
    district = assessment.workspace.district
    named = district.model_copy(update={"name": {**district.name, "sv": "Annanstans"}})
    workspace = assessment.workspace.model_copy(update={"district": named})
    other = replace(assessment, inputs=assessment.inputs.with_workspace(workspace))
    drawn: list[str] = []
    named_still = still_write.travel_time.named
    monkeypatch.setattr(still_write.travel_time, "named", lambda *of: drawn.append(of[2].language) or named_still(*of))
    after = still_tasks(other, ("en", "sv"), SMALL, steps=Steps("job"))["walk"][1]()
    assert drawn == ["sv"]
    assert {name for name in before if before[name] != after[name]} == {"still-0-sv.png"}
