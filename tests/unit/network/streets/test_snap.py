"""Snapping: to edges, not nodes; the nearest usable one; no farther than allowed."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.snap import metric_points, seeds
from tesoma_geo.network.streets.snap_index import SnapIndex
from tests.conftest import CRS
from tests.street_segments import segments_of

SEGMENTS = shapely.linestrings([[[0, 0], [100, 0]], [[100, 0], [100, 100]], [[0, 30], [100, 30]]])
ALL = np.array([True, True, True])
ENDS = (np.array([0, 1, 3], np.int32), np.array([1, 2, 4], np.int32))


def test_seeds_are_both_ends_with_their_own_seconds():
    position = SnapIndex.of(segments_of(SEGMENTS), ALL).positions(np.array([[25.0, -10.0]]), 50)
    costs = (np.array([100, 1, 1], np.float32), np.array([200, 1, 1], np.float32))
    leaving = seeds(position, ENDS, costs, access_ms=2.0, reverse=False)
    assert dict(zip(leaving.nodes, leaving.seconds, strict=True)) == {0: 50 + 5, 1: 75 + 5}
    arriving = seeds(position, ENDS, costs, access_ms=2.0, reverse=True)
    assert dict(zip(arriving.nodes, arriving.seconds, strict=True)) == {0: 25 + 5, 1: 150 + 5}


def test_a_closed_direction_gives_no_seed():
    position = SnapIndex.of(segments_of(SEGMENTS), ALL).positions(np.array([[0.0, 0.0]]), 50)
    costs = (np.array([100, 1, 1], np.float32), np.array([np.inf, 1, 1], np.float32))
    leaving = seeds(position, ENDS, costs, access_ms=1.0, reverse=False)
    assert leaving.nodes.tolist() == [1]


@pytest.mark.filterwarnings("error")
def test_a_place_without_a_street_has_no_seed_even_where_walking_costs_nothing():
    positions = SnapIndex.of(segments_of(SEGMENTS), ALL).positions(np.array([[25.0, -10.0], [5000.0, 0.0]]), 50)
    costs = (np.ones(3, np.float32), np.ones(3, np.float32))
    found = seeds(positions, ENDS, costs, access_ms=np.inf, reverse=False)
    assert found.offsets.tolist() == [0, 2, 2]


def test_frames_of_any_crs_and_lonlat_arrays_are_the_same_points():
    lonlat = np.array([[23.6275, 61.5052], [23.63, 61.51]])
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*lonlat.T), crs="EPSG:4326")
    metric = metric_points(lonlat, CRS)
    assert np.allclose(metric, metric_points(frame, CRS))
    assert np.allclose(metric, metric_points(frame.to_crs("EPSG:3857"), CRS), atol=0.01)


@pytest.mark.parametrize(
    ("points", "says"),
    [
        (np.empty((0, 2)), "shape"),
        (np.array([23.6, 61.5]), "shape"),
        (np.array([[23.6, np.nan]]), "row 0"),
        (np.array([[23.6, 61.5], [61.5, 230.0]]), "row 1"),
        (gpd.GeoSeries([], crs=CRS), "empty"),
        (gpd.GeoSeries([shapely.Point(1, 1)]), "no coordinate reference system"),
        (gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs=CRS), "is no point"),
        (gpd.GeoSeries([shapely.Point()], crs=CRS), "is no point"),
    ],
)
def test_what_is_no_point_is_refused_with_its_row(points, says):
    with pytest.raises(InputError, match=says):
        metric_points(points, CRS)
