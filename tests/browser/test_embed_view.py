"""A map in another page's frame looks where it was asked to, whatever room its frame ends with."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame
from test_embed import HOST, Serve, served, wait_for_rest
from watched import PATIENCE_S

import tesoma_geo as tg
from tesoma_geo.render.map.embed_snippet import Controls, Look, embed_address, script_snippet, snippet

__all__ = ["served"]

#: Controls and heights: below the least that the map needs, and usual ones; by the script that of the content too.
ROOMS: tuple[tuple[Controls, int | None], ...] = (
    ("none", 380), ("none", 520), ("none", 600), ("legend", 640), ("all", 1080),
)  # fmt: skip
OF_CONTENT: tuple[tuple[Controls, int | None], ...] = (("none", None), ("legend", None))
FORMS = [*(("iframe", *room) for room in ROOMS), *(("script", *room) for room in (*ROOMS, *OF_CONTENT))]
MIDDLE = "(({ lat, lng }) => [lng, lat])(tesoma.current.getCenter())"
SEEN = "tesoma.current.getBounds().toBBoxString().split(',').map(Number)"


def within(bounds: tuple[float, float, float, float], part: float, east: float, north: float) -> tuple[float, ...]:
    """Such a part of bounds, so far from their west and south."""
    west, south, wide, high = *bounds[:2], bounds[2] - bounds[0], bounds[3] - bounds[1]
    here = [west + (east - part / 2) * wide, south + (north - part / 2) * high]
    return tuple(round(float(value), 4) for value in (*here, here[0] + part * wide, here[1] + part * high))


@pytest.mark.parametrize(("form", "controls", "height"), FORMS)
def test_bounds_are_whole_in_the_middle_and_a_place_is_in_it(
    browser: Browser,
    served: Serve,
    site: Path,
    assessment: tg.Assessment,
    tmp_path: Path,
    form: str,
    controls: Controls,
    height: int | None,
) -> None:
    homes = tuple(assessment.origins.to_crs("EPSG:4326").total_bounds)
    address, elsewhere = served(site), served(tmp_path)
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    page.set_default_timeout(1000 * PATIENCE_S)

    def shown(look: Look) -> Frame:
        if form == "iframe":
            code = snippet(embed_address(address, "en", look), "A map", height=height or 0, lazy=False)
        else:
            code = script_snippet(address, "en", look, "A map", height, lazy=False)
        (tmp_path / "index.html").write_text(HOST % code, "utf-8")
        page.goto(elsewhere + "/index.html")
        page.frame_locator("iframe").locator(".ready .sheet canvas").first.wait_for(state="attached")
        if form == "script":
            page.evaluate("new Promise((done) => setTimeout(done, 300))")  # it asks for the view once it was answered
        wait_for_rest(page)
        return page.frames[1]

    for bounds in (within(homes, 0.5, 0.6, 0.4), within(homes, 1.1, 0.45, 0.55)):
        west, south, east, north = bounds
        frame = shown(Look(controls=controls, bounds=(west, south, east, north)))
        seen, middle = frame.evaluate(SEEN), frame.evaluate(MIDDLE)
        assert seen[0] <= west < east <= seen[2]
        assert seen[1] <= south < north <= seen[3]
        # As a part of what is seen: half a pixel is a few thousandths of a small map.
        assert abs(middle[0] - (west + east) / 2) < 0.01 * (seen[2] - seen[0])
        assert abs(middle[1] - (south + north) / 2) < 0.01 * (seen[3] - seen[1])
    for zoom, east, north in ((15.0, 0.3, 0.7), (12.5, 0.2, 0.4)):
        lon, lat, *_ = within(homes, 0, east, north)
        frame = shown(Look(controls=controls, at=(zoom, lat, lon)))
        seen, middle = frame.evaluate(SEEN), frame.evaluate(MIDDLE)
        assert frame.evaluate("tesoma.current.getZoom()") == zoom
        assert abs(middle[0] - lon) < 0.01 * (seen[2] - seen[0])
        assert abs(middle[1] - lat) < 0.01 * (seen[3] - seen[1])
    page.close()


def test_what_a_host_asks_for_beyond_the_map_shows_the_nearest_of_it(
    browser: Browser, served: Serve, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "en", Look(controls="none", at=(14.0, 59.3, 18.1))))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    page.evaluate("new Promise((done) => setTimeout(done, 400))")
    assert page.evaluate("tesoma.current.options.maxBounds.contains(tesoma.current.getCenter())")
    page.close()


def test_a_map_that_glides_back_to_where_it_ends_is_ends_that_once_it_is_told_where_to_look(
    browser: Browser, served: Serve, site: Path
) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.set_default_timeout(1000 * PATIENCE_S)
    page.goto(embed_address(served(site), "en", Look(controls="none")))
    page.locator(".ready .sheet canvas").first.wait_for(state="attached")
    gone, middle = page.evaluate(
        """async () => {
            const map = tesoma.current, { lat, lng } = map.getCenter();
            // A hand has pulled it from within beyond its end; it glides back for a quarter of a second.
            map.setView(map.options.maxBounds.getNorthEast(), 16, { animate: false });
            map.setView(map.containerPointToLatLng([100, 500]), 16, { animate: false, reset: true });
            map.panBy([500, -300], { animate: false });
            const glides = map._panAnim._inProgress;
            map.setView([lat, lng], 15, { animate: false });
            await new Promise((done) => setTimeout(done, 500));
            const now = map.getCenter();
            return [glides, [now.lat - lat, now.lng - lng]];
        }"""
    )
    assert gone
    assert middle == pytest.approx([0, 0], abs=5e-4)
    page.close()
