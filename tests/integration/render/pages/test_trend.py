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
    share, median = charts
    assert [row[1] for row in share.parts] == ["+10", *["+1.2"] * len(CAUSES)]  # the software's part, 0, is not listed
    assert share.parts[0][0] == "Change"
    assert share.target is None
    assert [label for _, label in share.marks] == ["1/2026", "1/2027"]
    assert len(median.parts) == 1  # minutes: a hundredth of one is nothing
    never = figures()
    never["runs"][0]["rerun"] = {**NUMBERS, "walk_median_min": None}
    assert len(trend_charts(never, catalogue("en"))) == 1


def test_targets_and_intervals_are_drawn_and_events_beside_the_dates_are_not():
    told = figures()
    told["targets"] = {"walk_within_15_min": {"target": 0.7, "values": [0.5, 0.5]}}
    told["steps"][0]["indicators"]["walk_within_15_min_share"] |= {"low": -0.02, "high": 0.21}
    told["events"].append({"date": "2029-01-01", "what": "trial_ended", "name": "later"})
    share, _ = trend_charts(told, catalogue("en"))
    assert share.parts[0][1] == "+10 (−2 … +21)"
    assert share.target is not None
    assert "70%" in share.target[1]
    assert len(share.events) == 1


def test_names_of_events_stand_on_the_axis_where_there_is_room():
    told = figures()
    names = {"2026-02-01": "crossing", "2026-02-03": "bench", "2026-10-01": "a very long name of a trial indeed"}
    told["events"] = [{"date": day, "what": "trial_begun", "name": name} for day, name in names.items()]
    share, _ = trend_charts(told, catalogue("en"))
    assert [name for _, name in share.event_names] == ["crossing", "a very long name …"]
    assert len(share.events) == 3


def test_fairness_is_a_chart_and_answers_are_told(tmp_path):
    told = figures()
    for run in told["runs"]:
        run["rerun"] = {**NUMBERS, "walk_gini": 0.25}
    told["steps"][0]["indicators"]["walk_gini"] = told["steps"][0]["indicators"]["walk_median_min"]
    gini = trend_charts(told, catalogue("en"))[-1]
    assert "Gini" in gini.title
    assert [told for *_, told in gini.points] == ["0.25", "0.25"]
    themes = {"date": "2026-01-01", "values": {}, "themes": {"youth": 6}}
    barrier = {"category": "dark", "streets": HOSTILE, "level": "street", "respondents": 5, "change": "new"}
    step = {"since": "2026-01-01", "until": "2027-01-01", "open": 1, "mended": 0, "no_longer_told": 0, "new": 1}
    told |= {"voices": [themes], "barriers": [{**step, "changed": [barrier]}]}
    write_trend_pages(told, tmp_path)
    page = (tmp_path / "trend-en.html").read_text(encoding="utf-8")
    assert "Things to do for young people" in page
    assert HOSTILE not in page


def test_runs_of_one_month_have_days_and_names_that_would_touch_are_left_out():
    told = figures()
    days = ["2026-01-01", "2026-01-20", "2026-01-21", "2026-12-01"]
    told["runs"] = [{**told["runs"][0], "date": day} for day in days]
    told["events"] = []
    marks = [label for _, label in trend_charts(told, catalogue("fi"))[0].marks]
    assert marks == ["1.1.2026", "1.12.2026"]
