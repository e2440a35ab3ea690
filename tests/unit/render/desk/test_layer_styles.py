"""Styles in a GeoPackage, where QGIS and other programs look for them."""

import sqlite3
from xml.etree import ElementTree

import geopandas as gpd
import shapely

from tesoma_geo._geopackage import write_layers
from tesoma_geo.render.desk.column_names import NamedColumn
from tesoma_geo.render.desk.layer_styles import LayerStyle, put_styles
from tesoma_geo.render.desk.qgis_style import Rule, marker, vector_style

ROWS = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[shapely.Point(0, 0), shapely.Point(1, 1)], crs="EPSG:3067")
NAMES = [NamedColumn("n", "määrä", "", "how many"), NamedColumn("not_there", "x", "", "")]


def written(path):
    write_layers(path, {"points": ROWS})
    parts = vector_style([Rule("", marker("#ff0000", 2))], NAMES)
    put_styles(path, [LayerStyle("points", name, parts, NAMES, "Pisteet", "a point") for name in ("fi", "sv")])
    return path


def test_the_first_look_is_the_layers_own(tmp_path):
    with sqlite3.connect(written(tmp_path / "a.gpkg")) as database:
        looks = list(
            database.execute("SELECT f_table_name, f_geometry_column, styleName, useAsDefault FROM layer_styles")
        )
        (text,) = database.execute("SELECT styleQML FROM layer_styles WHERE styleName = 'fi'").fetchone()
    assert looks == [("points", "geom", "fi", 1), ("points", "geom", "sv", 0)]
    alias = ElementTree.fromstring(text).find("aliases/alias[@field='n']")
    assert alias is not None
    assert alias.get("name") == "määrä"


def test_columns_and_layers_are_described(tmp_path):
    with sqlite3.connect(written(tmp_path / "a.gpkg")) as database:
        told = list(database.execute("SELECT column_name, title, description FROM gpkg_data_columns"))
        (layer,) = database.execute("SELECT description FROM gpkg_contents WHERE table_name = 'points'").fetchone()
    assert told == [("n", "määrä", "how many")]
    assert layer == "Pisteet. a point"


def test_rows_stay_and_bytes_are_the_same(tmp_path):
    one, two = written(tmp_path / "a.gpkg"), written(tmp_path / "b.gpkg")
    assert one.read_bytes() == two.read_bytes()
    assert gpd.read_file(one, layer="points")["n"].tolist() == [1, 2]
