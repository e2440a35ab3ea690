"""A small town that the engine's tests share."""

from typing import NamedTuple

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.network.engine import CustomisedCosts, Hierarchy


class Town(NamedTuple):
    """A grid of streets with directed costs, a dead end, a bent street, a one-way and an island."""

    n: int
    tail: np.ndarray
    head: np.ndarray
    x: np.ndarray
    y: np.ndarray
    forward_s: np.ndarray
    backward_s: np.ndarray

    def build(self) -> Hierarchy:
        return Hierarchy.build(self.n, self.tail, self.head, self.x, self.y)


@pytest.fixture(scope="session")
def town() -> Town:
    side = 30
    node = np.arange(side * side).reshape(side, side)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    row, column = np.divmod(np.arange(side * side), side)
    random = np.random.default_rng(7)
    kept = random.random(tail.size) < 0.75
    tail, head = tail[kept], head[kept]
    forward_s = random.uniform(5, 60, tail.size).astype(np.float32)
    backward_s = random.uniform(5, 60, tail.size).astype(np.float32)
    backward_s[::20] = np.inf
    forward_s[5::50] = 0
    return Town(
        side * side, tail.astype(np.int32), head.astype(np.int32), 80.0 * column, 80.0 * row, forward_s, backward_s
    )


@pytest.fixture(scope="session")
def costs(town: Town) -> CustomisedCosts:
    return CustomisedCosts.of(town.build(), town.forward_s, town.backward_s)


@pytest.fixture(scope="session")
def whole(town: Town) -> CustomisedCosts:
    """The town's costs in whole seconds of one or more: sums are exact, and no street is a missing entry."""
    forward_s, backward_s = np.ceil(town.forward_s + 1), np.ceil(town.backward_s + 1)
    return CustomisedCosts.of(town.build(), forward_s, backward_s)


@pytest.fixture(scope="session")
def between(town: Town, whole: CustomisedCosts) -> np.ndarray:
    """Seconds from each node to each other, by scipy."""
    rows, columns = np.r_[town.tail, town.head], np.r_[town.head, town.tail]
    seconds = np.r_[whole.forward_s, whole.backward_s].astype(float)
    open_ = np.isfinite(seconds)
    return dijkstra(coo_array((seconds[open_], (rows[open_], columns[open_])), shape=(town.n, town.n)).tocsr())
