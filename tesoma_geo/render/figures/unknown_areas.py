"""Areas of which no residents are known: drawn as not known, not as empty."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._shapes import ShapeTable, shapes_of

if TYPE_CHECKING:
    import geopandas as gpd


def areas_without_residents(district: "gpd.GeoDataFrame", origins: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """The areas of a district in which no home of a known resident lies.

    A number that the register withholds and a number of nought look the same here: in both nobody's way is known.

    Parameters
    ----------
    district
        Areas with ``code``, in a metric system.
    origins
        Homes of known residents as points, with ``area_code`` where areas have one, in the same system.

    Returns
    -------
    GeoDataFrame
        Those rows of the district.
    """
    return district[without_residents(district, origins)]


def without_residents(
    district: "gpd.GeoDataFrame | ShapeTable", origins: "gpd.GeoDataFrame | ShapeTable"
) -> NDArray[np.bool_]:
    """Of which areas no residents are known.

    Parameters
    ----------
    district, origins
        As of :func:`areas_without_residents`.

    Returns
    -------
    ndarray of bool
        A value an area.
    """
    shapes, homes = shapes_of(district), shapely.STRtree(shapes_of(origins))
    lived_in = np.zeros(len(district), bool)
    if len(origins):
        lived_in[np.unique(homes.query(shapes, predicate="intersects")[0])] = True
    if "area_code" in origins and "code" in district:
        known = {str(code) for code in origins["area_code"]}
        lived_in |= np.array([str(code) in known for code in district["code"]], bool)
    return ~lived_in
