"""What residents said over the years: what is in the files, and nothing that is not."""

import json

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.follow_up.published_years import barrier_steps, closings, voices_of_run


def run(folder, *, cohorts=(), topics=(), barriers=None, mended=()):
    folder.mkdir(parents=True)
    rows = [{"cohort": name, "closed": closed, "respondents": count} for name, closed, count in cohorts]
    said = [{"kind": kind, "topic": topic, "voices": voices} for kind, topic, voices in topics]
    (folder / "annotations_tables.json").write_text(json.dumps({"cohorts": rows, "by_topic": said}), "utf-8")
    manifest = {"parameters": {"workspace": {"experience": {"mended": list(mended)}}}}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    if barriers is not None:
        names = ("category", "streets", "level", "respondents", "x", "y")
        table = {name: [row[at] for row in barriers] for at, name in enumerate(names)}
        points = gpd.points_from_xy(table.pop("x"), table.pop("y"))
        gpd.GeoDataFrame(table, geometry=points, crs="EPSG:3067").to_file(folder / "barriers.gpkg", layer="barriers")
    return folder


TOPICS = [
    ("barrier", "dark", 9),
    ("place", "together", 12),
    ("area", "together", 5),
    ("place", "youth", 6),
    ("place", "", 3),
]


def test_values_and_themes_are_sums_over_kinds_and_what_is_not_told_is_left_out(tmp_path):
    said = voices_of_run(run(tmp_path / "a", cohorts=[("1", None, 60)], topics=TOPICS), "2026-01-01")
    assert said is not None
    assert said["values"] == {"together": 17}
    assert said["themes"] == {"youth": 6, "together": 17}
    assert said["respondents"] == 60
    assert said["barriers"] is None
    assert len(said["by_topic"]) == len(TOPICS)


def test_a_run_without_answers_has_none(tmp_path):
    assert voices_of_run(tmp_path, "2026-01-01") is None
    assert barrier_steps([(tmp_path, "2026-01-01"), (tmp_path, "2027-01-01")]) == []
    assert closings([tmp_path], "2026-01-01", "2027-01-01") == []


@pytest.mark.parametrize("text", ["{", "[]", '{"cohorts": [{}], "by_topic": []}', '{"cohorts": []}', '{"cohorts": 3}'])
def test_a_file_of_something_else_is_refused(tmp_path, text):
    (tmp_path / "annotations_tables.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match="holds no published tables"):
        voices_of_run(tmp_path, "2026-01-01")
    with pytest.raises(InputError, match="holds no published tables"):
        closings([tmp_path], "2026-01-01", "2027-01-01")


DARK = ("dark", "Kuja", "stretch", 7, 327000.0, 6822000.0)
STEPS = ("steps", "", "stretch", 9, 327100.0, 6822000.0)
STEEP = ("steep", "Mäkikatu", "street", 6, 327200.0, 6822000.0)


def test_barriers_are_open_new_mended_or_told_no_more(tmp_path):
    moved = (*DARK[:3], 12, DARK[4] + 4.0, DARK[5])  # more voices, the map moved a little
    new = ("dark", "", "stretch", 5, DARK[4] + 60.0, DARK[5])
    first = run(tmp_path / "a", barriers=[DARK, STEPS, STEEP])
    second = run(tmp_path / "b", barriers=[moved, new], mended=[{"street": "Mäkikatu", "on": "2026-06-01"}])
    (step,) = barrier_steps([(first, "2026-01-01"), (second, "2027-01-01")])
    counts = {name: step[name] for name in ("open", "new", "mended", "no_longer_told")}
    assert counts == {"open": 2, "new": 1, "mended": 1, "no_longer_told": 1}
    assert [(row["category"], row["change"]) for row in step["changed"]] == [
        ("steps", "no_longer_told"), ("steep", "mended"), ("dark", "new"),
    ]  # fmt: skip


def test_what_is_mended_at_a_place_is_told_by_the_place(tmp_path):
    lon_lat = gpd.GeoSeries([shapely.Point(STEPS[4] + 3, STEPS[5])], crs="EPSG:3067").to_crs("EPSG:4326").iloc[0]
    mended = [{"at": [lon_lat.x, lon_lat.y], "category": "steps", "on": "2026-06-01"}]
    first = run(tmp_path / "a", barriers=[DARK, STEPS])
    (step,) = barrier_steps([(first, "1"), (run(tmp_path / "b", barriers=[DARK], mended=mended), "2")])
    assert (step["mended"], step["no_longer_told"]) == (1, 0)


def test_nothing_changed_is_nothing_told(tmp_path):
    runs = [(run(tmp_path / name, barriers=[DARK, STEPS]), name) for name in ("1", "2")]
    (step,) = barrier_steps(runs)
    assert (step["open"], step["changed"]) == (2, [])


def test_a_cohort_closes_once_and_within_the_years(tmp_path):
    first = run(tmp_path / "a", cohorts=[("1", "2026-03-01", 60)])
    second = run(tmp_path / "b", cohorts=[("1", "2026-03-01", 60), ("2", "2027-03-01", 70), ("3", None, 9)])
    events = closings([first, second], "2026-01-01", "2026-12-31")
    assert events == [{"date": "2026-03-01", "what": "cohort_closed", "name": "1"}]
    assert len(closings([first, second], "2026-01-01", "2027-12-31")) == 2
