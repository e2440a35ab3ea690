"""Homes without a way because of a rule of ours are a doubt about the streets."""

from dataclasses import replace

import numpy as np

from tesoma_geo.inputs.closed_homes import with_closed_homes
from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace


def test_homes_behind_use_sidepath_are_a_doubt_of_check(sample_workspace):
    inputs, reports = check_inputs(Workspace.load(sample_workspace))
    assert inputs is not None
    walk = tuple(profile for profile in inputs.profiles if profile.name == "walk")
    assert with_closed_homes(replace(inputs, profiles=walk), reports) == reports
    network, origins = inputs.network, inputs.origins
    east_m = float(np.quantile(origins.geometry.x, 0.9))
    assert east_m > inputs.hub.geometry.x.max() + 300
    east = np.unique(network.way[np.minimum(network.x[network.tail], network.x[network.head]) > east_m - 300])
    foot = network.ways["foot"].astype(object).to_numpy(copy=True)
    foot[east] = "use_sidepath"
    closed = replace(inputs, profiles=walk, network=network.with_ways(network.ways.assign(foot=foot)))
    told = with_closed_homes(closed, reports)
    assert [report.key for report in told] == [report.key for report in reports]
    changed = [(after, before) for after, before in zip(told, reports, strict=True) if after != before]
    ((after, before),) = changed
    assert after.key == "network.osm"
    doubt = after.doubts[len(before.doubts)]
    assert "walk: " in doubt.problem
    assert "use_sidepath" in doubt.problem
    assert 0 < int(doubt.problem.split()[1]) <= len(origins) // 2
