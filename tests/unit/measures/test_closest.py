"""Cost to the closest, dual access, balancing cost; cumulative opportunities and intervals."""

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m = tg.measures


def values(table):
    return table["value"].tolist()


@pytest.mark.parametrize(("k", "expected"), [(1, [15, 15, 15]), (2, [30, 30, 100]), (3, [100] * 3), (4, [np.inf] * 3)])
def test_cost_to_the_kth_closest(travel, land_use, k, expected):
    assert values(m.cost_to_closest(travel, land_use, "jobs", k=k)) == expected


def test_a_place_without_the_opportunity_is_not_the_closest(travel, land_use):
    assert values(m.cost_to_closest(travel, land_use.assign(jobs=[0, 0, 0, 0, 7, 0]), "jobs")) == [30, 15, 100]


def test_no_supply_anywhere(travel, land_use):
    none = land_use.assign(jobs=0)
    assert values(m.cost_to_closest(travel, none, "jobs")) == [np.inf] * 3
    assert values(m.dual_access(travel, none, "jobs")) == [np.inf] * 3
    assert values(m.cumulative_opportunities(travel, none, "jobs", 30)) == [0] * 3


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, [15, 15, 15]),
        (10_000, [15, 15, 15]),
        (10_001, [15, 15, 100]),
        (100_001, [30, 30, 100]),
        (210_001, [np.inf] * 3),
    ],
)
def test_cost_to_n_opportunities(travel, land_use, n, expected):
    assert values(m.dual_access(travel, land_use, "jobs", n=n)) == expected


def test_the_balancing_cost_compares_strictly(travel, land_use):
    assert values(m.balancing_cost(travel, land_use, "jobs", "population")) == [15, 30, 100]
    exactly = land_use.assign(population=[100_000, 99_999, 0, 0, 0, 0])
    assert values(m.balancing_cost(travel, exactly, "jobs", "population")) == [30, 15, 0]
    too_many = land_use.assign(population=210_000)
    assert values(m.balancing_cost(travel, too_many, "jobs", "population")) == [np.inf] * 3


def test_a_place_at_exactly_the_cutoff_counts(travel, land_use):
    assert values(m.cumulative_opportunities(travel, land_use, "jobs", 30)) == [200_000, 200_000, 10_000]
    assert values(m.cumulative_opportunities(travel, land_use, "jobs", np.nextafter(30, 0))) == [
        100_000,
        100_000,
        10_000,
    ]


def test_an_interval_of_cutoffs(travel, land_use):
    found = m.cumulative_interval(travel, land_use, "jobs", (14, 30), increment=4)
    # Cutoffs 14, 18, 22, 26, 30: the place at 15 counts in four of five, that at 30 in one.
    assert values(found) == pytest.approx([100_000, 100_000, 8_000])
    assert found["min"].tolist() == [0, 0, 0]
    assert found["max"].tolist() == [200_000, 200_000, 10_000]


def test_an_interval_is_the_mean_of_its_cutoffs(travel, land_use):
    each = [m.cumulative_opportunities(travel, land_use, "jobs", cutoff)["value"] for cutoff in range(10, 41)]
    found = m.cumulative_interval(travel, land_use, "jobs", (10, 40))
    np.testing.assert_allclose(found["value"], np.mean(each, axis=0))


def test_gravity_and_its_passive_side(travel, land_use):
    halves = tg.decay.linear(60)
    assert values(m.gravity(travel, land_use, "jobs", halves)) == [125_000, 125_000, 7_500]
    assert m.passive_accessibility(travel, land_use, "population", halves).to_dict("list") == {
        "id": ["x", "y", "z"],
        "value": [37_500 + 75_000, 25_000 + 112_500, 7_500],
    }


def test_a_function_of_the_callers_own(travel, land_use):
    assert values(m.gravity(travel, land_use, "jobs", lambda cost: 15 / np.maximum(cost, 15))) == pytest.approx(
        [100_000 + 50_000 + 1_500, 100_000 + 50_000 + 1_500, 15_000 + 15_000 + 10_000]
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda t, u: m.cost_to_closest(t, u, "jobs", k=0), "k is 0"),
        (lambda t, u: m.cost_to_closest(t, u, "jobs", k=1.5), "k is 1.5"),
        (lambda t, u: m.dual_access(t, u, "jobs", n=0), "n is 0"),
        (lambda t, u: m.cumulative_opportunities(t, u, "jobs", 0), "cutoff of a decay is 0"),
        (lambda t, u: m.cumulative_interval(t, u, "jobs", (30, 20)), "interval is 30 to 20"),
        (lambda t, u: m.cumulative_interval(t, u, "jobs", (10, 20), increment=0), "by 0"),
        (lambda t, u: m.gravity(t, u, "jobs", "fast"), "'fast' is not a decay"),
    ],
)
def test_arguments_that_cannot_be_answered(travel, land_use, call, said):
    with pytest.raises(InputError, match=said):
        call(travel, land_use)


def test_one_origin(travel, land_use):
    alone = travel[travel["from_id"] == "A"]
    assert values(m.two_step_fca(alone, land_use, "jobs", "population", tg.decay.step(30))) == [4]
    assert values(m.spatial_availability(alone, land_use, "jobs", "population", tg.decay.step(30))) == [200_000]
