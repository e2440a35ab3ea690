"""Areas of which no residents are known: drawn as not known, not as empty."""

import geopandas as gpd
import numpy as np
import shapely


def areas_without_residents(district: gpd.GeoDataFrame, origins: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
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
    shapes = district.geometry.to_numpy()
    homes = shapely.STRtree(origins.geometry.to_numpy())
    lived_in = np.zeros(len(district), bool)
    if len(origins):
        lived_in[np.unique(homes.query(shapes, predicate="intersects")[0])] = True
    if "area_code" in origins and "code" in district:
        lived_in |= district["code"].astype(str).isin(origins["area_code"].astype(str)).to_numpy()
    return district[~lived_in]
