"""The sheet of a mapping walk: what it asks, in every language, and that names are harmless on it."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.analysis.unknown_things import TO_FILL_IN, UnknownThings
from tesoma_geo.render.pages.field_sheet import MAPS, field_sheet, figure_name, write_field_sheets
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.workspace.sections import Site


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
def test_a_place_has_its_number_on_both_maps_and_its_ticks_in_the_list(found, sample_inputs, language, asphalt):
    page = field_sheet(found, sample_inputs, language)
    assert f'<html lang="{language}">' in page
    assert page.count('font-weight="bold" text-anchor="middle">1</text>') == len(MAPS)
    assert page.count(f'<span class="choice">{asphalt}</span>') == 1
    assert ">240</text>" not in page  # the ruler of the map to draw on would stand outside the picture


def test_walkers_read_words_and_who_enters_them_reads_values(found, sample_inputs):
    page = field_sheet(found, sample_inputs, "en")
    walkers, collector = page.split('<section class="collector"')
    for value in ("paving_stones", "very_bad", "grade1", "way/1", "node/3"):
        assert value not in walkers
        assert value in collector
    assert "<code>way/1 way/2</code>" in collector
    assert "<dd>paving stones: <code>paving_stones</code></dd>" in collector


def test_names_of_streets_are_at_least_six_points_high_on_paper(found, sample_inputs):
    page = field_sheet(found, sample_inputs, "en")
    paper = page[page.index('<svg class="paper"') : page.index("</svg>")]
    (sheet,) = re.findall(r"\.paper \{ width: ([\d.]+)mm", page)
    (frame,) = re.findall(r'viewBox="-1 -1 ([\d.]+) ', paper)
    points = [
        float(size) * float(sheet) / float(frame) * 72 / 25.4 for size in re.findall(r'font-size="([\d.]+)"', paper)
    ]
    assert len(points) > 10
    assert min(points) >= 6.0


@pytest.mark.parametrize(
    ("published", "says", "whole"),
    [((14.0, 21.0), "hardly more certain", "7"), ((15.8, 18.2), "highest estimates are", "2.4")],
)
def test_what_looking_gives_is_told_of_the_published_interval_too(found, sample_inputs, published, says, whole):
    page = field_sheet(replace(found, published=published), sample_inputs, "en")
    assert f"{published[0]:g}–{published[1]:g}\u00a0min" in page
    assert says in page
    assert f"{whole}\u00a0min apart now" in page


def test_the_legend_names_every_sign_and_the_streets_have_a_day(found, sample_inputs):
    page = field_sheet(found, sample_inputs, "en")
    legend = page[page.index('<ul class="legend">') :]
    assert legend.index("place to look at") < legend.index("Länsikeskus")
    assert "Made-up data, CC0 1.0 · Streets (date not known)" in legend


def test_the_legend_has_the_boundary_only_where_the_map_shows_it(found, sample_inputs):
    assert "District boundary" not in field_sheet(found, sample_inputs, "en")
    west = sample_inputs.district.total_bounds[0]
    places = found.things.translate(west - sample_inputs.hub.geometry.x.iloc[0], 0)
    at_the_edge = replace(found, things=found.things.set_geometry(places))
    assert "District boundary" in field_sheet(at_the_edge, sample_inputs, "en")


def test_both_maps_name_the_hub_and_the_streets_to_look_at(found, sample_inputs):
    streets = sample_inputs.network.lines(sample_inputs.network.ways["name"].isin(["Esimerkinkatu", "Aaltokatu"]))
    two = streets.dissolve("name").reindex(["Esimerkinkatu", "Aaltokatu"])
    things = found.things.assign(name=two.index).set_geometry(list(two.geometry), crs=found.things.crs)
    for drawn in field_sheet(replace(found, things=things), sample_inputs, "en").split('<rect width="')[1:]:
        svg = drawn[: drawn.index("</svg>")]
        assert all(f">{name}" in svg for name in two.index)
        # The hub is not what the walk is about: a light name, and the whole of it in the legend alone.
        (hub,) = re.findall(r"<text([^>]*)>Länsikeskus</text>", svg)
        assert "bold" not in hub


def test_the_screen_says_that_the_sheet_is_for_paper_and_paper_does_not(found, sample_inputs):
    page = field_sheet(found, sample_inputs, "fi")
    assert "Tulosta tämä" in page.split('class="print"')[1].split("</p>")[0]
    assert ".languages, .print { display: none }" in page.split("@media print")[1]


def test_the_headline_says_what_the_walk_is_for(found, sample_inputs):
    page = field_sheet(found, sample_inputs, "en")
    assert "<h1>The walk makes one figure more certain: " in page


def test_the_sheet_tells_where_it_goes_back_to_or_has_room_for_it(found, sample_inputs):
    def sheet(**site):
        workspace = sample_inputs.workspace.model_copy(update={"site": Site(**site)})
        return field_sheet(found, replace(sample_inputs, workspace=workspace), "en")

    told = sheet(contact="walks@city.example", authority={"en": "The City"})
    assert "Give the sheet back to: <strong>The City, walks@city.example</strong>" in told
    assert 'Give the sheet back to: <span class="write wide">' in sheet()


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
        texts = catalogue_of(sample_inputs.workspace, language)
        words = figure_name(figure, texts, hub_name(sample_inputs.workspace, texts))
        assert words
        assert "_" not in words
        assert "{" not in words
