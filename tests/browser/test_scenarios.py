"""A scenario's page in a browser: the swipe, what is told on its two sides, for everyone, and safe."""

from dataclasses import replace
from pathlib import Path

import pytest
from injections import INJECTIONS
from watched import DESKTOP, PHONE, Watch, examined, until

import tesoma_geo as tg
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.scenarios.compare import compare
from tesoma_geo.scenarios.scenario import Scenario
from tests.assessed import folder_once

READY = "document.querySelectorAll('.ready .sheet canvas').length > 0"
# South of the railway, where the sample's plan saves most: lat, lon.
SOUTH = "61.5008, 23.6295"
# South of every home of the sample.
FAR_LAT = 61.4955


@pytest.fixture(scope="module")
def scenario_site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's plan for two ways of moving, with every injection in the names that a scenario has."""
    return folder_once(tmp_path_factory, "plan", lambda folder: write_plan(assessment, folder))


def write_plan(assessment: tg.Assessment, folder: Path) -> None:
    inputs = assessment.inputs
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk", "bicycle")})
    workspace = inputs.workspace.model_copy(update={"access": access, "targets": {}, "transit": None})
    profiles = tuple(profile for profile in inputs.profiles if profile.name in access.profiles)
    scenario = Scenario.load(workspace.path.with_name("scenario.toml"))
    (link,), (service,) = scenario.links, scenario.services
    everything = " ".join(INJECTIONS)
    names = dict.fromkeys(("fi", "sv", "en"), everything)
    links = link.model_copy(update={"tags": {**link.tags, "name": everything}})
    services = tuple(service.model_copy(update={"name": text}) for text in INJECTIONS)
    further = {"name": names, "text": names, "links": (links,), "costs": (), "services": services, "headways": ()}
    layers = replace(inputs, workspace=workspace, profiles=profiles, survey=None, timetable=None)
    comparison = compare(layers, scenario.model_copy(update=further), whole=True)
    write_site(comparison.before, folder, comparison=comparison, stills=False)


@pytest.fixture(scope="module")
def far_site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that is a service farther south than any home."""
    return folder_once(tmp_path_factory, "far_plan", lambda folder: write_far_plan(assessment, folder))


def write_far_plan(assessment: tg.Assessment, folder: Path) -> None:
    inputs = assessment.inputs
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk",)})
    workspace = inputs.workspace.model_copy(update={"access": access, "targets": {}, "transit": None})
    walk = tuple(profile for profile in inputs.profiles if profile.name == "walk")
    scenario = Scenario.load(workspace.path.with_name("scenario.toml"))
    far = scenario.services[0].model_copy(update={"name": "Far away", "lat": FAR_LAT})
    further = {"links": (), "costs": (), "services": (far,), "headways": ()}
    layers = replace(inputs, workspace=workspace, profiles=walk, survey=None, timetable=None)
    comparison = compare(layers, scenario.model_copy(update=further), whole=True)
    write_site(comparison.before, folder, comparison=comparison, stills=False)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_a_plan_changes_is_on_the_map_from_the_start_with_room_for_its_name(
    far_site: Path, watch: Watch, size: tuple[int, int]
) -> None:
    page = watch(size).to(far_site / "scenarios-en.html")
    until(page, READY)
    x, y, wide, high, first = page.evaluate(
        """() => {
            const map = tesoma.current, { xy } = map.tesoma.layers.changes, size = map.getSize();
            const at = map.latLngToContainerPoint(map.unproject([xy[0], xy[1]], tesoma.ZOOM));
            const { box } = map.tesoma.layers.cells.quads, tops = Array.from(box).filter((_, i) => i % 4 === 1);
            const top = map.latLngToContainerPoint(map.unproject([xy[0], Math.min(...tops)], tesoma.ZOOM));
            return [at.x, at.y, size.x, size.y, top.y];
        }"""
    )
    assert 30 < x < wide - 30, (x, y, wide, high, first)
    assert 40 < y < high - 40
    # The northernmost home is seen too.
    assert 0 < first < y


def test_names_lie_on_nothing_that_a_plan_changes(scenario_site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(scenario_site / "scenarios-en.html")
    until(page, READY)
    names, signs = page.evaluate(
        """() => {
            const map = tesoma.current, { names, changes } = map.tesoma.layers, state = map.tesoma.state;
            const context = document.createElement("canvas").getContext("2d");
            const scale = Math.pow(2, map.getZoom() - tesoma.ZOOM);
            const shown = names.place(context, map.getZoom(), state, map.tesoma.canvasLayer, []);
            return [shown.map(({ x, y, reach }) => [x, y, reach * scale]), changes.signBoxes(scale)];
        }"""
    )
    assert names
    assert signs
    for x, y, half in names:
        assert all(abs(x - at) >= half + wide or abs(y - down) >= 6 + high for at, down, wide, high in signs)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_names_of_what_changes_are_whole_and_the_hubs_name_lies_on_none_of_it(
    scenario_site: Path, watch: Watch, size: tuple[int, int]
) -> None:
    page = watch(size).to(scenario_site / "scenarios-en.html")
    until(page, READY)
    names, signs, hub, edges = page.evaluate(
        """() => {
            const map = tesoma.current, { changes, hub } = map.tesoma.layers, { state } = map.tesoma;
            const context = document.createElement("canvas").getContext("2d");
            const scale = Math.pow(2, map.getZoom() - tesoma.ZOOM), { min, max } = map.getPixelBounds();
            /* A short link right below the hub, and a place at the western edge. */
            const box = [hub.x, hub.y + 26 / scale, hub.x + 9 / scale, hub.y + 30 / scale];
            Object.assign(changes, { ofLine: [["link", "A link"]], lines: { length: 1, start: [0, 4], box, xy: box } });
            changes.ofPoint = [["service", "A name of some length"]];
            changes.xy = [(min.x + 40) / scale, hub.y - 120 / scale];
            const named = changes.named(context, scale, state).map(({ text, x, half }) => [text, x, half]);
            return [named, changes.signBoxes(scale), hub.boxes(context, scale, state)[1], [min.x, max.x]];
        }"""
    )
    assert all(
        abs(hub[0] - at) >= hub[2] + wide or abs(hub[1] - down) >= hub[3] + high for at, down, wide, high in signs
    )
    assert names
    beside = [(x, half) for text, x, half in names if text == "A name of some length"]
    assert all(edges[0] <= x - half and x + half <= edges[1] for x, half in beside if abs(x - edges[0] - 40) > 1)


def test_on_a_phone_all_of_a_plans_legend_is_above_its_map_and_its_search(scenario_site: Path, watch: Watch) -> None:
    page = watch(PHONE).to(scenario_site / "scenarios-en.html")
    until(page, READY)
    colours, search, sheet, signs = (
        page.locator(f"{where}:visible").first.bounding_box()
        for where in (".won-6", ".map-search input", "#map", ".plan-ringed")
    )
    assert colours is not None
    assert search is not None
    assert sheet is not None
    assert signs is not None
    assert colours["y"] < signs["y"] < search["y"] < sheet["y"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_the_page_is_for_everyone_and_runs_no_text(
    scenario_site: Path, watch: Watch, language: str, size: tuple[int, int], dark: bool
) -> None:
    watched = watch(size, dark=dark)
    page = watched.to(scenario_site / f"scenarios-{language}.html")
    until(page, READY)
    for summary in page.locator("summary:visible").all():
        summary.click()
    assert watched.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    # It asks for the style sheets once more, which the page does not allow: after the faults.
    results = examined(page)
    assert results.violations_count == 0, results.generate_report()


def test_each_side_of_the_swipe_tells_its_own_minutes(scenario_site: Path, watch: Watch) -> None:
    watched = watch(DESKTOP)
    page = watched.to(scenario_site / "scenarios-en.html")
    until(page, READY)
    page.get_by_label("Homes by travel time").check()
    page.evaluate("for (const key of ['changes', 'hub']) tesoma.toggle(tesoma.current, key, false)")
    told = {}
    for side, value in (("before", "100"), ("after", "0")):
        page.locator(".map-swipe input").fill(value)
        told[side] = page.evaluate(
            f"""() => {{
                tesoma.current.fire('click', {{ latlng: L.latLng({SOUTH}) }});
                return [...document.querySelectorAll('.told > *')].map((line) => line.textContent).join(' ');
            }}"""
        )
    assert "min" in told["before"]
    assert told["before"] != told["after"]
    assert watched.faults == []


def test_the_swipe_moves_by_keyboard(scenario_site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(scenario_site / "scenarios-en.html")
    until(page, READY)
    assert not page.locator(".map-swipe").is_visible()
    page.get_by_label("Homes by travel time").check()
    line = "document.querySelector('.swipe-line').style.left"
    assert page.evaluate(line) == "50%"
    page.get_by_role("slider").press("ArrowRight")
    assert page.evaluate(line) == "51%"


def test_other_pages_show_what_is_before_the_plan(scenario_site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(scenario_site / "en.html")
    until(page, READY)
    assert page.locator(".map-swipe").count() == 0
    assert page.evaluate("tesoma.current.tesoma.canvasLayers.map((layer) => layer.variant)") == ["before"]
    assert not page.get_by_label("What the plan changes").is_checked()


def test_minutes_won_and_lost_are_shown_first_and_are_those_of_both_sides(scenario_site: Path, watch: Watch) -> None:
    watched = watch(DESKTOP)
    page = watched.to(scenario_site / "scenarios-en.html")
    until(page, READY)
    assert page.get_by_role("radio", name="Minutes saved and lost").is_checked()
    assert page.get_by_text("at least 5 min quicker").is_visible()
    found = page.evaluate(
        """() => {
            const { layers, state } = tesoma.current.tesoma, { cells, cells_after, difference } = layers;
            const was = cells.seconds(state), is = cells_after.seconds(state), pairs = difference.pairs();
            return pairs.map((other, cell) => [difference.won(cell, state), other < 0 ? null : was[other] - is[cell]]);
        }"""
    )
    assert found
    assert all(won == less for won, less in found)
    assert any(won for won, _ in found)
    page.get_by_label("Homes by travel time").check()
    assert not page.get_by_text("at least 5 min quicker").is_visible()
    assert watched.faults == []


def test_other_pages_have_no_minutes_won_and_lost(scenario_site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(scenario_site / "en.html")
    until(page, READY)
    shown = page.evaluate("tesoma.current.hasLayer(tesoma.current.tesoma.layers.difference)")
    assert not shown
