"""Buildings and railways of an OpenStreetMap file, for maps to show where one is."""

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import osmium
import osmium.geom
import shapely
from numpy.typing import NDArray

from tesoma_geo._reading import guarded_apart
from tesoma_geo.crs import to_metric, to_wgs84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_obstacles import RAILWAYS, UNDERGROUND
from tesoma_geo.sources.osm_ordered import ordered

#: Tracks that a map shows: trams too, which nobody has to walk around.
SHOWN_RAILWAYS = (*RAILWAYS, "tram")
#: Tracks beside the line itself. https://wiki.openstreetmap.org/wiki/Key:service
SIDE_TRACKS = ("yard", "siding", "spur", "crossover")
#: Degrees around the wanted area in which a building's first corner may lie.
AROUND_DEG = 0.02


class GroundLayers(NamedTuple):
    """What stands and lies there, in a metric CRS.

    Attributes
    ----------
    buildings
        Polygons and multipolygons, shape (b,).
    railways
        Lines, shape (r,).
    """

    buildings: NDArray[np.object_]
    railways: NDArray[np.object_]


@guarded_apart("OpenStreetMap data", "It may be cut off or damaged: download it again")
def read_ground(path: str | os.PathLike[str], *, crs: str, within: shapely.Geometry) -> GroundLayers:
    """Read the outlines of buildings, and the tracks above the ground.

    Parameters
    ----------
    path
        An OpenStreetMap file.
    crs
        The metric CRS of the result.
    within
        Polygon in ``crs``; what does not touch it is not wanted, tracks are cut to it.

    Returns
    -------
    GroundLayers
        Empty where the file holds none. Ruins, roofs without walls and what lies underground are left out, tracks
        in tunnels, yards and sidings too.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    file, wkb = Path(path), osmium.geom.WKBFactory()
    wanted = osmium.filter.KeyFilter("building", "railway")
    window = _window(within, crs)
    buildings: list[str] = []
    tracks: list[NDArray[np.float64]] = []
    try:
        with ordered(file) as one:
            for item in osmium.FileProcessor(str(one.path)).with_areas(wanted).with_filter(wanted):
                if isinstance(item, osmium.osm.Area):
                    if _stands(item.tags) and _is_near(item, window):
                        buildings.append(wkb.create_multipolygon(item))
                elif isinstance(item, osmium.osm.Way) and _is_track(item.tags):
                    places = [(node.lon, node.lat) for node in item.nodes if node.location.valid()]
                    tracks.append(np.array(places, float).reshape(-1, 2))
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{file} cannot be read as OpenStreetMap data ({error})", "Download it again") from None
    lines = shapely.intersection(
        np.array([shapely.LineString(_metric(track, crs)) for track in tracks if len(track) > 1], object), within
    )
    shapes = shapely.from_wkb(np.array(buildings, object))
    shapes = shapely.make_valid(shapely.transform(shapes, lambda xy: _metric(xy, crs)))
    parts = shapely.get_parts(lines)
    return GroundLayers(shapes[shapely.intersects(shapes, within)], parts[shapely.length(parts) > 0])


def _metric(degrees: NDArray[np.float64], crs: str) -> NDArray[np.float64]:
    return np.column_stack(to_metric(degrees[:, 0], degrees[:, 1], crs))


def _window(within: shapely.Geometry, crs: str) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees, with room around; the world where the area leaves its CRS."""
    xy = shapely.get_coordinates(within)
    lon, lat = (np.asarray(one) for one in to_wgs84(xy[:, 0], xy[:, 1], crs))
    if not len(lon) or not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        return (-180.0, -90.0, 180.0, 90.0)
    return (lon.min() - AROUND_DEG, lat.min() - AROUND_DEG, lon.max() + AROUND_DEG, lat.max() + AROUND_DEG)


def _stands(tags: osmium.osm.TagList) -> bool:
    kind = tags.get("building", "no")
    return kind not in ("no", "ruins", "roof", "construction") and tags.get("location") not in UNDERGROUND


def _is_near(area: osmium.osm.Area, window: tuple[float, float, float, float]) -> bool:
    west, south, east, north = window
    corners = [ring[0].location for ring in area.outer_rings() if len(ring)]
    return any(west <= at.lon <= east and south <= at.lat <= north for at in corners if at.valid())


def _is_track(tags: osmium.osm.TagList) -> bool:
    shown = tags.get("railway") in SHOWN_RAILWAYS and tags.get("service") not in SIDE_TRACKS
    return shown and tags.get("tunnel", "no") == "no" and tags.get("location") not in UNDERGROUND
