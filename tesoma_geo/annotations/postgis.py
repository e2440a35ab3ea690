"""The store on PostGIS, for when many moderate at once: the same tables, transactions and guarantees."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import shapely
from pyproj import CRS

from tesoma_geo._database import connected, shown_address
from tesoma_geo.annotations.database import CONTENT, MODERATION, PLAIN_TABLES
from tesoma_geo.errors import OutputError

_LOCK = 7_052_311  # of this store among the advisory locks of the database


@dataclass(frozen=True)
class PostGIS:
    """An open database; see :class:`~tesoma_geo.annotations.database.Database`.

    Attributes
    ----------
    address
        Host and database, without a user or a password.
    connection
        Of psycopg, committing at once outside transactions.
    srid
        EPSG code of the metric CRS; 0 where it has none.
    """

    address: str
    connection: Any
    srid: int

    @classmethod
    def open(cls, address: str, crs: str) -> "PostGIS":
        """Connect.

        Parameters
        ----------
        address
            ``postgresql://user@host/database``; the password comes from ``PGPASSWORD`` or ``~/.pgpass``.
        crs
            The metric CRS of the geometries.

        Returns
        -------
        PostGIS

        Raises
        ------
        OutputError
            No connection.
        TesomaError
            psycopg is not installed.
        """
        connection = connected(address, OutputError, "Correct moderation.store")
        return cls(shown_address(address), connection, CRS.from_user_input(crs).to_epsg() or 0)

    @contextmanager
    def transaction(self, *, sealed: bool = True) -> Iterator[None]:  # noqa: ARG002 - of stores that are files
        """All or nothing; one writer at a time, readers are never held up.

        Parameters
        ----------
        sealed
            Of stores that are files.

        Yields
        ------
        None
        """
        with self.connection.transaction():
            self.connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            Its parameters, in order.

        Returns
        -------
        int
            Rows that it changed.
        """
        return int(self.connection.execute(_own(sql), values).rowcount)

    def execute_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of the values.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            The parameters of each run.
        """
        with self.connection.cursor() as cursor:
            cursor.executemany(_own(sql), list(values))

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            Its parameters, in order.

        Returns
        -------
        list of tuple
            A tuple a row, in the order of the columns asked for.
        """
        return list(self.connection.execute(_own(sql), values).fetchall())

    def has_tables(self) -> bool:
        """Whether anything was ever stored.

        Returns
        -------
        bool
        """
        return self.has_table("annotations")

    def has_table(self, name: str) -> bool:
        """Whether a table is there.

        Parameters
        ----------
        name
            Of the table.

        Returns
        -------
        bool
        """
        return self.query("SELECT to_regclass(?)", (name,)) != [(None,)]

    def create(self, crs: str) -> None:  # noqa: ARG002 - the number of it is known since opening
        """The tables of the store; PostGIS itself where it may be switched on.

        Parameters
        ----------
        crs
            The metric CRS of the geometries.
        """
        if self.has_tables():
            self._create_plain_tables()
            return
        self.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        columns = ", ".join(f"{name} {kind}" for name, kind in (CONTENT | MODERATION).items())
        self.execute(
            f"CREATE TABLE annotations (fid BIGSERIAL PRIMARY KEY, geom geometry(Geometry, {self.srid}) NOT NULL, "
            f'annotation_id TEXT COLLATE "C" NOT NULL UNIQUE, {columns})'
        )
        self.execute("CREATE INDEX annotations_geom ON annotations USING gist (geom)")
        self._create_plain_tables()

    def _create_plain_tables(self) -> None:
        """Those that are not there: all of them, or the newer ones in an older store."""
        for name, body in PLAIN_TABLES.items():
            self.execute(f"CREATE TABLE IF NOT EXISTS {name} ({body.format(counting='id BIGSERIAL PRIMARY KEY')})")

    def vacuum(self) -> None:
        """Give the space of deleted rows back, so that they are not read from the files."""
        for table in ("annotations", "respondents", "released", "cohort_members", "shown_items"):
            if self.has_table(table):
                self.connection.execute(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Disconnect."""
        self.connection.close()

    @property
    def geometry_in(self) -> str:
        """WKB with the store's reference system."""
        return f"ST_GeomFromWKB(?, {self.srid})"

    @property
    def geometry_out(self) -> str:
        """WKB."""
        return "ST_AsBinary(geom)"

    def encode(self, geometry: shapely.Geometry) -> bytes:
        """WKB.

        Parameters
        ----------
        geometry
            In the workspace's metric CRS.

        Returns
        -------
        bytes
            Little endian, two dimensions.
        """
        body: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1)
        return body

    def decode(self, value: Any) -> shapely.Geometry:
        """A geometry of WKB.

        Parameters
        ----------
        value
            WKB.

        Returns
        -------
        shapely.Geometry
            In the workspace's metric CRS.
        """
        return shapely.from_wkb(bytes(value))


def _own(sql: str) -> str:
    """The shared SQL with PostgreSQL's marks of parameters."""
    return sql.replace("?", "%s")
