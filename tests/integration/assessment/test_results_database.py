"""Results in a real PostGIS database: the tables of the files, all or none."""

import geopandas as gpd
import numpy as np
import pytest
from click.testing import CliRunner

from tesoma_geo.assessment.results_database import result_tables, write_to_database
from tesoma_geo.cli import commands
from tesoma_geo.errors import OutputError


@pytest.fixture
def connection(database):
    import psycopg

    with psycopg.connect(database, autocommit=True) as opened:
        opened.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        yield opened


def test_every_table_of_a_run_stands_in_the_schema_with_its_rows(finished_run, database, connection):
    told = CliRunner().invoke(commands, ["postgis", database, "--results", str(finished_run.results)])
    assert told.exit_code == 0, told.output
    tables = dict(result_tables(finished_run.results))
    assert {"origins", "services", "isochrones_walk"} <= set(tables)
    for name, table in tables.items():
        count = connection.execute(f"SELECT count(*) FROM tesoma.{name}").fetchone()[0]
        assert count == len(table)
        assert f"tesoma.{name}: {count:,} rows" in told.stderr
    minutes = np.array(connection.execute("SELECT walk_to_hub_s FROM tesoma.origins").fetchall(), float).ravel()
    np.testing.assert_array_equal(minutes, tables["origins"]["walk_to_hub_s"])
    residents, srid = connection.execute(
        "SELECT sum(population), min(ST_SRID(geometry)) FROM tesoma.origins"
    ).fetchone()
    assert float(residents) == pytest.approx(tables["origins"]["population"].sum())
    assert srid == tables["origins"].crs.to_epsg()
    area = connection.execute("SELECT sum(ST_Area(geometry)) FROM tesoma.isochrones_walk").fetchone()[0]
    assert area == pytest.approx(tables["isochrones_walk"].area.sum())


def test_only_a_schema_of_results_is_replaced_and_only_when_asked(finished_run, database, connection):
    write_to_database(finished_run.results, database, "y2026")
    with pytest.raises(OutputError, match="there already"):
        write_to_database(finished_run.results, database, "y2026")
    connection.execute("DROP TABLE y2026.origins")
    write_to_database(finished_run.results, database, "y2026", overwrite=True)
    assert connection.execute("SELECT count(*) FROM y2026.origins").fetchone()[0] > 0
    with pytest.raises(OutputError, match="not one of results"):
        write_to_database(finished_run.results, database, "public", overwrite=True)


def test_what_fails_leaves_no_schema(finished_run, database, connection):
    connection.execute("DROP EXTENSION postgis CASCADE")
    with pytest.raises(OutputError, match="does not take the results"):
        write_to_database(finished_run.results, database, "half")
    assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'half'").fetchone() is None


def test_lists_and_missing_values_keep_their_meaning(tmp_path, database, connection, monkeypatch):
    from tesoma_geo.assessment import results_database

    table = gpd.GeoDataFrame(
        {"name": ["ä", None], "count": [1, 2], "share": [np.nan, np.inf], "tags": [["x"], None]},
        geometry=[None, *gpd.points_from_xy([1], [2])], crs=3067,
    )  # fmt: skip
    table.to_parquet(tmp_path / "made.parquet")
    monkeypatch.setattr(results_database, "mark_of", lambda _: "")
    write_to_database(tmp_path, database, 'odd "name"')
    rows = connection.execute(
        'SELECT name, count, share, tags, ST_AsText(geometry) FROM "odd ""name""".made'
    ).fetchall()
    assert rows == [("ä", 1, None, '["x"]', None), (None, 2, float("inf"), None, "POINT(1 2)")]


@pytest.mark.parametrize(
    ("address", "told"),
    [("postgresql://a:kanarie7QX@h/db", "holds a password"), ("mysql://h/db", "is no postgresql://")],
)
def test_an_address_with_a_password_is_refused_and_not_shown(finished_run, address, told):
    answer = CliRunner().invoke(commands, ["postgis", address, "--results", str(finished_run.results)])
    assert answer.exit_code != 0
    assert told in answer.output
    assert "kanarie7QX" not in answer.output
