"""The elimination tree and the contracted graph, against contracting node by node in plain Python."""

import numpy as np
import pytest

from tesoma_geo.network.engine.elimination import NO_PARENT, tree_positions, upward_arcs
from tesoma_geo.network.engine.ordering import adjacency


def contracted(order, edges):
    """Upper neighbours of each node, when all neighbours of a contracted one are joined."""
    near = {node: set() for node in order}
    for one, other in edges:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    upper = {}
    for node in order:
        upper[node] = near.pop(node)
        for one in upper[node]:
            near[one] |= upper[node] - {one}
            near[one].discard(node)
    return upper


@pytest.mark.parametrize("seed", range(20))
def test_arcs_are_those_of_contracting_node_by_node(seed):
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 25))
    tail, head = random.integers(0, n, (2, 2 * n)).astype(np.int32)
    order = random.permutation(n).astype(np.int32)
    first, neighbour = adjacency(n, tail, head)
    position, parent, end = tree_positions(order, first, neighbour)
    arc_first, arc_head = upward_arcs(position, end, first, neighbour)
    expected = contracted(order.tolist(), zip(tail.tolist(), head.tolist(), strict=True))
    rank = np.argsort(order)
    assert np.sort(position).tolist() == list(range(n))
    for node, upper in expected.items():
        at = position[node]
        heads = arc_head[arc_first[at] : arc_first[at + 1]].tolist()
        assert heads == sorted(position[one] for one in upper)
        nearest = min(upper, key=lambda one: rank[one], default=None)
        assert parent[at] == (NO_PARENT if nearest is None else position[nearest])
        assert all(up < at for up in heads)


def test_a_subtree_is_one_run_of_positions():
    random = np.random.default_rng(3)
    tail, head = random.integers(0, 40, (2, 60)).astype(np.int32)
    _, parent, end = tree_positions(random.permutation(40).astype(np.int32), *adjacency(40, tail, head))
    for at in range(40):
        below = [one for one in range(40) if one == at or is_below(one, at, parent)]
        assert below == list(range(at, end[at]))


def is_below(one, at, parent):
    while parent[one] != NO_PARENT:
        one = parent[one]
        if one == at:
            return True
    return False
