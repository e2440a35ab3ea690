"""The rational agent access model by hand."""

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m, decay = tg.measures, tg.decay


def values(table):
    return table["value"].tolist()


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
