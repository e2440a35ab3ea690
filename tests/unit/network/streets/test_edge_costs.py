"""Costs of edges beside those of grown streets: what stays as it was, what is open, what nobody passes through."""

import numpy as np
import pytest

from tesoma_geo.network.streets.edge_costs import EdgeCosts


def costs(forward, backward=None, restricted=(), **more):
    forward = np.array(forward, np.float32)
    backward = forward if backward is None else np.array(backward, np.float32)
    return EdgeCosts(forward, backward, np.isin(np.arange(len(forward)), restricted), **more)


def test_costs_that_were_laid_on_stay_and_pieces_cost_their_share():
    mine = costs([20.0, np.inf, 7.0], [10.0, np.inf, 7.0])
    grown = costs([10.0, 10.0, 7.0, 4.0, 6.0, 9.0], restricted=[5])
    kept = mine.kept_in(grown, np.array([-1, -1, -1, 0, 1, -1], np.int32))
    assert kept.forward_s.tolist() == [20.0, np.inf, 7.0, 8.0, np.inf, 9.0]
    assert kept.backward_s.tolist() == [10.0, np.inf, 7.0, 4.0, np.inf, 9.0]
    assert kept.restricted.tolist() == grown.restricted.tolist()


@pytest.mark.parametrize(
    ("grown", "same"),
    [
        (costs([3.0, np.inf, 1.0]), True),  # dearer, but open
        (costs([np.inf, np.inf, 1.0]), False),
        (costs([2.0, np.inf, 1.0], restricted=[0]), False),
        (costs([2.0, np.inf, 1.0], restricted=[2]), True),  # one that was added
        (costs([2.0, np.inf, 1.0], [np.inf, np.inf, 1.0]), False),
    ],
)
def test_the_same_streets_are_open_whatever_they_cost(grown, same):
    assert grown.open_as(costs([2.0, np.inf])) is same


def test_what_later_streets_open_is_shut_among_the_first_alone():
    opened = costs([1.0, 1.0, 1.0], restricted=[0, 1], opened=np.array([0, 3, 0], np.int32))
    assert opened.opened_among(2).tolist() == [False, False, False]
    assert opened.opened_among(3).tolist() == [False, True, False]
    assert [one.tolist() for one in opened.shut(3)] == [[True, False, False]] * 2


def test_what_is_restricted_in_one_direction_is_passed_in_the_other():
    passed = (np.array([True, False]), np.array([False, False]))
    one_way = costs([1.0, 1.0], restricted=[0, 1], passed=passed)
    assert [one.tolist() for one in one_way.shut(2)] == [[False, True], [True, True]]
