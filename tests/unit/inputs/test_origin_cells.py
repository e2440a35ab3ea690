"""The cells of origins: squares spread from areas, squares of a ready grid, hexagons."""

import geopandas as gpd
import h3
import pytest
import shapely

from tesoma_geo.inputs.origin_cells import polygons
from tesoma_geo.workspace import Population


def origins_at(points, ids=None) -> gpd.GeoDataFrame:
    ids = ids or [str(number) for number in range(len(points))]
    return gpd.GeoDataFrame({"origin_id": ids}, geometry=shapely.points(points), crs="EPSG:3067")


def test_squares_of_areas_have_corners_at_multiples_of_their_side():
    spread = Population(source="areas.gpkg", column="residents", cell_m=100)
    squares = polygons(origins_at([(130.0, 299.0), (200.0, 300.0)]), spread)
    assert [shapely.bounds(square).tolist() for square in squares] == [[100, 200, 200, 300], [200, 300, 300, 400]]


def test_squares_of_a_ready_grid_are_around_their_middles():
    grid = Population(source="grid.gpkg", kind="grid")
    squares = polygons(origins_at([(125.0, 125.0), (375.0, 125.0), (875.0, 625.0)]), grid)
    assert shapely.bounds(squares[1]).tolist() == [250, 0, 500, 250]
    assert shapely.bounds(polygons(origins_at([(125.0, 125.0)]), grid)[0]).tolist() == [62.5, 62.5, 187.5, 187.5]


def test_h3_cells_are_their_own_hexagons():
    cell = h3.latlng_to_cell(61.5052, 23.6275, 9)
    (hexagon,) = polygons(origins_at([(320_000.0, 6_823_000.0)], [cell]), Population(source="h3.csv", kind="h3"))
    assert len(hexagon.exterior.coords) == 7
    assert hexagon.area == pytest.approx(h3.cell_area(cell, unit="m^2"), rel=0.01)
