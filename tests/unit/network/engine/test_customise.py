"""Costs of arcs: the least over nodes contracted before, and the same bytes when brought up to date."""

import networkx as nx
import numpy as np
import pytest

from tesoma_geo.network.engine import CustomisedCosts, Hierarchy
from tesoma_geo.network.engine.customise import CustomisationInput, customise, recustomise
from tesoma_geo.network.engine.sweep import with_ancestors

INF = np.float32(np.inf)


def drawn(seed, n=14):
    """A small graph with parallel streets, loops and one-ways, in whole seconds so that sums are exact."""
    random = np.random.default_rng(seed)
    tail, head = random.integers(0, n, (2, 2 * n)).astype(np.int32)
    x, y = random.uniform(0, 100, (2, n))
    forward_s, backward_s = random.integers(0, 60, (2, 2 * n)).astype(np.float32)
    forward_s[random.random(2 * n) < 0.15], backward_s[random.random(2 * n) < 0.15] = INF, INF
    return Hierarchy.build(n, tail, head, x, y), forward_s, backward_s


def as_graph(hierarchy, forward_s, backward_s):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(hierarchy.n_nodes))
    for tail, head, there, back in zip(hierarchy.tail, hierarchy.head, forward_s, backward_s, strict=True):
        for a, b, seconds in ((tail, head, there), (head, tail, back)):
            if a != b and np.isfinite(seconds):
                known = graph.get_edge_data(int(a), int(b), {"s": np.inf})["s"]
                graph.add_edge(int(a), int(b), s=min(known, float(seconds)))
    return graph


def through_lower(hierarchy, forward_s, backward_s, low, high):
    """Seconds between two positions over nodes below both alone, and straight on."""
    graph = as_graph(hierarchy, forward_s, backward_s)
    position = hierarchy.position
    allowed = [node for node in graph if position[node] > low or position[node] in (low, high)]
    seconds = dict(nx.all_pairs_dijkstra_path_length(graph.subgraph(allowed), weight="s"))
    one, other = int(hierarchy.order[low]), int(hierarchy.order[high])
    return seconds[one].get(other, np.inf), seconds[other].get(one, np.inf)


@pytest.mark.parametrize("seed", range(6))
def test_an_arc_costs_the_least_way_over_nodes_contracted_before(seed):
    hierarchy, forward_s, backward_s = drawn(seed)
    up, down = customise(CustomisationInput.of(hierarchy, forward_s, backward_s))
    for low in range(hierarchy.n_nodes):
        for arc in range(hierarchy.arc_first[low], hierarchy.arc_first[low + 1]):
            there, back = through_lower(hierarchy, forward_s, backward_s, low, hierarchy.arc_head[arc])
            assert (up[arc], down[arc]) == (there, back)


@pytest.mark.parametrize("seed", range(6))
def test_bringing_up_to_date_gives_the_bytes_of_beginning_anew(seed):
    hierarchy, forward_s, backward_s = drawn(seed)
    random = np.random.default_rng(seed)
    up, down = customise(CustomisationInput.of(hierarchy, forward_s, backward_s))
    edges = random.choice(hierarchy.n_edges, 4, replace=False)
    forward_s[edges] = random.choice([0, 3, 200, INF], 4)
    backward_s[edges] = random.choice([0, 3, 200, INF], 4)
    changed = CustomisationInput.of(hierarchy, forward_s, backward_s)
    ends = hierarchy.position[hierarchy.tail[edges]], hierarchy.position[hierarchy.head[edges]]
    lower, upper = np.maximum(*ends), np.minimum(*ends)
    apart = lower != upper
    affected = with_ancestors(hierarchy.parent, lower[apart])
    recustomise(lower[apart], upper[apart], affected, hierarchy.arc_first, hierarchy.arc_head, changed, up, down)
    for got, anew in zip((up, down), customise(changed), strict=True):
        assert got.tobytes() == anew.tobytes()


def test_streets_closed_both_ways_leave_arcs_infinite(town):
    hierarchy = town.build()
    closed = np.full(hierarchy.n_edges, INF)
    up, down = customise(CustomisationInput.of(hierarchy, closed, closed))
    assert np.isinf(up).all()
    assert np.isinf(down).all()


def test_streets_against_each_other_exchange_the_two_directions(town, costs):
    turned = CustomisedCosts.of(costs.hierarchy, town.backward_s, town.forward_s)
    assert turned.up.tobytes() == costs.down.tobytes()
    assert turned.down.tobytes() == costs.up.tobytes()


def test_what_goes_in_is_viewed_not_copied(town, costs):
    components = CustomisationInput.of(costs.hierarchy, town.forward_s, town.backward_s)
    assert np.shares_memory(components.segment, costs.hierarchy.segment)
    assert components.forward_s is town.forward_s
    assert components.to_lower.dtype == np.uint32
