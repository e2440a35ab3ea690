"""Fonts of names: matplotlib's own, then the machine's; letters without any are told."""

from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager
from matplotlib.figure import Figure

from tesoma_geo.render.stills import fonts
from tesoma_geo.render.stills.text import width_in

#: Old South Arabian, which matplotlib's own font lacks.
RUNE, OTHER = "\U00010a60", "\U00010a61"


@pytest.fixture
def with_rune(tmp_path: Path):
    """A machine with a further font, which has one letter, two ems wide."""
    pen = TTGlyphPen(None)
    for go, at in ((pen.moveTo, (0, 0)), (pen.lineTo, (0, 700)), (pen.lineTo, (1900, 700)), (pen.lineTo, (1900, 0))):
        go(at)
    pen.closePath()
    built = FontBuilder(1000, isTTF=True)
    built.setupGlyphOrder([".notdef", "rune"])
    built.setupCharacterMap({ord(RUNE): "rune"})
    built.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rune": pen.glyph()})
    built.setupHorizontalMetrics({".notdef": (500, 0), "rune": (2000, 0)})
    built.setupHorizontalHeader(ascent=800, descent=-200)
    built.setupNameTable({"familyName": "One Rune", "styleName": "Regular"})
    built.setupOS2()
    built.setupPost()
    built.save(tmp_path / "rune.ttf")
    before = list(font_manager.fontManager.ttflist)
    font_manager.fontManager.addfont(tmp_path / "rune.ttf")
    forget()
    font_manager.fontManager.ttflist[:] = [
        one for one in font_manager.fontManager.ttflist if one.name in (fonts.FIRST, "One Rune")
    ]
    yield
    font_manager.fontManager.ttflist[:] = before
    forget()


def forget() -> None:
    for kept in (
        fonts.families,
        fonts.face,
        fonts.without_font,
        fonts._served,
        fonts._machine_families,
        fonts._path_of,
        width_in,
    ):
        kept.cache_clear()


@pytest.mark.parametrize("text", ["Länsikeskus", "Ягодное", "שדרות רוטשילד", "ميدان التحرير", "Αθήνα", "", "a\u200fb"])
def test_matplotlibs_own_font_serves_many_scripts(text):
    assert fonts.families(text) == (fonts.FIRST,)
    assert fonts.without_font(text) == ""


def test_a_font_of_the_machine_serves_what_the_first_lacks(with_rune):
    assert fonts.families(f"Duo {RUNE}") == (fonts.FIRST, "One Rune")
    assert fonts.without_font(f"Duo {RUNE}{OTHER}{OTHER}") == OTHER
    figure = Figure()
    text, plain = figure.text(0, 0, f"Duo {RUNE}"), figure.text(0, 0, "Duo")
    fonts.use_fonts(figure)
    assert text.get_fontfamily() == [fonts.FIRST, "One Rune"]
    assert plain.get_fontfamily() != text.get_fontfamily()
    assert width_in(RUNE, 72) == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize(
    ("text", "wished", "drawn"),
    [
        ("بحيرة", ("normal", "italic"), ("normal", "normal")),  # matplotlib's slanted face has no Arabic
        ("بحيرة", ("bold", "italic"), ("bold", "normal")),
        ("ميدان", ("bold", "normal"), ("bold", "normal")),
        ("אגם", ("normal", "italic"), ("normal", "italic")),
        ("Pitkäjärvi", ("normal", "italic"), ("normal", "italic")),
        ("", ("bold", "italic"), ("bold", "italic")),
    ],
)
def test_a_face_without_the_letters_gives_way_to_a_plainer_one(text, wished, drawn):
    assert fonts.face(text, *wished) == drawn
    figure = Figure()
    shown = figure.text(0, 0, text, weight=wished[0], style=wished[1])
    fonts.use_fonts(figure)
    assert (shown.get_fontweight(), shown.get_fontstyle()) == drawn


def test_names_that_no_font_has_are_doubted(with_rune):
    workspace = SimpleNamespace(hub=SimpleNamespace(name={"en": f"Duo {OTHER}"}))
    areas = gpd.GeoDataFrame({"name": ["Mallila", None, f"{OTHER}la", OTHER]}, geometry=[None] * 4, crs=3067)
    doubts = fonts.font_doubts(workspace, areas, areas[[]].set_geometry(gpd.GeoSeries([None] * 4), crs=3067))
    assert [doubt.where for doubt in doubts] == ["hub.name", "district.area"]
    for told in ("of 1 further", OTHER, "Noto Sans"):
        assert told in str(doubts[1])


def test_names_that_can_be_drawn_are_no_doubt():
    workspace = SimpleNamespace(hub=SimpleNamespace(name={"he": "שוק", "en": "Market"}))
    assert fonts.font_doubts(workspace, gpd.GeoDataFrame({"name": ["Ягодное"]}), gpd.GeoDataFrame()) == []
