"""Baskets of services, and how many kinds are at the hub."""

import math

import pytest

import tesoma_geo as tg
from tesoma_geo.errors import InputError

m, decay = tg.measures, tg.decay


def test_the_share_of_a_basket_within_minutes(trips, services):
    found = m.x_minute_score(trips, services, ["grocery", "school", "library"], 15)
    assert found["value"].tolist() == pytest.approx([2 / 3, 1 / 3])
    weighted = m.x_minute_score(trips, services, {"grocery": 3, "school": 1}, 15)
    assert weighted["value"].tolist() == [1, 0.75]


def test_walkability_counts_the_second_of_a_kind(trips, services):
    found = m.walkability(trips, services, {"grocery": [2, 1], "school": [1]}, decay.linear(20))
    hub = 2 * 0.9 + 1 * 0.75 + 1 * 0.8
    edge = 2 * 0.25 + 0 + 0.2
    assert found["value"].tolist() == pytest.approx([25 * hub, 25 * edge])


def test_two_of_a_kind_at_one_place_are_two(trips, services):
    found = m.walkability(trips, services, {"school": [1, 1]}, decay.step(10))
    assert found["value"].tolist() == [100, 0]


@pytest.mark.parametrize("basket", [[], {}, {"grocery": 0}, {"grocery": -1}, {"grocery": []}])
def test_an_empty_basket(trips, services, basket):
    with pytest.raises(InputError, match="basket weighs"):
        m.x_minute_score(trips, services, basket, 15)


def test_diversity_within_five_minutes_of_the_hub(trips, services):
    found = m.service_diversity(trips, services, ["grocery", "school", "library"], 5)
    hub, edge = found.to_dict("records")
    assert hub == {
        "id": "hub",
        "value": 2,
        "services": 4,
        "shannon": pytest.approx(math.log(2)),
        "simpson": pytest.approx(0.5),
    }
    assert edge == {"id": "edge", "value": 0, "services": 0, "shannon": 0, "simpson": 0}
