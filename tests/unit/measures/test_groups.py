"""Groups of a travel matrix, both sides, several values: against tables worked by hand and plain loops."""

import inspect

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError
from tesoma_geo.measures import catalogue, groups
from tesoma_geo.measures.travel_matrix import TravelMatrix

m = tg.measures
MEASURES = catalogue.functions(m)
#: What each argument may be, for a call of any measure.
ARGUMENTS = {
    "opportunity": "jobs", "demand": "people", "decay": tg.decay.linear(40), "cutoff": 25.0, "interval": (10, 30),
    "basket": ["jobs", "people"], "kinds": ["jobs", "people"], "radius": 25.0, "tau": 20.0,
}  # fmt: skip


@pytest.fixture
def by_mode() -> pd.DataFrame:
    """Two modes; by bicycle, B is not there at all and A reaches only x."""
    return pd.DataFrame(
        {
            "from_id": ["A", "A", "B", "B", "A"],
            "to_id": ["x", "y", "x", "y", "x"],
            "mode": ["walk", "walk", "walk", "walk", "bicycle"],
            "travel_time": [10.0, 30, 20, 25, 4],
        }
    )


@pytest.fixture
def places() -> pd.DataFrame:
    return pd.DataFrame(
        {"id": ["A", "B", "x", "y"], "jobs": [1, 3, 100, 50], "people": [40, 60, 2, 0], "sick": [4, 0, 0, 0]}
    )


def call(measure, travel, places, **changed):
    given = {name: ARGUMENTS[name] for name in inspect.signature(measure).parameters if name in ARGUMENTS}
    return measure(travel, places, **{**given, **changed})


def test_two_modes_and_two_cutoffs_by_hand(by_mode, places):
    found = m.cumulative_opportunities(by_mode, places, "jobs", [10, 25], group_by="mode")
    assert list(found.columns) == ["id", "mode", "cutoff", "value"]
    assert found.to_dict("split", index=False)["data"] == [
        ["A", "walk", 10.0, 100.0], ["B", "walk", 10.0, 0.0], ["A", "walk", 25.0, 100.0], ["B", "walk", 25.0, 150.0],
        ["A", "bicycle", 10.0, 100.0], ["B", "bicycle", 10.0, 0.0],
        ["A", "bicycle", 25.0, 100.0], ["B", "bicycle", 25.0, 0.0],
    ]  # fmt: skip


def test_the_first_and_the_second_closest_by_mode(by_mode, places):
    found = m.cost_to_closest(by_mode, places, "jobs", k=[1, 2], group_by=["mode"])
    assert found.query("mode == 'walk'")["value"].tolist() == [10, 20, 30, 25]
    assert found.query("mode == 'bicycle'")["value"].tolist() == [4, np.inf, np.inf, np.inf]
    assert found.query("mode == 'bicycle'")["k"].tolist() == [1, 1, 2, 2]


def test_who_comes_by_hand(by_mode, places):
    """Passive: x is within 20 of A's 40 and B's 60 people on foot, of A's by bicycle; y of nobody's."""
    found = m.cumulative_opportunities(by_mode, places, "people", 20, active=False, group_by="mode")
    assert found["id"].tolist() == ["x", "y", "x", "y"]
    assert found["value"].tolist() == [100, 0, 40, 0]
    assert m.cost_to_closest(by_mode, places, "sick", active=False, group_by="mode")["value"].tolist() == [
        10, 30, 4, np.inf,
    ]  # fmt: skip


def test_two_steps_from_the_other_side_by_hand(by_mode, places):
    """R_A = 40 / (100 + 50) and R_B = 60 / 150 within 30; both reach both: each job draws 2/3 of a resident."""
    walk = by_mode[by_mode["mode"] == "walk"]
    crowd = m.two_step_fca(walk, places, "jobs", "people", tg.decay.step(30), active=False)
    assert crowd["value"].tolist() == pytest.approx([40 / 150 + 60 / 150] * 2)
    assert crowd["value"] @ [100, 50] == pytest.approx(100)  # every resident once


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"passive_accessibility"}))
def test_every_measure_by_group_is_what_it_is_for_each_group(name, by_mode, places):
    travel = by_mode.assign(distance=by_mode["travel_time"], straight_line=by_mode["travel_time"] / 2)
    together = call(MEASURES[name], travel, places, group_by="mode")
    pairs = [(a, b) for a in "AB" for b in "xy"]
    for mode in ("walk", "bicycle"):
        whole = pd.DataFrame(pairs, columns=["from_id", "to_id"])
        own = whole.merge(travel[travel["mode"] == mode].drop(columns="mode"), how="left").fillna(np.inf)
        alone = call(MEASURES[name], own, places)
        of_mode = together[together["mode"] == mode].drop(columns="mode").reset_index(drop=True)
        pd.testing.assert_frame_equal(of_mode, alone)


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"passive_accessibility", "constrained_accessibility"}))
def test_every_passive_measure_is_the_active_one_of_the_other_side(name, by_mode, places):
    """Columns keep their side where a measure has one for each; else the one column is that of the origins."""
    travel = by_mode[by_mode["mode"] == "walk"].drop(columns="mode")
    travel = travel.assign(distance=travel["travel_time"], straight_line=travel["travel_time"] / 2)
    turned = travel.rename(columns={"from_id": "to_id", "to_id": "from_id"})
    both_sides = {"opportunity", "demand"} <= set(inspect.signature(MEASURES[name]).parameters)
    swapped = {"opportunity": "people", "demand": "jobs"} if both_sides else {}
    passive = call(MEASURES[name], travel, places, active=False)
    expected = call(MEASURES[name], turned, places, **swapped)
    pd.testing.assert_frame_equal(passive.sort_values("id"), expected.sort_values("id"), check_like=True)


def test_constrained_from_the_other_side_by_group(by_mode, places):
    step = tg.decay.step(100)
    found = m.constrained_accessibility(by_mode, places, "jobs", "people", step, active=False, group_by="mode")
    assert found["id"].tolist() == ["x", "y", "x", "y"]
    assert found["value"].tolist() == pytest.approx([100 * 100 / 150, 100 * 50 / 150, 40, 0])


def test_passive_accessibility_is_gravity_from_the_other_side(by_mode, places):
    decays = [tg.decay.step(20), tg.decay.linear(40)]
    passive = m.passive_accessibility(by_mode, places, "people", decays, group_by="mode")
    pd.testing.assert_frame_equal(passive, m.gravity(by_mode, places, "people", decays, active=False, group_by="mode"))
    assert passive["decay"].unique().tolist() == [one.name for one in decays]


def test_a_second_table_may_hold_for_every_group_or_have_the_groups(by_mode, places):
    lines = by_mode[by_mode["mode"] == "walk"].rename(columns={"travel_time": "distance"})
    for distances in (lines.drop(columns="mode"), TravelMatrix.of(lines, "distance")):
        found = m.transport_performance(by_mode, places, "jobs", 25, 20, distances=distances, group_by="mode")
        assert found["proximity"].tolist() == [100, 100, 100, 100]
        assert found["accessibility"].tolist() == [100, 150, 100, 0]
    with pytest.raises(InputError, match="bicycle is in one travel matrix and not in the other"):
        m.transport_performance(by_mode, places, "jobs", 25, 20, distances=lines, group_by="mode")


def test_two_columns_part_the_rows(by_mode, places):
    hours = pd.concat([by_mode.assign(hour=8), by_mode.assign(hour=17, travel_time=by_mode["travel_time"] * 2)])
    found = m.cumulative_opportunities(hours, places, "jobs", 25, group_by=["mode", "hour"])
    assert list(found.columns) == ["id", "mode", "hour", "value"]
    assert found.groupby(["mode", "hour"])["value"].sum().to_dict() == {
        ("bicycle", 8): 100, ("bicycle", 17): 100, ("walk", 8): 250, ("walk", 17): 100,
    }  # fmt: skip


def test_several_baskets_decays_and_numbers_have_columns_of_their_own(by_mode, places):
    walk = by_mode[by_mode["mode"] == "walk"]
    assert m.dual_access(walk, places, "jobs", n=[100, 101])["n"].tolist() == [100.0, 100.0, 101.0, 101.0]
    assert m.walkability(walk, places, ["jobs"], [tg.decay.step(10), tg.decay.step(20)])["decay"].tolist() == [
        "step(10)", "step(10)", "step(20)", "step(20)",
    ]  # fmt: skip
    assert m.x_minute_score(walk, places, ["jobs"], [5, 15])["value"].tolist() == [0, 0, 1, 0]
    assert m.proximity(walk, places, "jobs", [12], distance="travel_time")["radius"].tolist() == [12, 12]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"group_by": "model"}, "has no column model; it has from_id, to_id, mode, travel_time"),
        ({"group_by": ["mode", "mode"]}, "group_by is mode, mode"),
        ({"group_by": "from_id"}, "group_by is from_id"),
        ({"group_by": "travel_time"}, "column of costs and of groups"),
        ({"cutoff": []}, "cutoff is "),
        ({"cutoff": [10, 10]}, "cutoff is "),
        ({"cutoff": [10, -1]}, "cutoff of a decay is -1"),
    ],
)
def test_what_cannot_be_grouped_or_repeated_is_told(by_mode, places, change, message):
    with pytest.raises(InputError, match=message):
        m.cumulative_opportunities(by_mode, places, "jobs", **{"cutoff": 10, "group_by": "mode", **change})


def test_rows_without_a_group_and_faults_of_one_group_are_told(by_mode, places):
    unnamed = by_mode.assign(mode=["walk", None, "walk", "walk", "bicycle"])
    with pytest.raises(InputError, match="1 rows of the travel matrix have no mode"):
        m.gravity(unnamed, places, "jobs", tg.decay.step(5), group_by="mode")
    twice = pd.concat([by_mode, by_mode.tail(1)])
    with pytest.raises(InputError, match=r"In the group mode bicycle: .*1 pairs are there twice"):
        m.gravity(twice, places, "jobs", tg.decay.step(5), group_by="mode")
    with pytest.raises(InputError, match="group_by is mode, and the travel matrix is of the type TravelMatrix"):
        m.gravity(TravelMatrix.of(by_mode.head(4)), places, "jobs", tg.decay.step(5), group_by="mode")


def test_exchanging_the_sides_twice_changes_nothing(by_mode):
    matrix = TravelMatrix.of(by_mode.head(4))
    again = groups.transposed(groups.transposed(matrix))
    assert (again.filled(again.cost).toarray() == matrix.filled(matrix.cost).toarray()).all()
    assert groups.transposed(matrix).origins.tolist() == ["x", "y"]


def test_fairness_by_mode_follows_a_measure_by_mode(by_mode, places):
    access = m.cumulative_opportunities(by_mode, places, "jobs", 25, group_by="mode")
    by = tg.equity.gini(access, places, population="people", by="mode")
    for mode, value in by.itertuples(index=False):
        alone = access[access["mode"] == mode]
        assert value == pytest.approx(tg.equity.gini(alone, places, population="people"))
    with pytest.raises(InputError, match="names 'A' twice"):
        tg.equity.gini(access, places, population="people")
