import numpy as np
import pytest
import shapely
from shapely.affinity import rotate

from tesoma_geo.render.figures.shorelines import MOST_M, smoothed

CELL = 50.0


def stairs(seed: int) -> shapely.Polygon:
    """Cells of a grid that touch along their sides, as a lake from a raster."""
    draw = np.random.default_rng(seed)
    rows = [(CELL * draw.integers(0, 4), CELL * draw.integers(8, 14)) for _ in range(12)]
    cells = [shapely.box(west, CELL * row, east, CELL * (row + 1)) for row, (west, east) in enumerate(rows)]
    return shapely.union_all(cells)


def sharpest_deg(polygon: shapely.Polygon) -> float:
    """The sharpest turn of an outline."""
    xy = shapely.get_coordinates(polygon.exterior)[:-1]
    sides = np.roll(xy, -1, axis=0) - xy
    way = np.arctan2(sides[:, 1], sides[:, 0])
    return float(np.degrees(np.abs(np.angle(np.exp(1j * (way - np.roll(way, 1)))))).max())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("turned", [0.0, 3.5, 45.0])
def test_steps_of_a_grid_become_a_shore(seed: int, turned: float) -> None:
    lake = rotate(stairs(seed), turned)
    (drawn,) = smoothed([lake])
    assert drawn.is_valid
    assert sharpest_deg(lake) == pytest.approx(90, abs=0.1)
    assert sharpest_deg(drawn) < 50
    assert shapely.hausdorff_distance(lake.exterior, drawn.exterior) < CELL * 0.75
    assert drawn.area == pytest.approx(lake.area, rel=0.06)


def test_corners_are_rounded_and_long_sides_stay_straight() -> None:
    dock = shapely.box(0, 0, 400, 200)
    (drawn,) = smoothed([dock])
    assert shapely.hausdorff_distance(dock.exterior, drawn.exterior) < MOST_M
    assert drawn.exterior.distance(shapely.Point(200, 0)) == 0
    assert drawn.exterior.distance(shapely.Point(0, 0)) > 1


def test_islands_and_parts_stay() -> None:
    lake = shapely.Polygon(shapely.box(0, 0, 900, 900).exterior, [shapely.box(300, 300, 400, 400).exterior])
    both = shapely.MultiPolygon([lake, shapely.box(2000, 0, 2100, 100)])
    drawn = smoothed([both, shapely.Polygon()])
    assert [len(part.interiors) for part in drawn[0].geoms] == [1, 0]
    assert drawn[1].is_empty


def test_a_narrow_shape_stays_valid() -> None:
    needle = shapely.Polygon([(0, 0), (100, 0.1), (200, 0), (100, 0.2)])
    (drawn,) = smoothed([needle])
    assert drawn.is_valid
    assert smoothed([]).shape == (0,)
