"""What a result that is told anew takes of the former one: its pages, and what is drawn, with the workspace of now."""

import json

import pytest

from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._pickles import STEP, VALUE, read_pickle, write_pickle
from tesoma_geo._result_mark import mark_of, marked
from tesoma_geo.assessment.said_otherwise import STILLS, WORKSPACE, keep_drawn_with, kept_pages
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
    keep_drawn_with(workspace, run, two)  # what it was drawn from is gone
    assert kept_value(FINISHED, finished_key(mark_of(two)), read_pickle, None) is None

    def write(entry):
        write_pickle(entry, "drawn")
        write_pickle(entry, "stills", STILLS)

    keep_value(FINISHED, finished_key(run.mark), write)
    keep_drawn_with(workspace, run, two)
    names = VALUE, STILLS, WORKSPACE
    kept = kept_value(
        FINISHED, finished_key(mark_of(two)), lambda entry: [read_pickle(entry, name) for name in names], None
    )
    assert kept == ["drawn", "stills", workspace]
