"""Searches over a contracted graph, against scipy's Dijkstra on the streets themselves."""

import numpy as np
import pytest

from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.simd import LANES
from tesoma_geo.network.engine.sweep import (
    Directed,
    climb,
    descend,
    search,
    search_many,
    with_ancestors,
)

PLACES = 19


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


def test_ancestors_are_each_once_and_ascending(whole):
    parent = whole.hierarchy.parent
    at = np.array([400, 7, 400, 812], np.int32)
    above = set()
    for node in at.tolist():
        while node != NO_PARENT:
            above.add(node)
            node = int(parent[node])
    assert with_ancestors(parent, at).tolist() == sorted(above)
    every = np.arange(parent.size, dtype=np.int32)
    assert with_ancestors(parent, every[::-1]).tolist() == every.tolist()  # found by looking at every position
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
