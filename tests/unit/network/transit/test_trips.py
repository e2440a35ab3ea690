"""Percentiles over departures."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit.trips import checked_percentiles, percentiles_of

SECONDS = np.array([[40, 10, 30, 20], [5, np.inf, np.inf, 5]], np.float32)


def test_a_percentile_is_one_of_the_values_that_enough_do_not_exceed():
    assert percentiles_of(SECONDS, (0, 25, 50, 51, 100)).tolist() == [
        [10, 5], [10, 5], [20, 5], [30, np.inf], [40, np.inf]
    ]  # fmt: skip


@pytest.mark.parametrize("percentiles", [(), (-1,), (100.5,), (np.nan,)])
def test_what_is_no_percentile(percentiles):
    with pytest.raises(InputError, match="percentiles are"):
        checked_percentiles(percentiles)
