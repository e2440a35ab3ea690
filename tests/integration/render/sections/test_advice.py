"""What would help most: what can be done where it gains something, and the largest delay where it does not."""

from dataclasses import replace

import geopandas as gpd
import pytest
from shapely import LineString

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.sections import lived_access
from tesoma_geo.render.sections.advice import VOICES, advice, largest_delay
from tesoma_geo.render.sections.why import parts_of
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.workspace import LANGUAGES

ENGLISH = catalogue("en")


@pytest.fixture(scope="module")
def publication(assessment: tg.Assessment):
    return published(assessment.inputs, who="test")


def test_a_place_that_gains_much_is_the_advice(assessment: tg.Assessment, publication, monkeypatch) -> None:
    monkeypatch.setattr(lived_access, "SMALL_S", 0)
    (where, place), *others = advice(assessment, publication, ENGLISH)
    assert (where, place.key) == (VOICES, "barriers")
    assert [section.key for _, section in others] == ["drawn"] * len(others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_places_gain_little_that_is_said_with_the_largest_delay(
    assessment: tg.Assessment, publication, monkeypatch, language: str
) -> None:
    monkeypatch.setattr(lived_access, "SMALL_S", 10_000)
    words = catalogue(language)
    where, delay = advice(assessment, publication, words)[-1]
    assert where == "walk"
    assert delay.short.startswith(words("advice.little"))
    assert words("part.detour").lower() in delay.short
    assert lived_access.barriers(assessment, words).short not in [told.short for _, told in advice(
        assessment, publication, words
    )]  # fmt: skip


def test_the_delay_is_told_with_its_minutes_times_residents(assessment: tg.Assessment) -> None:
    worst = max(parts_of(assessment, "walk"), key=lambda part: part.mean_min * (part.key != "straight"))
    there = assessment.summary["population_total"] - assessment.summary["profiles"]["walk"]["unreachable_population"]
    _, delay = largest_delay(assessment, ENGLISH) or pytest.fail("nothing delays")
    assert f"on average {ENGLISH.number(worst.mean_min, 1)}" in delay.short
    # The sum is no more exact than the mean: two digits.
    total = float(f"{worst.mean_min * there:.1e}")
    assert f"for all together about {ENGLISH.number(total)}" in delay.short
    assert ENGLISH.counted("residents", there) in delay.short


def test_wished_links_are_advised(assessment: tg.Assessment, publication) -> None:
    line = LineString([(23.630, 61.512), (23.634, 61.512)])
    columns = {"type": ["wished_link"], "kind": ["missing_link"], "voices_at_least": [5]}
    wishing = replace(publication, features=gpd.GeoDataFrame(columns, geometry=[line], crs="EPSG:4326"))
    told = {section.key: section.short for _, section in advice(assessment, wishing, ENGLISH)}
    assert told["drawn"].startswith("Many wish for the same link in 1 place")


def test_without_answers_the_delay_stands_alone(assessment: tg.Assessment) -> None:
    ((where, delay),) = advice(assessment, None, ENGLISH)
    assert (where, delay.source) == ("walk", "why")
    assert ENGLISH("advice.little") not in delay.short
