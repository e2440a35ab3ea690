"""Profiles: defaults with sources, overrides from a workspace, faults all at once."""

import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.network.streets.profiles import default_profiles, profiles_with


def test_the_defaults_are_those_with_sources():
    """Speeds of the field notes: Digital Geography Lab 2023, University of Bath."""
    speeds = {name: profile.speed_kmh for name, profile in default_profiles().items()}
    assert speeds["walk"] == pytest.approx(1.306 * 3.6, abs=0.01)
    assert speeds["walk_slow"] == pytest.approx(0.953 * 3.6, abs=0.01)
    assert speeds["wheelchair"] == pytest.approx(0.76 * 3.6, abs=0.01)
    assert speeds["bicycle"] == 14.92
    assert default_profiles()["bicycle"].terminal_s == 60


@pytest.mark.parametrize("name", default_profiles())
def test_every_number_of_a_profile_has_a_source_or_says_that_it_is_assumed(name):
    profile = default_profiles()[name]
    numbers = {
        key
        for key in profile.model_fields_set - {"name", "mode", "sources", "closed_classes", "pushed_classes"}
        if key not in ("wheelchair_tags", "factors", "node_delays_s", "grade_model")
    }
    numbers |= {f"factors.{tag}" for tag in profile.factors} | {f"node_delays_s.{tag}" for tag in profile.node_delays_s}
    unsourced = {
        key for key in numbers if not any(key.startswith(told) or told.startswith(key) for told in profile.sources)
    }
    assert unsourced == set()


def test_a_workspace_overrides_one_number_and_keeps_the_rest():
    changed = profiles_with({"bicycle": {"factors": {"surface": {"gravel": 2.0}}}})["bicycle"]
    assert changed.factors["surface"]["gravel"] == 2.0
    assert changed.factors["surface"]["sand"] == default_profiles()["bicycle"].factors["surface"]["sand"]


def test_a_workspace_adds_a_profile_on_a_base():
    pram = profiles_with({"pram": {"base": "walk", "factors": {"highway": {"steps": False}}}})["pram"]
    assert pram.factors["highway"]["steps"] == float("inf")
    assert pram.speed_kmh == default_profiles()["walk"].speed_kmh


def test_all_faults_are_told_at_once():
    with pytest.raises(WorkspaceError) as refused:
        profiles_with(
            {"walk": {"speed_kmh": -1, "sped": 3}, "hover": {}, "car": {"factors": {"surface": {"ice": True}}}}
        )
    told = {fault.where for fault in refused.value.faults}
    assert {"profiles.walk.speed_kmh", "profiles.walk.sped", "profiles.hover"} <= told
    assert any(where.startswith("profiles.car.factors.surface.ice") for where in told)
