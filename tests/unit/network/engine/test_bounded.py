"""Sums and nearest places within a cutoff, against all times between nodes and places."""

import numpy as np
import pytest

from tesoma_geo._decay import DecayCurve
from tesoma_geo._decay_kernels import weights as decayed
from tesoma_geo.network.engine.bounded import merge_nearest, nearest_within, sum_within, total
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.sweep import Directed

PLACES = 21  # more than the lanes of one batch


@pytest.fixture(scope="module")
def asked(town, costs):
    """Places with none to three seeds, the costs towards them, and the seconds of every node to each."""
    random = np.random.default_rng(5)
    counts = random.integers(0, 4, PLACES)
    offsets, nodes = np.cumsum([0, *counts]), random.integers(0, town.n, counts.sum())
    seconds = random.uniform(0, 30, counts.sum())
    seeds = SearchSeeds.checked(costs.hierarchy.position, offsets, nodes, seconds)
    graph = Directed.of(costs.hierarchy, costs.up, costs.down, reverse=True)
    return seeds, graph, costs.times_many(offsets, nodes, seconds, reverse=True)


def by_position(costs, by_node):
    return by_node[costs.hierarchy.order]


BATCHES = np.array([[0, 0, 16], [1, 16, PLACES]])
CURVES = [DecayCurve.step(), DecayCurve.linear(300), DecayCurve.exponential(120)]


@pytest.mark.parametrize("cutoff_s", [40.0, 300.0])
@pytest.mark.parametrize("decay", CURVES, ids=["step", "linear", "exponential"])
def test_a_sum_is_that_over_all_times_up_to_the_cutoff(costs, asked, decay, cutoff_s):
    seeds, graph, times_s = asked
    weights = np.random.default_rng(6).uniform(-2, 9, PLACES)
    sums = np.zeros((2, graph.parent.size))
    sum_within(BATCHES, seeds, weights, np.float32(cutoff_s), decay, graph, sums)
    near = times_s <= np.float32(cutoff_s)
    counted = np.where(near, decayed(times_s.astype(float).ravel(), decay).reshape(times_s.shape), 0)
    np.testing.assert_allclose(sums[0], by_position(costs, weights[:16] @ counted[:16]), atol=1e-4)
    np.testing.assert_allclose(sums[1], by_position(costs, weights[16:] @ counted[16:]), atol=1e-4)
    assert 0 < near.mean() < 0.9


def test_sums_are_added_to_what_there_is(asked):
    seeds, graph, _ = asked
    sums = np.full((1, graph.parent.size), 100.0)
    nothing = np.zeros(PLACES)
    sum_within(np.array([[0, 0, 16]]), seeds, nothing, np.float32(90), DecayCurve.step(), graph, sums)
    assert np.all(sums == 100)


def test_the_total_is_over_the_portions_and_by_node():
    position = np.array([2, 0, 1], np.int32)
    parts = np.array([[1.0, 2.0, 4.0], [10.0, 20.0, 40.0], [100.0, 200.0, 400.0]])
    assert total(parts, position).tolist() == [444.0, 111.0, 222.0]


@pytest.mark.parametrize("count", [1, 3, PLACES + 1])
def test_the_nearest_are_the_first_of_all_sorted(costs, asked, count):
    seeds, graph, times_s = asked
    cutoff_s, n = np.float32(250), graph.parent.size
    ids = np.random.default_rng(8).permutation(PLACES)
    seconds, nearest = np.full((2, n, count), np.float32(np.inf)), np.full((2, n, count), -1, np.int32)
    nearest_within(BATCHES, seeds, ids, cutoff_s, graph, seconds, nearest)
    merge_nearest(seconds[0], nearest[0], seconds[1], nearest[1])
    for at, node in enumerate(costs.hierarchy.order[:200]):
        known = sorted((s, ids[place]) for place, s in enumerate(times_s[:, node]) if s <= cutoff_s)[:count]
        missing = count - len(known)
        assert nearest[0, at].tolist() == [place for _, place in known] + [-1] * missing
        assert seconds[0, at].tolist() == [s for s, _ in known] + [np.inf] * missing


def test_of_equally_near_places_the_lower_id_comes_first_whatever_the_portion():
    one_s, one = np.array([[5.0, 7.0]], np.float32), np.array([[4, 2]], np.int32)
    other_s, other = np.array([[5.0, np.inf]], np.float32), np.array([[1, -1]], np.int32)
    turned = (other_s.copy(), other.copy(), one_s.copy(), one.copy())
    merge_nearest(one_s, one, other_s, other)
    merge_nearest(*turned)
    assert one.tolist() == turned[1].tolist() == [[1, 4]]
    assert one_s.tolist() == turned[0].tolist() == [[5.0, 5.0]]


def test_nothing_is_found_where_no_place_has_a_seed(asked):
    _, graph, _ = asked
    seeds = SearchSeeds(np.zeros(4, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))
    seconds = np.full((1, graph.parent.size, 1), np.float32(np.inf))
    nearest = np.full(seconds.shape, -1, np.int32)
    nearest_within(np.array([[0, 0, 3]]), seeds, np.arange(3), np.float32(np.inf), graph, seconds, nearest)
    assert np.all(nearest == -1)
    assert np.all(np.isinf(seconds))
