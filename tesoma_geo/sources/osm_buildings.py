"""Outlines of the buildings of an OpenStreetMap file that nobody walks through or under."""

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_ordered import ordered
from tesoma_geo.sources.osm_square_obstacles import stands


def read_osm_buildings(path: str | os.PathLike[str], *, crs: str, within: shapely.Geometry) -> NDArray[np.object_]:
    """Read the buildings that stand on the ground: closed ways and multipolygons with ``building``.

    Roofs, carports and what is lifted off the ground are walked under and are none.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    crs
        The metric CRS of the result.
    within
        Polygon in ``crs``; buildings that meet it are read, as a whole.

    Returns
    -------
    object array of shape (k,)
        Polygons, in the order of the file.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    wanted, wkb, found = osmium.filter.KeyFilter("building"), osmium.geom.WKBFactory(), list[str]()
    try:
        with ordered(Path(path)) as one:
            for item in osmium.FileProcessor(str(one.path)).with_areas(wanted).with_filter(wanted):
                if isinstance(item, osmium.osm.Area):
                    tags = dict(item.tags)
                    if tags["building"] != "no" and stands(tags, closed=True):
                        found.append(wkb.create_multipolygon(item))
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{path} cannot be read as OpenStreetMap data ({error})", "Download it again") from None
    outlines = gpd.GeoSeries(shapely.from_wkb(found), crs=WGS84).to_crs(crs).make_valid()
    met: NDArray[np.object_] = outlines[outlines.intersects(within)].to_numpy()
    return np.asarray(met, object)
