"""Pages without scripts, in the colours that a reader's system forces, and with little motion."""

import shutil
from pathlib import Path

import pytest
from test_scenarios import write_plan
from watched import DESKTOP, PHONE, Watch, until

import tesoma_geo as tg
from tesoma_geo.render.pages.districts import district_pages
from tests.assessed import folder_once
from tests.made_districts import made_districts

FRAME = 'class="map-frame'
#: What stands in place of a map.
PICTURES = "img.still, .sketch > svg, .drawn-districts"
#: Dead without a script: nothing of it may be offered.
CONTROLS = ".map-frame :is(input, button, select, summary:not(.map-credits *))"
SYSTEM = ("CanvasText", "LinkText", "VisitedText", "ButtonText", "FieldText", "GrayText", "HighlightText")
#: The colours of all texts that are seen.
TEXT_COLOURS = """() => [...document.querySelectorAll("body *")]
    .filter((part) => part.checkVisibility())
    .filter((part) => [...part.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .map((part) => getComputedStyle(part).color)"""

#: Colours of text, small letters and lines, and how far a street's colour is from the land's, each channel 0 to 255.
STRENGTH = """() => {
    const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const { land, street } = tesoma.current.tesoma.state.colours;
    const painted = (...colours) => {
        for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
        return [...context.getImageData(0, 0, 1, 1).data];
    };
    const [below, above] = [painted(land), painted(land, street)];
    return { text: of("main", "color"), small: of(".map-credits", "color"), line: of("footer", "borderTopColor"),
        street: below.reduce((sum, value, i) => sum + Math.abs(value - above[i]), 0) };
}"""


@pytest.fixture(scope="module")
def plan_site(assessment: tg.Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a plan in each language: the others of its site are those of the sample."""
    folder = folder_once(tmp_path_factory, "plan", lambda folder: write_plan(assessment, folder))
    alone = tmp_path_factory.mktemp("plan_alone")
    shutil.copytree(folder / "assets", alone / "assets")
    for path in folder.glob("scenarios-*.html"):
        shutil.copyfile(path, alone / path.name)
    return alone


@pytest.fixture(scope="module")
def district_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("little_light_districts")
    workspace = Path(__file__).resolve().parents[2] / "layers" / "tesoma.toml"
    districts = made_districts(workspace, out, ["North", "East", "South", "West"], failed=[2])
    for name, content in district_pages(*districts).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


def pages_with_a_map(*folders: Path) -> list[Path]:
    """Every page of some sites that has a map, found by its frame; of one kind in two languages."""
    every = [path for folder in folders for path in sorted(folder.glob("*.html"))]
    found = [path for path in every if FRAME in path.read_text("utf-8")]
    assert {"index.html", "voices-en.html", "scenarios-en.html", "embed-en.html"} < {path.name for path in found}
    assert any(path.name.startswith("theme-") for path in found)
    return [path for path in found if path.stem.endswith("en") or path.name == "index.html"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_without_scripts_every_page_with_a_map_shows_a_picture_and_its_figures(
    site: Path, plan_site: Path, district_site: Path, watch: Watch, size: tuple[int, int]
) -> None:
    watched = watch(size, script=False)
    page = watched.page
    for path in pages_with_a_map(site, plan_site, district_site):
        name = str(path)
        page.goto(path.as_uri())
        drawn = page.locator(PICTURES)
        assert drawn.count() == 1, name
        assert drawn.is_visible(), name
        assert drawn.get_attribute("alt") or drawn.get_attribute("aria-label"), name
        drawn.scroll_into_view_if_needed()
        box = drawn.bounding_box()
        assert box is not None, name
        assert box["width"] > 300, name
        assert box["height"] > 50, name
        if drawn.evaluate("(picture) => picture.tagName") == "IMG":
            assert drawn.evaluate("(picture) => picture.naturalWidth") > 300, name
        assert [control for control in page.locator(CONTROLS).all() if control.is_visible()] == [], name
        room = page.locator(".folium-map").bounding_box()
        assert room is not None, name
        assert room["height"] < 150, name
        assert page.evaluate("document.documentElement.scrollWidth") == size[0], name
        if "embed" in path.name:
            continue  # A frame is the map alone, with a link to the page that has the tables.
        folded = page.locator("details:is(main *):has(table) > summary").first
        if folded.count():
            folded.click()
        figures = page.locator("#figures").first
        assert figures.is_visible(), name
        assert figures.inner_text().strip(), name
        tables = [table.inner_text() for table in page.locator("main table").all() if table.is_visible()]
        assert bool(folded.count()) <= bool(tables), name
        assert all(any(sign.isdigit() for sign in table) for table in tables), name
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


@pytest.mark.parametrize("dark", [False, True])
def test_who_asks_for_contrast_has_lines_and_small_letters_as_strong_as_the_text(
    site: Path, watch: Watch, dark: bool
) -> None:
    watched = watch(dark=dark)
    page = watched.to(site / "en.html")
    usual = page.evaluate(STRENGTH)
    watched.page.emulate_media(contrast="more")
    until(page, "matchMedia('(prefers-contrast: more)').matches")
    # The map is painted anew: its streets stand out from the land as they did not before.
    until(page, f"({STRENGTH})().street > {1.5 * usual['street']}")
    strong = page.evaluate(STRENGTH)
    assert strong["text"] == usual["text"]
    assert usual["small"] != usual["text"]
    assert strong["small"] == strong["line"] == strong["text"]
    assert watched.faults == []
