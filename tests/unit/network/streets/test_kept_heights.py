"""Heights of streets come from disk where they were found before, and anew where anything differs."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo._cache import entries
from tesoma_geo.network.streets.heights import StreetLines, street_heights
from tesoma_geo.network.streets.kept_heights import kept_street_heights

N = 30
LINES = StreetLines(
    x=np.arange(N) * 10.0,
    y=np.zeros(N),
    tail=np.arange(N - 1, dtype=np.int32),
    head=np.arange(1, N, dtype=np.int32),
    length_m=np.full(N - 1, 10.0, np.float32),
    follows_ground=np.ones(N - 1, bool),
)


class Hills:
    """A ground with waves, and a gap."""

    run_m = 100.0

    def __init__(self, high_m=5.0):
        self.high_m = high_m

    def both(self, x, y):
        ground = self.high_m * np.sin(x / 40.0) + y
        ground[3] = np.nan
        return ground, ground.copy()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def test_the_second_time_they_are_read_and_the_same():
    direct = street_heights(LINES, Hills())
    for _ in range(2):
        kept = kept_street_heights(LINES, Hills())
        np.testing.assert_array_equal(kept.elevation_m, direct.elevation_m)
        np.testing.assert_array_equal(kept.spanned, direct.spanned)
        assert kept.elevation_m.dtype == np.float32
    assert [entry.kind for entry in entries()] == ["heights"]


def test_another_ground_or_other_streets_are_found_anew():
    first = kept_street_heights(LINES, Hills())
    higher = kept_street_heights(LINES, Hills(9.0))
    bridges = replace(LINES, follows_ground=np.arange(N - 1) % 9 > 2)
    spanning = kept_street_heights(bridges, Hills())
    assert not np.array_equal(first.elevation_m, higher.elevation_m, equal_nan=True)
    np.testing.assert_array_equal(spanning.elevation_m, street_heights(bridges, Hills()).elevation_m)
    assert len(entries()) == 3
