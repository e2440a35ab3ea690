"""What a result that is told anew takes of the former one: its pages, and what is drawn, with the workspace of now."""

import json

import numpy as np
import pytest

from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._pickles import STEP, VALUE, read_pickle, write_pickle
from tesoma_geo._result_mark import mark_of, marked
from tesoma_geo.assessment.said_otherwise import (
    HOMES,
    STILLS,
    WORKSPACE,
    keep_drawn_with,
    kept_homes,
    kept_pages,
    tell_targets,
    told_settings,
)
from tesoma_geo.assessment.target_figures import TimesOfHomes
from tesoma_geo.assessment.unchanged_run import FINISHED, RunTold, UnchangedRun, finished_key
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.sections import Site

KEY = "ab" * 16


@pytest.fixture
def workspace(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    site = Site(contact="a@b.example")
    return Workspace.load(sample_workspace).model_copy(update={"site": site})


def result(folder, number):
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"doubts": [number]}))
    return folder


def former(folder, keys):
    return UnchangedRun(str(folder), mark_of(folder), RunTold((), (), ()), keys)


def test_pages_are_taken_where_every_language_is_kept(workspace, tmp_path):
    folder = result(tmp_path / "one", 1)
    marked(folder)
    files = {"index.html": b"<p>page</p>"}
    keys = {f"pages {language}": KEY for language in workspace.district.languages}
    assert kept_pages(former(folder, keys), workspace, "pages ") is None
    keep_value(STEP, bytes.fromhex(KEY), lambda entry: write_pickle(entry, files))
    pages = kept_pages(former(folder, keys), workspace, "pages ")
    assert pages == dict.fromkeys(workspace.district.languages, files)
    del keys["pages sv"]
    assert kept_pages(former(folder, keys), workspace, "pages ") is None


def test_what_is_drawn_is_kept_with_the_workspace_of_now(workspace, tmp_path):
    one, two = (result(tmp_path / name, name) for name in ("one", "two"))
    for folder in (one, two):
        marked(folder)
    run = former(one, {})
    assert kept_homes(run) is None
    keep_drawn_with(workspace, run, two)  # what it was drawn from is gone
    assert kept_value(FINISHED, finished_key(mark_of(two)), read_pickle, None) is None

    def write(entry):
        write_pickle(entry, "drawn")
        write_pickle(entry, "stills", STILLS)
        write_pickle(entry, "homes", HOMES)

    keep_value(FINISHED, finished_key(run.mark), write)
    assert kept_homes(run) == "homes"
    keep_drawn_with(workspace, run, two)
    names = VALUE, STILLS, HOMES, WORKSPACE
    kept = kept_value(
        FINISHED, finished_key(mark_of(two)), lambda entry: [read_pickle(entry, name) for name in names], None
    )
    assert kept == ["drawn", "stills", "homes", workspace]


def test_targets_are_told_beside_the_pages(workspace, tmp_path):
    told = {"inputs": [], "parameters": {"workspace": {"targets": {}}, "profiles": {}}, "licences": []}
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    (tmp_path / "summary.json").write_text(json.dumps({"origins": 2, "targets": {}}))
    homes = TimesOfHomes(np.array([1, 3]), {"walk": np.array([60.0, np.inf])})
    workspace = workspace.model_copy(update={"targets": {"walk_within_15_min": 0.7}})
    figures = tell_targets(workspace, homes, tmp_path)
    assert figures == {"walk_within_15_min": {"target": 0.7, "value": 0.25, "met": False}}
    assert json.loads((tmp_path / "summary.json").read_text()) == {"origins": 2, "targets": figures}
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest == {**told, "parameters": {"workspace": told_settings(workspace), "profiles": {}}}
    assert manifest["parameters"]["workspace"]["targets"] == {"walk_within_15_min": 0.7}
