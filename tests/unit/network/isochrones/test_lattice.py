"""The lattice that isochrones are drawn on."""

import numpy as np
import pytest

from tesoma_geo.network.isochrones.lattice import Lattice, reached_edges


@pytest.mark.parametrize("seed", range(10))
def test_it_covers_the_rectangle_and_its_margin_and_no_more_than_a_step_beyond(seed):
    rng = np.random.default_rng(seed)
    west, south = rng.uniform(-1e6, 1e6, 2)
    bounds = (west, south, west + rng.uniform(0, 5000), south + rng.uniform(0, 5000))
    step_m, margin_m = rng.uniform(1, 100), rng.uniform(0, 500)
    lattice = Lattice.around(bounds, margin_m, step_m)
    first = np.array([lattice.column, lattice.row]) * step_m
    last = first + (np.array([lattice.width, lattice.height]) - 1) * step_m
    assert (first <= np.array(bounds[:2]) - margin_m + 1e-6).all()
    assert (last >= np.array(bounds[2:]) + margin_m - 1e-6).all()
    assert (first > np.array(bounds[:2]) - margin_m - step_m - 1e-6).all()
    assert (last < np.array(bounds[2:]) + margin_m + step_m + 1e-6).all()


def test_lattices_of_one_step_share_their_points():
    one, other = Lattice.around((0, 0, 95, 95), 0, 10), Lattice.around((33, 47, 61, 80), 5, 10)
    assert (other.column, other.row) == (2, 4)
    assert one.column <= other.column < one.column + one.width


def test_an_edge_is_reached_by_either_end_before_the_time_is_over():
    tail_s = np.array([1, 9, 10, np.inf, 3], np.float32)
    head_s = np.array([np.inf, 10, 10, np.inf, 2], np.float32)
    assert reached_edges(tail_s, head_s, np.float32(10)).tolist() == [0, 1, 4]
    assert reached_edges(tail_s, head_s, np.float32(0)).tolist() == []
