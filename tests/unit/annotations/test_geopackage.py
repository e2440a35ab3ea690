"""The embedded database: transactions that are whole, geometries that come back."""

import sqlite3

import pytest
import shapely
from made_annotations import CRS, at
from shapely import LineString, Point

from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.errors import OutputError


@pytest.fixture
def database(tmp_path):
    database = GeoPackage.open(tmp_path / "deep" / "store.gpkg", CRS)
    yield database
    database.close()


def test_tables_are_made_once(database):
    assert not database.has_tables()
    for _ in range(2):
        with database.transaction():
            database.create(CRS)
    assert database.has_tables()
    assert database.query("SELECT count(*) FROM annotations") == [(0,)]


def test_a_transaction_that_fails_leaves_nothing(database):
    with database.transaction():
        database.create(CRS)
    once_and_again = [("r1",), ("r1",)]
    with pytest.raises(sqlite3.IntegrityError), database.transaction():
        database.execute_many("INSERT INTO erased VALUES (?)", once_and_again)
    assert database.query("SELECT * FROM erased") == []


@pytest.mark.parametrize("shape", [at(1, 2), LineString([at(0, 0), at(5, 5)])])
def test_geometries_come_back(database, shape):
    assert database.decode(database.encode(shape)) == shape


def test_geometries_with_an_envelope_are_read(database):
    header = b"GP\x00\x03" + (3067).to_bytes(4, "little") + bytes(32)
    assert database.decode(header + shapely.to_wkb(Point(1, 2))) == Point(1, 2)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"moderation\.store"):
        GeoPackage.open(tmp_path / "file" / "store.gpkg", CRS)
