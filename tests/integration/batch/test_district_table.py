"""A table of districts in PostGIS: fetched beside the batch, and then a table like one of a file."""

import geopandas as gpd
import pytest
from click.testing import CliRunner

from tesoma_geo.batch.file import Batch
from tesoma_geo.batch.tasks import tasks_of
from tesoma_geo.cli import commands
from tesoma_geo.errors import InputError
from tests.workspaces import moved, of_profiles

AREAS = """
    CREATE EXTENSION IF NOT EXISTS postgis;
    CREATE TABLE parts (code text PRIMARY KEY, called text, geom geometry(Polygon, 3067));
    INSERT INTO parts SELECT code, 'Part ' || code, ST_MakeEnvelope(x, 6823000, x + 100, 6823100, 3067)
    FROM (VALUES ('b', 326100), ('a', 326000), ('c', 326200)) AS rows (code, x);
"""


def written(workspace, folder, table):
    path = moved(workspace, folder, *of_profiles("walk"))
    (folder / "batch.toml").write_text(f'template = "{path.name}"\n[districts]\nid = "code"\n{table}', encoding="utf-8")
    return folder / "batch.toml"


def test_districts_come_from_a_table_of_a_database(sample_workspace, tmp_path, database):
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(AREAS)
    lines = f'name = "called"\nsource = "{database}"\ntable = "public.parts"\nwhere = "code != \'c\'"\n'
    file = written(sample_workspace, tmp_path, lines)
    with pytest.raises(InputError, match=r"not fetched yet\. Run tesoma-geo fetch --batch batch\.toml"):
        tasks_of(Batch.load(file))
    fetched = CliRunner().invoke(commands, ["fetch", "--batch", str(file)])
    assert fetched.exit_code == 0, fetched.output
    (path,) = fetched.stdout.splitlines()
    tasks = tasks_of(Batch.load(file))
    assert [(task.district, task.name) for task in tasks] == [("a", "Part a"), ("b", "Part b")]
    gpd.read_parquet(path).to_file(tmp_path / "parts.gpkg")
    of_file = tasks_of(
        Batch.load(
            written(
                sample_workspace,
                tmp_path,
                lines.replace(database, "parts.gpkg").replace('table = "public.parts"\n', ""),
            )
        )
    )
    assert [task.cost for task in of_file] == pytest.approx([task.cost for task in tasks])


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('source = "postgresql://gis:secret@h/city"\ntable = "a.b"', "holds a password"),
        ('source = "postgresql://gis@h/city"', "is a database, and no table of it"),
        ('source = "https://example.org/areas.gpkg"', "not fetched yet"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_with_what_to_do(sample_workspace, tmp_path, table, says):
    with pytest.raises(InputError, match=says) as told:
        tasks_of(Batch.load(written(sample_workspace, tmp_path, table)))
    assert "secret" not in str(told.value)


def test_a_batch_of_workspaces_is_fetched_workspace_by_workspace(sample_workspace, tmp_path):
    (tmp_path / "batch.toml").write_text('workspaces = ["a.toml"]', encoding="utf-8")
    done = CliRunner().invoke(commands, ["fetch", "--batch", str(tmp_path / "batch.toml")])
    assert done.exit_code == 1
    assert "tesoma-geo fetch --workspace FILE" in done.stderr
    both = CliRunner().invoke(commands, ["fetch", "--batch", "a", "--workspace", "b"])
    assert both.exit_code == 2
