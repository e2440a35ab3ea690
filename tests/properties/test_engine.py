"""The engine finds shortest paths: held against scipy on small random directed networks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.network.engine import CustomisedCosts, Hierarchy, Seeds

COSTS = st.one_of(st.just(0.0), st.just(np.inf), st.integers(1, 60).map(float), st.floats(0.25, 90, width=32))


@st.composite
def networks(draw, max_nodes=14):
    """A network with islands, loops, parallel segments, one-ways and segments that cost nothing."""
    n = draw(st.integers(1, max_nodes))
    ends = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=3 * n))
    m = len(ends)
    tail, head = np.array(ends, np.int32).reshape(m, 2).T
    forward, backward = (np.array(draw(st.lists(COSTS, min_size=m, max_size=m)), np.float32) for _ in range(2))
    side = st.lists(st.integers(0, 9).map(float), min_size=n, max_size=n)
    x, y = np.array(draw(side)), np.array(draw(side))
    return n, tail, head, x, y, forward, backward


@st.composite
def seeds(draw, n, max_places=40):
    """Places with none to three seeds each."""
    counts = draw(st.lists(st.integers(0, 3), min_size=1, max_size=max_places))
    total = sum(counts)
    nodes = draw(st.lists(st.integers(0, n - 1), min_size=total, max_size=total))
    cost = draw(st.lists(COSTS, min_size=total, max_size=total))
    return Seeds(np.cumsum([0, *counts]), np.array(nodes, np.int32), np.array(cost, np.float32))


def all_pairs(n, tail, head, forward, backward):
    """Seconds between all nodes by scipy, which takes neither parallel nor costless arcs as they are."""
    least = np.full((n, n), np.inf)
    np.minimum.at(least, (tail, head), forward.astype(float))
    np.minimum.at(least, (head, tail), backward.astype(float))
    from_, to = np.nonzero(np.isfinite(least) & ~np.eye(n, dtype=bool))
    graph = csr_array((np.maximum(least[from_, to], 1e-12), (from_, to)), (n, n))
    return dijkstra(graph)


def from_places(places, pairs):
    """Seconds from each place to every column of ``pairs``."""
    out = np.full((len(places), pairs.shape[1]), np.inf)
    for place in range(len(places)):
        for i in range(places.offsets[place], places.offsets[place + 1]):
            out[place] = np.minimum(out[place], places.cost_s[i] + pairs[places.nodes[i]])
    return out


def assert_same(found, expected):
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)


@settings(deadline=None)
@given(st.data())
def test_times_are_those_of_scipy(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    places = data.draw(seeds(n))
    costs = CustomisedCosts.of(Hierarchy.build(n, tail, head, x, y), forward, backward)
    pairs = all_pairs(n, tail, head, forward, backward)
    for reverse, directed in ((False, pairs), (True, pairs.T)):
        expected = from_places(places, directed)
        assert_same(costs.times_many(places, reverse), expected)
        assert_same(costs.times(places, reverse), expected.min(axis=0))


@settings(deadline=None)
@given(st.data())
def test_matrix_is_that_of_scipy(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    origins, destinations = data.draw(seeds(n)), data.draw(seeds(n))
    costs = CustomisedCosts.of(Hierarchy.build(n, tail, head, x, y), forward, backward)
    pairs = all_pairs(n, tail, head, forward, backward)
    to_destination = from_places(destinations, pairs.T)
    expected = from_places(origins, to_destination.T)
    assert_same(costs.matrix(origins, destinations), expected)
