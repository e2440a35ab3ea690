"""Floating catchments by hand."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg

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
