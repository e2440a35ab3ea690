"""Profiles one by one and side by side in processes: the same answers."""

from dataclasses import replace

import numpy as np

from tesoma_geo import _processes
from tesoma_geo.assessment.assess import assess_inputs
from tesoma_geo.assessment.profile_study import SharedByProfiles, street_profile


def test_side_by_side_is_as_one_after_the_other(sample_inputs, monkeypatch):
    inputs = sample_inputs
    access = inputs.workspace.access.model_copy(update={"profiles": ("walk", "bicycle")})
    short = inputs.workspace.model_copy(update={"access": access, "targets": {}})
    kept = tuple(profile for profile in inputs.profiles if profile.name in access.profiles)
    inputs = replace(inputs, workspace=short, profiles=kept)
    told = []
    monkeypatch.setattr(_processes, "cores", lambda: 2)
    beside = assess_inputs(inputs, told.append)
    monkeypatch.setattr(_processes, "cores", lambda: 1)
    alone = assess_inputs(inputs, told.append)
    assert {"walk", "bicycle"} <= set(told)
    assert beside.summary == alone.summary
    assert beside.cells.equals(alone.cells)
    assert beside.origins.equals(alone.origins)
    for name in ("walk", "bicycle"):
        assert beside.isochrones[name].equals(alone.isochrones[name])
        assert beside.street_analysis.uncertain[name].draws.equals(alone.street_analysis.uncertain[name].draws)


def test_a_profile_alone_is_as_among_others(sample_inputs, sample_assessment):
    inputs = sample_assessment.inputs
    walk = next(profile for profile in inputs.profiles if profile.name == "walk")
    found = street_profile(inputs, walk, SharedByProfiles.of(inputs))
    np.testing.assert_array_equal(
        found.reach.origin_columns["walk_to_hub_s"], sample_assessment.origins["walk_to_hub_s"]
    )
    assert found.study.explained.equals(sample_assessment.street_analysis.explained["walk"])
    if found.lived is not None:
        np.testing.assert_array_equal(found.lived.to_hub_s, sample_assessment.lived.origins["walk_lived_to_hub_s"])
