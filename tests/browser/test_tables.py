"""Tables of the pages: sorted, filtered, downloaded as shown; the same by keyboard; all in one file."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from watched import PHONE, Watch, address, examined, until

import tesoma_geo as tg
from tesoma_geo.render.pages.write import write_single


def test_a_heading_sorts_and_says_so(site: Path, watch: Watch) -> None:
    page = watch().to_tables(site / "figures-en.html")
    table = page.locator(".data-table[data-name=areas]")
    minutes = (
        "[...document.querySelectorAll('[data-name=areas] tbody tr')].map((row) => Number(row.cells[2].dataset.value))"
    )
    table.get_by_role("button", name="Walking", exact=True).click()
    assert page.evaluate(minutes) == sorted(page.evaluate(minutes))
    assert table.get_by_role("columnheader", name="Walking", exact=True).get_attribute("aria-sort") == "ascending"
    table.get_by_role("button", name="Walking", exact=True).click()
    assert page.evaluate(minutes) == sorted(page.evaluate(minutes), reverse=True)


def test_downloads_hold_what_is_shown(assessment: tg.Assessment, site: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to_tables(site / "figures-en.html")
    page.locator("summary", has_text="places").click()
    table = page.locator(".data-table[data-name=places]")
    table.get_by_label("Search the table").fill("school")
    shown = table.locator("tbody tr:visible").count()
    assert 0 < shown < len(assessment.services)
    assert f"{shown} rows" in table.get_by_role("status").inner_text()
    with page.expect_download() as download:
        table.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(rows) == shown
    assert {row["kind"] for row in rows} == {"Schools"}
    assert all(float(row["walk_from_hub_min"]) >= 0 for row in rows if row["walk_from_hub_min"])
    with page.expect_download() as download:
        table.get_by_role("button", name="GeoJSON").click()
    features = json.loads(download.value.path().read_text("utf-8"))["features"]
    assert len(features) == shown
    assert all(23 < feature["geometry"]["coordinates"][0] < 24 for feature in features)
    assert watched.faults == []


def test_a_table_without_room_is_a_card_a_row_and_is_sorted_by_a_list(site: Path, watch: Watch) -> None:
    page = watch(PHONE).to_tables(site / "figures-en.html")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for section in page.locator("main > section").all():
        section.scroll_into_view_if_needed()  # what was never near the screen is not laid out
    sideways = "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    until(page, f"document.querySelectorAll('.cards').length >= 5 && {sideways} === 0")
    table = page.locator(".data-table[data-name=areas]")
    told = (
        "[...document.querySelectorAll('[data-name=areas] tbody tr:first-child td')]"
        ".map((cell) => getComputedStyle(cell, '::before').content)"
    )
    assert page.evaluate(told)[:2] == ['"Residents"', '"Walking"']
    minutes = (
        "[...document.querySelectorAll('[data-name=areas] tbody tr')].map((row) => Number(row.cells[2].dataset.value))"
    )
    table.get_by_label("Sort by").select_option("Walking")
    assert page.evaluate(minutes) == sorted(page.evaluate(minutes))
    assert examined(page).violations_count == 0
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("#areas").scroll_into_view_if_needed()
    until(page, "document.querySelector('[data-name=areas] .cards') === null")
    assert not table.get_by_label("Sort by").is_visible()


def test_a_name_is_found_in_all_tables_and_led_to(site: Path, watch: Watch) -> None:
    watched = watch(PHONE)
    page = watched.to_tables(site / "figures-en.html")
    assert not page.locator("[data-name=areas] table").is_visible()  # it waits folded on a phone
    page.get_by_label("Search all figures").fill("KEKSIRANTA")
    found = page.locator(".find-row li button")
    assert found.first.inner_text().startswith("Keksiranta – ")
    found.first.click()
    until(page, "document.querySelector('[data-name=areas] tr.found-here')?.checkVisibility()")
    until(page, "document.querySelector('.found-here').getBoundingClientRect().top < innerHeight")
    page.get_by_label("Search all figures").fill("xyzzy")
    assert found.count() == 0
    assert page.locator(".find-row [role=status]").inner_text() == "No matches."
    assert watched.faults == []


def test_a_spreadsheet_computes_nothing(site: Path, watch: Watch) -> None:
    page = watch().to_tables(site / "figures-en.html")
    written = page.evaluate(
        """() => {
            const table = document.querySelector('[data-name=areas] table'), head = table.tBodies[0].rows[0].cells[0];
            head.replaceChildren('=1+1"');
            return tesoma.csv(table);
        }"""
    )
    assert '"\'=1+1"""' in written


def test_homes_are_a_table_that_follows_the_map(assessment: tg.Assessment, site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.get_by_text("The figures of the map as a table").click()
    page.locator(".homes summary").click()
    rows = page.locator("[data-name=homes] tbody tr")
    until(page, "document.querySelectorAll('[data-name=homes] tbody tr').length > 10")
    residents = (
        "[...document.querySelectorAll('[data-name=homes] tbody tr')].map((row) => Number(row.cells[1].dataset.value))"
    )
    assert sum(page.evaluate(residents)) == assessment.summary["population_total"]
    walking = rows.first.inner_text()
    page.get_by_label("Wheelchair").check()
    until(page, f"document.querySelector('[data-name=homes] tbody tr').innerText !== {json.dumps(walking)}")
    rows.first.get_by_role("button").click()
    told = page.locator(".leaflet-tooltip").inner_text()
    assert re.search(r"\d+\smin(\s\(\d+–\d+\))?\sto\sLänsikeskus", told), told


def test_everything_is_reached_by_keyboard_and_seen(site: Path, watch: Watch) -> None:
    """Tab walks in order through every control, each with a name and an outline, and out at the end."""
    page = watch(PHONE).to(site / "by-walk-en.html")
    walked = []
    for _ in range(150):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => {
                const here = document.activeElement, style = getComputedStyle(here);
                const label = here.getAttribute('aria-label') || here.textContent.trim() || here.title
                    || (here.labels && here.labels[0] && here.labels[0].textContent.trim())
                    || (here.getAttribute('aria-labelledby') ? 'labelled' : '');
                return [here.tagName, label, style.outlineStyle !== 'none', here === document.body];
            }"""
        )
        if at[3]:
            break
        walked.append(at)
    else:
        pytest.fail("the walk does not come to an end")
    assert len(walked) > 25
    assert [at for at in walked if not at[1]] == []
    assert [at for at in walked if not at[2]] == []


def test_the_map_is_moved_by_keys(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.locator("#map").focus()
    zoom = page.evaluate("tesoma.current.getZoom()")
    page.keyboard.press("+")
    until(page, f"tesoma.current.getZoom() > {zoom}")


def test_one_file_holds_every_page_in_every_language(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    write_single(assessment, tmp_path / "all.html")
    watched = watch()
    page = watched.to(tmp_path / "all.html")
    assert page.locator("html").get_attribute("lang") == "fi"
    page.get_by_role("link", name="English").first.click()
    until(page, "document.documentElement.lang === 'en' && document.querySelector('.ready .sheet canvas') !== null")
    page.locator("nav.profiles").get_by_role("link", name="Wheelchair", exact=True).click()
    until(page, "document.querySelector('.map-frame.ready') && tesoma.current.tesoma.state.profile === 'wheelchair'")
    assert page.locator("h1").inner_text().startswith("Wheelchair")
    other = watch()
    other.page.goto(address(page))
    until(other.page, "document.querySelector('.map-frame.ready') !== null")
    assert other.page.locator("h1").inner_text().startswith("Wheelchair")
    page.get_by_role("link", name="How the figures were made").first.click()
    until(page, "document.querySelector('#map') === null")
    page.go_back()
    until(page, "document.querySelector('.map-frame.ready') !== null")
    assert watched.faults == other.faults == []


def test_the_pages_have_a_preview_and_a_still(site: Path) -> None:
    html = (site / "en.html").read_text("utf-8")
    picture = html.split('property="og:image" content="')[1].split('"')[0]
    assert (site / picture).stat().st_size > 10_000
    assert '<meta property="og:description"' in html
