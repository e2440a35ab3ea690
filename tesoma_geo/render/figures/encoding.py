"""Geometry as a stream of small integers: a tenth of the same as GeoJSON, and quick to draw.

Coordinates are whole pixels of Web Mercator at :data:`ZOOM`, each written as the difference to the
one before, in zigzag variable-length integers, in base64 that has ``-`` for ``/``, which a script escapes
as six characters. ``scripts/unpack.js`` reads them.
"""

import base64

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo.crs import to_wgs84

#: Reference zoom: a pixel is 0.6 m at the equator, 0.28 m in Tesoma.
ZOOM = 18


def pixels(xy: NDArray[np.float64], crs: str) -> NDArray[np.int64]:
    """Coordinates (n, 2) in ``crs`` as whole Web Mercator pixels at :data:`ZOOM`, y downwards.

    Parameters
    ----------
    xy
        Coordinates, shape (n, 2), in ``crs``.
    crs
        The coordinate reference system of what is given, such as ``EPSG:3067``.

    Returns
    -------
    ndarray
        Whole pixels, shape (n, 2).
    """
    lon, lat = to_wgs84(xy[:, 0], xy[:, 1], crs)
    east, north = np.radians(lon), np.arctanh(np.sin(np.radians(lat)))
    turns = np.column_stack([east, -north]) / (2 * np.pi) + 0.5
    at: NDArray[np.int64] = np.rint(turns * 256 * 2**ZOOM).astype(np.int64)
    return at


def packed_integers(values: ArrayLike) -> str:
    """Integers as base64 of zigzag variable-length bytes, seven bits each, lowest first.

    Parameters
    ----------
    values
        A number each.

    Returns
    -------
    str
        Base64 with ``-`` for ``/``.
    """
    signed = np.asarray(values, np.int64)
    unsigned = ((signed << 1) ^ (signed >> 63)).astype(np.uint64)
    length = np.ones(len(unsigned), np.int64)
    for bits in range(7, 64, 7):
        length += unsigned >= np.uint64(1) << np.uint64(bits)
    ends = np.cumsum(length)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for byte in range(int(length.max(initial=0))):
        has = length > byte
        part = (unsigned[has] >> np.uint64(7 * byte)) & np.uint64(0x7F)
        more = (length[has] > byte + 1).astype(np.uint8) << 7
        out[ends[has] - length[has] + byte] = part.astype(np.uint8) | more
    return base64.b64encode(out.tobytes(), b"+-").decode("ascii")


def packed_lines(lines: ArrayLike, crs: str, tolerance_m: float = 0.0) -> str:
    """Linestrings or rings as one stream: for each its number of points, then the steps between them.

    Parameters
    ----------
    lines
        Shapely linestrings or linear rings in ``crs``.
    crs
        The coordinate reference system of what is given, such as ``EPSG:3067``.
    tolerance_m
        Corners nearer than this to the simplified line are dropped (Douglas and Peucker).

    Returns
    -------
    str
        Packed integers; empty for no lines.
    """
    geometries = np.asarray(lines, object)
    if tolerance_m:
        geometries = shapely.simplify(geometries, tolerance_m, preserve_topology=False)
    xy, line = shapely.get_coordinates(geometries, return_index=True)
    if not len(xy):
        return ""
    at = pixels(xy, crs)
    moved = np.ones(len(at), bool)
    moved[1:] = (np.diff(at, axis=0) != 0).any(axis=1) | (np.diff(line) != 0)
    at, line = at[moved], line[moved]
    steps = np.diff(at, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel()
    counts = np.bincount(line, minlength=len(geometries))
    starts = np.cumsum(counts) - counts
    return packed_integers(np.insert(steps, 2 * starts, counts))


def packed_shapes(polygons: ArrayLike, crs: str, tolerance_m: float = 0.0) -> dict[str, str]:
    """Polygons and multipolygons as their rings: ``rings`` a stream of lines, ``counts`` how many each.

    Parameters
    ----------
    polygons
        Shapely polygons and multipolygons in ``crs``.
    crs
        The coordinate reference system of what is given, such as ``EPSG:3067``.
    tolerance_m
        Metres; corners nearer than this to the simplified line are dropped.

    Returns
    -------
    dict
        ``rings`` and ``counts``, packed.
    """
    shapes = np.asarray(polygons, object)
    if tolerance_m:
        shapes = shapely.simplify(shapes, tolerance_m, preserve_topology=False)
    parts = shapely.get_parts(shapes)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    rings, shape = shapely.get_rings(parts, return_index=True)
    return {
        "rings": packed_lines(rings, crs),
        "counts": packed_integers(np.bincount(shape, minlength=len(parts))),
    }


def packed_seconds(values: ArrayLike) -> str:
    """Seconds as whole ones, -1 where there is no way.

    Parameters
    ----------
    values
        A number each.

    Returns
    -------
    str
        Packed integers.
    """
    seconds = np.asarray(values, float)
    return packed_integers(np.rint(np.where(np.isfinite(seconds), seconds, -1)).astype(np.int64))


def packed_points(points: ArrayLike, crs: str) -> str:
    """Shapely points in ``crs`` as x and y in turn.

    Parameters
    ----------
    points
        Shapely points in ``crs``.
    crs
        The coordinate reference system of what is given, such as ``EPSG:3067``.

    Returns
    -------
    str
        Packed integers.
    """
    return packed_integers(pixels(shapely.get_coordinates(np.asarray(points, object)), crs).ravel())
