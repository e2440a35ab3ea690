"""What browser tests share: sizes, and a page that is watched."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

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


def until(page: Page, expression: str) -> None:
    """Wait for an expression; Playwright's own waiting is stopped by the pages' Content-Security-Policy."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {expression}")


Watch = Callable[..., Watched]
