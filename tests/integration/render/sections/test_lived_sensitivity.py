"""Weaker and stronger effects of difficult places, and what is assumed of them."""

import tesoma_geo as tg
from tesoma_geo.render.sections.lived_sensitivity import sensitivity
from tesoma_geo.render.text.catalogue import catalogue
from tests.lived_delays import slower

ENGLISH = catalogue("en")


def column(table, key):
    at = [one.key for one in table.columns].index(key)
    return [row.values[at].plain for row in table.rows]


def test_stronger_effects_cost_more(assessment: tg.Assessment):
    table, assumed = sensitivity(assessment, ENGLISH).tables
    keys = [one.key for one in table.columns if one.key.startswith("resident_min_at_")]
    assert len(keys) >= 3
    for row in zip(*(column(table, key) for key in keys), strict=True):
        assert list(row) == sorted(row)
    assert len(assumed.rows) == len(assessment.lived.costs.costs)
    (chart,) = sensitivity(slower(assessment, 50.0), ENGLISH).charts
    assert all(0 <= bar.start <= bar.mark <= bar.end <= 1 for bar in chart.bars)


def test_it_is_told_in_seconds_of_a_journey(assessment: tg.Assessment):
    slow = slower(assessment, 50.0)
    told, profiles = sensitivity(slow, ENGLISH), slow.lived.summary["profiles"]
    worst = max(profiles, key=lambda name: profiles[name]["resident_min"])
    assert "about 50\N{NO-BREAK SPACE}s longer on average" in told.short
    named = {bar.label: bar.value for chart in told.charts for bar in chart.bars}
    assert named[ENGLISH.named("profile", worst)] in told.short


def test_few_seconds_are_told_in_words_and_not_drawn(assessment: tg.Assessment):
    told = sensitivity(slower(assessment, 10.0), ENGLISH)
    assert "less than half a minute longer" in told.short
    assert told.charts == ()


def test_each_assumption_says_of_what_it_is(assessment: tg.Assessment):
    lines = [line.text for line in sensitivity(assessment, ENGLISH).notes.lines]
    assert all(not line.startswith("assumption") and ": " in line for line in lines)
    assert any(line.startswith("Dark: ") for line in lines)
