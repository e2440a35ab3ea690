"""``python -m benchmarks.pages_blocking SITE``: what keeps a phone's main thread, whatever else the machine does.

Lighthouse's score hangs on the clock, and on a busy machine tells of the machine. Chromium's trace tells for each task
how long the thread truly worked; four times that is the task on Lighthouse's phone. What lies above 50 ms of it, after
the first paint, is the time in which the page does not answer (Lighthouse's total blocking time).
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks.pages import CLOCK, OURS_READY, serving

#: Of a page that is sent; the phone's width and height are Lighthouse's.
PAGES = ("index.html", "by-walk-fi.html", "by-wheelchair-fi.html", "by-transit-fi.html", "voices-fi.html")
PHONE = (412, 823)
SLOWDOWN, LONG_MS = 4, 50
#: Of the trace: tasks and what is in them, the first paint, the start.
CATEGORIES = ["toplevel", "devtools.timeline", "loading", "blink.user_timing"]


def traced(browser: Browser, address: str, trace: Path) -> tuple[list[dict[str, Any]], float]:
    """Events of a page from its start until nothing more is done, and milliseconds until its map was ready."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, device_scale_factor=1.75, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.add_init_script(CLOCK % OURS_READY)
    browser.start_tracing(page=page, path=trace, categories=CATEGORIES)
    page.goto(address)
    while (ready := page.evaluate("window.readyAt")) is None:
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    browser.stop_tracing()
    context.close()
    return list(json.loads(trace.read_text(encoding="utf-8"))["traceEvents"]), float(ready)


def until_ready(events: list[dict[str, Any]], ready_ms: float) -> float:
    """Milliseconds of thread time, times four, from the start until the map was ready."""
    paint = next(one for one in events if one["name"] == "firstContentfulPaint")
    begun = max(one["ts"] for one in events if one["name"] == "navigationStart" and one["ts"] < paint["ts"])
    thread = (paint["pid"], paint["tid"])
    return sum(
        one["tdur"] * SLOWDOWN / 1000 for one in events
        if (one["pid"], one["tid"]) == thread and one["name"].endswith("RunTask") and "tdur" in one
        and begun <= one["ts"] <= begun + 1000 * ready_ms
    )  # fmt: skip


def tasks(events: list[dict[str, Any]]) -> list[tuple[float, str]]:
    """Milliseconds of thread time, times four, of each task after the first paint, with what takes most of it."""
    paint = next(one for one in events if one["name"] == "firstContentfulPaint")
    thread = (paint["pid"], paint["tid"])
    own = [one for one in events if (one["pid"], one["tid"]) == thread and one.get("ph") == "X" and "tdur" in one]
    found = []
    for task in own:
        end = task["ts"] + task["dur"]
        if not task["name"].endswith("RunTask") or end <= paint["ts"]:
            continue
        # Of the task in which the page is first painted, what comes after it.
        part = min(1.0, (end - paint["ts"]) / max(task["dur"], 1))
        inside = sorted(
            (one for one in own if task["ts"] <= one["ts"] < end and one is not task), key=lambda one: -one["tdur"]
        )
        found.append((part * task["tdur"] * SLOWDOWN / 1000, "; ".join(map(called, inside[:4]))))
    return sorted(found, reverse=True)


def called(event: dict[str, Any]) -> str:
    """An event's name, file and milliseconds."""
    file = str(event["args"].get("data", {}).get("url", "")).rsplit("/", 1)[-1]
    return f"{event['name']} {file} {event['tdur'] * SLOWDOWN / 1000:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="a folder that `tesoma-geo site` made")
    parser.add_argument("--pages", nargs="+", default=PAGES)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--longest", type=int, default=0, help="name so many of the longest tasks")
    options = parser.parse_args()
    heads = ("page", "blocking, ms", "work after the first paint, ms", "longest task, ms", "work until ready, ms")
    print(f"| {' | '.join(heads)} |\n|---|---|---|---|---|")
    with sync_playwright() as playwright, serving(options.site) as address, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in options.pages:
            seen = [traced(browser, f"{address}/{name}", Path(folder) / "trace.json") for _ in range(3)]
            runs = [tasks(events) for events, _ in seen]
            figures = (
                [sum(max(0, taken - LONG_MS) for taken, _ in run) for run in runs],
                [sum(taken for taken, _ in run) for run in runs],
                [run[0][0] for run in runs],
                [until_ready(events, ready) for events, ready in seen],
            )
            print(f"| {name} | {' | '.join(f'{np.median(each):.0f}' for each in figures)} |", flush=True)
            for taken, what in runs[0][: options.longest]:
                print(f"    {taken:.0f} ms: {what}")
        browser.close()


if __name__ == "__main__":
    main()
