"""Polygons of where a field is below zero: right in size, valid, nested to the bit."""

import numpy as np
import pytest
import shapely

from tesoma_geo.network.isochrones.contours import PARTS, crossing, polygons_below_zero


def distance_field(radius, size=41):
    rows, columns = np.mgrid[:size, :size] - size // 2
    return (np.hypot(rows, columns) - radius).astype(np.float32)


@pytest.mark.parametrize("radius", [3.0, 7.5, 15.2])
def test_a_disc_has_the_area_of_a_disc(radius):
    [disc] = polygons_below_zero(distance_field(radius)[None], (100.0, 200.0), 10.0)
    assert disc.is_valid
    # Its corners lie on the circle, or a little inside where the field is not linear between two points.
    assert np.pi * (10 * (radius - 0.15)) ** 2 < disc.area <= np.pi * (10 * radius) ** 2
    assert (disc.centroid.x, disc.centroid.y) == pytest.approx((300, 400), abs=1)


def test_nothing_below_zero_is_an_empty_polygon():
    [empty, disc] = polygons_below_zero(np.stack([np.ones((41, 41), np.float32), distance_field(5)]), (0, 0), 1)
    assert empty.is_empty
    assert not disc.is_empty


def test_holes_stay_and_specks_go():
    field = distance_field(15)
    hole, speck = distance_field(5), field.copy()
    [ring] = polygons_below_zero(np.maximum(field, -hole)[None], (0, 0), 1)
    assert ring.area == pytest.approx(np.pi * (15**2 - 5**2), rel=0.02)
    speck[20, 20] = 1
    assert len(polygons_below_zero(speck[None], (0, 0), 1)[0].geoms[0].interiors) == 0
    keep = np.zeros(speck.shape, bool)
    keep[20, 20] = True
    assert len(polygons_below_zero(speck[None], (0, 0), 1, keep)[0].geoms[0].interiors) == 1


@pytest.mark.parametrize("seed", range(25))
def test_less_lies_in_more_to_the_bit(seed):
    rng = np.random.default_rng(seed)
    high = rng.normal(0.2, 1.0, (24, 24)).astype(np.float32)
    high[[0, -1]] = high[:, [0, -1]] = 1
    low = high - rng.uniform(0, 0.7, high.shape).astype(np.float32)
    low[[0, -1]] = low[:, [0, -1]] = 0.5
    inner, outer = polygons_below_zero(np.stack([high, np.minimum(low, high)]), (0, 0), 1)
    assert shapely.is_valid([inner, outer]).all()
    assert inner.difference(outer).area == 0


def test_a_crossing_moves_outwards_with_lower_values_and_never_onto_a_corner():
    inside, outside = -np.linspace(1e-6, 10, 60), np.linspace(0, 10, 60)
    parts = np.array([[crossing(a, b) for b in outside] for a in inside])
    assert parts.min() >= 1
    assert parts.max() <= PARTS - 1
    assert (np.diff(parts, axis=0) >= 0).all()
    assert (np.diff(parts, axis=1) <= 0).all()
    assert crossing(-1.0, 1.0) == PARTS // 2
