"""What stands on squares of an OpenStreetMap file: buildings, walls, water. People walk around it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import osmium

from tesoma_geo.sources.osm_objects import OsmObjects
from tesoma_geo.sources.osm_obstacles import BARRIERS, RAILWAYS, WATERWAYS
from tesoma_geo.sources.osm_squares import level_of, rings_of
from tesoma_geo.sources.osm_text import Place

#: West, south, east and north in degrees.
Box = tuple[float, float, float, float]
#: A way's nodes and tags.
TaggedWay = tuple[Sequence[int], Mapping[str, str]]

#: Buildings that are walked under. https://wiki.openstreetmap.org/wiki/Key:building
OPEN_BUILDINGS = frozenset({"no", "roof", "carport", "canopy", "bridge"})
#: Outlines that nobody walks through, by key and value.
CLOSED_AREAS: Mapping[str, frozenset[str]] = {
    "natural": frozenset({"water"}),
    "waterway": frozenset({"riverbank", "dock"}),
    "amenity": frozenset({"fountain"}),
    "leisure": frozenset({"swimming_pool"}),
    "landuse": frozenset({"basin", "reservoir", "flowerbed", "construction"}),
    "barrier": frozenset({*BARRIERS, "hedge", "block", "jersey_barrier"}),
    "man_made": frozenset({"planter", "silo", "storage_tank", "tower", "chimney", "water_tower"}),
    # https://wiki.openstreetmap.org/wiki/Simple_Indoor_Tagging
    "indoor": frozenset({"room", "wall", "column", "pillar"}),
}
#: Lines that nobody walks through, by key and value.
CLOSED_LINES: Mapping[str, frozenset[str]] = {
    "barrier": frozenset({*BARRIERS, "hedge", "jersey_barrier", "handrail"}),
    "railway": frozenset(RAILWAYS),
    "waterway": frozenset(WATERWAYS),
    # No coastline: piers begin on the shore, and who is on a square beside it is not in the water.
    "natural": frozenset({"cliff"}),
    "indoor": frozenset({"wall"}),
}
KEYS = ("building", *CLOSED_AREAS, "railway")
#: Keys that lift a building off the ground.
_LIFTED = ("min_height", "building:min_level", "min_level")


@dataclass(frozen=True)
class Standing:
    """Something on a square.

    Attributes
    ----------
    rings
        Node ids around it and its holes, the first repeated at the end; of a line, its nodes.
    is_area
        Whether it is an outline rather than a line.
    is_building
        Whether it is a building.
    level
        As :func:`~tesoma_geo.sources.osm_squares.level_of` tells it.
    is_indoors
        Whether it stands within buildings: it is no obstacle on squares under the sky.
    """

    rings: tuple[tuple[int, ...], ...]
    is_area: bool
    is_building: bool
    level: tuple[str, ...]
    is_indoors: bool = False


def stands(tags: Mapping[str, str], *, closed: bool) -> bool:
    """Whether nobody walks through an object.

    Parameters
    ----------
    tags
        Of a way or a multipolygon.
    closed
        Whether it is an outline, rather than a line.

    Returns
    -------
    bool
    """
    if tags.get("location", "") in ("underground", "overhead", "roof") or tags.get("covered", "no") != "no":
        return False
    if tags.get("tunnel", "no") != "no" or tags.get("bridge", "no") != "no":
        return False
    if closed and tags.get("building", "no") not in OPEN_BUILDINGS:
        return all(tags.get(key, "0").strip() in ("0", "") for key in _LIFTED)
    if closed and any(tags.get(key) in values for key, values in CLOSED_AREAS.items()):
        return True
    return any(tags.get(key) in values for key, values in CLOSED_LINES.items())


def standing_in_file(file: Path, place: Place, boxes: Sequence[Box]) -> list[Standing]:
    """What stands within boxes, of a sorted file.

    Parameters
    ----------
    file
        The file.
    place
        Where its nodes are.
    boxes
        Of the squares.

    Returns
    -------
    list of Standing
    """
    ways: list[TaggedWay] = []
    relations: list[tuple[list[int], dict[str, str]]] = []
    entities = osmium.osm.WAY | osmium.osm.RELATION
    for item in osmium.FileProcessor(str(file), entities).with_filter(osmium.filter.KeyFilter(*KEYS)):
        if isinstance(item, osmium.osm.Way):
            ways.append(([node.ref for node in item.nodes], dict(item.tags)))
        elif isinstance(item, osmium.osm.Relation) and item.tags.get("type") == "multipolygon":
            relations.append(([one.ref for one in item.members if one.type == "w"], dict(item.tags)))
    outlines: dict[int, Sequence[int]] = {}
    if relations:
        wanted = osmium.filter.IdFilter(sorted({way for members, _ in relations for way in members}))
        for item in osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(wanted):
            if isinstance(item, osmium.osm.Way):
                outlines[item.id] = [node.ref for node in item.nodes]
    return _standing(ways, relations, outlines.get, place, boxes)


def standing_among(objects: OsmObjects, boxes: Sequence[Box]) -> list[Standing]:
    """What stands within boxes, of objects in any order.

    Parameters
    ----------
    objects
        The objects.
    boxes
        Of the squares.

    Returns
    -------
    list of Standing
    """
    relations = [
        ([ref for kind, ref, _ in members if kind == "w"], tags)
        for members, tags in objects.relations.values()
        if tags.get("type") == "multipolygon"
    ]

    def outline(way: int) -> Sequence[int] | None:
        return objects.ways[way][0] if way in objects.ways else None

    return _standing(objects.ways.values(), relations, outline, objects.places.get, boxes)


def _standing(
    ways: Iterable[TaggedWay],
    relations: Iterable[tuple[Sequence[int], Mapping[str, str]]],
    outline: Callable[[int], Sequence[int] | None],
    place: Place,
    boxes: Sequence[Box],
) -> list[Standing]:
    standing: list[Standing] = []
    for refs, tags in ways:
        closed = len(refs) > 3 and refs[0] == refs[-1]
        if stands(tags, closed=closed) and _lies_in(refs, place, boxes):
            # A wall that closes on itself is a line around something, unless it says that it is an area.
            is_wall = "barrier" in tags or tags.get("indoor") == "wall"
            is_line = not closed or (is_wall and tags.get("area") != "yes" and "building" not in tags)
            standing.append(_made((tuple(refs),), tags, is_area=not is_line))
    for members, tags in relations:
        lines = [outline(way) for way in dict.fromkeys(members)] if stands(tags, closed=True) else []
        rings = rings_of(line for line in lines if line is not None)
        if rings and any(_lies_in(ring, place, boxes) for ring in rings):
            standing.append(_made(rings, tags, is_area=True))
    return standing


def _made(rings: tuple[tuple[int, ...], ...], tags: Mapping[str, str], *, is_area: bool) -> Standing:
    is_building = tags.get("building", "no") != "no"
    return Standing(rings, is_area, is_building, level_of(tags), is_indoors="indoor" in tags and not is_building)


def _lies_in(refs: Sequence[int], place: Place, boxes: Sequence[Box]) -> bool:
    """Whether the box around some nodes meets one of the boxes."""
    places = [at for at in map(place, refs) if at is not None]
    if len(places) < len(refs):
        return False
    lon, lat = zip(*places, strict=True)
    west, south, east, north = min(lon), min(lat), max(lon), max(lat)
    return any(west <= e and w <= east and south <= n and s <= north for w, s, e, n in boxes)
