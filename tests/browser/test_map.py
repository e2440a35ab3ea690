"""What a reader does with the map: shares a view, finds a service, asks where they are, compares, points."""

import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Browser, Page
from shapely import LineString, MultiLineString, Point, box
from watched import DESKTOP, PATIENCE_S, PHONE, Watch, address, until

import tesoma_geo as tg
from tesoma_geo.command_columns import GAINED_MIN
from tesoma_geo.inputs.publication import published
from tesoma_geo.render.map.folium_map import webmap
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.scenarios.compare import Comparison
from tesoma_geo.scenarios.scenario import Scenario

LINK = "<img src=x onerror=alert(1)>${alert(2)}"
VIEW = "tesoma.viewOf(tesoma.current)"


def test_the_address_keeps_the_view(site: Path, watch: Watch) -> None:
    watched = watch()
    page = watched.to(site / "en.html")
    assert page.evaluate("location.hash") == ""
    page.get_by_label("Bicycle").check()
    page.get_by_label("Names", exact=True).uncheck()
    page.evaluate("tesoma.current.setView([61.506, 23.63], 15.5, { animate: false })")
    view, link = page.evaluate(VIEW), address(page)
    assert "profile=bicycle" in link
    other = watch(PHONE)
    other.page.goto(link)
    until(other.page, "document.querySelectorAll('.ready .sheet canvas').length > 0")
    shared = other.page.evaluate(VIEW)
    assert shared.pop("at") == pytest.approx(view.pop("at"), abs=1e-3)
    assert shared == view
    assert other.page.get_by_label("Bicycle").is_checked()
    assert not other.page.get_by_label("Names", exact=True).is_checked()
    assert watched.faults == other.faults == []


@pytest.mark.parametrize(
    "hash_text",
    ["#at=NaN/1/2&profile=__proto__&hide=constructor,__proto__", "#at=//&profile=", "#=", "#at=15/999/0", "#figures"],
)
def test_nonsense_in_the_address_changes_nothing(site: Path, watch: Watch, hash_text: str) -> None:
    usual = watch().to(site / "en.html").evaluate(VIEW)
    watched = watch()
    watched.page.goto((site / "en.html").as_uri() + hash_text)
    until(watched.page, "document.querySelectorAll('.ready .sheet canvas').length > 0")
    view = watched.page.evaluate(VIEW)
    assert view.pop("at") == pytest.approx(usual.pop("at"), abs=1e-3)
    assert view == usual
    assert watched.faults == []


def test_services_of_one_kind_are_called_by_their_kind_in_the_legend(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    line = page.locator(".map-legend [data-names]")
    assert line.locator(".name").inner_text() == "Services"
    boxes = page.locator("[data-layer^=services]")
    labels = boxes.evaluate_all("(all) => all.map((box) => box.closest('label').textContent.trim())")
    for at in range(1, boxes.count()):
        boxes.nth(at).uncheck()
    until(page, f"document.querySelector('.map-legend [data-names] .name').textContent === {labels[0]!r}")
    boxes.nth(0).uncheck()
    until(page, "document.querySelector('.map-legend [data-names]').hidden")
    boxes.nth(0).check()
    boxes.nth(1).check()
    until(page, "document.querySelector('.map-legend [data-names] .name').textContent === 'Services'")


def test_a_service_is_found_by_a_part_of_its_name(assessment: tg.Assessment, site: Path, watch: Watch) -> None:
    name = str(assessment.services["name"].dropna().iloc[0])
    watched = watch()
    page = watched.to(site / "en.html")
    page.get_by_label("Street or service").fill(name[:5].lower())
    assert name in page.locator(".map-found").inner_text()
    assert "match" in page.locator(".map-search [role=status]").inner_text()
    page.get_by_label("Street or service").fill(name)
    page.keyboard.press("Enter")
    assert name in page.locator(".leaflet-tooltip").inner_text()
    page.get_by_label("Street or service").fill("zzzzzz")
    assert page.locator(".map-found button").count() == 0
    assert watched.faults == []


def test_where_am_i_shows_the_place_and_tells_who_is_far_away(site: Path, browser: Browser) -> None:
    for place, told in (((61.5052, 23.6275), ""), ((60.17, 24.94), "outside")):
        context = browser.new_context(
            permissions=["geolocation"], geolocation={"latitude": place[0], "longitude": place[1]}, offline=True
        )
        context.set_default_timeout(1000 * PATIENCE_S)
        page = context.new_page()
        page.goto((site / "en.html").as_uri())
        until(page, "document.querySelectorAll('.ready .sheet canvas').length > 0")
        before = page.evaluate("tesoma.current.tesoma.canvasLayer.painters.length")
        page.get_by_role("button", name="My location").click()
        if told:
            until(page, f"document.querySelector('.map-search [role=status]').textContent.includes('{told}')")
        else:
            # The place, and the way from the homes nearest to it.
            until(page, f"tesoma.current.tesoma.canvasLayer.painters.length === {before + 2}")
        context.close()


def test_between_whole_zooms_a_tile_has_as_many_dots_as_it_is_shown_with(site: Path, watch: Watch) -> None:
    """Letters on a tile that the browser makes smaller lose strokes."""
    page = watch().to(site / "en.html")
    for zoom in (12.5, 12.75, 13.25, 13.5):
        page.evaluate(f"tesoma.current.setZoom({zoom}, {{ animate: false }})")
        page.evaluate("() => new Promise((done) => tesoma.whenIdle(() => requestAnimationFrame(done)))")
        dots = page.evaluate(
            "[...document.querySelectorAll('.sheet canvas')].filter((one) => one.version !== undefined)"
            ".map((one) => [one.width, one.getBoundingClientRect().width * devicePixelRatio])"
        )
        assert dots
        assert all(abs(drawn - shown) < 1 for drawn, shown in dots), (zoom, dots)


def test_the_whole_screen_holds_map_and_legend(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.get_by_role("button", name="Full screen").click()
    until(page, "document.fullscreenElement !== null")
    assert page.locator(":fullscreen .map-legend").is_visible()
    assert page.locator(":fullscreen #map").is_visible()


def test_print_shows_map_and_legend_without_controls(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    page.emulate_media(media="print")
    assert page.locator("#map").is_visible()
    assert page.locator(".map-legend").is_visible()
    for control in (".map-tools", ".map-profiles", ".map-layers", ".leaflet-control-zoom", ".top nav"):
        assert not page.locator(control).first.is_visible(), control
    assert "Residents: 2020" in page.locator(".map-credits").inner_text()


def test_print_keeps_a_chart_beside_its_sentence_and_has_nothing_to_press(site: Path, watch: Watch) -> None:
    page = watch().to_tables(site / "figures-en.html")
    page.emulate_media(media="print")
    for pressed in (".source", ".contents", ".table-tools", "summary"):
        assert not page.locator(pressed).filter(visible=True).count(), pressed
    words, chart = (page.locator(f"#ages .subject > :nth-child({at})").bounding_box() for at in (1, 2))
    assert words is not None
    assert chart is not None
    assert words["x"] + words["width"] <= chart["x"]
    assert page.locator("#ages .subject").evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    number, interval = page.evaluate("""() => ["#reach td", "#reach td .beside"].map(
        (one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))""")
    assert interval < number


def test_a_scenario_is_swiped(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    origins = assessment.origins.assign(walk_to_hub_s=assessment.origins["walk_to_hub_s"] / 4)
    webmap(assessment, "en", comparison=compared(assessment, origins)).save(str(tmp_path / "map.html"))
    watched = watch(DESKTOP)
    page = watched.to(tmp_path / "map.html")
    assert page.evaluate("tesoma.current.tesoma.canvasLayers.map((layer) => layer.variant)") == ["before", "after"]
    unlike = """(() => {
        const [before, after] = tesoma.current.tesoma.canvasLayers;
        return Object.keys(before._tiles).some((key) =>
            before._tiles[key].el.toDataURL() !== after._tiles[key].el.toDataURL());
    })()"""
    # Minutes saved and lost come first: there is one picture of them, on both sides.
    assert not page.evaluate(unlike)
    page.get_by_label("Homes by travel time").check()
    until(page, unlike)
    page.get_by_label("Before and after").fill("100")
    clips = page.evaluate("tesoma.current.tesoma.canvasLayers.map((layer) => layer.getContainer().style.clip)")
    assert clips[0] != clips[1]
    page.get_by_label("Area within reach").check()
    assert page.evaluate("tesoma.current.hasLayer(tesoma.current.tesoma.layers.cells_after)") is False
    assert told(page, 61.5060, 23.6240) == ["New link", LINK]
    assert watched.faults == []


def test_homes_or_the_area_tell_the_minutes_one_at_a_time(site: Path, watch: Watch) -> None:
    page = watch().to(site / "en.html")
    shown = "['cells', 'isochrones'].map((key) => tesoma.current.hasLayer(tesoma.current.tesoma.layers[key]))"
    assert page.evaluate(shown) == [True, False]
    page.get_by_label("Area within reach").check()
    assert page.evaluate(shown) == [False, True]
    # Each ring carries its minutes at two of its ends.
    rings = "tesoma.current.tesoma.layers.isochrones.of('walk')"
    until(page, f"{rings} && {rings}.length > 2")
    # Minutes stand neither on the hub's name nor on each other, and names keep away from them.
    apart = """() => {
      const map = tesoma.current, { isochrones, hub } = map.tesoma.layers, { state } = map.tesoma;
      const context = document.createElement("canvas").getContext("2d"), scale = 2 ** (map.getZoom() - tesoma.ZOOM);
      const ours = isochrones.boxes(context, scale, state), all = [...ours, ...hub.boxes(context, scale, state)];
      const free = (one, other) =>
        Math.abs(one[0] - other[0]) >= one[2] + other[2] || Math.abs(one[1] - other[1]) >= one[3] + other[3];
      return [ours.length, ours.every((one, i) => all.slice(i + 1).every((other) => free(one, other)))];
    }"""
    count, free = page.evaluate(apart)
    assert count > 2
    assert free
    # No edge of the map cuts them, on a phone neither, where the season cannot be chosen and why is told.
    phone = watch(PHONE).to(site / "en.html")
    phone.locator(".map-layers > summary").click()
    phone.get_by_label("Area within reach").check()
    until(phone, f"{rings} && {rings}.length > 2")
    cut = """() => {
      const map = tesoma.current, { isochrones } = map.tesoma.layers, { min, max } = map.getPixelBounds();
      const context = document.createElement("canvas").getContext("2d"), scale = 2 ** (map.getZoom() - tesoma.ZOOM);
      const boxes = isochrones.boxes(context, scale, map.tesoma.state);
      return [boxes.length, boxes.some(([x, y, wide, high]) =>
        x - wide < min.x || x + wide > max.x || y - high < min.y || y + high > max.y)];
    }"""
    told_px, is_cut = phone.evaluate(cut)
    assert told_px > 0
    assert not is_cut
    assert phone.get_by_text("Season and departure can be chosen while the map shows homes.").is_visible()
    address = page.url
    other = watch()
    other.page.goto(address)
    until(other.page, f"window.tesoma && tesoma.current && {shown}.join() === 'false,true'")
    assert other.page.get_by_label("Area within reach").is_checked()


def compared(assessment: tg.Assessment, origins: gpd.GeoDataFrame) -> Comparison:
    """The sample before and after something that changes the times of its origins, and draws a link by name."""
    scenario = Scenario.load(assessment.workspace.path.with_name("scenario.toml"))
    link = LineString([(23.6230, 61.5060), (23.6250, 61.5060)])
    places = gpd.GeoDataFrame({"what": ["link"], "name": [LINK]}, geometry=[link], crs="EPSG:4326")
    after = replace(assessment, origins=origins)
    # As few figures as the map asks of: nobody put the gain between two.
    within = {
        name: {"population_within": {k: {"before": n, "after": n} for k, n in row["population_within"].items()}}
        for name, row in assessment.summary["profiles"].items()
    }
    figures: Any = {"sure": None, "population_total": assessment.summary["population_total"], "profiles": within}
    gains = assessment.cells.assign(**{GAINED_MIN.of(name): 0.0 for name in within})
    return Comparison(scenario, assessment, after, places.to_crs(origins.crs), gains, figures)


class Gate:
    """A publication as the privacy gate lets it go: the part that the map reads."""

    def __init__(self, text: str) -> None:
        self.features = gpd.GeoDataFrame(
            {
                "type": ["cell", "cell", "shown", "route", "wished_link"],
                "kind": ["barrier"] * 4 + ["missing_link"],
                "topic": ["dark", "steep", None, None, None],
                "voices": [9, 5, None, None, None],
                "voices_at_least": [None, None, None, 10, 5],
                "category": [None, None, "steps", None, None],
                "text": [None, None, text, None, None],
                "themes": [None] * 5,
            },
            geometry=[
                *[box(23.62, 61.50, 23.625, 61.503)] * 2,
                Point(23.6275, 61.5085),
                MultiLineString([[(23.630, 61.500), (23.632, 61.500)], [(23.634, 61.500), (23.636, 61.500)]]),
                LineString([(23.630, 61.512), (23.634, 61.512)]),
            ],
            crs="EPSG:4326",
        )
        self.tables: dict[str, object] = {}


def test_residents_voices_are_on_the_map(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    text = "<img src=x onerror=alert(1)>${alert(2)}"
    webmap(assessment, "en", publication=Gate(text)).save(str(tmp_path / "map.html"))  # type: ignore[arg-type]
    watched = watch()
    page = watched.to(tmp_path / "map.html")
    assert page.get_by_label("Difficult places").is_checked()
    assert told(page, 61.5085, 23.6275) == ["Difficult places", "Steps", text]
    assert told(page, 61.5015, 23.6225) == ["Difficult places", "Dark: 9 respondents", "Steep hill: 5 respondents"]
    along = ["Difficult places", "At least 10 residents drew along this street"]
    assert [told(page, 61.5, lon) for lon in (23.631, 23.635)] == [along, along]
    assert told(page, 61.512, 23.632) == ["Missing links", "At least 5 residents wish for a link here"]
    explained = page.get_by_text("A sign is a street or an area, not one spot")
    assert explained.is_visible()
    page.get_by_label("Difficult places").uncheck()
    assert explained.is_visible()
    page.get_by_label("Missing links").uncheck()
    assert not explained.is_visible()
    assert watched.faults == []


#: How wide the signs of the map are, by kind, and those of the legend; how wide each is on a circle of radius 1.
SIZES = """() => {
    const map = tesoma.current, scale = 2 ** (map.getZoom() - tesoma.ZOOM), wide = [1.299, 1.25, 1, 0.849];
    const all = [...map.tesoma.state.voiceSigns.values()].sort((one, other) => one.sign - other.sign);
    const drawn = all.map(([{ radius }], at) => 2 * radius * scale * wide[at]);
    const paths = [...document.querySelectorAll(".of-sizes:not([hidden]) path")];
    const told = paths.map((path) => [path.classList[0], path.getBBox().width * path.getScreenCTM().a]);
    return [drawn, told.sort().map(([, px]) => px)];
}"""
KINDS_OF_ONE_PLACE = ("barrier", "missing_link", "place", "area")


def of_one_place(voices: list[int]) -> Gate:
    """Voices of each kind about the same square."""
    gate, kinds = Gate(""), KINDS_OF_ONE_PLACE
    cells = {"type": "cell", "kind": kinds, "topic": "dark", "voices": voices}
    nothing = dict.fromkeys(("voices_at_least", "category", "text", "themes"))
    gate.features = gpd.GeoDataFrame(
        {**cells, **nothing}, geometry=[box(23.62, 61.50, 23.625, 61.503)] * len(kinds), crs="EPSG:4326"
    )
    return gate


def test_signs_of_one_place_stand_beside_each_other(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    gate = of_one_place([20, 15, 9, 5])
    webmap(assessment, "en", publication=gate).save(str(tmp_path / "map.html"))  # type: ignore[arg-type]
    watched = watch()
    page = watched.to(tmp_path / "map.html")
    until(page, f"tesoma.current.tesoma.state.voiceSigns?.size === {len(KINDS_OF_ONE_PLACE)}")
    signs = page.evaluate("[...tesoma.current.tesoma.state.voiceSigns.values()].flat()")
    assert len(signs) == len(KINDS_OF_ONE_PLACE)
    for one, other in combinations(signs, 2):
        apart = math.hypot(one["x"] - other["x"], one["y"] - other["y"])
        assert apart > 0.9 * (one["radius"] + other["radius"])
    page.get_by_label("Difficult places").uncheck()
    until(page, f"tesoma.current.tesoma.state.voiceSigns.size === {len(KINDS_OF_ONE_PLACE) - 1}")
    assert watched.faults == []


def test_kinds_are_shown_one_by_one_and_a_sign_shows_its_area(
    assessment: tg.Assessment, watch: Watch, tmp_path: Path
) -> None:
    public = published(assessment.inputs, who="tests")
    assert public is not None
    voices = dict(zip(KINDS_OF_ONE_PLACE, [20, 15, 9, 5], strict=True))
    rows = [{"kind": kind, "topic": "dark", "voices": number} for kind, number in voices.items()]
    told_there = replace(public, features=of_one_place([*voices.values()]).features, tables={"by_topic": rows})
    write_site(assessment, tmp_path, publication=told_there, stills=False)
    shown = "[...tesoma.current.tesoma.state.voiceSigns.values()].map((signs) => signs.sign).sort()"
    for width in (360, 1440):
        watched = watch((width, 780))
        page = watched.to(tmp_path / "voices-en.html")
        until(page, f"String({shown}) === '0'")  # of which the headline is
        headline = page.locator('[data-tells="said"]')
        assert headline.inner_text() == "Difficult places: the most common reason is “dark” (20 respondents)."
        assert not page.locator(".press").is_visible()  # its areas are drawn
        page.get_by_label("All", exact=True).check()
        until(page, f"{shown}.length === 4")
        assert "20 respondents marked a difficult place (dark)." in headline.inner_text()
        until(page, "document.querySelector('.press').checkVisibility()")
        # The legend has the sign of each kind as large as the map, and says once what their numbers are.
        assert page.locator(".of-sizes .name").filter(visible=True).count() == 1
        drawn, told_px = page.evaluate(SIZES)
        assert drawn == pytest.approx(told_px, abs=1)
        page.locator(".map-kinds").get_by_label("Missing links").check()
        until(page, f"String({shown}) === '1'")
        assert headline.inner_text() == "Missing links: the most common topic is “dark” (15 respondents)."
        lit = "tesoma.current.tesoma.state.lit"
        assert page.evaluate(lit) is None
        sign = page.evaluate(
            "(() => { const map = tesoma.current, [[sign]] = map.tesoma.state.voiceSigns.values();"
            " const { lat, lng } = map.unproject([sign.x, sign.y], tesoma.ZOOM); return [lat, lng]; })()"
        )
        assert told(page, *sign) == ["Missing links", "Dark: 15 respondents"]
        assert page.evaluate(f"{lit}.key") == page.locator(".map-kinds :checked").get_attribute("value")
        assert watched.faults == []
    # The legend has the numbers of the kind that is shown (how large they are: test_legend_signs.py).
    assert page.locator(".sizes:visible").locator("..").inner_text().split()[:2] == ["15", "respondents"]
    assert page.locator(".sizes:visible path").first.get_attribute("class") == "voice-1"


def test_a_sign_that_gives_way_stays_on_land(assessment: tg.Assessment, watch: Watch, tmp_path: Path) -> None:
    gate = of_one_place([20, 20, 20, 20])
    lakes = gpd.GeoDataFrame(
        geometry=[box(23.625, 61.49, 23.66, 61.52), box(23.60, 61.503, 23.624, 61.52)], crs="EPSG:4326"
    )
    water = lakes.to_crs(assessment.water.crs)
    by_the_lake = replace(assessment, inputs=replace(assessment.inputs, water=water))
    webmap(by_the_lake, "en", publication=gate).save(str(tmp_path / "map.html"))  # type: ignore[arg-type]
    watched = watch()
    page = watched.to(tmp_path / "map.html")
    until(page, f"tesoma.current.tesoma.state.voiceSigns?.size === {len(KINDS_OF_ONE_PLACE)}")
    in_water = page.evaluate(
        "(() => { const { state } = tesoma.current.tesoma;"
        " return [...state.voiceSigns.values()].flat().map((sign) => tesoma.shapeAt(state.water, sign)); })()"
    )
    assert in_water == [-1] * len(KINDS_OF_ONE_PLACE)
    assert watched.faults == []


def told(page: Page, lat: float, lon: float) -> list[str]:
    lines: list[str] = page.evaluate(
        f"""() => {{
            for (const key of ['cells', 'hub']) tesoma.toggle(tesoma.current, key, false);
            tesoma.current.fire('click', {{ latlng: L.latLng({lat}, {lon}) }});
            return [...document.querySelectorAll('.told > *')].map((line) => line.textContent);
        }}"""
    )
    return lines


def test_an_assessment_has_its_map(assessment: tg.Assessment) -> None:
    assert tg.webmap(assessment, "en").get_root().render() == webmap(assessment, "en").get_root().render()


def test_what_arrives_comes_before_what_waits_and_a_drawn_tile_ends_its_slice(site: Path, watch: Watch) -> None:
    page = watch().to(site / "by-walk-en.html")
    told = page.evaluate("""() => new Promise((done) => {
        const told = [], arrived = tesoma.expect();
        tesoma.schedule(() => {
            tesoma.endSlice();
            Promise.resolve().then(() => told.push("slice over"));
        });
        tesoma.schedule(() => told.push("waited"));
        arrived(() => told.push("arrived"));
        tesoma.whenIdle(() => done(told));
    })""")
    assert told == ["arrived", "slice over", "waited"]


def test_what_is_only_told_of_homes_paints_no_tile_anew(site: Path, watch: Watch) -> None:
    page = watch().to(site / "by-walk-en.html")
    before, asked, there, after = page.evaluate("""() => new Promise((done) => tesoma.whenIdle(() => {
        const { canvasLayer, layers: { cells }, state } = tesoma.current.tesoma;
        const answers = () => Boolean(cells.answers(state.profile));
        const before = canvasLayer.version, asked = answers();
        tesoma.whenIdle(() => done([before, asked, answers(), canvasLayer.version]));
    }))""")
    assert (asked, there) == (False, True)
    assert after == before


#: How many shades a home has in its middle, painted alone, by how many seconds are to the hub.
SHADES = """(all) => { const { state, canvasLayer, layers } = tesoma.current.tesoma, { cells } = layers;
    const canvas = document.createElement("canvas"), { box } = cells.quads;
    canvas.width = canvas.height = 12;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const scale = 60 / (box[2] - box[0]);
    const view = { canvasLayer, unit: 1, zoom: 14, width: 12, height: 12, touches: (_, cell) => cell === 0,
        x: (value) => (value - x) * scale + 6, y: (value) => (value - y) * scale + 6 };
    return all.map((seconds) => { context.reset();
        const usual = cells.seconds;
        cells.seconds = () => new Int32Array(cells.quads.length).fill(seconds);
        cells.paint(context, view);
        cells.seconds = usual;
        const { data } = context.getImageData(0, 0, 12, 12), found = new Set();
        for (let i = 0; i < data.length; i += 4) found.add([...data.slice(i, i + 4)].join());
        return found.size; }); }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_step_has_dots_on_the_map_and_in_the_legend(site: Path, watch: Watch, scheme: str) -> None:
    watched = watch(DESKTOP)
    page = watched.to(site / "en.html")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    near, far = page.evaluate(f"({SHADES})([60, 60 * 90])")
    assert near == 1
    assert far > 1
    swatches = page.evaluate("""[...document.querySelectorAll('.band .swatch')].map((one) =>
        [one.firstElementChild.className.baseVal, getComputedStyle(one).backgroundImage.includes('gradient')])""")
    assert {look for look, dots in swatches if dots} == {"beyond"}
    assert watched.faults == []
