"""Who gains and who loses, as it was counted."""

import re
from dataclasses import replace

import pytest

from tesoma_geo.render.pages.scenario import change_lines
from tesoma_geo.render.sections.registry import scenario_sections
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.workspace import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_tells_is_what_was_counted(comparison: Comparison, language: Language) -> None:
    text = catalogue(language)
    assert len(list(change_lines(comparison, text))) == 3
    sections = {section.key: section for section in scenario_sections(comparison, text)}
    assert set(sections) == {"gains", "before-after", "by-area", "by-age", "services", "service-gains"}
    walk = comparison.figures["profiles"]["walk"]
    row = sections["gains"].tables[0].rows[0]
    assert [value.plain for value in row.values[1:5]] == [
        walk["residents"][outcome] for outcome in ("gaining", "unchanged", "losing", "unreachable")
    ]
    assert text.number(walk["residents"]["gaining"]) in sections["gains"].short
    for key in ("by-area", "by-age"):
        gaining = sum(row.values[2].plain for row in sections[key].tables[0].rows)
        assert gaining == walk["residents"]["gaining"]


def test_a_plan_that_changes_nothing_says_so(comparison: Comparison) -> None:
    nothing = {"gaining": 0, "losing": 0, "unreachable": 0, "all": 2510, "unchanged": 2510}
    profiles = {name: {**row, "residents": nothing} for name, row in comparison.figures["profiles"].items()}
    still = replace(comparison, figures={**comparison.figures, "profiles": profiles, "services": {}, "connections": {}})
    of_the_hub = replace(still, figures={**still.figures, "answers": []})
    assert [part.key for part in scenario_sections(of_the_hub, catalogue("en"))] == ["gains", "before-after"]
    # A plan of a library says once that ways to the hub stay as they are.
    assert any(answer["asked"] for answer in still.figures["answers"])
    sections = [part for part in scenario_sections(still, catalogue("en")) if part.key != "service-gains"]
    assert [section.key for section in sections] == ["gains"]
    assert sections[0].short.startswith("Nobody")
    assert sections[0].charts == ()  # bars of nobody would say nothing


def test_there_is_a_bar_for_whom_there_is_and_none_for_nobody(comparison: Comparison) -> None:
    moved = {"walk": {"gaining": 500, "losing": 0}, "car": {"gaining": 0, "losing": 200}}
    of = {"unreachable": 0, "all": 2000, "unchanged": 1500}
    row = comparison.figures["profiles"]["walk"]
    profiles = {name: {**row, "residents": {**of, **residents}} for name, residents in moved.items()}
    told = replace(comparison, figures={**comparison.figures, "profiles": profiles, "services": {}, "connections": {}})
    (chart,) = scenario_sections(told, catalogue("en"))[0].charts
    # In the colours of the map; the title says that journeys change, so only the name of who loses says so.
    assert [(bar.label, bar.moved, bar.end) for bar in chart.bars] == [
        ("Walking", "gaining", 0.25),
        ("Car: longer journey", "losing", 0.1),
    ]


def test_ways_by_which_as_many_get_there_as_before_are_a_sentence_and_no_bars(comparison: Comparison) -> None:
    row = comparison.figures["profiles"]["walk"]
    same = {at: {**pair, "after": pair["before"], "change": 0} for at, pair in row["population_within"].items()}
    profiles = {"walk": row, "car": {**row, "population_within": same}}
    told = replace(comparison, figures={**comparison.figures, "profiles": profiles})
    section = next(part for part in scenario_sections(told, catalogue("en")) if part.key == "before-after")
    assert [pair.label for pair in section.charts[0].pairs] == ["Walking"]
    assert section.sentences[0] == "As many as before: by car."


def test_which_area_and_age_gain_most_is_a_sentence_with_the_way_of_moving(comparison: Comparison) -> None:
    sections = {part.key: part for part in scenario_sections(comparison, catalogue("en"))}
    way = sections["by-area"].charts[0].title.rsplit("(", 1)[1].removesuffix(")")
    assert way in {"walking", "bicycle"}
    assert re.fullmatch(r"(On foot|By bicycle) .+ gains most: \d+% of its residents .+", sections["by-area"].short)
    assert " the age group " in sections["by-age"].short


def test_where_as_many_get_there_as_before_a_sentence_says_so_without_a_chart(comparison: Comparison) -> None:
    row = comparison.figures["profiles"]["walk"]
    same = {at: {**pair, "after": pair["before"], "change": 0} for at, pair in row["population_within"].items()}
    figures = {**comparison.figures, "profiles": {"walk": {**row, "population_within": same}}}
    sections = {part.key: part for part in scenario_sections(replace(comparison, figures=figures), catalogue("en"))}
    assert sections["before-after"].charts == ()
    assert "as many get to" in sections["before-after"].short
