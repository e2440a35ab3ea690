"""Water and green areas of an OpenStreetMap file, for a workspace that names no layers of them."""

import os
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import osmium
import osmium.geom
import pandas as pd
import shapely

from tesoma_geo._reading import guarded_apart
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_ordered import ordered
from tesoma_geo.tables import Reading

#: Key → values of the tags.
WATER = {"natural": ("water",), "waterway": ("riverbank",)}
#: Where everybody may walk among trees and grass.
GREEN = {
    "leisure": ("park", "nature_reserve"),
    "natural": ("wood", "heath", "grassland"),
    "landuse": ("forest", "recreation_ground", "village_green"),
}


@guarded_apart("OpenStreetMap data", "It may be cut off or damaged: download it again")
def read_osm_areas(
    path: str | os.PathLike[str],
    tags: Mapping[str, tuple[str, ...]],
    *,
    crs: str,
    within: shapely.Geometry,
) -> Reading:
    """Read tagged areas: closed ways and multipolygons.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    tags
        Key → values, any of which an area has: ``WATER`` or ``GREEN``.
    crs
        The metric CRS of the result.
    within
        Polygon in ``crs``; areas are cut to it.

    Returns
    -------
    Reading
        ``name`` (None where unnamed) and polygons; no rows where the file holds no such area.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    wanted = osmium.filter.TagFilter(*((key, value) for key, values in tags.items() for value in values))
    wkb, names, file = osmium.geom.WKBFactory(), [], Path(path)
    polygons: list[str] = []
    try:
        with ordered(file) as one:
            for item in osmium.FileProcessor(str(one.path)).with_areas(wanted).with_filter(wanted):
                if isinstance(item, osmium.osm.Area):
                    polygons.append(wkb.create_multipolygon(item))
                    names.append(item.tags.get("name"))
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{file} cannot be read as OpenStreetMap data ({error})", "Download it again") from None
    areas = gpd.GeoDataFrame({"name": pd.Series(names, dtype=object)}, geometry=shapely.from_wkb(polygons), crs=WGS84)
    areas = areas.set_geometry(areas.to_crs(crs).make_valid())
    met = areas[areas.intersects(within)]
    return Reading(met.set_geometry(met.intersection(within)).reset_index(drop=True))
