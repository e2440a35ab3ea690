"""GeoPackages without the time of writing."""

import sqlite3
from contextlib import closing

import geopandas as gpd
import pyogrio
import pytest
import shapely

from tesoma_geo._geopackage import GEOPACKAGE_DATE, write_layers

OPTION = "OGR_CURRENT_DATE"


@pytest.fixture
def layers():
    points = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=shapely.points([(1, 2), (3, 4)]), crs="EPSG:3067")
    return {"points": points, "areas": points.set_geometry(points.buffer(10))}


def test_the_bytes_are_those_that_gdal_leaves_when_its_clock_stands_still(layers, tmp_path):
    write_layers(tmp_path / "own.gpkg", layers)
    pyogrio.set_gdal_config_options({OPTION: GEOPACKAGE_DATE})
    try:
        for number, (name, table) in enumerate(layers.items()):
            pyogrio.write_dataframe(table, tmp_path / "gdal.gpkg", layer=name, driver="GPKG", append=number > 0)
    finally:
        pyogrio.set_gdal_config_options({OPTION: None})
    assert (tmp_path / "own.gpkg").read_bytes() == (tmp_path / "gdal.gpkg").read_bytes()


def test_a_second_time_gives_the_same_bytes(layers, tmp_path):
    for name in ("first", "second"):
        write_layers(tmp_path / f"{name}.gpkg", {**layers, "none": layers["points"].iloc[:0]})
    assert (tmp_path / "first.gpkg").read_bytes() == (tmp_path / "second.gpkg").read_bytes()


def test_the_file_is_sound_and_its_time_is_nobodys(layers, tmp_path):
    path = tmp_path / "100 % of it?.gpkg"
    write_layers(path, layers)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall() == [(GEOPACKAGE_DATE,)]
        database.execute("UPDATE gpkg_contents SET description = 'still to be written'")
        database.commit()
    assert pyogrio.read_dataframe(path, layer="areas")["name"].tolist() == ["a", "b"]


def test_the_settings_of_gdal_stay_as_they_are(layers, tmp_path, monkeypatch):
    def refuse(options):
        raise AssertionError(f"{options} holds for the whole process")

    monkeypatch.setattr(pyogrio, "set_gdal_config_options", refuse)
    write_layers(tmp_path / "own.gpkg", layers)
