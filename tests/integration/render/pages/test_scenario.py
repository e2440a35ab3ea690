"""The page of a scenario: there when there is one, in every language, true to the figures, safe."""

from dataclasses import replace
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.render.pages.scenario import change_lines
from tesoma_geo.render.pages.write import write_single, write_site
from tesoma_geo.render.sections.registry import scenario_sections
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison, compare
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workspace import LANGUAGES, Language

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def comparison(assessment: tg.Assessment) -> Comparison:
    """The sample's plan with names that nobody should trust, for two ways of moving."""
    inputs = assessment.inputs
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk", "car")})
    workspace = inputs.workspace.model_copy(update={"access": access, "targets": {}, "transit": None})
    profiles = tuple(profile for profile in inputs.profiles if profile.name in access.profiles)
    scenario = Scenario.load(workspace.path.with_name("scenario.toml"))
    (link,) = scenario.links
    hostile = scenario.model_copy(
        update={
            "name": dict.fromkeys(LANGUAGES, HOSTILE),
            "links": (link.model_copy(update={"tags": {**link.tags, "name": HOSTILE}}),),
            "services": tuple(service.model_copy(update={"name": HOSTILE}) for service in scenario.services),
            "headways": (),
        }
    )
    return compare(replace(inputs, workspace=workspace, profiles=profiles, survey=None, timetable=None), hostile)


def test_the_page_is_there_when_there_is_a_comparison(comparison: Comparison, tmp_path: Path) -> None:
    write_site(comparison.before, tmp_path / "with", comparison=comparison, stills=False)
    write_site(comparison.before, tmp_path / "without", stills=False)
    for language in LANGUAGES:
        name = f"scenarios-{language}.html"
        page = (tmp_path / "with" / name).read_text("utf-8")
        assert page.count('class="map-swipe"') == 1
        assert f'href="{name}"' in (tmp_path / "with" / f"method-{language}.html").read_text("utf-8")
        assert not (tmp_path / "without" / name).exists()
        assert name not in (tmp_path / "without" / f"method-{language}.html").read_text("utf-8")


def test_names_of_the_scenario_stay_text(comparison: Comparison, tmp_path: Path) -> None:
    write_site(comparison.before, tmp_path / "site", comparison=comparison, stills=False)
    write_single(comparison.before, tmp_path / "single.html", comparison=comparison)
    page = (tmp_path / "site" / "scenarios-en.html").read_text("utf-8")
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;" in page
    written = [path for path in tmp_path.rglob("*") if path.suffix in (".html", ".js") and "vendor" not in path.parts]
    assert [path.name for path in written if "<img src=x" in path.read_text("utf-8")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_page_tells_is_what_was_counted(comparison: Comparison, language: Language) -> None:
    text = catalogue(language)
    assert len(list(change_lines(comparison, text))) == 3
    sections = {section.key: section for section in scenario_sections(comparison, text)}
    assert set(sections) == {"gains", "before-after", "by-area", "by-age", "services"}
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
    sections = scenario_sections(still, catalogue("en"))
    assert [section.key for section in sections] == ["gains", "before-after"]
    assert sections[0].short.startswith("Nobody")
