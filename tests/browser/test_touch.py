"""One finger scrolls the page, two move the map."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from watched import DESKTOP, PHONE, Watch, until


def middle(page: Page) -> tuple[float, float]:
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def swipe(page: Page, *fingers: tuple[tuple[float, float], tuple[float, float]], steps: int = 8) -> None:
    """Fingers that go from one place to another."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, share: float) -> None:
        points: list[dict[str, Any]] = [
            {"x": a[0] + share * (b[0] - a[0]), "y": a[1] + share * (b[1] - a[1]), "id": number}
            for number, (a, b) in enumerate(fingers)
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if kind != "touchEnd" else []})

    touch("touchStart", 0)
    for step in range(1, steps + 1):
        touch("touchMove", step / steps)
    touch("touchEnd", 1)


VIEW = "[tesoma.current.getCenter().lat, tesoma.current.getCenter().lng].map((x) => x.toFixed(5)).join()"


def test_one_finger_scrolls_the_page_and_a_hint_tells_of_two(site: Path, watch: Watch) -> None:
    watched = watch(PHONE)
    page = watched.to(site / "en.html")
    x, y = middle(page)
    before, scrolled = page.evaluate(VIEW), page.evaluate("scrollY")
    swipe(page, ((x, y), (x, y - 150)))
    until(page, f"scrollY > {scrolled} + 50")
    until(page, "document.querySelector('.touch-hint').textContent === 'Move the map with two fingers'")
    assert page.evaluate(VIEW) == before
    assert watched.faults == []


def test_two_fingers_move_the_map(site: Path, watch: Watch) -> None:
    page = watch(PHONE).to(site / "en.html")
    x, y = middle(page)
    before = page.evaluate(VIEW)
    swipe(page, ((x - 40, y), (x - 110, y - 60)), ((x + 40, y), (x + 90, y - 60)))
    until(page, f"{VIEW} !== '{before}'")


def test_a_mouse_drags_the_map(site: Path, watch: Watch) -> None:
    page = watch(DESKTOP).to(site / "en.html")
    assert page.evaluate("tesoma.current.dragging.enabled()")
    assert page.locator(".touch-hint").count() == 0
