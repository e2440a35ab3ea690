"""A page per theme: counted as published, with the words that moderators let go, and no theme without voices."""

import re
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.figures.voice_places import areas_called, stands_out
from tesoma_geo.render.map import layers
from tesoma_geo.render.pages import themes
from tesoma_geo.render.pages.registry import SiteParts, pages
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment) -> Publication:
    public = published(assessment.inputs, who="tests")
    assert public is not None
    return public


def with_topics(publication: Publication, *rows: tuple[str, str, int]) -> Publication:
    told = [{"kind": kind, "topic": topic, "voices": voices} for kind, topic, voices in rows]
    return replace(publication, tables={**publication.tables, "by_topic": told})


def test_themes_are_those_that_something_is_published_of(assessment: tg.Assessment, publication: Publication) -> None:
    told = with_topics(
        publication,
        ("place", "routes", 9), ("area", "routes", 5), ("place", "youth", 12),
        ("barrier", "steps", 40), ("place", "unspecified", 7), ("", "business", 5),
    )  # fmt: skip
    found = themes.themes_with_page(told, assessment.workspace)
    assert [(theme.code, theme.voices) for theme in found] == [
        ("youth", {"place": 12}),
        ("routes", {"place": 9, "area": 5}),
    ]


def test_a_workspaces_own_theme_has_a_page_by_its_own_name(assessment: tg.Assessment, publication: Publication) -> None:
    own = assessment.workspace.model_copy(update={"themes": {"Kävelykatu": "promenade"}})
    named = replace(assessment, inputs=replace(assessment.inputs, workspace=own))
    (theme,) = themes.themes_with_page(with_topics(publication, ("place", "promenade", 6)), own)
    assert themes.theme_name(named, theme, catalogue("sv")) == "Kävelykatu"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_tells_what_the_publication_does(
    assessment: tg.Assessment, publication: Publication, language: str
) -> None:
    text, features = catalogue(language), publication.features
    found = themes.themes_with_page(publication, assessment.workspace)
    assert found
    for theme in found:
        told = themes.theme_context(assessment, publication, theme, text)
        sections = {section.key: section for section in told["sections"]}
        if len(theme.voices) > 1:  # of one kind the headline tells it
            assert {row.values[1].plain for row in sections["marked"].tables[0].rows} == set(theme.voices.values())
        assert ("marked" in sections) == (len(theme.voices) > 1)
        placed = features[(features["topic"] == theme.code) & features.geometry.notna()]
        rows = [row for table in sections["theme-places"].tables for row in table.rows]
        assert sum(row.values[2].plain for row in rows) == placed["voices"].sum()
        assert text.number(max(theme.voices.values())) in told["headline"]
        of_kind = placed[placed["kind"] == max(theme.voices, key=lambda kind: theme.voices[kind])]
        most, first = of_kind["voices"], max(of_kind["voices"], default=0)
        alone = stands_out(most, [""] * len(most))
        respondents = text.counted("map.heard", int(first))
        assert most.empty or (f"({respondents})" in told["headline"]) == alone  # and where, if one stands out
        assert most.empty or told["name"] not in told["headline"]  # which stands above


def test_a_kind_without_a_sign_on_the_map_is_explained(assessment: tg.Assessment, publication: Publication) -> None:
    features = publication.features
    cell = features[(features["type"] == "cell") & features.geometry.notna()].iloc[[0]]
    placed = replace(publication, features=cell.assign(kind="place", topic="routes", voices=9))
    theme = themes.Theme("routes", {"place": 9, "area": 7})
    told = themes.theme_context(assessment, placed, theme, catalogue("en"))
    places = next(section for section in told["sections"] if section.key == "theme-places")
    assert "Not on the map, because too few marked the same place: areas to develop." in places.sentences
    # Headings with nothing to tell are not there.
    assert {section.key for section in told["sections"]} <= {"marked", "theme-places", "today"}
    alone = themes.theme_context(assessment, placed, themes.Theme("routes", {"place": 9}), catalogue("en"))
    places = next(section for section in alone["sections"] if section.key == "theme-places")
    assert not any("Not on the map" in sentence for sentence in places.sentences)


def test_a_place_is_named_where_it_stands_out_and_else_it_is_told_that_none_does(
    assessment: tg.Assessment, publication: Publication
) -> None:
    features = publication.features
    cells = features[(features["type"] == "cell") & features.geometry.notna()]
    one, other = cells.iloc[[0]], cells[cells.geometry != cells.geometry.iloc[0]].iloc[[0]]
    alike = "30 respondents marked good places in different parts of the district; no single place stands out."
    for least, headline in ((12, alike), (10, alike), (9, "30 respondents marked good places, most often ")):
        both = pd.concat([one.assign(voices=12), other.assign(voices=least)], ignore_index=True)
        told = replace(publication, features=both.assign(kind="place", topic="routes"))
        found = themes.theme_context(assessment, told, themes.Theme("routes", {"place": 30}), catalogue("en"))
        assert found["headline"].startswith(headline)
        assert ("(12 respondents)" in found["headline"]) == (least < 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_an_area_that_may_have_as_many_in_all_both_are_named(
    assessment: tg.Assessment, publication: Publication, language: str
) -> None:
    cells = publication.features[(publication.features["type"] == "cell") & publication.features.geometry.notna()]
    squares = [shapely.buffer(area.centroid, 550, cap_style="square") for area in assessment.district.geometry]
    called = areas_called(np.array(squares), assessment.district)
    first, other = 0, next(at for at, name in enumerate(called) if name not in ("", called[0]))
    shapes = [squares[first], squares[other], shapely.buffer(squares[other], 5)]
    shapes = gpd.GeoSeries(shapes, crs=assessment.district.crs).to_crs(cells.crs).to_numpy()
    placed = cells.iloc[[0, 0, 0]].reset_index(drop=True).assign(kind="place", topic="routes").set_geometry(shapes)
    text, theme = catalogue(language), themes.Theme("routes", {"place": 60})
    for numbers, both in (([23, 16, 13], True), ([23, 9, 8], False)):
        told = replace(publication, features=placed.assign(voices=numbers))
        headline = themes.theme_context(assessment, told, theme, text)["headline"]
        assert f"({text.counted('map.heard', 23)})" in headline
        assert called[first] in headline
        assert (called[other] in headline, bool(re.search(r"\(16 \w+ 13 \w+", headline))) == (both, both)


def test_a_headline_names_the_area_without_the_street_that_tells_it_from_another_of_its_name(
    assessment: tg.Assessment, publication: Publication
) -> None:
    cells = publication.features[(publication.features["type"] == "cell") & publication.features.geometry.notna()]
    west, south, east, north = assessment.district.total_bounds
    everywhere, half = shapely.box(west, south, east, north), shapely.box(west, south, east - 100, north - 100)
    shapes = gpd.GeoSeries([everywhere, half], crs=assessment.district.crs).to_crs(cells.crs)
    both = cells.iloc[[0, 0]].assign(kind="place", topic="routes", voices=[20, 9]).set_geometry(shapes.to_numpy())
    told = replace(publication, features=both.reset_index(drop=True))
    found = themes.theme_context(assessment, told, themes.Theme("routes", {"place": 30}), catalogue("en"))
    places = next(section for section in found["sections"] if section.key == "theme-places")
    assert any(", towards " in sentence for sentence in places.sentences)  # where both stand, they are told apart
    district = assessment.district
    largest = str(district.loc[district.geometry.area.idxmax(), "name"]).capitalize()
    assert found["headline"].endswith(f"good places, most often in and around {largest} (20 respondents).")


def test_words_stand_on_the_pages_of_their_themes(assessment: tg.Assessment, publication: Publication) -> None:
    features = publication.features
    first = features.iloc[[0]].assign(
        type="shown", topic=None, themes="routes;youth", text="A bench by the path", language="en"
    )
    spoken = replace(publication, features=pd.concat([features[features["type"] == "cell"], first], ignore_index=True))
    quotes = {
        code: themes.theme_context(assessment, spoken, themes.Theme(code, {"place": 9}), catalogue("fi"))["quotes"]
        for code in ("routes", "youth", "business")
    }
    assert [(line.text, line.language) for line in quotes["routes"]] == [("A bench by the path", "en")]
    assert quotes["routes"] == quotes["youth"]
    assert quotes["business"] == []


def test_a_hostile_theme_stays_text(assessment: tg.Assessment, publication: Publication) -> None:
    code, label = '"><img src=x onerror=alert(1)>', "<script>alert(1)</script>"
    own = assessment.workspace.model_copy(update={"themes": {label: code}})
    hostile = replace(assessment, inputs=replace(assessment.inputs, workspace=own))
    told = with_topics(publication, ("place", code, 6))
    made = pages(SiteParts(hostile, told), layers.contents(hostile, told), "en")
    (page,) = [page for page in made if page.key.startswith("theme-")]
    assert page.file == "theme-0-en.html"
    card = page.body.split('class="card message">')[1].split("</p>")[0]
    assert 'class="from" href="method-en.html#from-voices"' in card
    assert "<img src=x" not in page.body
    assert "<script" not in page.body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.body
