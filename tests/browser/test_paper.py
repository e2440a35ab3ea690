"""Pages on paper: the map shows the district, whatever the reader looked at, and the reader's view comes back."""

import json
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page
from test_districts import folder as district_site
from test_little_light import plan_site
from test_years import years
from watched import DESKTOP, PHONE, Watch, until

import tesoma_geo as tg

__all__ = ["district_site", "plan_site", "years"]

#: An A4 sheet within margins of 15 mm, in dots.
SHEET_PX = 680
#: How far the tables that are printed reach to the right.
TABLE_EDGES = """[...document.querySelectorAll("table")].filter((one) => one.checkVisibility())
    .map((one) => [one, ...one.querySelectorAll("th, td")].map((part) => part.getBoundingClientRect().right))
    .map((edges) => Math.max(...edges))"""
#: Kept when printing begins, after the page's own script: what the sheet will show.
KEPT = """() => addEventListener("beforeprint", () => {
    const map = tesoma.current, frame = map.getContainer().closest(".map-frame");
    const seen = map.getBounds(), colours = new Set();
    for (const canvas of frame.querySelectorAll(".sheet canvas.paper")) {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        for (let i = 0; i < pixels.length; i += 4 * 97) colours.add(pixels.slice(i, i + 4).join());
    }
    window.kept = { size: map.getSize(), seen: [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()],
        land: map.tesoma.state.colours.land, colours: colours.size,
        names: Object.values(map.tesoma.layers.names.placed).at(-1).map(({ text }) => text) };
})"""
FOUR_FRAMES = """() => new Promise((done) => {
    let left = 4;
    (function next() { left-- ? requestAnimationFrame(next) : done(); })();
})"""
VIEW = "[map_en.getCenter().lat, map_en.getCenter().lng, map_en.getZoom(), map_en.getSize().x, map_en.getSize().y]"


def seen_now(page: Page) -> list[float]:
    told: list[float] = page.evaluate(
        "(() => { const b = map_en.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()"
    )
    return told


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_a_sheet_shows_the_district_and_the_view_comes_back(
    site: Path, assessment: tg.Assessment, watch: Watch, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    watched = watch(size, dark=dark)
    page = watched.to(site / "en.html")
    whole = seen_now(page)
    middle = [(whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2]
    page.evaluate("map_en.invalidateSize({animate: false})")
    off = [middle[1] + (whole[3] - whole[1]) / 8, middle[0] + (whole[2] - whole[0]) / 8]
    page.evaluate(f"map_en.setView({off}, 16, {{animate: false}})")
    before, address = page.evaluate(VIEW), page.evaluate("location.href")
    land = page.evaluate("map_en.tesoma.state.colours.land")
    page.evaluate(KEPT)
    sheet = page.pdf(format="A4", margin={"top": "15mm", "left": "15mm", "right": "15mm", "bottom": "15mm"})
    kept = page.evaluate("window.kept")
    west, south, east, north = kept["seen"]
    ours_west, ours_south, ours_east, ours_north = assessment.district.to_crs("EPSG:4326").total_bounds
    assert west < ours_west < ours_east < east, json.dumps(kept)
    assert south < ours_south < ours_north < north, json.dumps(kept)
    assert kept["colours"] > 10
    assert kept["size"]["x"] <= 180 / 25.4 * 96
    assert kept["land"] == "#f7f5f0"
    until(page, "!document.querySelector('.on-paper')")
    page.evaluate(FOUR_FRAMES)
    assert page.evaluate(VIEW) == pytest.approx(before, abs=1e-5)
    assert page.evaluate("location.href") == address
    assert page.evaluate("map_en.tesoma.state.colours.land") == land
    assert watched.faults == []
    if shutil.which("pdftoppm"):
        assert magenta(sheet, tmp_path) > 0.003
        # Tiles that are scaled come apart on a sheet, and names at their edges are there twice.
        told = Counter(words_of(tmp_path / "sheet.pdf"))
        names = [name for name in kept["names"] if " " not in name]
        assert len(names) > 2
        assert [name for name in names if told[name] != 1] == []


def words_of(sheet: Path) -> list[str]:
    """The words of a printed page's first sheet, those that are drawn in its map too."""
    told = subprocess.run(["pdftotext", "-l", "1", str(sheet), "-"], check=True, timeout=300, capture_output=True)
    return told.stdout.decode().split()


def magenta(sheet: bytes, folder: Path) -> float:
    """The part of a printed page's first two sheets in the dark half of the map's ramp."""
    (folder / "sheet.pdf").write_bytes(sheet)
    command = ["pdftoppm", "-r", "50", "-l", "2", "-png", str(folder / "sheet.pdf"), str(folder / "sheet")]
    subprocess.run(command, check=True, timeout=300)
    pages = [
        np.asarray(Image.open(BytesIO(file.read_bytes())).convert("RGB")).astype(int) for file in folder.glob("*.png")
    ]
    reds = [((page[..., 0] > page[..., 1] + 50) & (page[..., 2] > page[..., 1] + 25)).mean() for page in pages]
    return float(max(reds))


@pytest.mark.parametrize("name", ["voices-en.html", "theme-routes-en.html", "by-walk-en.html", "by-transit-en.html"])
def test_every_kind_of_page_has_its_map_on_paper(site: Path, watch: Watch, name: str) -> None:
    watched = watch(PHONE)
    page = watched.to(site / name)
    page.evaluate(KEPT)
    page.pdf(format="A4")
    assert page.evaluate("window.kept.colours") > 20
    assert watched.faults == []


def test_no_table_of_any_page_is_wider_than_its_sheet(
    site: Path, plan_site: Path, district_site: Path, years: Path, watch: Watch
) -> None:
    page = watch((SHEET_PX, 900), touch=False).page
    page.emulate_media(media="print")
    printed, wide = 0, {}
    for path in (path for folder in (site, plan_site, district_site, years) for path in sorted(folder.glob("*.html"))):
        page.goto(path.as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        edges = page.evaluate(TABLE_EDGES)
        printed += len(edges)
        if beyond := [edge for edge in edges if edge > SHEET_PX + 0.5]:
            wide[f"{path.parent.name}/{path.name}"] = beyond
    assert printed > 100
    assert wide == {}
