"""Draws of what is wrong with an elevation raster: seeded, keyed by run, smooth, as wide as said."""

import numpy as np
import pytest

from tesoma_geo.sources.elevation_error import ElevationError

X, Y = (axis.ravel() for axis in np.meshgrid(np.linspace(0, 5000, 40), np.linspace(0, 5000, 40)))


def test_the_usual_error_by_size_of_cell_and_what_is_told():
    usual = [ElevationError.of_cells(cell).error_m for cell in (1.0, 2.0, 10.0, 30.0, 50.0, 90.0)]
    assert usual == pytest.approx([0.3, 0.3, 0.714, 1.216, 1.5, 2.7], abs=1e-3)
    assert ElevationError.of_cells(50.0).shift_m == 25.0
    told = ElevationError.of_cells(50.0, error_m=0.2, shift_m=0.0)
    assert (told.error_m, told.shift_m) == (0.2, 0.0)


def test_a_draw_depends_on_seed_and_run_alone():
    error = ElevationError.of_cells(50.0)
    first, again, other = error.drawn(7, 3), error.drawn(7, 3), error.drawn(7, 4)
    assert first.shift_m == again.shift_m != other.shift_m
    assert first.heights_m(X, Y).tobytes() == again.heights_m(X, Y).tobytes()
    # A place has its value whoever else is asked for: new streets share the draw.
    assert first.heights_m(X[5:6], Y[5:6]) == pytest.approx(first.heights_m(X, Y)[5:6])


def test_draws_are_as_wide_as_said():
    error = ElevationError(error_m=1.5, shift_m=25.0, alike_m=250.0)
    draws = [error.drawn(1, run) for run in range(300)]
    assert np.std([draw.shift_m for draw in draws]) == pytest.approx(25.0, rel=0.08)
    at_places = np.array([draw.heights_m(X[::97], Y[::97]) for draw in draws])
    assert at_places.mean() == pytest.approx(0.0, abs=0.15)
    assert at_places.std() == pytest.approx(1.5, rel=0.08)


def test_near_places_err_alike_and_far_ones_by_themselves():
    error = ElevationError(error_m=1.0, shift_m=0.0, alike_m=250.0)
    places = np.array([0.0, 25.0, 250.0, 2500.0])
    at_places = np.array([error.drawn(2, run).heights_m(places, np.zeros(4)) for run in range(600)])
    alike = np.corrcoef(at_places.T)[0]
    assert alike[1] > 0.98
    assert alike[2] == pytest.approx(np.exp(-0.5), abs=0.1)
    assert abs(alike[3]) < 0.12


def test_no_error_is_none():
    draw = ElevationError(0.0, 0.0, 100.0).drawn(1, 1)
    assert draw.shift_m == (0.0, 0.0)
    assert not draw.heights_m(X, Y).any()


def test_stations_and_sums_at_each_place_tell_the_same():
    draw = ElevationError(error_m=2.0, shift_m=0.0, alike_m=250.0).drawn(3, 0)
    x, y = np.random.default_rng(0).uniform(-400_000.0, -396_000.0, (2, 3_000))
    many = draw.heights_m(x, y)
    single = np.concatenate([draw.heights_m(x[[row]], y[[row]]) for row in range(0, 3_000, 100)])
    exact = [
        2.0 * np.sqrt(2.0 / len(draw.phases)) * np.cos(draw.waves @ (x[row], y[row]) + draw.phases).sum()
        for row in range(0, 3_000, 100)
    ]
    np.testing.assert_allclose(many[::100], exact, atol=0.06)
    np.testing.assert_allclose(single, exact, atol=0.06)
