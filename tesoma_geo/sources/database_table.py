"""A table or view of a PostGIS database, fetched into a GeoParquet file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from tesoma_geo._database import connected, shown_address, without_user
from tesoma_geo._downloads import Fetched, keep, record_of
from tesoma_geo.errors import FetchError

#: A layer of a city has thousands of rows; what has more is no layer of a district.
MOST_ROWS = 2_000_000

_REMEDY = (
    "Correct the address; the password comes from PGPASSWORD, ~/.pgpass or a service file (postgresql:///?service=…)"
)
_NUMBERS = {"numeric": "double precision", "money": "numeric::double precision"}
_AS_THEY_ARE = {"int2", "int4", "int8", "float4", "float8", "bool", "text"}


def fetch_table(address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
    """Fetch a table or a view, its rows in the order of its key, else of all its columns.

    Parameters
    ----------
    address
        ``postgresql://user@host/database#schema.table``.
    path
        The GeoParquet file, Parquet where the table has no geometry.
    refresh
        Fetch what is there already once more.
    progress
        Told what is being done.

    Returns
    -------
    Fetched
        Where it came from, and when.

    Raises
    ------
    FetchError
        The database cannot be reached, has no such table, or nothing in it; a table of more than ``MOST_ROWS`` rows, or
        with geometries of several coordinate reference systems.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    place, _, name = address.partition("#")
    shown = f"{shown_address(place)}, table {name}"
    connection = connected(place, FetchError, _REMEDY)
    try:
        progress(f"fetching {shown}")
        table = _read(connection, name, shown)
    finally:
        connection.close()
    return keep(path, f"{shown_address(place)}#{name}", lambda draft: table.to_parquet(draft, index=False))


def _read(connection: Any, name: str, shown: str) -> pd.DataFrame:
    """The rows of one moment; nothing is written."""
    from psycopg import Error
    from psycopg.sql import SQL, Identifier

    parts = tuple(name.split(".", 1))
    relation = Identifier(*parts)
    try:
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = connection.execute("SELECT to_regclass(%s)::oid", (relation.as_string(connection),)).fetchone()
            if row[0] is None:
                raise FetchError(f"{shown}: there is no such table", 'Name it with its schema, table = "public.areas"')
            columns = connection.execute(_COLUMNS, (row[0],)).fetchall()
            spatial = [column for column, kind, _ in columns if kind in ("geometry", "geography")]
            keys = [column for column, _, is_key in columns if is_key]
            order: list[Any] = [Identifier(key) for key in keys] or [
                SQL('{}::text COLLATE "C"').format(Identifier(column)) for column, _, _ in columns
            ]
            query = SQL("SELECT {} FROM {} ORDER BY {} LIMIT {}").format(
                SQL(", ").join(_expression(column, kind) for column, kind, _ in columns),
                relation,
                SQL(", ").join(order),
                MOST_ROWS + 1,
            )
            rows = connection.execute(query).fetchall()
            system = _system(connection, relation, spatial[0], shown) if spatial and rows else None
    except Error as error:
        said = without_user(str(error).strip(), connection.pgconn)
        raise FetchError(f"{shown} cannot be read ({said})", _REMEDY) from None
    if not 0 < len(rows) <= MOST_ROWS:
        size = "has no rows" if not rows else f"has more than {MOST_ROWS:,} rows"
        raise FetchError(f"{shown} {size}", "Name a view of the rows that the district needs")
    table = pd.DataFrame(rows, columns=[column for column, _, _ in columns]).drop(columns=spatial[1:])
    if not spatial:
        return table
    geometry = shapely.from_wkb(table.pop(spatial[0]).map(lambda body: None if body is None else bytes(body)))
    placed: pd.DataFrame = gpd.GeoDataFrame(table, geometry=geometry, crs=system)
    return placed


#: Name, type and whether it is of the primary key, of the columns of a table, in their order.
_COLUMNS = """
    SELECT a.attname, t.typname, a.attnum = ANY (COALESCE(i.indkey::int2[], '{}'))
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""


def _expression(column: str, kind: str) -> Any:
    """A column as it is read: numbers and truth as they are, geometry in two dimensions as WKB, others as text."""
    from psycopg.sql import SQL, Identifier

    named = Identifier(column)
    if kind in ("geometry", "geography"):
        return SQL("ST_AsBinary(ST_Force2D({}::geometry), 'NDR')").format(named)
    if kind in _AS_THEY_ARE:
        return named
    return SQL("{}::" + _NUMBERS.get(kind, "text")).format(named)


def _system(connection: Any, relation: Any, column: str, shown: str) -> CRS | None:
    """The coordinate reference system of a column of geometries; None where it has none."""
    from psycopg.sql import SQL, Identifier

    query = SQL("SELECT DISTINCT ST_SRID({0}::geometry) FROM {1} WHERE {0} IS NOT NULL").format(
        Identifier(column), relation
    )
    numbers = sorted(number for (number,) in connection.execute(query).fetchall())
    if len(numbers) > 1:
        systems = " and ".join(map(str, numbers))
        raise FetchError(f"{shown} has geometries of the systems {systems}", "Name a view that transforms them to one")
    if not numbers or numbers[0] == 0:
        return None
    known = "SELECT auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = %s"
    authority, code, text = connection.execute(known, (numbers[0],)).fetchone() or ("EPSG", numbers[0], "")
    try:
        return CRS.from_user_input(f"{authority}:{code}" if authority else text)
    except CRSError:
        raise FetchError(
            f"{shown}: its coordinate reference system {numbers[0]} is not known", "Name a view that transforms it"
        ) from None
