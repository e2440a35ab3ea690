"""Steps of sixteen searches side by side, against the same arithmetic in numpy, to the bit."""

import numpy as np
import pytest
from numba import njit

from tesoma_geo.network.engine.simd import LANES, relax_by, relax_down, relax_scaled, relax_up, weighted_sum


@njit(cache=False)
def stepped(rows, heads, costs, weights, started, begin, end, cutoff_s, scale_s, delay_s):
    """What each step makes of copies of the rows; all in one, as each takes a while to compile."""
    up, down, by, scaled = rows.copy(), rows.copy(), rows.copy(), rows.copy()
    relax_up(up, 1, 2, costs[0])
    least = relax_down(down, 4, started, heads, costs, begin, end)
    relax_by(by, 0, rows, 1, rows, 3)
    relax_scaled(scaled, 2, rows, 3, scale_s, delay_s)
    return up, down, by, scaled, least, weighted_sum(rows, 1, cutoff_s, weights)


@pytest.fixture
def rows():
    random = np.random.default_rng(2)
    rows = random.uniform(0, 900, (5, LANES)).astype(np.float32)
    rows[random.random(rows.shape) < 0.2] = np.inf
    return rows


HEADS = np.array([0, 3, 1], np.int32)
COSTS = np.array([12.5, 700.0, 0.0], np.float32)
WEIGHTS = np.linspace(-3, 40, LANES)


def results(rows, started=True, begin=0, end=3, cutoff_s=400.0, scale_s=0.5, delay_s=9.0):
    numbers = (np.float32(cutoff_s), np.float32(scale_s), np.float32(delay_s))
    return stepped(rows, HEADS, COSTS, WEIGHTS, started, begin, end, *numbers)


def test_up_one_row_takes_the_least_with_another_and_the_others_stay(rows):
    expected = rows.copy()
    expected[2] = np.minimum(rows[2], rows[1] + COSTS[0])
    assert results(rows)[0].tobytes() == expected.tobytes()


@pytest.mark.parametrize("started", [True, False])
@pytest.mark.parametrize(("begin", "end"), [(0, 3), (1, 2), (2, 2)])
def test_down_a_row_is_the_least_over_its_arcs_and_of_itself_where_started(rows, started, begin, end):
    candidates = [rows[HEADS[arc]] + COSTS[arc] for arc in range(begin, end)]
    candidates.append(rows[4] if started else np.full(LANES, np.inf, np.float32))
    _, down, _, _, least, _ = results(rows, started, begin, end)
    assert down[4].tobytes() == np.min(candidates, axis=0).tobytes()
    assert least == down[4].min()
    assert down[:4].tobytes() == rows[:4].tobytes()


def test_each_lane_has_a_cost_of_its_own(rows):
    expected = rows.copy()
    expected[0] = np.minimum(rows[0], rows[1] + rows[3])
    assert results(rows)[2].tobytes() == expected.tobytes()


def test_factors_are_multiplied_and_then_delayed(rows):
    expected = rows.copy()
    expected[2] = np.minimum(rows[2], rows[3] * np.float32(0.5) + np.float32(9))
    assert results(rows)[3].tobytes() == expected.tobytes()


@pytest.mark.parametrize("cutoff_s", [0.0, 400.0, np.inf])
def test_weights_count_up_to_the_cutoff_and_at_it(rows, cutoff_s):
    rows[1, 0] = cutoff_s
    counted = WEIGHTS[rows[1] <= np.float32(cutoff_s)].sum()
    assert results(rows, cutoff_s=cutoff_s)[5] == pytest.approx(counted, abs=1e-9)
    assert cutoff_s == 0 or counted != 0
