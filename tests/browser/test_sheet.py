"""The answer on a phone: a sheet over the map's foot, seen with the way, opened for the rest."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from test_home import COVERED
from test_touch import swipe
from watched import DESKTOP, PHONE, Watch, until

import tesoma_geo as tg
from tesoma_geo.render.pages.write import write_single

SEARCH = "document.querySelector('.map-search').getBoundingClientRect().toJSON()"
HEAD, REST = ".answer-told", ".answer-rest"
SETTLED = "() => new Promise((done) => tesoma.whenIdle(() => requestAnimationFrame(done)))"
#: How far the map or the sheet's head lies beyond the screen, in pixels.
BEYOND = """() => {
    const boxes = [tesoma.current.getContainer(), document.querySelector('.answer-told')]
        .map((one) => one.getBoundingClientRect());
    return Math.max(0, ...boxes.flatMap(({ top, bottom }) => [-top, bottom - innerHeight]));
}"""  # fmt: skip
#: The lowest home that is seen of the map, as a place of the screen.
LOW_HOME = """() => {
    const map = tesoma.current, { box, length } = map.tesoma.layers.cells.quads;
    const edge = map.getContainer().getBoundingClientRect();
    const homes = Array.from({ length }, (_, i) => {
        const middle = [(box[4 * i] + box[4 * i + 2]) / 2, (box[4 * i + 1] + box[4 * i + 3]) / 2];
        return map.latLngToContainerPoint(map.unproject(middle, tesoma.ZOOM)).add([edge.left, edge.top]);
    });
    const foot = Math.min(innerHeight, edge.bottom) - 12;
    const seen = homes.filter(({ x, y }) => x > edge.left + 110 && x < edge.right - 8 && y < foot);
    const { x, y } = seen.sort((one, other) => other.y - one.y)[0];
    return [x, y];
}"""  # fmt: skip
ROWS = "[...document.querySelectorAll('.home-times li')].map((row) => [...row.children].map((one) => one.textContent))"


@pytest.fixture
def street(assessment: tg.Assessment) -> str:
    """A street whose name no other begins with."""
    names = sorted(set(assessment.streets["name"].dropna()))
    return next(one for one in names if len(one) > 8 and one.isalpha() and sum(one[:7] in name for name in names) == 1)


def answered(page: Page, street: str) -> Page:
    """A page on which the street was typed and pressed in the list, in any language."""
    page.locator("#map-search").fill(street)
    until(page, "tesoma.current.tesoma.layers.places.all() !== undefined")
    page.locator("#map-search").fill(street)
    page.locator(".map-found button").first.click()
    until(page, "document.querySelectorAll('.answer-way').length > 0")
    page.evaluate(SETTLED)  # intervals come after the minutes
    return page


@pytest.mark.parametrize("start", ["index.html", "sv.html", "en.html", "by-transit-en.html"])
def test_map_way_and_all_minutes_are_on_one_screen(
    assessment: tg.Assessment, site: Path, watch: Watch, street: str, start: str
) -> None:
    watched = watch(PHONE)
    page = watched.to(site / start)
    answered(page, street)
    assert page.evaluate(BEYOND) == 0
    assert page.evaluate(COVERED) == 0
    assert not page.locator(REST).is_visible()
    # The way that the map shows first, with its interval; of the others the minutes that the whole list tells.
    times = dict(page.evaluate(ROWS))
    assert len(times) == len(assessment.workspace.access.profiles)
    first, *others = [text.replace("\N{NO-BREAK SPACE}", " ") for text in page.locator(".answer-way").all_inner_texts()]
    shown = page.evaluate("tesoma.current.tesoma.state.words.profiles[tesoma.current.tesoma.state.profile].profile")
    assert first == f"{shown} {times[shown]}".replace("\N{NO-BREAK SPACE}", " ")
    bare = {f"{name} {time.partition(chr(0xA0) + 'min')[0]}" for name, time in times.items() if name != shown}
    assert {text.replace("\N{NO-BREAK SPACE}", " ") for text in bare} == set(others)
    head = page.locator(HEAD).bounding_box()
    assert head is not None
    assert head["height"] < 152, "the street has two lines, and seven ways of moving take three at most"
    assert page.locator(f"{HEAD} .answer-here").inner_text().startswith(street)
    search = page.evaluate(SEARCH)
    assert search["bottom"] <= 0 or search["top"] >= 0, "all of it is seen, or none"
    assert watched.faults == []


def test_its_head_opens_the_rest_by_press_key_and_pull(site: Path, watch: Watch, street: str) -> None:
    watched = watch(PHONE)
    page = answered(watched.to(site / "en.html"), street)
    head, rest = page.locator(HEAD), page.locator(REST)
    # Who goes on with keys, or by ear, goes on at the answer.
    assert head.evaluate("(one) => one === document.activeElement")
    assert head.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-expanded") == "true"
    assert rest.is_visible()
    assert (page.locator(".answer-less").is_visible(), page.locator(".answer-more").is_visible()) == (True, False)
    assert page.locator(".home-nearest li").first.is_visible()
    sheet = page.locator(".map-answer").bounding_box()
    assert sheet is not None
    assert sheet["height"] <= 0.75 * PHONE[1] + 1
    assert sheet["y"] + sheet["height"] <= PHONE[1] + 1
    page.keyboard.press("Escape")
    assert not rest.is_visible()
    assert head.get_attribute("aria-expanded") == "false"
    assert head.evaluate("(one) => one === document.activeElement")
    # Nobody is kept in it.
    page.keyboard.press("Tab")
    assert not page.locator(".map-answer").evaluate("(one) => one.contains(document.activeElement)")
    box = head.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    swipe(page, ((x, y), (x, y - 120)))
    until(page, "document.querySelector('.map-answer.open') !== null")
    box = head.bounding_box()
    assert box is not None
    swipe(page, ((x, box["y"] + 20), (x, box["y"] + 160)))
    until(page, "document.querySelector('.map-answer.open') === null")
    head.click()
    assert rest.is_visible()
    assert watched.faults == []


def test_it_rests_below_the_map_and_nothing_of_it_moves(site: Path, watch: Watch, street: str) -> None:
    page = answered(watch(PHONE).to(site / "en.html"), street)
    page.locator(HEAD).click()
    assert page.evaluate("document.querySelector('.map-answer').getAnimations({ subtree: true }).length") == 0
    page.locator(".map-tools").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 400)")
    ends = page.evaluate(
        "['#map', '.map-answer'].map((one) => document.querySelector(one).getBoundingClientRect())"
        ".map((box) => [box.top, box.bottom])"
    )
    assert ends[1][0] >= ends[0][1] - 1, "it lies over nothing once the map is scrolled past"


def test_a_home_that_is_pressed_does_not_lie_below_it(site: Path, watch: Watch) -> None:
    page = watch(PHONE).to(site / "en.html")
    page.locator("#map").evaluate("(map) => map.scrollIntoView({ block: 'end' })")
    page.touchscreen.tap(*page.evaluate(LOW_HOME))
    until(page, "document.querySelectorAll('.answer-way').length > 0")
    lowest = page.locator(".leaflet-tooltip").bounding_box()
    sheet = page.locator(".map-answer").bounding_box()
    assert lowest is not None
    assert sheet is not None
    assert lowest["y"] + lowest["height"] <= sheet["y"]
    assert sheet["y"] + sheet["height"] <= PHONE[1] + 1, "the minutes are seen at once"


def test_in_one_file_it_answers_and_another_page_has_none(
    assessment: tg.Assessment, watch: Watch, street: str, tmp_path: Path
) -> None:
    write_single(assessment, tmp_path / "all.html")
    watched = watch(PHONE)
    page = answered(watched.to(tmp_path / "all.html"), street)
    assert page.evaluate(BEYOND) == 0
    page.locator(HEAD).click()
    assert page.locator(".home-nearest li").first.is_visible()
    page.evaluate("location.hash = 'page=method-en.html'")
    until(page, "document.querySelector('.map-answer') === null")
    page.keyboard.press("Escape")
    assert watched.faults == []


def test_on_a_desk_the_answer_stands_below_the_map_as_a_whole(site: Path, watch: Watch, street: str) -> None:
    page = answered(watch(DESKTOP).to(site / "en.html"), street)
    assert not page.locator(HEAD).is_visible()
    assert page.locator(".home-nearest li").first.is_visible()
    answer, credited = page.locator(".map-answer").bounding_box(), page.locator(".map-credits").bounding_box()
    assert answer is not None
    assert credited is not None
    assert answer["y"] >= credited["y"] + credited["height"], "whose data stands by the map"
