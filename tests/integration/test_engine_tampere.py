"""The engine on the streets of Tampere, held against scipy."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.engine import CustomisedCosts
from tesoma_geo.network.streets.profiles import default_profiles

#: From each to all of some 160,000 nodes, for each way of moving: 130 million pairs in all.
SOURCES = 120


@pytest.fixture(scope="module")
def tampere(shared_data):
    return StreetNetwork.from_osm(shared_data / "tampere.osm.pbf").with_elevation(shared_data / "tampere_dem_50m.tif")


def as_scipy(ends, size, costs):
    """The directed graph; of parallel arcs the cheapest, and what costs nothing next to nothing."""
    tail, head = np.concatenate(ends), np.concatenate(ends[::-1])
    seconds = np.concatenate([costs.forward_s, costs.backward_s]).astype(float)
    kept = np.flatnonzero(np.isfinite(seconds) & (tail != head))
    kept = kept[np.lexsort((seconds[kept], head[kept], tail[kept]))]
    again = (np.diff(tail[kept], prepend=-1) == 0) & (np.diff(head[kept], prepend=-1) == 0)
    kept = kept[~again]
    return csr_array((np.maximum(seconds[kept], 1e-9), (tail[kept], head[kept])), (size, size))


@pytest.mark.slow
@pytest.mark.parametrize("profile", default_profiles())
def test_every_profile_agrees_with_scipy(tampere, profile):
    router = tampere.router(profile)
    engine, streets = router.engine, router.network.shape.graph  # the streets with the copies of nodes
    graph = as_scipy(streets.ends, streets.size, engine.costs)
    sources = np.random.default_rng(5).integers(0, streets.size, SOURCES)
    for some in np.array_split(sources, SOURCES // 30):
        found = engine.costs.times_many(np.arange(some.size + 1), some, np.zeros(some.size))
        expected = dijkstra(graph, indices=some)
        np.testing.assert_allclose(found, expected, rtol=0, atol=0.1)


def test_matrix_and_sums_agree_with_single_searches(tampere):
    engine = tampere.router("walk").engine
    random = np.random.default_rng(6)
    origins, destinations = (random.integers(0, tampere.n_nodes, count) for count in (70, 40))
    seeds = [(np.arange(places.size + 1), places, np.zeros(places.size)) for places in (origins, destinations)]
    to = np.array([engine.times([place], [0], reverse=True) for place in destinations])
    np.testing.assert_allclose(engine.matrix(*seeds[0], *seeds[1]), to[:, origins].T, rtol=1e-5)
    near = np.sort(to[(to > 900) & (to < 940)])
    widest = np.diff(near).argmax()  # a cutoff that rounding puts nobody on the other side of
    cutoff_s = float(near[widest] + near[widest + 1]) / 2
    sums = engine.bounded_sum(*seeds[1], np.arange(40.0), cutoff_s)
    np.testing.assert_allclose(sums, np.arange(40.0) @ (to <= cutoff_s))


def test_edited_streets_equal_fresh_ones_to_the_bit(tampere):
    router = tampere.router("walk")
    forward, backward = router.costs.forward_s.copy(), router.costs.backward_s.copy()
    random = np.random.default_rng(7)
    for _ in range(20):
        edges = random.choice(tampere.n_edges, 100, replace=False)
        new = random.choice([1, 60, np.inf], (2, 100)).astype(np.float32)
        edited_forward, edited_backward = forward.copy(), backward.copy()
        edited_forward[edges], edited_backward[edges] = new
        costs = replace(router.costs, forward_s=edited_forward, backward_s=edited_backward)
        seen = router.engine.seen
        fresh = CustomisedCosts.of(tampere.hierarchy, *seen.costs(edited_forward, edited_backward))
        edited = router.engine.updated(edges, costs).costs
        assert edited.up.tobytes() == fresh.up.tobytes()
        assert edited.down.tobytes() == fresh.down.tobytes()
