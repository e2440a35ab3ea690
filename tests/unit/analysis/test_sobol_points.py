"""Points are spread evenly in every dimension and every two, and their order says nothing."""

import numpy as np
import pytest
from scipy.stats import qmc

from tesoma_geo.analysis.sobol_points import DIMENSIONS, sobol_points


@pytest.mark.parametrize("count", [20, 64, 200, 333])
def test_every_one_of_so_many_parts_of_a_dimension_has_one_point(count):
    points = sobol_points(count, DIMENSIONS, [7])
    assert points.shape == (count, DIMENSIONS)
    assert ((points > 0) & (points < 1)).all()
    for one in points.T:
        np.testing.assert_array_equal(np.sort((one * count).astype(int)), np.arange(count))


@pytest.mark.parametrize("seed", range(5))
def test_two_dimensions_are_covered_as_by_the_sequence_of_sobol_and_better_than_by_chance(seed):
    ours, chance = sobol_points(256, DIMENSIONS, [seed]), np.random.default_rng(seed).random((256, DIMENSIONS))
    sequence = qmc.Sobol(DIMENSIONS, scramble=True, rng=np.random.default_rng(seed)).random(256)
    assert qmc.discrepancy(ours) < 3 * qmc.discrepancy(sequence)
    assert qmc.discrepancy(ours) < qmc.discrepancy(chance) / 5
    for first, second in ((0, 1), (0, 2), (1, 2)):  # 256 points: one in each of 16 × 16 squares
        squares = np.floor(ours[:, [first, second]] * 16).astype(int) @ [16, 1]
        assert len(np.unique(squares)) == 256


def test_the_order_does_not_go_round_the_parts():
    points = sobol_points(1024, 1, [3])[:, 0]
    by_lane = points.reshape(-1, 16).mean(axis=0)
    assert np.ptp(by_lane) > 0.02  # the sequence itself gives every sixteenth point the same sixteenth of the cube
    assert (np.ptp(points.reshape(-1, 16), axis=0) > 0.8).all()


def test_the_seed_decides():
    np.testing.assert_array_equal(sobol_points(50, 2, [1, 2]), sobol_points(50, 2, [1, 2]))
    assert not np.array_equal(sobol_points(50, 2, [1, 2]), sobol_points(50, 2, [1, 3]))
