"""Faults in a planner's words: the nearest key, the missing file."""

import pytest

from tesoma_geo.workspace.faults import did_you_mean, missing_files


@pytest.mark.parametrize(
    ("name", "remedy"), [("walkk", "Did you mean walk?"), ("e_bik", "Did you mean e_bike?"), ("hover", "")]
)
def test_the_nearest_name_is_asked_for(name, remedy):
    assert did_you_mean(name, ["walk", "e_bike", "car"]) == remedy


def test_files_are_looked_for_wherever_they_are_named(tmp_path):
    (tmp_path / "there.gpkg").touch()
    content = {
        "network": {"osm": "no.osm"},
        "services": {"files": [{"source": "there.gpkg"}, {"source": "no.csv"}]},
        "transit": {"gtfs": ["no.zip"]},
        "elevation": {"source": "https://example.org/dem.tif"},
    }
    faults = missing_files(tmp_path / "tesoma.toml", content, fetched=True)
    assert [fault.where for fault in faults] == [
        "network.osm", "services.files.1.source", "transit.gtfs.0", "elevation.source",
    ]  # fmt: skip
    assert len(missing_files(tmp_path / "tesoma.toml", content, fetched=False)) == 3


def test_a_name_that_no_file_can_have_is_not_there(tmp_path):
    (fault,) = missing_files(tmp_path / "tesoma.toml", {"network": {"osm": "a" * 5000}}, fetched=True)
    assert fault.where == "network.osm"
