"""Results of a run in a schema of a PostGIS database."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from tesoma_geo._database import connected, shown_address, without_user
from tesoma_geo._result_mark import mark_of
from tesoma_geo.errors import OutputError

#: Says of a schema that it was written here and may be replaced.
OURS = "Results of tesoma_geo: replaced as a whole"


def result_tables(results: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of a folder of results, each under the name that it has in a database.

    Parameters
    ----------
    results
        What ``run`` wrote.

    Yields
    ------
    tuple of str and DataFrame
        ``origins``, ``isochrones_walk`` …, by the files' names; those without a row too.
    """
    for file in sorted(results.iterdir()):
        if file.suffix == ".parquet":
            yield file.stem, gpd.read_parquet(file)
        elif file.suffix == ".geojson":
            yield file.stem, gpd.read_file(file)
        elif file.suffix == ".gpkg":
            layers = [str(name) for name, kind in pyogrio.list_layers(file) if kind is not None]
            for layer in layers:
                yield file.stem if layers == [file.stem] else f"{file.stem}_{layer}", gpd.read_file(file, layer=layer)


def write_to_database(results: Path, address: str, schema: str, *, overwrite: bool = False) -> dict[str, int]:
    """Write the tables of a finished run into a schema of their own, all or none.

    Parameters
    ----------
    results
        What ``run`` wrote.
    address
        ``postgresql://user@host/database``; the password comes from ``PGPASSWORD``, ``~/.pgpass`` or a service file.
    schema
        Made anew; what others see of it changes at once.
    overwrite
        Replace a schema that was written so before.

    Returns
    -------
    dict of str to int
        Rows by table.

    Raises
    ------
    OutputError
        No connection; the schema is there and not to be replaced, or is no schema of results; the database refuses.
    InputError
        The folder is no whole result of a run.
    """
    mark_of(results)
    connection = connected(address, OutputError, "Correct the address; the password comes from PGPASSWORD or ~/.pgpass")
    from psycopg import Error

    try:
        with connection.transaction():
            _make_schema(connection, schema, overwrite)
            return {name: _write(connection, schema, name, table) for name, table in result_tables(results)}
    except Error as error:
        said = without_user(str(error).strip(), connection.pgconn)
        problem = f"{shown_address(address)} does not take the results ({said})"
        raise OutputError(problem, "PostGIS must be there, and the user may make schemas") from None
    finally:
        connection.close()


def _make_schema(connection: Any, schema: str, overwrite: bool) -> None:
    from psycopg.sql import SQL, Identifier, Literal

    known = connection.execute(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", (schema,)
    ).fetchone()
    if known is not None:
        if known[0] != OURS:
            raise OutputError(f"the schema {schema} is not one of results", "Name another with --schema")
        if not overwrite:
            raise OutputError(f"the schema {schema} is there already", "Name another, or replace it with --overwrite")
        connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)))
    connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
    connection.execute(SQL("COMMENT ON SCHEMA {} IS {}").format(Identifier(schema), Literal(OURS)))


def _write(connection: Any, schema: str, name: str, table: pd.DataFrame) -> int:
    """One table with an index of its places."""
    from psycopg.sql import SQL, Identifier

    relation = Identifier(schema, name)
    srid = (table.crs.to_epsg() or 0) if isinstance(table, gpd.GeoDataFrame) and table.crs is not None else 0
    spatial = table.geometry.name if isinstance(table, gpd.GeoDataFrame) else None
    kinds = {
        column: f"geometry(Geometry, {srid})" if column == spatial else _kind(table[column]) for column in table.columns
    }
    columns = SQL(", ").join(SQL("{} " + kind).format(Identifier(str(column))) for column, kind in kinds.items())
    connection.execute(SQL("CREATE TABLE {} ({})").format(relation, columns))
    values = [
        _geometries(table.geometry, srid) if column == spatial else [_value(value) for value in table[column].tolist()]
        for column in table.columns
    ]
    names = SQL(", ").join(Identifier(str(column)) for column in table.columns)
    with connection.cursor() as cursor, cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(relation, names)) as copy:
        for row in zip(*values, strict=True):
            copy.write_row(row)
    if spatial is not None:
        connection.execute(SQL("CREATE INDEX ON {} USING gist ({})").format(relation, Identifier(spatial)))
    return len(table)


def _kind(column: "pd.Series[Any]") -> str:
    kinds = {"i": "bigint", "u": "bigint", "f": "double precision", "b": "boolean"}
    return kinds.get(getattr(column.dtype, "kind", "O"), "text")


def _geometries(places: gpd.GeoSeries, srid: int) -> list[str | None]:
    bodies = shapely.to_wkb(shapely.set_srid(places.to_numpy(), srid), hex=True, include_srid=True)
    return [None if body is None else str(body) for body in bodies]


def _value(value: Any) -> Any:
    """Missing values as NULL; what is no number, no truth and no text as its text, lists as JSON."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value if isinstance(value, bool | int | float) else str(value)
