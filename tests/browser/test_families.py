"""The site in the two other families of browsers, Firefox and WebKit, at the size of a desk and of a phone."""

import base64
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import axe_playwright_python
import numpy as np
import pytest
from families import STARTED, Family, lacks, recorded, until
from PIL import Image

import tesoma_geo as tg

DESK, PHONE = (1440, 900), (390, 844)
DRAWN = "document.querySelectorAll('.map-frame.ready .sheet canvas').length"
COLOURS = """const seen = new Set();
    for (const canvas of document.querySelectorAll(".sheet canvas")) {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        for (let i = 0; i < pixels.length; i += 4 * 97) seen.add(pixels.slice(i, i + 4).join());
    }
    return seen.size;"""
#: Pictures of a name on paper of its halo's colour, without the halo and with it; level, turned and on a fine screen.
NAMES = """const all = [];
    for (const [weight, size] of [[400, 11.5], [600, 12.5], [700, 13], [700, 15]]) for (const turn of [0, 0.4]) {
        for (const unit of [1, 2]) for (const y of [30, 30.3, 30.5, 30.8]) {
            const canvas = Object.assign(document.createElement("canvas"), { width: 360, height: 160 });
            const context = canvas.getContext("2d");
            const picture = function (draw) {
                context.setTransform(1, 0, 0, 1, 0, 0);
                context.fillStyle = "#fff";
                context.fillRect(0, 0, 360, 160);
                context.translate(180.3, unit * y);
                context.rotate(turn);
                context.font = `${weight} ${size * unit}px system-ui, sans-serif`;
                context.textAlign = "center";
                context.textBaseline = "middle";
                context.fillStyle = "#000";
                draw();
                return canvas.toDataURL();
            };
            const bare = picture(() => context.fillText("Länsikeskus", 0, 0));
            const label = () => tesoma.label(context, "Länsikeskus", 0, 0, { halo: "#fff", text: "#000" }, unit);
            all.push([`${weight} ${size} px, turned ${turn}, ${unit} x, at ${y}`, bare, picture(label)]);
        }
    }
    return all;"""

#: Whether the map and the head of the answer are on the screen.
SEEN = """["#map", ".answer-told"].map((one) => document.querySelector(one).getBoundingClientRect())
    .every(({ top, bottom }) => top > -1 && bottom < innerHeight + 1)"""


@pytest.fixture(scope="module", params=list(STARTED))
def family(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    reason = lacks(request.param)
    if reason:
        pytest.skip(reason)
    with STARTED[request.param](tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture(scope="module")
def pages(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded(site, tmp_path_factory.mktemp("recorded") / "site")


def shown(family: Family, page: Path, size: tuple[int, int]) -> None:
    """A page of a size, with its map painted if it has one."""
    family.size(*size)
    family.open(page)
    if "map-frame" in page.read_text(encoding="utf-8"):
        until(family, DRAWN)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_map_is_drawn_and_nothing_is_told_or_asked_for(family: Family, pages: Path, size: tuple[int, int]) -> None:
    for file in ("index.html", "sv.html", "en.html"):
        shown(family, pages / file, size)
        assert family.run("return innerWidth") == size[0]
        assert family.run("return document.documentElement.scrollWidth") <= size[0]
        assert family.run(COLOURS) > 10
        assert (
            family.run("return performance.getEntriesByType('resource').filter((one) => /^http/.test(one.name))") == []
        )
        assert family.run("return faults") == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_kind_of_page_is_wide_or_has_a_fault(family: Family, pages: Path, size: tuple[int, int]) -> None:
    wrong = {}
    for page in sorted(pages.glob("*-en.html")):
        shown(family, page, size)
        told = family.run("return [...faults, ...(document.documentElement.scrollWidth > innerWidth ? ['wide'] : [])]")
        if told:
            wrong[page.name] = told
    assert wrong == {}


def test_what_a_page_should_not_do_is_kept(family: Family, pages: Path) -> None:
    script = "console.error('of the console'); missing(); "
    (pages / "assets/faulty.js").write_text(script, encoding="utf-8")
    text = (pages / "accessibility-en.html").read_text(encoding="utf-8")
    faulty = text.replace(
        "</body>", '<script src="assets/faulty.js"></script><img src="https://a.example/1.png"></body>'
    )
    (pages / "faulty.html").write_text(faulty, encoding="utf-8")
    family.open(pages / "faulty.html")
    until(family, "faults.length >= 3")
    # The failed picture, the error and what was written to the console.
    told = " ".join(family.run("return faults"))
    assert "of the console" in told
    assert len(family.run("return faults")) >= 3
    assert "https://a.example" in told


def test_another_language_keeps_the_view(family: Family, pages: Path) -> None:
    shown(family, pages / "en.html", DESK)
    family.run("tesoma.current.setView([61.507, 23.63], 15.5, { animate: false })")
    family.press("label:has(input[value=wheelchair])")
    until(family, "location.hash.includes('profile=wheelchair')")
    family.press("nav a[hreflang=sv]")
    until(family, f"document.documentElement.lang === 'sv' && {DRAWN}")
    zoom, north, east = family.run(
        "const at = tesoma.current.getCenter(); return [tesoma.current.getZoom(), at.lat, at.lng]"
    )
    assert zoom == 15.5
    assert north == pytest.approx(61.507, abs=1e-3)
    assert east == pytest.approx(23.63, abs=1e-3)
    assert family.run("return document.querySelector('input[value=wheelchair]').checked")
    assert family.run("return faults") == []


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_my_home_is_answered(family: Family, pages: Path, assessment: tg.Assessment, size: tuple[int, int]) -> None:
    street = sorted(set(assessment.streets["name"].dropna()))[0]
    shown(family, pages / "en.html", size)
    family.type("#map-search", street)
    until(family, "document.querySelector('.map-found button')")
    family.press(".map-found button")
    until(family, "/min \\(\\d+–\\d+\\)/.test(document.querySelector('.home-times').textContent)")
    assert family.run("return document.querySelectorAll('.home-times li').length") == 7
    assert family.run("return document.querySelectorAll('.home-nearest li').length") > 2
    if size == PHONE:  # the map and all minutes on one screen, and the rest once it is asked for
        until(family, "document.querySelectorAll('.answer-way').length === 7")
        until(family, SEEN)  # what is typed into is brought onto the screen first
        family.press(".answer-told")
        until(family, "document.querySelector('.map-answer.open .home-nearest li')?.checkVisibility()")
    assert family.run("return faults") == []


def ink(picture: str) -> int:
    """How much darker than white paper a picture is, from its address with the picture in it."""
    read = Image.open(BytesIO(base64.b64decode(picture.partition(",")[2]))).convert("L")
    return int((255 - np.asarray(read, int)).sum())


def test_a_halo_takes_nothing_from_its_letters(family: Family, pages: Path) -> None:
    shown(family, pages / "en.html", DESK)
    inks = {name: (ink(bare), ink(haloed)) for name, bare, haloed in family.run(NAMES)}
    assert len(inks) == 4 * 2 * 2 * 4
    assert {name: pair for name, pair in inks.items() if pair[0] < 10_000 or pair[1] < 0.99 * pair[0]} == {}


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_axe_finds_no_violation(family: Family, pages: Path, size: tuple[int, int]) -> None:
    shutil.copy(Path(axe_playwright_python.__file__).parent / "axe.min.js", pages / "assets/axe.js")
    wrong = {}
    for file in ("en.html", "by-walk-en.html", "voices-en.html"):
        shown(family, pages / file, size)
        family.run("document.head.append(Object.assign(document.createElement('script'), { src: 'assets/axe.js' }))")
        until(family, "window.axe")
        found = family.run(
            "return axe.run({ resultTypes: ['violations'] }).then((all) => all.violations.map((one) => one.id).join())"
        )
        if found:
            wrong[file] = found
    assert wrong == {}
