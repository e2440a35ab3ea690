"""Three dated states of the made-up district: what was put in comes out, alone and together."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.follow_up.map_changes import Marks
from tesoma_geo.follow_up.trend import trend, trend_table, write_trend
from tests import dated_runs as made

DOCS = Path(__file__).resolve().parents[3] / "docs"
#: The crossing that the sample lacks: 9 m between nodes 170 and 1263.
CROSSING = made.with_way(2001, (170, 1263), highway="footway", surface="asphalt")
MARK = Marks.model_validate({"marks": [{"way": 2001, "what": "correction", "note": "it was there before"}]})
FOOT = 'profiles = ["walk"]'

SINGLE = {
    "streets": CROSSING,
    "services": made.with_library,
    "residents_number": made.with_residents(2.0),
    "timetable": made.with_rarer_buses,
    "elevation": made.with_steeper_ground,
    "settings": made.with_slower_walkers,
}


@pytest.fixture(scope="module")
def first(sample_workspace, tmp_path_factory):
    return made.state(sample_workspace, tmp_path_factory.mktemp("first"), "2026-01-01")


@pytest.mark.parametrize("cause", SINGLE)
def test_a_cause_put_in_alone_comes_out_alone(sample_workspace, tmp_path, first, cause):
    profiles = made.PROFILES if cause == "timetable" else FOOT
    second = made.state(sample_workspace, tmp_path, "2027-01-01", SINGLE[cause], profiles=profiles)
    (step,) = trend([first, second])["steps"]
    # Twice the residents are whole people in a few more squares: a rounding, told as where they live.
    rounded = ["residents_where"] if cause == "residents_number" else []
    assert step["causes"] == [cause, *rounded]
    assert step["exact"]
    assert any(row["change"] for row in step["indicators"].values())
    for name, row in step["indicators"].items():
        if not rounded or "_within_" not in name or not name.endswith("_share"):
            few = 0.1 if rounded and name.endswith("median_min") else 5.0 if rounded else 1e-9
            assert row["parts"][cause] == pytest.approx(row["change"], rel=0.01, abs=few), name
        assert row["software"] == 0


@pytest.fixture(scope="module")
def three(sample_workspace, tmp_path_factory):
    """Four things change in the first year, two more in the second."""
    folder = tmp_path_factory.mktemp("three")
    year = [CROSSING, made.with_library, made.with_residents(1.0, 1.5), made.with_rarer_buses]
    return [
        made.state(sample_workspace, folder, "2026-01-01"),
        made.state(sample_workspace, folder, "2027-01-01", *year),
        made.state(sample_workspace, folder, "2028-01-01", *year, made.with_steeper_ground, made.with_slower_walkers),
    ]


@pytest.fixture(scope="module")
def figures(three):
    return trend(three)


def test_all_together_the_parts_sum_exactly(figures):
    first, second = figures["steps"]
    assert first["causes"] == ["streets", "services", "residents_number", "residents_where", "timetable"]
    assert second["causes"] == ["elevation", "settings"]
    for step in figures["steps"]:
        assert len(step["indicators"]) > 30
        for name, row in step["indicators"].items():
            told = sum(row["parts"].values()) + row["software"]
            assert told == pytest.approx(row["change"], abs=1e-6), name
    walk = first["indicators"]["walk_within_20_min"]
    assert walk["parts"]["streets"] > 100
    assert walk["parts"]["timetable"] == 0
    assert first["indicators"]["walk_library_within_15_min"]["parts"]["services"] > 0
    assert walk["low"] < walk["change"] < walk["high"]


def test_the_files_keep_their_schema_and_are_the_same_again(figures, three, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_trend(figures if name == "one" else trend(three[::-1]), tmp_path / name)
    schema = json.loads((DOCS / "trend.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads((tmp_path / "one" / "trend.json").read_text("utf-8")))
    for name in ("trend.json", "trend.parquet", "trend.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    table = pd.read_csv(tmp_path / "one" / "trend.csv")
    assert len(table) == len(trend_table(figures))
    causes = ["streets", "map_corrections", "services", "residents_number", "residents_where", "timetable"]
    summed = table[[*causes, "elevation", "settings", "software"]].sum(axis=1)
    assert np.allclose(summed, table["change"], atol=1e-6)


def test_targets_have_a_path(figures):
    path = figures["targets"]["walk_within_15_min"]
    assert path["target"] == 0.7
    assert len(path["values"]) == 3


def test_a_correction_that_is_marked_is_told_as_one(sample_workspace, tmp_path):
    runs = [
        made.state(sample_workspace, tmp_path, "2026-01-01", profiles=FOOT),
        made.state(sample_workspace, tmp_path, "2027-01-01", CROSSING, made.with_library, profiles=FOOT),
    ]
    (marked,), (plain,) = (trend(runs, marks=marks)["steps"] for marks in (MARK, None))
    assert marked["causes"] == ["map_corrections", "services"]
    assert plain["causes"] == ["streets", "services"]
    name = "walk_within_20_min"
    assert marked["indicators"][name]["parts"]["map_corrections"] == plain["indicators"][name]["parts"]["streets"] > 0
    row = next(one for one in marked["map"] if one["object"] == "way/2001")
    assert (row["verdict"], row["because"]) == ("correction", "mark")
    assert [one["verdict"] for one in plain["map"]] == ["unknown"] * len(plain["map"])


@pytest.mark.parametrize(("began", "verdict"), [("1998", "correction"), ("2026-06", "real")])
def test_a_street_tells_by_its_own_date_whether_it_is_new(sample_workspace, tmp_path, began, verdict):
    dated = made.with_way(2001, (170, 1263), highway="footway", surface="asphalt", start_date=began)
    runs = [
        made.state(sample_workspace, tmp_path, "2026-01-01", profiles=FOOT),
        made.state(sample_workspace, tmp_path, "2027-01-01", dated, profiles=FOOT),
    ]
    (step,) = trend(runs)["steps"]
    (row,) = step["map"]
    assert (row["change"], row["verdict"], row["because"]) == ("added", verdict, "start_date")


def test_a_tag_put_right_and_a_street_built_are_told_apart(sample_workspace, tmp_path):
    paved = made.with_tags(11, {"surface": "sand", "lit": "yes"})
    marks = Marks.model_validate({"marks": [{"way": 11, "what": "correction"}]})
    bicycle = 'profiles = ["bicycle"]'
    runs = [
        made.state(sample_workspace, tmp_path, "2026-01-01", profiles=bicycle),
        made.state(sample_workspace, tmp_path, "2027-01-01", paved, CROSSING, profiles=bicycle),
    ]
    (step,) = trend(runs, marks=marks)["steps"]
    assert step["causes"] == ["streets", "map_corrections"]
    told = {row["object"]: row for row in step["map"]}
    assert told["way/11"]["change"] == "tags"
    assert "surface" in told["way/11"]["tags"]
    for row in step["indicators"].values():
        assert sum(row["parts"].values()) == pytest.approx(row["change"], abs=1e-6)


def test_runs_that_cannot_be_compared_are_told(sample_workspace, tmp_path, first):
    with pytest.raises(InputError, match="1 run"):
        trend([first])
    same = made.state(sample_workspace, tmp_path, "2026-01-01", profiles=FOOT)
    with pytest.raises(InputError, match="both of 2026-01-01"):
        trend([first, same])
    with pytest.raises(InputError, match="no kept inputs"):
        trend([first, tmp_path])
