"""What residents spoke of most: sentences with the place, and bars."""

import re
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.figures.voice_places import named_places
from tesoma_geo.render.sections.voices_told import told_message, told_most
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES, Language


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment) -> Publication:
    public = published(assessment.inputs, who="tests")
    assert public is not None
    return public


def _with(publication: Publication, *rows: dict[str, object]) -> Publication:
    return replace(publication, tables={**publication.tables, "by_topic": list(rows)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bars_are_the_published_numbers(
    assessment: tg.Assessment, publication: Publication, language: Language
) -> None:
    told = told_most(assessment, publication, catalogue(language))
    assert told is not None
    (bars,) = told.charts
    links = catalogue(language)("voice.missing_link")
    most = max(row["voices"] for row in publication.tables["by_topic"] if row["kind"] == "missing_link")
    assert [bar.value for bar in bars.bars if bar.label == links] == [str(most)]
    signs = [bar.sign for bar in bars.bars]
    assert signs == sorted(signs)  # bars of a kind stand together
    assert len(bars.bars) <= 10
    assert told.tables[0].folded


def test_no_topic_is_told_first_only_where_there_is_no_other(
    assessment: tg.Assessment, publication: Publication
) -> None:
    none = {"kind": "barrier", "topic": "unspecified", "voices": 90}
    some = {"kind": "barrier", "topic": "dark", "voices": 6}
    text = catalogue("en")
    both = told_most(assessment, _with(publication, none, some), text)
    alone = told_most(assessment, _with(publication, none), text)
    assert both is not None
    assert alone is not None
    assert both.short == "Most marked of each kind: difficult places – dark (6 respondents)."
    assert alone.short == "Most marked of each kind: difficult places (90 respondents)."
    assert told_message(assessment, _with(publication, none, some), text) == (
        "Difficult places: the most common reason is “dark” (6 respondents)."
    )
    assert told_message(assessment, _with(publication, none), text) == "90 respondents marked difficult places."


def test_noise_is_not_told_as_exact_and_nothing_is_told_of_nothing(
    assessment: tg.Assessment, publication: Publication
) -> None:
    text = catalogue("en")
    row = {"kind": "barrier", "topic": "dark", "about": 7}
    noisy = _with(publication, {**row, "voices": 20})
    told = told_most(assessment, noisy, text)
    assert told is not None
    assert told.short.endswith("(about 20 respondents).")
    assert "(about 20 respondents)" in told_message(assessment, noisy, text)
    assert told_most(assessment, _with(publication, {**row, "voices": 5}), text) is None
    assert told_most(assessment, _with(publication), text) is None


def test_a_wide_place_is_called_by_the_area_that_holds_most_of_it(assessment: tg.Assessment) -> None:
    district = assessment.district
    first = district.geometry.iloc[0]
    everywhere = shapely.box(*district.total_bounds)
    far = shapely.transform(first, lambda xy: xy + 100_000)
    shapes = gpd.GeoSeries([everywhere, far], crs=district.crs).to_numpy()
    wide, nowhere = named_places(assessment, catalogue("en"), shapes)
    largest = str(district.loc[district.geometry.area.idxmax(), "name"]).capitalize()
    assert wide == f"{largest} and around"
    assert nowhere == ""
    # Two places are told apart by their nearest streets; one that is told twice has one name.
    west, south, east, north = district.total_bounds
    half = shapely.box(west, south, east - 100, north - 100)
    names = named_places(assessment, catalogue("en"), np.array([everywhere, half, everywhere], object))
    assert names[0] == names[2]
    assert all(name.startswith(f"{largest} and around, nearest street ") for name in names)
    assert named_places(assessment, catalogue("en"), np.array([everywhere] * 2, object)) == [wide] * 2


def test_a_place_is_told_once_with_all_that_was_said_of_it(assessment: tg.Assessment, publication: Publication) -> None:
    rows = [{"kind": "barrier", "topic": topic, "voices": 9} for topic in ("dark", "crossing", "steps")]
    district = assessment.district
    wide, narrow = shapely.box(*district.total_bounds), shapely.buffer(district.geometry.iloc[0].centroid, 50)
    features = gpd.GeoDataFrame(
        {"kind": "barrier", "topic": ["dark", "crossing", "steps"], "type": "cell", "voices": [7, 6, 5]},
        geometry=[wide, wide, narrow], crs=district.crs,
    ).to_crs(publication.features.crs)  # fmt: skip
    told = told_most(assessment, replace(_with(publication, *rows), features=features), catalogue("en"))
    assert told is not None
    around, street, how_near, _ = told.sentences
    assert around.endswith(": difficult places – crossing (6 respondents), difficult places – dark (7).")
    assert "5 respondents" in street
    km = max(wide.bounds[2] - wide.bounds[0], wide.bounds[3] - wide.bounds[1]) / 1000
    assert f"up to {max(km, 1):.2g}\N{NO-BREAK SPACE}km wide" in how_near


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_is_of_one_kind_and_compares_no_kind_with_topics_of_another(
    assessment: tg.Assessment, publication: Publication, language: Language
) -> None:
    rows = [
        {"kind": "missing_link", "topic": "unspecified", "voices": 90},
        {"kind": "place", "topic": "routes", "voices": 69},
        {"kind": "barrier", "topic": "steps", "voices": 42},
        {"kind": "barrier", "topic": "dark", "voices": 59},
    ]
    text = catalogue(language)
    message = told_message(assessment, _with(publication, *rows), text)
    assert text("topic.dark").lower() in message
    assert text("voice.barrier") in message
    assert re.findall(r"\d+", message) == ["59"]
    told = told_most(assessment, _with(publication, *rows), text)
    assert told is not None
    # The first of each kind is told below, difficult places first, and why kinds have no total.
    assert re.findall(r"\d+", told.short) == ["59", "90", "69"]
    assert told.sentences[-1] == text("voices.no_sum")
    alone = told_message(assessment, _with(publication, *rows[:2]), text)
    assert text("topic.routes").lower() in alone
    assert told_message(assessment, _with(publication), text) == ""
