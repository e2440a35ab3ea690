"""The compiled loops of the measures, beside what numpy says."""

import numpy as np
import pytest

from tesoma_geo.measures._kernels import cost_at, solved


@pytest.mark.parametrize("seed", range(10))
def test_a_system_is_solved_as_numpy_solves_it(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 12))
    half = rng.normal(size=(n, n)) * (rng.random((n, n)) < 0.5)
    matrix, right = half @ half.T + n * np.eye(n), rng.normal(size=n)
    assert solved(matrix.copy(), right.copy()) == pytest.approx(np.linalg.solve(matrix, right))


@pytest.mark.parametrize("seed", range(10))
def test_the_cost_at_which_enough_is_reached(seed):
    rng = np.random.default_rng(seed)
    n, m = 6, 5
    costs, there = rng.integers(1, 20, (n, m)).astype(float), rng.integers(0, 4, m).astype(float)
    first = np.arange(0, n * m + 1, m)
    by_cost = np.concatenate([row * m + np.argsort(costs[row], kind="stable") for row in range(n)])
    wanted = rng.uniform(0.5, 12, n)
    destination = np.tile(np.arange(m, dtype=np.int32), n)
    reached = cost_at(first, destination, costs.ravel(), by_cost, there, wanted)
    for row in range(n):
        enough = [cost for cost in sorted(costs[row]) if there[costs[row] <= cost].sum() >= wanted[row]]
        assert reached[row] == (min(enough) if enough else np.inf)
