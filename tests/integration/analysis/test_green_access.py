"""Green areas of some size, and how far it is to them."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.analysis.green_access import large_enough, to_nature_s
from tests.conftest import CORNER, CRS

EAST, NORTH = CORNER
#: A street of a kilometre from west to east.
STREET = {1: (0, 0), 2: (500, 0), 3: (1000, 0)}


def green(*boxes) -> gpd.GeoDataFrame:
    shapes = [shapely.box(EAST + west, NORTH - 50, EAST + east, NORTH + 50) for west, east in boxes]
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


def at(*metres) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy([EAST + m for m in metres], [NORTH] * len(metres)), crs=CRS)


@pytest.fixture(scope="module")
def walk(write_osm_once):
    path = write_osm_once(STREET, [([1, 2, 3], {"highway": "residential"})])
    return tg.StreetNetwork.from_osm(path, CRS).router("walk")


def test_small_ones_count_when_they_touch():
    assert large_enough(green((0, 40), (400, 440))).empty
    together = large_enough(green((0, 40), (40, 80), (400, 420)))
    assert together.area.tolist() == [8000.0]


def test_the_way_ends_where_the_street_comes_near(walk):
    areas = large_enough(green((600, 900)))
    seconds = to_nature_s(walk, at(80, 700, 585, 1000), areas)
    # From 80 to 580, twenty metres before the area; within; within twenty metres; from the other end.
    expected = np.array([500, 0, 0, 80]) / (walk.profile.speed_kmh / 3.6)
    np.testing.assert_allclose(seconds, expected, atol=0.5)
