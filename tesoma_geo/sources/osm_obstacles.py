"""Fences, walls, railway lines and water of an OpenStreetMap file: what nobody crosses on the way to a street."""

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import osmium
import osmium.geom
import shapely
from numpy.typing import NDArray

from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_broken_places import broken_places
from tesoma_geo.sources.osm_ordered import ordered

#: Values of ``barrier`` on ways that are not walked through. https://wiki.openstreetmap.org/wiki/Key:barrier
BARRIERS = (
    "fence", "wall", "city_wall", "retaining_wall", "guard_rail", "hedge", "wire_fence", "cable_barrier",
    "jersey_barrier", "railing",
)  # fmt: skip
#: Tracks that are crossed at crossings alone; trams run along streets.
RAILWAYS = ("rail", "light_rail", "narrow_gauge", "subway", "preserved", "funicular")
WATERWAYS = ("river", "canal")
#: Shores of the sea, and edges of rock.
EDGES = ("coastline", "cliff")
WATER = {"natural": ("water", "bay", "strait"), "waterway": ("riverbank", "dock"), "landuse": ("reservoir", "basin")}
#: Tags of lines above or below the ground.
ELSEWHERE = ("bridge", "tunnel", "covered", "indoor")
UNDERGROUND = ("underground", "overhead")


class ObstacleLayers(NamedTuple):
    """What an OpenStreetMap file holds of obstacles, in WGS 84.

    Attributes
    ----------
    lines
        Fences, walls, tracks and rivers, shape (l,).
    water
        Polygons of water, shape (w,).
    """

    lines: NDArray[np.object_]
    water: NDArray[np.object_]


@guarded_apart("OpenStreetMap data", "It may be cut off or damaged: download it again")
def read_obstacles(path: str | os.PathLike[str]) -> ObstacleLayers:
    """Read what lies between places and streets.

    Parameters
    ----------
    path
        An OpenStreetMap file.

    Returns
    -------
    ObstacleLayers
        Empty where the file holds none.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    file = Path(path)
    try:
        with ordered(file) as one:
            return ObstacleLayers(_lines(one.path), _water(one.path))
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{file} cannot be read as OpenStreetMap data ({error})", "Download it again") from None


def _lines(file: Path) -> NDArray[np.object_]:
    tags = [
        *(("barrier", value) for value in BARRIERS),
        *(("railway", value) for value in RAILWAYS),
        *(("waterway", value) for value in WATERWAYS),
        *(("natural", value) for value in EDGES),
    ]
    ways = osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(osmium.filter.TagFilter(*tags))
    chains = []
    for way in ways:
        if not isinstance(way, osmium.osm.Way):
            continue
        on_ground = _is_on_ground(way.tags)
        if on_ground and not (way.tags.get("layer") or "").startswith("-"):
            chains.append([node.ref for node in way.nodes])
    wanted = np.unique(np.array([ref for chain in chains for ref in chain], np.int64))
    if not len(wanted):
        return np.empty(0, object)
    places = np.full((len(wanted), 2), np.nan)
    nodes = osmium.FileProcessor(str(file), osmium.osm.NODE).with_filter(osmium.filter.IdFilter(wanted.tolist()))
    for node in nodes:
        if not isinstance(node, osmium.osm.Node):
            continue
        at = int(np.searchsorted(wanted, node.id))
        if at < len(wanted) and wanted[at] == node.id and node.location.valid():
            places[at] = node.location.lon, node.location.lat
    refs, line_of = np.concatenate(chains), np.repeat(np.arange(len(chains), dtype=np.int32), [*map(len, chains)])
    lon, lat = places[np.searchsorted(wanted, refs)].T
    broken, _ = broken_places(line_of, refs, lon, lat, np.zeros(len(refs), bool))
    places[np.searchsorted(wanted, refs[broken])] = np.nan
    lines = [shapely.LineString(part) for chain in chains for part in _unbroken(places[np.searchsorted(wanted, chain)])]
    return np.array(lines, object)


def _unbroken(places: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The stretches of a line between points that are not in the file: nothing is drawn over a gap."""
    gaps = np.flatnonzero(np.isnan(places[:, 0]))
    stretches = np.split(places, np.unique(np.concatenate([gaps, gaps + 1])))
    return [stretch for stretch in stretches if len(stretch) > 1]


def _is_on_ground(tags: osmium.osm.TagList) -> bool:
    above_or_below = any(tags.get(key, "no") != "no" for key in ELSEWHERE)
    return not above_or_below and tags.get("location") not in UNDERGROUND


def _water(file: Path) -> NDArray[np.object_]:
    wanted = osmium.filter.TagFilter(*((key, value) for key, values in WATER.items() for value in values))
    wkb = osmium.geom.WKBFactory()
    shapes = [
        wkb.create_multipolygon(item)
        for item in osmium.FileProcessor(str(file)).with_areas(wanted).with_filter(wanted)
        if isinstance(item, osmium.osm.Area) and _is_on_ground(item.tags)
    ]
    return shapely.make_valid(shapely.from_wkb(np.array(shapes, object))) if shapes else np.empty(0, object)
