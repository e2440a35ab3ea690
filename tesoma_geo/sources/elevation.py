"""Ground elevation from a raster: as it is, and as a surface that slopes over a length the raster can tell."""

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.exceptions import ProjError
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.windows import Window

from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.bilinear import bilinear
from tesoma_geo.sources.raster_band import BandUnit, band_unit, refuse_what_is_no_elevation

Array = NDArray[np.float64]

#: Land on Earth lies between the Dead Sea's shore and Mount Everest; in metres, with some room.
_PLAUSIBLE_M = (-500.0, 9000.0)
#: Shortest length that a grade is told over. Ramps are limited run by run: 30 in of rise at 1:12, 9.1 m, in the ADA
#: Standards 2010 (405.6); 1 m of rise at 8 %, 12.5 m, by Invalidiliitto. Project Sidewalk takes 10 m.
SHORTEST_RUN_M = 10.0
#: Cells of a raster that a run spans at least: between two cells alone, half of a difference may be noise.
CELLS_A_RUN = 2.0
#: Finer cells are averaged to about this size when read: a run of 10 m wants no finer ones.
FINEST_CELL_M = 2.0
#: A cell this far above, or below, all its neighbours is an error of the model, in metres and in sides of a cell.
SPIKE_M, SPIKE_CELLS = 2.0, 0.5
#: So far around the points a raster is read, in runs: what smoothing and a shift of the raster may reach for.
MARGIN_RUNS = 3.0


@dataclass(frozen=True, eq=False)
class GroundSurface:
    """The ground around some points, from a raster.

    Attributes
    ----------
    cells
        Metres above sea level by row and column, NaN where there is no data, shape (rows, columns).
    transform
        From the raster's coordinates to fractional columns and rows; the middle of the first cell is (0.5, 0.5).
    crs, raster_crs
        The metric CRS that points are asked in, and the raster's as WKT.
    cell_m
        Width and height of a cell in metres on the ground.
    native_cell_m
        The longer side of a cell of the file.
    unit
        What a value of the band is.
    whole
        Whether the values that the file holds are whole numbers, and how many metres one step is.
    dtype
        Of the band, as rasterio names it.
    mended
        Cells that stood out of all their neighbours, or held what no land on Earth has, and do so no more.
    """

    cells: NDArray[np.float32]
    transform: rasterio.Affine
    crs: str
    raster_crs: str
    cell_m: tuple[float, float]
    native_cell_m: float
    unit: BandUnit
    whole: float | None
    dtype: str
    mended: int = 0

    @property
    def run_m(self) -> float:
        """Length that a grade is told over: two cells at least, and no less than a run of a ramp."""
        return max(SHORTEST_RUN_M, CELLS_A_RUN * self.native_cell_m)

    def at(self, x: Array, y: Array) -> Array:
        """Elevation at points, bilinear between the middles of cells.

        Next to cells without data the weights of the cells with data are scaled up; within a cell without data, and
        outside the raster, the elevation is unknown.

        Parameters
        ----------
        x, y
            Points in ``crs``, metres, shape (n,).

        Returns
        -------
        float64 array of shape (n,)
            Metres, NaN where unknown.
        """
        column, row = self.positions(x, y)
        return bilinear(self.cells, self.cells, column, row)

    def over_runs(self, x: Array, y: Array) -> Array:
        """Elevation at points of the surface smoothed so that its slope is that over about ``run_m``.

        A Gaussian with a standard deviation of half a run. A plane stays the plane that it is, to the very edge of the
        data: the surface is continued there by its mirror image through the outermost cell.

        Parameters
        ----------
        x, y
            Points in ``crs``, metres, shape (n,).

        Returns
        -------
        float64 array of shape (n,)
            Metres, NaN where :meth:`at` is.
        """
        column, row = self.positions(x, y)
        return bilinear(self._smoothed, self.cells, column, row)

    def both(self, x: Array, y: Array) -> tuple[Array, Array]:
        """What :meth:`at` and :meth:`over_runs` tell of the same points.

        Parameters
        ----------
        x, y
            As there.

        Returns
        -------
        tuple of float64 arrays of shape (n,)
        """
        column, row = self.positions(x, y)
        return bilinear(self.cells, self.cells, column, row), bilinear(self._smoothed, self.cells, column, row)

    def positions(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Fractional columns and rows of points.

        Parameters
        ----------
        x, y
            Points in ``crs``, metres, shape (n,).

        Returns
        -------
        tuple of float64 arrays of shape (n,)
            Columns and rows of ``cells``.
        """
        easting, northing = Transformer.from_crs(self.crs, self.raster_crs, always_xy=True).transform(x, y)
        return _transformed(self.transform, np.asarray(easting), np.asarray(northing))

    @cached_property
    def _smoothed(self) -> NDArray[np.float32]:
        from scipy.ndimage import gaussian_filter

        width_m, height_m = self.cell_m
        sigma = self.run_m / 2.0 / height_m, self.run_m / 2.0 / width_m
        rows, columns = (int(np.ceil(3.0 * one)) for one in sigma)
        wide = _continued(np.pad(self.cells, ((rows, rows), (columns, columns)), constant_values=np.nan))
        smooth = gaussian_filter(wide, sigma, mode="nearest", truncate=3.0)
        kept = smooth[rows : rows + len(self.cells), columns : columns + self.cells.shape[1]]
        return np.ascontiguousarray(kept)


@guarded_apart("a raster", "Name a GeoTIFF; it may also be cut off or damaged", small_too=False)
def read_surface(path: str | os.PathLike[str], x: Array, y: Array, crs: str, *, key: str) -> GroundSurface:
    """The ground around points.

    Parameters
    ----------
    path
        A raster that GDAL reads: one band of heights with any unit of length, in any system that is tied to the Earth.
    x, y
        Points in ``crs``, metres, shape (n,).
    crs
        Metric CRS of the points.
    key
        What the workspace calls the raster, for messages.

    Returns
    -------
    GroundSurface
        In metres. Only the window around the points is read; cells much finer than a run are averaged.

    Raises
    ------
    SourceError
        The raster cannot be read, is a picture, has no CRS that is tied to the Earth, covers none of the points, or
        does not hold elevations.
    """
    named = f"{key}: {path}"
    if not Path(path).is_file():
        raise SourceError(f"{named}: there is no such file", "Put it there, or correct the path")
    try:
        with rasterio.open(path) as raster:
            refuse_what_is_no_elevation(raster, named)
            return _read(raster, x, y, crs, named)
    except RasterioError as error:
        raise SourceError(
            f"{named} cannot be read as a raster ({error})", "Name a GeoTIFF; it may also be cut off"
        ) from None
    except ProjError as error:
        raise SourceError(
            f"{named} is in a system that no way leads to from {crs} ({error})",
            f"Save it with the system of the country or of the world, such as {crs}",
        ) from None


def sample(path: str | os.PathLike[str], x: Array, y: Array, crs: str, *, key: str) -> NDArray[np.float32]:
    """Elevation at points as the raster has it; see :func:`read_surface` and :meth:`GroundSurface.at`.

    Parameters
    ----------
    path
        The raster.
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
        As :func:`read_surface`.
    """
    return read_surface(path, x, y, crs, key=key).at(x, y).astype(np.float32)


def _read(raster: rasterio.DatasetReader, x: Array, y: Array, crs: str, named: str) -> GroundSurface:
    unit = band_unit(raster, named)
    wkt, to_cells = raster.crs.to_wkt(), ~raster.transform
    whole_raster = GroundSurface(
        np.empty((0, 0), np.float32), to_cells, crs, wkt, (1.0, 1.0), 1.0, unit, None, raster.dtypes[0]
    )
    column, row = whole_raster.positions(x, y)
    inside = (column >= 0) & (column < raster.width) & (row >= 0) & (row < raster.height)
    if not inside.any():
        raise SourceError(_does_not_cover(raster, x, y, crs, named), "Name a raster of the district")
    cell_m = _cell_m(raster, crs, float(np.median(column[inside])), float(np.median(row[inside])))
    around = MARGIN_RUNS * max(SHORTEST_RUN_M, CELLS_A_RUN * max(cell_m))
    window = _window(raster, column[inside], row[inside], (around / cell_m[0], around / cell_m[1]))
    step = max(1, int(FINEST_CELL_M // max(cell_m)))
    cells, whole = _cells(raster, window, step, unit)
    to_window = rasterio.Affine.scale(1.0 / step) @ rasterio.Affine.translation(-window.col_off, -window.row_off)
    surface = replace(
        whole_raster, cells=cells, transform=to_window @ to_cells, native_cell_m=max(cell_m), whole=whole,
        cell_m=(cell_m[0] * step, cell_m[1] * step),
    )  # fmt: skip
    heights_m = bilinear(cells, cells, *_transformed(to_window, column[inside], row[inside]))
    low, high = np.nanmin(heights_m, initial=0.0), np.nanmax(heights_m, initial=0.0)
    if low < _PLAUSIBLE_M[0] or high > _PLAUSIBLE_M[1]:
        raise SourceError(
            f"{named} holds values from {low:.10g} to {high:.10g}, which are not elevations in metres",
            "Name an elevation raster, and say in it which unit it has and which value stands for no data",
        )
    mended, number = _without_spikes(cells, max(surface.cell_m))
    return replace(surface, cells=mended, mended=number)


def _without_spikes(cells: NDArray[np.float32], cell_m: float) -> tuple[NDArray[np.float32], int]:
    """Cells with outliers at the median of their neighbours and impossible ones unknown, and how many these are."""
    from scipy.ndimage import maximum_filter, minimum_filter

    with np.errstate(invalid="ignore"):
        impossible = (cells < _PLAUSIBLE_M[0]) | (cells > _PLAUSIBLE_M[1])
    mended = np.where(impossible, np.float32(np.nan), cells)
    around = np.ones((3, 3), bool)
    around[1, 1] = False
    highest = maximum_filter(np.nan_to_num(mended, nan=np.inf), footprint=around, mode="constant", cval=np.inf)
    lowest = minimum_filter(np.nan_to_num(mended, nan=-np.inf), footprint=around, mode="constant", cval=-np.inf)
    least_m = max(SPIKE_M, SPIKE_CELLS * cell_m)
    with np.errstate(invalid="ignore"):
        spikes = (mended - highest > least_m) | (lowest - mended > least_m)
    for row, column in np.argwhere(spikes):
        mended[row, column] = np.median(mended[row - 1 : row + 2, column - 1 : column + 2][around])
    return mended, int(impossible.sum() + spikes.sum())


def _cells(
    raster: rasterio.DatasetReader, window: Window, step: int, unit: BandUnit
) -> tuple[NDArray[np.float32], float | None]:
    """Metres of the cells in a window, averaged over ``step`` of them; and the step of whole values in metres."""
    shape = max(int(window.height) // step, 1), max(int(window.width) // step, 1)
    window = Window(
        window.col_off, window.row_off, min(shape[1] * step, window.width), min(shape[0] * step, window.height)
    )
    full = raster.read(1, window=window, masked=True, out_shape=shape, resampling=Resampling.average)
    values = np.ma.filled(full.astype(np.float64), np.nan)
    values[np.isinf(values)] = np.nan
    known = values[~np.isnan(values)]
    is_whole = raster.dtypes[0][0] in "iu" or (step == 1 and len(known) > 0 and bool((known == np.rint(known)).all()))
    whole = abs(float(raster.scales[0]) * unit.metres) if is_whole else None
    return ((values * raster.scales[0] + raster.offsets[0]) * unit.metres).astype(np.float32), whole


def _window(raster: rasterio.DatasetReader, column: Array, row: Array, around: tuple[float, float]) -> Window:
    west, east = np.floor(column.min() - around[0]), np.ceil(column.max() + around[0])
    north, south = np.floor(row.min() - around[1]), np.ceil(row.max() + around[1])
    west, north = max(int(west), 0), max(int(north), 0)
    return Window(west, north, min(int(east), raster.width) - west, min(int(south), raster.height) - north)


def _cell_m(raster: rasterio.DatasetReader, crs: str, column: float, row: float) -> tuple[float, float]:
    """Width and height of the cell at a place, in metres of ``crs``."""
    columns, rows = np.array([[column, column + 1.0, column], [row, row, row + 1.0]])
    corners = _transformed(raster.transform, columns, rows)
    x, y = Transformer.from_crs(raster.crs.to_wkt(), crs, always_xy=True).transform(*corners)
    return float(np.hypot(x[1] - x[0], y[1] - y[0])), float(np.hypot(x[2] - x[0], y[2] - y[0]))


def _continued(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cells without data as the mirror image, through the nearest cell with data, of what lies on its other side."""
    from scipy.ndimage import distance_transform_edt

    missing = np.isnan(cells)
    if not missing.any() or missing.all():
        return np.nan_to_num(cells)
    nearest = distance_transform_edt(missing, return_distances=False, return_indices=True)
    row, column = np.nonzero(missing)
    at_row, at_column = nearest[0][row, column], nearest[1][row, column]
    opposite_row = np.clip(2 * at_row - row, 0, len(cells) - 1)
    opposite_column = np.clip(2 * at_column - column, 0, cells.shape[1] - 1)
    edge_m, opposite_m = cells[at_row, at_column], cells[opposite_row, opposite_column]
    filled = cells.copy()
    filled[row, column] = np.where(np.isnan(opposite_m), edge_m, 2.0 * edge_m - opposite_m)
    return filled


def _transformed(transform: rasterio.Affine, x: Array, y: Array) -> tuple[Array, Array]:
    return transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f


def _does_not_cover(raster: rasterio.DatasetReader, x: Array, y: Array, crs: str, named: str) -> str:
    columns, rows = np.array([[0.0, raster.width] * 2, [0.0, 0.0, raster.height, raster.height]])
    corners = _transformed(raster.transform, columns, rows)
    raster_x, raster_y = Transformer.from_crs(raster.crs.to_wkt(), crs, always_xy=True).transform(*corners)
    return (
        f"{named} does not cover the area: it reaches {_extent(raster_x, raster_y)}, the area {_extent(x, y)} ({crs})"
    )


def _extent(x: Array, y: Array) -> str:
    return f"from x {np.min(x):.0f} to {np.max(x):.0f} and from y {np.min(y):.0f} to {np.max(y):.0f}"
