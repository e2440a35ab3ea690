"""The tables of a store: what SQLite makes of their declarations, and that nothing declares a column twice."""

import sqlite3

import pytest
from made_annotations import CRS, at

from tesoma_geo.annotations.database import CONTENT, MODERATION, PLAIN_TABLES, RESPONDENT, STATES
from tesoma_geo.annotations.geopackage import GeoPackage


@pytest.fixture
def database(tmp_path):
    database = GeoPackage.open(tmp_path / "store.gpkg", CRS)
    with database.transaction():
        database.create(CRS)
    yield database
    database.close()


@pytest.mark.parametrize("table", PLAIN_TABLES)
def test_every_declaration_is_sql(table):
    counting = "id INTEGER PRIMARY KEY"
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE {table} ({PLAIN_TABLES[table].format(counting=counting)})")
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    assert len(columns) == len(set(columns)) > 0
    connection.close()


def test_what_moderation_adds_is_in_no_reading():
    assert not CONTENT.keys() & MODERATION.keys()
    assert "annotation_id" not in CONTENT | MODERATION


def test_respondents_have_the_columns_of_their_table(database):
    columns = [row[1] for row in database.query("PRAGMA table_info(respondents)")]
    assert columns == list(RESPONDENT)
    with database.transaction():
        database.execute(
            f"INSERT INTO respondents VALUES ({', '.join('?' * len(RESPONDENT))})", [f"{name}?" for name in RESPONDENT]
        )
    assert database.query("SELECT * FROM respondents") == [tuple(f"{name}?" for name in RESPONDENT)]


def test_all_tables_are_there_once_made(database):
    assert database.has_tables()
    assert all(database.has_table(name) for name in PLAIN_TABLES)
    assert not database.has_table("another")


def test_making_them_again_keeps_what_is_there(database):
    with database.transaction():
        database.execute("INSERT INTO erased VALUES (?)", ["somebody"])
    with database.transaction():
        database.create(CRS)
    assert database.query("SELECT respondent FROM erased") == [("somebody",)]


def test_an_error_takes_everything_of_its_transaction_back(database):
    def half_way():
        with database.transaction():
            assert database.execute("INSERT INTO erased VALUES (?)", ["somebody"]) == 1
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half_way()
    assert database.query("SELECT * FROM erased") == []


def test_many_rows_and_how_many_were_changed(database):
    with database.transaction():
        database.execute_many("INSERT INTO erased VALUES (?)", [[str(i)] for i in range(5)])
        assert database.execute("DELETE FROM erased WHERE respondent > ?", ["2"]) == 2
    assert sorted(database.query("SELECT respondent FROM erased")) == [("0",), ("1",), ("2",)]


def test_a_geometry_comes_back_as_it_went_in(database):
    point = at(12.25, -3.5)
    names = [*CONTENT, *MODERATION]
    values = ["pending" if name == "state" else 0 for name in names]
    with database.transaction():
        marks = ", ".join(["?", database.geometry_in, *"?" * len(names)])
        database.execute(
            f"INSERT INTO annotations (annotation_id, geom, {', '.join(names)}) VALUES ({marks})",
            ["a", database.encode(point), *values],
        )
    ((state, shape),) = database.query(f"SELECT state, {database.geometry_out} FROM annotations")
    assert database.decode(shape).equals(point)
    assert state in STATES
