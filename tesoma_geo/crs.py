"""From longitude and latitude to the one metric system inside, and back."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

WGS84 = "EPSG:4326"


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_metric(lon: ArrayLike, lat: ArrayLike, crs: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Project WGS 84 degrees into a metric system.

    Parameters
    ----------
    lon, lat
        Longitudes and latitudes in degrees, of one shape.
    crs
        The projected system in metres, such as ``EPSG:3067``.

    Returns
    -------
    tuple of float64 arrays
        x and y in metres, of the same shape.
    """
    x, y = _transformer(WGS84, crs).transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(x), np.asarray(y)


def to_wgs84(x: ArrayLike, y: ArrayLike, crs: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Go back from a metric system to WGS 84 degrees; the inverse of :func:`to_metric`.

    Parameters
    ----------
    x, y
        Coordinates in metres, of one shape.
    crs
        The system that they are in.

    Returns
    -------
    tuple of float64 arrays
        Longitudes and latitudes in degrees, of the same shape.
    """
    lon, lat = _transformer(crs, WGS84).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon), np.asarray(lat)
