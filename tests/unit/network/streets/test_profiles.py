"""Profiles: defaults with sources, overrides from a workspace, faults all at once."""

import tomllib

import numpy as np
import pytest

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.network import StreetNetwork
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


def test_a_new_profile_is_one_table_and_its_router_answers(write_osm):
    """Slower than walking, and no steps: the short way is closed."""
    table = tomllib.loads("""
        [profiles.pram]
        base = "walk"
        speed_kmh = 3.6
        grade_model = "none"
        factors = { highway = { steps = false } }
    """)
    nodes = {number: (10.0 * number, 0.0) for number in range(61)} | {100: (300.0, 400.0)}
    ways = [
        (list(range(30)), {"highway": "footway"}),
        ((29, 31), {"highway": "steps"}),
        (list(range(31, 61)), {"highway": "footway"}),
        ((29, 100, 31), {"highway": "footway"}),
    ]
    network = StreetNetwork.from_osm(write_osm(nodes, ways), "EPSG:3067")
    router = network.router(profiles_with(table["profiles"])["pram"])
    ends = np.column_stack([network.lon, network.lat])[[int(np.argmin(network.x)), int(np.argmax(network.x))]]
    seconds = router.travel_times(ends[:1], ends[1:])[0, 0]
    # 290 m on each side of the steps, and 2 · √(10² + 400²) m around them, at a metre a second.
    assert seconds == pytest.approx(580 + 2 * np.hypot(10, 400), abs=2)


def test_all_faults_are_told_at_once():
    with pytest.raises(WorkspaceError) as refused:
        profiles_with(
            {"walk": {"speed_kmh": -1, "sped": 3}, "hover": {}, "car": {"factors": {"surface": {"ice": True}}}}
        )
    told = {fault.where for fault in refused.value.faults}
    assert {"profiles.walk.speed_kmh", "profiles.walk.sped", "profiles.hover"} <= told
    assert any(where.startswith("profiles.car.factors.surface.ice") for where in told)
