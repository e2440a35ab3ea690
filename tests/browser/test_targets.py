"""What is pressed is wide enough for a thumb: 44 pixels where fingers point, over every kind of page."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Page
from test_districts import folder as district_site
from test_little_light import plan_site
from test_years import years
from watched import DESKTOP, PHONE, Watch, examined, until

import tesoma_geo as tg
from tesoma_geo.analysis.unknown_things import TO_FILL_IN, UnknownThings
from tesoma_geo.render.pages.field_sheet import field_sheet

__all__ = ["district_site", "plan_site", "years"]

#: Everything that is pressed; of a radio button or a box the label is, where it has one.
SMALL = """(least) => {
    const what = 'a[href], button, summary, select, textarea, input, [role=button]';
    const told = [];
    for (const one of document.querySelectorAll(what)) {
        if (!one.checkVisibility({ visibilityProperty: true }) || one.matches('.skip')) continue;
        const target = one.matches('input[type=radio], input[type=checkbox]') && one.closest('label') || one;
        /* A link within a sentence is as high as its line (WCAG 2.5.8, inline). */
        const inline = one.tagName === 'A' && getComputedStyle(one).display === 'inline';
        const around = inline && one.closest('p, li, dd, td');
        if (around && around.textContent.trim().length > one.textContent.trim().length + 3) continue;
        const { width, height } = target.getBoundingClientRect(), name = one.textContent.trim().slice(0, 30);
        if (Math.min(width, height) < least - 0.5 && width > 1) {
            told.push([one.tagName, one.className, name, Math.round(width), Math.round(height)].join(' '));
        }
    }
    return [...new Set(told)];
}"""  # fmt: skip
OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
READY = "document.querySelectorAll('.map-frame:not(.ready)').length === 0"


def kinds(*folders: Path) -> list[Path]:
    """A page of every kind of some sites, in English."""
    return [path for folder in folders for path in sorted(folder.glob("*.html")) if path.stem.endswith("en")]


def shown(page: Page, path: Path) -> Page:
    """A page with its map ready and everything that can be opened open."""
    page.goto(path.as_uri())
    until(page, READY)
    page.evaluate(OPEN_ALL)
    return page


@pytest.mark.parametrize(("size", "touch"), [(PHONE, True), ((768, 1024), False), (DESKTOP, True)])
def test_all_that_is_pressed_is_44_pixels_where_fingers_point(
    site: Path, plan_site: Path, district_site: Path, years: Path, watch: Watch, size: tuple[int, int], touch: bool
) -> None:
    page = watch(size, touch=touch).page
    pages = kinds(site, plan_site, district_site, years)
    assert len(pages) > 20
    told = {
        f"{path.parent.name}/{path.name}": small for path in pages if (small := shown(page, path).evaluate(SMALL, 44))
    }
    assert told == {}


def test_a_small_button_and_a_link_alone_are_found(site: Path, watch: Watch) -> None:
    page = watch(PHONE).page
    shown(page, site / "accessibility-en.html")
    before = page.evaluate(SMALL, 44)
    page.evaluate("""() => {
        const [button, link, within] = ['button', 'p', 'p'].map((tag) => document.createElement(tag));
        button.textContent = 'b';
        button.style.cssText = 'width: 30px; height: 30px; padding: 0';
        link.innerHTML = '<a href="#x">A link alone</a>';
        within.innerHTML = 'A sentence with <a href="#x">a link</a> in it.';
        document.querySelector('main').append(button, link, within);
    }""")  # fmt: skip
    assert [one.split(" ")[0] for one in page.evaluate(SMALL, 44) if one not in before] == ["BUTTON", "A"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_sheet_of_a_walk_is_pressed_with_a_thumb(
    assessment: tg.Assessment, watch: Watch, tmp_path: Path, size: tuple[int, int]
) -> None:
    hub = assessment.inputs.hub.geometry.iloc[0]
    things = gpd.GeoDataFrame(
        {"rank": [1], "kind": ["street"], "thing": ["way/1"], "name": ["Esimerkinkatu"], "highway": "residential",
         "missing": ["surface"], "residents": 5, "length_m": [80.0], "share": 0.4, "narrower": 0.2,
         **dict.fromkeys(TO_FILL_IN, "")},
        geometry=[shapely.LineString([(hub.x + 20, hub.y), (hub.x + 20, hub.y + 80)])], crs=assessment.inputs.hub.crs,
    )  # fmt: skip
    found = UnknownThings("wheelchair", "median_min", things, 17.0, (16.0, 18.0), (14.0, 21.0), 2, 2.0, 0.5, 9, 2)
    sheet = tmp_path / "sheet-en.html"
    sheet.write_text(field_sheet(found, assessment.inputs, "en"), encoding="utf-8")
    page = shown(watch(size, touch=True).page, sheet)
    assert page.locator("nav a").count() == 2
    assert page.evaluate(SMALL, 44) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_answer_of_a_home_is_pressed_with_a_thumb(site: Path, watch: Watch, size: tuple[int, int]) -> None:
    page = watch(size, touch=True).to(site / "en.html")
    page.evaluate("tesoma.lookAtHome(tesoma.current, tesoma.current.getCenter())")
    assert page.evaluate(SMALL, 44) == []
    assert examined(page).violations_count == 0
