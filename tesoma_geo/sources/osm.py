"""Streets out of an OpenStreetMap file: the ways that anybody moves on, with the tags that costs need."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
import osmium
import osmium.geom
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_columns import TagColumns, as_wkb, coordinates, on_streets
from tesoma_geo.sources.osm_objects import OsmObjects
from tesoma_geo.sources.osm_restrictions import Restriction, left_out_restrictions, restrictions_of
from tesoma_geo.sources.osm_squares import Square, class_of, is_square, lines_of_sight, rings_of
from tesoma_geo.tables import LeftOut

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".xml")
#: Forms of OpenStreetMap files that are not read, and what makes others of them.
OTHER_FORMS = {
    ".zst": "Unpack it: zstd -d FILE",
    ".o5m": "Convert it: osmium cat FILE -o streets.osm.pbf",
    ".o5c": "Name a whole file, not its changes",
    ".osc": "Name a whole file, not its changes",
    ".osc.gz": "Name a whole file, not its changes",
    ".opl": "Convert it: osmium cat FILE -o streets.osm.pbf",
    ".zip": "Unpack it",
    ".7z": "Unpack it",
    ".xz": "Unpack it: unxz FILE",
}

#: Tags of ways that some profile's costs, a scenario or a page reads; the others are not kept.
WAY_TAGS = (
    "access", "area", "bicycle", "bicycle:backward", "bicycle:forward", "bridge", "covered", "crossing", "cycleway",
    "cycleway:both", "cycleway:left", "cycleway:right", "duration", "foot", "footway", "handrail", "highway",
    "incline", "indoor", "junction", "kerb", "lanes", "layer", "lit", "maxspeed", "maxspeed:backward",
    "maxspeed:forward", "motor_vehicle", "motorcar", "motorroad", "name", "name:sv", "oneway", "oneway:bicycle",
    "oneway:foot", "ramp", "ramp:bicycle", "ramp:stroller", "ramp:wheelchair", "route", "segregated", "service",
    "sidewalk", "smoothness", "step_count", "surface", "tracktype", "tunnel", "vehicle", "wheelchair", "width",
    "winter_service",
)  # fmt: skip

#: Tags of ways that few files have: columns of those that some way has.
RARE_WAY_TAGS = (
    *(f"{key}:{end}" for key in ("access", "bicycle", "foot", "motor_vehicle", "motorcar", "vehicle", "oneway")
      for end in ("conditional", "forward", "backward", "forward:conditional", "backward:conditional", "winter")
      if f"{key}:{end}" not in WAY_TAGS),
    "conveying", "cycleway:both:oneway", "cycleway:left:oneway", "cycleway:oneway", "cycleway:right:oneway",
    "ice_road", "informal", "location", "man_made", "maxspeed:backward:conditional", "maxspeed:conditional",
    "maxspeed:forward:conditional", "maxspeed:type", "maxwidth:physical", "mtb:scale", "oneway:motor_vehicle",
    "oneway:motorcar", "oneway:vehicle", "opening_hours", "public_transport", "railway", "sac_scale", "seasonal",
    "seasonal:winter", "seasonal:winter:bicycle", "seasonal:winter:foot", "sidewalk:both", "sidewalk:left",
    "sidewalk:right", "snowplowing", "source:maxspeed", "wheelchair:conditional", "winter_road", "zone:maxspeed",
)  # fmt: skip

#: Tags of nodes on those ways that delay or stop somebody.
NODE_TAGS = (
    "access", "barrier", "bicycle", "bollard", "crossing", "crossing:signals", "cycle_barrier", "entrance", "foot",
    "height", "highway", "kerb", "kerb:height", "locked", "maxwidth", "maxwidth:physical", "motor_vehicle", "motorcar",
    "railway", "traffic_signals", "vehicle", "wheelchair", "width",
)  # fmt: skip
#: Tags of nodes that few files have: columns of those that some node has.
RARE_NODE_TAGS = (
    "access:conditional", "bicycle:conditional", "foot:conditional", "locked:conditional",
    "motor_vehicle:conditional", "motorcar:conditional", "opening", "opening_hours", "seasonal", "spacing",
    "vehicle:conditional", "wheelchair:conditional",
)  # fmt: skip


#: Keys of which an object has one that is read.
KEYS = (
    "highway", "route", "barrier", "kerb", "crossing", "railway", "type", "entrance", "door", "public_transport",
    "man_made", "indoor",
)  # fmt: skip

NOT_WHOLE = "multipolygons whose outline is not whole in the file"


@dataclass(frozen=True, eq=False)
class OsmExtract:
    """The street ways of one OpenStreetMap file.

    Attributes
    ----------
    node_id, lon, lat
        Nodes on street ways, each once: OpenStreetMap id and WGS 84 degrees, shape (n,).
    tail, head
        Straight segments between consecutive nodes of a way, as node indices, shape (m,).
    way
        Row of ``ways`` each segment belongs to, shape (m,).
    ways
        A row a way: ``osm_id`` and the columns :data:`WAY_TAGS` (strings, None where untagged), and those of
        :data:`RARE_WAY_TAGS` that some way has.
    node_tags
        Tagged nodes: ``node`` (index) and the columns :data:`NODE_TAGS`, and those of :data:`RARE_NODE_TAGS` that
        some node has.
    left_out
        What the file held that could not be used.
    restrictions
        Turn restrictions, as their relations tell them.
    """

    node_id: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    way: NDArray[np.int32]
    ways: pd.DataFrame
    node_tags: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    restrictions: tuple[Restriction, ...] = ()


def read_osm(path: str | os.PathLike[str]) -> OsmExtract:
    """Read the street ways of an OpenStreetMap file (``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``).

    Parameters
    ----------
    path
        The file, in whatever order and versions it holds its objects. Ways tagged ``highway``, ferry routes, and
        platforms, piers and corridors are taken; squares and the like are crossed in straight lines.

    Returns
    -------
    OsmExtract

    Raises
    ------
    SourceError
        The file is missing, is not OpenStreetMap data, is cut off, or holds no street.
    """
    file = Path(path)
    check_is_osm_file(file)
    try:
        tables = _read(file)
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            f"{file} cannot be read as OpenStreetMap data ({error})",
            "It may be cut off or damaged: download it again",
        ) from None
    if not tables.lengths:
        raise SourceError(f"{file} holds no way tagged highway", "Export an area with streets, all highway=* ways")
    return tables.extract()


def check_is_osm_file(file: Path) -> None:
    """Refuse what is missing or not named as an OpenStreetMap file.

    Parameters
    ----------
    file
        The path.

    Raises
    ------
    SourceError
        It is no such file.
    """
    if not file.is_file():
        raise SourceError(f"{file}: there is no such file", "Correct the path, or fetch it with tesoma-geo fetch")
    for suffix, remedy in OTHER_FORMS.items():
        if file.name.endswith(suffix):
            raise SourceError(f"{file} is in a form that is not read", remedy.replace("FILE", file.name))
    if not file.name.endswith(SUFFIXES):
        raise SourceError(f"{file} does not end in {', '.join(SUFFIXES)}", "Name an OpenStreetMap file")


def _read(file: Path) -> "_Tables":
    if file.name.endswith(".pbf"):
        tables = _Tables()
        tables.read(file)
        if tables.in_order:
            return tables
    tables = _Tables()
    tables.take(OsmObjects.read(file))
    return tables


class _Tables:
    """What grows while a file is read."""

    def __init__(self) -> None:
        self.ways = TagColumns(WAY_TAGS, RARE_WAY_TAGS)
        self.nodes = TagColumns(NODE_TAGS, RARE_NODE_TAGS)
        self.doors: set[int] = set()
        self.refs: list[int] = []
        self.factory = osmium.geom.WKBFactory()
        self.shapes: list[str] = []
        self.lengths: list[int] = []
        #: The row of ``ways`` of each line.
        self.rows: list[int] = []
        self.squares: list[Square] = []
        self.areas: list[tuple[int, dict[str, str], list[int]]] = []
        self.restrictions: list[Restriction] = []
        self.unread: Counter[str] = Counter()
        self.unlike_order = False
        self.unlocated = self.n_ways = 0
        self.place: Callable[[int], tuple[float, float] | None] = _nowhere

    def read(self, file: Path) -> None:
        """Read a file that is sorted, with each object once; see :attr:`in_order` for whether it was."""
        places = osmium.index.create_map("flex_mem")
        self.place = partial(_place_in, places)
        wanted = osmium.filter.KeyFilter(*KEYS)
        entities = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
        for item in osmium.FileProcessor(str(file), entities).with_locations(cast("str", places)).with_filter(wanted):
            if isinstance(item, osmium.osm.Node):
                self.unlike_order |= bool(self.ways.ids) or item.deleted
                self._add_node(item.id, item.tags)
            elif isinstance(item, osmium.osm.Way):
                self.unlike_order |= item.deleted or item.id < 0
                tags = item.tags
                if "highway" in tags or tags.get("route") == "ferry":
                    self._add_located(item, tags, None)
                elif told := class_of(tags):
                    self._add_located(item, tags, told)
            elif isinstance(item, osmium.osm.Relation):
                members = [(member.type, member.ref, member.role) for member in item.members]
                self._add_relation(item.id, dict(item.tags), members)
        self.n_ways = len(self.ways.ids)
        members_of = {way for _, _, ways in self.areas for way in ways}
        if members_of and self.in_order:
            ids = osmium.filter.IdFilter(sorted(members_of))
            ways: Iterable[Any] = osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(ids)
            outlines = {way.id: [node.ref for node in way.nodes] for way in ways}
            self._add_areas(outlines)

    @property
    def in_order(self) -> bool:
        """Whether the file was sorted, with ids above zero and each object once."""
        ways, nodes = (np.array(table.ids, np.int64) for table in (self.ways, self.nodes))
        ids_rise = all((np.diff(ids) > 0).all() and (ids > 0).all() for ids in (ways[: self.n_ways], nodes))
        below_zero = min(self.refs, default=0) < 0
        nodes_first = 2 * self.unlocated < max(len(self.refs), 1)  # else they may follow
        return ids_rise and nodes_first and not below_zero and not self.unlike_order

    def take(self, objects: OsmObjects) -> None:
        """Take what a file holds in another order."""
        self.place = objects.places.get
        for node, tags in sorted(objects.node_tags.items()):
            if not tags.keys().isdisjoint(KEYS):
                self._add_node(node, tags.items())
        unknown = (float("nan"), float("nan"))
        for number, (refs, tags) in sorted(objects.ways.items()):
            told = class_of(tags)
            if "highway" in tags or tags.get("route") == "ferry" or told:
                at = [objects.places.get(ref, unknown) for ref in refs]
                self._add_way(number, refs, as_wkb(at), tags, None if "highway" in tags else told)
        for number, (members, tags) in sorted(objects.relations.items()):
            self._add_relation(number, tags, members)
        self._add_areas({number: refs for number, (refs, _) in objects.ways.items()})

    def _add_node(self, number: int, tags: Any) -> None:
        keys = {key for key, _ in tags}
        if not keys.isdisjoint(self.nodes.cells):
            self.nodes.add(number, tags)
        if "entrance" in keys or "door" in keys:
            self.doors.add(number)

    def _add_located(self, way: osmium.osm.Way, tags: Any, told: str | None) -> None:
        try:
            shape = self.factory.create_linestring(way, osmium.geom.use_nodes.ALL)
        except (osmium.InvalidLocationError, RuntimeError):  # nodes without coordinates, or fewer than two
            unknown = (float("nan"), float("nan"))
            self.unlocated += sum(not node.location.valid() for node in way.nodes)
            shape = as_wkb(
                (node.location.lon, node.location.lat) if node.location.valid() else unknown for node in way.nodes
            )
        self._add_way(way.id, [node.ref for node in way.nodes], shape, tags, told)

    def _add_way(self, number: int, refs: list[int], shape: str, tags: Any, told: str | None) -> None:
        if len(refs) < 2:
            return
        self._add_line(refs, shape)
        if len(refs) > 3 and refs[0] == refs[-1] and is_square(tags):
            self.squares.append(Square(len(self.ways.ids), (tuple(refs),)))
        self._add_row(number, tags, told)

    def _add_line(self, refs: Sequence[int], shape: str) -> None:
        self.rows.append(len(self.ways.ids))
        self.shapes.append(shape)
        self.refs += refs
        self.lengths.append(len(refs))

    def _add_row(self, number: int, tags: Any, told: str | None) -> None:
        """Add a row of ``ways``; ``told`` is its class where it has no ``highway``."""
        self.ways.add(number, tags.items() if isinstance(tags, dict) else tags)
        if told is not None:
            self.ways.set("highway", told)

    def _add_relation(self, number: int, tags: dict[str, str], members: list[tuple[str, int, str]]) -> None:
        self.restrictions += restrictions_of(number, tags, members, self.unread)
        if tags.get("type") == "multipolygon" and is_square(tags, multipolygon=True):
            self.areas.append((number, tags, [ref for kind, ref, _ in members if kind == "w"]))

    def _add_areas(self, outlines: Mapping[int, Sequence[int]]) -> None:
        """Multipolygons as ways along their outlines: rows with the ids of relations below zero."""
        for number, tags, ways in self.areas:
            rings = rings_of(outlines[way] for way in ways if way in outlines)
            if not rings or any(way not in outlines for way in ways):
                self.unread[NOT_WHOLE] += 1
                continue
            unknown = (float("nan"), float("nan"))
            for ring in rings:
                self._add_line(ring, as_wkb(self.place(node) or unknown for node in ring))
            self.squares.append(Square(len(self.ways.ids), rings))
            self._add_row(-number, tags, None if "highway" in tags else class_of(tags))

    def extract(self) -> OsmExtract:
        refs, row = np.array(self.refs, np.int64), np.repeat(np.array(self.rows, np.int32), self.lengths)
        lon, lat = coordinates(self.shapes, self.lengths)
        known, line = np.isfinite(lon), np.repeat(np.arange(len(self.rows)), self.lengths)
        node_id, first = np.unique(refs[known], return_index=True)
        node = np.searchsorted(node_id, refs)
        within = (line[1:] == line[:-1]) & known[1:] & known[:-1]
        tail, head, way = node[:-1][within], node[1:][within], row[1:][within]
        left_out = self._left_out(line, lon, lat)
        if self.squares:
            order = np.lexsort((row, refs))
            same = (refs[order][1:] == refs[order][:-1]) & (row[order][1:] != row[order][:-1])
            entries = {*refs[order][1:][same].tolist(), *self.doors}
            across, unlike = lines_of_sight(self.squares, self.place, entries.__contains__)
            one, other, of_way = np.array(across, np.int64).reshape(-1, 3).T
            tail = np.concatenate([tail, np.searchsorted(node_id, one)])
            head = np.concatenate([head, np.searchsorted(node_id, other)])
            way = np.concatenate([way, of_way])
            left_out = (*left_out, *unlike)
        return OsmExtract(
            node_id=node_id,
            lon=lon[known][first],
            lat=lat[known][first],
            tail=tail.astype(np.int32),
            head=head.astype(np.int32),
            way=way.astype(np.int32),
            ways=self.ways.table("osm_id"),
            node_tags=on_streets(self.nodes.table("node"), node_id),
            left_out=left_out,
            restrictions=tuple(self.restrictions),
        )

    def _left_out(
        self, line: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> tuple[LeftOut, ...]:
        squares = self.unread.pop(NOT_WHOLE, 0)
        found = left_out_restrictions(self.unread)
        if squares:
            found = (LeftOut("squares", NOT_WHOLE, squares), *found)
        unknown = ~np.isfinite(lon)
        if not unknown.any():
            return found
        at = np.flatnonzero(~unknown)
        gaps = np.flatnonzero((np.diff(at) > 1) & (np.diff(line[at]) == 0))
        if len(gaps):
            one, other = at[gaps], at[gaps + 1]
            _, _, wide_m = Geod(ellps="WGS84").inv(lon[one], lat[one], lon[other], lat[other])
            reason = "the file does not hold the nodes between: nothing is drawn over the gap"
            found = (LeftOut("metres of streets", reason, round(float(wide_m.sum()))), *found)
        return (LeftOut("street nodes", "the file does not hold their coordinates", int(unknown.sum())), *found)


def _nowhere(_: int) -> None:
    """Where a node is of which nothing is known."""


def _place_in(places: osmium.index.LocationTable, node: int) -> tuple[float, float] | None:
    try:
        at = places.get(node)
    except KeyError:
        return None
    return (at.lon, at.lat) if at.valid() else None
