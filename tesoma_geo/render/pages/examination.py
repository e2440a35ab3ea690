"""Pages examined by axe-core in a browser: what a program can find of obstacles, which is a part of them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tesoma_geo._extras import require
from tesoma_geo._files import write_json
from tesoma_geo.errors import TesomaError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Width and height in pixels of the screens on which pages are looked at: a desk's and a phone's.
SCREENS = ((1440, 900), (360, 740))
#: Where the result stands in the site.
FILE = "accessibility.json"
#: Milliseconds that a page may take to open.
PATIENCE_MS = 120_000
#: The size of targets (WCAG 2.2), which axe-core leaves out unless it is asked.
RULES = {"target-size": {"enabled": True}}


@dataclass(frozen=True)
class Obstacle:
    """A kind of obstacle that was found.

    Attributes
    ----------
    rule
        Of axe-core, such as ``color-contrast``.
    impact
        ``minor``, ``moderate``, ``serious`` or ``critical``; empty where axe-core says none.
    says
        What is wrong, in English.
    pages
        Files with it, sorted.
    """

    rule: str
    impact: str
    says: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Examination:
    """What axe-core found of the pages of a site.

    Attributes
    ----------
    day
        When.
    version
        Of axe-core.
    pages
        How many pages, each on every one of :data:`SCREENS` with all that can be unfolded open.
    obstacles
        By their rules.
    """

    day: date
    version: str
    pages: int
    obstacles: tuple[Obstacle, ...]

    def as_json(self) -> dict[str, Any]:
        """What :data:`FILE` says.

        Returns
        -------
        dict
            JSON can hold it.
        """
        return {
            "examined_on": self.day.isoformat(),
            "by": f"axe-core {self.version}",
            "pages": self.pages,
            "screens": [list(screen) for screen in SCREENS],
            "obstacles": [
                {"rule": one.rule, "impact": one.impact, "says": one.says, "pages": list(one.pages)}
                for one in self.obstacles
            ],
        }


def examined(folder: Path, day: date) -> Examination:
    """Look at every page of a site on disk with axe-core, and write what was found beside them.

    Parameters
    ----------
    folder
        Of the site.
    day
        The day that the result carries.

    Returns
    -------
    Examination
        What ``accessibility.json`` says.

    Raises
    ------
    TesomaError
        The extra ``check`` is not installed, or no browser starts.
    """
    axe = require("axe_playwright_python.sync_playwright", extra="check").Axe()
    playwright = require("playwright.sync_api", extra="check")
    files = sorted(path.name for path in folder.glob("*.html"))
    faults: dict[str, tuple[str, str, set[str]]] = {}
    version = ""
    for browser in _browsers():
        for width, height in SCREENS:
            context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            for file in files:
                page.goto((folder / file).absolute().as_uri())
                page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
                if page.query_selector(".map-frame"):
                    with suppress(playwright.TimeoutError):  # without its map a page is looked at all the same
                        page.wait_for_selector(".map-frame.ready")
                answer = axe.run(page, options={"rules": RULES}).response
                version = answer["testEngine"]["version"]
                for fault in answer["violations"]:
                    _, _, pages = faults.setdefault(fault["id"], (fault["impact"] or "", fault["help"], set()))
                    pages.add(file)
            context.close()
    obstacles = tuple(
        Obstacle(rule, impact, says, tuple(sorted(pages))) for rule, (impact, says, pages) in sorted(faults.items())
    )
    result = Examination(day, version, len(files), obstacles)
    write_json(folder / FILE, result.as_json())
    return result


def _browsers() -> "Iterator[Browser]":
    """One browser, closed afterwards: Chromium of the machine, or the one that Playwright brought."""
    playwright = require("playwright.sync_api", extra="check")
    path = os.environ.get("TESOMA_GEO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with playwright.sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"], timeout=PATIENCE_MS)
        except playwright.Error as error:
            reason = str(error).strip().splitlines()[0]
            raise TesomaError(
                f"no browser starts to examine the pages ({reason})",
                "Install Chromium, name one in TESOMA_GEO_CHROMIUM, or leave out --check",
            ) from None
        yield browser
        browser.close()
