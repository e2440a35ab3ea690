"""The charts of the years: a line an indicator with its parts, the most changed first, a message as heading."""

import re

import pytest

from tesoma_geo.follow_up.states import CAUSES
from tesoma_geo.render.pages.trend_charts import LEADING, chart_groups
from tesoma_geo.render.text.catalogue import catalogue
from tests.trend_figures import NUMBERS, figures


def charts_of(told, text):
    """Those that are open, then the folded ones."""
    leading, groups = chart_groups(told, text)
    return [*leading, *(chart for group in groups for chart in (*group.charts, *group.services))]


def test_a_chart_an_indicator_with_its_parts():
    charts = charts_of(figures(), catalogue("en"))
    assert len(charts) == 2
    share, median = charts
    assert [row[1] for row in share.parts] == [
        "+10.0",
        *["+1.2"] * len(CAUSES),
    ]  # the software's, 0, is not listed
    assert share.parts[0][0] == "Change"
    assert share.target is None
    assert [label for _, label in share.marks] == ["1/2026", "1/2027"]
    assert len(median.parts) == 1  # minutes: a hundredth of one is nothing
    never = figures()
    never["runs"][0]["rerun"] = {**NUMBERS, "walk_median_min": None}
    assert len(charts_of(never, catalogue("en"))) == 1


def test_one_cause_is_told_with_its_change_and_several_are_a_table():
    share, median = charts_of(figures(), catalogue("en"))
    assert share.one_cause is None
    assert median.one_cause is None
    told = figures()
    row = told["steps"][0]["indicators"]["walk_within_15_min_share"]
    row |= {"parts": dict.fromkeys(CAUSES, 0.0) | {"services": 0.1}, "low": 0.02, "high": 0.21}
    assert charts_of(told, catalogue("en"))[0].one_cause == ("services", "+10.0 (+2.0 … +21.0)")


def test_targets_and_intervals_are_drawn_and_events_beside_the_dates_are_not():
    told = figures()
    told["targets"] = {"walk_within_15_min": {"target": 0.7, "values": [0.5, 0.5]}}
    told["steps"][0]["indicators"]["walk_within_15_min_share"] |= {"low": -0.02, "high": 0.21}
    told["events"].append({"date": "2029-01-01", "what": "trial_ended", "name": "later"})
    share, _ = charts_of(told, catalogue("en"))
    assert share.parts[0][1] == "+10.0 (−2.0 … +21.0)"
    assert share.target is not None
    assert "70%" in share.target[1]
    assert len(share.events) == 1
    # The band of the second run goes from two points below the first to 21 above it, on an axis from nothing to all.
    (bottom, nothing), (top, everything) = share.axis
    assert (nothing, everything) == ("0%", "100%")
    first = share.points[0][1]
    band = [float(number) for number in re.findall(r"[\d.]+", share.band)]
    assert band[1] == first
    assert [(first - end) / (bottom - top) for end in band[3:]] == pytest.approx([0.21, -0.02], abs=0.002)
    assert charts_of(figures(), catalogue("en"))[0].band == ""


def test_an_axis_is_of_the_half_in_which_all_that_is_drawn_lies_and_says_so():
    def share(least: float, low: float = 0.0, first: float = 0.9):
        told = figures()
        for run, value in zip(told["runs"], (first, least), strict=True):
            run["rerun"] = {**run["rerun"], "walk_within_15_min_share": value}
        told["steps"][0]["indicators"]["walk_within_15_min_share"] |= {"low": low, "high": 0.0}
        return charts_of(told, catalogue("en"))[0]

    cut = share(0.8, -0.2)
    (bottom, least), (top, most) = cut.axis
    assert (least, most) == ("50%", "100%")
    assert "50%" in cut.cut
    small = share(0.25, -0.1, first=0.3)
    assert [words for _, words in small.axis] == ["0%", "50%"]
    assert "50%" in small.cut
    assert [(bottom - height) / (bottom - top) for _, height, _ in cut.points] == pytest.approx([0.8, 0.6], abs=0.005)
    for whole in (share(0.54), share(0.8, -0.4), share(0.46, first=0.3)):
        assert [words for _, words in whole.axis] == ["0%", "100%"]
        assert whole.cut == ""


def test_names_of_events_stand_on_the_axis_where_there_is_room():
    told = figures()
    names = {"2026-02-01": "crossing", "2026-02-03": "bench", "2026-10-01": "a very long name of a trial indeed"}
    told["events"] = [{"date": day, "what": "trial_begun", "name": name} for day, name in names.items()]
    share, _ = charts_of(told, catalogue("en"))
    assert [name for _, name in share.event_names] == ["crossing", "a very long name …"]
    assert len(share.events) == 3


def test_runs_of_one_month_have_days_and_names_that_would_touch_are_left_out():
    told = figures()
    days = ["2026-01-01", "2026-01-20", "2026-01-21", "2026-12-01"]
    told["runs"] = [{**told["runs"][0], "date": day} for day in days]
    told["events"] = []
    marks = [label for _, label in charts_of(told, catalogue("fi"))[0].marks]
    assert marks == ["1.1.2026", "1.12.2026"]


def test_fairness_is_a_chart():
    told = figures()
    for run in told["runs"]:
        run["rerun"] = {**NUMBERS, "walk_gini": 0.25}
    told["steps"][0]["indicators"]["walk_gini"] = told["steps"][0]["indicators"]["walk_median_min"]
    gini = charts_of(told, catalogue("en"))[-1]
    assert "Gini" in gini.title
    assert [told for *_, told in gini.points] == ["0.25", "0.25"]


def changed(**pairs):
    """Two runs of 1,000 residents in which these residents are within minutes before and after."""
    told = figures()
    for number, run in enumerate(told["runs"]):
        values = {name: pair[number] for name, pair in pairs.items()}
        shares = {f"{name}_share": value / 1000 for name, value in values.items() if name.count("_") == 3}
        run["rerun"] = {"residents": 1000.0, "walk_unreachable": 0.0, "bicycle_unreachable": 0.0, **values, **shares}
    return told


def test_of_each_destination_the_largest_change_is_open_and_the_rest_folded_by_way_of_moving():
    told = changed(
        walk_within_15_min=(500.0, 540.0), walk_within_5_min=(100.0, 100.0), bicycle_within_15_min=(700.0, 710.0),
        walk_library_within_15_min=(300.0, 600.0), bicycle_library_within_15_min=(600.0, 800.0),
        walk_school_within_15_min=(400.0, 400.0),
    )  # fmt: skip
    leading, groups = chart_groups(told, catalogue("en"))
    assert [chart.title.endswith("(walking)") for chart in leading] == [True, True]
    assert [chart.message.split(":")[0] for chart in leading] == ["Libraries", "The hub"]
    assert [(group.title, len(group.charts), len(group.services)) for group in groups] == [
        ("Walking", 1, 1),
        ("Bicycle", 1, 1),
    ]


def test_no_more_charts_are_open_than_four_and_one_where_nothing_changed():
    kinds = ("library", "school", "grocery", "health", "pharmacy", "sports")
    many = changed(**{f"walk_{kind}_within_15_min": (100.0, 300.0) for kind in kinds})
    leading, groups = chart_groups(many, catalogue("en"))
    assert len(leading) == LEADING
    assert sum(len(group.services) for group in groups) == len(kinds) - LEADING
    same = changed(walk_within_5_min=(100.0, 100.0), walk_within_15_min=(500.0, 500.0))
    (only,), _ = chart_groups(same, catalogue("en"))
    assert "15" in only.title
