"""A run of which nothing changed is found by all that it was made from, and by nothing less."""

import json
import os
import shutil

import pytest

from tesoma_geo._cache import keep_value
from tesoma_geo._result_mark import mark_of, marked
from tesoma_geo.assessment.unchanged_run import (
    ALIKE,
    FINISHED,
    RETOLD,
    RunTold,
    finished_key,
    keep_run,
    unchanged_run,
    write_again,
)
from tesoma_geo.inputs.files_key import files_key, run_keys
from tesoma_geo.workspace import Workspace

KEYS = {"pages fi": "00ff"}
TOLD = RunTold(("3 areas: no residents",), ("hub: far away",), ("reach walk",))


@pytest.fixture
def workspace_file(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TESOMA_GEO_ANNOTATIONS", raising=False)
    shutil.copytree(sample_workspace.parent, tmp_path / "layers")
    return tmp_path / "layers" / sample_workspace.name


def key_of(file):
    return files_key(Workspace.load(file))


def layers(file):
    return sorted(path for path in (file.parent / "sample").rglob("*") if path.is_file())


def test_the_key_is_the_same_as_long_as_nothing_changes(workspace_file):
    first = key_of(workspace_file)
    assert first is not None
    for path in layers(workspace_file):
        os.utime(path, (1, 1))
    assert key_of(workspace_file) == first


def test_every_file_that_the_workspace_names_is_in_the_key(workspace_file):
    workspace = Workspace.load(workspace_file)
    keys = {files_key(workspace)}
    named = [workspace.osm_path, workspace_file, *(workspace.resolve(feed) for feed in workspace.transit.gtfs)]
    named += [workspace.resolve(workspace.population.source), workspace.resolve(workspace.elevation.source)]
    for path in named:
        with path.open("ab") as file:
            file.write(b"\n#")
        keys.add(files_key(workspace))
    assert len(keys) == 1 + len(named)
    beside = workspace.osm_path.with_name(f"{workspace.osm_path.stem}.aux.xml")  # as GDAL reads beside a layer
    beside.write_text("<a/>")
    keys.add(files_key(workspace))
    assert len(keys) == 2 + len(named)


def test_where_nobody_can_tell_what_matters_there_is_no_key(workspace_file):
    for name, text in (("trials.toml", "trials ="), ("annotations.gpkg", ""), ("annotations.key", "")):
        path = workspace_file.parent / name
        path.write_text(text)
        assert key_of(workspace_file) is None, name
        path.unlink()
    assert key_of(workspace_file) is not None
    workspace = Workspace.load(workspace_file)
    moderation = workspace.moderation.model_copy(update={"store": "postgresql://db/answers"})
    assert files_key(workspace.model_copy(update={"moderation": moderation})) is None


@pytest.fixture
def result(tmp_path):
    folder = tmp_path / "result"
    (folder / "site").mkdir(parents=True)
    (folder / "site" / "index.html").write_text("<p>page</p>")
    (folder / "manifest.json").write_text(json.dumps({"made_at": "2020-01-01T00:00:00+00:00", "made_up": True}))
    marked(folder)
    return folder


def keep_drawn(folder):
    keep_value(FINISHED, finished_key(mark_of(folder)), lambda entry: (entry / "value.pickle").write_bytes(b"."))


def test_a_former_result_is_found_and_written_again(workspace_file, result, tmp_path):
    keys = run_keys(Workspace.load(workspace_file))
    key = keys.whole
    assert unchanged_run(key) is None
    keep_run(keys, result, TOLD, KEYS)
    assert unchanged_run(key) is None  # what its pages are drawn from is not kept
    keep_drawn(result)
    former = unchanged_run(key)
    assert former is not None
    assert (former.told, former.keys) == (TOLD, KEYS)
    assert unchanged_run(keys.but_for_words, ALIKE) == former
    assert unchanged_run(keys.but_for_retold, RETOLD) == former
    again = tmp_path / "again"
    again.mkdir()
    write_again(former, again)
    marked(again)
    assert mark_of(again) == mark_of(result)
    assert json.loads((again / "manifest.json").read_text())["made_at"] > "2020"
    assert (again / "site" / "index.html").read_text() == "<p>page</p>"


@pytest.mark.parametrize("change", ["other", "more", "less", "gone"])
def test_a_result_that_somebody_changed_is_not_taken(workspace_file, result, change):
    keys = run_keys(Workspace.load(workspace_file))
    keep_run(keys, result, TOLD, KEYS)
    keep_drawn(result)
    page = result / "site" / "index.html"
    if change == "other":
        page.write_text("<p>else</p>")
    elif change == "more":
        (result / "note.txt").write_text("mine")
    elif change == "less":
        page.unlink()
    else:
        shutil.rmtree(result)
    assert unchanged_run(keys.whole) is None
    assert unchanged_run(keys.but_for_words, ALIKE) is None
    assert unchanged_run(keys.but_for_retold, RETOLD) is None
