"""The sample, assessed once for all tests of this room."""

import pytest

import tesoma_geo as tg


@pytest.fixture(scope="session")
def assessment(sample_assessment: tg.Assessment) -> tg.Assessment:
    return sample_assessment
