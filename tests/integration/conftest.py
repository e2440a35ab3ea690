"""What these tests share: the sample's layers, read once, and the main job, done once in a run."""

from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.layers import Inputs, read_inputs
from tests.assessed import sample_assessment, tesoma_assessment

__all__ = ["sample_assessment", "sample_inputs", "tesoma_assessment"]


@pytest.fixture(scope="session")
def sample_inputs(sample_workspace: Path) -> Inputs:
    """The layers of the bundled, made-up district. Tests leave them as they are."""
    return read_inputs(tg.Workspace.load(sample_workspace))
