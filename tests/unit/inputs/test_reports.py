"""What a report tells of a file is what is in it: nothing of when it was copied."""

import json
import os
import sqlite3
from pathlib import Path

import rasterio

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.reports import LayerReport, file_report, written_day


def test_the_time_stamp_of_a_file_is_no_input(tmp_path):
    path = tmp_path / "areas.gpkg"
    path.write_bytes(b"areas")
    before = file_report("population.source", path)
    os.utime(path, (0, 0))
    assert file_report("population.source", path) == before
    assert before.date is None


def test_a_fetched_file_has_the_day_on_which_it_was_fetched(tmp_path):
    path = tmp_path / "areas.gpkg"
    path.write_bytes(b"areas")
    record = path.with_name("areas.gpkg.json")
    record.write_text(json.dumps({"date": "2026-03-10T12:00:00+00:00"}))
    assert file_report("population.source", path).date == "2026-03-10"
    for damaged in ("", "[]", "{}", '{"date": 7}'):
        record.write_text(damaged)
        assert file_report("population.source", path).date is None


def test_doubts_about_a_setting_are_no_layer():
    doubt = Doubt("access.cutoffs_min", "names 900 min", "Minutes are meant")
    report = LayerReport("access.cutoffs_min", Path("tesoma.toml"), doubts=(doubt,))
    assert not report.is_layer
    assert LayerReport("hub.entrances", Path("tesoma.toml"), rows=1, doubts=(doubt,)).is_layer
    assert LayerReport("annotations.0.respondents", Path("data.csv")).is_layer


def test_a_geotiff_says_when_it_was_written(tmp_path):
    path = tmp_path / "ground.tif"
    with rasterio.open(path, "w", driver="GTiff", width=1, height=1, count=1, dtype="uint8") as file:
        file.update_tags(TIFFTAG_DATETIME="2021:03:04 05:06:07")
    assert written_day(path) == "2021-03-04"


def test_a_geopackage_says_when_it_was_written_and_other_files_say_nothing(tmp_path):
    path = tmp_path / "areas.gpkg"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE gpkg_contents (last_change TEXT)")
        file.execute("INSERT INTO gpkg_contents VALUES ('2019-05-06T07:08:09.000Z'), ('2020-01-02T00:00:00.000Z')")
    file.close()
    assert written_day(path) == "2020-01-02"
    assert file_report("basemap.water", path).date == "2020-01-02"
    assert file_report("annotations.0.geometries", path).date is None  # when the last answer came is nobody's to know
    for name in ("broken.gpkg", "broken.tif", "rows.csv"):
        (tmp_path / name).write_bytes(b"nothing")
        assert written_day(tmp_path / name) is None
