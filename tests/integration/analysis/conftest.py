"""The layers of the sample, under a short name, and those of Tesoma."""

from pathlib import Path

import pytest

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.workspace import Workspace
from tests.small_district import SmallDistrict
from tests.transit_streets import ask, long_street  # noqa: F401 - fixtures


@pytest.fixture(scope="session")
def inputs(sample_inputs: Inputs) -> Inputs:
    return sample_inputs


@pytest.fixture(scope="session")
def tesoma_inputs(shared_data: Path) -> Inputs:
    """Real Tesoma, read."""
    return read_inputs(Workspace.load(shared_data / "tesoma.toml"))


@pytest.fixture(scope="session")
def square_inputs(tmp_path_factory) -> Inputs:
    """Another made-up district: streets in a square grid on a hill, without a tag but their class."""
    return read_inputs(Workspace.load(SmallDistrict().write(tmp_path_factory.mktemp("square"))))
