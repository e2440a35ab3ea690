"""From longitude and latitude to the one metric system inside, and back."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Proj, Transformer
from pyproj.exceptions import CRSError

from tesoma_geo.countries import country_rules

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


#: A metre of the map differs from one on the ground by no more than this share where a system is used.
MOST_DISTORTION = 0.02


def local_crs(lon: float, lat: float, country: str = "") -> str:
    """The metric system of a place: the country's grid where there is one, else the zone of UTM.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees.
    country
        ISO 3166-1 code of the country; empty where it is not known.

    Returns
    -------
    str
        Such as ``EPSG:32723``.
    """
    return country_rules(country).local_crs(lon, lat)


def metric_fault(crs: str, lon: float | None = None, lat: float | None = None) -> str | None:
    """What is wrong with a system that lengths and areas are to be measured in; None where nothing is.

    Parameters
    ----------
    crs
        The system.
    lon, lat
        A place where it is to be used, WGS 84 degrees.

    Returns
    -------
    str or None
        The fault, as the end of a sentence.
    """
    try:
        system = CRS.from_user_input(crs)
    except CRSError:
        return "is not a coordinate reference system"
    if not system.is_projected or system.axis_info[0].unit_conversion_factor != 1.0:
        return "is not measured in metres"
    operation = system.coordinate_operation
    method = operation.method_name if operation is not None else ""
    if "Mercator" in method and not any(kind in method for kind in ("Transverse", "Oblique")):
        return "is a map of the world, whose metres are not those of the ground"
    if lon is None or lat is None:
        return None
    scales = Proj(system).get_factors(lon, lat)
    far = [abs(float(scale) - 1.0) for scale in (scales.meridional_scale, scales.parallel_scale)]
    if not max(far) <= MOST_DISTORTION:
        return f"is not made for {lon:.2f}, {lat:.2f} (lon lat): its metres differ by {max(far):.0%} there"
    return None
