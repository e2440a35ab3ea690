"""Where maps look: at what their page is about, whole, and again when their room changes, until a reader moves them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Page
from shapely import box
from watched import DESKTOP, PHONE, Watch, until

import tesoma_geo as tg
from tesoma_geo.render.map.folium_map import webmap
from tesoma_geo.render.pages.write import write_site

SEEN = """() => { const seen = tesoma.current.getBounds();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()]; }"""
SIZE = "(() => { const { x, y } = tesoma.current.getSize(); return `${x} ${y}`; })()"
VIEW = "(() => { const { lat, lng } = tesoma.current.getCenter(); return [lat, lng, tesoma.current.getZoom()]; })()"
#: What a sheet shows, and whether it says that the boundary is not on it.
ON_PAPER = f"() => [({SEEN})(), getComputedStyle(document.querySelector('.boundary-note')).display !== 'none']"


def holds(seen: list[float], bounds: Any) -> bool:
    return bool(seen[0] <= bounds[0] and seen[1] <= bounds[1] and seen[2] >= bounds[2] and seen[3] >= bounds[3])


def reaching_west(assessment: tg.Assessment, share: float) -> tg.Assessment:
    """The district with an area without homes at its west, so wide as a share of it."""
    district = assessment.district
    west, south, east, north = district.total_bounds
    beyond = box(west - share * (east - west), south, west, north)
    first = district.geometry.iloc[[0]].union(gpd.GeoSeries([beyond], crs=district.crs, index=district.index[:1]))
    shapes = [first.iloc[0], *district.geometry.iloc[1:]]
    return replace(
        assessment, inputs=replace(assessment.inputs, district=district.set_geometry(shapes, crs=district.crs))
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_boundary_is_seen_whole_where_that_costs_little_and_paper_says_where_it_is_not(
    assessment: tg.Assessment, watch: Watch, tmp_path: Path, size: tuple[int, int]
) -> None:
    homes = assessment.origins.to_crs("EPSG:4326").total_bounds
    for share, whole in ((0.05, True), (2.0, False)):
        wide = reaching_west(assessment, share)
        boundary = wide.district.to_crs("EPSG:4326").total_bounds
        webmap(wide, "en").save(str(tmp_path / "map.html"))
        watched = watch(size)
        page = watched.to(tmp_path / "map.html")
        seen = page.evaluate(SEEN)
        assert holds(seen, homes)
        assert holds(seen, boundary) == whole
        printed, told = page.evaluate(f"() => {{ dispatchEvent(new Event('beforeprint')); return ({ON_PAPER})(); }}")
        assert holds(printed, homes)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(".boundary-note").is_visible() == (not whole and size == PHONE)
        assert (holds(printed, boundary), told) == (whole, not whole)
        assert watched.faults == []


def resized(page: Page, size: tuple[int, int]) -> None:
    before = page.evaluate(SIZE)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    until(page, f"{SIZE} !== '{before}'")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_another_window_is_fitted_again_until_the_reader_looks_elsewhere(site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(site / "en.html")
    narrow = watch((700, 900)).to(site / "en.html")
    resized(page, (700, 900))
    until(page, "tesoma.current.tesoma.fittedTo.equals(tesoma.current.getSize())")
    assert page.evaluate(VIEW) == pytest.approx(narrow.evaluate(VIEW), abs=1e-3)
    page.evaluate("tesoma.current.setView([61.506, 23.63], 15.5, { animate: false })")
    looked = page.evaluate(VIEW)
    resized(page, (1440, 900))
    assert page.evaluate(VIEW)[2] == looked[2]
    assert page.evaluate("tesoma.current.getBounds().contains([61.506, 23.63])")


#: Names on the map, each with how far from it the nearest sign of what residents told stands, in pixels.
NAMED = """(() => { const { layers, state } = tesoma.current.tesoma;
    const scale = 2 ** (tesoma.current.getZoom() - tesoma.ZOOM);
    const signs = [...state.voiceSigns.values()].flat().map(({ x, y }) => [x * scale, y * scale]);
    return Object.values(layers.names.placed).pop().map(({ text, x, y }) =>
        [text, Math.min(...signs.map(([right, low]) => Math.hypot(right - x, low - y)))]); })()"""


#: How far areas have their names, at most, in pixels, from their middle or that of their part in a place that is told
#: by them and holds the name; and whether all signs stand in their areas.
OWN_PLACES = """(() => {
    const { layers: { names, voices_place: voices }, state } = tesoma.current.tesoma;
    const scale = 2 ** (tesoma.current.getZoom() - tesoma.ZOOM), told = voices.areasNamed(state);
    const middles = new Map(names.part(0).map(({ text, x, y }) => [text, { x, y }]));
    const away = Object.values(names.placed).pop().filter(({ text }) => middles.has(text)).map(({ text, x, y }) => {
        const from = (middle) => Math.hypot(x - middle.x * scale, y - middle.y * scale);
        const inside = (told.get(text) || []).filter(({ holds }) => holds({ x: x / scale, y: y / scale }));
        if (told.has(text) && !inside.length) return Infinity;
        return Math.min(from(middles.get(text)), ...inside.map(({ middle }) => from(middle)));
    });
    return [Math.max(...away), voices.placed.every((sign) => tesoma.inShape(voices.shapes, sign.cell, sign))];
})()"""


#: Names of areas that are nearer to the count of another place than to one of their own, in pixels between edges; of
#: those that no place is told by, such as are less than half a line beside one or above or below it.
MISREAD = """(() => {
    const { layers: { names, voices_place: voices }, state } = tesoma.current.tesoma;
    const scale = 2 ** (tesoma.current.getZoom() - tesoma.ZOOM), told = voices.areasNamed(state);
    const areas = new Set(names.part(0).map(({ text }) => text));
    return Object.values(names.placed).pop().filter(({ text }) => areas.has(text)).filter(({ text, x, y, reach }) => {
        const gap = (sign) => Math.hypot(Math.max(0, Math.abs(sign.x * scale - x) - reach * scale),
            Math.max(0, Math.abs(sign.y * scale - y) - 6)) - sign.radius * scale;
        const [own, others] = [true, false].map((of) =>
            Math.min(...voices.placed.filter(({ cell }) => (voices.areas[cell] === text) === of).map(gap)));
        return told.has(text) ? others < own - 6 : others < 4;
    }).map(({ text }) => text);
})()"""


@pytest.mark.parametrize("size", [DESKTOP, (768, 1024), PHONE])
def test_no_name_is_read_as_that_of_another_count(site: Path, watch: Watch, size: tuple[int, int]) -> None:
    watched = watch(size)
    for theme in ("routes", "youth"):
        page = watched.to(site / f"theme-{theme}-en.html")
        until(page, "Object.values(tesoma.current.tesoma.layers.names.placed).length > 0")
        assert page.evaluate(MISREAD) == []
    assert watched.faults == []


@pytest.mark.parametrize("size", [DESKTOP, (768, 1024), PHONE])
@pytest.mark.parametrize(("beyond", "whole"), [(0.02, True), (3.0, False)])
def test_the_areas_of_a_theme_are_seen_whole_unless_the_district_would_be_small_which_is_told(
    assessment: tg.Assessment,
    hostile_voices: Any,
    watch: Watch,
    tmp_path: Path,
    size: tuple[int, int],
    beyond: float,
    whole: bool,
) -> None:
    west, south, east, north = district = assessment.district.to_crs("EPSG:4326").total_bounds
    area = box(west, south - beyond * (north - south), east + 0.002, (south + north) / 2)
    features = hostile_voices.features.iloc[[0, 1]].assign(
        type="cell", kind="place", topic="routes", voices=[23.0, 5.0], cell_m=4000.0
    )
    features = features.set_geometry([area, box(west, south, west + 0.004, south + 0.002)])
    told = replace(
        hostile_voices, features=features, tables={"by_topic": [{"kind": "place", "topic": "routes", "voices": 28}]}
    )
    write_site(assessment, tmp_path, publication=told, stills=False)
    watched = watch(size)
    page = watched.to(tmp_path / "theme-routes-en.html")
    seen = page.evaluate(SEEN)
    assert (holds(seen, area.bounds), page.locator(".areas-note").is_visible()) == (whole, not whole)
    assert holds(seen, district)
    # Every number has nine pixels, and nothing is to be pressed for what is drawn.
    least = page.evaluate("""(() => {
        const { state } = tesoma.current.tesoma, scale = 2 ** (tesoma.current.getZoom() - tesoma.ZOOM);
        return Math.min(...[...state.voiceSigns.values()].flat().map((sign) => 0.8 * sign.radius * scale)); })()""")
    assert least >= 9
    assert page.locator(".press").filter(visible=True).count() == 0
    stroke = "getComputedStyle(document.querySelector('.extent-sign')).stroke"
    assert page.evaluate(stroke) == page.evaluate("getComputedStyle(document.querySelector('.voice-2')).fill")
    # The area that the headline and the list call a place by has its name beside the place's sign.
    [name] = {area for area in page.evaluate("tesoma.current.tesoma.layers.voices_place.areas") if area}
    assert name in page.locator("main").inner_text()
    assert dict(page.evaluate(NAMED))[name] < 100
    away_px, inside = page.evaluate(OWN_PLACES)
    assert (away_px <= 64, inside) == (True, True)
    printed, _ = page.evaluate(f"() => {{ dispatchEvent(new Event('beforeprint')); return ({ON_PAPER})(); }}")
    assert holds(printed, area.bounds if whole else district)
    assert watched.faults == []


#: Of each count, by its number: how much of its edge lies in its area and in none within that, in eighths; and whether
#: it stands beside it.
COUNTS = """(() => {
    const { layers: { voices_place: voices } } = tesoma.current.tesoma, cells = voices.placed.map(({ cell }) => cell);
    const angles = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => eighth * Math.PI / 4);
    const edges = ({ cell, x, y, radius }) => angles.filter((angle) =>
        voices.isOf(cell, { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) }, cells));
    return Object.fromEntries(voices.placed.map((sign) => [sign.voices, [edges(sign).length, sign.beside]])); })()"""


def test_a_count_stands_wholly_in_its_area_or_a_line_leads_there(
    assessment: tg.Assessment, hostile_voices: Any, watch: Watch, tmp_path: Path
) -> None:
    west, south, east, north = assessment.district.to_crs("EPSG:4326").total_bounds
    hub = assessment.hub.to_crs("EPSG:4326").geometry.iloc[0].centroid
    # Around the hub's sign, where there is room, one around it; a third so small that the hub covers all of it.
    areas = [box(west, south, east, north), hub.buffer(0.25 * (north - south)).envelope, hub.buffer(2e-6).envelope]
    features = (
        hostile_voices.features.iloc[[0, 0, 0]]
        .reset_index(drop=True)
        .assign(type="cell", kind="place", topic="routes", voices=[23.0, 11.0, 5.0], cell_m=4000.0)
    )
    told = replace(
        hostile_voices,
        features=features.set_geometry(areas),
        tables={"by_topic": [{"kind": "place", "topic": "routes", "voices": 39}]},
    )
    write_site(assessment, tmp_path, publication=told, stills=False)
    watched = watch(DESKTOP)
    counts = watched.to(tmp_path / "theme-routes-en.html").evaluate(COUNTS)
    assert (counts["23"], counts["11"]) == ([8, False], [8, False])
    assert counts["5"] == [0, True]
    assert watched.faults == []


def test_the_hub_leaves_room_for_counts_on_a_narrow_map_of_a_theme(site: Path, watch: Watch) -> None:
    sizes = {}
    for size in (PHONE, DESKTOP):
        for name in ("theme-routes", "by-walk"):
            page = watch(size).to(site / f"{name}-en.html")
            boxes = """(() => {
                const { layers: { hub }, state } = tesoma.current.tesoma;
                return hub.boxes(document.createElement("canvas").getContext("2d"), 1, state)[0][2]; })()"""
            sizes[size, name] = page.evaluate(boxes)
    assert sizes[PHONE, "theme-routes"] < sizes[PHONE, "by-walk"]
    assert len({sizes[PHONE, "by-walk"], sizes[DESKTOP, "by-walk"], sizes[DESKTOP, "theme-routes"]}) == 1


def test_counts_of_a_theme_find_their_places_with_every_layer_shown(site: Path, watch: Watch) -> None:
    watched = watch(DESKTOP)
    page = watched.to(site / "theme-routes-en.html")
    page.evaluate("""() => {
        const map = tesoma.current;
        for (const name in map.tesoma.layers) tesoma.toggle(map, name, true);
        map.setZoom(map.getZoom() + 1, { animate: false });
    }""")
    until(page, "Object.values(tesoma.current.tesoma.layers).every((layer) => tesoma.current.hasLayer(layer))")
    until(page, "tesoma.current.tesoma.state.voiceSigns.get('voices_place').zoom === tesoma.current.getZoom()")
    assert watched.faults == []


#: A line that is told below the map while it is near, so high that the map goes farther away; counts the fits.
TOLD_WHILE_NEAR = """async () => {
    const map = tesoma.current, line = document.createElement("p"), { fit } = tesoma;
    const wait = (ms) => new Promise((go) => setTimeout(go, ms));
    line.style.cssText = "height: 120px; margin: 0";
    document.getElementById("map").after(line);
    await wait(300);
    const far = map.getZoom();
    dispatchEvent(new Event("resize"));
    line.hidden = true;
    await wait(300);
    const limit = (far + map.getZoom()) / 2;
    let fits = 0;
    tesoma.fit = (...asked) => { fits += 1; return fit(...asked); };
    map.on("zoomend", () => { line.hidden = map.getZoom() < limit; });
    line.hidden = false;
    await wait(1000);
    const [before, soon] = [fits, map.getSize().y];
    await wait(500);
    return { apart: far < limit, before, after: fits - before, still: map.getSize().y === soon };
}"""


def test_what_is_told_while_the_map_is_near_does_not_move_it_for_ever(site: Path, watch: Watch) -> None:
    watched = watch((1440, 900))
    page = watched.to(site / "embed-en.html")
    found = page.evaluate(TOLD_WHILE_NEAR)
    assert found["apart"], "the line takes room that the view follows from"
    assert 0 < found["before"] < 5
    assert (found["after"], found["still"]) == (0, True)
    assert watched.faults == []


def test_where_the_data_end_is_no_shore_and_is_told_while_it_is_seen(site: Path, watch: Watch) -> None:
    watched = watch(DESKTOP)
    page = watched.to(site / "en.html")
    note, name = page.locator(".end-note"), "unmapped"
    page.evaluate("() => tesoma.current.setZoom(16, { animate: false })")
    until(page, "!document.querySelector('.end-note').checkVisibility()")
    page.evaluate("() => tesoma.current.setMaxBounds(null).setView(tesoma.current.getCenter(), 11, { animate: false })")
    until(page, "document.querySelector('.end-note').checkVisibility()")
    assert note.inner_text().strip() == "There is no data for the hatched area."
    colours = page.evaluate(f"""() => {{
        const {{ state, canvasLayer, layers }} = tesoma.current.tesoma, canvas = document.createElement("canvas");
        canvas.width = canvas.height = 60;
        const context = canvas.getContext("2d", {{ willReadFrequently: true }}), {{ box }} = layers.{name}.known;
        const view = (x) => ({{ canvasLayer, unit: 1, width: 60, height: 60, touches: () => true,
            west: x, east: x + 60, north: (box[1] + box[3]) / 2, south: (box[1] + box[3]) / 2 + 60,
            x: (value) => value - x, y: (value) => value - (box[1] + box[3]) / 2 }});
        const shades = (x) => {{ context.reset(); layers.{name}.paint(context, view(x));
            const {{ data }} = context.getImageData(0, 0, 60, 60), found = new Set();
            for (let i = 0; i < data.length; i += 4) found.add([...data.slice(i, i + 4)].join());
            return found.size; }};
        return [shades(box[2] + 50), shades((box[0] + box[2]) / 2)]; }}""")
    assert colours[0] > 1, "lines on a grey beyond the files"
    assert colours[1] == 1, "nothing on what is known"
    assert watched.faults == []
