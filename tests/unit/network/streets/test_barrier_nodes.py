"""Streets that meet at a barrier end in nodes of their own, with the barrier between them."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.streets.barrier_nodes import below, split_barriers


def split(edges, barriers):
    """The streets of edges (tail, head) split at the nodes of barriers, each edge of a way of its own."""
    tail, head = np.array(edges, np.int32).T
    tags = pd.DataFrame({"node": np.array(barriers, np.int64), "barrier": [f"gate {node}" for node in barriers]})
    return split_barriers(tail, head, np.arange(len(edges), dtype=np.int32), int(max(tail.max(), head.max())) + 1, tags)


def test_two_streets_meet_over_one_edge_that_is_the_whole_barrier():
    done = split([(0, 1), (1, 2)], [1])
    assert done.copied.tolist() == [1]
    assert list(zip(done.tail.tolist(), done.head.tolist(), strict=True)) == [(0, 1), (3, 2), (1, 3)]
    assert done.barriers.to_dict("list") == {"edge": [2], "share": [1.0], "barrier": ["gate 1"]}


def test_at_a_junction_each_street_has_half_a_barrier_to_the_middle():
    done = split([(0, 3), (1, 3), (3, 2)], [3])
    assert done.copied.tolist() == [3, 3, 3]
    assert set(zip(done.tail[3:].tolist(), done.head[3:].tolist(), strict=True)) == {(3, 4), (3, 5), (3, 6)}
    assert done.barriers["share"].tolist() == [0.5] * 3


def test_where_a_street_ends_at_its_barrier_there_is_nothing_to_pass():
    done = split([(0, 1), (1, 2)], [0, 2])
    assert len(done.copied) == len(done.barriers) == 0
    assert done.tail.tolist() == [0, 1]
    assert done.head.tolist() == [1, 2]


@pytest.mark.parametrize("seed", range(20))
def test_no_two_streets_meet_at_a_barrier_but_over_its_edges(seed):
    rng = np.random.default_rng(seed)
    edges = [(a, b) for a, b in rng.integers(0, 12, (24, 2)).tolist() if a != b]
    degree = np.bincount(np.ravel(edges), minlength=12)
    at = sorted(set(rng.integers(0, degree.size, 4).tolist()))
    done, m = split(edges, at), len(edges)
    of = np.concatenate([np.arange(degree.size), done.copied])
    # Nothing moves: every end lies where it lay.
    assert [tuple(pair) for pair in of[np.column_stack([done.tail, done.head])[:m]].tolist()] == edges
    ends = np.bincount(np.concatenate([done.tail[:m], done.head[:m]]), minlength=of.size)
    for node in (node for node in at if degree[node] >= 2):
        copies = np.flatnonzero(of == node)
        assert (ends[copies] <= 1).all()
        assert ends[copies].sum() == degree[node]
        passed = done.barriers["share"][of[done.tail[done.barriers["edge"]]] == node]
        assert passed.sum() == (1 if degree[node] == 2 else degree[node] / 2)


@pytest.mark.parametrize(("ids", "first"), [([], -1), ([5, 9], -1), ([-3, 4], -4)])
def test_new_ids_lie_below_all_there_are(ids, first):
    assert below(np.array(ids, np.int64), 3).tolist() == [first, first - 1, first - 2]
