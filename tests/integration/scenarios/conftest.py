"""The layers of the sample, and scenarios of a text."""

from collections.abc import Callable

import pytest

from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.scenarios.scenario import Scenario

Plan = Callable[[str], Scenario]


@pytest.fixture(scope="session")
def inputs(sample_inputs: Inputs) -> Inputs:
    return sample_inputs


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A scenario of a text beside its name."""

    def planned(text: str) -> Scenario:
        path = tmp_path_factory.mktemp("plan") / "plan.toml"
        path.write_text(f"name = 'Plan'\n{text}", encoding="utf-8")
        return Scenario.load(path)

    return planned
