"""Catchments, constrained accessibility, and the rational agent access model."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m, decay = tg.measures, tg.decay
ZONES = {20: 1.0, 60: 0.5}
CATCHMENTS = [m.two_step_fca, m.enhanced_two_step_fca, m.three_step_fca, m.balanced_fca]


def values(table):
    return table["value"].tolist()


def test_catchment_ratio_with_residents_elsewhere(travel, land_use):
    homes = pd.DataFrame({"from_id": ["A", "A", "B"], "to_id": ["A", "B", "B"], "travel_time": [0, 20, 0]})
    found = m.fca(travel, land_use, "jobs", "population", decay.step(30), demand_matrix=homes)
    assert found["value"].tolist()[:2] == [200_000 / 200_000, 200_000 / 150_000]
    assert np.isnan(found["value"][2])


def test_two_steps_by_hand(travel, land_use):
    # Within 20: each work place is reached by one neighbourhood only.
    near = m.two_step_fca(travel, land_use, "jobs", "population", decay.step(20))
    assert values(near) == pytest.approx([100 / 50, 100 / 150, 1])
    # Zones: x has 50 + 75 thousand, y 25 + 150 thousand residents.
    zones = m.enhanced_two_step_fca(travel, land_use, "jobs", "population", decay.stepped(ZONES))
    assert values(zones) == pytest.approx([100 / 125 + 0.5 * 100 / 175, 0.5 * 100 / 125 + 100 / 175, 1])


def test_three_steps_by_hand(travel, land_use):
    found = m.three_step_fca(travel, land_use, "jobs", "population", decay.stepped(ZONES))
    # A and B prefer the near place by 2 : 1, so the weights are 2/3 and 1/6.
    x, y = 100 / (50 * 2 / 3 + 150 / 6), 100 / (50 / 6 + 150 * 2 / 3)
    assert values(found) == pytest.approx([x * 2 / 3 + y / 6, x / 6 + y * 2 / 3, 1])


def test_balanced_by_hand(travel, land_use):
    found = m.balanced_fca(travel, land_use, "jobs", "population", decay.stepped(ZONES))
    x, y = 100 / (50 * 2 / 3 + 150 / 3), 100 / (50 / 3 + 150 * 2 / 3)
    assert values(found) == pytest.approx([x * 2 / 3 + y / 3, x / 3 + y * 2 / 3, 1])


@pytest.mark.parametrize("measure", CATCHMENTS)
def test_zero_demand_zero_supply_and_no_way(travel, land_use, measure):
    step = decay.step(30)
    assert values(measure(travel, land_use.assign(population=0), "jobs", "population", step)) == [0, 0, 0]
    assert values(measure(travel, land_use.assign(jobs=0), "jobs", "population", step)) == [0, 0, 0]
    barred = travel.assign(travel_time=np.inf)
    assert values(measure(barred, land_use, "jobs", "population", step)) == [0, 0, 0]


def test_spatial_availability_of_its_paper(travel, land_use):
    found = m.spatial_availability(travel, land_use, "jobs", "population", decay.exponential(0.1))
    assert [round(value) for value in found["value"]] == [66_833, 133_203, 9_963]
    assert found["value"].sum() == pytest.approx(210_000)


def test_alpha_moves_opportunities_to_the_large(travel, land_use):
    def of_b(alpha):
        found = m.spatial_availability(travel, land_use, "jobs", "population", decay.exponential(0.1), alpha=alpha)
        return found["value"][1]

    assert of_b(0.5) < of_b(1) < of_b(2)


def test_constrained_by_total_one_side_and_both(travel, land_use):
    args = (travel, land_use, "jobs", "population", decay.stepped(ZONES))
    reached = np.array([150_000, 150_000, 10_000])
    assert values(m.constrained_accessibility(*args, constraint="total")) == pytest.approx(
        list(210_000 / 310_000 * reached)
    )
    passive = m.constrained_accessibility(*args, constraint="total", active=False)
    assert passive["id"].tolist() == ["x", "y", "z"]
    assert values(passive) == pytest.approx(list(210 / 310 * np.array([125_000, 175_000, 10_000])))
    assert values(m.constrained_accessibility(*args)) == values(m.spatial_availability(*args))
    drawn = m.constrained_accessibility(*args, active=False)
    assert values(drawn) == pytest.approx([50_000 * 2 / 3 + 150_000 / 3, 50_000 / 3 + 150_000 * 2 / 3, 10_000])
    trips = m.constrained_accessibility(*args, constraint="doubly")
    assert trips.groupby("from_id")["value"].sum().tolist() == pytest.approx([50_000, 150_000, 10_000])
    assert trips.groupby("to_id")["value"].sum().tolist() == pytest.approx([100_000, 100_000, 10_000], rel=1e-5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda u: u.assign(jobs=u["jobs"] * 2), "demand sums to 210000 and the opportunities to 420000"),
        (lambda u: u.assign(population=[100_000, 109_999, 1, 0, 0, 0]), "do not match"),
        (lambda u: u.assign(population=[50_000, 160_000, 0, 0, 0, 0]), "10000 opportunities no demand reaches"),
    ],
)
def test_two_sides_that_cannot_be_matched(travel, land_use, change, said):
    with pytest.raises(InputError, match=said):
        m.constrained_accessibility(travel, change(land_use), "jobs", "population", decay.step(30), constraint="doubly")


def test_two_sides_that_match_only_when_a_pair_is_left_empty():
    """B has only y, which is just enough for it, so that nobody of A can go there."""
    travel = pd.DataFrame({"from_id": ["A", "A", "B"], "to_id": ["x", "y", "y"], "travel_time": [1.0, 1.0, 1.0]})
    land_use = pd.DataFrame({"id": ["A", "B", "x", "y"], "people": [10, 5, 0, 0], "jobs": [0, 0, 10, 5]})
    trips = m.constrained_accessibility(travel, land_use, "jobs", "people", decay.step(30), constraint="doubly")
    np.testing.assert_allclose(values(trips), [10, 0, 5], atol=1e-4)


def test_an_unknown_constraint(travel, land_use):
    with pytest.raises(InputError, match="'triply'"):
        m.constrained_accessibility(travel, land_use, "jobs", "population", decay.step(30), constraint="triply")


def test_agents_divide_between_two_services_until_both_cost_the_same():
    travel = pd.DataFrame({"from_id": ["A", "A"], "to_id": ["x", "y"], "travel_time": [0.0, 30.0]})
    land_use = pd.DataFrame({"id": ["A", "x", "y"], "people": [100, 0, 0], "desks": [0, 1, 1]})
    # ρ is 50, τ is 60: a at x, 100 - a at y, a / 50 = 0.5 + (100 - a) / 50, so a = 62.5.
    found = m.raam(travel, land_use, "desks", "people", 60)
    assert values(found) == pytest.approx([1.25], rel=1e-5)


def test_agents_stay_where_the_other_service_is_too_far():
    travel = pd.DataFrame({"from_id": ["A", "A", "B"], "to_id": ["x", "y", "y"], "travel_time": [0.0, 300.0, 6.0]})
    land_use = pd.DataFrame({"id": ["A", "B", "x", "y"], "people": [100, 0, 0, 0], "desks": [0, 0, 1, 1]})
    # Nobody goes to y: whoever first went there from B would only travel.
    assert values(m.raam(travel, land_use, "desks", "people", 60)) == pytest.approx([2, 0.1], rel=1e-5)


def test_agents_with_nowhere_to_go_nothing_to_get_or_nobody_there(travel, land_use):
    barred = travel.assign(travel_time=travel["travel_time"].where(travel["from_id"] != "A", np.inf))
    found = m.raam(barred, land_use, "jobs", "population", 60)["value"]
    assert np.isinf(found[0])
    assert np.isfinite(found[1:]).all()
    assert values(m.raam(travel, land_use.assign(jobs=0), "jobs", "population", 60)) == [np.inf] * 3
    assert values(m.raam(travel, land_use.assign(population=0), "jobs", "population", 60)) == [0.25] * 3


@pytest.mark.parametrize(("tau", "rho", "said"), [(0, None, "tau is 0"), (60, -1, "rho is -1")])
def test_agents_need_a_scale(travel, land_use, tau, rho, said):
    with pytest.raises(InputError, match=said):
        m.raam(travel, land_use, "jobs", "population", tau, rho=rho)
