"""What the map tells of seasons and departures, of stops, of what is uncertain, and why a way takes so long."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page
from watched import PHONE, Watch, address, until

import tesoma_geo as tg
from tesoma_geo.assessment.transit_analysis import TransitAnalysis
from tesoma_geo.render.figures.headline import headline_cutoff

VIEW = "tesoma.viewOf(tesoma.current)"
RESTED = "() => new Promise((done) => tesoma.whenIdle(() => requestAnimationFrame(done)))"
PICTURE = "() => [...document.querySelectorAll('.sheet canvas')].map((canvas) => canvas.toDataURL()).join()"
SHARES = "[...document.querySelectorAll('[data-tells^=band-]')].map((place) => place.textContent)"
#: Whether each step of the legend is hidden, and the residents of each.
STEPS = """() => {
    const { state, layers } = tesoma.current.tesoma;
    return [[...document.querySelectorAll('li.band')].map((row) => row.hidden), layers.cells.bands(state)];
}"""
#: Points at the middle of the home with the most residents.
AT_A_HOME = """() => {
    const map = tesoma.current, cells = map.tesoma.layers.cells, box = cells.quads.box;
    const i = 4 * cells.residents.indexOf(Math.max(...cells.residents));
    const middle = L.point((box[i] + box[i + 2]) / 2, (box[i + 1] + box[i + 3]) / 2);
    for (const key of tesoma.keys(map)) tesoma.toggle(map, key, key === 'cells');
    map.fire('click', { latlng: map.unproject(middle, tesoma.ZOOM) });
}"""


@pytest.fixture(scope="session")
def study(assessment: tg.Assessment) -> TransitAnalysis:
    study = assessment.transit_analysis
    assert study is not None
    return study


def picture(page: Page) -> str:
    page.evaluate(RESTED)
    drawn: str = page.evaluate(PICTURE)
    return drawn


def test_departures_are_walked_through_by_keyboard(
    site: Path, study: TransitAnalysis, assessment: tg.Assessment, watch: Watch
) -> None:
    watched = watch()
    page = watched.to(site / "by-transit-en.html")
    slider = page.get_by_label("Leaving home")
    usual, shares = picture(page), page.evaluate(SHARES)
    assert study.window[0].lstrip("0") in str(slider.get_attribute("aria-valuetext"))
    slider.focus()
    shares_then = []
    for clock in study.departure_clocks[:8]:
        page.keyboard.press("ArrowRight")
        assert str(slider.get_attribute("aria-valuetext")).startswith(f"Leaving at {clock.lstrip('0')}")
        assert page.locator(".map-departure output").inner_text() == slider.get_attribute("aria-valuetext")
        assert page.evaluate(VIEW)["departure"] == clock
        until(page, "document.querySelector('.map-moment').textContent.includes('leaving at')")
        drawn = picture(page)
        shares_then.append(page.evaluate(SHARES))
        hidden, residents_then = page.evaluate(STEPS)
        assert hidden == [not count for count in residents_then]
    assert drawn != usual
    # The sample's lines run by headways, so a quarter of an hour may tell what the whole window does.
    residents = assessment.origins["population"].to_numpy()
    nearest_s = 60 * min(assessment.workspace.access.cutoffs_min)
    for row, then in enumerate(shares_then):
        within = residents[study.departure_s[:, row] <= nearest_s].sum() / residents.sum()
        assert abs(float(then[0].rstrip("%")) - 100 * within) <= 1
    page.keyboard.press("Home")
    assert page.evaluate(VIEW)["departure"] == ""
    assert picture(page) == usual
    assert page.evaluate(SHARES) == shares
    assert watched.faults == []


def test_a_departure_tells_the_share_that_the_study_found(
    assessment: tg.Assessment, site: Path, study: TransitAnalysis, watch: Watch
) -> None:
    page = watch().to(site / "by-transit-en.html")
    clock, within = study.day.loc[5, ["clock", "within_30"]]
    page.evaluate(f"tesoma.setTime(tesoma.current, {{ departure: '{clock}' }})")
    told = page.locator(".map-departure output").inner_text()
    share = round(100 * within / assessment.summary["population_total"])
    assert told.startswith(f"Leaving at {clock.lstrip('0')}: {share}% of residents")


def test_the_address_keeps_departure_and_season(site: Path, study: TransitAnalysis, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.get_by_role("radio", name="Winter").check()
    page.get_by_role("radio", name="Public transport").check()
    assert not page.get_by_role("radio", name="Winter").is_visible()
    page.get_by_label("Leaving home").focus()
    page.keyboard.press("ArrowRight")
    clock = study.departure_clocks[0]
    assert f"departure={clock}" in address(page)
    assert "season=winter" in address(page)
    other = watch(PHONE)
    other.page.goto(address(page))
    until(other.page, "document.querySelectorAll('.ready .sheet canvas').length > 0")
    assert other.page.evaluate(VIEW)["departure"] == clock
    assert other.page.get_by_label("Leaving home").input_value() == "1"
    other.page.locator("input[name=profile][value=walk]").check()
    assert other.page.get_by_role("radio", name="Winter").is_checked()
    assert not other.page.get_by_label("Leaving home").is_visible()


@pytest.mark.parametrize("hash_text", ["#departure=25:99&season=autumn", "#departure=__proto__&season=constructor"])
def test_a_departure_that_there_is_not_changes_nothing(site: Path, watch: Watch, hash_text: str) -> None:
    watched = watch()
    watched.page.goto((site / "en.html").as_uri() + hash_text)
    until(watched.page, "document.querySelectorAll('.ready .sheet canvas').length > 0")
    view = watched.page.evaluate(VIEW)
    assert (view["departure"], view["season"]) == ("", "summer")
    assert watched.faults == []


def test_winter_takes_longer(assessment: tg.Assessment, site: Path, watch: Watch) -> None:
    page = watch().to(site / "by-walk-en.html")
    summer = picture(page)
    page.get_by_role("radio", name="Winter").check()
    assert picture(page) != summer
    shown = page.evaluate("Array.from(tesoma.current.tesoma.layers.cells.seconds(tesoma.current.tesoma.state))")
    usual = page.evaluate("Array.from(tesoma.current.tesoma.layers.cells.toHub.walk)")
    slower = np.array(shown) - np.array(usual)
    assert (slower >= 0).all()
    assert slower.max() > 60
    assert "snow and ice" in page.locator(".map-legend").inner_text()
    said = page.locator(".message")
    seasons, cutoff = assessment.summary["winter"]["profiles"]["walk"], f"{headline_cutoff(assessment):g}"
    there = [seasons[season]["population_within"][cutoff] for season in ("after", "before")]
    in_winter, in_summer = (f"{100 * count / assessment.summary['population_total']:.0f}%" for count in there)
    assert in_winter != in_summer
    assert said.inner_text().startswith(f"{in_winter} of residents")
    assert f"This is in winter, with snow and ice. Without snow it is {in_summer}." in said.inner_text()
    below = page.locator("[data-tells=below]")
    # It stands by the words that would else contradict the map.
    assert page.locator("#figures > h2 + [data-tells=below]").count() == 1
    assert below.inner_text() == (
        "The figures below are for times without snow, unless they say otherwise. No range was calculated for winter."
    )
    page.get_by_role("radio", name="Summer").check()
    assert not below.is_visible()
    assert in_winter not in said.inner_text()
    assert "winter" not in said.inner_text()


def test_a_home_tells_what_its_minutes_are_made_of(site: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to(site / "by-wheelchair-en.html")
    assert not page.locator(".map-why").is_visible()
    painters = page.evaluate("tesoma.current.tesoma.canvasLayer.painters.length")
    page.evaluate(AT_A_HOME)
    until(page, "!document.querySelector('.map-why').hidden")
    rows = page.locator(".map-why li").all_inner_texts()
    assert rows[0].startswith("Straight line")
    *parts, total = [
        float(row.split("\n")[1].removesuffix("\N{NO-BREAK SPACE}min").replace("+", "").replace("\N{MINUS SIGN}", "-"))
        for row in rows
    ]
    assert sum(parts) == pytest.approx(total, abs=0.05 * len(rows) + 0.05)
    page.evaluate(RESTED)
    assert page.evaluate("tesoma.current.tesoma.canvasLayer.painters.some((painter) => painter.from && painter.to)")
    assert painters > 0
    assert watched.faults == []


def test_what_is_uncertain_is_striped_when_it_is_asked_for(assessment: tg.Assessment, site: Path, watch: Watch) -> None:
    page = watch().to(site / "by-walk-en.html")
    usual, box = picture(page), page.get_by_label("Homes whose time is uncertain")
    assert not box.is_checked()
    assert not page.locator("[data-with=either_side]").is_visible()
    box.check()
    page.evaluate(RESTED)
    assert picture(page) != usual
    assert page.locator("[data-with=either_side]").is_visible()
    shown = page.evaluate("tesoma.current.tesoma.layers.cells.detail('walk').either.length")
    assert 0 < shown <= assessment.street_analysis.uncertain["walk"].origins["limit_uncertain"].sum()


def test_a_stop_tells_its_lines_and_how_often_they_go(site: Path, study: TransitAnalysis, watch: Watch) -> None:
    watched = watch()
    page = watched.to(site / "by-transit-en.html")
    until(page, "tesoma.current.tesoma.layers.stops.part(0) !== undefined")
    told = page.evaluate(
        """() => {
            const map = tesoma.current, stops = map.tesoma.layers.stops.part(0);
            for (const key of tesoma.keys(map)) tesoma.toggle(map, key, key === 'stops');
            const i = stops.lines.findIndex(Boolean);
            map.fire('click', { latlng: map.unproject([stops.xy[2 * i], stops.xy[2 * i + 1]], tesoma.ZOOM) });
            return [...document.querySelectorAll('.told > *')].map((line) => line.textContent);
        }"""
    )
    assert told[0] in set(study.stops["name"])
    assert " every " in told[1]
    assert told[2].startswith("Without a change: ")
    assert told[3].startswith("First ")
    assert watched.faults == []


def test_ways_of_moving_have_the_shares_of_the_season(site: Path, assessment: tg.Assessment, watch: Watch) -> None:
    watched = watch()
    page = watched.to(site / "en.html")
    shares = "[...document.querySelectorAll('.map-profile')].map((way) => way.querySelector('.share').textContent)"
    usual = page.evaluate(shares)
    page.get_by_label("Winter").check()
    until(page, f"{shares}.join() !== '{','.join(usual)}'")
    residents = assessment.origins["population"].to_numpy()
    for profile, summer, winter in zip(assessment.workspace.access.profiles, usual, page.evaluate(shares), strict=True):
        seconds = assessment.street_analysis.winter_s.get(profile)
        if seconds is None:
            # There is none for winter, and the tile says so.
            assert winter == f"{summer} (summer)", profile
        else:
            there = 100 * residents[seconds <= 15 * 60].sum() / residents.sum()
            assert abs(float(winter.rstrip("%")) - there) <= 2, profile
    page.get_by_role("radio", name="Summer", exact=True).check()
    until(page, f"{shares}.join() === '{','.join(usual)}'")
    assert watched.faults == []
