"""Land ends where water begins, on any lattice."""

import numpy as np
import pytest
import shapely

from tesoma_geo.network.isochrones.contours import polygons_below_zero
from tesoma_geo.network.isochrones.lattice import Lattice
from tesoma_geo.network.isochrones.water_mask import Land, Water

STEP_M = 10.0
LAKES = {
    "square": shapely.box(100, 100, 300, 260),
    "ditch": shapely.LineString([(50, 50), (400, 333)]).buffer(1.5),
    "island": shapely.Point(200, 200).buffer(150) - shapely.Point(200, 200).buffer(60),
    "pond": shapely.Point(207, 203).buffer(4),
}


def land_polygon(water, lattice):
    """The land of a lattice, as isochrones are drawn; its rim is left out."""
    excess = np.full((1, lattice.height, lattice.width), -5, np.float32)
    land = water.land(STEP_M)
    land.raise_excess(excess, lattice)
    excess[:, [0, -1]] = excess[:, :, [0, -1]] = 5
    return polygons_below_zero(excess, (lattice.column * STEP_M, lattice.row * STEP_M), STEP_M, land.wet_on(lattice))[0]


@pytest.mark.parametrize("lake", LAKES.values(), ids=LAKES)
def test_land_shares_no_area_with_water_and_little_else_is_lost(lake):
    lattice = Lattice.around((0, 0, 500, 400), 50, STEP_M)
    land = land_polygon(Water.of([lake]), lattice)
    assert land.intersection(lake).area == pytest.approx(0, abs=1e-6)
    lost = shapely.box(0, 0, 500, 400) - land - lake
    assert lost.area <= 2 * STEP_M * lake.length + 4 * STEP_M**2


def test_what_is_wet_is_what_lies_in_water():
    lattice = Lattice.around((0, 0, 500, 400), 0, STEP_M)
    wet = Water.of([LAKES["square"]]).land(STEP_M).wet_on(lattice)
    rows, columns = np.nonzero(wet)
    points = shapely.points(columns * STEP_M, rows * STEP_M)
    assert shapely.covers(LAKES["square"].buffer(STEP_M), points).all()
    assert wet[(np.arange(110, 260, 10) // 10)][:, np.arange(110, 300, 10) // 10].all()


def test_a_lattice_elsewhere_is_dry():
    far = Lattice.around((9000, 9000, 9100, 9100), 0, STEP_M)
    assert not Water.of([LAKES["square"]]).land(STEP_M).wet_on(far).any()
    assert not Water.of([]).land(STEP_M).wet_on(far).any()
    excess = np.zeros((far.height, far.width), np.float32)
    Land.dry(STEP_M).raise_excess(excess, far)
    assert (excess == 0).all()


def test_points_and_lines_are_no_water_and_the_same_water_is_the_same():
    lake = LAKES["square"]
    mixed = Water.of([lake, shapely.Point(1, 1), shapely.LineString([(0, 0), (9, 9)]), shapely.Polygon()])
    assert mixed == Water.of([lake])
    assert Water.of([lake], within=(0, 0, 200, 200)) == Water.of([shapely.box(100, 100, 200, 200)]) or (
        shapely.from_wkb(Water.of([lake], within=(0, 0, 200, 200)).wkb[0]).equals(shapely.box(100, 100, 200, 200))
    )
