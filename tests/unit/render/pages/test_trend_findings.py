"""What changed most over the years, in sentences."""

import pytest

from tesoma_geo.languages import CATALOGUES
from tesoma_geo.render.pages.trend_findings import TOLD, findings, headline, indicators_within, map_doubt, since_words
from tesoma_geo.render.text.catalogue import catalogue


def changed(parts, interval=(None, None)):
    """An indicator between two runs."""
    return {"parts": parts, "software": 0.0, "change": sum(parts.values()), "low": interval[0], "high": interval[1]}


def figures(first, last, parts=None, left_out=()):
    """Two runs, and the parts of each indicator where they are known."""
    steps = [
        {
            "indicators": {name: changed(of) for name, of in (parts or {}).items()},
            "left_out": list(left_out),
            "map": [],
        }
    ]
    return {
        "runs": [
            {"date": date, "rerun": {"residents": 1000.0, **values}}
            for date, values in (("2024-05-01", first), ("2026-05-01", last))
        ],
        "steps": steps,
    }


def within(**changes):
    """Residents before and after, by indicator."""
    ways = {"walk_unreachable": 0.0, "walk_slow_unreachable": 0.0}
    return ({**ways, **{name: pair[0] for name, pair in changes.items()}},
            {**ways, **{name: pair[1] for name, pair in changes.items()}})  # fmt: skip


def test_an_indicator_belongs_to_the_longest_way_of_moving_that_it_begins_with():
    first, last = within(
        walk_within_5_min=(1.0, 1.0), walk_slow_bus_stop_within_12_min=(1.0, 1.0), walk_median_min=(1.0, 1.0)
    )
    found = [(one.profile, one.kind, one.minutes) for one in indicators_within(figures(first, last))]
    assert found == [("walk", "", 5.0), ("walk_slow", "bus_stop", 12.0)]


def test_of_each_kind_the_largest_change_is_told_once_with_its_largest_cause():
    first, last = within(
        walk_within_15_min=(400.0, 420.0), walk_slow_within_15_min=(300.0, 340.0),
        walk_library_within_15_min=(500.0, 700.0), walk_school_within_15_min=(500.0, 509.0),
    )  # fmt: skip
    parts = {"walk_library_within_15_min_share": {"services": 0.21, "streets": -0.01}}
    told = findings(figures(first, last, parts), catalogue("en"))
    assert len(told) == 2  # nine of a thousand residents are not worth a sentence
    assert told[0].startswith("Libraries: 70% of residents get to the nearest within 15")
    assert "on foot; in 2024 it was 50%." in told[0]
    assert told[0].endswith("Services that came or went had the largest effect.")
    assert "walking slowly; in 2024 it was 30%." in told[1]
    assert "34%" in told[1]


def test_parts_of_all_steps_are_summed_and_what_was_not_taken_apart_has_no_cause():
    first, last = within(walk_within_15_min=(400.0, 500.0))
    one = figures(first, last, {"walk_within_15_min_share": {"streets": 0.06, "services": 0.0}})
    one["steps"].append(
        {
            "indicators": {"walk_within_15_min_share": changed({"services": 0.07, "streets": -0.03})},
            "left_out": [],
            "map": [],
        }
    )
    assert findings(one, catalogue("en"))[0].endswith("Services that came or went had the largest effect.")
    one["steps"].append({"indicators": {}, "left_out": ["walk_within_15_min_share"], "map": []})
    assert "the largest effect" not in findings(one, catalogue("en"))[0]


def test_a_change_that_may_be_none_is_told_so_and_after_the_others():
    first, last = within(walk_within_15_min=(400.0, 500.0), walk_library_within_15_min=(500.0, 550.0))
    one = figures(first, last)
    of_hub, of_libraries = changed({"residents_where": 0.1}, (-0.02, 0.22)), changed({"services": 0.05}, (0.01, 0.09))
    one["steps"][0]["indicators"] = {
        "walk_within_15_min_share": of_hub,
        "walk_library_within_15_min_share": of_libraries,
    }
    sure, unsure = findings(one, catalogue("en"))
    assert sure.startswith("Libraries")
    assert unsure.endswith(catalogue("en")("trend.uncertain"))
    of_hub["low"] = 0.01
    assert findings(one, catalogue("en"))[0].endswith("more residents live near than before.")
    of_hub["change"] = -of_hub["change"]
    one["runs"].reverse()
    assert findings(one, catalogue("en"))[0].endswith("more residents live farther away than before.")


def test_services_that_may_be_on_the_map_alone_are_no_cause():
    first, last = within(walk_library_within_15_min=(500.0, 700.0))
    one = figures(first, last, {"walk_library_within_15_min_share": {"services": 0.2}})
    assert "the largest effect" in findings(one, catalogue("en"))[0]
    one["steps"][0]["map"] = [{"kind": "library", "verdict": "unknown", "change": "added"}]
    assert "the largest effect" not in findings(one, catalogue("en"))[0]
    assert map_doubt(one, catalogue("en"))


def test_more_people_alone_are_no_change_of_how_they_get_about():
    first, last = within(walk_within_15_min=(400.0, 800.0), walk_library_within_15_min=(500.0, 900.0))
    one = figures(first, last, {"walk_library_within_15_min_share": {"services": -0.05}})
    one["runs"][1]["rerun"]["residents"] = 2000.0
    told = findings(one, catalogue("en"))
    assert told == [
        "Libraries: 45% of residents get to the nearest within 15\u00a0minutes on foot; in 2024 it was 50%. "
        "Services that came or went had the largest effect.",
        "There are 2,000 residents now; in 2024 there were 1,000.",
    ]


def test_what_is_the_same_of_several_is_told_once():
    kinds = ("library", "school", "pharmacy")
    first, last = within(**{f"walk_{kind}_within_15_min": (500.0, 700.0) for kind in kinds})
    (told,) = findings(figures(first, last), catalogue("en"))
    names, near = told.split(": ")
    assert names == "Libraries, schools, pharmacies"
    assert near == "70% of residents get to the nearest within 15\u00a0minutes on foot; in 2024 it was 50%."


def test_nothing_that_changed_is_nothing_told_and_much_is_cut():
    assert findings(figures(*within(walk_within_15_min=(400.0, 409.0))), catalogue("en")) == []
    assert findings(figures(*within(walk_within_15_min=(None, 409.0))), catalogue("en")) == []
    many = within(**{f"walk_kind{number}_within_15_min": (0.0, 100.0 + 10.0 * number) for number in range(TOLD + 3)})
    told = findings(figures(*many), catalogue("en"))
    assert len(told) == TOLD
    assert "18% of residents" in told[0]


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_language_tells_it_without_a_name_of_the_program(language):
    first, last = within(walk_library_within_15_min=(500.0, 700.0))
    (told,) = findings(
        figures(first, last, {"walk_library_within_15_min_share": {"services": 0.2}}), catalogue(language)
    )
    assert "_" not in told
    assert "{" not in told


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [(("unknown", "real"), "It is not known"), (("correction", "correction"), "The place did not change"),
     (("real",), ""), ((), "")],
)  # fmt: skip
def test_the_first_finding_says_whether_the_map_alone_may_have_changed(verdicts, said):
    first, last = within(walk_library_within_15_min=(500.0, 700.0), walk_school_within_15_min=(500.0, 600.0))
    one = figures(first, last)
    one["steps"][0]["map"] = [
        {"kind": kind, "verdict": verdict, "change": "tags"}
        for kind, verdict in (("school", "unknown"), *(("library", verdict) for verdict in verdicts))
    ]
    english = catalogue("en")
    told = map_doubt(one, english)
    assert told.startswith(said or english("trend.no_range"))
    assert told.endswith(english("trend.no_range"))
    row = changed({"services": 0.2}, (0.15, 0.25))
    one["steps"][0]["indicators"] = {"walk_library_within_15_min_share": row}
    assert map_doubt(one, english) == told.removesuffix(english("trend.no_range")).rstrip()
    assert map_doubt(figures(*within()), english) == ""


def test_the_headline_counts_what_may_be_new_on_the_map_alone():
    first, last = within(walk_library_within_15_min=(500.0, 700.0))
    one, english = figures(first, last), catalogue("en")
    (finding,) = findings(one, english)
    assert headline(one, english) == finding
    added = {"kind": "library", "verdict": "unknown", "change": "added"}
    one["steps"][0]["map"] = [added, added, added | {"kind": "school"}]
    assert headline(one, english) == finding.replace("Libraries: ", "Libraries: the map has 2 more than before. ")
    assert "is new or was only missing" in map_doubt(one, english)
    for other in (added | {"verdict": "real"}, added | {"change": "removed"}):
        one["steps"][0]["map"] = [added, other]
        assert headline(one, english) == finding
    assert headline(figures(*within()), english) == ""


def test_runs_of_one_year_are_told_by_their_day():
    one = figures(*within())
    assert since_words(one, catalogue("fi")) == "vuonna 2024"
    one["runs"][1]["date"] = "2024-11-01"
    assert since_words(one, catalogue("fi")) == catalogue("fi").day("2024-05-01")
    assert since_words(one, catalogue("en")) == "on 1\u00a0May 2024"
