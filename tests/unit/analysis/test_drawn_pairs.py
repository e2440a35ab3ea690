"""Seconds that draws multiply, and positions of several sets in one row."""

import numpy as np

from tesoma_geo.analysis.drawn_pairs import DrawnPairs, MetInLanes, in_one_row, pairs_on_one_edge
from tesoma_geo.network.engine import LANES, DrawnFactors
from tesoma_geo.network.streets.snap import Positions


def positions(edge, fraction):
    count = len(edge)
    return Positions(np.array(edge, np.int32), np.array(fraction, np.float32), np.zeros(count, np.float32))


def pairs():
    numbers = np.arange(2, dtype=np.int32)
    moving_s, rest_s = np.array([10.0, 20.0]), np.array([1.0, 2.0])
    return DrawnPairs(numbers, numbers, numbers, moving_s, rest_s, numbers, 1 - numbers)


def test_a_draw_multiplies_what_moves_and_who_stands_on_a_closed_street_gets_off_it():
    of_way, slopes = np.ones((2, LANES), np.float32), np.ones((2, LANES), np.float32)
    of_way[0, 3], slopes[1, 3], slopes[0, 3], slower = 4.0, 0.5, np.inf, np.full(LANES, 1.5, np.float32)
    factors = DrawnFactors(of_way, slopes)
    assert pairs().seconds(factors, slower, np.array([3, 3])).tolist() == [21.0, 32.0]
    everywhere = pairs().in_all_lanes(factors, slower)
    assert everywhere.shape == (2, LANES)
    assert everywhere[:, 3].tolist() == [21.0, 32.0]
    assert everywhere[:, 0].tolist() == [11.0, 22.0]
    alone = pairs().in_own_lanes(factors, slower, np.array([3, 0]))
    assert np.isfinite(alone).sum() == 2
    assert (alone[0, 3], alone[1, 0]) == (21.0, 22.0)


def test_places_take_the_least_of_their_pairs_in_the_lane_of_each():
    numbers, moving_s = np.array([0, 1, 1], np.int32), np.array([10.0, 20.0, 30.0])
    some = DrawnPairs(numbers, numbers, np.array([2, 0, 1], np.int32), moving_s, np.zeros(3), numbers, numbers * 0)
    factors = DrawnFactors(np.ones((2, LANES), np.float32), np.ones((1, LANES), np.float32))
    met = MetInLanes.of(some, np.array([4, 7, 7]), 2, factors, np.ones(LANES, np.float32))
    rows = 100.0 * np.arange(3)[:, None] + np.arange(LANES, dtype=np.float32)
    seconds = met.least(rows.astype(np.float32))
    assert seconds.shape == (LANES, 2)
    assert (seconds[4, 0], seconds[7, 1]) == (214.0, 27.0)
    assert np.isfinite(seconds).sum() == 2


def test_pairs_are_joined_in_order_and_taken_by_number():
    both = DrawnPairs.joined([pairs(), pairs()])
    assert both.moving_s.tolist() == [10.0, 20.0, 10.0, 20.0]
    assert both.take(np.array([3, 0])).rest_s.tolist() == [2.0, 1.0]


def test_sets_of_positions_stand_in_one_row_with_their_set_and_place():
    (row,) = in_one_row([positions([5, 6], [0.1, 0.2]), positions([7], [0.3])])
    assert row.positions.edge.tolist() == [5, 6, 7]
    assert row.set.tolist() == [0, 0, 1]
    assert row.place.tolist() == [0, 1, 0]


def test_every_pair_on_one_edge_is_found_and_no_place_without_a_street():
    one, other = positions([5, 6, -1, 5], [0.1] * 4), positions([5, 5, -1], [0.5] * 3)
    mine, theirs = pairs_on_one_edge(one, other)
    assert sorted(zip(mine.tolist(), theirs.tolist(), strict=True)) == [(0, 0), (0, 1), (3, 0), (3, 1)]
