"""The hub's card leads to what it speaks of, and the page of a theme shows that theme alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from watched import PHONE, Watch, until

import tesoma_geo as tg
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.pages.write import write_single, write_site

CANVASES = "() => [...document.querySelectorAll('.sheet canvas')].map((canvas) => canvas.toDataURL()).join()"


def test_the_list_of_subjects_leads_to_each_of_them(site: Path, watch: Watch) -> None:
    watched = watch(PHONE)
    page = watched.to_tables(site / "figures-en.html")
    links = [link.get_attribute("href") or "" for link in page.locator(".contents a").all()]
    assert len(links) >= 5
    assert not page.locator(".contents a").first.is_visible(), "folded on a phone"
    page.locator(".contents summary").click()
    for link in links:
        page.locator(f".contents a[href='{link}']").click()
        until(page, f"document.getElementById('{link[1:]}').getBoundingClientRect().top < innerHeight")
        page.go_back()
    assert watched.faults == []


def test_all_figures_are_few_screens_of_a_phone(site: Path, watch: Watch) -> None:
    page = watch((360, 780)).to_tables(site / "figures-en.html")
    for section in page.locator("main section").all():
        section.scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollHeight") <= 9.5 * 780


def test_a_mark_of_a_figure_opens_the_fold_that_it_leads_into(site: Path, watch: Watch) -> None:
    watched = watch(PHONE)
    page = watched.page
    page.goto(f"{(site / 'method-en.html').absolute().as_uri()}#from-fairness")
    in_view = (
        "(id) => { const { top } = document.getElementById(id).getBoundingClientRect(); return innerHeight > top; }"
    )
    until(page, f"({in_view})('from-fairness')")
    page.wait_for_load_state("networkidle")  # what is still on its way would be told as failed
    page.goto((site / "method-en.html").absolute().as_uri())
    assert not page.locator("#from-reach").is_visible()  # what only who checks asks for is folded
    assert page.evaluate("document.documentElement.scrollHeight") <= 7 * PHONE[1]
    page.evaluate("location.hash = 'from-reach'")
    until(page, f"({in_view})('from-reach')")
    for place in page.locator(".contents a").all():
        assert page.locator(place.get_attribute("href") or "").count() == 1
    assert watched.faults == []


def test_the_start_page_is_short_and_leads_to_what_it_tells(site: Path, watch: Watch) -> None:
    watched = watch((390, 844))
    page = watched.to(site / "en.html")
    assert page.locator("main #figures > section h2").all_text_contents() == [
        "Who is left out", "What would help most", "What residents told us",
    ]  # fmt: skip
    for link in [link.get_attribute("href") or "" for link in page.locator(".glances a").all()]:
        file, _, place = link.partition("#")
        assert not place or f'id="{place}"' in (site / file).read_text("utf-8"), link
    for section in page.locator("main #figures > section").all():
        section.scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollHeight") <= 5 * 844
    shown = page.locator("main").text_content() or ""
    assert [name for name in ("Gini", "Palma", "Theil", "FGT", "Simpson", ".json", ".parquet") if name in shown] == []
    assert watched.faults == []


def test_the_map_of_a_theme_tells_of_that_theme_alone(
    assessment: tg.Assessment, hostile_voices: Any, watch: Watch, tmp_path: Path
) -> None:
    west, south, east, north = assessment.district.to_crs("EPSG:4326").total_bounds
    topics = ["routes", "youth", "steps"] * len(hostile_voices.features)
    features = hostile_voices.features.assign(kind="place", themes="youth", cell_m=250.0, language="en")
    cells = features["type"] == "cell"
    features.loc[cells, "topic"] = topics[: cells.sum()]
    wide = shapely.box(west - 0.1, south - 0.1, east + 0.1, north + 0.1)
    features.loc[features.index[cells][0], "geometry"] = wide  # of "routes"
    told = [{"kind": "place", "topic": topic, "voices": 6} for topic in ("routes", "youth", "steps")]
    voices = replace(hostile_voices, features=features, tables={"by_topic": told})
    write_site(assessment, tmp_path, publication=voices, stills=False)
    watched = watch()
    page = watched.to(tmp_path / "theme-routes-en.html")
    shown = page.evaluate(
        """() => {
            const { layers, state } = tesoma.current.tesoma, layer = Object.values(layers).find((one) => one.pairsOf);
            const topicsOf = (cell) => layer.pairsOf(cell, state).map(([at]) => layer.topics[at]);
            const cells = layer.topicCounts.flatMap((_, cell) => topicsOf(cell));
            return [[...new Set(cells)], layer.points.filter((_, point) => layer.concerns(point, state)).length];
        }"""
    )
    assert shown == [["routes"], 0]
    # The map shows the district, however wide the areas are, and each sign has room for its number.
    shown_west, shown_south, shown_east, shown_north = page.evaluate(
        "(() => { const seen = tesoma.current.getBounds();"
        " return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()]; })()"
    )
    assert shown_west < west < east < shown_east
    assert shown_south < south < north < shown_north
    assert max((east - west) / (shown_east - shown_west), (north - south) / (shown_north - shown_south)) > 0.5
    radii_px = page.evaluate(
        "(() => { const { state } = tesoma.current.tesoma, scale = Math.pow(2, tesoma.current.getZoom() - tesoma.ZOOM);"
        " return [...state.voiceSigns.values()].flat().map((sign) => sign.radius * scale); })()"
    )
    assert min(radii_px) > 11.4
    alone = page.evaluate(CANVASES)
    page.locator("[data-layer^=voices]").uncheck()
    until(page, f"({CANVASES})() !== {alone!r}")
    assert watched.faults == []
    assert not (tmp_path / "theme-steps-en.html").exists()


@pytest.mark.parametrize("name", ["index.html", "sv.html", "en.html", "by-transit-en.html", "by-wheelchair-fi.html"])
def test_shares_and_legend_are_on_the_first_screen_of_a_phone(site: Path, watch: Watch, name: str) -> None:
    page = watch((360, 780)).to(site / name)
    shares = page.locator(".map-profile .share")
    assert shares.count() == (0 if name.startswith("by-") else 7)
    bands = page.locator(".map-legend .band:not([hidden]) .share")
    assert bands.count() > 3
    for figure in (*shares.all(), *bands.all()):
        box = figure.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 780
    place = page.locator("#map").bounding_box()
    assert place is not None
    assert place["y"] < 780, "and the map begins there"


def test_links_to_a_place_land_there_in_one_file(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    write_single(assessment, tmp_path / "all.html", publication=published(assessment.inputs, who="tests"))
    watched = watch(PHONE)
    page = watched.to(tmp_path / "all.html")
    places = page.evaluate(
        '[...new Set([...document.querySelectorAll(\'main a[href*="#"]:not([href="#"])\')]'
        ".map((one) => one.getAttribute('href')))]"
    )
    assert len(places) > 5
    for address in places:
        file, _, place = address.partition("#")
        page.evaluate(
            "(to) => [...document.querySelectorAll('main a')].find((one) => one.getAttribute('href') === to).click()",
            address,
        )
        landed = (
            f"(() => {{ const at = document.getElementById({place!r}); if (!at) return false;"
            " const { top } = at.getBoundingClientRect(), end = document.documentElement.scrollHeight - innerHeight;"
            " return Math.abs(top) < 8 || (top > 0 && top < innerHeight && scrollY >= end - 2); })()"
        )
        until(page, f"(!{file!r} || document.getElementById('page').dataset.file === {file!r}) && {landed}")
        page.evaluate("location.hash = 'page=index.html'")
        until(page, "document.getElementById('page').dataset.file === 'index.html'")
    assert watched.faults == []
