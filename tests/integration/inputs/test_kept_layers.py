"""Layers are read once for the same files, and what residents said is neither kept nor given."""

import pytest

from tesoma_geo._content import Contents
from tesoma_geo.inputs import kept_layers
from tesoma_geo.inputs.kept_layers import layers_without_answers
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


@pytest.fixture
def workspace(sample_workspace, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    return Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk")))


def read_times(monkeypatch):
    calls, read = [], kept_layers.read_inputs
    monkeypatch.setattr(kept_layers, "read_inputs", lambda workspace: calls.append(1) or read(workspace))
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
