"""Separators: nothing passes them, and none of the tried lines has a smaller cut, by networkx's flow."""

import math

import networkx as nx
import numpy as np
import pytest

from tesoma_geo.network.engine.inertial_flow import DIRECTIONS, TERMINAL_SHARE, separate
from tesoma_geo.network.engine.ordering import adjacency


def separated(n, tail, head, x, y):
    first, neighbour = adjacency(n, np.asarray(tail, np.int32), np.asarray(head, np.int32))
    return separate(first, neighbour, np.asarray(x, float), np.asarray(y, float))


def smallest_cut(n, tail, head, x, y):
    """The least number of nodes between first and last quarter over the lines tried; terminals may be cut too."""
    terminals, sizes = max(1, int(n * TERMINAL_SHARE)), []
    for direction in range(DIRECTIONS):
        angle = math.pi * direction / DIRECTIONS
        ranked = np.argsort(x * math.cos(angle) + y * math.sin(angle), kind="stable").tolist()
        flow = nx.DiGraph()
        for node in range(n):
            flow.add_edge((node, "in"), (node, "out"), capacity=1)
        for a, b in zip(tail.tolist(), head.tolist(), strict=True):
            flow.add_edge((a, "out"), (b, "in"))
            flow.add_edge((b, "out"), (a, "in"))
        for node in ranked[:terminals]:
            flow.add_edge("source", (node, "in"))
        for node in ranked[n - terminals :]:
            flow.add_edge((node, "out"), "sink")
        sizes.append(nx.maximum_flow_value(flow, "source", "sink"))
    return min(sizes)


@pytest.mark.parametrize("seed", range(12))
def test_the_cut_is_the_smallest_of_the_lines_and_nothing_passes_it(seed):
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 40))
    tail, head = random.integers(0, n, (2, int(1.5 * n)))
    x, y = random.uniform(0, 1000, (2, n))
    side = separated(n, tail, head, x, y)
    assert np.isin(side, [0, 1, 2]).all()
    assert np.count_nonzero(side == 2) == smallest_cut(n, tail, head, x, y)
    across = {frozenset((side[a], side[b])) for a, b in zip(tail, head, strict=True)}
    assert frozenset((0, 1)) not in across


def test_a_bridge_between_two_towns_is_found():
    town = nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 5))
    both = nx.disjoint_union(town, town)
    both.add_edge(24, 50)
    both.add_edge(50, 25)
    tail, head = np.array(both.edges).T
    grid_x, grid_y = np.repeat(np.arange(5.0), 5), np.tile(np.arange(5.0), 5)
    x, y = np.r_[grid_x, grid_x + 20, 12], np.r_[grid_y, grid_y, 2]
    side = separated(51, tail, head, x, y)
    cut = np.flatnonzero(side == 2)
    assert len(cut) == 1
    assert cut[0] in (24, 25, 50)
    assert min(np.count_nonzero(side == 0), np.count_nonzero(side == 1)) >= 24


def test_parts_that_do_not_meet_need_no_separator():
    # The first quarter along every line lies in one part, the last in the other.
    corner = np.array([0.0, 1, 2, 3])
    side = separated(8, [0, 1, 2, 4, 5, 6], [1, 2, 3, 5, 6, 7], np.r_[corner, corner + 100], np.r_[corner, corner + 70])
    assert np.count_nonzero(side == 2) == 0
    assert len(set(side[:4])) == len(set(side[4:])) == 1
    assert side[0] != side[4]


def test_two_nodes_with_a_street_are_separated_by_one_of_them():
    side = separated(2, [0], [1], [0.0, 10.0], [0.0, 0.0])
    assert sorted(side.tolist()).count(2) == 1


def test_the_same_graph_gives_the_same_sides():
    random = np.random.default_rng(3)
    tail, head, (x, y) = random.integers(0, 60, 90), random.integers(0, 60, 90), random.uniform(0, 9, (2, 60))
    assert separated(60, tail, head, x, y).tolist() == separated(60, tail, head, x, y).tolist()
