"""Travel time to the hub as a raster: seconds at every place along and beside the streets."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
import shapely
from numpy.typing import NDArray
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from tesoma_geo.network.isochrones.isochrones import OFF_STREET_M, TimedStreets, Water, time_grid


@dataclass(frozen=True, eq=False)
class Surface:
    """Seconds in square cells, north up.

    Attributes
    ----------
    seconds
        float32 ``[row, column]`` at the middle of each cell, NaN where not reached.
    transform
        From column and row to the metric CRS.
    crs
        Its name, as ``EPSG:3067``.
    to_hub
        Whether the seconds are to the hub rather than from it.
    """

    seconds: NDArray[np.float32]
    transform: Affine
    crs: str
    to_hub: bool


def surface(
    streets: TimedStreets,
    water: Water | None,
    crs: str,
    *,
    bounds: tuple[float, float, float, float] | None = None,
    reached_s: float | None = None,
) -> Surface:
    """Work out the travel-time surface of a hub.

    A cell holds the time at its middle: that of the best point of a street within 50 m plus the walk
    from there (:func:`tesoma_geo.network.isochrones.isochrones.time_grid`). Water and land away from streets hold none.

    Parameters
    ----------
    streets
        Geometry, costs and times at the nodes.
    water
        What nobody walks on.
    crs
        The metric CRS of the coordinates.
    bounds
        A rectangle to cover (x and y from, x and y to): the district's. By default that around all nodes.
    reached_s
        Widens the rectangle to hold every street reached within this time.

    Returns
    -------
    Surface
        Seconds in square cells of the metric CRS.
    """
    if bounds is None:
        covered = [shapely.MultiPoint(np.c_[streets.x, streets.y]).envelope.buffer(OFF_STREET_M)]
    else:
        covered = [shapely.box(*bounds)]
    if reached_s is not None and len(reached := streets.pieces(reached_s)):
        covered.append(shapely.box(*reached.bounds()).buffer(OFF_STREET_M))
    grid = time_grid(streets, math.inf, bounds=tuple(shapely.total_bounds(covered)), water=water)
    step, lattice = grid.lattice.step_m, grid.lattice
    return Surface(
        np.where(np.isinf(grid.seconds), np.float32(np.nan), grid.seconds)[::-1],
        Affine(step, 0, (lattice.column - 0.5) * step, 0, -step, (lattice.row + lattice.height - 0.5) * step),
        crs,
        streets.to_hub,
    )


def write_cog(surface: Surface, path: Path, *, profile: str = "") -> None:
    """Write a surface as a Cloud Optimized GeoTIFF; the same surface gives the same bytes.

    One band of float32 seconds, NaN where not reached, with overviews; the tags say ``units``,
    ``direction`` and ``profile``.

    Parameters
    ----------
    surface
        Seconds in cells.
    path
        The file, written anew.
    profile
        Whose seconds they are, for the tag.
    """
    direction = "to_hub" if surface.to_hub else "from_hub"
    height, width = surface.seconds.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff", width=width, height=height, count=1, dtype="float32",
            nodata=np.nan, crs=surface.crs, transform=surface.transform,
        ) as whole:  # fmt: skip
            whole.write(surface.seconds, 1)
            whole.set_band_description(1, f"travel time {direction.replace('_', ' ')}, seconds")
            whole.update_tags(units="s", direction=direction, profile=profile)
        with memory.open() as whole:
            rasterio.shutil.copy(
                whole, path, driver="COG", compress="DEFLATE", predictor="YES", blocksize=256,
                overview_resampling="AVERAGE", num_threads=1,
            )  # fmt: skip
