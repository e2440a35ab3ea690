"""The layers of the sample, under a short name."""

import pytest

from tesoma_geo.inputs.layers import Inputs


@pytest.fixture(scope="session")
def inputs(sample_inputs: Inputs) -> Inputs:
    return sample_inputs
