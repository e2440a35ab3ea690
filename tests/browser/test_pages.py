"""The site as a reader meets it: opened from disk in Chromium, without a network."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from injections import INJECTIONS
from playwright.sync_api import Page, expect
from watched import DESKTOP, PATIENCE_S, PHONE, Watch, examined, until

import tesoma_geo as tg
from tesoma_geo.render.map.folium_map import webmap
from tesoma_geo.render.pages.write import write_site

PAGES = ("index.html", "sv.html", "en.html")

PICTURE = """() => [...document.querySelectorAll('.sheet canvas')]
    .map((canvas) => canvas.toDataURL()).join()"""
COLOURS = """() => {
    const seen = new Set();
    for (const canvas of document.querySelectorAll('.sheet canvas')) {
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        for (let i = 0; i < pixels.length; i += 4 * 97) seen.add(pixels.slice(i, i + 4).join());
    }
    return seen.size;
}"""
SETTLED = "() => new Promise((done) => tesoma.whenIdle(() => requestAnimationFrame(done)))"


OPEN_ALL = "() => document.querySelectorAll('summary').forEach((one) => one.checkVisibility() && one.click())"


def picture(page: Page) -> str:
    page.evaluate(SETTLED)
    drawn: str = page.evaluate(PICTURE)
    return drawn


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("size", [DESKTOP, (768, 1024), PHONE, (320, 640)])
def test_every_page_is_drawn_and_asks_for_nothing(site: Path, watch: Watch, file: str, size: tuple[int, int]) -> None:
    watched = watch(size)
    page = watched.to(site / file)
    assert page.evaluate(COLOURS) > 10
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert watched.faults == []


def test_languages_lead_to_each_other(site: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to(site / "index.html")
    assert page.locator("html").get_attribute("lang") == "fi"
    for name, language in (("English", "en"), ("Svenska", "sv"), ("Suomi", "fi")):
        page.get_by_role("link", name=name).click()
        page.wait_for_selector(f"html[lang={language}] .sheet canvas")
        assert page.get_by_role("link", name=name).get_attribute("aria-current") == "page"
    assert watched.faults == []


@pytest.mark.parametrize("file", PAGES)
def test_every_page_of_a_made_up_place_says_so(site: Path, watch: Watch, file: str) -> None:
    page = watch().to(site / file)
    notice = {"index.html": "keksitty", "sv.html": "påhittat", "en.html": "made-up"}[file]
    assert notice in page.get_by_role("note").inner_text()
    assert page.locator(".map-made-up").is_visible()


def test_a_real_place_is_not_called_made_up(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    workspace = assessment.workspace
    district = workspace.district.model_copy(update={"made_up": False})
    real = replace(
        assessment, inputs=replace(assessment.inputs, workspace=workspace.model_copy(update={"district": district}))
    )
    page = watch().to(write_site(real, tmp_path, stills=False))
    assert page.get_by_role("note").count() == 0
    assert page.locator(".map-made-up").count() == 0


def test_each_layer_can_be_hidden_and_shown(site: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to(site / "en.html")
    boxes = page.locator("[data-layer][checked]:visible")
    assert boxes.count() >= 6
    for box in boxes.all():
        # Buildings are drawn from near by alone.
        near = box.get_attribute("data-layer") == "buildings"
        page.evaluate(f"map_en.setView(map_en.getCenter(), {16 if near else 14}, {{ animate: false }})")
        whole = picture(page)
        box.uncheck()
        assert picture(page) != whole, box.get_attribute("data-layer")
        box.check()
        assert picture(page) == whole, box.get_attribute("data-layer")
    assert watched.faults == []


def test_a_way_of_moving_changes_map_legend_and_card(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    walking, card = picture(page), page.locator(".card").inner_text()
    first_band = page.locator("[data-tells=band-0]").inner_text()
    page.get_by_label("Wheelchair").check()
    assert picture(page) != walking
    assert page.locator(".map-legend [data-tells=profile]").inner_text() == "Wheelchair"
    assert page.locator(".card").inner_text() != card
    assert page.locator("[data-tells=band-0]").inner_text() != first_band


def test_pointing_at_a_home_or_a_service_tells_its_minutes(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    place = page.evaluate(
        """() => {
            const map = map_en, cells = map.tesoma.layers.cells, xy = cells.quads.xy, i = cells.quads.start[40];
            const middle = L.point((xy[i] + xy[i + 4]) / 2, (xy[i + 1] + xy[i + 5]) / 2);
            const at = map.latLngToContainerPoint(map.unproject(middle, tesoma.ZOOM));
            const box = map.getContainer().getBoundingClientRect();
            return [box.x + at.x, box.y + at.y];
        }"""
    )
    page.mouse.move(*place)
    # The range is told as soon as its data are there.
    tip = page.locator(".leaflet-tooltip")
    expect(tip).to_contain_text(re.compile(r"\d+\smin\s\(\d+–\d+\)\sto\sLänsikeskus"), timeout=1000 * PATIENCE_S)
    assert "resident" in tip.inner_text()


def test_the_wheel_scrolls_the_page_until_the_map_is_used(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    zoom = page.evaluate("map_en.getZoom()")
    page.locator("#map").hover()
    page.mouse.wheel(0, 300)
    until(page, "window.scrollY > 0")
    assert page.evaluate("map_en.getZoom()") == zoom


def test_the_figures_stand_without_scripts(site: Path, watch: Watch) -> None:
    page = watch(script=False).page
    page.goto((site / "en.html").as_uri())
    assert page.locator("table").count() >= 1
    assert "JavaScript" in page.locator("noscript").first.inner_text()


@pytest.mark.parametrize(
    ("language", "size", "dark"),
    [("fi", DESKTOP, False), ("fi", PHONE, True), ("sv", DESKTOP, False), ("en", PHONE, True)],
)
def test_axe_finds_no_violation(site: Path, watch: Watch, language: str, size: tuple[int, int], dark: bool) -> None:
    watched, told = watch(size, dark=dark), []
    files = pages_of(site, language)
    assert len(files) > 9
    for file in files:
        watched.page.goto((site / file).as_uri())
        watched.page.evaluate(OPEN_ALL)
        # Colours and sizes are of no language: each text's are judged on Finnish pages, on others those of each look.
        results = examined(watched.page, each_text=language == "fi")
        if results.violations_count:
            told.append(f"{file}: {results.generate_report()}")
    assert told == []


def test_axe_would_tell_of_a_picture_without_words_and_of_pale_text(site: Path, watch: Watch) -> None:
    page = watch().page
    page.goto((site / "accessibility-fi.html").as_uri())
    page.evaluate("""() => {
        const pale = document.createElement('p'), faint = document.createElement('div');
        pale.textContent = 'pale';
        pale.style.cssText = 'color: rgb(250, 250, 250); background: rgb(255, 255, 255)';
        // No colour of its own differs from another text's, but for what shines through.
        faint.innerHTML = '<p>faint</p>';
        faint.style.opacity = 0.2;
        document.querySelector('main').append(document.createElement('img'), pale, faint);
    }""")
    assert {"image-alt", "color-contrast"} <= {one["id"] for one in examined(page).response["violations"]}
    by_looks = {one["id"]: len(one["nodes"]) for one in examined(page, each_text=False).response["violations"]}
    assert by_looks["image-alt"] == 1
    assert by_looks["color-contrast"] == 2


def pages_of(site: Path, language: str) -> list[str]:
    """Files of one language; Finnish is the sample's first."""
    start = "index.html" if language == "fi" else f"{language}.html"
    return [start, *sorted(path.name for path in site.glob(f"*-{language}.html"))]


def test_a_map_without_marks_says_so(site: Path, watch: Watch) -> None:
    page = watch().page
    told = {}
    for file in ("theme-routes-en.html", "voices-en.html", "en.html"):
        page.goto((site / file).as_uri())
        told[file] = "Too few" in page.locator(".map-legend").inner_text()
    assert told == {"theme-routes-en.html": True, "voices-en.html": False, "en.html": False}


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_page_is_wider_than_the_screen(site: Path, watch: Watch, width: int) -> None:
    page = watch((width, 800)).page
    wide = []
    for file in pages_of(site, "fi"):
        page.goto((site / file).as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(file)
    assert wide == []


def test_enlarged_to_400_percent_nothing_is_lost(site: Path, watch: Watch) -> None:
    page = watch((320, 256)).to(site / "en.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_label("Bicycle").is_enabled()


def test_the_keyboard_reaches_the_figures_in_one_step(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "figures"


def test_the_notebook_map_is_one_page_that_needs_nothing(
    assessment: tg.Assessment, watch: Watch, tmp_path: Path
) -> None:
    watched = watch((900, 600))
    webmap(assessment, "sv").save(str(tmp_path / "map.html"))
    page = watched.to(tmp_path / "map.html")
    assert page.evaluate(COLOURS) > 10
    assert page.title()
    assert watched.faults == []


def test_a_notebook_shows_the_map_in_its_frame(hostile: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    watched = watch()
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!DOCTYPE html><title>n</title>{webmap(hostile, 'en')._repr_html_()}", encoding="utf-8")
    watched.page.goto(notebook.as_uri())
    frame = watched.page.frame_locator("iframe")
    frame.locator(".sheet canvas").first.wait_for()
    assert INJECTIONS[0] in frame.locator("body").text_content()  # type: ignore[operator]
    assert watched.faults == []


def test_real_tesoma_is_small_and_drawn(tesoma_assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    folder = write_site(tesoma_assessment, tmp_path, stills=False).parent
    named = [*(folder / "assets").rglob("*.js"), *(folder / "assets").rglob("*.css")]
    assert len(named) > 8
    assert sum(file.stat().st_size for file in (folder / "index.html", *named)) < 1_500_000
    watched = watch(PHONE)
    page = watched.to(folder / "index.html")
    assert page.evaluate(COLOURS) > 20
    assert "© OpenStreetMap contributors" in page.locator(".map-credits").inner_text()
    assert watched.faults == []
