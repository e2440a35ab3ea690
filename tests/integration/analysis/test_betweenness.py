"""Streets that residents pass, beside networkx."""

import networkx as nx
import numpy as np
import pytest

from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.errors import InputError


def test_it_is_that_of_networkx(inputs):
    network, router = inputs.network, inputs.network.router("walk")
    graph = nx.DiGraph()
    # Nobody lives on restricted streets here, so nobody passes one.
    public = np.flatnonzero(~router.costs.restricted).tolist()
    for edge, tail, head in zip(public, network.tail[public].tolist(), network.head[public].tolist(), strict=True):
        for start, end, cost in (
            (tail, head, router.costs.forward_s[edge]),
            (head, tail, router.costs.backward_s[edge]),
        ):
            if np.isfinite(cost) and not (graph.has_edge(start, end) and graph[start][end]["cost"] <= cost):
                graph.add_edge(start, end, cost=float(cost), edge=edge)
    random = np.random.default_rng(5)
    # At a barrier there are several nodes, and which of them a point means is a matter of taste.
    at_barriers = network.stands_for[network.head[network.is_barrier]]
    usable = np.setdiff1d(network.tail[router.usable & ~router.costs.restricted], at_barriers)
    usable = usable[network.stands_for[usable] == usable]
    hub, *homes = random.choice(usable, 41, replace=False).tolist()
    people = random.integers(1, 9, len(homes))
    lonlat = np.column_stack([network.lon, network.lat])
    found = betweenness(router, lonlat[homes], people, lonlat[[hub]])
    passed = np.zeros(network.n_edges)
    passed[found["edge"]] = found["value"]
    expected = np.zeros(network.n_edges)
    for home, count in zip(homes, people, strict=True):
        way = nx.edge_betweenness_centrality_subset(graph, [home], [hub], weight="cost")
        for (start, end), share in way.items():
            expected[graph[start][end]["edge"]] += share * count
    street = ~network.is_barrier
    np.testing.assert_allclose(passed[street], expected[street], atol=1e-9)


def test_everybody_arrives(inputs):
    router = inputs.network.router("walk")
    people = inputs.origins["population"].to_numpy()
    found = betweenness(router, inputs.origins, people, inputs.hub)
    times = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    assert 0 < found["value"].max() <= people[np.isfinite(times)].sum()
    # Residents times seconds, street by street, are about the sum of all travel times.
    costs = np.minimum(router.costs.forward_s, router.costs.backward_s)[found["edge"]]
    assert (found["value"] * costs).sum() == pytest.approx((people * times)[np.isfinite(times)].sum(), rel=0.1)
    assert found.crs == inputs.network.crs


def test_nobody_passes_where_nobody_lives(inputs):
    router = inputs.network.router("walk")
    assert betweenness(router, inputs.origins, np.zeros(len(inputs.origins)), inputs.hub).empty


@pytest.mark.parametrize("weights", [[1.0], [-1.0], [np.nan]])
def test_weights_that_cannot_be_used(inputs, weights):
    weights = weights if weights == [1.0] else weights * len(inputs.origins)
    with pytest.raises(InputError, match="weights have the shape"):
        betweenness(inputs.network.router("walk"), inputs.origins, weights, inputs.hub)
