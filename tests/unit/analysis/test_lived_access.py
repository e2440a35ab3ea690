"""Lived accessibility on a street whose times can be worked out by hand."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_annotations import CRS, at

from tesoma_geo.analysis.barriers import barriers, cost_table, edits_of
from tesoma_geo.analysis.lived_access import lived_access
from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Experience

WALK_MS = default_profiles()["walk"].speed_kmh / 3.6
COSTS = cost_table(Experience())


@pytest.fixture
def street(write_osm):
    """A straight street of 600 m, a node every 20 m; people at its east end, the hub at its west end."""
    nodes = {number: (20.0 * number, 0.0) for number in range(1, 32)}
    return StreetNetwork.from_osm(write_osm(nodes, [(list(nodes), {"highway": "residential"})]), CRS)


def inputs_of(network, **experience):
    """What the assessment knows, as far as this asks."""
    origins = gpd.GeoDataFrame({"origin_id": ["home"], "population": [100]}, geometry=[at(620, 0)], crs=CRS)
    workspace = SimpleNamespace(
        experience=Experience.model_validate(experience), network=SimpleNamespace(max_snap_m=250.0),
        access=SimpleNamespace(cutoffs_min=(5.0, 10.0)),
    )  # fmt: skip
    hub = gpd.GeoDataFrame(geometry=[at(20, 0)], crs=CRS)
    profiles = tuple(default_profiles()[name] for name in ("walk", "wheelchair", "car"))
    return SimpleNamespace(workspace=workspace, network=network, origins=origins, hub=hub, profiles=profiles)


def said(people, *, category="dark", severity=5, east=300.0, pins=1, **fields):
    return [
        {"annotation_id": f"{category}-{east}-{person}-{pin}", "respondent": f"p{person}", "question": "q",
         "kind": "barrier", "category": category, "severity": severity, "geometry": at(east, 2), **fields}
        for person in range(people) for pin in range(pins)
    ]  # fmt: skip


def store_of(*rows):
    everything = [row for group in rows for row in group]
    return unmoderated([annotation_reading(everything, [], crs=CRS, source="made")], Key(bytes(32)))[0]


def test_a_dark_stretch_costs_what_the_table_says(street):
    found = lived_access(inputs_of(street), store_of(said(7)), fewest=1)
    factor = 1 + 7 / (7 + 3) * 0.20  # severity 5, shrunk by seven respondents
    stretch_m = 2 * np.sqrt(25.0**2 - 2.0**2)  # of the street within 25 m of a pin 2 m beside it
    expected_min = stretch_m / WALK_MS * (factor - 1) / 60
    added = found.origins["walk_added_min"][0]
    assert added == pytest.approx(expected_min, rel=0.02)
    assert found.summary["profiles"]["walk"]["resident_min"] == pytest.approx(100 * added, rel=0.05, abs=0.1)


def test_a_delay_is_paid_once_for_passing(street):
    found = lived_access(inputs_of(street), store_of(said(3, category="steps", severity=5)), fewest=1)
    whole_s = 3 / (3 + 3) * 30.0
    assert found.origins["walk_added_min"][0] * 60 == pytest.approx(whole_s, rel=0.02)
    assert found.origins["wheelchair_added_min"][0] == pytest.approx(4 * found.origins["walk_added_min"][0], rel=0.01)
    assert found.origins["car_added_min"][0] == 0


def test_fifty_pins_of_one_person_weigh_as_one(street):
    once = lived_access(inputs_of(street), store_of(said(1)), fewest=1)
    often = lived_access(inputs_of(street), store_of(said(1, pins=50)), fewest=1)
    assert often.barriers["respondents"].tolist() == [1]
    assert often.origins["walk_added_min"][0] == once.origins["walk_added_min"][0]


def test_what_is_published_needs_k_respondents_at_the_place(street):
    few = said(4), said(3, category="steps", east=800.0)
    found = lived_access(inputs_of(street), store_of(*few, said(6, east=500.0)), fewest=5)
    assert len(found.barriers) == 1
    assert found.barriers["respondents"].tolist() == [5]  # six, in steps of five
    assert found.barriers.geometry[0].distance(at(500, 2)) < 36  # rounded to 50 m
    assert [left.count for left in found.left_out] == [5]  # seven, in steps of five


def test_hidden_private_and_other_reports_cost_nothing(street):
    table = store_of(said(9), said(9, category="other", east=100.0))
    hidden = table.assign(state="hidden")
    private = table.assign(private=True)
    for reports in (hidden, private):
        assert lived_access(inputs_of(street), reports, fewest=1).barriers.empty
    costed = lived_access(inputs_of(street), table, fewest=1)
    assert set(costed.barriers["category"]) == {"dark"}
    assert "their category has no cost" in costed.left_out[0].reason


def test_barriers_are_ranked_by_what_their_removal_saves(street):
    reports = store_of(said(9, category="steps", severity=5), said(2, category="dark", severity=1, east=500.0))
    found = lived_access(inputs_of(street), reports, fewest=1)
    assert found.barriers["category"].tolist() == ["steps", "dark"]
    saved = found.barriers["walk_resident_min"].sum()
    assert saved == pytest.approx(found.summary["profiles"]["walk"]["resident_min"], rel=0.05, abs=0.2)


def test_results_depend_on_the_assumptions_as_they_say(street):
    found = lived_access(inputs_of(street), store_of(said(9)), fewest=1)
    walk = found.sensitivity[found.sensitivity["profile"] == "walk"].set_index("scale")["resident_min"]
    assert walk[0.0] == 0
    assert walk[0.5] == pytest.approx(walk[1.0] / 2, rel=0.05)
    assert walk[1.5] == pytest.approx(walk[1.0] * 1.5, rel=0.05)


def test_a_workspace_lays_its_own_numbers_over_the_table(street):
    reports = store_of(said(9))
    none = lived_access(inputs_of(street, costs={"dark": {"factor": [1.0] * 5}}), reports, fewest=1)
    assert none.origins["walk_added_min"][0] == 0
    own = lived_access(inputs_of(street, costs={"dark": {"weights": {"walk": 0.0}}}), reports, fewest=1)
    assert own.origins["walk_added_min"][0] == 0
    assert own.origins["wheelchair_added_min"][0] > 0
    new = lived_access(inputs_of(street, costs={"other": {"delay_s": [9.0] * 5}}), store_of(said(9, category="other")),
                       fewest=1)  # fmt: skip
    assert new.origins["walk_added_min"][0] > 0


@pytest.mark.parametrize("costs", [{"dark": {"factor": [1.0, 2.0]}}, {"dark": {"speed": [1.0] * 5}}])
def test_numbers_that_cannot_be_are_refused_with_their_key(costs):
    with pytest.raises(WorkspaceError, match=r"experience\.costs\.dark"):
        cost_table(Experience.model_validate({"costs": costs}))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(["dark", "steps", "steep", "traffic"]), st.integers(1, 5),
              st.floats(20, 620)), min_size=1, max_size=6))  # fmt: skip
def test_barriers_never_shorten_a_way_and_are_capped(street, groups):
    reports = store_of(*(said(people, category=category, severity=severity, east=east, annotation_id=None)
                         for people, category, severity, east in groups))  # fmt: skip
    found = barriers(reports, street, COSTS, fewest=1)
    for profile in ("walk", "wheelchair", "car"):
        edits = edits_of(found, COSTS, profile, 1.0)
        factor, delay_s = np.asarray(edits.factor), np.asarray(edits.delay_s)
        assert (factor >= 1).all()
        assert (factor <= COSTS.max_factor).all()
        assert (delay_s >= 0).all()


def test_every_number_of_the_table_tells_its_source():
    for name, cost in COSTS.costs.items():
        assert cost.source, name
        assert pd.Series(cost.factor).is_monotonic_increasing
        assert pd.Series(cost.delay_s).is_monotonic_increasing
