"""From ways and nodes of OpenStreetMap to rules on edges."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.conditional import BY_WEATHER, UNREAD, When
from tesoma_geo.network.streets.turn_restrictions import (
    NOT_HERE,
    NOT_JOINED,
    THROUGH,
    rules_at,
    rules_on_edges,
    undecided,
)
from tesoma_geo.network.streets.turn_rules import BICYCLE, CAR
from tesoma_geo.sources.osm_restrictions import Restriction

#: A chain of nodes 10, 11, 12, 13, 14 with a branch from 12 to 15; ways 1: 10–11–12, 2: 12–13, 3: 13–14, 4: 12–15.
NODE_ID = np.array([10, 11, 12, 13, 14, 15])
TAIL, HEAD = np.array([0, 1, 2, 3, 2], np.int32), np.array([1, 2, 3, 4, 5], np.int32)
WAY = np.array([1, 1, 2, 3, 4])


def restriction(from_=1, via=(12,), via_ways=(), to=4, kind="no_left_turn", modes=("car", "bicycle")):
    return Restriction(7, (from_,), via, via_ways, (to,), kind, frozenset(modes))


def laid(*restrictions):
    return rules_on_edges(restrictions, NODE_ID, TAIL, HEAD, WAY)


def test_the_edges_at_the_junction_are_meant():
    (rule,), unused = laid(restriction())
    assert (rule.from_edge, rule.via_nodes, rule.via_edges, rule.to_edge) == (1, (2,), (), 4)
    assert (rule.only, rule.modes, unused) == (False, CAR | BICYCLE, {})


def test_a_street_between_two_junctions():
    (rule,), _ = laid(restriction(via=(), via_ways=(2,), to=3, kind="only_straight_on", modes=("car",)))
    assert (rule.from_edge, rule.via_nodes, rule.via_edges, rule.to_edge) == (1, (2, 3), (2,), 3)
    assert (rule.only, rule.modes) == (True, CAR)


def test_more_streets_into_one_junction_are_rules_each():
    both = Restriction(7, (1, 2), (12,), (), (4,), "no_entry", frozenset({"car"}))
    rules, _ = laid(both)
    assert [(rule.from_edge, rule.to_edge) for rule in rules] == [(1, 4), (2, 4)]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (restriction(to=99), NOT_HERE),
        (restriction(via=(99,)), NOT_HERE),
        (restriction(via=(14,)), NOT_JOINED),
        (restriction(via=(11,), to=1), THROUGH),
        (restriction(via=(), via_ways=(3,), to=4), NOT_JOINED),
    ],
)
def test_why_a_restriction_gives_no_rule(one, reason):
    rules, unused = laid(one)
    assert (rules, unused) == ((), {reason: 1})


def timed(condition, otherwise=False, kind="no_left_turn"):
    (rule,), _ = laid(replace(restriction(kind=kind), condition=condition, otherwise=otherwise))
    return rule


@pytest.mark.parametrize(
    ("condition", "otherwise", "when", "holds"),
    [
        ("no_left_turn @ (Mo-Fr 07:00-09:00)", False, When(weekday=1, hour=8), True),
        ("no_left_turn @ (Mo-Fr 07:00-09:00)", False, When(weekday=5, hour=8), False),
        ("no_left_turn @ (Mo-Fr 07:00-09:00)", False, When(weekday=1, hour=12), False),
        ("none @ (Sa-Su)", True, When(weekday=6), False),
        ("none @ (Sa-Su)", True, When(weekday=2), True),
        ("no_left_turn @ (Nov-Mar)", False, When.in_winter(), True),
        ("no_left_turn @ (Nov-Mar)", False, When(), False),
        ("no_left_turn @ snow", False, When.in_winter(), True),
        ("no_left_turn @ (weight>7.5)", False, When(), False),
        ("no_left_turn @ (when it is busy)", False, When(), False),
        ("no_left_turn @ (when it is busy)", True, When(), True),
    ],
)
def test_a_rule_holds_at_its_hours(condition, otherwise, when, holds):
    rule = timed(condition, otherwise)
    assert rules_at([rule], when) == ((rule,) if holds else ())


def test_what_the_moment_cannot_decide_is_counted():
    rules = [timed("no_left_turn @ (when it is busy)"), timed("no_left_turn @ snow"), timed("no_left_turn @ (Su)")]
    assert undecided(rules) == {
        (UNREAD, "restriction:conditional=no_left_turn @ (when it is busy)"): 1,
        (BY_WEATHER, "restriction:conditional=no_left_turn @ snow"): 1,
    }


@pytest.fixture(scope="module")
def crossing(write_osm_once):
    """West – centre – east, north of the centre and a long way round; no left turn from the west on winter mornings."""
    nodes = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (400, 300), 5: (800, 300)}
    road = {"highway": "residential"}
    ways = [([1, 2], road), ([2, 3], road), ([2, 4], road), ([3, 5], road), ([5, 4], road)]
    network = StreetNetwork.from_osm(write_osm_once(nodes, ways), "EPSG:3067")
    (rule,), _ = rules_on_edges(
        [replace(restriction(), from_ways=(int(network.ways["osm_id"].iloc[0]),), via_nodes=(2,),
                 to_ways=(int(network.ways["osm_id"].iloc[2]),),
                 condition="no_left_turn @ (Oct-Apr 07:00-09:00)", otherwise=False)],
        network.node_id, network.tail, network.head, network.ways["osm_id"].to_numpy()[network.way],
    )  # fmt: skip
    return replace(network, turn_rules=(rule,))


def test_the_moment_of_the_streets_decides_and_may_change_to_and_fro(crossing):
    def seconds(network):
        at = np.column_stack([network.lon, network.lat])
        return float(network.router("car").travel_times(at[:1], at[3:4])[0, 0])

    noon, morning = crossing.at(When(month=1)), crossing.at(When(month=1, hour=8))
    assert seconds(morning) > seconds(noon) + 30
    assert seconds(morning.at(When(month=7, hour=8))) == seconds(noon) == seconds(crossing)
    assert seconds(noon.at(When(month=1, hour=8))) == seconds(morning)
