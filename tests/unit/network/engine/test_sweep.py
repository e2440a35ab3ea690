"""Searches over a contracted graph, against scipy's Dijkstra on the streets themselves."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.network.engine import CustomisedCosts
from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES
from tesoma_geo.network.engine.sweep import (
    Directed,
    climb,
    descend,
    search,
    search_between,
    search_many,
    unbatched,
    with_ancestors,
)

PLACES = 19


@pytest.fixture(scope="module")
def whole(town):
    """The town's costs in whole seconds of one or more: sums are exact, and no street is a missing entry."""
    forward_s, backward_s = np.ceil(town.forward_s + 1), np.ceil(town.backward_s + 1)
    return CustomisedCosts.of(town.build(), forward_s, backward_s)


@pytest.fixture(scope="module")
def between(town, whole):
    """Seconds from each node to each other, by scipy."""
    rows, columns = np.r_[town.tail, town.head], np.r_[town.head, town.tail]
    seconds = np.r_[whole.forward_s, whole.backward_s].astype(float)
    open_ = np.isfinite(seconds)
    return dijkstra(coo_array((seconds[open_], (rows[open_], columns[open_])), shape=(town.n, town.n)).tocsr())


def directed(costs, reverse):
    return Directed.of(costs.hierarchy, costs.up, costs.down, reverse)


def drawn(costs, seed, places=PLACES):
    """Places with none to three seeds of whole seconds; as they are and at positions."""
    random = np.random.default_rng(seed)
    counts = random.integers(0, 4, places)
    offsets, nodes = np.cumsum([0, *counts]), random.integers(0, costs.hierarchy.n_nodes, counts.sum())
    seconds = random.integers(0, 40, counts.sum())
    return offsets, nodes, seconds, SearchSeeds.checked(costs.hierarchy.position, offsets, nodes, seconds)


def expected(between, offsets, nodes, seconds, reverse=False):
    """Seconds from each place to all nodes, by scipy's table."""
    table = between.T if reverse else between
    slices = [slice(offsets[i], offsets[i + 1]) for i in range(len(offsets) - 1)]
    return np.array([(table[nodes[s]] + seconds[s, None]).min(axis=0, initial=np.inf) for s in slices])


@pytest.mark.parametrize("reverse", [False, True])
def test_the_least_time_of_all_seeds_together(whole, between, reverse):
    offsets, nodes, seconds, seeds = drawn(whole, 1)
    found = np.empty(whole.hierarchy.n_nodes, np.float32)
    search(seeds, directed(whole, reverse), whole.hierarchy.order, found)
    assert found.tolist() == expected(between, offsets, nodes, seconds, reverse).min(axis=0).tolist()
    assert np.isinf(found).any()
    assert np.isfinite(found).mean() > 0.5


@pytest.mark.parametrize("reverse", [False, True])
def test_many_places_at_once_batch_by_batch(whole, between, reverse):
    offsets, nodes, seconds, seeds = drawn(whole, 2)
    found = np.full((PLACES, whole.hierarchy.n_nodes), -1, np.float32)
    graph = directed(whole, reverse)
    search_many(np.array([[0, 0, LANES]]), seeds, graph, whole.hierarchy.position, found)
    assert np.all(found[LANES:] == -1)  # other batches are left alone
    search_many(np.array([[0, LANES, PLACES]]), seeds, graph, whole.hierarchy.position, found)
    assert found.tolist() == expected(between, offsets, nodes, seconds, reverse).tolist()


@pytest.mark.parametrize("by_target", [False, True])
def test_from_places_to_targets_and_put_together_in_their_first_order(whole, between, by_target):
    offsets, nodes, seconds, seeds = drawn(whole, 3)
    to_offsets, to_nodes, to_seconds, targets = drawn(whole, 4, places=7)
    ordered, places = seeds.sorted()
    blocks = np.array([[0, 0, LANES], [0, LANES, PLACES]])
    found = np.empty((2, 7, LANES), np.float32)
    search_between(blocks, ordered, targets, directed(whole, False), found)
    matrix = unbatched(found, places, by_target)
    to_each = expected(between, offsets, nodes, seconds)
    answer = [
        (to_each[:, to_nodes[a:b]] + to_seconds[a:b]).min(axis=1, initial=np.inf) for a, b in pairwise(to_offsets)
    ]
    assert matrix.tolist() == (np.array(answer) if by_target else np.array(answer).T).tolist()


def test_ancestors_are_each_once_and_ascending(whole):
    parent = whole.hierarchy.parent
    at = np.array([400, 7, 400, 812], np.int32)
    above = set()
    for node in at.tolist():
        while node != NO_PARENT:
            above.add(node)
            node = int(parent[node])
    assert with_ancestors(parent, at).tolist() == sorted(above)
    assert with_ancestors(parent, np.empty(0, np.int32)).size == 0


def test_a_climb_marks_and_sets_the_ancestors_alone(whole):
    *_, seeds = drawn(whole, 6)
    graph, n = directed(whole, False), whole.hierarchy.n_nodes
    rows, started = np.full((n, LANES), np.float32(-7)), np.zeros(n, np.bool_)
    touched = climb(3, 9, seeds, graph, rows, started)
    assert np.flatnonzero(started).tolist() == touched.tolist()
    assert touched.tolist() == with_ancestors(graph.parent, seeds.at[seeds.offsets[3] : seeds.offsets[9]]).tolist()
    assert np.all(rows[~started] == -7)
    assert np.all(rows[started] >= 0)
    assert np.isinf(rows[touched][:, 6:]).all()  # lanes without a place


def test_a_descent_to_some_is_that_to_all(whole):
    *_, seeds = drawn(whole, 7)
    graph, n = directed(whole, False), whole.hierarchy.n_nodes
    rows, started = np.empty((n, LANES), np.float32), np.zeros(n, np.bool_)
    climb(0, LANES, seeds, graph, rows, started)
    some = rows.copy()
    descend(np.arange(n, dtype=np.int32), graph, rows, started)
    wanted = with_ancestors(graph.parent, np.array([3, 500], np.int32))
    descend(wanted, graph, some, started)
    assert some[wanted].tobytes() == rows[wanted].tobytes()


def test_the_way_back_exchanges_the_costs(whole):
    there, back = directed(whole, False), directed(whole, True)
    assert there.rising_s is back.falling_s
    assert there.falling_s is back.rising_s
    assert there.arc_head.dtype == np.uint32
