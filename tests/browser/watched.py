"""What browser tests share: sizes, and a page that is watched."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
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

#: Marks the first of all elements with a text of their own that look the same: colours, size, weight, and what lies
#: below down to a ground that nothing shines through. Axe then judges the contrast of these alone.
ONE_OF_EACH_LOOK = """() => {
    const known = new Map(), seen = new Set();
    const ground = (one) => {
        if (!one) return '';
        if (!known.has(one)) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
            const clear = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' && opacity === '1';
            const solid = /^rgb\\(/.test(backgroundColor) && opacity === '1';
            const own = clear ? '' : [backgroundColor, backgroundImage, opacity].join();
            known.set(one, solid ? own : own + ground(one.parentElement));
        }
        return known.get(one);
    };
    for (const one of document.body.querySelectorAll('*')) {
        if (!one.checkVisibility() || ![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            continue;
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
        const look = [color, fontSize, fontWeight, textShadow, ground(one)].join();
        if (!seen.has(look)) one.setAttribute('data-look', '');
        seen.add(look);
    }
    axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-look]' }] });
}"""


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


def examined(page: Page, each_text: bool = True) -> AxeResults:
    """What axe has against a page: all its rules are tried, the size of targets (WCAG 2.2, off by default) among
    them; what it would tell of those kept is left out. The contrast of each text takes most of its time; else it
    judges that of the first of all texts with the same colours, size, weight and grounds."""
    rules = {"target-size": {"enabled": True}}
    axe = Axe() if each_text else Axe(f"{AXE_SCRIPT};({ONE_OF_EACH_LOOK})();")
    return axe.run(page, options={"resultTypes": ["violations"], "rules": rules})


def address(page: Page) -> str:
    """The address as the page has it now; Playwright's own ``url`` hears of a change a moment later."""
    here: str = page.evaluate("location.href")
    return here


Watch = Callable[..., Watched]
