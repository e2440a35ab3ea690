"""Heights of streets in draws of the elevation's own error."""

import numpy as np
import pytest
from rasterio import Affine

from tesoma_geo.network.streets.ground import Ground
from tesoma_geo.network.streets.heights import StreetLines, street_heights
from tesoma_geo.sources.elevation import GroundSurface
from tesoma_geo.sources.elevation_error import ElevationError
from tesoma_geo.sources.raster_band import BandUnit

#: Lisbon's zone; a hill of 1 in 20 towards the north-east.
CRS, CELL_M, SIDE = "EPSG:32629", 25.0, 80
WEST, NORTH = 487_000.0, 4_286_000.0


def hill() -> GroundSurface:
    row, column = np.indices((SIDE, SIDE), dtype=np.float32)
    cells = 100.0 + (column - row) * np.float32(0.05 * CELL_M)
    to_grid = ~(Affine.translation(WEST, NORTH) * Affine.scale(CELL_M, -CELL_M))
    return GroundSurface(cells, to_grid, CRS, CRS, (CELL_M, CELL_M), CELL_M, BandUnit(1.0, "metre"), None, "float32")


def street(n: int = 60, away: float = 0.0) -> StreetLines:
    x = WEST + 300.0 + 20.0 * np.arange(n)
    tail = np.arange(n - 1, dtype=np.int32)
    return StreetLines(
        x, np.full(n, NORTH - 900.0 + away), tail, tail + 1, np.full(n - 1, 20.0, np.float32), np.ones(n - 1, bool)
    )


def test_without_an_error_the_heights_are_those_of_the_model():
    drawn = Ground(hill(), ElevationError(0.0, 0.0, 125.0)).drawn_heights(street(), 1, 3)
    np.testing.assert_allclose(drawn, np.tile(street_heights(street(), hill()).elevation_m, (3, 1)), atol=1e-3)


def test_a_shift_on_a_plane_lifts_everything_alike():
    drawn = Ground(hill(), ElevationError(0.0, 20.0, 125.0)).drawn_heights(street(), 1, 40)
    lifted = drawn - street_heights(street(), hill()).elevation_m
    assert np.ptp(lifted, axis=1).max() < 0.01
    # East and north each by 20 m, on a slope of 1 in 20 both ways.
    assert np.std(lifted[:, 0]) == pytest.approx(0.05 * 20.0 * np.sqrt(2.0), rel=0.3)


def test_the_same_place_has_the_same_error_whatever_streets_there_are():
    ground = Ground(hill(), ElevationError(1.0, 12.0, 125.0))
    whole, part = (ground.drawn_heights(street(n), 7, 4) for n in (60, 40))
    # Smoothing ends at the end of a street: the middle is the same.
    np.testing.assert_allclose(whole[:, :30], part[:, :30], atol=0.1)
    assert not np.allclose(ground.drawn_heights(street(60), 8, 4), whole, atol=0.1)


def test_grades_are_off_by_what_a_smooth_error_makes_of_them():
    error = ElevationError(1.0, 0.0, 125.0)
    drawn = Ground(hill(), error).drawn_heights(street(), 2, 200)
    grade = np.diff(drawn[:, 20:40], axis=1) / 20.0
    # The slope of a Gaussian field has the spread error / length; smoothing takes some of it.
    assert np.std(grade - 0.05) == pytest.approx(1.0 / 125.0, rel=0.25)


def test_beyond_the_raster_a_shifted_model_keeps_its_heights():
    lines = street(away=880.0)  # 20 m from the raster's edge
    drawn = Ground(hill(), ElevationError(0.0, 60.0, 125.0)).drawn_heights(lines, 3, 20)
    assert np.isfinite(drawn).all()
