"""Delimited text (CSV): its encoding, its delimiter, its decimal comma and its coordinate columns."""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources._placement import fits, misplacement
from tesoma_geo.tables import LeftOut, Reading

SUFFIXES = (".csv", ".tsv", ".txt")

#: How files begin that are no text.
_OTHER_FORMS = {
    b"PK\x03\x04": "a spreadsheet or a zip file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"SQLite format 3": "a GeoPackage",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "packed with gzip",
}

#: With this line spreadsheets are told what stands between values.
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
#: Column names that stand for longitude or easting, and for latitude or northing, best first.
_LON_NAMES = ("lon", "longitude", "lng", "long", "pituus", "pituusaste", "x", "easting", "e", "ita")
_LAT_NAMES = ("lat", "latitude", "leveys", "leveysaste", "y", "northing", "n", "pohjoinen")
#: What exports put around those names: ``coord_x``, ``x_koordinaatti``, ``wgs84_lon``.
_DECORATION = re.compile(r"wgs84|etrs|tm35fin|epsg\d+|coordinates?|coords?|koordinaatti|koord|point|location|[^a-z]")


def read_delimited(file: Path, key: str, ids: Iterable[str] = ()) -> pd.DataFrame:
    """A table from delimited text in UTF-8, UTF-16, or in the Windows encoding of western Europe.

    Columns with numbers such as 007 stay text: they are ids. A row with more fields than the header is refused, since
    its values would stand in the wrong columns.

    Parameters
    ----------
    file
        The file.
    key
        What names it in messages: a key of the workspace; empty for the file alone.
    ids
        Columns that are read as text whatever they hold.

    Returns
    -------
    DataFrame
        A row a line of the file.

    Raises
    ------
    SourceError
        The file cannot be read or is not a table.
    """
    named = f"{key}: {file}" if key else str(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{named} cannot be read ({error.strerror})", "Correct the path") from None
    text = _decoded(content, named)
    said = _SEPARATOR_LINE.match(text)
    text, delimiter = (text[said.end() :], said[1]) if said else (text, _delimiter(text))
    as_text = [*ids, *_checked_columns(text, delimiter, named)]
    try:
        return pd.read_csv(
            StringIO(text), sep=delimiter, decimal="," if delimiter == ";" else ".", skipinitialspace=True,
            dtype=dict.fromkeys(as_text, str), index_col=False,
        )  # fmt: skip
    except (ValueError, pd.errors.ParserError) as error:
        raise SourceError(
            f"{named} is not a table with a header row ({error})", "Save it as CSV with a header"
        ) from None


def _decoded(content: bytes, named: str) -> str:
    text = _text(content, named)
    if "\x00" in text:
        raise SourceError(f"{named} holds zero bytes, which are no text", "Save it as CSV in UTF-8")
    # A carriage return alone ended lines on old systems, and does in some exports.
    return text if "\n" in text else text.replace("\r", "\n")


def _text(content: bytes, named: str) -> str:
    for begins, what in _OTHER_FORMS.items():
        if content.startswith(begins):
            raise SourceError(f"{named} is {what}, whatever its name says", "Save it as CSV, or name it as what it is")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _checked_columns(text: str, delimiter: str, named: str) -> list[str]:
    """The columns of numbers that begin with zeros; a row with more fields than the header is refused."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        header = next(rows, [])
        zeros, others = [False] * len(header), [False] * len(header)
        for row in rows:
            if any(row[len(header) :]):
                raise SourceError(
                    f"{named}: line {rows.line_num} has {len(row)} fields, and the header {len(header)}",
                    "Correct the header, or put values with commas into quotation marks",
                )
            for at, value in enumerate(row[: len(header)]):
                zeros[at] |= len(value) > 1 and value[0] == "0" and value.isdecimal()
                others[at] |= bool(value) and not value.isdecimal()
    except csv.Error as error:
        raise SourceError(
            f"{named} is not a table with a header row ({error})", "Save it as CSV with a header"
        ) from None
    return [name for name, zero, other in zip(header, zeros, others, strict=True) if zero and not other]


def place_rows(table: pd.DataFrame, source: str, crs: str, lon: str | None, lat: str | None) -> Reading:
    """Points from coordinate columns: degrees, or metres of ``crs``; rows without them are counted.

    Parameters
    ----------
    table, source
        The table and where it came from, for messages.
    crs
        The workspace's metric CRS.
    lon, lat
        Names of the columns; None guesses them from the usual names.

    Returns
    -------
    Reading
        Points in WGS 84 or in ``crs``, and how many rows were left out.

    Raises
    ------
    SourceError
        There are no such columns, no row has coordinates, or they are neither degrees nor metres
        of ``crs``, or swapped.
    """
    x_name, y_name = _coordinate_columns(table, source, lon, lat)
    x, y = _numbers(table[x_name]), _numbers(table[y_name])
    # Exports write missing coordinates as 0, 0.
    given = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    if not given.any():
        raise SourceError(
            f"{source}: no row has numbers in columns {x_name!r} and {y_name!r}",
            "Name the coordinate columns with lon = … and lat = …",
        )
    degrees, metres = fits(x, y, WGS84, crs) & given, fits(x, y, crs, crs) & given
    source_crs, placed = (WGS84, degrees) if degrees.sum() >= metres.sum() else (crs, metres)
    if not placed.any():
        looks_like = WGS84 if (np.abs(x[given]) <= 180).all() and (np.abs(y[given]) <= 180).all() else crs
        problem, remedy = misplacement(x[given], y[given], looks_like, crs) or ("", "")
        if "swapped" in problem:
            remedy = f"Name them with lon = {y_name!r} and lat = {x_name!r}"
        raise SourceError(f"{source}, columns {x_name!r} and {y_name!r}: {problem}", remedy)
    points = gpd.points_from_xy(x[placed], y[placed], crs=source_crs)
    rows = gpd.GeoDataFrame(table[placed], geometry=points)
    left_out = [
        LeftOut("rows", reason, int(mask.sum()), tuple(f"line {row + 2}" for row in table.index[mask][:3]))
        for reason, mask in (
            (f"no coordinates in {x_name} and {y_name}", ~given),
            (f"coordinates outside the area where {crs} is used", given & ~placed),
        )
        if mask.any()
    ]
    return Reading(rows, tuple(left_out))


def _delimiter(text: str) -> str:
    """The delimiter of the header row: the candidate that splits it into most columns."""
    header = text.split("\n", 1)[0]
    return max(";\t,|", key=lambda candidate: len(next(csv.reader([header], delimiter=candidate), [])))


def _coordinate_columns(table: pd.DataFrame, source: str, lon: str | None, lat: str | None) -> tuple[str, str]:
    named = (lon or _guess(table, _LON_NAMES), lat or _guess(table, _LAT_NAMES))
    missing = [name for name in named if name is not None and name not in table.columns]
    if missing or named[0] is None or named[1] is None:
        columns = ", ".join(map(str, table.columns)) or "none"
        problem = f"there is no column {missing[0]!r}" if missing else "there are no coordinate columns"
        near = did_you_mean(missing[0], map(str, table.columns)) if missing else ""
        raise SourceError(
            f"{source}: {problem}; its columns are {columns}",
            near or "Name the columns with lon = … and lat = …, or save the layer as GeoPackage or GeoJSON",
        )
    refuse_repeated(table, [named[0], named[1]], source)
    return named[0], named[1]


def refuse_repeated(table: pd.DataFrame, columns: Iterable[str], source: str) -> None:
    """Refuse columns whose name the header holds twice: nobody can tell which is meant.

    Parameters
    ----------
    table
        As :func:`read_delimited` returns it: of columns of one name all but the first have a number behind it.
    columns
        Those that are used.
    source
        Where the table came from, for messages.

    Raises
    ------
    SourceError
        A name stands twice.
    """
    twice = [name for name in columns if f"{name}.1" in table.columns]
    if twice:
        raise SourceError(f"{source}: several columns are called {twice[0]!r}", "Give each column a name of its own")


def has_coordinates(table: pd.DataFrame) -> bool:
    """Whether a table has columns whose names stand for coordinates.

    Parameters
    ----------
    table
        As :func:`read_delimited` returns it.

    Returns
    -------
    bool
    """
    return _guess(table, _LON_NAMES) is not None and _guess(table, _LAT_NAMES) is not None


def _guess(table: pd.DataFrame, names: tuple[str, ...]) -> str | None:
    bare = {_DECORATION.sub("", str(column).lower().replace("ä", "a")): str(column) for column in table.columns}
    return next((bare[name] for name in names if name in bare), None)


def _numbers(column: "pd.Series[Any]") -> NDArray[np.float64]:
    """Numbers, whether the decimals stand behind a point or a comma; NaN for anything else."""
    if not pd.api.types.is_numeric_dtype(column):
        column = column.astype(str).str.replace(r"\s", "", regex=True).str.replace(",", ".", regex=False)
    return pd.to_numeric(column, errors="coerce").to_numpy(np.float64)
