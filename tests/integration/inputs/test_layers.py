"""A job is given its layers whole, or told what is wrong with them; a part of them asks for no more."""

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.layers import check_inputs, read_inputs, read_streets_and_homes, read_surroundings
from tesoma_geo.workspace import Workspace
from tests.workspaces import moved, of_profiles


@pytest.fixture
def odd_hub(sample_workspace, tmp_path):
    """The sample with its hub in another town."""
    far = (r"^entrances = .*$", "entrances = [[25.0, 60.2]]")
    return Workspace.load(moved(sample_workspace, tmp_path, *of_profiles("walk"), far))


def test_a_fault_of_one_layer_stops_the_job_and_names_the_layer(odd_hub):
    inputs, reports = check_inputs(odd_hub)
    assert inputs is None
    assert {report.key for report in reports if report.faults} == {"hub.entrances"}
    with pytest.raises(WorkspaceError, match=r"hub\.entrances"):
        read_inputs(odd_hub)


def test_streets_services_and_homes_do_not_ask_for_the_hub(odd_hub):
    network, services = read_surroundings(odd_hub)
    same, homes = read_streets_and_homes(odd_hub)
    assert same.n_edges == network.n_edges > 0
    assert len(services) > 0
    assert homes["population"].sum() > 0
