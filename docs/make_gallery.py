"""Makes the pictures of ``docs/gallery`` from the bundled, made-up sample: ``make gallery``.

They are looked at before they are committed; a change of the pages is no reason to make them anew each time.
"""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "docs" / "gallery"
LARGEST_BYTES = 150_000


@dataclass(frozen=True)
class Picture:
    """One picture of a page.

    Attributes
    ----------
    name
        Its file, without the ending.
    page
        The page, below the results of the run or of the scenario.
    size
        Width and height of the window, in CSS pixels.
    at
        A selector of the part that is scrolled to the top; the top of the page if empty.
    """

    name: str
    page: str
    size: tuple[int, int] = (1200, 750)
    at: str = ""


PICTURES = (
    Picture("map", "results/site/en.html", (1200, 960)),
    Picture("phone", "results/site/en.html", (390, 844), at=".map-search"),
    Picture("reasons", "results/site/by-wheelchair-en.html", at="#why-title"),
    Picture("bus", "results/site/by-transit-en.html", at="#connections-title"),
    Picture("before-after", "plan/site/scenarios-en.html", at=".map-frame"),
    Picture("residents", "results/site/voices-en.html", at=".map-frame"),
)


def main() -> None:
    """Run the sample, or take what an earlier run left in the folder that is named, and write the pictures."""
    with _results() as folder, _browser() as page:
        for picture in PICTURES:
            page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
            page.goto((folder / picture.page).as_uri())
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(2500)  # layers are painted in short jobs
            if picture.at:
                page.locator(picture.at).first.evaluate("heading => heading.scrollIntoView()")
                page.wait_for_timeout(500)
            _write(picture.name, Image.open(io.BytesIO(page.screenshot())))
        still = folder / "still.png"
        _command("still", "--profile", "bicycle", "--language", "en", "--pixels", "1200", "850", "--dpi", "110",
                 "--out", str(still), "--overwrite")  # fmt: skip
        _write("still", Image.open(still))


def _write(name: str, picture: Image.Image) -> None:
    file = GALLERY / f"{name}.webp"
    for quality in (85, 75, 65, 50):
        picture.convert("RGB").save(file, quality=quality, method=6)
        if file.stat().st_size <= LARGEST_BYTES:
            break
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


@contextmanager
def _results() -> Iterator[Path]:
    if sys.argv[1:]:
        yield Path(sys.argv[1]).resolve()
        return
    with TemporaryDirectory() as folder:
        _command("run", "--out", f"{folder}/results")
        _command("scenario", "--out", f"{folder}/plan")
        yield Path(folder)


def _command(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "tesoma_geo", *arguments], cwd=ROOT, check=True)


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium.new_context(offline=True).new_page()
        chromium.close()


if __name__ == "__main__":
    main()
