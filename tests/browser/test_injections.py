"""150 injections in every field that data, workspace and residents can fill: from disk, from a server, in one file."""

import contextlib
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from injections import INJECTIONS
from playwright.sync_api import Page
from watched import Watch, Watched, until

import tesoma_geo as tg
from tesoma_geo.cli.serve import Preview
from tesoma_geo.render.pages.write import write_single, write_site
from tesoma_geo.render.report.write import report_html
from tests.assessed import folder_once

WRITTEN = """window.written = [];
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.written.push(text);
    return fill.call(this, text, ...rest);
};"""
READY = "document.querySelectorAll('.ready .sheet canvas').length > 0"


@pytest.fixture(scope="session")
def hostile_site(hostile: tg.Assessment, hostile_voices, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    def write(folder: Path) -> None:
        write_site(hostile, folder, publication=hostile_voices, stills=False)

    return folder_once(tmp_path_factory, "hostile", write)


def test_there_are_150_different_ones() -> None:
    assert len(set(INJECTIONS)) == len(INJECTIONS) == 150


def pages_of(folder: Path, language: str) -> list[str]:
    start = "index.html" if language == "fi" else f"{language}.html"
    return [start, *sorted(path.name for path in folder.glob(f"*-{language}.html"))]


def looked_at(page: Page) -> None:
    """Opens what is folded, points at everything that the map knows, sorts and filters the tables."""
    if page.locator("#map").count():
        until(page, READY)
        page.evaluate(
            """() => {
                const map = tesoma.current;
                for (const key of tesoma.keys(map)) tesoma.toggle(map, key, true);
                if (map.tesoma.state.timetable) tesoma.choose(map, map.tesoma.state.timetable);
                const clocks = (map.tesoma.layers.cells.departures || { clocks: [] }).clocks;
                for (const departure of clocks) tesoma.setTime(map, { departure });
                tesoma.setTime(map, { season: 'winter' });
                window.rested = false;
                tesoma.whenIdle(() => { window.rested = true; });
            }"""
        )
        until(page, "window.rested")
        page.evaluate(
            """() => {
                const map = tesoma.current;
                for (const { xy, parts } of Object.values(map.tesoma.layers)) {
                    const places = xy || (parts[0] && parts[0].xy) || [];
                    for (let i = 0; i < places.length && i < 400; i += 2) {
                        map.fire('click', { latlng: map.unproject([places[i], places[i + 1]], tesoma.ZOOM) });
                    }
                }
                map.setZoom(16, { animate: false });
            }"""
        )
        search = page.locator("#map-search")
        if search.count() and search.is_visible():
            search.fill("script")
    page.evaluate("() => { for (const details of document.querySelectorAll('details')) details.open = true; }")
    page.evaluate("() => { for (const button of document.querySelectorAll('thead button')) button.click(); }")
    page.evaluate(
        "() => { for (const table of document.querySelectorAll('.data-table table')) "
        "{ tesoma.csv(table); JSON.parse(tesoma.geojson(table)); } }"
    )


def harmless(watched: Watched) -> None:
    assert (
        watched.page.locator(
            "main img:not(.still), svg[onload], body script:not([src]), main a[href^=javascript]"
        ).count()
        == 0
    )
    assert watched.faults == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nothing_runs_from_disk(hostile_site: Path, watch: Watch, language: str) -> None:
    watched = watch()
    watched.page.add_init_script(WRITTEN)
    for file in pages_of(hostile_site, language):
        if file.startswith("by-") and "walk" not in file:
            continue  # the pages of profiles differ in nothing that data fills
        watched.page.goto((hostile_site / file).as_uri())
        if language == "en":
            looked_at(watched.page)  # the scripts are of no language; words of one reach them as those of another
        elif watched.page.locator("#map").count():
            until(watched.page, READY)
        text = watched.page.evaluate("document.body.textContent")
        assert [name for name in INJECTIONS if name not in text] == [], file
        harmless(watched)


def test_names_reach_the_canvas_as_text(hostile_site: Path, watch: Watch) -> None:
    watched = watch()
    watched.page.add_init_script(WRITTEN)
    page = watched.to(hostile_site / "en.html")
    page.evaluate("tesoma.current.setZoom(17, { animate: false })")
    until(page, f"{READY} && new Set(window.written).size > 3")
    assert set(page.evaluate("window.written")) & set(INJECTIONS)
    assert watched.faults == []


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Preview, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_nothing_runs_from_a_server(hostile_site: Path, watch: Watch) -> None:
    with served(hostile_site) as address:
        watched = watch(origin=address)
        for file in ("en.html", "voices-en.html", "designers-en.html"):
            watched.page.goto(f"{address}/{file}")
            looked_at(watched.page)
            harmless(watched)


def test_nothing_runs_in_the_one_file(hostile: tg.Assessment, hostile_voices, watch: Watch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write_single(hostile, tmp_path / "all.html", publication=hostile_voices)
    watched = watch()
    page = watched.to(tmp_path / "all.html")
    for file in ("voices-en.html", "by-walk-sv.html", "method-fi.html"):
        page.evaluate(f"location.hash = 'page={file}'")
        until(page, f"document.getElementById('page').dataset.file === '{file}'")
        looked_at(page)
        text = page.locator("#page").text_content() or ""
        assert [name for name in INJECTIONS if name not in text] == [], file
    assert watched.faults == []


def test_nothing_runs_in_the_report(hostile: tg.Assessment, hostile_voices, watch: Watch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "report.html").write_text(report_html(hostile, "en", hostile_voices), "utf-8")
    watched = watch()
    watched.page.goto((tmp_path / "report.html").as_uri())
    text = watched.page.evaluate("document.body.textContent")
    assert [name for name in INJECTIONS if name not in text] == []
    assert watched.page.locator("script, svg[onload]").count() == 0
    assert watched.faults == []
