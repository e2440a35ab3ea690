"""The districts of a batch as a drawing, for pages that run no scripts: each in the colour of its band."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

#: Width of the drawing, and its height at most, in dots.
WIDTH, HEIGHT = 480.0, 480.0
#: An outline may be off by so many dots.
FINE = 0.5


@dataclass(frozen=True)
class DistrictsSketch:
    """What a drawing of districts shows, in dots from the upper left corner; paths as SVG has them.

    Attributes
    ----------
    width, height
        Of the drawing.
    bands
        Number of a band of the legend → its districts.
    without
        Districts without figures.
    """

    width: float
    height: float
    bands: Mapping[int, str]
    without: str


def districts_sketch(table: gpd.GeoDataFrame, band: ArrayLike) -> DistrictsSketch:
    """The districts by their bands.

    Parameters
    ----------
    table
        A row a district.
    band
        The number of the band of each row; below 0 without figures.

    Returns
    -------
    DistrictsSketch
    """
    west, south, east, north = table.total_bounds
    dot = max((east - west) / WIDTH, (north - south) / HEIGHT)
    shapes: NDArray[np.object_] = shapely.transform(
        shapely.simplify(table.geometry.to_numpy(), dot * FINE),
        lambda xy: np.column_stack([xy[:, 0] - west, north - xy[:, 1]]) / dot,
    )
    of = np.asarray(band, int)
    bands = {int(one): _path(shapes[of == one]) for one in np.unique(of[of >= 0])}
    size = (round(float(east - west) / dot, 1), round(float(north - south) / dot, 1))
    return DistrictsSketch(*size, bands, _path(shapes[of < 0]))


def _path(shapes: NDArray[np.object_]) -> str:
    """The rings of areas."""
    parts = shapely.get_parts(shapes)
    rings = shapely.get_rings(parts[shapely.get_dimensions(parts) == 2])
    return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in shapely.get_coordinates(ring))}Z" for ring in rings)
