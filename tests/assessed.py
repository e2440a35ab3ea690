"""The main job, done once in a run of the tests, whichever worker asks first."""

import fcntl
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import tesoma_geo as tg
from tesoma_geo.render.text.shown_settings import UNSHOWN


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole run, which all workers of pytest-xdist see."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` returns, made by the first process that asks; others wait for it and read a copy.

    The first one reads a copy too, so that a test meets the same object whoever made it.
    """
    kept = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            part = folder / f"{name}.part"
            part.write_bytes(pickle.dumps(make(), pickle.HIGHEST_PROTOCOL))
            part.rename(kept)
    return pickle.loads(kept.read_bytes())


def folder_once(factory: pytest.TempPathFactory, name: str, write: Callable[[Path], Any]) -> Path:
    """A folder that is written once in a run of the tests, and that all workers read and leave as it is."""
    folder = shared_folder(factory)
    path = folder / f"{name}-written"

    def written() -> None:
        path.mkdir(exist_ok=True)  # there already where another worker failed
        write(path)

    once(folder, name, written)
    return path


@pytest.fixture(scope="session")
def sample_assessment(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> tg.Assessment:
    """The bundled, made-up district, assessed. Tests leave it as it is."""
    return once(shared_folder(tmp_path_factory), "sample", lambda: tg.assess(sample_workspace))


@pytest.fixture(scope="session")
def tesoma_assessment(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tg.Assessment:
    """Real Tesoma, assessed. Tests leave it as it is."""
    return once(shared_folder(tmp_path_factory), "tesoma", lambda: tg.assess(shared_data / "tesoma.toml"))


def without_unshown(assessment: tg.Assessment) -> tg.Assessment:
    """The assessment, its workspace without the sections that no picture and no table for the desk follows from.

    The street file stays: what is read of it is a layer by itself.
    """
    workspace = assessment.workspace.model_copy()
    for name in {*UNSHOWN} - {"path", "network"}:
        del workspace.__dict__[name]
    return replace(assessment, inputs=replace(assessment.inputs, workspace=workspace))
