"""Junctions that are told apart, and bends near them."""

import numpy as np

from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.turn_rules import CAR, TurnRule
from tesoma_geo.network.streets.turn_states import turn_states, with_new_streets

#: A crossing at node 0 with streets to 1, 2, 3; the street to 1 goes on over a bend to 4 and a dead end at 5.
TAIL, HEAD = np.array([0, 0, 0, 1, 4], np.int32), np.array([1, 2, 3, 4, 5], np.int32)
NO_TURN = TurnRule(1, (0,), (), 2, only=False, modes=CAR)


def states(length_m=100.0, rules=(NO_TURN,)):
    return turn_states(rules, TAIL, HEAD, np.full(5, length_m, np.float32), np.ones(5, bool))


def test_without_rules_nothing_is_told_apart():
    assert states(rules=()).states == ()


def test_the_forbidden_turn_is_missing_and_the_others_are_there():
    found = states()
    arrived = found.plain[0, 1]
    assert {turn.edge for turn in found.turns if turn.state == arrived and not turn.back} == {0}
    assert {turn.edge for turn in found.turns if turn.state == found.plain[0, 0] and not turn.back} == {1, 2}


def test_bends_within_reach_are_told_apart_too():
    assert set(states().concerned) == {0, 1, 4}
    assert set(states(length_m=250.0).concerned) == {0, 1}


def test_the_only_turn_allowed():
    only = TurnRule(1, (0,), (), 2, only=True, modes=CAR)
    found = states(rules=(only,))
    assert {turn.edge for turn in found.turns if turn.state == found.plain[0, 1]} == {2}


def test_a_new_street_is_a_turn_of_the_same_junction():
    added = AddedStreets().and_more(6, 5, np.array([-1], np.int32))
    grown = with_new_streets(states(), np.append(TAIL, 0), np.append(HEAD, 6), added)
    assert 5 in {turn.edge for turn in grown.turns if turn.state == grown.plain[0, 1]}


#: A crossing at node 0 with four streets, each with a bend and a junction behind it.
STAR_TAIL = np.array([0, 0, 0, 0, 1, 2, 3, 4], np.int32)
STAR_HEAD = np.array([1, 2, 3, 4, 5, 6, 7, 8], np.int32)


def concerned(*rules):
    found = turn_states(rules, STAR_TAIL, STAR_HEAD, np.full(8, 100.0, np.float32), np.ones(8, bool))
    return set(found.concerned)


def test_only_streets_that_would_get_round_a_rule_are_told_apart():
    assert concerned(TurnRule(0, (0,), (), 1, only=False, modes=CAR)) == {0, 3, 4}  # on, and back
    assert concerned(TurnRule(0, (0,), (), 1, only=True, modes=CAR)) == {0, 2}  # on the only one, and back
    assert concerned(TurnRule(0, (0,), (), 0, only=False, modes=CAR)) == {0, 1, 2, 3, 4}  # no turning back at all
