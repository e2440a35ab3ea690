"""Lived accessibility on a street whose times can be worked out by hand."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pytest
from made_annotations import CRS, at

from tesoma_geo.analysis.barriers import cost_table
from tesoma_geo.analysis.lived_access import lived_access
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.workspace.annotations import Experience
from tests.barrier_reports import said, store_of, straight_street

WALK_MS = default_profiles()["walk"].speed_kmh / 3.6
COSTS = cost_table(Experience())


@pytest.fixture(scope="module")
def street(write_osm_once):
    """People are at its east end, the hub at its west end."""
    return straight_street(write_osm_once)


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
