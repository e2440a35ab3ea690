"""Streets out of an OpenStreetMap file: the ways that anybody moves on, with the tags that costs need."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import osmium.geom
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_restrictions import Restriction, left_out_restrictions, restrictions_of
from tesoma_geo.tables import LeftOut

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".xml")

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
    "ice_road", "informal", "man_made", "maxspeed:backward:conditional", "maxspeed:conditional",
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
        The file. Ways tagged ``highway`` and ferry routes are taken.

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
    tables = _Tables()
    try:
        tables.read(file)
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            f"{file} cannot be read as OpenStreetMap data ({error})",
            "It may be cut off or damaged: download it again",
        ) from None
    if not tables.way_lengths:
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
    if not file.name.endswith(SUFFIXES):
        raise SourceError(f"{file} does not end in {', '.join(SUFFIXES)}", "Name an OpenStreetMap file")


class _Tags:
    """Tag columns that grow a row at a time, most of them sparse."""

    def __init__(self, keys: tuple[str, ...], rare: tuple[str, ...]) -> None:
        self.ids: list[int] = []
        self.rare = frozenset(rare)
        self.cells: dict[str, tuple[list[int], list[str]]] = {key: ([], []) for key in (*keys, *rare)}

    def add(self, item_id: int, tags: Any) -> None:
        row = len(self.ids)
        self.ids.append(item_id)
        for key, value in tags:
            cell = self.cells.get(key)
            if cell is not None:
                cell[0].append(row)
                cell[1].append(value)

    def table(self, id_name: str) -> pd.DataFrame:
        columns = {id_name: pd.Series(np.array(self.ids, np.int64))}
        for key, (rows, values) in self.cells.items():
            if not rows and key in self.rare:
                continue
            index = np.full(len(self.ids), -1, np.int32)
            index[rows] = np.arange(len(rows))
            # Taken by Arrow, where no tag is null: a tenth of the time of a column of Python objects.
            column = pa.array(values, pa.large_string()).take(pa.array(index, mask=index < 0))
            columns[key] = pd.Series(pd.array(column, dtype="str"))
        return pd.DataFrame(columns)


class _Tables:
    """What grows while a file is read."""

    def __init__(self) -> None:
        self.ways = _Tags(WAY_TAGS, RARE_WAY_TAGS)
        self.nodes = _Tags(NODE_TAGS, RARE_NODE_TAGS)
        self.refs: list[int] = []
        self.factory = osmium.geom.WKBFactory()
        self.shapes: list[str] = []
        self.way_lengths: list[int] = []
        self.without_location = 0
        self.restrictions: list[Restriction] = []
        self.unread: Counter[str] = Counter()

    def read(self, file: Path) -> None:
        wanted = osmium.filter.KeyFilter("highway", "route", "barrier", "kerb", "crossing", "railway", "type")
        entities = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
        for item in osmium.FileProcessor(str(file), entities).with_locations().with_filter(wanted):
            if isinstance(item, osmium.osm.Node):
                self.nodes.add(item.id, item.tags)
            elif isinstance(item, osmium.osm.Way) and ("highway" in item.tags or item.tags.get("route") == "ferry"):
                self._add_way(item)
            elif isinstance(item, osmium.osm.Relation):
                members = [(member.type, member.ref, member.role) for member in item.members]
                self.restrictions += restrictions_of(item.id, dict(item.tags), members, self.unread)

    def _add_way(self, way: osmium.osm.Way) -> None:
        try:
            shape = self.factory.create_linestring(way, osmium.geom.use_nodes.ALL)
            refs = [node.ref for node in way.nodes]
        except (osmium.InvalidLocationError, RuntimeError):  # nodes without coordinates, or fewer than two
            located = [node for node in way.nodes if node.location.valid()]
            self.without_location += len(way.nodes) - len(located)
            if len(located) < 2:
                return
            refs = [node.ref for node in located]
            shape = shapely.linestrings([(node.location.lon, node.location.lat) for node in located]).wkb_hex
        self.shapes.append(shape)
        self.refs += refs
        self.way_lengths.append(len(refs))
        self.ways.add(way.id, way.tags)

    def extract(self) -> OsmExtract:
        refs = np.array(self.refs, np.int64)
        lon, lat = _coordinates(self.shapes, self.way_lengths)
        node_id, first, node = np.unique(refs, return_index=True, return_inverse=True)
        way_of_ref = np.repeat(np.arange(len(self.way_lengths), dtype=np.int32), self.way_lengths)
        within = way_of_ref[1:] == way_of_ref[:-1]
        return OsmExtract(
            node_id=node_id,
            lon=lon[first],
            lat=lat[first],
            tail=node[:-1][within].astype(np.int32),
            head=node[1:][within].astype(np.int32),
            way=way_of_ref[1:][within],
            ways=self.ways.table("osm_id"),
            node_tags=_on_streets(self.nodes.table("node"), node_id),
            left_out=self._left_out(),
            restrictions=tuple(self.restrictions),
        )

    def _left_out(self) -> tuple[LeftOut, ...]:
        unread = left_out_restrictions(self.unread)
        if not self.without_location:
            return unread
        return (LeftOut("street nodes", "the file does not hold their coordinates", self.without_location), *unread)


def _coordinates(shapes: list[str], lengths: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of lines in hexadecimal WKB: nine bytes of header, then pairs of doubles.

    Read as one block, which takes a tenth of the time of making shapely lines first.
    """
    stored = np.frombuffer(bytes.fromhex("".join(shapes)), np.uint8)
    sizes = 9 + 16 * np.array(lengths)
    is_number = np.ones(len(stored), bool)
    is_number[(np.cumsum(sizes) - sizes)[:, None] + np.arange(9)] = False
    lon, lat = np.frombuffer(stored[is_number].tobytes(), "<f8").reshape(-1, 2).T
    return lon, lat


def _on_streets(node_tags: pd.DataFrame, node_id: NDArray[np.int64]) -> pd.DataFrame:
    """The tagged nodes that lie on streets, with their ids replaced by node indices."""
    ids = node_tags["node"].to_numpy()
    index = np.searchsorted(node_id, ids).clip(max=len(node_id) - 1)
    on_street = node_id[index] == ids
    tags_on_streets: pd.DataFrame = node_tags[on_street].assign(node=index[on_street])
    return tags_on_streets.sort_values("node", ignore_index=True)
