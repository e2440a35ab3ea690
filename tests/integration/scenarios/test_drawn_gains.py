"""How sure it is how many gain by a plan."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.analysis.uncertainty import Assumptions
from tesoma_geo.command_columns import GAINED_MIN
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.scenarios.compare import Comparison, compare
from tesoma_geo.scenarios.drawn_gains import drawn_trips_of, leading_trip, sure_gains
from tesoma_geo.scenarios.outcomes import gained_s
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workspace import Workspace

WITHIN = ("walk", "car", "transit")
CERTAIN = Assumptions(speed_cv=0, spread_m=0, snap_m=0, hub_m=0, elevation=False, tags=False, residents=False)


@pytest.fixture(scope="module")
def comparison(sample_workspace) -> Comparison:
    """The sample's plan for two ways of moving."""
    inputs = read_inputs(Workspace.load(sample_workspace))
    access = inputs.workspace.access.model_copy(update={"profiles": WITHIN})
    workspace = inputs.workspace.model_copy(update={"access": access, "targets": {}})
    profiles = tuple(profile for profile in inputs.profiles if profile.name in WITHIN)
    layers = replace(inputs, workspace=workspace, profiles=profiles, survey=None)
    return compare(layers, Scenario.load(sample_workspace.with_name("scenario.toml")))


def _answer(to, profile, gaining, losing=0, *, asked=True):
    return {"to": to, "asked": asked, "profile": profile, "gaining": gaining, "losing": losing, "resident_min": 0.0}


def test_the_hub_comes_first_by_the_maps_way_then_services_then_other_ways():
    library, hub = _answer("library", "walk", 9), _answer("hub", "walk", 3, asked=False)
    by_bus = _answer("hub", "transit", 50)
    assert leading_trip([library, hub, by_bus], "walk") == ("hub", "walk")
    assert leading_trip([library, _answer("hub", "walk", 0), by_bus], "walk") == ("library", "walk")
    assert leading_trip([_answer("hub", "walk", 0), by_bus], "walk") == ("hub", "transit")
    assert leading_trip([_answer("school", "walk", 9, asked=False)], "walk") is None


def test_without_anything_unknown_every_draw_is_the_map(comparison: Comparison) -> None:
    before, after = comparison.before.inputs, comparison.after.inputs
    sides = [
        drawn_trips_of(one, "walk", ["library"], len(before.origins), runs=20, assumptions=CERTAIN)
        for one in (before, after)
    ]
    for number, trip in enumerate(("walk_gain_min", "walk_library_gain_min")):
        gained_min = gained_s(sides[0].trips[number], sides[1].trips[number])[2] / 60.0
        mapped = comparison.differences[trip].to_numpy(float)
        assert np.allclose(gained_min, mapped[None], atol=0.05, equal_nan=True)
    assert (sides[0].residents == before.origins["population"].to_numpy()).all()


@pytest.mark.parametrize("profile", ["walk", "transit"])
def test_the_map_lies_within_and_the_same_seed_gives_the_same(comparison: Comparison, profile: str) -> None:
    before, after = comparison.before.inputs, comparison.after.inputs
    gain_min = comparison.differences[GAINED_MIN.of(profile)].to_numpy(float)
    told, again, other = (
        sure_gains(before, after, ("hub", profile), gain_min, runs=40, seed=seed) for seed in (1, 1, 2)
    )
    mapped = comparison.figures["profiles"][profile]["residents"]["gaining"]
    assert told == again != other
    assert told["gaining"][0] <= mapped <= told["gaining"][1]
    assert told["gaining"][0] < told["gaining"][1]
    assert told["losing"] == [0, 0]


def test_the_interval_covers_nine_of_ten_worlds(comparison: Comparison) -> None:
    """Worlds of another seed fall within the interval nearly as often as it says."""
    before, after = comparison.before.inputs, comparison.after.inputs
    sure = comparison.figures["sure"]
    assert sure is not None
    worlds = [drawn_trips_of(one, "walk", [], len(before.origins), runs=200, seed=77) for one in (before, after)]
    gains = gained_s(worlds[0].trips[0], worlds[1].trips[0])[2] / 60.0 >= 1.0
    people = (gains * worlds[0].residents).sum(axis=1)
    low, high = sure["gaining"]
    assert 0.8 <= ((people >= low) & (people <= high)).mean() <= 0.98
