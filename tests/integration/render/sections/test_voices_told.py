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
from tesoma_geo.render.sections.voices_told import told_message, told_most, told_of_kinds, told_title
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
    text = catalogue(language)
    first = told.charts[0]
    most = max(row["voices"] for row in publication.tables["by_topic"] if row["kind"] == "barrier")
    assert text("voice.barrier") in first.title
    assert first.bars[0].value == str(most)  # the number of the headline is the first bar of the first chart
    assert str(most) in told_message(assessment, publication, text)
    signs = [{bar.sign for bar in chart.bars} for chart in told.charts]
    assert all(len(sign) == 1 for sign in signs)  # a chart is of one kind
    assert sorted(min(sign) for sign in signs) == [min(sign) for sign in signs]
    assert sum(len(chart.bars) for chart in told.charts) <= 10
    assert max(bar.end for chart in told.charts for bar in chart.bars) == 1.0  # one scale
    assert told.tables[0].folded


def test_no_topic_is_told_first_only_where_there_is_no_other(
    assessment: tg.Assessment, publication: Publication
) -> None:
    none = {"kind": "barrier", "topic": "unspecified", "voices": 90}
    some = {"kind": "barrier", "topic": "dark", "voices": 6}
    text = catalogue("en")
    both = told_most(assessment, _with(publication, none, some), text)
    nowhere = replace(_with(publication, none), features=publication.features.iloc[:0])
    alone = told_most(assessment, nowhere, text)
    assert both is not None
    assert alone is not None
    assert [bar.value for bar in both.charts[0].bars] == ["6", "90"]
    assert alone.charts == ()  # a bar alone compares nothing
    assert alone.short == "90 respondents marked difficult places."
    assert told_message(assessment, _with(publication, none, some), text) == (
        "Difficult places: the most common reason is “dark” (6 respondents)."
    )
    assert told_message(assessment, _with(publication, none), text) == "90 respondents marked difficult places."


def test_noise_is_not_told_as_exact_and_nothing_is_told_of_nothing(
    assessment: tg.Assessment, publication: Publication
) -> None:
    text = catalogue("en")
    row = {"kind": "barrier", "topic": "dark", "about": 7}
    noisy = _with(publication, {**row, "voices": 20}, {**row, "topic": "steps", "voices": 10})
    told = told_most(assessment, noisy, text)
    assert told is not None
    assert [bar.value for bar in told.charts[0].bars] == ["about 20", "about 10"]
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_is_of_one_kind_and_compares_no_kind_with_topics_of_another(
    assessment: tg.Assessment, publication: Publication, language: Language
) -> None:
    rows = [
        {"kind": "missing_link", "topic": "unspecified", "voices": 90},
        {"kind": "place", "topic": "routes", "voices": 69},
        {"kind": "place", "topic": "communication_of_many", "voices": 9},
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
    assert [chart.bars[0].value for chart in told.charts] == ["59", "69"]
    # Bars on one scale begin at one place: their charts know the longest name of all.
    assert {chart.letters for chart in told.charts} == {max(len(bar.label) for one in told.charts for bar in one.bars)}
    # A kind with a single number is a sentence.
    (alone,) = [line for line in told.sentences if re.findall(r"\d+", line) == ["90"]]
    assert text("voice.missing_link").lower() in alone
    assert text("voices.no_sum") in (told.short, *told.sentences)
    assert told_title(_with(publication, *rows), text) == text("voice.barrier")
    assert told_title(_with(publication, *rows[:2]), text) == text("voice.place")
    assert told_title(_with(publication), text) == text("voices.title")
    alone = told_message(assessment, _with(publication, *rows[:2]), text)
    assert text("topic.routes").lower() in alone
    assert told_message(assessment, _with(publication), text) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_a_headline_of_its_own_and_all_have_one(
    assessment: tg.Assessment, publication: Publication, language: Language
) -> None:
    rows = [
        {"kind": "barrier", "topic": "dark", "voices": 13},
        {"kind": "missing_link", "topic": "unspecified", "voices": 21},
        {"kind": "place", "topic": "routes", "voices": 18},
    ]
    text = catalogue(language)
    told = told_of_kinds(assessment, _with(publication, *rows), text)
    assert set(told) == {None, *publication.features["kind"]}
    for row in rows:
        kind, number = str(row["kind"]), text.counted("map.heard", int(str(row["voices"])))
        assert text(f"voice.{kind}").lower() in told[kind].lower()
        assert number in told[kind]
    assert told["barrier"] == told_message(assessment, _with(publication, *rows), text)
    # A kind of which no number is told says what is on the map; all say where most told one thing.
    assert told["area"] == text("voices.kind_alone", kind=text("voice.area"))
    assert told[None] != told["barrier"]
