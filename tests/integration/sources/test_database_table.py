"""Layers from a real PostGIS server: as the file they came from, and no password anywhere."""

import time

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import tomlkit
from click.testing import CliRunner

from tesoma_geo.cli import commands
from tesoma_geo.errors import FetchError, WorkspaceError
from tesoma_geo.inputs.layers import read_inputs
from tesoma_geo.sources.database_table import fetch_table
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.workspace import Workspace
from tests.conftest import CRS
from tests.small_district import SmallDistrict, square

AREAS = """
    CREATE EXTENSION IF NOT EXISTS postgis;
    CREATE SCHEMA "plan Ä";
    CREATE TABLE "plan Ä"."areas ""x" (
        code text, "people; DROP" numeric(9, 2), built date, tags text[], open boolean, geom geometry(Geometry, 3067));
"""


@pytest.fixture
def connection(database):
    import psycopg

    with psycopg.connect(database, autocommit=True) as opened:
        opened.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        yield opened


def with_area(file, **area):
    """The workspace file with another layer of areas of the district."""
    content = tomlkit.parse(file.read_text(encoding="utf-8"))
    content["district"]["area"] = area
    file.write_text(tomlkit.dumps(content), encoding="utf-8")


def fetched(address, folder):
    path = folder / "layer.parquet"
    fetch_table(address, path, refresh=True, progress=lambda _: None)
    return path


def test_a_table_comes_with_its_types_and_system_in_an_order_of_its_own(connection, database, tmp_path):
    connection.execute(AREAS)
    rows = [("b", 2.5, "2020-01-02", ["x"], True), ("a", None, None, None, None), ("ä", 1, "1999-12-31", [], False)]
    for number, row in enumerate(rows):
        connection.execute(
            'INSERT INTO "plan Ä"."areas ""x" VALUES (%s, %s, %s, %s, %s, ST_Point(%s, 6820000, 3067))',
            (*row, 320000 + number),
        )
    path = fetched(f'{database}#plan Ä.areas "x', tmp_path)
    table = gpd.read_parquet(path)
    assert table["code"].tolist() == ["a", "b", "ä"]
    assert table["people; DROP"].tolist()[1:] == [2.5, 1.0]
    assert table["open"].tolist() == [None, True, False]
    assert table["built"].dropna().tolist() == ["2020-01-02", "1999-12-31"]
    assert table.crs == CRS
    assert table.geometry.x.tolist() == [320001, 320000, 320002]
    first = path.read_bytes()
    connection.execute('UPDATE "plan Ä"."areas ""x" SET open = open')  # the rows lie elsewhere now
    assert fetched(f'{database}#plan Ä.areas "x', tmp_path).read_bytes() == first


def test_the_key_orders_the_rows_and_a_view_is_a_layer(connection, database, tmp_path):
    connection.execute("CREATE TABLE stops (name text, id int PRIMARY KEY, geog geography(PointZ, 4326))")
    for number in (10, 9, 2):
        connection.execute("INSERT INTO stops VALUES ('s', %s, ST_PointZ(23.6, 61.5, 90, 4326))", (number,))
    connection.execute("CREATE VIEW near AS SELECT id, geog::geometry FROM stops WHERE id < 10")
    assert gpd.read_parquet(fetched(f"{database}#stops", tmp_path))["id"].tolist() == [2, 9, 10]
    view = read_layer(fetched(f"{database}#public.near", tmp_path), key="services", crs=CRS).table
    assert sorted(view["id"]) == [2, 9]
    assert not shapely.has_z(view.geometry.to_numpy()).any()


def test_a_table_without_places_is_a_table(connection, database, tmp_path):
    connection.execute("CREATE TABLE cells (h3 text, people int); INSERT INTO cells VALUES ('b', 1), ('a', 2)")
    assert pd.read_parquet(fetched(f"{database}#cells", tmp_path)).to_dict("list") == {
        "h3": ["a", "b"],
        "people": [2, 1],
    }


@pytest.mark.parametrize(
    ("make", "table", "told"),
    [
        ("", "public.lost", "no such table"),
        ("", "pg_catalog'; DROP TABLE x; --", "no such table"),
        ("CREATE TABLE e (geom geometry)", "e", "has no rows"),
        (
            "CREATE TABLE m (geom geometry); INSERT INTO m VALUES (ST_Point(1, 2, 3067)), (ST_Point(1, 2, 4326))",
            "m",
            "systems 3067 and 4326",
        ),
        ("CREATE VIEW v AS SELECT 1 / (random() * 0)::int AS x", "v", "division by zero"),
    ],
)
def test_what_is_no_layer_says_why(connection, database, tmp_path, make, table, told):
    if make:
        connection.execute(make)
    with pytest.raises(FetchError, match=told):
        fetched(f"{database}#{table}", tmp_path)
    assert not (tmp_path / "layer.parquet").exists()


def test_a_district_whose_areas_stand_in_a_database_is_that_of_the_file(connection, database, tmp_path, monkeypatch):
    pytest.importorskip("requests")
    monkeypatch.setenv("PGPASSWORD", "kanarie7QX")
    SmallDistrict().write(tmp_path)
    file = tmp_path / "tesoma.toml"
    plain = Workspace.load(file)
    source = plain.district.area.source
    before = read_layer(plain.resolve(source), key="district.area", crs=CRS).table
    names = ", ".join(f'"{name}" text' for name in before.columns.drop("geometry"))
    connection.execute(f"CREATE TABLE quarters ({names}, geom geometry(Geometry, 3067))")
    for row in before.itertuples(index=False):
        marks = ", ".join(["%s"] * (len(row) - 1))
        values = [*map(str, row[:-1]), row[-1].wkb]
        connection.execute(f"INSERT INTO quarters VALUES ({marks}, ST_GeomFromWKB(%s, 3067))", values)
    with_area(file, source=database, table="quarters")
    done = CliRunner().invoke(commands, ["fetch", "--workspace", str(file)])
    assert done.exit_code == 0, done.output
    workspace = Workspace.load(file)
    path = workspace.resolve(workspace.district.area.source)
    assert path.name.endswith("_quarters.parquet")
    after = read_layer(path, key="district.area", crs=CRS).table
    assert sorted(after.geometry.to_wkt()) == sorted(before.geometry.to_wkt())
    checked = CliRunner().invoke(commands, ["check", "--json", "--workspace", str(file)])
    assert checked.exit_code == 0, checked.output
    said = done.output + checked.output + "".join(p.read_text() for p in path.parent.glob("*.json"))
    assert "kanarie7QX" not in said
    assert "tester@" not in said


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"source": "postgresql://gis:kanarie7QX@h/db", "table": "a"}, "holds a password"),
        ({"source": "postgresql://h/db?password=kanarie7QX", "table": "a"}, "holds a password"),
        ({"source": "postgres://h/db"}, "no table of it"),
    ],
)
def test_an_address_that_should_not_be_published_is_refused(tmp_path, source, told):
    SmallDistrict().write(tmp_path)
    file = tmp_path / "tesoma.toml"
    with_area(file, **source)
    with pytest.raises(WorkspaceError, match=told) as caught:
        Workspace.load(file, fetched=False)
    assert "kanarie7QX" not in str(caught.value)


def test_a_server_that_is_not_there_is_told_without_secrets(tmp_path, monkeypatch):
    pytest.importorskip("psycopg")
    monkeypatch.setenv("PGPASSWORD", "kanarie7QX")
    with pytest.raises(FetchError, match="no connection to postgresql://") as caught:
        fetched("postgresql://anna@127.0.0.1:9/db?connect_timeout=2#areas", tmp_path)
    assert "kanarie7QX" not in str(caught.value)
    assert "anna@" not in str(caught.value)


@pytest.mark.parametrize("told_by", ["the address", "the environment", "a service file"])
def test_no_user_is_told_wherever_the_name_comes_from(postgres_server, database, tmp_path, monkeypatch, told_by):
    monkeypatch.setenv("PGHOST", str(postgres_server))
    address = "postgresql://kanarie@/voices" if told_by == "the address" else "postgresql:///voices"
    if told_by == "the environment":
        monkeypatch.setenv("PGUSER", "kanarie")
    elif told_by == "a service file":
        (tmp_path / "services").write_text("[city]\ndbname=voices\nuser=kanarie\n")
        monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
        address = "postgresql:///?service=city"
    with pytest.raises(FetchError, match="no connection") as caught:
        fetched(f"{address}#areas", tmp_path)
    assert "kanarie" not in str(caught.value)
    assert "does not exist" in str(caught.value)  # why is told


def test_no_user_is_told_where_a_table_may_not_be_read(connection, database, tmp_path):
    connection.execute("DROP ROLE IF EXISTS kanarie; CREATE ROLE kanarie LOGIN; CREATE TABLE kanarie (a int)")
    with pytest.raises(FetchError, match="permission denied") as caught:
        fetched(f"{database.replace('tester', 'kanarie')}#kanarie", tmp_path)
    assert "kanarie" not in str(caught.value).partition("(")[2]
    connection.execute("DROP ROLE kanarie")


PASSWORD = "kanarie7QX"


@pytest.fixture
def guarded(postgres_server, connection):
    """The address of the database for a user whom the server lets in with a password alone (SCRAM-SHA-256)."""
    import psycopg

    rules, address = postgres_server / "data" / "pg_hba.conf", f"postgresql://gis@/voices?host={postgres_server}"
    before = rules.read_text(encoding="utf-8")
    connection.execute("SET password_encryption = 'scram-sha-256'; DROP ROLE IF EXISTS gis")
    connection.execute(f"CREATE ROLE gis LOGIN PASSWORD '{PASSWORD}'")
    rules.write_text(f"local all gis scram-sha-256\n{before}", encoding="utf-8")
    connection.execute("SELECT pg_reload_conf()")
    for _ in range(600):  # the server takes its rules when it comes to it
        try:
            psycopg.connect(address, password="another").close()
        except psycopg.OperationalError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the server lets everybody in")
    yield address
    rules.write_text(before, encoding="utf-8")
    connection.execute("SELECT pg_reload_conf()")


def put_table(connection, name, layer):
    """A layer as a table that ``gis`` may read."""
    kinds = {"i": "bigint", "f": "double precision"}
    columns = layer.drop(columns="geometry")
    typed = ", ".join(f'"{column}" {kinds.get(values.dtype.kind, "text")}' for column, values in columns.items())
    connection.execute(f"CREATE TABLE {name} ({typed}, geom geometry(Geometry, 3067)); GRANT SELECT ON {name} TO gis")
    marks = ", ".join(["%s"] * len(columns.columns))
    for values, shape in zip(columns.astype(object).itertuples(index=False), layer.geometry, strict=True):
        connection.execute(f"INSERT INTO {name} VALUES ({marks}, ST_GeomFromWKB(%s, 3067))", [*values, shape.wkb])


@pytest.fixture
def of_files(tmp_path):
    """A workspace with parts of three layers, whose files say more than is asked of them."""
    district = SmallDistrict()
    shapes = [square(610, 610, 690, 690), square(110, 110, 190, 190)]
    district.water = gpd.GeoDataFrame({"name": ["Pond", "Puddle"]}, geometry=shapes, crs=CRS)
    district.toml["district"]["area"]["where"] = "code != '004'"
    district.toml["basemap"]["water"]["where"] = "name == 'Pond'"
    district.toml["population"]["where"] = "residents > 300"
    return district, district.write(tmp_path)


def of_database(file, address):
    content = tomlkit.parse(file.read_text(encoding="utf-8"))
    for section, table in (
        (content["district"]["area"], "areas"),
        (content["population"], "areas"),
        (content["basemap"]["water"], "lakes"),
    ):
        section["source"], section["table"] = address, table
    file.write_text(tomlkit.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("told_by", ["the environment", "a service file", "a wrong environment", "nobody"])
def test_areas_residents_and_water_come_from_a_server_that_wants_a_password(
    connection, guarded, of_files, tmp_path, monkeypatch, told_by
):
    pytest.importorskip("requests")
    district, file = of_files
    before = read_inputs(Workspace.load(file))
    put_table(connection, "areas", district.areas)
    put_table(connection, "lakes", district.water)
    for name in ("PGPASSWORD", "PGPASSFILE", "PGSERVICEFILE"):
        monkeypatch.delenv(name, raising=False)
    address = guarded
    if told_by == "a service file":
        services, host = tmp_path / "services.conf", guarded.partition("host=")[2]
        services.write_text(f"[city]\nhost={host}\ndbname=voices\nuser=gis\npassword={PASSWORD}\n")
        monkeypatch.setenv("PGSERVICEFILE", str(services))
        address = "postgresql:///?service=city"
    elif told_by != "nobody":
        monkeypatch.setenv("PGPASSWORD", PASSWORD if told_by == "the environment" else "kanarie7QY")
    of_database(file, address)
    done = CliRunner().invoke(commands, ["fetch", "--workspace", str(file)])
    assert "kanarie7Q" not in done.output
    if told_by in ("nobody", "a wrong environment"):
        assert done.exit_code == 1
        assert "no connection to postgresql://" in done.output
        assert "gis" not in done.output.replace("postgis", "")
        assert not list(tmp_path.glob("fetched/*.parquet"))
        return
    assert done.exit_code == 0, done.output
    after = read_inputs(Workspace.load(file))
    for layer in ("district", "water", "origins"):
        one, other = (sorted(getattr(inputs, layer).geometry.to_wkt()) for inputs in (before, after))
        assert one == other, layer
    assert len(after.district) == 3
    assert len(after.water) == 1
    assert after.origins["population"].sum() == before.origins["population"].sum() > 0
    assert all("kanarie7Q" not in path.read_text() for path in tmp_path.glob("fetched/*.json"))
