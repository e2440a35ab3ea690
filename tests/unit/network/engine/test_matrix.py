"""Matrices between places and targets, against scipy's Dijkstra on the streets themselves."""

from itertools import pairwise

import numpy as np
import pytest

from tesoma_geo.network.engine.matrix import seconds_between
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES
from tesoma_geo.network.engine.sweep import Directed


def drawn(costs, seed, places):
    """Places with none to three seeds of whole seconds; as they are and at positions."""
    random = np.random.default_rng(seed)
    counts = random.integers(0, 4, places)
    offsets, nodes = np.cumsum([0, *counts]), random.integers(0, costs.hierarchy.n_nodes, counts.sum())
    seconds = random.integers(0, 40, counts.sum())
    return (offsets, nodes, seconds), SearchSeeds.checked(costs.hierarchy.position, offsets, nodes, seconds)


def expected(table, places, targets):
    """Seconds between places and targets by way of scipy's table."""
    rows = np.array([(table[nodes] + seconds[:, None]).min(axis=0, initial=np.inf) for nodes, seconds in each(places)])
    return np.array([(rows[:, nodes] + seconds).min(axis=1, initial=np.inf) for nodes, seconds in each(targets)]).T


def each(drawn_places):
    offsets, nodes, seconds = drawn_places
    return [(nodes[first:last], seconds[first:last]) for first, last in pairwise(offsets)]


@pytest.mark.parametrize("by_target", [False, True])
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("places", "targets"), [(2 * LANES + 3, 7), (5, 3 * LANES + 1), (1, 1), (LANES, LANES)])
def test_they_are_scipys_in_the_order_given(whole, between, places, targets, reverse, by_target):
    from_, searched = drawn(whole, 3, places)
    to, wanted = drawn(whole, 4, targets)
    graph = Directed.of(whole.hierarchy, whole.up, whole.down, reverse)
    matrix = seconds_between(searched, wanted, graph, by_target)
    answer = expected(between.T if reverse else between, from_, to)
    assert matrix.shape == ((targets, places) if by_target else (places, targets))
    assert matrix.dtype == np.float32
    assert (matrix.T if by_target else matrix).tolist() == answer.tolist()


def test_every_node_to_every_node(whole, between):
    n = whole.hierarchy.n_nodes
    every = SearchSeeds.checked(whole.hierarchy.position, np.arange(n + 1), np.arange(n), np.zeros(n))
    graph = Directed.of(whole.hierarchy, whole.up, whole.down, reverse=False)
    assert seconds_between(every, every, graph, by_target=False).tolist() == between.tolist()
