"""The page of the years in a browser: what changed first, every chart opened, for everyone, and no text runs."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from injections import INJECTIONS
from watched import DESKTOP, PHONE, Watch, examined

from tesoma_geo.render.pages.trend import write_trend_pages

DATES = ("2026-11-30", "2027-11-30", "2028-11-30")


def figures() -> dict[str, Any]:
    """Made up: three runs, two ways of moving, a library that opened, events and objects with every injection."""
    everything = " ".join(INJECTIONS)
    runs = []
    for number, date in enumerate(DATES):
        values: dict[str, float] = {"residents": 2000.0 + 10 * number}
        for way, reached in (("walk", 900.0), ("wheelchair", 500.0)):
            for minutes in (5, 10, 15, 20):
                values[f"{way}_within_{minutes}_min"] = reached + 20 * minutes + 30 * number
                values[f"{way}_within_{minutes}_min_share"] = (
                    values[f"{way}_within_{minutes}_min"] / values["residents"]
                )
            values |= {f"{way}_median_min": 17.5 - number, f"{way}_gini": 0.4, f"{way}_unreachable": 3.0}
            values |= {f"{way}_library_within_15_min": 700.0 + 400 * (number > 0), f"{way}_library_median_min": 9.5}
        runs.append({"run": date, "date": date, "software": "1", "stored": values, "rerun": values})
    steps = []
    for first, last in pairwise(runs):
        changed = {}
        for name, before in first["rerun"].items():
            change = last["rerun"][name] - before
            parts = {"streets": 0.25 * change, "services": 0.75 * change}
            changed[name] = {
                "before": before, "after": before + change, "change": change, "parts": parts,
                "error": dict.fromkeys(parts, 0.0), "software": 0.0, "low": None, "high": None,
            }  # fmt: skip
        ways = [
            {"object": f"way/{row}", "kind": "way", "change": "tags", "tags": everything, "length_m": 9.0,
             "verdict": verdict, "because": ""} for row, verdict in enumerate(("unknown", "real", "correction"))
        ]  # fmt: skip
        steps.append({
            "since": first["date"], "until": last["date"], "causes": ["streets", "services"], "orders": 2,
            "exact": True, "indicators": changed, "left_out": [], "map": ways,
        })  # fmt: skip
    events = [{"date": date, "what": "trial_begun", "name": everything} for date in ("2027-05-01", "2028-02-01")]
    return {"made_up": True, "runs": runs, "steps": steps, "targets": {}, "events": events}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("years")
    write_trend_pages(figures(), folder)  # type: ignore[arg-type]  # a made-up content of trend.json
    return folder


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)])
def test_the_page_is_for_everyone_and_runs_no_text(
    years: Path, watch: Watch, language: str, size: tuple[int, int], dark: bool
) -> None:
    watched = watch(size, dark=dark)
    page = watched.page
    page.goto((years / f"trend-{language}.html").absolute().as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.locator(".message p, ul.findings li").count() == 2  # the hub and the library: one is the headline
    assert page.locator("figure.chart svg").count() == 2 * (4 + 1 + 1 + 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert watched.faults == []
    results = examined(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_mark_of_a_figure_leads_to_where_it_comes_from(years: Path, watch: Watch) -> None:
    page = watch(PHONE).page
    page.goto((years / "trend-en.html").absolute().as_uri())
    where = page.locator(".whence code").first
    assert not where.is_visible()
    page.locator(".message .from").click()
    assert where.is_visible()
    box = where.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE[1]
    assert where.inner_text().startswith("trend.json: ")
