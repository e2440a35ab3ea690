"""What a result that is told anew takes of the former one: its pages, and what is drawn, with the workspace of now."""

import json

import numpy as np
import pytest

from tesoma_geo._cache import keep_value, kept_value
from tesoma_geo._pickles import STEP, VALUE, read_pickle, write_pickle
from tesoma_geo._result_mark import mark_of, marked
from tesoma_geo.assessment.credited import CreditedLayer
from tesoma_geo.assessment.said_otherwise import (
    STILLS,
    TOLD,
    WORKSPACE,
    ToldFrom,
    keep_drawn_with,
    kept_files,
    kept_told,
    tell_again,
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


def test_files_of_a_step_are_taken_where_they_are_kept(workspace, tmp_path):
    folder = result(tmp_path / "one", 1)
    marked(folder)
    files = {"index.html": b"<p>page</p>"}
    run = former(folder, {"pages fi": KEY})
    assert kept_files(run, "pages fi") is None
    keep_value(STEP, bytes.fromhex(KEY), lambda entry: write_pickle(entry, files))
    assert kept_files(run, "pages fi") == files
    assert kept_files(run, "pages sv") is None


def test_what_is_drawn_is_kept_with_the_workspace_of_now(workspace, tmp_path):
    one, two = (result(tmp_path / name, name) for name in ("one", "two"))
    for folder in (one, two):
        marked(folder)
    run = former(one, {})
    assert kept_told(run) is None
    keep_drawn_with(workspace, run, two)  # what it was drawn from is gone
    assert kept_value(FINISHED, finished_key(mark_of(two)), read_pickle, None) is None

    told = ToldFrom(None, (CreditedLayer("network", "of then", None, True, True),))

    def write(entry):
        write_pickle(entry, "drawn")
        write_pickle(entry, "stills", STILLS)
        write_pickle(entry, told, TOLD)

    keep_value(FINISHED, finished_key(run.mark), write)
    assert kept_told(run) == told
    keep_drawn_with(workspace, run, two)
    names = VALUE, STILLS, TOLD, WORKSPACE
    kept = kept_value(
        FINISHED, finished_key(mark_of(two)), lambda entry: [read_pickle(entry, name) for name in names], None
    )
    assert kept == ["drawn", "stills", told, workspace]
    # What the second run is told anew from credits whom it credited itself.
    assert kept_told(former(two, {})).layers[0].licence == workspace.network.licence


def test_targets_and_licences_are_told_beside_the_pages(workspace, tmp_path):
    layers = (
        CreditedLayer("network", "of then", None, True, True),
        CreditedLayer("somewhere", "of then", None, False, False),
        CreditedLayer("population", "of then", None, True, False),
    )
    inputs = [{"key": layer.key, "licence": layer.licence, "rows": 3} for layer in layers if layer.is_layer]
    manifest = {"inputs": inputs, "parameters": {"workspace": {}, "profiles": {}}, "licences": ["of then"]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "summary.json").write_text(json.dumps({"origins": 2, "targets": {}}))
    homes = TimesOfHomes(np.array([1, 3]), {"walk": np.array([60.0, np.inf])})
    population = workspace.population.model_copy(update={"licence": "of residents"})
    workspace = workspace.model_copy(update={"targets": {"walk_within_15_min": 0.7}, "population": population})
    figures = tell_again(workspace, ToldFrom(homes, layers), tmp_path)
    assert figures == {"walk_within_15_min": {"target": 0.7, "value": 0.25, "met": False}}
    assert json.loads((tmp_path / "summary.json").read_text()) == {"origins": 2, "targets": figures}
    written = json.loads((tmp_path / "manifest.json").read_text())
    streets = workspace.network.licence
    assert written["licences"] == [streets, "of residents"]
    assert [one["licence"] for one in written["inputs"]] == [streets, "of residents"]
    assert written["parameters"] == {"workspace": told_settings(workspace), "profiles": {}}
    assert written["parameters"]["workspace"]["targets"] == {"walk_within_15_min": 0.7}
