"""Ground elevation from a raster, and what stands above or runs below the ground."""

import os
from pathlib import Path

import numpy as np
import rasterio
import scipy.sparse as sp
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.errors import RasterioError
from rasterio.windows import Window
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from tesoma_geo.errors import SourceError

#: Land on Earth lies between the Dead Sea's shore and Mount Everest; in metres, with some room.
_PLAUSIBLE_M = (-500.0, 9000.0)


def sample(
    path: str | os.PathLike[str], x: NDArray[np.float64], y: NDArray[np.float64], crs: str, *, key: str
) -> NDArray[np.float32]:
    """Elevation at points, bilinear between the middles of the raster's cells.

    Next to cells without data the weights of the cells with data are scaled up; within a cell
    without data the elevation is unknown. Only the window around the points is read.

    Parameters
    ----------
    path
        A raster that GDAL reads, its first band in metres, in any coordinate reference system.
    x, y
        Points in ``crs``, shape (n,).
    crs
        CRS of the points.
    key
        What the workspace calls the raster, for messages.

    Returns
    -------
    ndarray of float32
        Metres, NaN where the raster has no data or does not reach, shape (n,).

    Raises
    ------
    SourceError
        The raster cannot be read, has no CRS, covers none of the points, or does not hold elevations.
    """
    if not Path(path).is_file():
        raise SourceError(f"{key}: {path}: there is no such file", "Put it there, or correct the path")
    try:
        with rasterio.open(path) as raster:
            if raster.crs is None:
                raise SourceError(
                    f"{key}: {path} does not say which coordinate reference system it is in",
                    f"Save it with its system, such as {crs}",
                )
            column, row = _cell_positions(raster, x, y, crs)
            inside = (column >= 0) & (column < raster.width) & (row >= 0) & (row < raster.height)
            if not inside.any():
                raise SourceError(_does_not_cover(raster, path, x, y, crs, key), "Name a raster of the district")
            elevation_m = np.full(len(column), np.nan)
            elevation_m[inside] = _bilinear(raster, column[inside], row[inside])
    except RasterioError as error:
        raise SourceError(
            f"{key}: {path} cannot be read as a raster ({error})", "Name a GeoTIFF; it may also be cut off"
        ) from None
    low, high = np.nanmin(elevation_m, initial=0.0), np.nanmax(elevation_m, initial=0.0)
    if low < _PLAUSIBLE_M[0] or high > _PLAUSIBLE_M[1]:
        raise SourceError(
            f"{key}: {path} holds values from {low:.10g} to {high:.10g}, which are not elevations in metres",
            "Name an elevation raster in metres, and say in it which value stands for no data",
        )
    return elevation_m.astype(np.float32)


def _cell_positions(
    raster: rasterio.DatasetReader, x: NDArray[np.float64], y: NDArray[np.float64], crs: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fractional columns and rows of points; the middle of the first cell is (0.5, 0.5)."""
    easting, northing = Transformer.from_crs(crs, raster.crs.to_wkt(), always_xy=True).transform(x, y)
    return _transformed(~raster.transform, np.asarray(easting), np.asarray(northing))


def _transformed(
    transform: rasterio.Affine, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f


def _bilinear(
    raster: rasterio.DatasetReader, column: NDArray[np.float64], row: NDArray[np.float64]
) -> NDArray[np.float64]:
    left, top = np.floor(column - 0.5).astype(int), np.floor(row - 0.5).astype(int)
    west, north = max(left.min(), 0), max(top.min(), 0)
    east, south = min(left.max() + 2, raster.width), min(top.max() + 2, raster.height)
    band = raster.read(1, window=Window(west, north, east - west, south - north), masked=True)
    cells = np.ma.filled(band.astype(np.float64) * raster.scales[0] + raster.offsets[0], np.nan)
    cells = np.pad(cells, 1, constant_values=np.nan)  # so that the outermost cells have neighbours
    left_in, top_in = left - west + 1, top - north + 1
    right_share, bottom_share = column - 0.5 - left, row - 0.5 - top
    total, weight = np.zeros(len(column)), np.zeros(len(column))
    for down in (0, 1):
        for right in (0, 1):
            value = cells[top_in + down, left_in + right]
            share = np.where(right, right_share, 1 - right_share) * np.where(down, bottom_share, 1 - bottom_share)
            total += np.where(np.isnan(value), 0.0, value * share)
            weight += np.where(np.isnan(value), 0.0, share)
    own = cells[np.floor(row).astype(int) - north + 1, np.floor(column).astype(int) - west + 1]
    return np.where(np.isnan(own), np.nan, total / np.where(weight > 0, weight, 1.0))


def _does_not_cover(
    raster: rasterio.DatasetReader,
    path: str | os.PathLike[str],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    crs: str,
    key: str,
) -> str:
    columns, rows = np.array([[0.0, raster.width] * 2, [0.0, 0.0, raster.height, raster.height]])
    corners = _transformed(raster.transform, columns, rows)
    raster_x, raster_y = Transformer.from_crs(raster.crs.to_wkt(), crs, always_xy=True).transform(*corners)
    return (
        f"{key}: {path} does not cover the area: it reaches {_extent(raster_x, raster_y)}, "
        f"the area {_extent(x, y)} ({crs})"
    )


def _extent(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    return f"from x {np.min(x):.0f} to {np.max(x):.0f} and from y {np.min(y):.0f} to {np.max(y):.0f}"


def level_bridges(
    elevation_m: NDArray[np.float32],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    length_m: NDArray[np.float32],
    follows_ground: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Elevation with bridges and tunnels running straight between their ends.

    Nodes that touch nothing but structure take the elevation that changes evenly along it: linear
    on a single bridge, and where structures branch, as a net under tension would hang (each node
    is the mean of its neighbours, weighted by closeness). A structure without an end on ground of
    known elevation keeps the ground's.

    Parameters
    ----------
    elevation_m
        Ground elevation of the nodes, NaN where unknown, shape (n,).
    tail, head, length_m
        Edges as node indices and their lengths, shape (m,).
    follows_ground
        False for edges on a bridge or in a tunnel, shape (m,).

    Returns
    -------
    ndarray of float32
        Shape (n,); the ends of structures keep the elevation of the ground.
    """
    n = len(elevation_m)
    on_ground = np.zeros(n, bool)
    on_ground[tail[follows_ground]] = on_ground[head[follows_ground]] = True
    unknown_end = on_ground & np.isnan(elevation_m)
    built = ~follows_ground & ~unknown_end[tail] & ~unknown_end[head]
    ends = np.concatenate([tail[built], head[built]]), np.concatenate([head[built], tail[built]])
    closeness = np.tile(1.0 / np.maximum(length_m[built].astype(np.float64), 0.01), 2)
    links = sp.csr_array((closeness, ends), shape=(n, n))
    held = on_ground & ~unknown_end
    _, structure = connected_components(links, directed=False)
    between = ~on_ground & np.isin(structure, structure[held])
    if not between.any():
        return elevation_m
    total: sp.dia_array = sp.diags_array(links.sum(axis=1)[between])
    system = sp.csc_array(total - links[between][:, between])
    pulled = links[between][:, held] @ elevation_m[held].astype(np.float64)
    levelled = elevation_m.copy()
    levelled[between] = spsolve(system, pulled)
    return levelled
