"""The sample's layers, read once for all tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

import tesoma_geo as tg
from tesoma_geo.inputs.layers import Inputs, read_inputs
from tesoma_geo.scenarios.scenario import Scenario

Plan = Callable[[str], Scenario]


@pytest.fixture(scope="session")
def inputs(sample_workspace: Path) -> Inputs:
    return read_inputs(tg.Workspace.load(sample_workspace))


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A scenario of a text beside its name."""

    def planned(text: str) -> Scenario:
        path = tmp_path_factory.mktemp("plan") / "plan.toml"
        path.write_text(f"name = 'Plan'\n{text}", encoding="utf-8")
        return Scenario.load(path)

    return planned
