"""Kept inputs: shared by content, never what residents said, and refused when they are not what was kept."""

import json
import shutil

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.follow_up.kept_inputs import KEPT, keep_inputs, kept_run, runs_in
from tesoma_geo.workspace import Workspace


@pytest.fixture
def run(sample_workspace, tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    keep_inputs(Workspace.load(sample_workspace), folder, tmp_path / "kept", folder, "2026-01-01")
    return folder


def test_a_file_is_kept_once_and_answers_never(run, sample_workspace, tmp_path):
    other = tmp_path / "b"
    other.mkdir()
    workspace = Workspace.load(sample_workspace)
    assert keep_inputs(workspace, other, tmp_path / "kept", other, "2027-01-01") == 0
    names = sorted(path.name for path in (tmp_path / "kept").rglob("*") if path.is_file())
    assert len(names) == len(set(names))
    assert {"streets.osm.pbf", "areas.gpkg", "gtfs.zip", "elevation.tif"} <= set(names)
    assert not {"data.csv", "geopackage.gpkg"} & set(names)
    assert "annotations" not in json.loads((run / KEPT).read_text(encoding="utf-8"))["workspace"]
    assert [path.name for path in runs_in(tmp_path)] == ["a", "b"]


def test_the_workspace_is_that_of_the_run(run, sample_workspace):
    kept, own = kept_run(run).workspace, Workspace.load(sample_workspace)
    assert kept.access == own.access
    assert kept.hub == own.hub
    assert kept.targets == own.targets
    assert kept.osm_path.read_bytes() == own.osm_path.read_bytes()


def test_a_series_that_was_moved_is_still_a_series(run, tmp_path):
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("a", "kept"):
        shutil.move(tmp_path / name, moved / name)
    assert kept_run(moved / "a").date == "2026-01-01"


def faulty(run, change):
    content = json.loads((run / KEPT).read_text(encoding="utf-8"))
    change(content)
    (run / KEPT).write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda content: content.pop("date"), "no list of kept inputs"),
        (lambda content: content.pop("store"), "no list of kept inputs"),
        (lambda content: content.update(files=3), "no list of kept inputs"),
        (lambda content: content.update(store="../nowhere"), "is gone"),
        (lambda content: content["files"][0].update(sha256="0" * 64), "was changed"),
        (lambda content: content["workspace"].pop("network"), "no workspace of this version"),
        (lambda content: content["workspace"].update(unheard=1), "no workspace of this version"),
    ],
)
def test_what_is_not_what_was_kept_is_refused(run, change, says):
    faulty(run, change)
    with pytest.raises(InputError, match=says):
        kept_run(run)


def test_a_list_that_is_no_json_is_refused(run):
    (run / KEPT).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="no list of kept inputs"):
        kept_run(run)
