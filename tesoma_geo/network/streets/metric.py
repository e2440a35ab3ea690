"""The metric system of a network: the place's own, or one that is made for the place."""

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.countries import country_of
from tesoma_geo.crs import WGS84, local_crs, metric_fault
from tesoma_geo.errors import InputError


def middle_of(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[float, float]:
    """A place in the middle of others, whatever lies far off.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees, shape (n,).

    Returns
    -------
    tuple of float
        Longitude and latitude.
    """
    return float(np.median(lon)), float(np.median(lat))


def network_crs(crs: str | None, lon: NDArray[np.float64], lat: NDArray[np.float64], country: str | None = None) -> str:
    """The system that streets are measured in.

    Parameters
    ----------
    crs
        The one that is asked for; None for the place's own: the country's grid, or the zone of UTM.
    lon, lat
        WGS 84 degrees of the streets, shape (n,).
    country
        ISO 3166-1 code of the country; the place's where it is None.

    Returns
    -------
    str
        A projected system in metres.

    Raises
    ------
    InputError
        The one that is asked for is not made for the place, or not measured in metres.
    """
    if not len(lon):
        return crs or WGS84
    middle = middle_of(lon, lat)
    own = local_crs(*middle)
    own = local_crs(*middle, country_of(own, *middle) if country is None else country)
    if crs is None:
        return own
    fault = metric_fault(crs, *middle)
    if fault is not None:
        raise InputError(f"crs {crs!r} {fault}", f"Leave it out, or use {own!r}")
    return crs
