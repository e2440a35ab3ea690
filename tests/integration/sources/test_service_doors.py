"""Doors of services: on their outline, of the building around a point, of any drawing of a school."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.sources.osm_doors import PLACE_M
from tesoma_geo.sources.service_doors import reaches_m
from tesoma_geo.sources.services import read_osm_services, read_service_layer
from tesoma_geo.workspace import ServiceLayer

CRS = "EPSG:3067"
CORNER = (320_000.0, 6_823_000.0)
SCHOOL = {"amenity": "school", "name": "Koulu"}
SQUARE, BESIDE = [1, 2, 3, 4, 1], [11, 12, 13, 14, 11]
NODES = {
    1: (0, 0), 2: (60, 0), 3: (60, 80), 4: (0, 80), 5: (30, 40),
    11: (200, 0), 12: (230, 0), 13: (230, 40), 14: (200, 40), 15: (300, 300),
}  # fmt: skip


def read(file):
    return read_osm_services(file, {"school": "amenity=school", "shop": "shop=*"}, crs=CRS).table


def doors(row) -> list[tuple[float, float]]:
    return [(round(one.x - CORNER[0]), round(one.y - CORNER[1])) for one in shapely.from_wkt(row["doors"]).geoms]


def test_all_main_entrances_of_an_outline_are_doors(write_osm):
    tags = {1: {"entrance": "main"}, 3: {"entrance": "main"}, 4: {"entrance": "yes"}}
    row = read(write_osm(NODES, [(SQUARE, SCHOOL)], tags)).iloc[0]
    assert sorted(doors(row)) == [(0, 0), (60, 80)]
    assert row["around_m"] == 0.0


def test_one_door_is_the_point_itself(write_osm):
    row = read(write_osm(NODES, [(SQUARE, SCHOOL)], {3: {"entrance": "yes"}})).iloc[0]
    assert row["doors"] != row["doors"]  # missing
    assert row["around_m"] == 0.0
    assert round(row.geometry.x - CORNER[0]) == 60


def test_a_shop_in_a_building_is_entered_by_its_doors(write_osm):
    tags = {5: {"shop": "bakery"}, 2: {"entrance": "yes"}, 4: {"door": "hinged"}, 3: {"entrance": "service"}}
    row = read(write_osm(NODES, [(SQUARE, {"building": "retail"})], tags)).iloc[0]
    assert sorted(doors(row)) == [(0, 80), (60, 0)]
    assert row["around_m"] == 0.0


def test_without_doors_a_place_reaches_beyond_what_is_drawn(write_osm):
    table = read(write_osm(NODES, [(SQUARE, SCHOOL)], {15: {"shop": "kiosk"}})).set_index("kind")
    assert table["around_m"]["shop"] == pytest.approx(PLACE_M, abs=0.1)
    assert table["around_m"]["school"] == pytest.approx(PLACE_M + 50.0, abs=1.0)
    assert table["doors"].isna().all()


def test_a_school_of_two_buildings_has_the_doors_of_both(write_osm):
    ways = [(SQUARE, SCHOOL), (BESIDE, {**SCHOOL})]
    nodes = NODES | {11: (70, 0), 12: (90, 0), 13: (90, 40), 14: (70, 40)}
    row = read(write_osm(nodes, ways, {3: {"entrance": "main"}, 12: {"entrance": "main"}})).iloc[0]
    assert sorted(doors(row)) == [(60, 80), (90, 0)]


def test_areas_and_points_of_a_file_are_places(tmp_path):
    shapes = [shapely.box(0, 0, 30, 40), shapely.Point(500, 500)]
    file = tmp_path / "places.gpkg"
    moved = [shapely.affinity.translate(one, *CORNER) for one in shapes]
    gpd.GeoDataFrame({"id": ["a", "b"], "name": ["A", "B"]}, geometry=moved, crs=CRS).to_file(file)
    layer = ServiceLayer(source=file.name, kind="library")
    table = read_service_layer(file, layer, key="services.files.0", crs=CRS).table
    assert table["around_m"].tolist() == pytest.approx([PLACE_M + 25.0, PLACE_M])


def test_of_several_parts_the_one_where_the_point_stands_counts():
    parts = shapely.MultiPolygon([shapely.box(0, 0, 60, 80), shapely.box(900, 0, 930, 40)])
    alone = np.array([parts.geoms[0], parts, shapely.Point(30, 40)], object)
    points = np.array([shapely.Point(30, 40)] * 3, object)
    np.testing.assert_allclose(reaches_m(points, alone), [PLACE_M + 50.0, PLACE_M + 50.0, PLACE_M])
