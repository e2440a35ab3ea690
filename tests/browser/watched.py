"""What browser tests share: sizes, and a page that is watched."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Frame, Page

#: How long anything may take before it counts as never: a busy machine is slow, not wrong.
PATIENCE_S = 300
DESKTOP, PHONE = (1440, 900), (360, 740)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Adds up how far the page moves, as browsers count it, from its first picture on.
SHIFTS = """window.shifted = 0;
const add = (list) => { for (const one of list) window.shifted += one.value; };
const observer = new PerformanceObserver((list) => add(list.getEntries()));
observer.observe({ type: "layout-shift", buffered: true });
window.tellShifted = () => { add(observer.takeRecords()); return window.shifted; };"""


@dataclass
class Watched:
    """A page, and everything that it should not do."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def to(self, path: Path) -> Page:
        """Open a file and wait until the map has painted."""
        self.page.goto(path.absolute().as_uri())
        until(self.page, "document.querySelectorAll('.map-frame.ready .sheet canvas').length > 0")
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.page

    def to_tables(self, path: Path) -> Page:
        """Open a file that has no map, and wait until its tables can be sorted."""
        self.page.goto(path.absolute().as_uri())
        until(self.page, "document.querySelector('.table-tools') && !document.querySelector('.table-tools[hidden]')")
        return self.page


def until(page: Page | Frame, expression: str) -> None:
    """Wait for an expression; Playwright's own waiting is stopped by the pages' Content-Security-Policy."""
    end = time.monotonic() + PATIENCE_S
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(25)


def moved(watched: Watched, path: Path) -> float:
    """How far what is seen of a page moves by itself until it is ready: the sum of its layout shifts."""
    page, text = watched.page, path.read_text(encoding="utf-8")
    page.add_init_script(SHIFTS)
    if 'class="map-frame' in text:
        watched.to(path)
    elif 'class="table-tools"' in text:
        watched.to_tables(path)
    else:
        page.goto(path.absolute().as_uri())
    page.evaluate(
        "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
    )
    shifted: float = page.evaluate("tellShifted()")
    return shifted


def examined(page: Page) -> AxeResults:
    """What axe has against a page: all its rules are tried, the size of targets (WCAG 2.2, off by default) among
    them; what it would tell of those kept is left out."""
    rules = {"target-size": {"enabled": True}}
    return Axe().run(page, options={"resultTypes": ["violations"], "rules": rules})


def address(page: Page) -> str:
    """The address as the page has it now; Playwright's own ``url`` hears of a change a moment later."""
    here: str = page.evaluate("location.href")
    return here


Watch = Callable[..., Watched]
