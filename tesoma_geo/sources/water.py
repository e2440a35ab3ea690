"""Lakes and rivers of an OpenStreetMap file, for a workspace that names no water layer."""

import os
from pathlib import Path

import geopandas as gpd
import osmium
import osmium.geom
import pandas as pd
import shapely

from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.tables import Reading


def read_osm_water(path: str | os.PathLike[str], *, crs: str, within: shapely.Geometry) -> Reading:
    """Read areas tagged ``natural=water`` or ``waterway=riverbank``, closed ways and multipolygons.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    crs
        The metric CRS of the result.
    within
        Polygon in ``crs``; water is cut to it.

    Returns
    -------
    Reading
        ``name`` (None where unnamed) and polygons; no rows where the file holds no water.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    wanted = osmium.filter.TagFilter(("natural", "water"), ("waterway", "riverbank"))
    wkb, names, file = osmium.geom.WKBFactory(), [], Path(path)
    polygons: list[str] = []
    try:
        for item in osmium.FileProcessor(str(file)).with_areas(wanted).with_filter(wanted):
            if isinstance(item, osmium.osm.Area):
                polygons.append(wkb.create_multipolygon(item))
                names.append(item.tags.get("name"))
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{file} cannot be read as OpenStreetMap data ({error})", "Download it again") from None
    water = gpd.GeoDataFrame({"name": pd.Series(names, dtype=object)}, geometry=shapely.from_wkb(polygons), crs=WGS84)
    water = water.set_geometry(water.to_crs(crs).make_valid())
    met = water[water.intersects(within)]
    return Reading(met.set_geometry(met.intersection(within)).reset_index(drop=True))
