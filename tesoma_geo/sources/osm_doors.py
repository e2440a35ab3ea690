"""The doors of the building that a point lies in, as an OpenStreetMap file has them on its outline."""

import os
from pathlib import Path

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_ordered import ordered

#: Values of ``entrance`` and ``door`` that a visitor does not use.
NOT_FOR_VISITORS = frozenset({"no", "service", "emergency", "exit", "garage", "fire_exit", "delivery"})
NO_ACCESS = frozenset({"no", "private"})
#: A point alone stands for a place that reaches so far. An assumption: half of a town block or of a centre's yard, so
#: that where in it the point was put hardly matters.
PLACE_M = 75.0
#: A door is looked for so far around, in metres: half of a large building.
NEAR_M = 300.0


def doors_around(path: str | os.PathLike[str], place: tuple[float, float], crs: str) -> NDArray[np.float64]:
    """Doors on the outline of the building around a place.

    Buildings are closed ways with ``building`` or ``building:part``; of several around the place the smallest with
    doors counts. Main entrances come alone where there are any.

    Parameters
    ----------
    path
        ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.
    place
        x and y in ``crs``.
    crs
        A metric CRS.

    Returns
    -------
    float64 array of shape (k, 2)
        x and y, in the order of their ids; empty where the place is in no building, or nobody mapped its doors.

    Raises
    ------
    SourceError
        The file cannot be read as OpenStreetMap data.
    """
    return doors_of_buildings(path, np.array([place], float), crs)[0]


def doors_of_buildings(
    path: str | os.PathLike[str], places: NDArray[np.float64], crs: str
) -> list[NDArray[np.float64]]:
    """Doors on the outlines of the buildings around places: :func:`doors_around` for many.

    Parameters
    ----------
    path, crs
        As there.
    places
        x and y in ``crs``, shape (k, 2).

    Returns
    -------
    list of float64 arrays of shape (doors, 2)
        One a place.

    Raises
    ------
    SourceError
        The file cannot be read as OpenStreetMap data.
    """
    nothing = [np.empty((0, 2)) for _ in range(len(places))]
    try:
        with ordered(Path(path)) as one:
            name = str(one.path)
            doors = _doors_near(name, places, crs) if len(places) else {}
            outlines = _outlines_with(name, doors) if doors else []
            refs = sorted({ref for outline in outlines for ref in outline})
            at = _places(name, refs, crs)
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            f"{path} cannot be read as OpenStreetMap data ({error})",
            "Correct the path; a file that is cut off is to be downloaded again",
        ) from None
    if not outlines:
        return nothing
    corners = [[at[ref] for ref in outline if ref in at] for outline in outlines]
    buildings = [shapely.make_valid(shapely.Polygon(one)) if len(one) > 3 else shapely.Polygon() for one in corners]
    of, around = shapely.STRtree(buildings).query(shapely.points(places), predicate="covered_by")
    smallest: dict[int, tuple[float, list[int]]] = {}
    for place, number in zip(of.tolist(), around.tolist(), strict=True):
        candidate = (shapely.Polygon(corners[number]).area, outlines[number])
        smallest[place] = min(smallest.get(place, candidate), candidate)
    for place, (_, outline) in smallest.items():
        own = {ref: doors[ref] for ref in outline if ref in doors}
        mains = [ref for ref, is_main in own.items() if is_main]
        nothing[place] = np.array([at[ref] for ref in sorted(mains or own)], float)
    return nothing


def _doors_near(path: str, places: NDArray[np.float64], crs: str) -> dict[int, bool]:
    """Ids of the doors near places that visitors use, and whether each is a main entrance."""
    from scipy.spatial import cKDTree

    nodes = osmium.FileProcessor(path, osmium.osm.NODE).with_filter(osmium.filter.KeyFilter("entrance", "door"))
    doors = [
        (node.id, node.lon, node.lat, node.tags.get("entrance", "yes") == "main")
        for node in nodes
        if isinstance(node, osmium.osm.Node) and _is_for_visitors(dict(node.tags))
    ]
    if not doors:
        return {}
    ids, lon, lat, mains = zip(*doors, strict=True)
    x, y = to_metric(np.array(lon), np.array(lat), crs)
    near = np.isfinite(cKDTree(places).query(np.column_stack([x, y]), distance_upper_bound=NEAR_M)[0]).tolist()
    return {number: is_main for number, is_main, is_near in zip(ids, mains, near, strict=True) if is_near}


def _is_for_visitors(tags: dict[str, str]) -> bool:
    return tags.get("access") not in NO_ACCESS and not {tags.get("entrance"), tags.get("door")} & NOT_FOR_VISITORS


def _outlines_with(path: str, doors: dict[int, bool]) -> list[list[int]]:
    """Node ids of the buildings with one of the doors on their outline."""
    ways = osmium.FileProcessor(path, osmium.osm.WAY).with_filter(osmium.filter.KeyFilter("building", "building:part"))
    outlines = ([node.ref for node in way.nodes] for way in ways if isinstance(way, osmium.osm.Way))
    return [outline for outline in outlines if outline[:1] == outline[-1:] and not doors.keys().isdisjoint(outline)]


def _places(path: str, refs: list[int], crs: str) -> dict[int, tuple[float, float]]:
    """X and y of nodes."""
    if not refs:
        return {}
    nodes = osmium.FileProcessor(path, osmium.osm.NODE).with_filter(osmium.filter.IdFilter(refs))
    places = [(node.id, node.lon, node.lat) for node in nodes if isinstance(node, osmium.osm.Node)]
    ids, lon, lat = zip(*places, strict=True)
    x, y = to_metric(np.array(lon), np.array(lat), crs)
    return dict(zip(ids, zip(x.tolist(), y.tolist(), strict=True), strict=True))
