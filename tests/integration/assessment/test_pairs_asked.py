"""What is asked between two layers of points: who lies too far is told, and what cannot be asked is refused."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.assessment.pairs_asked import PairsAsked, far_points
from tesoma_geo.errors import InputError
from tesoma_geo.workspace import Workspace


@pytest.fixture
def asked(sample_inputs, sample_workspace, tmp_path) -> PairsAsked:
    """From five homes and a place in another country to the homes."""
    homes = sample_inputs.origins.iloc[:5].geometry.centroid.to_crs("EPSG:4326")
    lines = [f"{place.x:.6f},{place.y:.6f}" for place in homes]
    for name, rows in (("from", [*lines, "20.0,60.0"]), ("to", lines)):
        (tmp_path / f"{name}.csv").write_text("longitude,latitude\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return PairsAsked(Workspace.load(sample_workspace), tmp_path / "from.csv", tmp_path / "to.csv", "walk")


def test_times_are_those_of_the_profile_and_who_is_far_is_told(asked):
    origins, destinations = asked.points()
    assert (len(origins), len(destinations)) == (6, 5)
    walk = asked.times(origins, destinations)
    seconds = walk.seconds()[0]
    assert np.isinf(seconds[5]).all()
    assert (seconds[:5].argmin(axis=1) == np.arange(5)).all()
    snap_m = asked.workspace.network.max_snap_m
    assert far_points(walk) == (f"origins farther than {snap_m:g} m from a street of this profile: 1, all inf",)
    bicycle = replace(asked, profile="bicycle").times(origins, destinations).seconds()[0]
    assert not np.array_equal(bicycle, seconds)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"profile": "wlak"}, "--profile wlak: there is none of that name. .*walk"),
        ({"turn_costs": True}, r"on foot \(walk\) turns cost nothing"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked, changes, says):
    wrong = replace(asked, **changes)
    points = wrong.points()
    with pytest.raises(InputError, match=says):
        wrong.times(*points)
