"""Every figure leads to where it comes from, and there it is told."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.render.sections.traces import command_of
from tesoma_geo.render.text.catalogue import catalogue
from tesoma_geo.scenarios.compare import Comparison
from tests.figure_marks import unmarked

#: Pages that tell where figures come from, or how pages are used.
THEMSELVES = ("method", "accessibility", "designers", "embed")


@pytest.fixture(scope="module")
def site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced")
    write_site(assessment, folder, publication=published(assessment.inputs, who="tests"), stills=False)
    return folder


@pytest.fixture(scope="module")
def planned(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced_plan")
    write_site(comparison.before, folder, comparison=comparison, stills=False)
    return folder


@pytest.mark.parametrize("written", ["site", "planned"])
def test_every_mark_of_a_figure_leads_to_its_place_on_the_page_of_the_method(
    written: str, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(written)
    for language in ("fi", "sv", "en"):
        method = (site / f"method-{language}.html").read_text("utf-8")
        there = set(re.findall(r'id="(from-[^"]+)"', method))
        pages = [site / ("index.html" if language == "fi" else f"{language}.html")]
        pages += [page for page in site.glob(f"*-{language}.html") if page.name != f"embed-{language}.html"]
        for page in pages:
            text = page.read_text("utf-8")
            led = re.findall(rf'href="method-{language}\.html#(from-[^"]+)"', text)
            assert set(led) <= there, page.name
            if page.name.startswith(("index", "en.", "sv.", "by-", "figures-", "voices-", "theme-", "scenarios-")):
                assert led, page.name


@pytest.mark.parametrize(("written", "kinds"), [("site", 2 + 7 + 2), ("planned", 2 + 2 + 1)])
def test_no_figure_of_any_page_stands_without_a_mark(written: str, kinds: int, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(written)
    pages = [page for page in site.glob("*.html") if not page.name.startswith(THEMSELVES)]
    assert len(pages) >= 3 * kinds
    assert {page.name: told for page in pages if (told := unmarked(page.read_text("utf-8")))} == {}


def test_what_is_exempt_of_marks_is_found_by_its_place_alone() -> None:
    page = (
        '<main><p>7 homes</p><p class="note">8</p><ul><li>9</li><li>10 <a class="from"></a></li></ul>'
        '<div class="data-table"><p>11</p></div></main><p>12</p>'
    )
    assert unmarked(page) == ["7 homes"]


def test_values_stand_as_the_file_has_them(site: Path, assessment: tg.Assessment) -> None:
    summary = json.loads(json.dumps(assessment.summary))
    for language in ("fi", "sv", "en"):
        method = (site / f"method-{language}.html").read_text("utf-8")
        values = re.findall(r"<li><code>([^<:]+): ([^<]+)</code></li>", method)
        told = dict(values)
        assert len(told) > 60
        for where, plain in values:
            at = summary
            for key in where.split(" › "):
                at = at[key]
            assert str(at) == plain, where
        assert "profiles › walk › population_within › 15" in told
        assert "experience › profiles › walk › mean_added_min" in told


def test_the_answer_leads_to_its_own_value(site: Path) -> None:
    start = (site / "en.html").read_text("utf-8")
    answer = start[start.index('class="card message"') :].split("</div>")[0]
    assert 'href="method-en.html#from-by-walk"' in answer
    method = (site / "method-en.html").read_text("utf-8")
    assert "profiles › walk › population_within › 15" in method[method.index('id="from-by-walk"') :].split("<dt")[0]


@pytest.mark.parametrize(
    ("written", "command"),
    [
        ("site", "tesoma-geo run --workspace tesoma.toml"),
        ("planned", "tesoma-geo scenario scenario.toml --workspace tesoma.toml"),
    ],
)
def test_where_a_mark_leads_file_layers_with_dates_and_command_are_told(
    written: str, command: str, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(written)
    for language in ("fi", "sv", "en"):
        entries = _entries(site, language)
        assert len(entries) > 10
        for key, told in entries.items():
            assert f"<code>{command}</code>" in told, key
            assert told.index("<code>") < told.index(command), key
            layers = catalogue(language)("from.layers", layers="")
            assert (layers in told) == (key not in ("assumptions", "sources")), key


def test_layers_are_those_that_the_figure_follows_from(site: Path) -> None:
    entries = _entries(site, "en")
    journey = {"Streets", "Residents 2020", "Elevation", "District", "Water"}
    layers = {key: _layers(told) for key, told in entries.items()}
    assert layers["by-wheelchair"] == journey
    assert layers["by-car"] == journey - {"Elevation"}  # its speed is the same uphill
    of_bus = "Public transport 1 January 2026–31 December 2026"
    assert layers["by-transit"] == layers["connections"] == layers["reach"] == journey | {of_bus}
    assert layers["services"] == journey | {of_bus, "Services"}
    assert layers["sure"] == journey
    assert layers["winter"] == journey | {"Winter maintenance"}
    assert layers["voices"] == {"District", "Residents’ answers"}
    assert layers["lived"] == journey | {"Residents’ answers"}
    # A day of a file is told as such, and that no day is known.
    walking = entries["by-walk"]
    assert "District, Water (the file was made on 2 January 2026)" in walking
    assert "Streets, Elevation (date not known)" in walking


def test_the_command_names_files_as_a_shell_takes_them(assessment: tg.Assessment) -> None:
    moved = assessment.workspace.model_copy(update={"path": Path("elsewhere/our town.toml")})
    ours = replace(assessment, inputs=assessment.inputs.with_workspace(moved))
    assert command_of(ours) == "tesoma-geo run --workspace 'our town.toml'"


def _entries(site: Path, language: str) -> dict[str, str]:
    """Key → what is told where a mark leads."""
    method = (site / f"method-{language}.html").read_text("utf-8").replace("\u00a0", " ")
    method = re.sub(r"</?span[^>]*>", "", method)
    return {
        key: told.split("</dd>")[0]
        for key, told in re.findall(r'<dt id="from-([^"]+)"[^>]*>.*?</dt>(.*?</dd>)', method, re.DOTALL)
    }


def _layers(told: str) -> set[str]:
    """Names, with the day where the data has one."""
    listed = re.sub(r" \([^)]*\)", "", told.partition("Data: ")[2].split("<br>")[0])
    return {name for part in listed.split("; ") for name in part.split(", ")}
