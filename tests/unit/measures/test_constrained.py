"""Constrained accessibility: each opportunity is counted once."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m, decay = tg.measures, tg.decay


ZONES = {20: 1.0, 60: 0.5}


def values(table):
    return table["value"].tolist()


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
