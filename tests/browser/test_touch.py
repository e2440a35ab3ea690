"""One finger scrolls the page, two move the map."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from test_embed import Serve, served, wait_for_rest
from watched import DESKTOP, PATIENCE_S, PHONE, Watch, until

__all__ = ["served"]


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


def test_a_frame_of_another_origin_is_scrolled_by_one_finger_and_moved_by_two(
    browser: Browser, served: Serve, site: Path, tmp_path: Path
) -> None:
    address = served(site)
    (tmp_path / "index.html").write_text(
        f'<!DOCTYPE html><title>host</title><body style="margin:0"><iframe src="{address}/embed-en.html" title="map"'
        ' style="border:0;width:360px;height:1080px"></iframe><p style="height:2000px">below</p>',
        encoding="utf-8",
    )
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True)
    context.set_default_timeout(1000 * PATIENCE_S)
    page = context.new_page()
    page.goto(served(tmp_path) + "/index.html")
    page.frame_locator("iframe").locator(".ready .sheet canvas").first.wait_for(state="attached")
    wait_for_rest(page)
    frame = page.frames[1]
    box = page.frame_locator("iframe").locator("#map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, PHONE[1] - 60)
    before = frame.evaluate(VIEW)
    swipe(page, ((x, y), (x, y - 120)))
    until(page, "scrollY > 50")
    assert frame.evaluate(VIEW) == before
    assert frame.locator(".touch-hint").text_content() == "Move the map with two fingers"
    page.evaluate("scrollTo(0, 0)")
    until(page, "scrollY === 0")
    swipe(page, ((x - 30, y), (x - 90, y - 40)), ((x + 30, y), (x + 70, y - 40)))
    until(frame, f"{VIEW} !== '{before}'")
    context.close()
