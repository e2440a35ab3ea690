"""Paths without the loops that segments of no cost may leave."""

import numpy as np
import pytest

from tesoma_geo.network.engine.paths import without_loops


@pytest.mark.parametrize(
    ("nodes", "edges", "kept_nodes", "kept_edges"),
    [
        ([4], [], [4], []),
        ([4, 2, 9], [7, 8], [4, 2, 9], [7, 8]),
        ([4, 2, 4, 9], [7, 7, 8], [4, 9], [8]),
        ([1, 2, 3, 2, 4, 3, 5], [10, 11, 11, 12, 13, 14], [1, 2, 4, 3, 5], [10, 12, 13, 14]),
        ([1, 2, 1], [5, 6], [1], []),
    ],
)
def test_every_node_is_passed_once(nodes, edges, kept_nodes, kept_edges):
    done = without_loops(np.array(nodes, np.int32), np.array(edges, np.int32))
    assert [part.tolist() for part in done] == [kept_nodes, kept_edges]


@pytest.mark.parametrize("seed", range(30))
def test_a_walk_about_becomes_a_path_between_the_same_ends(seed):
    rng = np.random.default_rng(seed)
    nodes = rng.integers(0, 8, rng.integers(1, 25)).astype(np.int32)
    # The number of an edge tells the nodes that it joins.
    edges = (nodes[:-1] * 100 + nodes[1:]).astype(np.int32)
    path, along = without_loops(nodes, edges)
    assert (path[0], path[-1]) == (nodes[0], nodes[-1])
    assert len(set(path.tolist())) == len(path)
    assert along.tolist() == (path[:-1] * 100 + path[1:]).tolist()
