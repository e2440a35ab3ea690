"""The most memory of this process, and what is given back of it."""

import sys
from pathlib import Path

import numpy as np
import pytest

from tesoma_geo._memory import give_back, peak_mb


def test_what_was_taken_is_counted_in_megabytes():
    held = np.ones(12_500_000)
    assert held.nbytes / 1e6 < peak_mb() < 100_000


def resident_mb():
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator of other systems gives back by itself")
def test_what_was_freed_between_what_is_held_is_given_back():
    held = [np.ones(2_000) for _ in range(10_000)]
    del held[1:-1]
    before = resident_mb()
    give_back()
    assert resident_mb() < before - 100
    assert held[-1][0] == 1.0
