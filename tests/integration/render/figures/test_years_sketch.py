"""The map of the years: what was added or taken away has its sign and place; what is better mapped alone has none."""

import pytest

from tesoma_geo.follow_up.trend import dated_states
from tesoma_geo.render.figures.years_sketch import NAMED, years_sketch
from tests import dated_runs as made


@pytest.fixture(scope="module")
def states(sample_workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("years")
    first = made.state(sample_workspace, folder, "2026-01-01")
    return dated_states([made.state(sample_workspace, folder, "2027-01-01", made.with_library), first])


def row(states, change="added", verdict="unknown"):
    ids = [set(state.inputs.services["service_id"]) for state in states]
    (library,) = ids[1] - ids[0]
    return {"object": library, "kind": "library", "change": change, "tags": "", "length_m": 0.0, "verdict": verdict,
            "because": ""}  # fmt: skip


def test_a_new_service_has_its_place_and_its_name(states):
    sketch = years_sketch(states, [{"map": [row(states)]}])
    assert len(sketch.points) == 1
    assert sketch.closed_points == ()
    # Nobody knows whether it is new, or was not on the map before.
    assert sketch.named == {"points": (("mapped", "Etelän kirjasto (keksitty)"),)}
    known = years_sketch(states, [{"map": [row(states, verdict="real")]}])
    assert known.named == {"points": (("service", "Etelän kirjasto (keksitty)"),)}


def test_what_went_is_where_it_was(states):
    gone = years_sketch(states[::-1], [{"map": [row(states, "removed")]}])
    assert gone.points == ()
    assert len(gone.closed_points) == 1
    way = int(states[0].inputs.network.ways["osm_id"].iloc[0])
    street = {**row(states, "removed"), "object": f"way/{way}", "kind": "way"}
    assert years_sketch(states, [{"map": [street]}]).closed_lines


def test_a_better_map_and_other_tags_are_no_place(states):
    rows = [row(states, verdict="correction"), row(states, "tags")]
    assert years_sketch(states, [{"map": rows}]) is None


def test_many_changes_have_no_names_in_the_legend(states):
    sketch = years_sketch(states, [{"map": [row(states)] * (NAMED + 1)}])
    assert sketch.named == {"points": (("mapped", ""),)}
