"""The schema of comparison.json: it takes what the records allow, and nothing else."""

import json

import jsonschema
import pytest

from tesoma_geo.scenarios.comparison_records import ComparisonFigures, comparison_schema

SIDES = {"before": 12.5, "after": None, "change": None}
RESIDENTS = {"all": 10, "gaining": 3, "unchanged": 5, "losing": 1, "unreachable": 1}
OUTCOME = {
    "residents": RESIDENTS, "mean_gain_min": 2.5, "mean_loss_min": None, "resident_min": -4.5, "by_age": {},
    "by_area": {"001": RESIDENTS},
}  # fmt: skip
WHOLE = {
    "name": {"en": "A bridge"}, "text": None, "made_up": True, "gain_min": 1.0, "population_total": 10,
    "changes": {"link": 1},
    "profiles": {"walk": OUTCOME | {"population_within": {"15": SIDES}, "median_min": SIDES, "p90_min": SIDES,
                                    "unreachable_population": SIDES}},
    "connections": {"on_foot": SIDES},
    "services": {"school": {"count": SIDES, "profiles": {"walk": {"median_min": SIDES}},
                            "outcomes": {"walk": OUTCOME}}},
    "answers": [{"to": "hub", "asked": True, "profile": "walk", "gaining": 3, "losing": 1, "resident_min": 4.0}],
    "sure": {"to": "hub", "profile": "walk", "gaining": [2, 4], "losing": [0, 1], "runs": 100, "seed": 1},
    "winter": {}, "headways": [], "homes": None,
    "costs": {"total_eur": None, "parts_eur": {}, "unknown": ["links[0]"]},
    "notes": [{"key": "links[0]", "text": "…"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def faults():
    validator = jsonschema.Draft202012Validator(comparison_schema())
    return lambda content: [error.json_path for error in validator.iter_errors(content)]


def changed(path, value):
    content = json.loads(json.dumps(WHOLE))
    *outer, last = path
    inner = content
    for key in outer:
        inner = inner[key]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return content


def test_the_schema_is_one_and_a_whole_comparison_keeps_it(faults):
    jsonschema.Draft202012Validator.check_schema(comparison_schema())
    assert faults(WHOLE) == []
    assert set(WHOLE) == set(ComparisonFigures.__annotations__)


@pytest.mark.parametrize("key", sorted(WHOLE))
def test_every_section_must_be_there(faults, key):
    assert faults(changed([key], ...)) == ["$"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["profiles", "walk", "residents", "gaining"], -1),
        (["profiles", "walk", "residents", "all"], 2.5),
        (["profiles", "walk", "residents", "losing"], ...),
        (["profiles", "walk", "median_min"], 12.5),
        (["profiles", "walk", "median_min", "change"], "much"),
        (["services", "school", "outcomes", "walk", "mean_gain_min"], ...),
        (["answers", 0, "asked"], "yes"),
        (["costs", "total_eur"], "1000"),
        (["population_total"], None),
        (["notes", 0, "text"], 7),
    ],
)
def test_what_is_no_such_figure_is_a_fault_where_it_stands(faults, path, value):
    found = faults(changed(path, value))
    assert len(found) >= 1
    assert all(str(path[0]) in place for place in found)


def test_figures_have_descriptions_for_who_reads_the_schema():
    text = str(comparison_schema())
    assert "residents without a way before and after" in text
    assert "minutes that all residents gain together" in text
