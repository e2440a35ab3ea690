"""The page of several plans: which helps most, how surely, a map of each; names stay text."""

from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages.plans import best_sentence, sure_sentence, write_plans_pages
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.scenario import Scenario

HOSTILE = "<img src=x onerror=alert(1)>"


def plan(name, minutes, cost=None):
    return {
        "name": name, "file": f"{name}.toml", "gaining": 285, "losing": 0, "resident_min": minutes, "by_profile": {},
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
    assert best_sentence(told, names, english).startswith("Crossing helps most")
    assert "200" in best_sentence(told, names, english)
    assert sure_sentence(told, names, english) == "It helps more than the next best (Ramp) in 81 of 100 draws."


@pytest.fixture
def plans(tmp_path: Path) -> list[Scenario]:
    link = '[[links]]\nline = [[23.629155, 61.501585], [23.629135, 61.501670]]\ntags = { highway = "footway" }\n'
    service = '[[services]]\nkind = "library"\nlon = 23.63\nlat = 61.4995\n'
    for name, entry in (("a", service), ("b", link)):
        (tmp_path / f"{name}.toml").write_text(f'name = "{name} {HOSTILE}"\n{entry}', encoding="utf-8")
    return [Scenario.load(tmp_path / f"{name}.toml") for name in "ab"]


def test_each_plan_has_its_map_in_every_language(
    assessment: tg.Assessment, plans: list[Scenario], tmp_path: Path
) -> None:
    told = figures(sure("a", "b", 0, 100))
    write_plans_pages(told, assessment.inputs, plans, tmp_path)
    for language in assessment.workspace.district.languages:
        page = (tmp_path / f"plans-{language}.html").read_text("utf-8")
        assert HOSTILE not in page
        assert page.count('<figure class="sketch">') == 2
        assert page.count('class="plan" d="M') == 1 + 1  # the link, and its sign in the legend
        assert page.count('class="spot" d="M') == 1 + 1  # the library, and its sign
    for style in ("styles/site.css", "styles/map.css"):
        assert (tmp_path / "assets" / style).is_file()
