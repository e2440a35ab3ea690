"""Hubs beside the first one: where they are, and what is doubtful about them."""

import pytest

from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


@pytest.fixture
def check(sample_workspace, tmp_path):
    def read(*places: str):
        path = moved(sample_workspace, tmp_path, *of_profiles("walk"))
        hubs = "".join(f'\n[[hubs]]\nname = "Hub {n}"\nentrances = {place}\n' for n, place in enumerate(places))
        path.write_text(path.read_text(encoding="utf-8") + hubs, encoding="utf-8")
        inputs, reports = check_inputs(Workspace.load(path))
        return inputs, {report.key: report for report in reports}

    return read


def test_each_is_read_and_reported(check):
    inputs, reports = check("[[23.633, 61.506]]", "[[23.6215, 61.5035], [23.622, 61.5036]]")
    assert [len(hub) for hub in inputs.further_hubs] == [1, 2]
    assert {"hub.entrances", "hubs.0.entrances", "hubs.1.entrances"} <= set(reports)
    assert not reports["hubs.0.entrances"].doubts
    assert not reports["hubs.1.entrances"].doubts


def test_two_hubs_a_few_steps_apart_are_doubted(check):
    _, reports = check("[[23.6276, 61.5053]]")
    (doubt,) = reports["hubs.0.entrances"].doubts
    assert "hub_0 lies" in doubt.problem
    assert "m from lansikeskus" in doubt.problem


def test_one_outside_the_district_is_doubted_and_one_beyond_the_streets_refused(check):
    inputs, reports = check("[[23.6530, 61.5060]]")
    assert inputs is not None
    assert any("outside the district" in note for note in reports["hubs.0.entrances"].notes)
    assert any("outside the district" in doubt.problem for doubt in reports["hubs.0.entrances"].doubts)
    nothing, far = check("[[24.5, 61.5]]")
    assert nothing is None
    (fault,) = far["hubs.0.entrances"].faults
    assert "outside the district and its surroundings" in fault.problem


@pytest.mark.parametrize(
    "swapped", ["[[61.5052, 23.6300]]", "[[61.5060, 23.6530]]", "[[23.633, 61.506], [61.5052, 23.63]]"]
)
def test_one_with_its_numbers_swapped_is_refused_and_told_so(check, swapped):
    inputs, reports = check("[[23.633, 61.506]]", swapped)
    assert inputs is None
    (fault,) = reports["hubs.1.entrances"].faults
    assert fault.remedy == "Longitude comes first: swap the two numbers"
    assert not reports["hubs.0.entrances"].faults


@pytest.mark.parametrize(("place", "told"), [
    ("[[23.6200, 61.5035], [23.6375, 61.5070]]", "m apart"),
    ("[[23.6215, 61.5035], [23.6215, 61.5035], [23.6216, 61.5036]]", "there twice"),
])  # fmt: skip
def test_each_is_doubted_as_a_single_one_is(check, place, told):
    _, reports = check("[[23.633, 61.506]]", place)
    assert [doubt.problem for doubt in reports["hubs.1.entrances"].doubts if told in doubt.problem]
    assert not reports["hubs.0.entrances"].doubts
