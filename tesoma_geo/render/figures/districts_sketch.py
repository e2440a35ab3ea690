"""A batch as a drawing, for pages that run no scripts: districts or places for a hub in the colours of their bands."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
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
    area
        The one district that places for a hub are for; empty of districts.
    places
        Places for a hub, the best last, as it stands in front: x, y, number of its band, rank.
    """

    width: float
    height: float
    bands: Mapping[int, str]
    without: str
    area: str = ""
    places: tuple[tuple[float, float, int, int], ...] = ()


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
    shapes, size = _in_dots(table.geometry)
    of = np.asarray(band, int)
    bands = {int(one): _path(shapes[of == one]) for one in np.unique(of[of >= 0])}
    return DistrictsSketch(*size, bands, _path(shapes[of < 0]))


def hubs_sketch(area: gpd.GeoDataFrame, table: gpd.GeoDataFrame, band: ArrayLike, rank: ArrayLike) -> DistrictsSketch:
    """Places for a hub by their bands, with their ranks.

    Parameters
    ----------
    area
        Of the district.
    table
        A row a place, its geometry in the same CRS.
    band, rank
        Of each row.

    Returns
    -------
    DistrictsSketch
    """
    shapes, size = _in_dots(pd.concat([area.geometry, table.geometry]))
    xy = shapely.get_coordinates(shapes[len(area) :]).round(1).tolist()
    of = zip(xy, np.asarray(band, int).tolist(), np.asarray(rank, int).tolist(), strict=True)
    places = sorted(((x, y, number, place) for (x, y), number, place in of), key=lambda one: -one[3])
    return DistrictsSketch(*size, {}, "", _path(shapes[: len(area)]), tuple(places))


def _in_dots(shapes: gpd.GeoSeries) -> tuple[NDArray[np.object_], tuple[float, float]]:
    """Shapes in dots from the upper left corner, and how many dots they take across and down."""
    west, south, east, north = shapes.total_bounds
    dot = max((east - west) / WIDTH, (north - south) / HEIGHT)
    drawn: NDArray[np.object_] = shapely.transform(
        shapely.simplify(shapes.to_numpy(), dot * FINE),
        lambda xy: np.column_stack([xy[:, 0] - west, north - xy[:, 1]]) / dot,
    )
    return drawn, (round(float(east - west) / dot, 1), round(float(north - south) / dot, 1))


def _path(shapes: NDArray[np.object_]) -> str:
    """The rings of areas."""
    parts = shapely.get_parts(shapes)
    rings = shapely.get_rings(parts[shapely.get_dimensions(parts) == 2])
    return "".join(f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in shapely.get_coordinates(ring))}Z" for ring in rings)
