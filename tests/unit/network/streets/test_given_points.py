"""Points as callers give them: in metres, or refused."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.given_points import metric_points

HOME = (23.6275, 61.5052)
METRES = Transformer.from_crs(4326, 3067, always_xy=True).transform(*HOME)


@pytest.mark.parametrize(
    "points",
    [
        [HOME],
        (HOME,),
        np.array([HOME]),
        np.array([HOME], np.float32).astype(float),
        gpd.GeoSeries([shapely.Point(HOME)], crs=4326),
        gpd.GeoDataFrame(geometry=[shapely.Point(HOME)], crs=4326),
        gpd.GeoDataFrame(geometry=[shapely.Point(METRES)], crs=3067),
    ],
)
def test_they_become_metres(points):
    assert metric_points(points, "EPSG:3067") == pytest.approx(np.array([METRES]), abs=2.0)


@pytest.mark.parametrize("crs", ["EPSG:3067", "EPSG:3857", "EPSG:32735"])
def test_degrees_that_are_said_to_be_metres_are_noticed_in_every_system(crs):
    points = gpd.GeoSeries([shapely.Point(HOME), shapely.Point(-46.6, -23.5)], crs=crs)
    with pytest.raises(InputError, match=r"homes have the CRS EPSG:.*look like degrees") as caught:
        metric_points(points, "EPSG:3067", "homes")
    assert "set_crs(4326" in caught.value.remedy


def test_metres_that_are_said_to_be_degrees_are_noticed():
    with pytest.raises(InputError, match="look like metres"):
        metric_points(gpd.GeoSeries([shapely.Point(METRES)], crs=4326), "EPSG:3067")


def test_the_origin_of_a_system_is_a_place():
    """Made-up streets of tests lie there."""
    assert metric_points(gpd.GeoSeries([shapely.Point(0, 0)], crs=3067), "EPSG:3067").tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (pd.Series([23.6, 61.5]), "a Series without geometry"),
        (pd.DataFrame({"lon": [1.0], "lat": [2.0]}), "a DataFrame without geometry"),
        ([shapely.Point(HOME)], "a Point of shapely without a CRS"),
        (HOME, r"one pair of numbers. Put it into a list: \[\[23.6275, 61.5052\]\]"),
        ([["23.6", "61.5"]], "hold text"),
        ([[1 + 2j, 3]], "hold what is no number"),
        ([[1, 2], [3]], "hold what is no number"),
        ([], "have the shape"),
    ],
)
def test_what_are_no_points_is_told(points, message):
    with pytest.raises(InputError, match=message):
        metric_points(points, "EPSG:3067")
