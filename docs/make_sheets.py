"""Draws sheets of the pages of a site for whoever judges them: ``python docs/make_sheets.py SITE OUT [PAGE ...]``.

A sheet has one page in all of its languages, side by side, at the width of a phone, a tablet or a desk, light or dark.
``docs/pages.md`` tells what they were found to be. For a page before a change, make the site at the commit before it.
"""

import io
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

#: Width of the screen in CSS pixels, its height, and how much of the page is drawn.
SCREENS = ((360, 740, 1480), (768, 1024, 1400), (1440, 900, 1400))
SCHEMES = ("light", "dark")
#: Between two languages, in pixels, and its colour.
GAP, GAP_COLOUR = 12, (255, 0, 255)
READY = "document.querySelectorAll('.map-frame:not(.ready)').length === 0"
_LANGUAGE = re.compile(r'<html[^>]* lang="([^"]+)"')


def main(site: Path, out: Path, asked: list[str]) -> None:
    """Draw the sheets.

    Parameters
    ----------
    site
        Folder of pages, such as ``results/site``.
    out
        Folder for the sheets, made where there is none; sheets of the same name are replaced.
    asked
        Which pages ("start", "by-walk", "theme-youth"); empty: all.
    """
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, files in _pages(site).items():
            if asked and name not in asked:
                continue
            for screen, scheme in product(SCREENS, SCHEMES):
                pictures = [_picture(chromium, file, screen, scheme, framed=name == "embed") for file in files]
                sheet = out / f"{name}-{screen[0]}-{scheme}.png"
                _side_by_side(pictures).save(sheet)
                print(sheet)
        chromium.close()


def _pages(site: Path) -> dict[str, list[Path]]:
    """Files of each page, by its name, in the order of their languages."""
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    for file in sorted(site.glob("*.html")):
        language = _LANGUAGE.search(file.read_text("utf-8"))
        if language:
            name = file.stem.removesuffix(f"-{language[1]}")
            found["start" if name in ("index", language[1]) else name][language[1]] = file
    first = [language for language, file in found["start"].items() if file.stem == "index"]
    return {
        name: [files[language] for language in sorted(files, key=lambda one: (one not in first, one))]
        for name, files in found.items()
    }


def _picture(chromium: Browser, file: Path, screen: tuple[int, int, int], scheme: str, framed: bool) -> Image.Image:
    width, height, drawn = screen
    context = chromium.new_context(
        viewport={"width": width, "height": height if framed else drawn},
        offline=True,
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=width < 500,
    )
    page = context.new_page()
    page.goto(file.as_uri())
    while not page.evaluate(READY):
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)  # the frames of a page are painted after it
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return picture


def _side_by_side(pictures: list[Image.Image]) -> Image.Image:
    wide = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (wide, max(picture.height for picture in pictures)), GAP_COLOUR)
    for picture, left in zip(pictures, _lefts(pictures), strict=True):
        sheet.paste(picture, (left, 0))
    return sheet


def _lefts(pictures: list[Image.Image]) -> Iterator[int]:
    left = 0
    for picture in pictures:
        yield left
        left += picture.width + GAP


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
