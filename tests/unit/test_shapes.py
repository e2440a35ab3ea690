"""Tables of shapes without a library of tables."""

import pickle

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo._shapes import ShapeTable, middle_of, shapes_of, texts_of

CRS = "EPSG:3067"


@pytest.fixture
def table() -> gpd.GeoDataFrame:
    points = [shapely.Point(0, 0), shapely.Point(10, 2), shapely.Point(2, 4)]
    columns = {"name": ["A", None, "A"], "minutes": [1.5, np.inf, 3.0], "code": ["7", "8", "9"]}
    return gpd.GeoDataFrame(columns, geometry=points, crs=CRS)


def test_it_has_what_was_asked_for_under_the_names_of_the_table(table: gpd.GeoDataFrame) -> None:
    made = ShapeTable.of(table, "name", "minutes", "absent")
    assert [*made] == ["name", "minutes", "geometry"]
    assert "code" not in made
    assert len(made) == 3
    assert made["minutes"].tolist() == [1.5, np.inf, 3.0]
    assert made.crs == CRS
    assert made.total_bounds.tolist() == table.total_bounds.tolist()
    assert made.geometry.tolist() == table.geometry.tolist()


def test_equal_texts_are_kept_once(table: gpd.GeoDataFrame) -> None:
    first, missing, again = ShapeTable.of(table, "name")["name"]
    assert first is again
    assert missing is None


def test_both_kinds_of_tables_are_read_alike(table: gpd.GeoDataFrame) -> None:
    for made in (table, pickle.loads(pickle.dumps(ShapeTable.of(table, "name")))):
        assert shapes_of(made).tolist() == table.geometry.tolist()
        assert texts_of(made, "name") == ["A", None, "A"]
        assert texts_of(made, "absent") == [None] * 3
        assert middle_of(made) == (4.0, 2.0)


def test_a_table_without_rows(table: gpd.GeoDataFrame) -> None:
    made = ShapeTable.of(table.iloc[:0], "name", "minutes")
    assert len(made) == len(made.geometry) == len(texts_of(made, "name")) == 0
    assert np.isnan(made.total_bounds).all()
