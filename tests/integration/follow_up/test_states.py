"""Layers between two dates: each is of the date that it is asked of."""

import pytest

from tesoma_geo.follow_up.kept_inputs import kept_run
from tesoma_geo.follow_up.map_changes import Marks, map_changes
from tesoma_geo.follow_up.states import Between, DatedState
from tests import dated_runs as made

FOOT = 'profiles = ["walk"]'


@pytest.fixture(scope="module")
def between(sample_workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("states")
    edits = [made.with_way(2001, (170, 1263), highway="footway"), made.with_library]
    runs = [
        made.state(sample_workspace, folder, "2026-01-01", profiles=FOOT),
        made.state(sample_workspace, folder, "2027-01-01", *edits, profiles=FOOT),
    ]
    first, second = (DatedState.of(kept_run(run)) for run in runs)
    pairs = [(first.inputs.network, second.inputs.network), (first.inputs.services, second.inputs.services)]
    paths = first.kept.workspace.osm_path, second.kept.workspace.osm_path
    return Between(first, second, map_changes(*pairs, paths, "2026-01-01", Marks()))


def test_what_is_exchanged_is_of_the_second_date(between):
    nothing, streets, services = (between.layers(frozenset(one)) for one in ((), ("streets",), ("services",)))
    assert 2001 not in nothing.network.ways["osm_id"].to_numpy()
    assert 2001 in streets.network.ways["osm_id"].to_numpy()
    assert len(streets.services) == len(nothing.services) == len(services.services) - 1
    assert 2001 not in services.network.ways["osm_id"].to_numpy()


def test_all_exchanged_is_the_second_date(between):
    assert between.causes == ("streets", "services")
    every = between.layers(frozenset(between.causes))
    assert every.network is between.second.inputs.network
    assert every.services is between.second.inputs.services
