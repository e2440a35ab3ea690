"""The part of the engine that does not depend on costs: built, grown, kept on disk."""

from dataclasses import astuple

import numpy as np
import pytest

from tesoma_geo.errors import InputError, SourceError
from tesoma_geo.network.engine import CustomisedCosts, Hierarchy


def same(one, other):
    return all(a.tobytes() == b.tobytes() for a, b in zip(astuple(one), astuple(other), strict=True))


def test_building_twice_gives_the_same_bytes(town):
    assert same(town.build(), town.build())


def test_upper_neighbours_are_ancestors_and_subtrees_are_runs(town):
    h = town.build()
    assert (np.sort(h.order) == np.arange(town.n)).all()
    assert (h.order[h.position] == np.arange(town.n)).all()
    for at in range(town.n):
        upper = h.arc_head[h.arc_first[at] : h.arc_first[at + 1]]
        assert (upper < at).all()
        assert (np.diff(upper) > 0).all()
        assert (h.end[upper] >= h.end[at]).all()
        assert h.parent[at] == (upper[-1] if upper.size else -1)


def test_dead_ends_and_chains_get_few_arcs():
    n = 10_000  # a long street with a long side street: no node ever has three neighbours left
    tail = np.arange(n - 1, dtype=np.int32)
    head = tail + 1
    tail[n // 2] = 0
    h = Hierarchy.build(n, tail, head, np.arange(n, dtype=float), np.zeros(n))
    assert np.diff(h.arc_first).max() <= 2
    depth = np.zeros(n, int)
    for at in range(n):
        depth[at] = depth[h.parent[at]] + 1 if h.parent[at] >= 0 else 0
    assert depth.max() < 60


def test_a_square_grid_gets_separators():
    side = 64
    node = np.arange(side * side, dtype=np.int32).reshape(side, side)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    y, x = np.divmod(np.arange(side * side, dtype=float), side)
    h = Hierarchy.build(side * side, tail, head, x, y)
    assert np.diff(h.arc_first).max() < 3 * side
    assert h.arc_head.size < 7.75 * side * side * np.log2(side)  # George 1973, for the best separators


def test_a_file_gives_back_what_was_saved(town, tmp_path):
    built = town.build()
    built.save(tmp_path / "hierarchy.npy")
    assert same(Hierarchy.load(tmp_path / "hierarchy.npy"), built)


def test_a_saved_hierarchy_answers_alike(town, costs, tmp_path):
    costs.hierarchy.save(tmp_path / "hierarchy.npy")
    again = CustomisedCosts.of(Hierarchy.load(tmp_path / "hierarchy.npy"), town.forward_s, town.backward_s)
    assert again.times([3], [0]).tobytes() == costs.times([3], [0]).tobytes()


@pytest.mark.parametrize("fault", ["missing", "text", "cut", "other version", "other numbers"])
def test_a_file_that_is_no_hierarchy_is_refused_by_name(town, tmp_path, fault):
    path = tmp_path / "hierarchy.npy"
    town.build().save(path)
    stored = np.load(path)
    if fault == "missing":
        path.unlink()
    elif fault == "text":
        path.write_text("not numpy")
    elif fault == "cut":
        path.write_bytes(path.read_bytes()[:-4000])
    elif fault == "other version":
        stored[0] += 1
        np.save(path, stored)
    else:
        np.save(path, stored.astype(float))
    with pytest.raises(SourceError, match=r"hierarchy\.npy"):
        Hierarchy.load(path)


def test_added_edges_shorten_the_way(town, costs):
    far = town.n - 1
    before = costs.times([0], [0])[far]
    ends = [0, town.n], [town.n, far]  # by way of a new node
    grown = costs.hierarchy.with_edges(*(np.array(a, np.int32) for a in ends), n_new_nodes=1)
    more = np.array([5, 6], np.float32)
    after = CustomisedCosts.of(grown, np.append(town.forward_s, more), np.append(town.backward_s, more)).times([0], [0])
    assert after[far] == 11 < before
    assert after[town.n] == 5
    assert (after[:-1] <= costs.times([0], [0])).all()


def test_a_network_may_have_no_edges_at_all():
    none = np.empty(0, np.int32)
    h = Hierarchy.build(3, none, none, np.zeros(3), np.zeros(3))
    assert CustomisedCosts.of(h, [], []).times([1], [4]).tolist() == [np.inf, 4, np.inf]


def test_ends_off_the_network_are_refused_with_segment_and_node():
    with pytest.raises(InputError, match="head of segment 1 is node 7 of 3"):
        Hierarchy.build(3, np.array([0, 1]), np.array([1, 7]), np.zeros(3), np.zeros(3))


def test_a_node_without_a_place_is_refused_by_name():
    with pytest.raises(InputError, match="Node 2"):
        Hierarchy.build(3, np.array([0]), np.array([1]), np.array([0, 1, np.nan]), np.zeros(3))
    with pytest.raises(InputError, match="3 nodes"):
        Hierarchy.build(3, np.array([0]), np.array([1]), np.zeros(2), np.zeros(3))
