"""The sample, assessed once for all tests of this room."""

from pathlib import Path

import pytest

import tesoma_geo as tg


@pytest.fixture(scope="session")
def assessment(sample_workspace: Path) -> tg.Assessment:
    return tg.assess(sample_workspace)
