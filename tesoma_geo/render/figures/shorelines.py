"""Shores as a map draws them: without the corners of the grid or the pen that they came from."""

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

#: Times that every corner is cut (Chaikin 1974, https://doi.org/10.1016/0146-664X(74)90028-8), and how much of each
#: side goes at most, in metres: a straight quay stays straight.
ROUNDS, MOST_M = 3, 12.0
#: Steps of a grid: at least so much of a shore runs along two directions at right angles, within so many degrees.
STEPPED_SHARE, STEPPED_DEG, STEPPED_CORNERS = 0.95, 3.0, 12


def smoothed(polygons: ArrayLike) -> NDArray[np.object_]:
    """Polygons with rounded outlines; those that are steps of a grid are led through the middles of the steps first.

    For drawing alone: a shore moves by at most half a step of its grid, or by ``MOST_M``.

    Parameters
    ----------
    polygons
        Shapely polygons and multipolygons in a metric system.

    Returns
    -------
    ndarray
        As many shapes, each with its holes; a shape that rounding would break is left as it is.
    """
    shapes = np.asarray(polygons, object)
    return np.array([_smoothed(shape) for shape in shapes], object).reshape(shapes.shape)


def _smoothed(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [
        shapely.Polygon(_rounded(part.exterior), [_rounded(ring) for ring in part.interiors])
        for part in shapely.get_parts(shape)
        if isinstance(part, shapely.Polygon) and not part.is_empty
    ]
    if not parts or not all(part.is_valid for part in parts):
        return shape
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _rounded(ring: shapely.LinearRing) -> NDArray[np.float64]:
    xy = shapely.get_coordinates(ring)[:-1]
    step = _grid_step(xy)
    if step:
        xy = _middles(xy, step)
    for _ in range(ROUNDS):
        xy = _cut(xy, max(MOST_M, step / 2))
    return np.asarray(shapely.get_coordinates(shapely.simplify(shapely.LinearRing(xy), 0.5)), float)


def _grid_step(xy: NDArray[np.float64]) -> float:
    """The side of the grid whose cells a ring goes around; 0 where it is no such ring."""
    if len(xy) < STEPPED_CORNERS:
        return 0.0
    sides = np.roll(xy, -1, axis=0) - xy
    length = np.hypot(*sides.T)
    turned = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) * 4
    mean = np.angle(np.sum(length * np.exp(1j * np.radians(turned))))
    away = np.abs(np.angle(np.exp(1j * (np.radians(turned) - mean)))) / 4
    along = length[np.degrees(away) <= STEPPED_DEG].sum() / length.sum()
    return float(np.median(np.sort(length)[: max(1, len(length) // 2)])) if along >= STEPPED_SHARE else 0.0


def _middles(xy: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """The middles of a ring's sides, long ones in parts of a step."""
    points = []
    for start, end in zip(xy, np.roll(xy, -1, axis=0), strict=True):
        parts = max(1, round(float(np.hypot(*(end - start))) / step))
        share = (np.arange(parts) + 0.5) / parts
        points.append(start + share[:, np.newaxis] * (end - start))
    return np.concatenate(points)


def _cut(xy: NDArray[np.float64], most_m: float) -> NDArray[np.float64]:
    """Every corner cut off a quarter of the way along its sides, at most so far."""
    sides = np.roll(xy, -1, axis=0) - xy
    length = np.hypot(*sides.T)
    share = np.minimum(0.25, most_m / np.maximum(length, 1e-9))[:, np.newaxis]
    return np.stack([xy + share * sides, xy + (1 - share) * sides], axis=1).reshape(-1, 2)
