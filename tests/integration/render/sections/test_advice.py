"""What would help most: what can be done where it gains something, and the largest delay where it does not."""

import re
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


def _saving(assessment: tg.Assessment, seconds: float) -> tg.Assessment:
    """As if the mean journey of those concerned lasted so much longer by difficult places."""
    lived = assessment.lived or pytest.fail("no answers")
    figures = {way: {**row, "mean_added_min": seconds / 60} for way, row in lived.summary["profiles"].items()}
    return replace(assessment, lived=replace(lived, summary={**lived.summary, "profiles": figures}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_costliest_places_are_named_with_their_minutes_even_where_they_gain_little(
    assessment: tg.Assessment, publication, language: str
) -> None:
    words = catalogue(language)
    where, place = advice(_saving(assessment, 1), publication, words)[0]
    assert (where, place.key) == (VOICES, "barriers")
    table = lived_access.barriers(assessment, words).tables[0]
    minutes = [at for at, column in enumerate(table.columns) if column.key.endswith("_resident_min")]
    way = max(minutes, key=lambda at: table.rows[0].values[at].plain)
    most = max(table.rows, key=lambda row: row.values[way].plain)
    for row in (table.rows[0], most):
        assert row.values[0].shown in place.short
        assert f"({words('minutes', n=row.values[way].shown)})" in place.short
    assert words("seconds.few") in place.short


def test_what_is_saved_is_told_as_less_than_the_uncertainty_only_where_it_is(
    assessment: tg.Assessment, publication
) -> None:
    def told(seconds: float) -> str:
        return advice(_saving(assessment, seconds), publication, ENGLISH)[0][1].short

    assert "less than the uncertainty" in told(1)
    assert "less than the uncertainty" not in told(100_000)
    assert ENGLISH("advice.little") not in told(100_000)
    unknown = replace(assessment, summary={**assessment.summary, "uncertainty": {}})
    little = advice(_saving(unknown, 1), publication, ENGLISH)[0][1].short
    assert "uncertainty" not in little
    assert little.endswith(ENGLISH("advice.little"))


def test_where_most_miss_a_link_is_told_and_that_what_it_gains_was_not_computed(
    assessment: tg.Assessment, publication
) -> None:
    homes = assessment.origins.to_crs("EPSG:4326").geometry.iloc[[0, -1, len(assessment.origins) // 2, 0]]
    shapes = homes.buffer(0.0005).to_list()
    columns = {
        "type": ["cell"] * 4,
        "kind": ["missing_link", "missing_link", "missing_link", "barrier"],
        "topic": ["unspecified"] * 4,
        "voices": [6.0, 21.0, 13.0, 90.0],
    }
    marked = replace(publication, features=gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326"))
    told = {section.key: section for _, section in advice(assessment, marked, ENGLISH)}["told"]
    assert [int(n) for n in re.findall(r"(\d+) respondents", told.short)] == [21, 13]
    assert told.short.endswith(ENGLISH("advice.not_computed"))
    nothing = replace(publication, features=marked.features[marked.features["kind"] == "barrier"])
    assert "told" not in {section.key for _, section in advice(assessment, nothing, ENGLISH)}


def test_what_upkeep_could_shorten_is_of_those_of_whom_fewest_are_there_in_time(assessment: tg.Assessment) -> None:
    _, delay = largest_delay(assessment, ENGLISH) or pytest.fail("nothing delays")
    parts = {part.key: part.mean_min for part in parts_of(assessment, "wheelchair")}
    named = [key for key in ("surface", "steps", "crossings", "darkness") if parts.get(key, 0) >= 0.5]
    assert ("wheelchair" in delay.short) == bool(named)
    for key in named:
        assert f"{ENGLISH(f'part.{key}').lower()} {ENGLISH.number(parts[key], 1)}\u00a0min" in delay.short


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
    lines = [LineString([(23.630, y), (23.634, y)]) for y in (61.512, 61.508)]
    columns = {"type": ["wished_link"] * 2, "kind": ["missing_link"] * 2, "voices_at_least": [5, 15]}
    wishing = replace(publication, features=gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326"))
    told = {section.key: section.short for _, section in advice(assessment, wishing, ENGLISH)}
    assert told["drawn"].startswith("Many wish for the same link in 2 places")
    assert "at least 15 people" in told["drawn"]
    assert told["drawn"].endswith(ENGLISH("advice.not_computed"))


def test_without_answers_the_delay_stands_alone(assessment: tg.Assessment) -> None:
    ((where, delay),) = advice(assessment, None, ENGLISH)
    assert (where, delay.source) == ("walk", "why")
    assert ENGLISH("advice.little") not in delay.short
