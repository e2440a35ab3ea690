"""The map put into a page of another origin by the site's own script, on loopback."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from test_embed import Serve, served
from watched import PATIENCE_S, until

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.map.embed_snippet import Look, embed_address, script_snippet, snippet
from tesoma_geo.render.pages.embed import FOR_HOSTS
from tesoma_geo.render.text.assets import asset

__all__ = ["served"]

DOCS = Path(__file__).parents[2] / "docs" / "embed.md"
Open = Callable[[str], Page]
PAGE = """<!DOCTYPE html><html lang="en"><title>host</title><link rel="icon" href="data:,">
<script>window.heard = [];</script>%s"""
SAY = "document.querySelector('iframe').contentWindow.postMessage(%s, '*')"
EMPTY = '<div id="m"></div><script src="https://example.org/map/embed.js"></script>'


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def opened(browser: Browser, served: Serve, site: Path, tmp_path: Path, faults: list[str]) -> Iterator[Open]:
    """A page of another origin with some markup, in which https://example.org/map is the site."""
    address, pages = served(site), []

    def open_(markup: str) -> Page:
        (tmp_path / "index.html").write_text(PAGE % markup.replace("https://example.org/map", address), "utf-8")
        page = browser.new_page(viewport={"width": 900, "height": 700}, color_scheme="light")
        pages.append(page)
        page.set_default_timeout(1000 * PATIENCE_S)
        page.on("console", lambda told: faults.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(served(tmp_path) + "/index.html")
        page.locator("iframe").first.scroll_into_view_if_needed()
        page.frame_locator("iframe").first.locator(".ready .sheet canvas").first.wait_for(state="attached")
        return page

    yield open_
    for page in pages:
        page.close()


def examples() -> list[str]:
    return re.findall(r"```html\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", examples(), ids=["script", "element"])
def test_the_documented_examples_work_as_they_stand(opened: Open, faults: list[str], example: str) -> None:
    page = opened(example)
    wanted = "wheelchair" if "wheelchair" in example else "bicycle"
    until(page, "document.querySelector('iframe') !== null")
    frame = page.frames[1]
    until_in = f"window.tesoma && tesoma.current && tesoma.current.tesoma.state.profile === '{wanted}'"
    until(frame, until_in)  # type: ignore[arg-type]  # a frame evaluates as a page does
    assert faults == []


@pytest.mark.parametrize("number", range(6))
def test_every_code_of_the_gallery_works_as_it_stands(opened: Open, faults: list[str], site: Path, number: int) -> None:
    codes = re.findall(r"<pre [^>]*><code>(.*?)</code>", (site / "designers-en.html").read_text("utf-8"), re.DOTALL)
    assert len(codes) == 6
    page = opened(unescape(codes[number]))
    assert page.locator("iframe").count() == 1
    if "winter" in codes[number]:
        until(page.frames[1], "tesoma.viewOf(tesoma.current).season === 'winter'")  # type: ignore[arg-type]
    assert faults == []


def test_the_gallery_shows_the_script_and_the_element_live(browser: Browser, served: Serve, site: Path) -> None:
    page, faults = browser.new_page(), []
    page.set_default_timeout(1000 * PATIENCE_S)
    page.on("console", lambda told: faults.append(told.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served(site) + "/designers-en.html")
    for place in ("[data-map]", "tesoma-map"):
        page.locator(place).scroll_into_view_if_needed()
        page.frame_locator(f"{place} iframe").locator(".ready .sheet canvas").first.wait_for(state="attached")
    assert page.evaluate("document.querySelector('tesoma-map').map.ready.then(({ profiles }) => profiles.length)") > 1
    # The bounds that were asked for stay whole though the frame finds its height later.
    whole = """(() => {
        const [west, south, east, north] = document.querySelector('tesoma-map').option('bounds');
        const { tesoma, L } = document.querySelector('tesoma-map iframe').contentWindow;
        return tesoma.current.getBounds().contains(L.latLngBounds([[south, west], [north, east]]));
    })()"""
    until(page, "parseInt(document.querySelector('tesoma-map iframe').style.height) !== 640")
    page.wait_for_timeout(300)
    until(page, whole)
    titles = page.evaluate("[...document.querySelectorAll('iframe')].map(({ title }) => title)")
    assert len(set(titles)) == len(titles) == 6
    assert faults == []
    page.close()


def test_the_promise_tells_what_there_is_and_a_view_is_set(opened: Open, faults: list[str]) -> None:
    page = opened(EMPTY + "<script>window.map = new TesomaMap('#m', { controls: 'legend' });</script>")
    ready = page.evaluate("map.ready.then((answer) => answer)")
    assert "walk" in ready["profiles"]
    assert "cells" in ready["layers"]
    page.evaluate("map.on('change', (view) => heard.push(view))")
    page.evaluate("map.set({ profile: 'bicycle', layers: ['water'] })")
    until(page, "heard.some((view) => view.profile === 'bicycle' && view.hide.includes('cells'))")
    assert faults == []


def test_ready_has_the_view_that_was_asked_for_and_each_change_is_told_once(opened: Open, faults: list[str]) -> None:
    asked = "{ profile: 'bicycle', season: 'winter', hide: ['names', 'water'], at: [14, 61.505, 23.63] }"
    page = opened(f"""{EMPTY}<script>window.map = new TesomaMap('#m', {asked});
        map.on('change', (view) => heard.push(view));
        map.on('ready', ({{ view }}) => {{ window.first = view; window.before = heard.length; }});</script>""")
    view = page.evaluate("map.ready.then(({ view }) => view)")
    assert (view["profile"], view["season"], view["at"]) == ("bicycle", "winter", [14, 61.505, 23.63])
    assert {"names", "water"} <= set(view["hide"])
    assert page.evaluate("first") == view
    assert page.evaluate("before") == 0, "what the first view needs is no change of it"
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    page.evaluate("heard.length = 0")
    page.evaluate("map.set({ layers: ['isochrones', 'streets', 'district'], season: 'summer', profile: 'walk' })")
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    (told,) = page.evaluate("heard")
    assert (told["profile"], told["season"], "cells" in told["hide"]) == ("walk", "summer", True)
    page.evaluate("map.set({ profile: 'walk', season: 'summer' })")
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    assert page.evaluate("heard.length") == 1, "the same view again"
    # A frame that loads anew says so once it has all of the view again.
    page.evaluate("window.first = null; map.frame.src = map.frame.src")
    until(page, "first !== null")
    assert page.evaluate("[first.profile, first.season]") == ["walk", "summer"]
    assert faults == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_frame_is_called_in_its_language_from_the_start(opened: Open, site: Path, language: str) -> None:
    calls = f"[{{ language: '{language}' }}, {{}}, {{ language: '{language}', title: 'Our map' }}]"
    page = opened(f"""{EMPTY}<script>document.documentElement.lang = "{language}-FI";
        window.maps = {calls}.map((options) => new TesomaMap("#m", {{ ...options, height: 200 }}));
        window.first = maps.map(({{ frame }}) => frame.title);</script>""")
    word = {"fi": "Kartta", "sv": "Karta", "en": "Map"}[language]
    assert page.evaluate("first") == [word, word, "Our map"]
    (title,) = re.findall("<title>(.*?)</title>", (site / f"embed-{language}.html").read_text("utf-8"))
    told = page.evaluate("Promise.all(maps.map(({ ready }) => ready.then(({ title }) => title)))")
    assert told == [unescape(title)] * 3
    assert page.evaluate("maps.map(({ frame }) => frame.title)") == [unescape(title), unescape(title), "Our map"]


def test_the_script_has_a_word_for_a_map_in_every_language_of_the_pages() -> None:
    (words,) = re.findall(r"const CALLED = \{(.*?)\};", asset(FOR_HOSTS["embed.js"]).read_text("utf-8"))
    assert set(re.findall(r"(\w+):", words)) == set(CATALOGUES)


SHOWN = "tesoma.keys(tesoma.current).filter((key) => tesoma.current.hasLayer(tesoma.current.tesoma.layers[key]))"


@pytest.mark.parametrize("way", ["script", "iframe"])
def test_a_layer_that_is_not_there_empties_no_map_and_the_script_says_so_once(
    opened: Open, faults: list[str], way: str
) -> None:
    usual = opened(EMPTY + "<script>new TesomaMap('#m');</script>").frames[1].evaluate(SHOWN)
    assert "cells" in usual
    wanted = {("spaceship", "unmapped"): usual, ("water", "spaceship"): ["water"], ("services_0",): None}
    for layers, shown in wanted.items():
        named = ",".join(layers)
        if way == "iframe":
            page = opened(f'<iframe src="https://example.org/map/embed-en.html#show={named}&hide=hub" height="700">')
            assert faults == []
        else:
            faults.clear()
            page = opened(f"{EMPTY}<script>window.map = new TesomaMap('#m', {{ layers: {list(layers)} }});</script>")
            page.evaluate("map.ready.then(() => map.set({ hide: ['spaceship', 'hub', '__proto__'] }))")
            told = [fault.partition(", only ")[0] for fault in faults]
            unknown = [name for name in layers if name not in ("water", "services_0")]
            names = dict.fromkeys([*unknown, "spaceship", "hub", "__proto__"])
            assert told == [f'TesomaMap: the map has no layer "{name}"' for name in names]
            assert "unmapped" not in page.evaluate("map.ready.then(({ layers }) => layers)")
        there = page.frames[1].evaluate(SHOWN)
        assert there == shown if shown else [key[:9] for key in there] == ["services_"]
        ground = "['hub', 'unmapped'].every((key) => tesoma.current.hasLayer(tesoma.current.tesoma.layers[key]))"
        assert page.frames[1].evaluate(ground), "where the files end, and the hub, are always there"


def test_no_layers_at_all_may_be_asked_for(opened: Open, faults: list[str]) -> None:
    page = opened(EMPTY + "<script>window.map = new TesomaMap('#m', { layers: [] });</script>")
    page.evaluate("map.ready.then(() => true)")
    assert page.frames[1].evaluate(SHOWN) == []
    assert faults == []


def test_it_is_as_high_as_its_content_and_comes_to_rest(opened: Open, faults: list[str]) -> None:
    page = opened(script_snippet("https://example.org/map", "en", Look(), "A map"))
    until(page, "parseInt(document.querySelector('iframe').style.height) !== 640")
    frame, seen = page.frames[1], []
    while len(seen) < 5 or len(set(seen[-5:])) > 1:
        assert len(seen) < 100, f"the height does not come to rest: {seen[-5:]}"
        page.wait_for_timeout(100)
        seen.append(page.evaluate("document.querySelector('iframe').clientHeight"))
    # Nothing is cut off, and there is no empty space below.
    assert frame.evaluate("document.documentElement.scrollHeight") <= seen[-1]
    assert seen[-1] - frame.evaluate("document.querySelector('main').getBoundingClientRect().bottom") < 2
    assert faults == []


def test_it_is_dark_where_the_page_says_so(opened: Open, faults: list[str]) -> None:
    page = opened(script_snippet("https://example.org/map", "en", Look(theme="dark"), "A map"))
    frame = page.frames[1]
    until(frame, "window.tesoma && tesoma.current && tesoma.current.tesoma.state.colours.land === '#1f1d26'")  # type: ignore[arg-type]
    page.evaluate(SAY % "{ tesoma: 'set', view: { theme: 'light' } }")
    until(frame, "tesoma.current.tesoma.state.colours.land === '#f7f5f0'")  # type: ignore[arg-type]
    assert faults == []


@pytest.mark.parametrize(("theme", "system", "land"), [("dark", "light", "#1f1d26"), ("light", "dark", "#f7f5f0")])
def test_a_frame_opened_from_disk_has_its_theme_too(
    browser: Browser, site: Path, theme: str, system: Literal["light", "dark"], land: str
) -> None:
    page = browser.new_page(color_scheme=system)
    page.goto(f"{(site / 'embed-en.html').absolute().as_uri()}#theme={theme}")
    until(page, f"window.tesoma && tesoma.current && tesoma.current.tesoma.state.colours.land === '{land}'")
    page.close()


def test_an_attribute_of_the_element_changes_the_map(opened: Open, faults: list[str]) -> None:
    page = opened(script_snippet("https://example.org/map", "en", Look(profile="walk"), "A map", 500, as_element=True))
    element = "document.querySelector('tesoma-map')"
    page.evaluate(element + ".addEventListener('change', (event) => heard.push(event.detail))")
    page.evaluate("document.querySelector('tesoma-map').map.ready.then(() => true)")
    page.evaluate("document.querySelector('tesoma-map').setAttribute('profile', 'bicycle')")
    until(page, "heard.some((view) => view.profile === 'bicycle')")
    assert page.evaluate("document.querySelector('iframe').clientHeight") == 500
    assert faults == []


def test_a_removed_map_listens_no_more(opened: Open) -> None:
    page = opened(script_snippet("https://example.org/map", "en", Look(), "A map"))
    page.evaluate("(window.other = new TesomaMap('#tesoma-map', { lazy: false })).remove()")
    assert page.locator("iframe").count() == 1
    told = page.evaluate("other.ready.then(() => 'ready', (error) => error.message)")
    assert told == "TesomaMap: removed before it was ready"


@pytest.mark.parametrize("call", ["new TesomaMap('#none')", "new TesomaMap(null)", "map.on('zoom', () => 0)"])
def test_a_wrong_call_is_told(opened: Open, call: str) -> None:
    page = opened(EMPTY + '<script>window.map = new TesomaMap("#m");</script>')
    told = page.evaluate(f"(() => {{ try {{ {call}; return ''; }} catch (error) {{ return error.message; }} }})()")
    assert told.startswith("TesomaMap: ")


def test_the_promise_of_another_view_is_kept_once_the_map_has_it(opened: Open, faults: list[str]) -> None:
    page = opened(EMPTY + "<script>window.map = new TesomaMap('#m', { controls: 'legend' });</script>")
    for profile in ("bicycle", "walk", "transit"):
        page.evaluate(f"map.set({{ profile: '{profile}' }}).then(() => heard.push('{profile}'))")
        until(page, f"heard.includes('{profile}')")
    page.evaluate("map.set({ profile: 'bicycle', hide: ['water'] })")
    view = page.frames[1].evaluate("tesoma.viewOf(tesoma.current)")
    assert (view["profile"], "water" in view["hide"]) == ("bicycle", True)
    # Nothing waits for what the map has told.
    assert page.evaluate("map.waiting.size") == 0
    page.evaluate("map.on('ready', ({ view }) => heard.push(`ready ${view.profile}`))")
    page.evaluate("map.set({ profile: 'walk' }); map.frame.src = map.frame.src")
    until(page, "heard.includes('ready walk') && map.waiting.size === 0")
    assert page.frames[1].evaluate("tesoma.current.tesoma.state.profile") == "walk"
    assert faults == []


THEMED = Look(colours={"map-water": "123456", "light.map-land": "eef3ea", "dark.map-land": "101820"})


@pytest.mark.parametrize("form", ["iframe", "script", "element"])
def test_each_theme_has_colours_of_its_own(opened: Open, faults: list[str], form: str) -> None:
    site = "https://example.org/map"
    if form == "iframe":
        page = opened(snippet(embed_address(site, "en", THEMED), "A map"))
    else:
        page = opened(script_snippet(site, "en", THEMED, "A map", as_element=form == "element"))
    land = "window.tesoma && tesoma.current && tesoma.current.tesoma.state.colours.land === '%s'"
    until(page.frames[1], land % "#eef3ea")  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    until(page.frames[1], land % "#101820")  # type: ignore[arg-type]
    assert page.frames[1].evaluate("tesoma.current.tesoma.state.colours.water") == "#123456"
    page.evaluate(SAY % "{ tesoma: 'set', view: { theme: 'light' } }")
    until(page.frames[1], land % "#eef3ea")  # type: ignore[arg-type]
    assert faults == []
