"""Turn rules as they are kept, and turns as columns."""

from dataclasses import asdict

import numpy as np

from tesoma_geo.network.streets.turn_rules import CAR, TurnRule
from tesoma_geo.network.streets.turn_states import turn_states

TAIL, HEAD = np.array([0, 0, 0, 1, 4], np.int32), np.array([1, 2, 3, 4, 5], np.int32)
NO_TURN = TurnRule(1, (0,), (), 2, only=False, modes=CAR)


def test_a_rule_that_was_stored_is_the_same():
    rule = TurnRule(1, (0, 4), (3,), 2, True, CAR, "only_left_turn", "only_left_turn @ (Su)", False)
    assert TurnRule.of_content(asdict(rule)) == rule


def test_turns_as_columns_are_the_turns():
    found = turn_states((NO_TURN,), TAIL, HEAD, np.full(5, 100.0, np.float32), np.ones(5, bool))
    rows = list(zip(*(column.tolist() for column in found.columns), strict=True))
    assert rows == [tuple(turn) for turn in found.turns]
    assert found.ruled[0].tolist() == sorted(found.concerned)
    assert {(node, edge): state for node, edge, state in zip(*found.without_rule, strict=True)} == dict(found.plain)
