"""Snapping: to edges, not nodes; the nearest usable one; no farther than allowed."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.snap import metric_points, seeds
from tesoma_geo.network.streets.snap_index import SnapIndex
from tests.conftest import CRS

SEGMENTS = shapely.linestrings([[[0, 0], [100, 0]], [[100, 0], [100, 100]], [[0, 30], [100, 30]]])
ALL = np.array([True, True, True])
ENDS = (np.array([0, 1, 3], np.int32), np.array([1, 2, 4], np.int32))


def test_a_point_meets_the_middle_of_an_edge():
    found = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[25.0, -10.0]]), 50)
    assert (found.edge[0], found.fraction[0], found.snap_m[0]) == (0, pytest.approx(0.25), pytest.approx(10))


def test_an_unusable_edge_is_passed_over():
    found = SnapIndex.of(SEGMENTS, np.array([False, True, True])).positions(np.array([[25.0, -10.0]]), 50)
    assert (found.edge[0], found.snap_m[0]) == (2, pytest.approx(40))


def test_a_point_too_far_away_is_not_found():
    found = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[25.0, -51.0], [0.0, 0.0]]), 50)
    assert found.found.tolist() == [False, True]
    assert found.snap_m[0] == np.inf


def test_equally_near_edges_give_the_first_id():
    found = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[110.0, -10.0]]), 50)
    assert found.edge[0] == 0


def test_no_usable_edge_at_all():
    assert not SnapIndex.of(SEGMENTS, ~ALL).positions(np.array([[0.0, 0.0]]), 50).found.any()


def test_seeds_are_both_ends_with_their_own_seconds():
    position = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[25.0, -10.0]]), 50)
    costs = (np.array([100, 1, 1], np.float32), np.array([200, 1, 1], np.float32))
    leaving = seeds(position, ENDS, costs, access_ms=2.0, reverse=False)
    assert dict(zip(leaving.nodes, leaving.seconds, strict=True)) == {0: 50 + 5, 1: 75 + 5}
    arriving = seeds(position, ENDS, costs, access_ms=2.0, reverse=True)
    assert dict(zip(arriving.nodes, arriving.seconds, strict=True)) == {0: 25 + 5, 1: 150 + 5}


def test_a_closed_direction_gives_no_seed():
    position = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[0.0, 0.0]]), 50)
    costs = (np.array([100, 1, 1], np.float32), np.array([np.inf, 1, 1], np.float32))
    leaving = seeds(position, ENDS, costs, access_ms=1.0, reverse=False)
    assert leaving.nodes.tolist() == [1]


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
