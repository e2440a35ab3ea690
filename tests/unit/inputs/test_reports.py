"""What a report tells of a file is what is in it: nothing of when it was copied."""

import json
import os
from pathlib import Path

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.reports import LayerReport, file_report


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
