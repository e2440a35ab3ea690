"""Streets made better: what is said of a way is what the scenario that names it gives."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.seasons import UNMAINTAINED, in_winter, winter_maintenance
from tesoma_geo.scenarios.better_streets import better_streets, kinds
from tesoma_geo.scenarios.edits import edited

WINTER = "winter_maintenance"


def to_hub_s(layers, profile, cold):
    network, who = layers.network, next(one for one in layers.profiles if one.name == profile)
    if cold:
        network, who = in_winter(network, who, layers.winter)
    return network.router(who).travel_times(layers.origins, layers.hub).min(axis=1)


@pytest.mark.parametrize("profile", ["walk", "bicycle", "wheelchair"])
def test_a_scenario_of_the_way_gains_what_was_said(inputs, plan, profile):
    found = better_streets(inputs, profile, count=4)
    assert len(found)
    assert found["all_min"].is_monotonic_decreasing
    assert found["rank"].tolist() == list(range(1, len(found) + 1))
    residents = inputs.origins["population"].to_numpy()

    for row in found.to_dict("records"):
        cold = row["kind"] == WINTER
        before_s = to_hub_s(inputs, profile, cold)
        after_s = to_hub_s(edited(inputs, plan(f"[[{row['kind']}]]\nways = [{row['osm_id']}]")), profile, cold)
        gain_s = np.nan_to_num(before_s.astype(float) - after_s, nan=0.0, posinf=0.0)
        assert np.maximum(gain_s, 0.0) @ residents / 60 == pytest.approx(
            row["all_min"], abs=0.1 + 0.01 * row["all_min"]
        )


def test_only_what_the_map_says_is_bettered(inputs):
    ways = inputs.network.ways
    wanted = {kind.name: set(ways["osm_id"][ways[kind.tag].isin(kind.values)]) for kind in kinds()}
    wanted[WINTER] = set(ways["osm_id"][winter_maintenance(inputs.network, inputs.winter) == UNMAINTAINED])
    found = better_streets(inputs, "wheelchair", count=100)
    assert WINTER in set(better_streets(inputs, "walk")["kind"])
    for row in found.to_dict("records"):
        assert row["osm_id"] in wanted[row["kind"]]


def test_where_nobody_lives_nothing_helps_and_a_strange_profile_is_refused(inputs):
    nobody = replace(inputs, origins=inputs.origins.assign(population=0))
    assert better_streets(nobody, "wheelchair").empty
    with pytest.raises(InputError, match="'transit' is none"):
        better_streets(inputs, "transit")
