"""``python -m benchmarks.pages``: weigh and time the start page of a real district beside stock folium.

Both draw the same: streets of the study area, homes by travel time, isochrones of every profile, services,
and what residents said. Stock folium's files on other hosts are answered from here, so that only what its
page does is timed. Lighthouse is measured when its program is named (``npm install lighthouse``).
"""

import argparse
import gzip
import io
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import folium
import numpy as np
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

import tesoma_geo as tg
from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.publish import publish
from tesoma_geo.cli.serve import Preview
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES
from tesoma_geo.render.figures.street_classes import STREET_CLASSES
from tesoma_geo.render.map.folium_map import webmap
from tesoma_geo.render.pages.write import write_site
from tesoma_geo.render.text import assets

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
DESKTOP, PHONE = (1440, 900), (360, 740)
OURS_READY = "document.querySelectorAll('.map-frame.ready .sheet canvas').length > 0"
STOCK_READY = "document.querySelectorAll('.leaflet-interactive').length > 0 && document.readyState === 'complete'"
#: Scripts of other pages and languages.
ELSEWHERE = ("embed", "gallery", "map-en", "map-sv")
#: Notes when a condition first holds at a frame, and the frame after it.
CLOCK = """window.readyAt = null;
(function look() {
    if (document.body && (%s)) requestAnimationFrame(() => { window.readyAt = performance.now(); });
    else requestAnimationFrame(look);
})();"""

#: Milliseconds from the press of a key until the first frame at which the ways to the hub stand there.
ANSWER = """window.answeredMs = null;
addEventListener('keydown', () => {
    const since = performance.now();
    (function look() {
        if (document.querySelector('.home-times li')) window.answeredMs = performance.now() - since;
        else requestAnimationFrame(look);
    })();
}, { capture: true, once: true });"""
#: Streets whose answer is waited for.
STREETS = 4


def stock(assessment: tg.Assessment, public: Publication) -> folium.Map:
    """The same layers as folium draws them unaided: a style function a layer, tooltips, markers."""
    hub = assessment.hub.to_crs("EPSG:4326").geometry.iloc[0]
    fmap = folium.Map([hub.y, hub.x], zoom_start=14, prefer_canvas=False)
    ramp = ("#2d1160", "#721f81", "#c23a75", "#f9795d", "#fed395")
    for profile, table in assessment.isochrones.items():
        group = folium.FeatureGroup(name=profile, show=profile == "walk").add_to(fmap)
        rings = table.sort_values("cutoff_min", ascending=False)[["cutoff_min", "geometry"]].to_crs("EPSG:4326")
        folium.GeoJson(
            rings, style_function=lambda one: {"color": ramp[int(one["properties"]["cutoff_min"]) % 5], "weight": 1}
        ).add_to(group)
    classes = {name: number for number, names in enumerate(STREET_CLASSES) for name in names}
    streets = assessment.streets[["highway", "name", "geometry"]].to_crs("EPSG:4326").fillna({"name": ""})
    folium.GeoJson(
        streets,
        name="streets",
        style_function=lambda one: {"color": "#463e50", "weight": 4 - classes.get(one["properties"]["highway"], 4) / 2},
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(fmap)
    side = assessment.workspace.population.cell_m / 2
    columns = [column for column in assessment.origins if column.endswith("_to_hub_s")]
    cells = assessment.origins[["population", *columns, "geometry"]].replace(np.inf, -1)
    cells = cells.set_geometry(cells.geometry.buffer(side, cap_style="square")).to_crs("EPSG:4326")
    folium.GeoJson(
        cells,
        name="homes",
        style_function=lambda one: {"fillColor": ramp[min(4, int(one["properties"]["walk_to_hub_s"] // 360))]},
        tooltip=folium.GeoJsonTooltip(["population", *columns]),
    ).add_to(fmap)
    for service in assessment.services.to_crs("EPSG:4326").itertuples():
        folium.Marker([service.geometry.y, service.geometry.x], tooltip=str(service.name)).add_to(fmap)
    said = public.features[public.features.geometry.notna()]
    for row in said.itertuples():
        at = row.geometry.representative_point()
        folium.CircleMarker([at.y, at.x], radius=8, popup=f"{row.kind} {row.topic}").add_to(fmap)
    folium.LayerControl().add_to(fmap)
    return fmap


def seconds(task: Callable[[], Any], repeat: int = 3) -> float:
    """Median of several runs after one more."""
    task()
    taken = []
    for _ in range(repeat):
        begin = time.perf_counter()
        task()
        taken.append(time.perf_counter() - begin)
    return float(np.median(taken))


def weight(files: list[Path]) -> str:
    """Megabytes, and megabytes as a server sends them."""
    contents = [file.read_bytes() for file in files]
    plain = sum(map(len, contents)) / 1e6
    return f"{plain:.2f} ({sum(len(gzip.compress(content)) for content in contents) / 1e6:.2f})"


@contextmanager
def opened(browser: Browser, size: tuple[int, int], slowdown: int, elsewhere: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500)
    page = context.new_page()
    leaflet = {name: assets.asset(f"vendor/leaflet/leaflet.{name}").read_text("utf-8") for name in ("js", "css")}

    def answer(route: Route) -> None:
        address = route.request.url
        if address.startswith(("file:", "data:", "http://127.0.0.1")):
            route.continue_()
            return
        elsewhere.append(address)
        ending = address.rsplit(".", 1)[-1]
        body = leaflet.get(ending, "") if "leaflet.js" in address or "leaflet.css" in address else ""
        route.fulfill(body=body, content_type={"js": "text/javascript", "css": "text/css"}.get(ending, "text/plain"))

    page.route("**/*", answer)
    if slowdown > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    yield page
    context.close()


def until(page: Page, condition: str) -> None:
    """Wait for a condition; pages let no text be run as a script by themselves."""
    while not page.evaluate(condition):
        page.wait_for_timeout(50)


def ready(browser: Browser, address: str, condition: str, size: tuple[int, int], slowdown: int = 1) -> float:
    """Seconds from the start of loading until the map is drawn: the median of three."""
    taken = []
    for _ in range(3):
        with opened(browser, size, slowdown, []) as page:
            page.add_init_script(CLOCK % condition)
            page.goto(address, timeout=180_000)
            until(page, "window.readyAt !== null")
            taken.append(page.evaluate("window.readyAt") / 1000)
    return float(np.median(taken))


def home_answers(browser: Browser, page_file: Path) -> list[float]:
    """Milliseconds from the press to the answer for some streets, each opened from disk without a network."""
    taken: list[float] = []
    while len(taken) < STREETS:
        with opened(browser, PHONE, 1, []) as page:
            page.context.set_offline(True)
            page.goto(page_file.absolute().as_uri())
            until(page, OURS_READY)
            page.locator(".map-search input").fill("a")
            until(page, "tesoma.current.tesoma.layers.places.all() !== undefined")
            names = some_streets(page)
            page.locator(".map-search input").fill(names[len(taken)])
            page.locator(".map-found button").first.wait_for()
            page.evaluate(ANSWER)
            page.keyboard.press("Enter")
            until(page, "window.answeredMs !== null")
            taken.append(float(page.evaluate("window.answeredMs")))
    return taken


def some_streets(page: Page) -> list[str]:
    """Streets that a page can find: far from each other in the alphabet, by names that none other begins with."""
    names = sorted(set(page.evaluate("tesoma.current.tesoma.layers.places.all().map((place) => place.name)")))
    alone = [name for name in names if sum(other.startswith(name) for other in names) == 1]
    return alone[:: max(1, len(alone) // STREETS)][:STREETS]


def lighthouse(program: str, address: str, chromium: str) -> str:
    """Scores of performance (mobile), accessibility and best practices, of 100."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    done = subprocess.run(
        [program, address, "--output=json", "--quiet", f"--chrome-flags={flags}",
         "--only-categories=performance,accessibility,best-practices"],
        check=False, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium}, timeout=240,
    )  # fmt: skip
    if done.returncode:
        return "failed without its other hosts"
    scores = json.loads(done.stdout)["categories"]
    return ", ".join(
        f"{100 * scores[name]['score']:.0f}" for name in ("performance", "accessibility", "best-practices")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, default=DATA / "tesoma.toml")
    parser.add_argument("--lighthouse", default=shutil.which("lighthouse"), help="the program, when it is installed")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--out", type=Path, default=HERE / "pages.md")
    options = parser.parse_args()
    assessment = tg.assess(options.workspace)
    public = publish(assessment.workspace, who="benchmarks")
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(assessment, public, Path(folder), options)
    said = int(public.features.geometry.notna().sum())
    lines = [
        "# Pages beside stock folium",
        f"{len(assessment.streets)} streets, {len(assessment.origins)} homes, {len(assessment.services)} services, "
        f"isochrones of {len(assessment.isochrones)} profiles, {said} features of what residents said. "
        f"Headless Chromium, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. "
        "Made by `python -m benchmarks.pages`.",
        "",
        "| | target | ours | stock folium |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def measured(
    assessment: tg.Assessment, public: Publication, folder: Path, options: argparse.Namespace
) -> list[tuple[str, ...]]:
    index = write_site(assessment, folder, publication=public, stills=False)
    plain = folder / "stock.html"
    stock(assessment, public).save(str(plain))
    one = folder / "one.html"
    webmap(assessment, publication=public).save(str(one))
    own = sorted((folder / "assets").rglob("*"))
    # The whole of it: parts of the data that only a reader who asks for them loads, too.
    files = [index, *(file for file in own if file.suffix in (".js", ".css") and file.stem not in ELSEWHERE)]
    at_once = [file for file in files if file.parent.name != "data"]
    rows = [
        ("start page with every layer that it can show, MB (gzip)", "1.5 (0.7)", weight(files), weight([plain])),
        ("of that before anything is asked for, MB (gzip)", "–", weight(at_once), weight([plain])),
        ("map in one file, MB (gzip)", "1.5 (0.7)", weight([one]), weight([plain])),
        (
            "build in Python, s",
            "0.7",
            f"{seconds(lambda: webmap(assessment, publication=public).get_root().render()):.2f}",
            f"{seconds(lambda: stock(assessment, public).get_root().render(), 1):.2f}",
        ),
    ]
    with sync_playwright() as playwright, serving(folder) as address:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, target, size, slowdown in (("desktop", "0.8", DESKTOP, 1), ("phone, 4× throttled", "1.8", PHONE, 4)):
            ours = ready(browser, f"{address}/index.html", OURS_READY, size, slowdown)
            theirs = ready(browser, f"{address}/stock.html", STOCK_READY, size, slowdown)
            rows.append((f"ready, {name}, s", target, f"{ours:.2f}", f"{theirs:.2f}"))
            for profile in TIMETABLE_PROFILES.intersection(assessment.workspace.access.profiles):
                file = f"by-{profile}-{assessment.workspace.district.languages[0]}.html"
                by_timetable = ready(browser, f"{address}/{file}", OURS_READY, size, slowdown)
                rows.append((f"public transport's page ready, {name}, s", target, f"{by_timetable:.2f}", "–"))
        answers = home_answers(browser, index)
        told = f"{np.median(answers):.0f} ({max(answers):.0f})"
        rows.append((f"my home offline, press to answer, ms (slowest of {len(answers)} streets)", "100", told, "–"))
        found, asked = [], []
        for page_file in ("index.html", "stock.html"):
            elsewhere: list[str] = []
            with opened(browser, DESKTOP, 1, elsewhere) as page:
                page.goto(f"{address}/{page_file}")
                page.wait_for_timeout(2000)
                asked.append(str(len(elsewhere)))
                found.append(str(Axe().run(page).violations_count))
        rows += [("outside requests", "0", *asked), ("axe violations", "0", *found)]
        browser.close()
        if options.lighthouse:
            scores = [
                lighthouse(options.lighthouse, f"{address}/{name}", options.chromium)
                for name in ("index.html", "stock.html")
            ]
            rows.append(("Lighthouse: performance (mobile), accessibility, best practices", "90, 100, 100", *scores))
    return rows


class Compressed(Preview):
    """Files as a server on the web sends them: compressed."""

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.suffix not in (".html", ".js", ".css"):
            return super().send_head()
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    main()
