"""How long the wall of a workshop takes: from the release of the mouse to the redrawn homes and isochrone.

``python -m benchmarks.workshop WORKSPACE`` serves a room of the workspace, draws at its wall in headless Chromium, and
writes the table of ``benchmarks/workshop.md``; what else stands there is kept. Each edit is drawn by clicks on the map
and undone again; what is timed goes from the click that ends the drawing to the frame after the last tile was painted.
A line is ended by a button: at once, sooner than a hand can, and half a second after its last corner, in which the
server has begun to compute.
"""

import os
import platform
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.arguments import WORKSPACE, arguments
from benchmarks.served_room import chromium, served_room

EDITS, EDITS_OF_OTHERS = 50, 15
#: Milliseconds that the issue of the workshop asks for.
BARS = {"walk": 150, "transit": 1000}
OTHERS_MS = 400
#: Seconds from the last corner of a line to the button that ends it.
HAND_S = 0.5
PAGE = Path("benchmarks/workshop.md")
#: What the table begins and ends with; the rest of the page is somebody's words.
BEGINS, ENDS = "<!-- made by benchmarks/workshop.py -->\n", "<!-- end -->\n"


def wait(page: Page, condition: str) -> None:
    """Until a condition holds; the pages' policy lets no text be evaluated by the page itself."""
    look = f"if ({condition}) {{ clearInterval(look); done(); }}"
    page.evaluate(f"new Promise((done) => {{ const look = setInterval(() => {{ {look} }}, 5); }})")


def took(page: Page, act: str, told: object = None) -> float | None:
    """Milliseconds of an act at the wall; None where it was refused."""
    page.evaluate("tesoma.took = null; tesoma.room.problem()")
    page.evaluate(act, told)
    wait(page, "tesoma.took !== null || !document.querySelector('[data-place=problem]').hidden")
    taken = page.evaluate("tesoma.took")
    return None if taken is None else float(taken)


CLICK = """([tool, line]) => {
  const pressed = document.querySelector('[data-tool][aria-pressed=true]');
  if (!pressed || pressed.dataset.tool !== tool) document.querySelector(`[data-tool=${tool}]`).click();
  for (const [lng, lat] of line) tesoma.current.fire('click', { latlng: L.latLng(lat, lng) });
}"""
PRESS = """() => {
  const done = document.querySelector('[data-does=finish]');
  if (!done.disabled) done.click();
}"""
CHANGE = """([line, minutes]) => {
  document.getElementById('line-name').value = line;
  document.getElementById('line-minutes').value = minutes;
  document.querySelector('[data-does=headway]').click();
}"""
UNDO = "document.querySelector('[data-does=undo]').click()"


def drawn(page: Page, tool: str, lines: Iterator[list[list[float]]], count: int, hand_s: float = 0.0) -> list[float]:
    """Milliseconds of so many edits that could be made; a line is ended so long after its last corner."""
    times: list[float] = []
    for line in lines:
        if len(times) == count:
            break
        if hand_s:
            page.evaluate(CLICK, [tool, line])
            time.sleep(hand_s)
            taken = took(page, PRESS)
        else:
            taken = took(page, f"(told) => {{ ({CLICK})(told); ({PRESS})(); }}", [tool, line])
        if taken is not None:
            times.append(taken)
            took(page, UNDO)
    return times


def headways(page: Page, count: int) -> list[float]:
    """Milliseconds of so many lines that get another headway; those without a trip in the window are refused."""
    page.evaluate("document.querySelector('[data-riders]').open = true")
    names = page.evaluate("Array.from(document.getElementById('line-name').options, (one) => one.value)")
    times: list[float] = []
    for minutes in range(5, 120):
        for line in list(names):
            if len(times) == count:
                return times
            taken = took(page, CHANGE, [line, minutes])
            if taken is None:
                names.remove(line)
                continue
            times.append(taken)
            took(page, UNDO)
        if not names:
            break
    return times


def near(place: tuple[float, float], seed: int, far: float = 0.002) -> Iterator[list[list[float]]]:
    """Short lines within some hundred metres of a place, without end."""
    random = np.random.default_rng(seed)
    while True:
        lon, lat = place[0] + random.uniform(-0.012, 0.012), place[1] + random.uniform(-0.006, 0.006)
        other = lon + random.uniform(-far, far), lat + random.uniform(-far / 2, far / 2)
        yield [[round(lon, 6), round(lat, 6)], [round(other[0], 6), round(other[1], 6)]]


def along(streets: list[list[list[float]]]) -> Iterator[list[list[float]]]:
    """Streets, again and again."""
    while True:
        yield from streets


def measured(address: str) -> Iterator[tuple[str, str, list[float], int]]:
    """Way of moving, what is drawn and how it is ended, milliseconds, and how many may be."""
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(300_000)
        page.goto(address)
        wait(page, "tesoma.took > 0")
        middle = page.evaluate("(({ lng, lat }) => [lng, lat])(tesoma.current.getCenter())")
        profiles = page.evaluate("Array.from(document.querySelectorAll('input[name=profile]'), (one) => one.value)")
        riders = page.evaluate("document.querySelector('[data-riders]')?.dataset.riders || ''")
        stops = page.evaluate("tesoma.room.ask('GET', 'services').then((one) => one.told.transit?.stops || [])")
        for profile in profiles:
            took(page, "(profile) => tesoma.choose(tesoma.current, profile)", profile)
            bar = BARS["transit"] if profile == riders else BARS.get(profile, OTHERS_MS)
            count = EDITS if profile == profiles[0] else EDITS_OF_OTHERS
            tools = ["path", "close", "entrance", "homes"] if count == EDITS else ["path", "close"]
            if profile == riders:
                moved = ([[one["lon"], one["lat"]], [one["lon"] + 0.0005, one["lat"]]] for one in along(stops))
                yield profile, "stop", drawn(page, "stop", moved, count), bar
                yield profile, "headway", headways(page, count), bar
            for number, tool in enumerate(tools):
                lines = near((middle[0], middle[1]), number, 0.002 if tool == "path" else 0.0005)
                if tool in ("entrance", "homes"):
                    lines = ([line[0]] for line in lines)
                is_line = tool not in ("entrance", "homes")
                yield profile, f"{tool}, ended at once" if is_line else tool, drawn(page, tool, lines, count), bar
                if is_line:
                    yield profile, f"{tool}, ended by hand", drawn(page, tool, lines, count, HAND_S), bar


def main(workspace: Path) -> None:
    """Measure, and write the table."""
    rows = []
    with served_room(workspace) as addresses:
        for profile, tool, times, bar in measured(addresses["Wall"]):
            if not times:
                rows.append(f"| {profile} | {tool} | 0 | every one was refused | – | {bar} |")
                continue
            quick = statistics.quantiles(times, n=10)[-1] if len(times) > 1 else float("nan")
            rows.append(f"| {profile} | {tool} | {len(times)} | {statistics.median(times):.0f} | {quick:.0f} | {bar} |")
            print(rows[-1], flush=True)
    load = os.getloadavg()
    table = [
        f"Made by `python -m benchmarks.workshop {workspace.name}` on {os.cpu_count()} cores, Python "
        f"{platform.python_version()}; load of the machine at the end {load[0]:.1f} (its",
        "cores are shared with whatever else runs). Milliseconds from the click that ends the drawing to the frame",
        "after the last tile was painted, in headless Chromium on the same machine; *by hand* is "
        f"{HAND_S:g} s after the last corner.",
        "",
        "| way of moving | drawn | edits | median ms | 90 % ms | asked |",
        "|---|---|--:|--:|--:|--:|",
        *rows,
    ]
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGINS)[0], page.split(ENDS)[1]
    PAGE.write_text(before + BEGINS + "\n".join(table) + "\n" + ENDS + after, encoding="utf-8")


if __name__ == "__main__":
    main(*arguments(__doc__, WORKSPACE))
