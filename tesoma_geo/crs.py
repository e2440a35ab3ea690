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
<<<<<<< HEAD
    """Project WGS 84 degrees into a metric system.
=======
    """Project WGS 84 degrees into ``crs``; arrays of x and y in metres.
>>>>>>> 8ecc2ec (Docstrings of the measures are complete; the weighted quantile is numpy's)

    Parameters
    ----------
    lon, lat
<<<<<<< HEAD
        Longitudes and latitudes in degrees, of one shape.
    crs
        The projected system in metres, such as ``EPSG:3067``.

    Returns
    -------
    tuple of float64 arrays
        x and y in metres, of the same shape.
=======
        In degrees, of one shape.
    crs
        The metric system: ``"EPSG:3067"``.

    Returns
    -------
    x, y
        float64 arrays of that shape, in metres.
>>>>>>> 8ecc2ec (Docstrings of the measures are complete; the weighted quantile is numpy's)
    """
    x, y = _transformer(WGS84, crs).transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(x), np.asarray(y)


def to_wgs84(x: ArrayLike, y: ArrayLike, crs: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
<<<<<<< HEAD
    """Go back from a metric system to WGS 84 degrees; the inverse of :func:`to_metric`.
=======
    """The inverse of :func:`to_metric`; arrays of longitude and latitude in degrees.
>>>>>>> 8ecc2ec (Docstrings of the measures are complete; the weighted quantile is numpy's)

    Parameters
    ----------
    x, y
<<<<<<< HEAD
        Coordinates in metres, of one shape.
    crs
        The system that they are in.

    Returns
    -------
    tuple of float64 arrays
        Longitudes and latitudes in degrees, of the same shape.
=======
        In metres, of one shape.
    crs
        The metric system: ``"EPSG:3067"``.

    Returns
    -------
    longitude, latitude
        float64 arrays of that shape, in degrees.
>>>>>>> 8ecc2ec (Docstrings of the measures are complete; the weighted quantile is numpy's)
    """
    lon, lat = _transformer(crs, WGS84).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon), np.asarray(lat)
