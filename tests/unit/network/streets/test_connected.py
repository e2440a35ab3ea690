"""Pieces and what is reached are those that scipy finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tesoma_geo.network.streets.connected import arcs_of, pieces_of, reached, strong_pieces


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.floats(0, 3))
def test_the_same_as_scipy(seed: int, n_nodes: int, arcs_a_node: float) -> None:
    random = np.random.default_rng(seed)
    start, end = random.integers(0, n_nodes, (2, int(n_nodes * arcs_a_node)), dtype=np.int32)
    graph = csr_array((np.ones(len(start)), (start, end)), (n_nodes, n_nodes))
    arcs = arcs_of(start, end, n_nodes)
    assert np.diff(arcs.first).tolist() == np.bincount(start, minlength=n_nodes).tolist()
    assert sorted(zip(np.repeat(np.arange(n_nodes), np.diff(arcs.first)), arcs.to, strict=True)) == sorted(
        zip(start, end, strict=True)
    )
    count, expected = connected_components(graph, directed=True, connection="strong")
    pieces = strong_pieces(arcs)
    assert len(set(zip(pieces.tolist(), expected.tolist(), strict=True))) == count == pieces.max() + 1
    np.testing.assert_array_equal(pieces_of(start, end, n_nodes), connected_components(graph, directed=False)[1])
    begin = random.random(n_nodes) < 0.2
    leads = np.linalg.matrix_power(np.eye(n_nodes) + (graph.toarray() > 0), n_nodes) > 0
    np.testing.assert_array_equal(reached(arcs, begin), begin @ leads > 0)


def test_a_long_street_one_way_is_as_many_pieces_as_nodes() -> None:
    """No call for each node: a million of them would be too deep."""
    n_nodes = 1_000_000
    begin = np.arange(n_nodes - 1, dtype=np.int32)
    arcs = arcs_of(begin, begin + 1, n_nodes)
    assert len(np.unique(strong_pieces(arcs))) == n_nodes
    assert not pieces_of(begin, begin + 1, n_nodes).any()
    ring = arcs_of(np.append(begin, np.int32(n_nodes - 1)), np.append(begin + 1, np.int32(0)), n_nodes)
    assert not strong_pieces(ring).any()
    first = np.zeros(n_nodes, bool)
    first[n_nodes // 2] = True
    assert reached(arcs, first).sum() == n_nodes - n_nodes // 2
