"""The map of a plan is about the trip that the plan is told by."""

import json
from dataclasses import replace

from tesoma_geo.render.figures.home_cells import Grid
from tesoma_geo.render.map.difference import difference
from tesoma_geo.render.map.layers import changes
from tesoma_geo.render.map.legend_signs import legend_signs
from tesoma_geo.render.map.planned import PlannedShares
from tesoma_geo.render.text.catalogue import catalogue_of
from tesoma_geo.render.text.place_names import short_name
from tesoma_geo.scenarios.compare import Comparison


def _of_library(comparison: Comparison) -> Comparison:
    sure = comparison.figures["sure"]
    assert sure is not None
    return replace(comparison, figures={**comparison.figures, "sure": {**sure, "to": "library", "profile": "car"}})


def test_it_tells_the_hub_where_the_plan_is_told_by_the_way_there(comparison: Comparison) -> None:
    words = catalogue_of(comparison.before.workspace, "en")
    planned, figures = PlannedShares.of(comparison, words), comparison.figures
    within = figures["profiles"]["walk"]["population_within"]["15"]
    assert planned.first == "walk"
    assert planned.shares["walk"] == tuple((within[side] or 0) / figures["population_total"] for side in within)[:2]
    assert short_name(words.of(comparison.before.workspace.hub.name)) in planned.title
    assert difference(comparison).packed == {}


def test_it_tells_services_where_the_plan_is_told_by_these(comparison: Comparison) -> None:
    words, told = catalogue_of(comparison.before.workspace, "en"), _of_library(comparison)
    planned = PlannedShares.of(told, words)
    assert planned.first == "car"
    assert words.named("kind", "library") in planned.title
    assert words.named("kind", "library") in planned.note
    assert planned.shares != PlannedShares.of(comparison, words).shares
    packed = difference(told).packed["to_kind_s"]
    assert packed.keys() == told.figures["profiles"].keys()
    assert len(packed["walk"]) == 2
    assert packed["walk"][0] != packed["walk"][1]
    assert len(Grid.of(told.after.origins, told.after.workspace.population.cell_m).squares) > 0


def test_each_step_of_the_legend_is_there_for_the_ways_that_have_it(comparison: Comparison) -> None:
    words = catalogue_of(comparison.before.workspace, "en")
    steps = PlannedShares.of(comparison, words).steps
    assert comparison.figures["profiles"]["walk"]["residents"]["losing"] == 0
    assert comparison.figures["profiles"]["car"]["residents"]["gaining"] == 0
    assert {profile for step, ways in steps.items() if step < 3 for profile in ways} == {"car"}
    assert {profile for step, ways in steps.items() if step > 3 for profile in ways} == {"walk"}
    signs = legend_signs(comparison.before, words, (), (), compared=True, steps=steps)
    assert [json.loads(sign.of_json) for sign in signs] == [list(steps[step]) for step in sorted(steps, reverse=True)]


def test_a_link_too_short_to_be_seen_has_a_ring_in_the_legend_too(comparison: Comparison) -> None:
    words, content = catalogue_of(comparison.before.workspace, "en"), changes(comparison.places)
    looks = [sign.look for sign in legend_signs(comparison.before, words, (content,), ())]
    assert "plan-ringed" in looks
    assert "plan-line" not in looks
