"""The map in the frame of a page of another origin, on loopback."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Literal

import pikepdf
import pytest
from playwright.sync_api import Browser, Page
from watched import PATIENCE_S, until

import tesoma_geo as tg
from tesoma_geo.cli.serve import Preview
from tesoma_geo.errors import InputError
from tesoma_geo.render.map.embed_snippet import HEIGHT_PX, Look, embed_address, snippet
from tesoma_geo.render.pages.embed import SOMEWHERE
from tesoma_geo.workspace import LANGUAGES

Serve = Callable[[Path], str]

HOST = """<!DOCTYPE html><html lang="en"><title>host</title><link rel="icon" href="data:,">
<script>window.heard = []; addEventListener("message", (event) => heard.push([event.origin, event.data]));</script>
%s"""


@pytest.fixture
def served() -> Iterator[Serve]:
    """Folders as the preview serves them, each at an origin of its own."""
    servers = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Preview, directory=str(folder)))
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def host(browser: Browser, served: Serve, site: Path, tmp_path: Path) -> Iterator[tuple[Page, str, list[str]]]:
    """A page of another origin with the map in its frame; the site's address; what went wrong."""
    address = served(site)
    look = Look(profile="bicycle", layers=("isochrones", "water"), controls="none", colours={"map-land": "#abcdef"})
    (tmp_path / "index.html").write_text(HOST % snippet(embed_address(address, "en", look), 'a "host" <page>'), "utf-8")
    elsewhere = served(tmp_path)
    assert elsewhere != address
    page, faults = browser.new_page(), []
    page.set_default_timeout(1000 * PATIENCE_S)
    page.on("console", lambda told: faults.append(told.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda made: None if made.url.startswith((address, elsewhere, "data:")) else faults.append(made.url)
    )
    page.goto(elsewhere + "/index.html")
    page.locator("iframe").scroll_into_view_if_needed()
    page.frame_locator("iframe").locator(".ready .sheet canvas").first.wait_for(state="attached")
    wait_for_rest(page)
    yield page, address, faults
    page.close()


def wait_for_rest(page: Page) -> None:
    """Until the map has found its size in the frame and its view no longer moves."""
    seen: list[object] = []
    while len(seen) < 5 or seen[-5:] != [seen[-1]] * 5:
        assert len(seen) < 100, "the map does not come to rest"
        page.wait_for_timeout(100)
        seen.append(page.frames[1].evaluate("tesoma.viewOf(tesoma.current)"))


def say(page: Page, message: object) -> None:
    page.evaluate(f"document.querySelector('iframe').contentWindow.postMessage({json.dumps(message)}, '*')")


def heard(page: Page, kind: str) -> list[list[object]]:
    return [told for told in page.evaluate("heard") if told[1]["tesoma"] == kind]


def test_the_address_gives_the_look(host: tuple[Page, str, list[str]]) -> None:
    page, _, faults = host
    frame = page.frames[1]
    assert frame.evaluate("tesoma.viewOf(tesoma.current).profile") == "bicycle"
    assert frame.evaluate(
        "tesoma.keys(tesoma.current).filter((key) => tesoma.current.hasLayer(tesoma.current.tesoma.layers[key]))"
    ) == [
        "isochrones",
        "water",
    ]
    assert frame.evaluate("tesoma.current.tesoma.state.colours.land") == "#abcdef"
    key = frame.locator(".map-legend")
    assert key.locator("h2").is_visible(), "what the colours count"
    assert key.locator(".band").first.is_visible()
    assert not key.locator(".sign-told").first.is_visible()
    assert key.bounding_box()["height"] < 0.15 * page.locator("iframe").bounding_box()["height"], "one line"
    assert not frame.locator(".map-season").first.is_visible()
    high = [page.locator("iframe").bounding_box(), frame.locator(".folium-map").bounding_box()]
    assert high[1]["height"] > 0.75 * high[0]["height"], "the map fills its frame but for the key of its colours"
    assert faults == []


def test_a_saved_number_of_a_kind_shows_the_kind_that_has_its_place(
    browser: Browser, served: Serve, site: Path
) -> None:
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(served(site) + "/embed-en.html#show=water,services_1,voices_0,services_99")
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    keys = page.evaluate("tesoma.keys(tesoma.current)")
    shown = set(keys) - set(page.evaluate("tesoma.viewOf(tesoma.current)")["hide"])
    services, voices = ([key for key in keys if key.startswith(group)] for group in ("services_", "voices_"))
    assert "services_grocery" in services
    assert shown == {"water", services[1], voices[0]}
    page.evaluate("location.hash = 'show=services_grocery'")
    until(page, "tesoma.viewOf(tesoma.current).hide.includes('water')")
    assert set(keys) - set(page.evaluate("tesoma.viewOf(tesoma.current)")["hide"]) == {"services_grocery"}
    page.close()


def test_page_and_map_talk_across_origins(host: tuple[Page, str, list[str]]) -> None:
    page, address, faults = host
    frame = page.frames[1]
    frame.evaluate("tesoma.current.fire('click', { latlng: tesoma.current.getCenter() })")
    assert page.evaluate("heard") == []  # the map tells nothing before it is greeted
    say(page, {"tesoma": "hello"})
    until(page, "heard.length > 0")
    origin, ready = heard(page, "ready")[0]
    assert origin == address
    assert "walk" in ready["profiles"]
    assert "cells" in ready["layers"]
    say(page, {"tesoma": "set", "view": {"profile": "walk", "at": [15, 61.506, 23.628], "hide": ["water"]}})
    until(page, "heard.some(([, told]) => told.tesoma === 'view' && told.view.hide.includes('water'))")
    view = frame.evaluate("tesoma.viewOf(tesoma.current)")
    assert view["profile"] == "walk"
    assert view["at"] == pytest.approx([15, 61.506, 23.628], abs=1e-3)
    frame.evaluate("tesoma.current.fire('click', { latlng: L.latLng(61.506, 23.628) })")
    until(page, "heard.some(([, told]) => told.tesoma === 'click')")
    assert heard(page, "click")[0][1]["lat"] == 61.506  # type: ignore[index]
    assert faults == []


def test_a_page_has_a_slider_of_departures_of_its_own(host: tuple[Page, str, list[str]]) -> None:
    page, _, faults = host
    say(page, {"tesoma": "hello"})
    until(page, "heard.length > 0")
    clocks = heard(page, "ready")[0][1]["departures"]  # type: ignore[index]
    assert len(clocks) > 3
    for clock in (clocks[3], "25:00", clocks[1], ""):
        say(page, {"tesoma": "setDeparture", "clock": clock})
    until(page, f"heard.some(([, told]) => told.tesoma === 'view' && told.view.departure === '{clocks[3]}')")
    told = [view["view"]["departure"] for _, view in heard(page, "view")]  # type: ignore[index]
    assert [clock for clock, before in zip(told, [None, *told], strict=False) if clock != before][:3] == [
        clocks[3], clocks[1], "",
    ]  # fmt: skip
    assert faults == []


NONSENSE: tuple[object, ...] = (
    None, "set", 7, {"tesoma": "set"}, {"tesoma": "set", "view": None},
    {"tesoma": "set", "view": {"at": ["x", {}, []], "profile": "__proto__", "hide": ["constructor"], "show": 3}},
    {"tesoma": "setDeparture"}, {"tesoma": "setDeparture", "clock": {}}, {"tesoma": "setDeparture", "clock": "x"},
    {"tesoma": "set", "view": {"season": [], "departure": {"a": 1}}},
    {"tesoma": "set", "view": {"colours": {"map-land": "url(http://x)", "x;y": "fff"}, "controls": "<b>"}},
)  # fmt: skip


def test_nonsense_is_left_out(host: tuple[Page, str, list[str]]) -> None:
    page, _, faults = host
    before = page.frames[1].evaluate("tesoma.viewOf(tesoma.current)")
    for number, message in enumerate(NONSENSE, 1):
        say(page, message)
        say(page, {"tesoma": "hello"})  # answered after what was said before it
        until(page, f"heard.filter(([, told]) => told.tesoma === 'ready').length === {number}")
        assert page.frames[1].evaluate("tesoma.viewOf(tesoma.current)") == before, message
        assert page.frames[1].evaluate("tesoma.current.tesoma.state.colours.land") == "#abcdef", message
    assert faults == []


def test_what_a_host_says_once_when_the_frame_has_loaded_is_heard(
    browser: Browser, served: Serve, site: Path, tmp_path: Path
) -> None:
    said = '{tesoma: "set", view: {profile: "bicycle"}}'
    (tmp_path / "index.html").write_text(
        f'<!DOCTYPE html><iframe title="map" width="360" height="900" src="{served(site)}/embed-en.html"'
        f" onload='this.contentWindow.postMessage({said}, \"*\")'></iframe>",
        "utf-8",
    )
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(served(tmp_path) + "/index.html")
    page.frame_locator("iframe").locator(".ready .sheet canvas").first.wait_for(state="attached")
    assert page.frames[1].evaluate("tesoma.current.tesoma.state.profile") == "bicycle"
    page.close()


def test_the_gallery_shows_its_maps_live(browser: Browser, served: Serve, site: Path) -> None:
    page, faults = browser.new_page(), []
    page.set_default_timeout(1000 * PATIENCE_S)
    page.on("console", lambda told: faults.append(told.text))
    page.goto(served(site) + "/designers-en.html")
    page.frame_locator("#spoken-to").locator(".ready .sheet canvas").first.wait_for(state="attached")
    page.get_by_role("button", name="Change the way of getting around").click()
    until(page, "document.getElementById('heard').textContent === 'The map now shows: Public transport, Summer'")
    assert '"tesoma":"view"' in (page.locator("#heard-raw").text_content() or "")
    assert faults == []
    page.close()


def _letters(text: str) -> str:
    """Without what a line's end changes: spaces, and the hyphen that a reader of the sheet takes away."""
    return "".join(text.split()).replace("-", "")


def test_the_gallery_prints_its_six_codes_on_two_sheets_without_frames(
    browser: Browser, served: Serve, site: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(served(site) + "/designers-en.html")
    codes = page.locator("section pre code").all_text_contents()
    sheet = tmp_path / "gallery.pdf"
    page.pdf(path=sheet, format="A4", margin=dict.fromkeys(("top", "left", "right", "bottom"), "12mm"))
    assert not page.locator("details.code[open]").count(), "folded again"
    page.close()
    with pikepdf.open(sheet) as printed:
        assert len(printed.pages) <= 2
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True, check=True).stdout
        assert len(codes) == 6
        assert all(_letters(code) in _letters(told) for code in codes)


@pytest.mark.parametrize(("zoom", "near"), [(13.0, False), (15.0, True)])
def test_the_legend_has_the_signs_of_services_that_the_map_draws(
    browser: Browser, served: Serve, site: Path, assessment: tg.Assessment, zoom: float, near: bool
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": HEIGHT_PX["none"]})
    page.set_default_timeout(1000 * PATIENCE_S)
    entrance = assessment.hub.to_crs("EPSG:4326").geometry.iloc[0]
    look = Look(controls="none", at=(zoom, entrance.y, entrance.x))
    page.goto(embed_address(served(site), "en", look))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    until(page, f"document.querySelector('.map-near').offsetHeight > 0 === {str(near).lower()}")
    kinds = {page.locator(".map-near li").nth(i).inner_text() for i in range(page.locator(".map-near li").count())}
    assert len(kinds) == len(set(assessment.services["kind"]))
    assert page.evaluate("document.documentElement.scrollHeight") == HEIGHT_PX["none"]
    page.close()


def test_no_name_stands_below_the_buttons(browser: Browser, served: Serve, site: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": HEIGHT_PX["none"]})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "en", Look(controls="none")))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    # An area whose middle lies below the buttons.
    hidden = """() => {
        const map = tesoma.current, { names } = map.tesoma.layers, [area] = names.part(0);
        const there = map.containerPointToLatLng([30, 40]), here = map.unproject([area.x, area.y], tesoma.ZOOM);
        const { lat, lng } = map.getCenter(), to = [lat + here.lat - there.lat, lng + here.lng - there.lng];
        map.setView(to, map.getZoom(), { animate: false });
        names.placed = {};
        for (const layer of map.tesoma.canvasLayers) layer.repaint();
        return area.text;
    }"""
    text = page.evaluate(hidden)
    until(page, "Object.keys(tesoma.current.tesoma.layers.names.placed).length > 0")
    placed = page.evaluate(
        """() => {
            const map = tesoma.current, { min } = map.getPixelBounds();
            const [placed] = Object.values(map.tesoma.layers.names.placed);
            return placed.map(({ text, x, y }) => [text, x - min.x, y - min.y]);
        }"""
    )
    assert len(placed) > 1
    at = {name: (x, y) for name, x, y in placed}
    assert text not in at or at[text][0] > 60 or at[text][1] > 104
    page.close()


def test_a_frame_leads_on_and_its_map_fits_the_room_that_it_ends_with(
    browser: Browser, served: Serve, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": HEIGHT_PX["legend"]})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "en", Look(profile="transit", controls="legend")))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    assert "7:00" in page.locator(".map-window").inner_text()
    ways = page.locator(".whole-page a")
    assert [link.get_attribute("href") for link in ways.all()] == ["en.html", "method-en.html"]
    assert ways.first.get_attribute("target") == "_blank"
    page.set_viewport_size({"width": 360, "height": 420})
    page.wait_for_timeout(500)
    until(page, "tesoma.current.getSize().y === tesoma.current.getContainer().clientHeight")
    hub = "(({ hub }) => tesoma.current.unproject([hub.x, hub.y], tesoma.ZOOM))(tesoma.current.tesoma.layers)"
    until(page, f"tesoma.current.getBounds().contains({hub})")
    page.close()


def test_a_frame_says_how_sure_the_share_of_the_chosen_way_is(
    browser: Browser, served: Serve, site: Path, assessment: tg.Assessment
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "en", Look()))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    assert not page.locator(".map-waits").is_visible()
    sure, words = page.locator(".how-sure"), "tesoma.current.tesoma.state.words.profiles"
    for way in assessment.workspace.access.profiles:
        page.evaluate(f"tesoma.choose(tesoma.current, '{way}')")
        name = page.evaluate(f"{words}.{way}.profile")
        assert sure.inner_text().strip() == f"{name}. {page.evaluate(f'{words}.{way}.sure')}".strip(), way
    page.evaluate("tesoma.choose(tesoma.current, 'walk')")
    assert "Most likely" in sure.inner_text()
    page.evaluate("tesoma.setTime(tesoma.current, { season: 'winter' })")
    assert "in winter" in sure.inner_text()
    assert "Most likely" not in sure.inner_text(), "no range is known of winter"
    assert page.locator(".map-frame").bounding_box()["width"] <= 360
    page.close()


def test_the_tiles_of_a_frame_stand_in_even_rows_and_its_map_is_as_high_as_may_be(
    browser: Browser, served: Serve, site: Path, assessment: tg.Assessment
) -> None:
    assert len(assessment.workspace.access.profiles) == 7
    page = browser.new_page(viewport={"width": 768, "height": 900})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "fi", Look()))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    rows = [round(tile.bounding_box()["y"]) for tile in page.locator(".map-profile").all()]
    assert sorted(rows.count(row) for row in set(rows)) == [3, 4]
    told = page.locator(".map-credits")
    assert not told.locator("p").is_visible(), "folded where it is narrow"
    told.locator("summary").click()
    assert told.locator("p").is_visible()
    assert "CC" in told.locator("p").inner_text()
    page.set_viewport_size({"width": 1200, "height": 900})
    assert told.locator("p").is_visible(), "where there is room nothing is folded"
    assert not told.locator("summary").is_visible()
    page.close()


@pytest.mark.parametrize(("size", "screens"), [((1440, 900), 1), ((768, 1024), 1), ((360, 740), 2)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_and_its_button_come_before_their_map_and_the_first_at_once(
    browser: Browser, served: Serve, site: Path, size: tuple[int, int], screens: int, language: str
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(f"{served(site)}/designers-{language}.html")
    page.locator("button[data-copies]").first.wait_for()
    rows = page.evaluate(
        """() => [...document.querySelectorAll('section:has(.seen-later)')].map((section) =>
            ['[data-copies]', '.code', '.seen-later'].map((one) => section.querySelector(one).getBoundingClientRect())
                .map(({ top, bottom }) => [top, bottom]))"""
    )
    assert len(rows) == 6
    for button, code, shown in rows:
        assert button[1] <= code[0] + 1
        assert code[1] <= shown[0] + 1
    assert rows[0][1][1] <= screens * size[1]
    page.close()


def test_the_address_of_ones_own_site_is_asked_once_and_put_in_all_codes(
    browser: Browser, served: Serve, site: Path
) -> None:
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(served(site) + "/designers-en.html")
    asked, codes = page.locator("#own-address"), page.locator("section > details.code code")
    usual = codes.all_text_contents()
    assert all(SOMEWHERE in code for code in usual)
    asked.fill("https://maps.tampere.example/tesoma/")
    given = codes.all_text_contents()
    assert given == [code.replace(SOMEWHERE, "https://maps.tampere.example/tesoma") for code in usual]
    asked.fill('https://x.example/"onload=')
    assert codes.all_text_contents() == usual, "what is no address stays an example"
    # Of a code that is copied with the example it is told that it is one.
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy, told = page.get_by_role("button", name="Copy the code").first, page.locator("[role=status][data-told]").first
    for address, example in (("", True), ("https://maps.tampere.example", False)):
        asked.fill(address)
        copy.click()
        said = f"document.querySelector('[data-told]').textContent.includes({json.dumps(SOMEWHERE)})"
        until(page, f"{said} === {json.dumps(example)}")
        assert told.inner_text().startswith("The code has been copied.")
        assert not page.locator(".example-address").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".example-address").is_visible(), "the codes have a real one"
    page.emulate_media(media="screen")
    asked.fill("")
    page.emulate_media(media="print")
    assert page.locator(".example-address").is_visible(), "on paper there is no field"
    page.emulate_media(media="screen")
    # Frames that are not there yet say when they will be.
    assert "loads once it is seen" in page.locator(".seen-later").last.inner_text()
    page.close()


def test_nothing_is_below_the_edge_of_a_frame_of_the_usual_height(browser: Browser, served: Serve, site: Path) -> None:
    page, address = browser.new_page(), served(site)
    page.set_default_timeout(1000 * PATIENCE_S)
    for (controls, high), wide in product(HEIGHT_PX.items(), (320, 360, 768, 1440)):
        page.goto("about:blank")  # else another part behind # would load nothing
        page.set_viewport_size({"width": wide, "height": high})
        page.goto(embed_address(address, "fi", Look(controls=controls)))
        page.locator(".ready .sheet canvas").first.wait_for(state="attached")
        assert page.evaluate("document.documentElement.scrollHeight") == high, (controls, wide)
        assert page.evaluate("document.querySelector('.map-credits').getBoundingClientRect().bottom") <= high
        assert page.evaluate("document.getElementById('map').getBoundingClientRect().height") >= 240
    page.close()


@pytest.mark.parametrize(("land", "halo"), [("eef3ea", "#ffffff"), ("101820", "#17151d")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rims_and_buildings_go_with_the_land_that_a_host_has_chosen(
    browser: Browser, served: Serve, site: Path, land: str, halo: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "en", Look(colours={"map-land": land})))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    until(page, f"getComputedStyle(document.documentElement).getPropertyValue('--map-halo').trim() === '{halo}'")
    dark = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--map-building').trim()")
    assert dark == {"#ffffff": "#dcd5cf", "#17151d": "#35313f"}[halo]
    page.close()


@pytest.mark.parametrize("site", ["javascript:alert(1)", "file:///x", "example.org"])
def test_a_site_is_an_http_address(site: str) -> None:
    with pytest.raises(InputError, match="no address"):
        embed_address(site, "en", Look())


def test_a_colour_is_six_digits() -> None:
    with pytest.raises(InputError, match="no colour"):
        embed_address("https://example.org", "en", Look(colours={"map-land": "red;}"}))
