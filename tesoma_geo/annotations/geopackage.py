"""The embedded store: one GeoPackage that QGIS opens, written in transactions of SQLite.

GDAL writes a file in many steps; a transaction of SQLite leaves all of an import or nothing of it,
whenever the process ends. Files are readable by their owner alone; :mod:`~tesoma_geo.annotations.store_seal` tells
when one is damaged.
"""

import os
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from pyproj import CRS

from tesoma_geo._result_mark import refuse_within_result
from tesoma_geo.annotations.database import CONTENT, MODERATION, PLAIN_TABLES
from tesoma_geo.annotations.store_seal import RESTORE, copy_database, damage_of, seal
from tesoma_geo.errors import OutputError, SourceError

_APPLICATION_ID = 0x47504B47  # "GPKG"
_VERSION = 10300
_HEAD = b"SQLite format 3\x00"
_WAIT_S = 30.0
#: "GP", version 0, flags: no envelope, little endian.
_HEADER = struct.Struct("<2sBBi")
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)

_SPATIAL_REFERENCES = """CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name TEXT NOT NULL,
    srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL, description TEXT)"""
_CONTENTS = """CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT
    (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))"""
_GEOMETRY_COLUMNS = """CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT NOT NULL,
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
    m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name))"""


@dataclass(frozen=True)
class GeoPackage:
    """An open GeoPackage; see :class:`~tesoma_geo.annotations.database.Database`.

    Attributes
    ----------
    path
        The file.
    connection
        Open, and without transactions of its own accord.
    srs_id
        Number of the metric CRS in the file: its EPSG code where it has one.
    """

    path: Path
    connection: sqlite3.Connection
    srs_id: int

    @classmethod
    def open(cls, path: Path, crs: str, *, whole: bool = True) -> "GeoPackage":
        """Open the file, or make an empty one.

        Parameters
        ----------
        path
            The file.
        crs
            The metric CRS of the geometries.
        whole
            Refuse a file that is damaged.

        Returns
        -------
        GeoPackage

        Raises
        ------
        OutputError
            The folder cannot be written, or is in a result that is replaced as a whole.
        SourceError
            The file is no GeoPackage, no store, or damaged.
        """
        try:
            if not path.exists():
                refuse_within_result(path.resolve())
                path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as error:
            problem = f"{path} cannot be opened ({error})"
            raise OutputError(problem, "Name another place with moderation.store") from None
        try:
            _require_head(path)
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            columns = {row[1] for row in connection.execute("PRAGMA table_info(annotations)")}
        except sqlite3.DatabaseError as error:
            connection.close()
            raise SourceError(
                f"{path} is damaged, or no GeoPackage ({error})",
                "Put a copy back with tesoma-geo store restore, or name another one with moderation.store",
            ) from None
        if tables and not {"annotation_id", "respondent"} <= columns:
            connection.close()
            raise SourceError(
                f"{path} holds {min(tables)}, and is no store of annotations", "Name another one with moderation.store"
            )
        if whole and tables and (damage := damage_of(connection, path)):
            connection.close()
            raise SourceError(f"{path} is damaged ({damage})", RESTORE)
        return cls(path, connection, CRS.from_user_input(crs).to_epsg() or 100_000)

    @property
    def address(self) -> str:
        """The path."""
        return str(self.path)

    @contextmanager
    def transaction(self, *, sealed: bool = True) -> Iterator[None]:
        """All or nothing; one writer at a time.

        Parameters
        ----------
        sealed
            Whether the rows are sealed, which reads all of them; without it damage to the rows is not noticed until
            the next transaction that seals.

        Yields
        ------
        None

        Raises
        ------
        OutputError
            Somebody else has been writing for half a minute, or the file cannot be written, as on a full disk: nothing
            of the block is kept then.
        SourceError
            The file is damaged.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OutputError(f"{self.path} cannot be written ({error})", "Try again when nobody else writes") from None
        try:
            yield
            if sealed:
                seal(self.connection, self.path)
            self.connection.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):  # SQLite has taken it back itself, or does so when the file is opened
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                problem = f"{self.path} cannot be written ({error}); it is as it was before"
                raise OutputError(problem, "Make room on the disk, then try again") from None
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.IntegrityError):
                raise SourceError(f"{self.path} is damaged ({error})", RESTORE) from None
            raise

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
        return self.connection.execute(sql, values).rowcount

    def execute_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of the values.

        Parameters
        ----------
        sql
            One statement; parameters are ``?``.
        values
            The parameters of each run.
        """
        self.connection.executemany(sql, values)

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

        Raises
        ------
        SourceError
            The file is damaged.
        """
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if "malformed" in str(error) or "disk I/O" in str(error) or "decode" in str(error):
                raise SourceError(f"{self.path} is damaged ({error})", RESTORE) from None
            raise

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
        return bool(self.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)))

    def create(self, crs: str) -> None:
        """The tables of a GeoPackage and of the store.

        Parameters
        ----------
        crs
            The metric CRS of the geometries.
        """
        if self.has_tables():
            self._create_plain_tables()
            return
        self.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        self.execute(f"PRAGMA user_version = {_VERSION}")
        for statement in (_SPATIAL_REFERENCES, _CONTENTS, _GEOMETRY_COLUMNS):
            self.execute(statement)
        metric, wgs84 = CRS.from_user_input(crs), CRS.from_epsg(4326)
        references: list[tuple[Any, ...]] = [
            ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic", 0, "NONE", 0, "undefined", None),
            (wgs84.name, 4326, "EPSG", 4326, wgs84.to_wkt("WKT1_GDAL"), None),
            (metric.name, self.srs_id, "EPSG", self.srs_id, metric.to_wkt("WKT1_GDAL"), None),
        ]
        self.execute_many("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", references)
        columns = ", ".join(f"{name} {kind}" for name, kind in (CONTENT | MODERATION).items())
        self.execute(
            "CREATE TABLE annotations (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY NOT NULL, "
            f"annotation_id TEXT NOT NULL UNIQUE, {columns})"
        )
        self._register("annotations", "features")
        self.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('annotations', 'geom', 'GEOMETRY', ?, 0, 0)", (self.srs_id,)
        )
        self._create_plain_tables()

    def _create_plain_tables(self) -> None:
        """Those that are not there: all of them, or the newer ones in an older store."""
        for name, body in PLAIN_TABLES.items():
            if not self.has_table(name):
                self.execute(
                    f"CREATE TABLE {name} ({body.format(counting='id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL')})"
                )
                self._register(name, "attributes")

    def _register(self, table: str, kind: str) -> None:
        self.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, ?, ?, ?)",
            (table, kind, table, self.srs_id if kind == "features" else None),
        )

    def vacuum(self) -> None:
        """Write the file anew without what was deleted, and the copy beside it, which held it too.

        Raises
        ------
        OutputError
            There is no room: what was deleted is gone from the tables, but may still stand in the file.
        """
        try:
            self.connection.execute("VACUUM")
            with self.transaction():  # the seal counts writes of the file, and this was one
                pass
            beside = self.path.with_name(f"{self.path.name}.backup")
            if beside.is_file():
                copy_database(self.connection, beside, is_copy=True)
        except (sqlite3.OperationalError, OSError) as error:
            raise OutputError(
                f"{self.path} cannot be written anew ({error}); what was deleted may still be readable in it",
                "Make room on the disk, then do the same again",
            ) from None

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @property
    def geometry_in(self) -> str:
        """A parameter."""
        return "?"

    @property
    def geometry_out(self) -> str:
        """The column."""
        return "geom"

    def encode(self, geometry: shapely.Geometry) -> bytes:
        """GeoPackage binary: a header and WKB.

        Parameters
        ----------
        geometry
            In the workspace's metric CRS.

        Returns
        -------
        bytes
            Little endian, without an envelope, two dimensions.
        """
        body: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1)
        return _HEADER.pack(b"GP", 0, 0b0000_0001, self.srs_id) + body

    def decode(self, value: Any) -> shapely.Geometry:
        """The geometry behind the header.

        Parameters
        ----------
        value
            GeoPackage binary, with any envelope.

        Returns
        -------
        shapely.Geometry
            In the workspace's metric CRS.
        """
        envelope = _ENVELOPE_BYTES[(value[3] >> 1) & 0b111]
        return shapely.from_wkb(bytes(value[_HEADER.size + envelope :]))


def _require_head(path: Path) -> None:
    """Refuse a file that SQLite would take for an empty one, being too short."""
    with path.open("rb") as file:
        head = file.read(len(_HEAD))
    if head not in (b"", _HEAD):
        raise sqlite3.DatabaseError("file is not a database")
