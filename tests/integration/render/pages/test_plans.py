"""The page of several plans: which helps most, how surely, a map of each; names stay text."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages.plans import best_sentence, order_lines, plan_lines, sure_sentence, write_plans_pages
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.render.text.file_names import file_name
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.scenarios.several import ComparedPlans
from tests.figure_marks import leading_nowhere, unmarked

HOSTILE = "<img src=x onerror=alert(1)>"


def plan(name, minutes, cost=None):
    return {
        "name": name, "file": f"{name}.toml", "gaining": 285, "losing": 0, "resident_min": minutes, "by_profile": {},
        "trips": [
            {"to": "hub", "gaining": 0, "losing": 0, "gaining_low": 0, "gaining_high": 0},
            {"to": "library", "gaining": 285, "losing": 0, "gaining_low": 261, "gaining_high": 302},
        ],
        "low": 0.8 * minutes, "high": 1.2 * minutes, "cost_eur": cost, "min_per_1000_eur": None,
    }  # fmt: skip


def figures(*surely):
    together = {
        "plans": ["a", "b"],
        "resident_min": 300.0,
        "sum_alone": 310.0,
        "interaction_min": -10.0,
        "conflict": None,
    }
    steps = [
        {"plan": "b", "adds_min": 200.0, "together_min": 200.0},
        {"plan": "a", "adds_min": 100.0, "together_min": 300.0},
    ]
    return {
        "profile": "walk", "trips_to": ["hub"], "runs": 100, "seed": 1, "drawn": "",
        "pairs": [together], "all": together,
        "plans": [plan("a", 110.0), plan("b", 200.0, 50000.0)], "order": steps, "surely": list(surely), "sentences": [],
    }  # fmt: skip


def sure(one, other, one_more, other_more):
    return {"one": one, "other": other, "one_more": one_more, "other_more": other_more, "equal": 0,
            "difference_low_min": 0.0, "difference_high_min": 0.0}  # fmt: skip


def test_the_best_is_told_beside_the_one_that_comes_nearest_to_it():
    names, english = {"a": "Library", "b": "Crossing", "c": "Ramp"}, catalogue("en")
    told = figures(sure("a", "b", 3, 97), sure("b", "c", 81, 19), sure("a", "c", 50, 50))
    first = "Crossing helps most. Libraries: on foot 285 residents get to the nearest at least 1\N{NBSP}min sooner."
    assert best_sentence(told, names, "Hub", english) == first
    people, sure_of = sure_sentence(told, names, english).split(". ")
    assert people == "Most likely 261–302 residents"
    assert sure_of == "In 81 of 100 calculations the plan helps more than the next best (Ramp)."
    always = sure_sentence(figures(sure("a", "b", 0, 100)), names, english)
    assert always.endswith("In all of 100 calculations the plan helps more than the next best (Library).")


def test_of_those_that_it_beats_as_surely_the_one_that_saves_most_is_the_next_best():
    names, english = {"a": "Bus", "b": "Crossing", "c": "Ramp"}, catalogue("en")
    told = figures(sure("b", "a", 100, 0), sure("b", "c", 100, 0))
    told = told | {"plans": [plan("a", 0.0), plan("b", 200.0), plan("c", 110.0)]}
    assert sure_sentence(told, names, english).endswith("than the next best (Ramp).")


def test_a_plan_that_helps_by_another_way_of_moving_says_so():
    nobody = {"to": "hub", "gaining": 0, "losing": 0, "gaining_low": 0, "gaining_high": 0}
    bus = plan("bus", 0.0, 500000.0) | {"trips": [nobody], "by_profile": {"walk": 0.0, "transit": 7683.2, "car": 12.0}}
    assert plan_lines(bus, "walk", "Hub", catalogue("en")) == [
        "Nobody’s journey on foot changes by 1 minute or more.",
        "It saves most by public transport: about 7,700 minutes for all together.",
        "It costs €500,000.",
    ]
    assert len(plan_lines(plan("none", 0.0) | {"trips": [nobody]}, "walk", "Hub", catalogue("en"))) == 1


def test_a_plan_that_makes_nothing_shorter_is_no_best():
    names, english = {"a": "Library", "b": "Crossing"}, catalogue("en")
    told = figures(sure("a", "b", 3, 97)) | {"plans": [plan("a", -10.0), plan("b", 0.0)]}
    assert best_sentence(told, names, "Hub", english).startswith("None of the plans")
    assert sure_sentence(told, names, english) == ""


def test_two_figures_of_one_plan_carry_the_reason():
    names, english = {"a": "Library", "b": "Crossing"}, catalogue("en")
    first, second = order_lines(figures(), names, english)
    assert first == "Crossing: 200 minutes. It costs €50,000."
    assert second.startswith("Library: 100 minutes more. Alone it would save 110, but some")
    assert second.endswith("The cost is not stated.")
    steps = [figures()["order"][0], {"plan": "a", "adds_min": 120.0, "together_min": 320.0}]
    assert "only 110: it helps more with" in list(order_lines(figures() | {"order": steps}, names, english))[1]
    steps[1]["adds_min"] = 110.4
    assert list(order_lines(figures() | {"order": steps}, names, english))[1] == (
        "Library: 110 minutes more. The cost is not stated."
    )


@pytest.fixture
def plans(tmp_path: Path) -> list[Scenario]:
    link = '[[links]]\nline = [[23.629155, 61.501585], [23.629135, 61.501670]]\ntags = { highway = "footway" }\n'
    service = '[[services]]\nkind = "library"\nlon = 23.63\nlat = 61.4995\n'
    for name, entry in (("a", service), ("b", link)):
        (tmp_path / f"{name}.toml").write_text(f'name = "{name} {HOSTILE}"\n{entry}', encoding="utf-8")
    return [Scenario.load(tmp_path / f"{name}.toml") for name in "ab"]


def _own_result(folder: Path, name: dict[str, str]) -> Path:
    """As ``tesoma-geo scenario`` leaves it, as far as a comparison looks."""
    (folder / "site").mkdir(parents=True)
    (folder / "comparison.json").write_text(json.dumps({"name": dict(name)}), encoding="utf-8")
    for language in ("fi", "sv", "en"):
        (folder / "site" / file_name("scenarios", language, "fi")).touch()
    return folder.resolve()


def test_each_plan_has_its_map_in_every_language(
    assessment: tg.Assessment, plans: list[Scenario], tmp_path: Path
) -> None:
    homes = len(assessment.inputs.origins)
    won = np.where(np.arange(homes) < homes // 2, 6.0, 0.0)
    told = ComparedPlans(figures(sure("a", "b", 0, 100)), (won, np.zeros(homes)))
    result = _own_result(tmp_path / "a", plans[0].name)
    _own_result(tmp_path / "b", {"en": "another plan in a folder of this name"})
    (tmp_path / "draft").mkdir()
    write_plans_pages(
        told, assessment.inputs, plans, tmp_path / "draft", tmp_path / "plans", home="https://example.org/map"
    )
    for language in assessment.workspace.district.languages:
        page = (tmp_path / "draft" / f"plans-{language}.html").read_text("utf-8")
        assert HOSTILE not in page
        assert unmarked(page) == leading_nowhere(page) == []
        assert "plans.json: order › adds_min" in page
        assert " --compare" in page[page.index('id="from"') :], "the command that makes it again"
        assert page.count('<figure class="sketch">') == 2
        assert page.count('class="plan" d="M') == 1  # the link; its sign is a dot in a ring, as it is short
        assert page.count('<circle class="ring"') == 1 + 1
        assert page.count('class="spot" d="M') == 1 + 1  # the library, and its sign
        assert page.count('class="won-6" d="M') == 1 + 1  # the homes that one of the two plans helps, and their sign
        assert page.count('class="won-3" d="M') == 2 + 1  # on both maps, and once in the legend that they share
        assert page.count('class="hub" ') == 2 + 1
        # Who gains is told with where they get to, once a plan.
        words = catalogue(language)
        assert page.count(f"<p>{words.named('kind', 'library')}: ") == 2
        # In the order of building: the second plan first.
        assert page.index('<h3 id="plan-1">b ') < page.index('<h3 id="plan-2">a ')
        # A way to the page of the plan that has one beside the comparison, in the same language.
        (page_of_its_own,) = re.findall(r'href="(\.\./[^"]*)"', page)
        assert (tmp_path / "plans" / page_of_its_own).resolve() == (
            result / "site" / file_name("scenarios", language, assessment.workspace.district.languages[0])
        )
        # By how much and by which way of moving, for what, and of which day: intervals, euros a head, the foot.
        assert '(<span class="range">160–240</span>)' in page
        assert words("plans.chart", by=words("by.walk")) in page
        assert words("plans.cost", eur=words.number(50000), each=words.number(180)) in page  # 50,000 / 285 = 175.4
        foot = page[page.index("<footer>") :]
        assert 'href="plans.json"' in foot
        assert "CC0 1.0: " in foot
        # The district's name leads to its pages in the same language.
        start = "" if language == assessment.workspace.district.languages[0] else f"{language}.html"
        assert f'<p class="place"><a href="https://example.org/map/{start}">' in page
    for style in ("styles/site.css", "styles/map.css"):
        assert (tmp_path / "draft" / "assets" / style).is_file()
