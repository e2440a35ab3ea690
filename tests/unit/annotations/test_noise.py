"""Noise: drawn anew each time, as large as it is said to be, and refused where OpenDP would spend more."""

import math

import numpy as np
import pytest

from tesoma_geo.annotations.noise import Noise, margin, noisy_counts


def test_the_scale_is_what_one_respondent_changes_over_epsilon():
    _, scale = noisy_counts([0, 10], each=3, epsilon=0.6)
    assert scale == pytest.approx(5.0)


def test_empty_rows_have_noise_and_no_number_is_below_nothing():
    drawn = np.array([noisy_counts([0] * 20, each=1, epsilon=0.5)[0] for _ in range(20)])
    assert drawn.min() == 0
    assert (drawn > 0).mean() > 0.2
    assert len({tuple(row) for row in drawn.tolist()}) > 1


def test_numbers_are_off_by_more_than_their_margin_once_in_twenty():
    counts, _ = noisy_counts([1000] * 4000, each=1, epsilon=0.2)
    beyond = np.mean(np.abs(np.array(counts) - 1000) > margin([5.0]))
    assert 0.025 < beyond < 0.075  # 4.5 % expected; the bounds are 6 standard errors away
    assert margin([5.0]) == math.ceil(5 * math.log(20))


def test_the_margin_of_a_sum_grows_as_its_noise_does():
    sums = np.array(noisy_counts([1000] * 8000, each=1, epsilon=0.2)[0]).reshape(-1, 4).sum(axis=1)
    assert margin([5.0] * 4) == 30
    assert np.mean(np.abs(sums - 4000) > 30) < 0.08


def test_noise_is_the_same_when_it_is_read_back():
    noise = Noise(0.5, 1.0, 3, {"total": 20.0})
    assert Noise.from_json(noise.to_json()) == noise
