"""Layers are read once for the same files, and what residents said is neither kept nor given."""

import shutil

import pytest

from tesoma_geo._content import Contents
from tesoma_geo.inputs import kept_layers, place_layers
from tesoma_geo.inputs.kept_layers import layers_without_answers, read_kept_inputs
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


@pytest.fixture
def workspace(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    return Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk")))


def read_times(monkeypatch):
    calls, read = [], kept_layers.read_inputs
    monkeypatch.setattr(kept_layers, "read_inputs", lambda *given: calls.append(1) or read(*given))
    return calls


def test_layers_are_read_once_and_are_the_same_afterwards(workspace, monkeypatch):
    calls = read_times(monkeypatch)
    first, key = layers_without_answers(workspace)
    again, same = layers_without_answers(workspace)
    assert len(calls) == 1
    assert key == same is not None
    assert first.survey is None
    assert again.survey is None
    assert Contents().digest(again.network) == Contents().digest(first.network)
    assert again.origins.equals(first.origins)
    assert again.services.equals(first.services)
    assert again.reports == first.reports


def test_nothing_is_kept_where_answers_are_in_a_store(workspace, monkeypatch):
    calls = read_times(monkeypatch)
    monkeypatch.setattr(kept_layers, "files_key", lambda _: None)
    assert layers_without_answers(workspace)[1] is None
    assert layers_without_answers(workspace)[1] is None
    assert len(calls) == 2


def test_changed_settings_are_read_anew(workspace, monkeypatch):
    calls = read_times(monkeypatch)
    layers_without_answers(workspace)
    text = workspace.path.read_text(encoding="utf-8")
    workspace.path.write_text(text + "\n# a further line\n", encoding="utf-8")
    layers_without_answers(Workspace.load(workspace.path))
    assert len(calls) == 2


def test_commands_share_what_was_read_of_the_place_and_read_answers_anew(workspace, monkeypatch):
    first = read_kept_inputs(workspace)

    def refuse(*_):
        raise AssertionError("read again")

    monkeypatch.setattr(place_layers, "_read", refuse)
    again = read_kept_inputs(workspace)
    assert Contents().digest(again.network, again.origins) == Contents().digest(first.network, first.origins)
    assert again.reports == first.reports
    assert again.survey is not None
    assert len(again.survey.annotations) == len(first.survey.annotations)


@pytest.mark.parametrize("changed", ["answers", "streets"])
def test_what_residents_said_is_no_layer_of_the_place(sample_workspace, tmp_path, monkeypatch, changed):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    shutil.copytree(sample_workspace.parent, tmp_path / "layers")
    workspace = Workspace.load(moved(tmp_path / "layers" / "tesoma.toml", tmp_path, *of_profiles("walk")))
    read_kept_inputs(workspace)
    calls, read = [], place_layers._read
    monkeypatch.setattr(place_layers, "_read", lambda *given: calls.append(1) or read(*given))
    file = workspace.osm_path if changed == "streets" else workspace.resolve(workspace.annotations[0].respondents)
    with file.open("a", encoding="utf-8") as more:
        more.write("\n")
    read_kept_inputs(workspace)
    assert len(calls) == (changed == "streets")
