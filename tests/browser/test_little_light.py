"""Pages without scripts, in the colours that a reader's system forces, and with little motion."""

from pathlib import Path

import pytest
from watched import DESKTOP, PHONE, Watch

STILLS = ("index.html", "sv.html", "en.html")
#: Dead without a script: nothing of it may be offered.
CONTROLS = ".map-frame :is(input, button, select, summary)"
SYSTEM = ("CanvasText", "LinkText", "VisitedText", "ButtonText", "FieldText", "GrayText", "HighlightText")
#: The colours of all texts that are seen.
TEXT_COLOURS = """() => [...document.querySelectorAll("body *")]
    .filter((part) => part.checkVisibility())
    .filter((part) => [...part.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .map((part) => getComputedStyle(part).color)"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_without_scripts_a_page_shows_the_still_and_the_tables(site: Path, watch: Watch, size: tuple[int, int]) -> None:
    watched = watch(size, script=False)
    page = watched.page
    for file in (*STILLS, *(path.name for path in site.glob("by-w*-en.html"))):
        page.goto((site / file).as_uri())
        still = page.locator("img.still")
        assert still.is_visible(), file
        assert still.get_attribute("alt"), file
        still.scroll_into_view_if_needed()
        width = page.evaluate("document.querySelector('img.still').naturalWidth")
        assert width > 300, file
        assert [control for control in page.locator(CONTROLS).all() if control.is_visible()] == [], file
        box = page.locator(".folium-map").bounding_box()
        assert box is not None, file
        assert box["height"] < 150, file
        folded = page.locator("details:is(#figures, #figures *):has(table) > summary").first
        if folded.count():
            folded.click()
        table = page.locator("#figures table").first
        assert table.is_visible(), file
        assert any(sign.isdigit() for sign in table.inner_text()), file
        assert page.evaluate("document.documentElement.scrollWidth") == size[0], file
    assert watched.faults == []


@pytest.mark.parametrize("dark", [False, True])
def test_forced_colours_are_the_systems_and_signs_stay_those_of_the_map(site: Path, watch: Watch, dark: bool) -> None:
    watched = watch(dark=dark)
    watched.page.emulate_media(forced_colors="active")
    page = watched.to(site / "en.html")
    system = page.evaluate(
        """(names) => names.map((name) => {
            const part = document.createElement("i");
            part.style.cssText = "forced-color-adjust: none; color: " + name;
            document.body.append(part);
            const colour = getComputedStyle(part).color;
            part.remove();
            return colour;
        })""",
        list(SYSTEM),
    )
    assert set(page.evaluate(TEXT_COLOURS)) <= set(system)
    fills = page.evaluate(
        "[...document.querySelectorAll('.map-legend rect')].map((rect) => getComputedStyle(rect).fill)"
    )
    bands = fills[: len(page.locator("[data-tells^=band-]").all())]
    assert len(set(bands)) == len(bands) > 3
    chosen = page.locator(".map-profile:has(input:checked)")
    assert chosen.evaluate("(part) => getComputedStyle(part).outlineStyle") == "solid"
    here = page.locator(".site-nav [aria-current]")
    assert here.evaluate("(part) => getComputedStyle(part).outlineStyle") == "solid"
    assert watched.faults == []


@pytest.mark.parametrize("still", [True, False])
def test_with_little_motion_the_map_jumps(site: Path, watch: Watch, still: bool) -> None:
    watched = watch()
    watched.page.emulate_media(reduced_motion="reduce" if still else "no-preference")
    page = watched.to(site / "en.html")
    glides = page.evaluate(
        """() => {
            const map = map_en, before = map.getCenter().lng;
            map.setZoom(15, {animate: false});
            map.panBy([60, 0]);
            const gliding = Boolean(map._panAnim && map._panAnim._inProgress);
            return [gliding, Boolean(map._zoomAnimated), Boolean(map.options.inertia)];
        }"""
    )
    assert glides == [not still] * 3
    assert watched.faults == []
