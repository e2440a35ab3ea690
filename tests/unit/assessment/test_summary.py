"""Headline figures: the weighted quantile by hand and against numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.assessment.summary import weighted_quantile

WEIGHTED = st.lists(st.tuples(st.floats(0, 1e4), st.integers(0, 20)), min_size=1, max_size=30).filter(
    lambda rows: sum(weight for _, weight in rows) > 0
)


@pytest.mark.parametrize(
    ("values", "weights", "share", "expected"),
    [
        ([1, 2, 3], [1, 1, 1], 0.5, 2),
        ([3, 1, 2], [1, 1, 1], 0.5, 2),
        ([1, 2], [1, 1], 0.5, 1),
        ([1, 2, 100], [1, 1, 98], 0.5, 100),
        ([5, np.inf], [1, 3], 0.5, np.inf),
        ([5, np.inf], [3, 1], 0.5, 5),
        ([5, 7], [0, 1], 0.0, 5),
    ],
)
def test_by_hand(values, weights, share, expected):
    assert weighted_quantile(values, weights, share) == expected


def test_nobody_has_no_median():
    assert np.isnan(weighted_quantile([1, 2], [0, 0], 0.5))
    assert np.isnan(weighted_quantile([], [], 0.5))


@given(WEIGHTED, st.sampled_from([0.1, 0.5, 0.9]))
def test_equals_numpy_on_repeated_values(rows, share):
    values, weights = map(np.array, zip(*rows, strict=True))
    repeated = np.repeat(values, weights)
    assert weighted_quantile(values, weights, share) == np.quantile(repeated, share, method="inverted_cdf")
