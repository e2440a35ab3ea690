"""The sheet of a mapping walk: what it asks, in every language, and that names are harmless on it."""

from xml.etree import ElementTree

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.analysis.unknown_things import TO_FILL_IN, UnknownThings
from tesoma_geo.render.pages.field_sheet import field_sheet, figure_name, write_field_sheets
from tesoma_geo.render.text.catalogue import catalogue_of


@pytest.fixture
def found(sample_inputs):
    hub = sample_inputs.hub.geometry.iloc[0]
    lines = [shapely.LineString([(hub.x + at, hub.y), (hub.x + at, hub.y + 80)]) for at in (20, 60)]
    things = gpd.GeoDataFrame(
        {"rank": [1, 2], "kind": ["street", "crossing"], "thing": ["way/1;way/2", "node/3"],
         "name": ["<script>alert(1)</script>", ""], "highway": "residential", "missing": ["surface;tracktype", "kerb"],
         "residents": 5, "length_m": [80.0, 0.0], "share": 0.4, "narrower": 0.2, **dict.fromkeys(TO_FILL_IN, "")},
        geometry=lines, crs=sample_inputs.hub.crs,
    )  # fmt: skip
    return UnknownThings("wheelchair", "median_min", things, 17.0, (16.0, 18.0), (14.0, 21.0), 2, 2.0, 0.5, 9, 2)


@pytest.mark.parametrize(("language", "asphalt"), [("fi", "asfaltti"), ("sv", "asfalt"), ("en", "asphalt")])
def test_a_place_has_its_number_on_the_map_and_its_ticks_in_the_list(found, sample_inputs, language, asphalt):
    page = field_sheet(found, sample_inputs, language)
    assert f'<html lang="{language}">' in page
    assert page.count('font-weight="bold" text-anchor="middle">1</text>') == 1
    assert page.count(f'{asphalt} <span class="objects">asphalt</span>') == 1  # the word, and small the value to enter
    assert page.count(">grade1</span>") == page.count(">raised</span>") == 1
    assert ">240</text>" not in page  # the ruler of the map to draw on would stand outside the picture
    assert "way/1 way/2" in page


def test_names_of_the_map_are_text(found, sample_inputs):
    page = field_sheet(found, sample_inputs, "en")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_is_well_formed_and_loads_nothing(found, sample_inputs, tmp_path):
    write_field_sheets(found, sample_inputs, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheet-en.html", "sheet-fi.html", "sheet-sv.html"]
    page = (tmp_path / "sheet-fi.html").read_text(encoding="utf-8")
    drawing = page[page.index("<svg") : page.index("</svg>") + 6]
    ElementTree.fromstring(drawing)
    assert "src=" not in page
    assert "url(" not in page


def test_where_nothing_matters_the_sheet_says_so(found, sample_inputs):
    none = UnknownThings(**{**vars(found), "things": found.things.iloc[:0], "places": 0})
    page = field_sheet(none, sample_inputs, "en")
    assert "Nothing that the map lacks matters" in page
    assert "<table" not in page


@pytest.mark.parametrize(
    "figure",
    [
        "median_min",
        "p90_min",
        "population_within_15_min",
        "median_from_hub_min",
        "unreachable_population",
        "school_median_min",
        "school_population_within_15_min",
    ],
)
def test_every_figure_has_words_in_every_language(figure, sample_inputs):
    for language in ("fi", "sv", "en"):
        words = figure_name(figure, catalogue_of(sample_inputs.workspace, language))
        assert words
        assert "_" not in words
        assert "{" not in words
