"""Baskets of services, proximity, performance and detours."""

import math

import numpy as np
import pandas as pd
import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m, decay = tg.measures, tg.decay


@pytest.fixture
def travel() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from_id": ["hub"] * 4 + ["edge"] * 4,
            "to_id": ["s1", "s2", "s3", "s4"] * 2,
            "travel_time": [2.0, 4, 5, 20, 15, 16, 40, np.inf],
            "distance": [100.0, 200, 250, 1200, 900, 800, 3000, 5000],
            "straight_line": [100.0, 160, 200, 600, 750, 800, 1500, 4000],
        }
    )


@pytest.fixture
def services() -> pd.DataFrame:
    return pd.DataFrame({"id": ["s1", "s2", "s3", "s4"], "grocery": [1, 0, 1, 0], "school": [0, 2, 0, 1], "library": 0})


def test_the_share_of_a_basket_within_minutes(travel, services):
    found = m.x_minute_score(travel, services, ["grocery", "school", "library"], 15)
    assert found["value"].tolist() == pytest.approx([2 / 3, 1 / 3])
    weighted = m.x_minute_score(travel, services, {"grocery": 3, "school": 1}, 15)
    assert weighted["value"].tolist() == [1, 0.75]


def test_walkability_counts_the_second_of_a_kind(travel, services):
    found = m.walkability(travel, services, {"grocery": [2, 1], "school": [1]}, decay.linear(20))
    hub = 2 * 0.9 + 1 * 0.75 + 1 * 0.8
    edge = 2 * 0.25 + 0 + 0.2
    assert found["value"].tolist() == pytest.approx([25 * hub, 25 * edge])


def test_two_of_a_kind_at_one_place_are_two(travel, services):
    found = m.walkability(travel, services, {"school": [1, 1]}, decay.step(10))
    assert found["value"].tolist() == [100, 0]


@pytest.mark.parametrize("basket", [[], {}, {"grocery": 0}, {"grocery": -1}, {"grocery": []}])
def test_an_empty_basket(travel, services, basket):
    with pytest.raises(InputError, match="basket weighs"):
        m.x_minute_score(travel, services, basket, 15)


def test_diversity_within_five_minutes_of_the_hub(travel, services):
    found = m.service_diversity(travel, services, ["grocery", "school", "library"], 5)
    hub, edge = found.to_dict("records")
    assert hub == {
        "id": "hub",
        "value": 2,
        "services": 4,
        "shannon": pytest.approx(math.log(2)),
        "simpson": pytest.approx(0.5),
    }
    assert edge == {"id": "edge", "value": 0, "services": 0, "shannon": 0, "simpson": 0}


def test_performance_is_what_is_reached_over_what_is_near(travel, services):
    near = m.proximity(travel, services, "school", 1000)
    assert near["value"].tolist() == [2, 2]
    found = m.transport_performance(travel, services, "school", 20, 1000)
    assert found.columns.tolist() == ["id", "value", "accessibility", "proximity"]
    assert found["value"].tolist() == [3 / 2, 2 / 2]
    apart = m.transport_performance(
        m.TravelMatrix.of(travel),
        services,
        "school",
        20,
        1000,
        distances=m.TravelMatrix.of(travel, "distance"),
    )
    pd.testing.assert_frame_equal(found, apart)


def test_performance_where_nothing_is_near(travel, services):
    assert m.transport_performance(travel, services, "school", 20, 10)["value"].isna().all()


def test_detour_over_the_ways_that_are_reached(travel, services):
    found = m.detour(travel, services, "school")
    assert found["value"].tolist() == pytest.approx(
        [(2 * 200 + 1200) / (2 * 160 + 600), (2 * 800 + 5000) / (2 * 800 + 4000)]
    )
    reached = travel.assign(distance=travel["distance"].where(travel["travel_time"] < np.inf, np.inf))
    assert m.detour(reached, services, "school")["value"].tolist()[1] == pytest.approx(1.0)


def test_detour_of_nothing(travel, services):
    assert m.detour(travel, services, "library")["value"].isna().all()
