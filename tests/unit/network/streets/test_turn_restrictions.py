"""From ways and nodes of OpenStreetMap to rules on edges."""

import numpy as np
import pytest

from tesoma_geo.network.streets.turn_restrictions import NOT_HERE, NOT_JOINED, THROUGH, rules_on_edges
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
