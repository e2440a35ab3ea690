"""Values in entries of the cache."""

import geopandas as gpd
import numpy as np
import shapely
from geopandas.testing import assert_geodataframe_equal

from tesoma_geo._pickles import read_pickle, write_pickle


def test_a_value_is_read_as_it_was_written(tmp_path):
    value = {"pages": {"index.html": b"<p>page</p>"}, "minutes": (1.5, None)}
    write_pickle(tmp_path, value)
    assert read_pickle(tmp_path) == value


def test_shapes_are_read_as_they_were_written_in_arrays_of_any_form(tmp_path):
    lines = shapely.from_wkt(["LINESTRING (0 0, 1 1)", "LINESTRING Z (0 0 5, 2 1 7)"])
    grid = np.array([[shapely.Point(1, 2), None], [shapely.Polygon(), shapely.set_srid(shapely.Point(3, 4), 3067)]])
    many = shapely.points(np.arange(140_000.0).reshape(-1, 2))
    write_pickle(tmp_path, {"lines": lines, "grid": grid, "many": many, "mixed": np.array([lines[0], "text", None])})
    read = read_pickle(tmp_path)
    for name, array in (("lines", lines), ("grid", grid), ("many", many)):
        assert read[name].shape == array.shape
        assert (shapely.equals_identical(read[name], array) | shapely.is_missing(array)).all()
        assert shapely.is_missing(read[name]).tolist() == shapely.is_missing(array).tolist()
    assert shapely.get_srid(read["grid"][1, 1]) == 3067
    assert read["mixed"].tolist() == [lines[0], "text", None]


def test_other_arrays_and_tables_stay_what_they_are(tmp_path):
    value = {
        "numbers": np.arange(6.0).reshape(2, 3),
        "texts": np.array(["a", None], object),
        "none": np.empty(0, object),
    }
    table = gpd.GeoDataFrame({"name": ["a", None]}, geometry=[shapely.Point(1, 2), None], crs="EPSG:3067")
    write_pickle(tmp_path, (value, table))
    read, rows = read_pickle(tmp_path)
    for name, array in value.items():
        assert (read[name].dtype, read[name].tolist()) == (array.dtype, array.tolist())
    assert_geodataframe_equal(rows, table)
