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

from benchmarks.pages import serving

#: Of a page that is sent; the phone's width and height are Lighthouse's.
PAGES = ("index.html", "by-walk-fi.html", "by-wheelchair-fi.html", "by-transit-fi.html", "voices-fi.html")
READY = ".map-frame.ready .sheet canvas"
PHONE = (412, 823)
SLOWDOWN, LONG_MS = 4, 50


def traced(browser: Browser, address: str, trace: Path) -> list[dict[str, Any]]:
    """Events of a page from its start until nothing more is done."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, device_scale_factor=1.75, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    browser.start_tracing(page=page, path=trace, categories=["toplevel", "devtools.timeline", "loading"])
    page.goto(address)
    page.wait_for_selector(READY, timeout=120_000)
    page.wait_for_load_state("networkidle")
    browser.stop_tracing()
    context.close()
    return list(json.loads(trace.read_text(encoding="utf-8"))["traceEvents"])


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
    print("| page | blocking, ms | all work after the first paint, ms | longest task, ms |\n|---|---|---|---|")
    with sync_playwright() as playwright, serving(options.site) as address, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in options.pages:
            runs = [tasks(traced(browser, f"{address}/{name}", Path(folder) / "trace.json")) for _ in range(3)]
            blocking = np.median([sum(max(0, taken - LONG_MS) for taken, _ in run) for run in runs])
            work = np.median([sum(taken for taken, _ in run) for run in runs])
            longest = np.median([run[0][0] for run in runs])
            print(f"| {name} | {blocking:.0f} | {work:.0f} | {longest:.0f} |", flush=True)
            for taken, what in runs[0][: options.longest]:
                print(f"    {taken:.0f} ms: {what}")
        browser.close()


if __name__ == "__main__":
    main()
