"""Residents from a raster of counts, such as GHS-POP or WorldPop: laid on the squares of the metric system."""

import math
import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.errors import RasterioError
from rasterio.windows import Window

from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.raster_band import system_of
from tesoma_geo.tables import ORIGINS, LeftOut, Reading, checked

#: A window of a city is far smaller; what is larger is a mistake.
MOST_CELLS = 20_000_000
#: A cell of the raster is divided so often each way at most.
_MOST_PARTS = 16


@guarded_apart("a raster of residents", "Name a raster with one band of residents by cell")
def read_raster(
    path: str | os.PathLike[str], *, key: str, crs: str, cell_m: float, within: shapely.Geometry
) -> Reading:
    """Read a raster of residents by cell; those of a cell stand evenly in it.

    Cells are divided into parts no larger than half of ``cell_m``. Of a part whose middle lies outside the area nothing
    counts; the others are summed by square, and the sum is rounded to whole residents by largest remainder, so that no
    resident comes or goes by rounding.

    Parameters
    ----------
    path
        One band: residents by cell, not by square kilometre.
    key
        The key of the workspace that names it, for messages.
    crs
        The metric CRS of the result.
    cell_m
        Side of the squares that origins stand for; their corners are multiples of it.
    within
        The area, in ``crs``.

    Returns
    -------
    Reading
        :data:`~tesoma_geo.tables.ORIGINS`, at the middles of squares; ``area_code`` is empty.

    Raises
    ------
    SourceError
        The raster cannot be read, has no system or several bands, holds what is no number of residents, or has nobody
        in the area.
    """
    named = f"{key}: {Path(path)}"
    try:
        with rasterio.open(path) as raster:
            if raster.count != 1 or raster.crs is None or raster.dtypes[0].startswith("complex"):
                raise SourceError(
                    f"{named} is no raster of one band with a coordinate reference system",
                    "Name a raster with one band of residents by cell",
                )
            system = system_of(raster, named)
            there = Transformer.from_crs(crs, system, always_xy=True)
            window = _window(raster, _box_there(within, there), named)
            counts = raster.read(1, window=window, masked=True).astype(np.float64).filled(np.nan)
            transform = raster.window_transform(window)
    except RasterioError as error:
        raise SourceError(f"{named} cannot be read as a raster ({error})", "Correct the path") from None
    if np.any(counts < 0) or np.any(np.isinf(counts)):
        raise SourceError(
            f"{named} holds {np.nanmin(counts):g}, which is no number of residents",
            "Save it with its value for no data, or name a raster of residents by cell",
        )
    back = Transformer.from_crs(system, crs, always_xy=True)
    squares = _squares(counts, transform, back, cell_m, within)
    if not squares["residents"].sum() >= 0.5:
        raise SourceError(f"{named} has no residents in the study area", "Name a raster that covers the district")
    whole = _whole(squares["residents"].to_numpy())
    origins = gpd.GeoDataFrame(
        {
            "origin_id": pd.array(
                [f"E{x * cell_m:.0f}N{y * cell_m:.0f}" for x, y in zip(squares["x"], squares["y"], strict=True)],
                dtype="str",
            ),
            "population": whole,
            "area_code": "",
        },
        geometry=shapely.points((squares["x"] + 0.5) * cell_m, (squares["y"] + 0.5) * cell_m),
        crs=crs,
    )[whole > 0]
    few = int((whole == 0).sum())
    left = (LeftOut("population cells", "less than half a resident would live there", few),) if few else ()
    unknown = int(np.isnan(counts).sum())
    notes = (f"{unknown:,} cells of the raster around the district hold no data: nobody is counted there",)
    ordered = origins.sort_values("origin_id", ignore_index=True)
    return Reading(checked(ordered, ORIGINS, str(path)), left, notes if unknown else ())


def _box_there(within: shapely.Geometry, there: Transformer) -> tuple[float, float, float, float]:
    west, south, east, north = within.bounds
    return there.transform_bounds(west, south, east, north, 21)


def _window(raster: rasterio.DatasetReader, bounds: tuple[float, float, float, float], named: str) -> Window:
    """Whole cells of the raster that a box meets."""
    corners = [~raster.transform @ (x, y) for x in bounds[::2] for y in bounds[1::2]]
    columns, rows = zip(*corners, strict=True)
    left, top = max(math.floor(min(columns)), 0), max(math.floor(min(rows)), 0)
    right, bottom = min(math.ceil(max(columns)), raster.width), min(math.ceil(max(rows)), raster.height)
    if right <= left or bottom <= top:
        raise SourceError(f"{named} does not cover the study area", "Name a raster that covers the district")
    if (right - left) * (bottom - top) > MOST_CELLS:
        raise SourceError(
            f"{named} has {(right - left) * (bottom - top) / 1e6:.0f} million cells in the study area",
            "Name a coarser raster",
        )
    return Window(left, top, right - left, bottom - top)


def _squares(
    counts: NDArray[np.float64], transform: rasterio.Affine, back: Transformer, cell_m: float, within: shapely.Geometry
) -> pd.DataFrame:
    """Residents by square: ``x`` and ``y`` count squares from the origin of the system."""
    row, column = np.nonzero(counts > 0)
    residents = counts[row, column]
    if not len(residents):
        return pd.DataFrame({"x": [], "y": [], "residents": []})
    parts = _parts(transform, back, cell_m, float(column[0]), float(row[0]))
    steps = (np.arange(parts) + 0.5) / parts
    across, down = (grid.ravel() for grid in np.meshgrid(steps, steps))
    columns, rows = (column[:, None] + across).ravel(), (row[:, None] + down).ravel()
    x, y = back.transform(*(transform @ (columns, rows)))
    inside = shapely.contains_xy(within, x, y)
    return (
        pd.DataFrame({
            "x": np.floor(x[inside] / cell_m).astype(np.int64),
            "y": np.floor(y[inside] / cell_m).astype(np.int64),
            "residents": np.repeat(residents / parts**2, parts**2)[inside],
        })
        .groupby(["x", "y"], sort=True, as_index=False)
        .sum()
    )  # fmt: skip


def _parts(transform: rasterio.Affine, back: Transformer, cell_m: float, column: float, row: float) -> int:
    """Into how many parts a side of a cell is divided."""
    x, y = back.transform(*(transform @ (np.array([column, column + 1, column]), np.array([row, row, row + 1]))))
    longest = max(math.hypot(x[1] - x[0], y[1] - y[0]), math.hypot(x[2] - x[0], y[2] - y[0]))
    return min(max(math.ceil(2 * longest / cell_m), 1), _MOST_PARTS)


def _whole(residents: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole residents with the same sum, rounded, by largest remainder; the first of equals goes first."""
    whole = np.floor(residents).astype(np.int64)
    missing = int(np.rint(residents.sum())) - int(whole.sum())
    whole[np.argsort(-(residents - whole), kind="stable")[:missing]] += 1
    return whole
