"""Points as callers give them, in metres; what is none, or looks mistaken, is refused with what to do."""

from functools import lru_cache
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import InputError

Points: TypeAlias = gpd.GeoDataFrame | gpd.GeoSeries | ArrayLike


def metric_points(points: Points, crs: str, what: str = "points") -> NDArray[np.float64]:
    """Points as an array in the metric CRS, shape (k, 2).

    Parameters
    ----------
    points
        A GeoDataFrame or GeoSeries of points in any CRS, or longitudes and latitudes, shape (k, 2).
    crs
        The metric system, for example ``"EPSG:3067"``.
    what
        What the points are, for the message.

    Returns
    -------
    float64 array of shape (k, 2)
        Eastings and northings, in metres.

    Raises
    ------
    InputError
        No points, no CRS, other geometries, coordinates that are no longitude and latitude or not finite.
    """
    if isinstance(points, gpd.GeoDataFrame | gpd.GeoSeries):
        return _of_geometries(points.geometry, crs, what)
    lonlat = _as_degrees(points, what)
    faulty = ~np.isfinite(lonlat).all(axis=1) | (np.abs(lonlat[:, 0]) > 180) | (np.abs(lonlat[:, 1]) > 90)
    if faulty.any():
        row = int(np.flatnonzero(faulty)[0])
        remedy = "Correct or remove the row"
        if np.isfinite(lonlat[row]).all():
            remedy += ", or give a GeoDataFrame with its CRS where these are metres"
        raise InputError(f"{what}, row {row}: {lonlat[row].tolist()} is no longitude and latitude", remedy)
    _refuse_swapped(lonlat[:, 0], lonlat[:, 1], crs, what)
    return np.column_stack(to_metric(lonlat[:, 0], lonlat[:, 1], crs))


def _as_degrees(points: object, what: str) -> NDArray[np.float64]:
    """What was given as longitudes and latitudes, shape (k, 2)."""
    remedy = "Give a GeoDataFrame of points, or (n, 2) longitudes and latitudes, n ≥ 1"
    if points is None:
        raise InputError(f"{what} are None", remedy)
    if isinstance(points, pd.DataFrame | pd.Series):
        raise InputError(
            f"{what} are a {type(points).__name__} without geometry",
            "Make a GeoDataFrame of it with geopandas.points_from_xy(longitudes, latitudes) and crs=4326",
        )
    first = next(iter(points), None) if isinstance(points, list | tuple) else points
    if isinstance(first, shapely.Geometry):
        kind = type(first).__name__
        raise InputError(f"{what} are a {kind} of shapely without a CRS", f"{remedy}; GeoSeries({what}, crs=…) has one")
    try:
        given = np.asarray(points)
        if given.dtype.kind in "US":
            raise InputError(f"{what} hold text, or hold what is no number", remedy)
        if given.dtype.kind in "bc":
            raise InputError(f"{what} hold what is no number, but {given.dtype}", remedy)
        lonlat = given.astype(float)
    except (TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        kind = type(points).__name__
        raise InputError(f"{what} are of the type {kind}, or hold what is no number", remedy) from None
    if lonlat.shape == (2,):
        raise InputError(f"{what} have the shape (2,), one pair of numbers", f"Put it into a list: [{lonlat.tolist()}]")
    if lonlat.ndim != 2 or lonlat.shape[1] != 2 or len(lonlat) == 0:
        raise InputError(f"{what} have the shape {lonlat.shape}", remedy)
    return lonlat


@lru_cache(maxsize=64)
def _used_in(crs: str) -> tuple[float, float, float, float] | None:
    """West, south, east and north of where a system is used, in degrees; None where that is not told, or over 180°."""
    area = CRS.from_user_input(crs).area_of_use
    return None if area is None or area.east < area.west else (area.west, area.south, area.east, area.north)


def _refuse_swapped(lon: NDArray[np.float64], lat: NDArray[np.float64], crs: str, what: str) -> None:
    """Refuse coordinates none of which lie where the metric system is used, but all of which do with axes exchanged."""
    used = _used_in(crs)
    if used is None:
        return
    west, south, east, north = used
    there = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    swapped = (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)
    if swapped.all() and not there.any():
        problem = f"{what}: longitude and latitude look swapped, such as ({lon[0]:.7g}, {lat[0]:.7g})"
        raise InputError(problem, "Give longitude first, then latitude")


def _of_geometries(geometry: gpd.GeoSeries, crs: str, what: str) -> NDArray[np.float64]:
    if len(geometry) == 0:
        raise InputError(f"{what} are empty", "Give at least one point")
    if geometry.crs is None:
        raise InputError(f"{what} have no coordinate reference system", "Set it with set_crs()")
    if geometry.crs.is_geographic and (geometry.geom_type == "Point").all() and not geometry.is_empty.any():
        _refuse_swapped(geometry.x.to_numpy(), geometry.y.to_numpy(), crs, what)
    _refuse_another_system(geometry, what)
    shapes = geometry.to_crs(crs).to_numpy()
    faulty = (shapely.get_type_id(shapes) != shapely.GeometryType.POINT) | shapely.is_empty(shapes)
    if faulty.any():
        row = int(np.flatnonzero(faulty)[0])
        raise InputError(
            f"{what}, row {row}: {shapes[row]} is no point", "Give points, for example representative_point()"
        )
    xy = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])
    if not np.isfinite(xy).all():
        row = int(np.flatnonzero(~np.isfinite(xy).all(axis=1))[0])
        raise InputError(f"{what}, row {row}: coordinates that are not finite", "Correct or remove the row")
    return xy


def _refuse_another_system(geometry: gpd.GeoSeries, what: str) -> None:
    """Refuse metres that are said to be degrees, and degrees that are said to be metres."""
    west, south, east, north = geometry.total_bounds
    in_degrees = west >= -180 and south >= -90 and east <= 180 and north <= 90
    said = f"{what} have the CRS {geometry.crs.to_string()}, and coordinates such as ({west:.7g}, {south:.7g})"
    if geometry.crs.is_geographic and not in_degrees and np.isfinite([west, south, east, north]).all():
        raise InputError(f"{said} that look like metres", "Set the system that they are in with set_crs()")
    if geometry.crs.is_projected and in_degrees and (abs(west) > 1e-9 or abs(south) > 1e-9):
        remedy = "Set the system that they are in with set_crs(4326, allow_override=True)"
        raise InputError(f"{said} that look like degrees", remedy)
