"""The engine finds shortest paths: held against scipy on small random directed networks."""

from typing import NamedTuple

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo._decay_kernels import weights as decay_weights
from tesoma_geo.network.engine import CustomisedCosts, DecayCurve, Hierarchy

COSTS = st.one_of(st.just(0.0), st.just(np.inf), st.integers(1, 60).map(float), st.floats(0.25, 90, width=32))


class Places(NamedTuple):
    """Seeds in CSR form, and how many places they make."""

    offsets: np.ndarray
    nodes: np.ndarray
    seconds: np.ndarray
    count: int


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
    return Places(np.cumsum([0, *counts]), np.array(nodes, np.int32), np.array(cost, np.float32), len(counts))


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
    out = np.full((places.count, pairs.shape[1]), np.inf)
    for place in range(places.count):
        for i in range(places.offsets[place], places.offsets[place + 1]):
            out[place] = np.minimum(out[place], places.seconds[i] + pairs[places.nodes[i]])
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
        assert_same(costs.times_many(*places[:3], reverse), expected)
        assert_same(costs.times(*places[1:3], reverse), expected.min(axis=0))


@settings(deadline=None)
@given(st.data())
def test_matrix_is_that_of_scipy(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    origins, destinations = data.draw(seeds(n)), data.draw(seeds(n))
    costs = CustomisedCosts.of(Hierarchy.build(n, tail, head, x, y), forward, backward)
    pairs = all_pairs(n, tail, head, forward, backward)
    to_destination = from_places(destinations, pairs.T)
    expected = from_places(origins, to_destination.T)
    assert_same(costs.matrix(*origins[:3], *destinations[:3]), expected)


DECAYS = st.one_of(
    st.builds(DecayCurve.step),
    st.builds(DecayCurve.linear, st.integers(1, 200)),
    st.builds(DecayCurve.exponential, st.integers(1, 200)),
    st.builds(DecayCurve.gaussian, st.integers(1, 200)),
    st.builds(DecayCurve.logistic, st.integers(1, 200), st.integers(1, 200)),
)


def safe_cutoff(data, seconds):
    """A cutoff that no travel time is so near to that rounding could put it on the other side."""
    cutoff = data.draw(st.one_of(st.integers(1, 300).map(lambda s: s + 0.123), st.just(np.inf)))
    assume(not (np.abs(seconds[np.isfinite(seconds)] - cutoff) < 1e-3).any())
    return cutoff


@settings(deadline=None)
@given(st.data())
def test_bounded_sum_adds_what_is_within_the_cutoff(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    places = data.draw(seeds(n))
    weights = np.array(data.draw(st.lists(st.integers(-5, 1000), min_size=places.count, max_size=places.count)), float)
    decay, reverse = data.draw(DECAYS), data.draw(st.booleans())
    pairs = all_pairs(n, tail, head, forward, backward)
    seconds = from_places(places, pairs.T if reverse else pairs)
    cutoff = safe_cutoff(data, seconds)
    within = np.isfinite(seconds) & (seconds <= cutoff)
    expected = (
        weights[:, None]
        * np.where(
            within, decay_weights(np.where(within, seconds, 0).astype(float).ravel(), decay).reshape(within.shape), 0
        )
    ).sum(axis=0)
    costs = CustomisedCosts.of(Hierarchy.build(n, tail, head, x, y), forward, backward)
    found = costs.bounded_sum(*places[:3], weights, cutoff, decay, reverse)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-3)


@settings(deadline=None)
@given(st.data())
def test_nearest_places_are_the_nearest(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    places, count, reverse = data.draw(seeds(n)), data.draw(st.integers(1, 4)), data.draw(st.booleans())
    pairs = all_pairs(n, tail, head, forward, backward)
    seconds = from_places(places, pairs.T if reverse else pairs)
    cutoff = safe_cutoff(data, seconds)
    ranked = np.sort(np.where(seconds <= cutoff, seconds, np.inf), axis=0)
    expected = np.vstack([ranked, np.full((count, n), np.inf)])[:count].T
    costs = CustomisedCosts.of(Hierarchy.build(n, tail, head, x, y), forward, backward)
    found, which = costs.nearest(*places[:3], count, cutoff, reverse)
    assert_same(found, expected)
    assert ((which == -1) == np.isinf(found)).all()
    for node, place in zip(*np.nonzero(which >= 0), strict=True):
        assert_same(found[node, place], seconds[which[node, place], node])
        assert np.unique(which[node][which[node] >= 0]).size == (which[node] >= 0).sum()


@settings(deadline=None)
@given(st.data())
def test_updated_costs_equal_fresh_ones_to_the_bit(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    m = tail.size
    hierarchy = Hierarchy.build(n, tail, head, x, y)
    base = CustomisedCosts.of(hierarchy, forward, backward)
    before = base.up.tobytes() + base.down.tobytes() + base.forward_s.tobytes() + base.backward_s.tobytes()
    edges = data.draw(st.lists(st.integers(0, m - 1), max_size=m, unique=True)) if m else []
    new_forward, new_backward = (
        np.array(data.draw(st.lists(COSTS, min_size=len(edges), max_size=len(edges))), np.float32) for _ in range(2)
    )
    updated = base.updated(edges, new_forward, new_backward)
    forward, backward = forward.copy(), backward.copy()
    forward[edges], backward[edges] = new_forward, new_backward
    fresh = CustomisedCosts.of(hierarchy, forward, backward)
    for name in ("forward_s", "backward_s", "up", "down"):
        assert getattr(updated, name).tobytes() == getattr(fresh, name).tobytes()
    assert before == base.up.tobytes() + base.down.tobytes() + base.forward_s.tobytes() + base.backward_s.tobytes()


@settings(deadline=None)
@given(st.data())
def test_added_edges_are_used(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    hierarchy = Hierarchy.build(n, tail, head, x, y)
    new_nodes = data.draw(st.integers(0, 3))
    grown = n + new_nodes
    ends = data.draw(st.lists(st.tuples(st.integers(0, grown - 1), st.integers(0, grown - 1)), max_size=6))
    new_tail, new_head = np.array(ends, np.int32).reshape(len(ends), 2).T
    new_forward, new_backward = (
        np.array(data.draw(st.lists(COSTS, min_size=len(ends), max_size=len(ends))), np.float32) for _ in range(2)
    )
    forward, backward = np.concatenate([forward, new_forward]), np.concatenate([backward, new_backward])
    costs = CustomisedCosts.of(hierarchy.with_edges(new_tail, new_head, new_nodes), forward, backward)
    pairs = all_pairs(grown, np.concatenate([tail, new_tail]), np.concatenate([head, new_head]), forward, backward)
    every = np.arange(grown)
    assert_same(costs.times_many(np.arange(grown + 1), every, np.zeros(grown)), pairs)


@settings(deadline=None)
@given(st.data())
def test_path_costs_what_it_says_and_no_way_is_shorter(data):
    n, tail, head, x, y, forward, backward = data.draw(networks())
    places = data.draw(seeds(n, max_places=2).filter(lambda places: places.count == 2))
    costs = CustomisedCosts.of(Hierarchy.build(n, tail, head, x, y), forward, backward)
    (start, middle), end = places.offsets[:2], places.offsets[2]
    from_, to = (
        (places.nodes[start:middle], places.seconds[start:middle]),
        (
            places.nodes[middle:end],
            places.seconds[middle:end],
        ),
    )
    path = costs.path(*from_, *to)
    matrix = costs.matrix([0, middle], *from_, [0, end - middle], *to)
    assert_same(np.float32(path.seconds), matrix[0, 0])
    if np.isinf(path.seconds):
        assert path.nodes.size == path.edges.size == 0
        return
    assert np.unique(path.nodes).size == path.nodes.size == path.edges.size + 1
    along = (tail[path.edges] == path.nodes[:-1]) & (head[path.edges] == path.nodes[1:])
    against = (head[path.edges] == path.nodes[:-1]) & (tail[path.edges] == path.nodes[1:])
    assert (along | against).all()
    walked = np.minimum(np.where(along, forward[path.edges], np.inf), np.where(against, backward[path.edges], np.inf))
    before = from_[1][from_[0] == path.nodes[0]].min()
    after = to[1][to[0] == path.nodes[-1]].min()
    assert_same(np.float32(before + walked.sum() + after), matrix[0, 0])
