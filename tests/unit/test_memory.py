"""The most memory of this process."""

import numpy as np

from tesoma_geo._memory import peak_mb


def test_what_was_taken_is_counted_in_megabytes():
    held = np.ones(12_500_000)
    assert held.nbytes / 1e6 < peak_mb() < 100_000
