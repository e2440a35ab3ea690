"""Seconds lost at nodes: at signals and crossings, once a passing, and only by those who meet them."""

import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.profiles import profiles_with

THROUGH = [([1, 2, 3], {"highway": "residential"})]


def test_passing_a_signal_costs_its_delay_once(costs):
    """Half on each side of the crossing, so that going through costs the whole."""
    crossing = {2: {"highway": "crossing", "crossing": "island;traffic_signals"}}
    through = [([1, 2, 3], {"highway": "footway"})]
    plain, _ = costs("walk", ways=through)
    assert costs("walk", ways=through, node_tags=crossing)[0] == pytest.approx(plain + 15 / 2, abs=0.01)


def test_a_crossing_does_not_delay_who_walks_along_the_road(costs):
    crossing = {2: {"highway": "crossing", "crossing": "traffic_signals"}}
    assert costs("walk", node_tags=crossing, highway="tertiary") == costs("walk", highway="tertiary")


@pytest.mark.parametrize("value", ["island;traffic_signals", "island; traffic_signals", "traffic_signals"])
def test_one_of_several_values_delays_however_they_are_set_apart(costs, value):
    path = [([1, 2, 3], {"highway": "footway"})]
    crossing = {2: {"highway": "crossing", "crossing": value}}
    assert costs(ways=path, node_tags=crossing)[0] == pytest.approx(costs(ways=path)[0] + 15 / 2, abs=0.01)


def test_signals_on_the_road_delay_a_car_by_the_seconds_of_its_profile(costs):
    slower = profiles_with({"car": {"node_delays_s": {"highway": {"traffic_signals": 60}}}})["car"]
    signals = {2: {"highway": "traffic_signals"}}
    plain = costs(slower, ways=THROUGH)[0]
    assert costs(slower, ways=THROUGH, node_tags=signals)[0] == pytest.approx(plain + 60 / 2, abs=0.01)


def test_a_tag_that_nodes_are_not_read_for_is_named(costs):
    odd = profiles_with({"walk": {"node_delays_s": {"made_up": {"yes": 5}}}})["walk"]
    with pytest.raises(InputError, match=r"node_delays_s\.made_up: nodes are not read"):
        costs(odd)
