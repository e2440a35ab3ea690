"""Vector layers: any file that GDAL, GeoParquet or a table of coordinates is, into the metric CRS."""

import os
import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from tesoma_geo._reading import guarded, guarded_apart
from tesoma_geo.errors import EmptySourceError, SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.sources import _delimited
from tesoma_geo.sources._condition import ConditionError, columns_of, matching_rows
from tesoma_geo.sources._placement import misplacement
from tesoma_geo.tables import LeftOut, Reading

_SPREADSHEETS = (".xlsx", ".xls", ".ods")
PARQUET_SUFFIXES = (".parquet", ".geoparquet", ".pq")


@guarded("a vector layer", "Export the layer again, and look at it in a map")
def read_layer(
    path: str | os.PathLike[str],
    *,
    key: str,
    crs: str,
    layer: str | None = None,
    where: str | None = None,
    lon: str | None = None,
    lat: str | None = None,
) -> Reading:
    """Read a vector layer into the metric CRS.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON, shapefile or another format of GDAL; GeoParquet; or delimited text or a
        spreadsheet with coordinate columns.
    key
        What the workspace calls it, for messages: ``district.area``.
    crs
        The metric CRS of the result.
    layer
        Which layer of a file that holds several.
    where
        A condition on the columns, such as ``planning_area == 'Tesoma'``.
    lon, lat
        Coordinate columns of delimited text or a spreadsheet; None guesses them from the usual names.

    Returns
    -------
    Reading
        All columns, valid geometries in ``crs``, rows numbered from 0; rows without geometry
        are left out and counted, repaired ones are noted.

    Raises
    ------
    SourceError
        The file cannot be read, has no such layer, no rows, no rows that fulfil ``where``, no
        geometry, no coordinate reference system, or coordinates that do not fit it.
    """
    file = Path(path)
    rows = read_rows(file, key=key, layer=layer, where=where)
    left_out: tuple[LeftOut, ...] = ()
    spreadsheet = file.suffix.lower() in _SPREADSHEETS and not isinstance(rows, gpd.GeoDataFrame)
    if spreadsheet or file.suffix.lower() in _delimited.SUFFIXES:
        placed = _delimited.place_rows(rows, f"{key}: {file}", crs, lon, lat)
        rows, left_out = placed.table, placed.left_out
    if not isinstance(rows, gpd.GeoDataFrame):
        raise SourceError(f"{key}: {file} holds rows without geometry", "Name a layer with points, lines or areas")
    rows, without = _with_geometry(rows, file, key)
    table, outside, notes = _in_metres(rows, file, key, crs)
    return Reading(table, left_out + without + outside, notes)


@guarded("a table", "Export the layer again, and look at it")
def read_rows(file: Path, *, key: str, layer: str | None = None, where: str | None = None) -> pd.DataFrame:
    """The rows of a file that fulfil a condition, with geometry where the file has one.

    Parameters
    ----------
    file
        In any format that GDAL reads, GeoParquet, or delimited text.
    key
        Key of the workspace, for messages.
    layer
        Which layer of a file that holds several.
    where
        A condition such as ``kind == 'school'``; None for all rows.

    Returns
    -------
    DataFrame or GeoDataFrame
        In the file's own CRS.

    Raises
    ------
    SourceError
        The file cannot be read, has no such layer, or no rows that fulfil ``where``.
    EmptySourceError
        It has no rows.
    """
    if not file.exists():
        raise SourceError(f"{key}: {file}: there is no such file", "Put it there, or correct the path")
    rows = _read(file, key, layer)
    if rows.empty:
        raise EmptySourceError(f"{key}: {file} is empty: it has no rows", "Export the layer again")
    if where is None:
        return rows
    try:
        chosen = matching_rows(rows, where)
    except ConditionError as error:
        raise SourceError(
            f"{key}.where: {where!r} cannot be used: {error}. The columns of {file.name}: {_columns(rows)}",
            _nearest_columns(where, rows)
            or "Write a comparison of a column with a value, such as planning_area == 'Tesoma'",
        ) from None
    if not chosen.any():
        known = "; ".join(f"{column} holds {_some_values(rows[column])}" for column in columns_of(where))
        raise SourceError(
            f"{key}.where: {where!r} matches none of the {len(rows)} rows; {known}",
            _nearest_value(where, rows) or "Correct the condition",
        )
    return rows[chosen]


@guarded_apart(
    "a vector layer",
    "Name a GeoPackage, GeoJSON, GeoParquet, shapefile or CSV; it may also be cut off or damaged",
    small_too=False,
)
def _read(file: Path, key: str, layer: str | None) -> pd.DataFrame:
    suffix = file.suffix.lower()
    if suffix in _delimited.SUFFIXES:
        return _delimited.read_delimited(file, key)
    try:
        if suffix in PARQUET_SUFFIXES:
            return _read_parquet(file)
        rows: pd.DataFrame = gpd.read_file(file, layer=_layer_of(file, key, layer))
        return rows
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            f"{key}: {file} cannot be read as a vector layer ({error})",
            "Name a GeoPackage, GeoJSON, GeoParquet, shapefile or CSV; it may also be cut off",
        ) from None


def _read_parquet(file: Path) -> pd.DataFrame:
    try:
        rows: pd.DataFrame = gpd.read_parquet(file)
    except ValueError:  # Parquet without geometry: cell ids, for example
        return pd.read_parquet(file)
    return rows


def _layer_of(file: Path, key: str, layer: str | None) -> str | None:
    """The layer to read: the named one, or the only one with geometries."""
    there = pyogrio.list_layers(file)
    names = [str(name) for name in there[:, 0]]
    if layer is not None:
        if layer not in names:
            raise SourceError(
                f"{key}.layer: {file} has no layer {layer!r}; it has {', '.join(names)}",
                did_you_mean(layer, names) or "Name one",
            )
        return layer
    spatial = [str(name) for name, geometry in there if geometry is not None]
    if len(spatial) > 1:
        raise SourceError(f"{key}: {file} holds several layers: {', '.join(spatial)}", 'Choose one with layer = "…"')
    if not spatial and len(names) > 1 and file.suffix.lower() in _SPREADSHEETS:
        raise SourceError(f"{key}: {file} holds several sheets: {', '.join(names)}", 'Choose one with layer = "…"')
    return spatial[0] if spatial else None


def _with_geometry(rows: gpd.GeoDataFrame, file: Path, key: str) -> tuple[gpd.GeoDataFrame, tuple[LeftOut, ...]]:
    present = ~(rows.geometry.isna() | rows.geometry.is_empty).to_numpy()
    if not present.any():
        raise SourceError(f"{key}: none of the {len(rows)} rows of {file} has a geometry", "Export the layer again")
    if present.all():
        return rows, ()
    return rows[present], (LeftOut("rows", "no geometry", int((~present).sum())),)


def _in_metres(
    rows: gpd.GeoDataFrame, file: Path, key: str, crs: str
) -> tuple[gpd.GeoDataFrame, tuple[LeftOut, ...], tuple[str, ...]]:
    """The rows in the metric CRS with valid geometries, what does not fit it, and what was repaired."""
    if rows.crs is None:
        raise SourceError(
            f"{key}: {file} does not say which coordinate reference system it is in",
            f"Save it with its system, such as {crs}",
        )
    geometry = shapely.force_2d(rows.geometry.to_numpy())
    corners = shapely.bounds(geometry)
    wrong = misplacement(corners[:, 0], corners[:, 1], rows.crs, crs)
    if wrong is not None:
        raise SourceError(f"{key}: {file} {wrong[0]}", wrong[1])
    attributes = rows.drop(columns=rows.geometry.name)
    rows = gpd.GeoDataFrame(attributes, geometry=geometry, crs=rows.crs).to_crs(crs)
    projected = np.isfinite(shapely.bounds(rows.geometry.to_numpy())).all(axis=1)
    outside = LeftOut("rows", f"coordinates that {crs} cannot hold", int((~projected).sum()))
    rows = rows[projected].reset_index(drop=True)
    geometry = rows.geometry.to_numpy()
    invalid = ~shapely.is_valid(geometry)
    if invalid.any():
        geometry[invalid] = shapely.make_valid(geometry[invalid], method="structure", keep_collapsed=False)
        rows = rows.set_geometry(geometry, crs=crs)
    note = f"{int(invalid.sum())} of {len(rows)} geometries were invalid and were repaired"
    return rows, (outside,) if outside.count else (), (note,) if invalid.any() else ()


def _nearest_columns(where: str, rows: pd.DataFrame) -> str:
    """A remedy for misspelt columns of a condition; empty where it is no condition, or nothing is near."""
    try:
        named = columns_of(where)
    except ConditionError:
        return ""
    there = [str(column) for column in rows.columns if column != "geometry"]
    return next((remedy for name in named if name not in there and (remedy := did_you_mean(name, there))), "")


def _nearest_value(where: str, rows: pd.DataFrame) -> str:
    """A remedy for a misspelt value of a condition on texts; empty where nothing is near."""
    values = [text for pair in re.findall(r"'([^']*)'|\"([^\"]*)\"", where) for text in pair if text]
    for column in columns_of(where):
        if pd.api.types.is_numeric_dtype(rows[column]):
            continue
        there = [str(value) for value in rows[column].dropna().unique()]
        for value in values:
            if value not in there and (remedy := did_you_mean(value, there)):
                return remedy
    return ""


def _columns(rows: pd.DataFrame) -> str:
    return ", ".join(str(column) for column in rows.columns if column != "geometry")


def _some_values(column: "pd.Series[Any]") -> str:
    values = column.dropna().unique()
    shown = ", ".join(repr(str(value) if isinstance(value, str) else value) for value in values[:5])
    return f"{shown}{', …' if len(values) > 5 else ''}" if len(values) else "no values"
