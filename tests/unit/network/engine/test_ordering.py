"""The order of contraction: simple adjacency lists, all nodes once, chains and dead ends before junctions."""

import numpy as np
import pytest

from tesoma_geo.network.engine.ordering import adjacency, contraction_order


def grid(side):
    """A square grid of junctions, 100 m apart."""
    at = np.arange(side * side, dtype=np.int32).reshape(side, side)
    tail = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    head = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    row, column = np.divmod(np.arange(side * side), side)
    return tail, head, column * 100.0, row * 100.0


def test_neighbours_are_listed_once_without_the_node_itself():
    tail, head = np.array([0, 1, 2, 2, 3, 0], np.int32), np.array([1, 0, 2, 1, 0, 3], np.int32)
    first, neighbour = adjacency(5, tail, head)
    assert [neighbour[first[node] : first[node + 1]].tolist() for node in range(5)] == [[1, 3], [0, 2], [1], [0], []]


@pytest.mark.parametrize("side", [1, 2, 7, 20])
def test_every_node_is_contracted_once(side):
    tail, head, x, y = grid(side)
    assert np.sort(contraction_order(side * side, tail, head, x, y)).tolist() == list(range(side * side))


def test_bends_and_dead_ends_come_before_junctions():
    tail, head, x, y = grid(6)
    middle = 36 + np.arange(len(tail), dtype=np.int32)  # each street has a bend in its middle
    tails, heads = np.concatenate([tail, middle]), np.concatenate([middle, head])
    xs, ys = (np.concatenate([at, (at[tail] + at[head]) / 2]) for at in (x, y))
    place = np.argsort(contraction_order(36 + len(tail), tails, heads, xs, ys))
    inner = np.array([node for node in range(36) if 0 < node % 6 < 5 and 0 < node // 6 < 5])
    assert place[middle].max() < place[inner].min()


def test_the_last_nodes_cut_the_rest_in_two():
    side = 12
    tail, head, x, y = grid(side)
    order = contraction_order(side * side, tail, head, x, y)
    left = set(order[: -2 * side].tolist())
    pieces, largest = 0, 0
    first, neighbour = adjacency(side * side, tail, head)
    while left:
        todo, size = [left.pop()], 0
        while todo:
            node = todo.pop()
            size += 1
            near = [one for one in neighbour[first[node] : first[node + 1]].tolist() if one in left]
            left -= set(near)
            todo += near
        pieces, largest = pieces + 1, max(largest, size)
    assert pieces >= 2
    assert largest <= 0.7 * side * side
