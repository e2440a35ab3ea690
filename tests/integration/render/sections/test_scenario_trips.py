"""What the first screen of a plan says of the trip that its map shows: how surely, and who loses."""

from dataclasses import replace
from typing import Any

from tesoma_geo.command_columns import GAINED_MIN
from tesoma_geo.render.sections.scenario_trips import (
    answer_lines,
    answer_rows,
    cost_lines,
    first_answer,
    service_gains,
)
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.place_names import hub_name
from tesoma_geo.render.text.terms import by_way
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.scenarios.scenario import Scenario


def test_the_service_that_the_plan_opens_comes_first_in_every_language(comparison: Comparison) -> None:
    outcomes = comparison.figures["services"]["library"]["outcomes"]
    assert outcomes["walk"]["residents"]["gaining"] > 0
    for language in ("fi", "sv", "en"):
        lines = list(answer_lines(comparison, catalogue_of(comparison.before.workspace, language)))
        catalogue = catalogue_of(comparison.before.workspace, language)
        assert lines[0].startswith(catalogue.named("kind", "library"))
        assert catalogue.counted("residents", outcomes["walk"]["residents"]["gaining"]) in lines[0]


def test_nobody_who_loses_by_another_way_of_moving_is_kept_back(comparison: Comparison) -> None:
    rows = {name: row["residents"] for name, row in comparison.figures["profiles"].items()}
    assert rows["walk"]["gaining"] > rows["car"]["losing"] > 0 == rows["walk"]["losing"]
    for language in ("fi", "sv", "en"):
        words = catalogue_of(comparison.before.workspace, language)
        losers = words.counted("residents", rows["car"]["losing"])
        assert any(losers in line and by_way(words, "car") in line.lower() for line in answer_lines(comparison, words))


def test_the_headline_is_of_the_maps_trip_and_has_its_interval_and_losers_below_it(comparison: Comparison) -> None:
    sure, figures = comparison.figures["sure"], comparison.figures
    assert sure is not None
    assert (sure["to"], sure["profile"]) == ("hub", "walk")
    low, high = sure["gaining"]
    assert 0 < low <= figures["profiles"]["walk"]["residents"]["gaining"] <= high
    assert low < high
    losing = figures["profiles"]["car"]["residents"]["losing"]
    for language in ("fi", "sv", "en"):
        words = catalogue_of(comparison.before.workspace, language)
        answer = first_answer(comparison, words)
        assert words.counted("residents", figures["profiles"]["walk"]["residents"]["gaining"]) in answer.message
        assert answer.message.count(". ") == 0
        assert f"{words.number(low)}–{words.number(high)}" in answer.beneath
        assert words.counted("residents", losing) in answer.beneath
        # The library is told once, and the hub not again.
        assert [line.startswith(words.named("kind", "library")) for line in answer.others[:2]].count(True) == 1
        assert answer.message not in answer.others


def test_every_way_of_moving_has_a_row_of_its_own_where_they_are_told_one_by_one(comparison: Comparison) -> None:
    words = catalogue_of(comparison.before.workspace, "en")
    losing = comparison.figures["profiles"]["car"]["residents"]["losing"]
    told = dict(answer_rows(comparison, words))
    rows = [row for others in told.values() for _, of in others for row in of]
    assert f"{words.counted('residents', losing)} by car" in rows
    assert not any(words.counted("residents", losing) in line for line in told)
    assert [row[:1] for row in rows] == [row[:1].upper() for row in rows]


def test_the_section_has_every_kind_by_profile_and_area(comparison: Comparison) -> None:
    section = service_gains(comparison, catalogue_of(comparison.before.workspace, "en"))
    assert section is not None
    (table,) = section.tables
    kinds = {kind for kind, row in comparison.figures["services"].items() if row["outcomes"]}
    named = {row.values[0].shown for row in table.rows}
    assert len(named) == len(kinds)
    everybody = [row for row in table.rows if row.values[2].shown == "everybody" or row.values[2].shown == "all"]
    assert len(everybody) == sum(len(comparison.figures["services"][kind]["outcomes"]) for kind in kinds)


def test_a_plan_beyond_the_district_that_helps_nobody_says_where_it_is(comparison: Comparison) -> None:
    nobody: Any = {**comparison.figures, "sure": None}
    inside = replace(comparison, figures=nobody)
    outside = replace(inside, places=comparison.places.translate(0.0, -20_000.0).to_frame("geometry"))
    headways = Scenario.load(comparison.before.workspace.path.with_name("scenario.toml")).headways
    assert headways
    by_a_line = replace(outside, scenario=comparison.scenario.model_copy(update={"headways": headways}))
    for language in ("fi", "sv", "en", "et", "pt"):
        words = catalogue_of(comparison.before.workspace, language)
        assert first_answer(outside, words).beneath == words("scenario.outside")
        assert first_answer(inside, words).beneath == ""
        assert first_answer(by_a_line, words).beneath == ""


def test_a_plan_on_nobodys_way_says_so_and_its_cost_stands_by_itself(comparison: Comparison) -> None:
    nobody: Any = {
        **comparison.figures,
        "sure": None,
        "answers": [
            {**answer, "gaining": 0, "losing": 0} for answer in comparison.figures["answers"] if answer["to"] == "hub"
        ],
        "costs": {"total_eur": 50_000.0, "unknown": 0},
    }
    still = comparison.differences.copy()
    gained = [GAINED_MIN.of(profile) for profile in comparison.figures["profiles"]]
    still[gained] = 0.01
    scenario = comparison.scenario.model_copy(update={"headways": ()})
    on_no_way = replace(comparison, figures=nobody, differences=still, scenario=scenario)
    for language in ("fi", "sv", "en", "et", "pt"):
        words = catalogue_of(comparison.before.workspace, language)
        hub = hub_name(comparison.before.workspace, words)
        answer = first_answer(on_no_way, words)
        assert answer.beneath == words("scenario.on_no_way", hub=hub)
        cost = words("scenario.cost", eur=words.number(50_000))
        assert list(cost_lines(on_no_way, words)) == [cost]
        assert cost not in answer.others
        assert cost in answer_lines(on_no_way, words)
    moved = still.copy()
    moved.loc[moved.index[0], gained[0]] = 0.4
    assert first_answer(replace(on_no_way, differences=moved), words).beneath == ""
