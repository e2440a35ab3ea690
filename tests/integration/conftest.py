"""What these tests share: the sample's layers, read once, and the main job, done once in a run."""

from pathlib import Path

import pytest
from postgres_server import database, postgres_server  # noqa: F401 - fixtures

import tesoma_geo as tg
from tesoma_geo.assessment import assess
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.workspace import find_workspace
from tests.assessed import sample_assessment, tesoma_assessment
from tests.finished_runs import FinishedRun, told
from tests.workspaces import moved, of_profiles

__all__ = ["sample_assessment", "sample_inputs", "tesoma_assessment"]


@pytest.fixture(scope="session")
def sample_inputs(sample_workspace: Path) -> Inputs:
    """The layers of the bundled, made-up district. Tests leave them as they are."""
    return read_inputs(tg.Workspace.load(sample_workspace))


@pytest.fixture(scope="session")
def _one_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("finished")
    (folder / "workspace").mkdir()
    workspace = moved(find_workspace(None).resolve(), folder / "workspace", *of_profiles("walk"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(folder / "cache"))
        told("run", "-q", "--workspace", workspace, "--out", folder / "results")
    return FinishedRun(workspace, folder / "results", folder / "cache")


@pytest.fixture
def finished_run(_one_run, monkeypatch):
    """A finished run of the sample on foot, with what was kept of it; both stay as they are."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(_one_run.cache))
    return _one_run


@pytest.fixture
def nobody_assesses(monkeypatch):
    """Whoever assesses or reads a layer fails."""

    def refuse(*_, **__):
        raise AssertionError("assessed again")

    monkeypatch.setattr(assess, "assess", refuse)
    monkeypatch.setattr(assess, "read_inputs", refuse)
