"""Heights of streets come from disk where they were found before, and anew where anything differs."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio

from tesoma_geo._cache import entries
from tesoma_geo.network.streets.heights import StreetLines, street_heights
from tesoma_geo.network.streets.kept_heights import kept_street_heights
from tesoma_geo.sources.elevation import GroundSurface
from tesoma_geo.sources.raster_band import BandUnit

CRS = "EPSG:3067"
N = 30
LINES = StreetLines(
    x=np.arange(N) * 10.0,
    y=np.zeros(N),
    tail=np.arange(N - 1, dtype=np.int32),
    head=np.arange(1, N, dtype=np.int32),
    length_m=np.full(N - 1, 10.0, np.float32),
    follows_ground=np.ones(N - 1, bool),
)


def hills(high_m: float = 5.0, east_m: float = 0.0) -> GroundSurface:
    """A ground with waves, and a gap at one of the nodes."""
    cells = np.tile(high_m * np.sin(np.arange(80) / 8.0), (20, 1)).astype(np.float32)
    cells[:, 26] = np.nan
    to_cells = ~rasterio.Affine(5.0, 0.0, east_m - 50.0, 0.0, -5.0, 50.0)
    return GroundSurface(cells, to_cells, CRS, CRS, (5.0, 5.0), 50.0, BandUnit(1.0, "metre"), None, "float32")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def test_the_second_time_they_are_read_and_the_same():
    direct = street_heights(LINES, hills())
    for _ in range(2):
        kept = kept_street_heights(LINES, hills())
        np.testing.assert_array_equal(kept.elevation_m, direct.elevation_m)
        np.testing.assert_array_equal(kept.spanned, direct.spanned)
        assert kept.elevation_m.dtype == np.float32
    assert [entry.kind for entry in entries()] == ["heights"]


def test_another_ground_or_other_streets_are_found_anew():
    bridges = replace(LINES, follows_ground=np.arange(N - 1) % 9 > 2)
    aside = replace(LINES, x=LINES.x + 7.0)
    first = kept_street_heights(LINES, hills())
    assert np.isnan(first.elevation_m).sum() == 1
    others = [(LINES, hills(9.0)), (LINES, hills(east_m=7.0)), (bridges, hills()), (aside, hills())]
    for lines, ground in others:
        kept = kept_street_heights(lines, ground)
        np.testing.assert_array_equal(kept.elevation_m, street_heights(lines, ground).elevation_m)
        assert not np.array_equal(first.elevation_m, kept.elevation_m, equal_nan=True)
    assert len(entries()) == 1 + len(others)
