"""The page of the years: names stay text, every cause has a word, and what never comes is left out."""

from tesoma_geo.follow_up.states import CAUSES
from tesoma_geo.render.pages.trend import trend_charts, write_trend_pages
from tesoma_geo.render.text.catalogue import catalogue

HOSTILE = '<img src=x onerror="alert(1)">'
NUMBERS = {"walk_unreachable": 0.0, "walk_within_15_min_share": 0.5, "walk_median_min": 9.0}


def figures():
    parts = dict.fromkeys(CAUSES, 0.0125)
    row = {
        "before": 0.5, "after": 0.6, "change": 0.1, "parts": parts, "error": dict.fromkeys(CAUSES, 0.0),
        "software": 0.0, "low": None, "high": None,
    }  # fmt: skip
    change = {"object": "way/1", "kind": "way", "change": "tags", "tags": f"name: – → {HOSTILE}", "length_m": 1.0}
    step = {
        "since": "2026-01-01", "until": "2027-01-01", "causes": list(CAUSES), "orders": 24, "exact": False,
        "indicators": dict.fromkeys(NUMBERS, row), "left_out": [],
        "map": [{**change, "verdict": verdict, "because": ""} for verdict in ("unknown", "real", "correction")],
    }  # fmt: skip
    runs = [
        {"run": "a", "date": date, "software": "1", "stored": {}, "rerun": NUMBERS}
        for date in ("2026-01-01", "2027-01-01")
    ]
    event = {"date": "2026-05-01", "what": "trial_begun", "name": HOSTILE}
    return {"made_up": True, "runs": runs, "steps": [step], "targets": {}, "events": [event]}


def test_texts_stay_texts_in_every_language(tmp_path):
    write_trend_pages(figures(), tmp_path)
    for language in ("fi", "sv", "en"):
        page = (tmp_path / f"trend-{language}.html").read_text(encoding="utf-8")
        assert HOSTILE not in page
        assert "&lt;img src=x" in page
        for cause in CAUSES:
            assert catalogue(language)(f"trend.cause.{cause}") in page


def test_a_chart_an_indicator_with_its_parts():
    charts = trend_charts(figures(), catalogue("en"))
    assert len(charts) == 2
    assert all(len(chart.parts) == 1 and len(chart.parts[0]) == 4 + len(CAUSES) for chart in charts)
    never = figures()
    never["runs"][0]["rerun"] = {**NUMBERS, "walk_median_min": None}
    assert len(trend_charts(never, catalogue("en"))) == 1
