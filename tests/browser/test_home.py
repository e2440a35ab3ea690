"""A reader's own home: found by its street, told by every way of moving, kept in the address, sent nowhere."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import shapely
from playwright.sync_api import Page
from watched import DESKTOP, PHONE, Watch, until

import tesoma_geo as tg
from tesoma_geo.crs import to_metric, to_wgs84
from tesoma_geo.render.figures import home_cells

SEARCH = "Street or service"
#: The way of a home is among what is painted.
DRAWN = "tesoma.current.tesoma.canvasLayers[0].painters.some((painter) => painter.trace)"

#: How many of home and hub lie under a button, the scale or what is told of the way.
COVERED = """() => {
    const map = tesoma.current;
    const what = '.leaflet-tooltip, .leaflet-bar, .leaflet-control-scale, .map-answer';
    const over = Array.from(document.querySelectorAll(what),
        (one) => one.getBoundingClientRect());
    const edge = map.getContainer().getBoundingClientRect(), { hub } = map.tesoma.layers;
    const ends = [map.tesoma.state.home, map.unproject([hub.x, hub.y], tesoma.ZOOM)];
    const at = ends.map((end) => map.latLngToContainerPoint(end).add([edge.left, edge.top]));
    const hides = (x, y) => (box) => x > box.left && x < box.right && y > box.top && y < box.bottom;
    return at.filter(({ x, y }) => over.some(hides(x, y))).length;
}"""


@pytest.fixture
def street(assessment: tg.Assessment) -> str:
    """A street whose name no other begins with."""
    names = sorted(set(assessment.streets["name"].dropna()))
    return next(one for one in names if len(one) > 8 and one.isalpha() and sum(one[:7] in name for name in names) == 1)


def found(page: Page, text: str) -> list[str]:
    page.get_by_label(SEARCH).fill(text)
    until(page, "tesoma.current.tesoma.layers.places.all() !== undefined")
    page.get_by_label(SEARCH).fill(text)
    return page.locator(".map-found button").all_inner_texts()


def test_a_home_is_told_of_by_every_way_of_moving(
    assessment: tg.Assessment, site: Path, watch: Watch, street: str
) -> None:
    watched = watch(PHONE)
    page = watched.to(site / "en.html")
    assert found(page, street)[0].startswith(street)
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.home-nearest li').length > 0")
    ways = page.locator(".home-times li span:first-child").all_inner_texts()
    assert len(ways) == len(assessment.workspace.access.profiles)
    nearest = page.locator(".home-nearest li span:last-child").all_inner_texts()
    assert all("min" in text for text in nearest)
    minutes = [int(text.split()[0]) for text in nearest]
    assert minutes == sorted(minutes)
    # The way is seen to its end.
    assert page.evaluate("""() => {
        const map = tesoma.current, home = map.project(map.tesoma.state.home, tesoma.ZOOM);
        return map.getBounds().contains(map.unproject(map.tesoma.layers.hub.nearest(home), tesoma.ZOOM));
    }""")
    # With the interval of the same home.
    until(page, "/min \\(\\d+–\\d+\\)/.test(document.querySelector('.home-times').textContent)")
    assert "home=" in page.url
    assert watched.faults == []


def test_who_shares_the_address_shares_the_home(site: Path, watch: Watch, street: str) -> None:
    page = watch(PHONE).to(site / "en.html")
    found(page, street)
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.home-nearest li').length > 0")
    told, address = page.locator(".home-times").inner_text(), page.url
    other = watch(PHONE)
    there = other.page
    there.goto(address)
    until(there, "document.querySelectorAll('.home-nearest li').length > 0")
    assert there.locator(".home-times").inner_text() == told
    assert other.faults == []


def test_a_slip_of_the_finger_is_forgiven(site: Path, watch: Watch, street: str) -> None:
    page = watch().to(site / "en.html")
    swapped = street[:3] + street[4] + street[3] + street[5:]
    for text in (
        street.lower(),
        street.upper(),
        street[:-1],
        street[:4] + street[5:],
        street[:4] + "x" + street[5:],
        swapped,
    ):
        assert any(one.startswith(street) for one in found(page, text)), text


def test_another_name_is_not_told_as_a_match(site: Path, watch: Watch, street: str) -> None:
    page = watch(PHONE).to(site / "en.html")
    slip = street[:4] + "x" + street[5:]
    status = page.locator(".map-search [role=status]")
    found(page, slip)
    assert status.inner_text() == "No such name is on the map. Did you mean:"
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.home-nearest li').length > 0")
    assert status.inner_text().startswith(f"{slip} is not on the map: this is {street}")
    # What is told of the way stands in a corner, over neither the home nor the hub, and no button does.
    covered = page.evaluate(COVERED)
    assert covered == 0
    # How many live there is no answer to whoever asks for the own home.
    told = page.locator(".leaflet-tooltip").inner_text()
    assert "back home" in told
    assert "in this square" not in told
    key = page.locator(".map-lines")
    assert "solid line is the way" in key.inner_text()
    assert "counted from the middle of the square" in key.inner_text()
    assert key.bounding_box()["y"] < page.locator(".map-credits").bounding_box()["y"], "beneath the map"
    assert "most likely range" in page.locator(".map-home").inner_text()
    # By public transport the ride is drawn, or it is said that walking is as quick.
    page.evaluate("tesoma.choose(tesoma.current, 'transit')")
    until(page, "/the ride|walking/i.test(document.querySelector('.map-lines').textContent)")
    drawn = page.evaluate(
        """() => {
            const { cells } = tesoma.current.tesoma.layers;
            const at = cells.cellNear(tesoma.current.project(tesoma.current.tesoma.state.home, tesoma.ZOOM), 1e9);
            return cells.legs('transit', at).length > 1;
        }"""
    )
    assert ("the ride" in key.inner_text()) == drawn


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_nothing_lies_over_a_home_at_the_edge_of_the_map(site: Path, watch: Watch, size: tuple[int, int]) -> None:
    page = watch(size).to(site / "by-transit-en.html")
    page.evaluate("tesoma.current.tesoma.layers.cells.detail('transit')")
    until(page, "tesoma.current.tesoma.layers.cells.detail('transit') !== undefined")
    for side, last in ((0, False), (1, False), (2, True), (3, True)):
        page.evaluate(
            """([side, last]) => {
                const map = tesoma.current, { box, length } = map.tesoma.layers.cells.quads;
                const order = Array.from({ length }, (_, i) => i).sort((a, b) => box[4 * a + side] - box[4 * b + side]);
                const i = 4 * order[last ? length - 1 : 0];
                const middle = [(box[i] + box[i + 2]) / 2, (box[i + 1] + box[i + 3]) / 2];
                tesoma.lookAtHome(map, map.unproject(middle, tesoma.ZOOM));
            }""",
            [side, last],
        )
        assert page.evaluate("document.querySelector('.leaflet-tooltip') !== null")
        assert page.evaluate(COVERED) == 0, side
        assert page.evaluate("tesoma.current.getBounds().contains(tesoma.current.tesoma.state.wayBounds)"), side


def test_an_answer_is_one_sheet_with_from_where_to_where_and_how_long(
    site: Path, watch: Watch, street: str, tmp_path: Path
) -> None:
    page = watch(PHONE).to(site / "en.html")
    found(page, street)
    page.keyboard.press("Enter")
    until(page, "/min \\(\\d+–\\d+\\)/.test(document.querySelector('.home-answer').textContent)")
    title = page.locator(".home-answer").text_content() or ""
    assert title.startswith(f"Walking: {street}, ")
    assert "→" in title
    assert not page.locator(".home-answer").is_visible(), "on paper alone"
    # Which line to take, wherever somebody rides.
    page.evaluate("tesoma.current.fire('tesoma:arrived')")
    rides = page.locator(".home-rides").inner_text()
    assert rides == "" or (rides.startswith("Walk ") and "Line " in rides and "get off at" in rides)
    page.evaluate(
        """() => addEventListener("beforeprint", () => {
            const map = tesoma.current, { home, wayBounds } = map.tesoma.state;
            window.kept = map.getBounds().contains(wayBounds) && map.getBounds().contains(home);
        })"""
    )
    sheet = tmp_path / "answer.pdf"
    page.pdf(path=sheet, format="A4", margin=dict.fromkeys(("top", "left", "right", "bottom"), "12mm"))
    assert page.evaluate("window.kept"), "the whole way is on the sheet"
    with pikepdf.open(sheet) as printed:
        assert len(printed.pages) == 1
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True, check=True).stdout
        assert " ".join(title.split()) in " ".join(told.split())
        assert "residents can walk" not in " ".join(told.split()), "the district's figures are not this reader's"


def test_an_area_is_shown_whole_and_asks_for_the_street(site: Path, watch: Watch) -> None:
    page = watch(PHONE).to(site / "en.html")
    area = page.evaluate("tesoma.current.tesoma.layers.cells.areas.find(Boolean)")
    assert found(page, area)[0] == f"{area} (the whole area)"
    page.keyboard.press("Enter")
    assert "Type your street" in page.locator(".map-search [role=status]").inner_text()
    assert not page.locator(".map-home").is_visible()
    # Nothing of it stays beside the reader's own place.
    page.evaluate("tesoma.current.fire('locationerror', {})")
    assert page.locator("#map-search").input_value() == ""
    assert "whole area" not in page.locator(".map-search").inner_text()


def test_the_line_begins_where_the_way_comes_nearest_to_the_pin(site: Path, watch: Watch, street: str) -> None:
    page = watch(PHONE).to(site / "en.html")
    found(page, street)
    page.keyboard.press("Enter")
    until(page, DRAWN)
    away = page.evaluate(
        """() => {
            const map = tesoma.current, { x, y } = map.project(map.tesoma.state.home, tesoma.ZOOM);
            const way = map.tesoma.canvasLayers[0].painters.find((painter) => painter.trace);
            return Math.hypot(way.from.x - x, way.from.y - y);
        }"""
    )
    assert away < 1


def test_walks_to_a_ride_and_from_it_follow_the_streets(assessment: tg.Assessment, site: Path, watch: Watch) -> None:
    study = assessment.transit_analysis
    assert study is not None
    grid = home_cells.Grid.of(assessment.origins, assessment.workspace.population.cell_m)
    legs = study.legs[grid.first]
    cell = max(range(len(legs)), key=lambda one: legs[one][0].length if len(legs[one]) > 1 else 0.0)
    walked = legs[cell][::2]
    page = watch(PHONE).to(site / "by-transit-en.html")
    page.evaluate(
        """([lng, lat]) => {
            const map = tesoma.current;
            map.fire("click", { latlng: L.latLng(lat, lng) });
            const way = () => map.tesoma.canvasLayers[0].painters.find((painter) => painter.trace);
            window.dashed = () => way().lines("transit").dashed.map((line) => line.map(({ x, y }) => {
                const at = map.unproject([x, y], tesoma.ZOOM);
                return [at.lng, at.lat];
            }));
        }""",
        [float(one) for one in to_wgs84(*shapely.centroid(grid.squares[cell]).coords[0], str(assessment.origins.crs))],
    )
    until(page, "document.querySelector('.map-lines').textContent !== ''")
    until(page, DRAWN)
    lines = [shapely.LineString(np.column_stack(to_metric(*np.transpose(line), str(assessment.origins.crs))))
             for line in page.evaluate("window.dashed()")]  # fmt: skip
    assert len(lines) == len(walked) > 1
    # Between the pin and the vehicle, or two vehicles, lie the points of the walk; a pixel is 0.3 m.
    for line, walk in zip(lines, walked, strict=True):
        along = shapely.points(line.coords[1 : None if walk is walked[-1] else -1])
        assert shapely.distance(walk, along).max() < 0.5
        assert shapely.distance(along[-1], shapely.get_point(walk, -1)) < 0.5
    assert shapely.LineString(lines[-1].coords[1:]).length == pytest.approx(walked[-1].length, abs=2.0)
    assert lines[0].length == pytest.approx(walked[0].length, rel=0.1)
    # So many minutes as the walks that are drawn.
    until(page, "document.querySelector('.home-rides').textContent !== ''")
    told = page.locator(".home-rides").text_content() or ""
    minutes = [max(1, int(seconds / 60 + 0.5)) for seconds in study.walked_s[grid.first][cell]]
    assert [int(one) for one in re.findall(r"Walk (\d+)\u00a0min\.", told)] == minutes
    key = page.locator(".map-lines")
    assert "along the streets" in key.inner_text()
    assert "straight" not in key.inner_text()
    # What is not known is said.
    page.evaluate(
        """() => {
            const { cells } = tesoma.current.tesoma.layers, { legs } = cells;
            cells.legs = (...asked) => legs.apply(cells, asked).with(0, []);
            tesoma.current.fire("tesoma:arrived");
        }"""
    )
    assert "drawn as a straight line" in key.inner_text()
    assert len(page.evaluate("window.dashed()")[0]) == 2


def test_a_number_that_the_map_lacks_is_said(site: Path, watch: Watch, street: str) -> None:
    page = watch().to(site / "en.html")
    found(page, f"{street} 7 B")
    page.keyboard.press("Enter")
    assert "7 B" in page.locator(".map-search [role=status]").inner_text()


@pytest.mark.parametrize(
    ("sought", "word", "slips"),
    [
        ("tesoma", "tesomankatu", 0),
        ("tesmoa", "tesomankatu", 1),
        ("tesma", "tesoma", 1),
        ("tessoma", "tesoma", 1),
        ("kaari", "tesoma", None),
    ],
)
def test_slips_are_counted(site: Path, watch: Watch, sought: str, word: str, slips: int | None) -> None:
    page = watch().to(site / "en.html")
    counted = page.evaluate(
        "([sought, word]) => { const n = tesoma.slips(sought, word, 1); return n === Infinity ? null : n; }",
        [sought, word],
    )
    assert counted == slips


ON_STREET = "from one point on the street"
#: Where the answer tells of the street: the head of the sheet, the list of ways, the tip on the map.
TOLD_OF = """['.answer-here', '.home-place', '.leaflet-tooltip.apart'].map(
    (one) => (document.querySelector(one) || {}).textContent || '')"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_of_a_street_it_is_told_that_one_point_is_meant(
    site: Path, watch: Watch, street: str, size: tuple[int, int]
) -> None:
    page = watch(size).to(site / "en.html")
    found(page, street)
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.home-nearest li').length > 0")
    assert all(ON_STREET in told for told in page.evaluate(TOLD_OF))
    seen = page.locator(".answer-here, .leaflet-tooltip.apart .on-street")
    assert [one.is_visible() for one in seen.all()].count(True) == 1, "once, where it is read first"
    # Neither of a place beside it, as a device tells it, nor of a house number, nor of a square that is pressed.
    page.evaluate(
        """() => {
            const map = tesoma.current, { lat, lng } = map.tesoma.state.home;
            tesoma.lookAtHome(map, [lat + 1e-4, lng]);
        }"""
    )
    assert not any(ON_STREET in told for told in page.evaluate(TOLD_OF))
    page.evaluate(
        """() => {
            const map = tesoma.current, { places } = map.tesoma.layers, street = places.all()[0];
            street.numbers.push({ number: "7", x: street.x + 40, y: street.y });
            tesoma.lookAtHome(map, map.unproject([street.x + 40, street.y], tesoma.ZOOM));
        }"""
    )
    here, place, tip = page.evaluate(TOLD_OF)
    assert here.split(",")[0].endswith(" 7")
    assert here == place
    assert ON_STREET not in here + place + tip
    page.evaluate(
        """() => {
            const map = tesoma.current, street = map.tesoma.layers.places.all()[0];
            map.fire("click", { latlng: map.unproject([street.x, street.y], tesoma.ZOOM) });
        }"""
    )
    assert not any(ON_STREET in told for told in page.evaluate(TOLD_OF))


def test_the_tip_on_the_map_tells_the_interval_of_the_list(site: Path, watch: Watch, street: str) -> None:
    page = watch(DESKTOP).to(site / "en.html")
    found(page, street)
    page.keyboard.press("Enter")
    until(page, "/min \\(\\d+–\\d+\\) to /.test(document.querySelector('.leaflet-tooltip').textContent)")
    first = page.locator(".leaflet-tooltip strong").inner_text()
    assert first.startswith(page.locator(".home-times li span:last-child").first.inner_text() + " to ")
    # A square that is pointed at, too.
    page.evaluate("tesoma.current.fire('mousemove', { latlng: tesoma.current.tesoma.state.home })")
    assert page.locator(".leaflet-tooltip strong").inner_text() == first


def test_beside_the_map_each_way_of_moving_has_the_minutes_from_home(site: Path, watch: Watch, street: str) -> None:
    page = watch(DESKTOP).to(site / "en.html")
    beside = page.locator(".map-profile .share, .share-note")
    of_residents = beside.all_inner_texts()
    found(page, street)
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.map-frame').classList.contains('answered')")
    until(page, "/min \\(\\d+–\\d+\\)/.test(document.querySelector('.home-times').textContent)")
    from_home = [told.split(",")[0] for told in page.locator(".home-times li span:last-child").all_inner_texts()]
    assert beside.all_inner_texts() == [*from_home, "Travel time from the place you chose"]
    assert page.locator(".map-profile .bar").first.is_hidden()
    # By another way of moving they stay, and whoever gets the address sees them.
    page.locator(".map-profile input").nth(2).check()
    assert beside.all_inner_texts()[:-1] == from_home
    until(page, "location.hash.includes('home=')")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    until(page, "document.querySelector('.map-frame').classList.contains('answered')")
    assert beside.all_inner_texts()[:-1] == from_home
    # Another place that is pressed on the map has its answer below it alone.
    page.evaluate("tesoma.current.fire('click', { latlng: tesoma.current.getBounds().getNorthWest() })")
    assert beside.all_inner_texts() == of_residents


def test_where_no_ride_is_quicker_it_is_told_that_walking_is(site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(site / "by-transit-en.html")
    page.evaluate("tesoma.current.tesoma.layers.cells.answers('transit')")
    until(page, "tesoma.current.tesoma.layers.cells.answers('transit') !== undefined")
    rows = page.evaluate(
        """() => {
            const map = tesoma.current, { cells } = map.tesoma.layers, { xy, start } = cells.quads;
            const { rides } = cells.answers("transit"), words = "walking is quickest";
            const middle = (cell) => [0, 1].map((axis) => (xy[start[cell] + axis] + xy[start[cell] + 4 + axis]) / 2);
            const reached = [...cells.toHub.transit.keys()].filter((cell) => cells.toHub.walk[cell] >= 0);
            return reached.map((cell) => {
                map.fire("click", { latlng: map.unproject(middle(cell), tesoma.ZOOM) });
                const told = (one) => one.textContent.includes(words), [x, y] = middle(cell);
                const tip = cells.at({ x, y }, 0, map.tesoma.state)[0].includes(words);
                const few = told(document.querySelector(".answer-times"));
                const listed = [...document.querySelectorAll(".home-times li")].filter(told);
                const ridden = rides.texts[rides.of[cell]].length > 0;
                return [ridden, tip, few, listed.map((one) => one.firstChild.textContent)];
            });
        }"""
    )
    assert {ridden for ridden, *_ in rows} == {True, False}
    for ridden, tip, few, listed in rows:
        assert (tip, few, listed) == ((False, False, []) if ridden else (True, True, ["Public transport"]))


def test_house_numbers_are_found_in_their_street(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    best = page.evaluate(
        """() => {
            const numbers = [{ number: "2", x: 1, y: 1 }, { number: "2 B", x: 2, y: 2 }];
            const words = ["harjukatu", "harju"], text = "Harjukatu – Harju";
            const all = [{ name: "Harjukatu", text, words, x: 0, y: 0, numbers, isHome: true }];
            const best = ["Harjukatu 2b", "harjuk 2", "Harjukatu 9"].map((text) => tesoma.findPlaces(all, text)[0]);
            return best.map((place) => [place.text, place.x, place.without || ""]);
        }"""
    )
    assert best == [["Harjukatu 2 B – Harju", 2, ""], ["Harjukatu 2 – Harju", 1, ""], ["Harjukatu – Harju", 0, "9"]]


def test_another_language_shows_the_same_home(site: Path, watch: Watch, street: str) -> None:
    page = watch().to(site / "en.html")
    found(page, street)
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('.home-nearest li').length > 0")
    page.get_by_role("link", name="Svenska").first.click()
    until(page, "document.documentElement.lang === 'sv' && document.querySelectorAll('.home-nearest li').length > 0")
    assert "home=" in page.url


def test_of_a_street_in_several_areas_the_reader_chooses_one(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.get_by_label(SEARCH).fill("x")
    until(page, "tesoma.current.tesoma.layers.places.all() !== undefined")
    names = page.evaluate("tesoma.current.tesoma.layers.places.all().map((place) => place.name)")
    several = next(name for name in names if names.count(name) > 1)
    once = next(one for one in names if len(one) > 8 and sum(one[:7] in name for name in names) == 1)
    status = page.locator(".map-search [role=status]")
    found(page, several)
    assert "choose yours" in status.inner_text()
    found(page, once)
    assert status.inner_text() == "1 match"


def test_the_hub_and_streets_where_nobody_lives_are_found_too(site: Path, watch: Watch) -> None:
    watched = watch(DESKTOP)
    page = watched.to(site / "en.html")
    # The sample has homes along every street: one more lies apart.
    until(page, "tesoma.current.tesoma.layers.places.all() !== undefined")
    page.evaluate("""() => {
        const map = tesoma.current, area = "", numbers = [];
        const { x, y } = map.project(map.options.maxBounds.getNorthWest(), tesoma.ZOOM);
        map.tesoma.layers.places.all().push({ name: "Lonely Lane", area, x, y, numbers }); }""")
    hub = page.evaluate("tesoma.current.tesoma.state.words.hub")
    assert found(page, hub)[0] == hub
    page.keyboard.press("Enter")
    assert hub in page.locator(".leaflet-tooltip").inner_text()
    assert found(page, "Lonely")[0] == "Lonely Lane"
    page.keyboard.press("Enter")
    assert "No residents are known near this street" in page.locator(".map-search [role=status]").inner_text()
    assert page.locator(".map-answer").is_hidden()
    assert watched.faults == []
