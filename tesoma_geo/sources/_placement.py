"""Whether coordinates can lie where they are said to lie.

Degrees saved as metres and swapped axes are the two faults that a file does not tell of itself.
Both put a layer where the workspace's projection is not used, and that is how they are found.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer

from tesoma_geo.crs import WGS84

#: A projection is still usable somewhat outside its official area; in degrees.
_MARGIN_DEG = 1.0


def fits(x: ArrayLike, y: ArrayLike, source_crs: str | CRS, crs: str) -> NDArray[np.bool_]:
    """Which coordinates of ``source_crs`` (x or longitude first) lie where ``crs`` is used.

    A projection without an official area of use is taken to be used everywhere.

    Parameters
    ----------
    x, y
        Coordinates in ``source_crs``, shape (n,).
    source_crs
        What they are in.
    crs
        The CRS whose area of use counts.

    Returns
    -------
    bool array of shape (n,)
    """
    transformer = Transformer.from_crs(source_crs, WGS84, always_xy=True)
    lon, lat = transformer.transform(np.asarray(x, float), np.asarray(y, float))
    on_earth: NDArray[np.bool_] = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    area = CRS.from_user_input(crs).area_of_use
    if area is None:
        return on_earth
    # An area across the 180th meridian has its west to the east of its east.
    east = area.east + 360 * (area.east < area.west)
    lon = np.where(lon < area.west - _MARGIN_DEG, lon + 360, lon) if east > 180 else lon
    within_lon = (lon >= area.west - _MARGIN_DEG) & (lon <= east + _MARGIN_DEG)
    within_lat = (lat >= area.south - _MARGIN_DEG) & (lat <= area.north + _MARGIN_DEG)
    within: NDArray[np.bool_] = on_earth & within_lon & within_lat
    return within


def misplacement(x: ArrayLike, y: ArrayLike, source_crs: str | CRS, crs: str) -> tuple[str, str] | None:
    """What is wrong with coordinates none of which lie where ``crs`` is used, and the remedy.

    Parameters
    ----------
    x, y, source_crs, crs
        As for :func:`fits`.

    Returns
    -------
    tuple of str or None
        Problem and remedy; None when some of the coordinates fit.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if fits(x, y, source_crs, crs).any():
        return None
    source = CRS.from_user_input(source_crs)
    name = ":".join(source.to_authority() or ("", source.name)).strip(":")
    example = f"such as ({x[0]:.10g}, {y[0]:.10g})"
    first, second = ("longitude", "latitude") if source.is_geographic else ("x", "y")
    if fits(y, x, source_crs, crs).any():
        return (
            f"{first} and {second} are swapped in its coordinates, {example}",
            f"Write {first} first, then {second}",
        )
    if not source.is_geographic and fits(x, y, WGS84, crs).any():
        return (
            f"is labelled {name}, which is in metres, but its coordinates are degrees, {example}",
            f"Label it {WGS84}, or transform it to {name} instead of relabelling",
        )
    if source.is_geographic and fits(x, y, crs, crs).any():
        return (
            f"is labelled {name}, which is in degrees, but its coordinates are metres, {example}",
            f"Label it {crs}, or transform it to {name} instead of relabelling",
        )
    area = CRS.from_user_input(crs).area_of_use
    return (
        f"lies outside the area where {crs} is used ({area.name if area else 'the Earth'}): "
        f"its coordinates in {name} are {example}",
        "Correct the layer's coordinate reference system, or district.crs of the workspace",
    )
