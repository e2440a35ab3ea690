"""Streets out of an OpenStreetMap file: the ways that anybody moves on, with the tags that costs need."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, cast

import numpy as np
import osmium
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod

from tesoma_geo._reading import guarded_apart
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_broken_places import FARTHEST_M, broken_places
from tesoma_geo.sources.osm_floors import floors_apart
from tesoma_geo.sources.osm_objects import OsmObjects, holds_changes, holds_history, remark_of
from tesoma_geo.sources.osm_relations import NOT_WHOLE, AreaRelations
from tesoma_geo.sources.osm_restrictions import Restriction, left_out_restrictions
from tesoma_geo.sources.osm_sight_lines import boxes_of, sight_lines
from tesoma_geo.sources.osm_square_obstacles import Box, Standing, standing_among, standing_in_file
from tesoma_geo.sources.osm_square_rows import entries, squares_of, street_ends, uncut, with_nodes
from tesoma_geo.sources.osm_squares import class_of, is_square
from tesoma_geo.sources.osm_tags import KEYS, NODE_TAGS, RARE_NODE_TAGS, RARE_WAY_TAGS, WAY_TAGS, tidied
from tesoma_geo.sources.osm_text import (
    FORM,
    NodesOnLines,
    Place,
    TaggedObjects,
    node_text,
    nodes_of,
    objects_of,
    on_streets,
    way_text,
)
from tesoma_geo.tables import LeftOut

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".xml")
#: Forms of OpenStreetMap files that are not read, and what makes others of them.
OTHER_FORMS = {
    ".zst": "Unpack it: zstd -d FILE",
    ".o5m": "Convert it: osmium cat FILE -o streets.osm.pbf",
    ".o5c": "Name a whole file, not its changes",
    ".osc": "Name a whole file, not its changes",
    ".opl": "Convert it: osmium cat FILE -o streets.osm.pbf",
    ".zip": "Unpack it",
    ".7z": "Unpack it",
    ".xz": "Unpack it: unxz FILE",
}


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


@guarded_apart("OpenStreetMap data", "It may be cut off or damaged: download it again")
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
        read = _read(file)
    except (RuntimeError, OSError, ValueError) as error:
        raise SourceError(
            f"{file} cannot be read as OpenStreetMap data ({error})",
            "It may be cut off or damaged: download it again",
        ) from None
    if not len(read.on.ref) or np.bincount(read.on.line).max() < 2:
        raise SourceError(f"{file} holds no way tagged highway", "Export an area with streets, all highway=* ways")
    if not np.isfinite(read.on.lon).any():
        raise SourceError(
            f"{file} holds streets, but not where their nodes lie",
            "Export the nodes of the ways too, for example with osmium extract, or Overpass: out body; >; out skel qt;",
        )
    extract = read.extract()
    remark = remark_of(file)
    if not remark:
        return extract
    left_out = LeftOut(
        "objects", "the server that made the file remarks that it may have stopped before the end", 1, (remark[:80],)
    )
    return replace(extract, left_out=(*extract.left_out, left_out))


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
    name = file.name.lower()
    for suffix, remedy in OTHER_FORMS.items():
        if name.removesuffix(".gz").removesuffix(".bz2").endswith(suffix):
            raise SourceError(f"{file} is in a form that is not read", remedy.replace("FILE", file.name))
    if not file.name.endswith(SUFFIXES):
        written = "Write the ending in small letters" if name.endswith(SUFFIXES) else "Name an OpenStreetMap file"
        raise SourceError(f"{file} does not end in {', '.join(SUFFIXES)}", written)
    if holds_changes(file):
        raise SourceError(f"{file} holds changes to a file (osmChange)", OTHER_FORMS[".osc"])


def _read(file: Path) -> "_Read":
    if file.name.endswith(".pbf") and not holds_history(file):
        read = _read_sorted(file)
        if read is not None and read.is_in_order:
            return read
    return _taken_from(OsmObjects.read(file))


@dataclass(frozen=True, eq=False)
class _Read:
    """What was read: ways first, then areas that several ways outline."""

    nodes: TaggedObjects
    ways: TaggedObjects
    #: The nodes along ways, then along the outlines of areas.
    on: NodesOnLines
    #: The row of ``ways`` of each line, shape (number of lines,).
    row: NDArray[np.int64]
    #: Ways, the first rows, which other rows follow.
    n_ways: int
    restrictions: tuple[Restriction, ...]
    unread: Counter[str]
    place: Place
    #: What stands within boxes.
    standing: Callable[[Sequence[Box]], list[Standing]]

    @classmethod
    def of(
        cls,
        node_lines: bytes,
        way_lines: bytes,
        relations: "AreaRelations",
        place: Place,
        standing: Callable[[Sequence[Box]], list[Standing]],
    ) -> "_Read":
        nodes, _ = objects_of(node_lines)
        ways, rest = objects_of(way_lines + relations.rows)
        n_ways = len(ways.ids) - relations.rows.count(b"\n")
        texts = [] if rest is None else rest.to_pylist()[:n_ways]
        with_holes = np.array([int(np.flatnonzero(ways.ids == way)[0]) for way in relations.with_holes], np.int64)
        row = np.concatenate([np.arange(n_ways), n_ways + np.array(relations.row, np.int64), with_holes])
        on = nodes_of([*texts, *relations.rings, *relations.holes])
        return cls(nodes, ways, on, row, n_ways, tuple(relations.restrictions), relations.unread, place, standing)

    @property
    def is_in_order(self) -> bool:
        """Whether ids rise from zero, and the places of most nodes were read before the ways."""
        ids_rise = all(
            (np.diff(ids) > 0).all() and (ids > 0).all() for ids in (self.ways.ids[: self.n_ways], self.nodes.ids)
        )
        unknown = np.count_nonzero(np.isnan(self.on.lon))
        nodes_first = 2 * unknown < max(len(self.on.ref), 1)
        return bool(ids_rise and nodes_first and (self.on.ref >= 0).all())

    def extract(self) -> OsmExtract:
        """Streets between nodes, and straight lines across squares.

        Returns
        -------
        OsmExtract
        """
        long_enough = np.bincount(self.row[self.on.line], minlength=len(self.ways.ids)) > 1
        rows = np.flatnonzero(long_enough)
        ways = self.ways.taken(rows)
        of_line = self.row[self.on.line]
        kept = long_enough[of_line]
        row, line = (np.cumsum(long_enough) - 1)[of_line[kept]], self.on.line[kept]
        refs, lon, lat = self.on.ref[kept], self.on.lon[kept], self.on.lat[kept]
        ferries = ways.having("route") & ~ways.having("highway")
        broken, leaps = broken_places(line, refs, lon, lat, ferries[row])
        lon, lat = np.where(broken, np.nan, lon), np.where(broken, np.nan, lat)
        known = np.isfinite(lon)
        n_ways = int(np.count_nonzero(rows < self.n_ways))
        new_ids = count(min(0, int(refs.min())) - 1, -1)
        drawn = squares_of(ways, n_ways, line, row, refs)
        floors = floors_apart(drawn, ways, self.nodes, row, refs, new_ids)
        if floors.copies:
            refs = floors.refs
            drawn = squares_of(ways, n_ways, line, row, refs)
        node_id, first = np.unique(refs[known], return_index=True)
        node_lon, node_lat = lon[known][first], lat[known][first]
        within = (line[1:] == line[:-1]) & known[1:] & known[:-1] & ~leaps
        tail, head, way = refs[:-1][within], refs[1:][within], row[1:][within]
        left_out = _left_out(Counter(self.unread), line, lon, lat, broken, leaps)
        lost = frozenset(refs[broken].tolist())
        of_copy = floors.copies.get

        def place(node: int) -> tuple[float, float] | None:
            return None if node in lost else self.place(of_copy(node, node))

        if drawn:
            entry_ids = entries(self.nodes, row, floors)
            lines = sight_lines(
                drawn,
                place,
                entry_ids.__contains__,
                street_ends(ways, n_ways, line, row, refs, lon, lat),
                self.standing(boxes_of(drawn, place)),
                new_ids,
            )
            one, other, of_way = np.array(lines.lines, np.int64).reshape(-1, 3).T
            kept_rows = uncut(tail, head, way, lines)
            tail, head, way = (
                np.concatenate([streets[kept_rows], across])
                for streets, across in ((tail, one), (head, other), (way, of_way))
            )
            node_id, node_lon, node_lat = with_nodes(node_id, node_lon, node_lat, lines, place)
            left_out = (*left_out, *lines.counted())
        tagged = self.nodes.taken(np.flatnonzero(self.nodes.having(*NODE_TAGS, *RARE_NODE_TAGS)))
        return OsmExtract(
            node_id=node_id,
            lon=node_lon,
            lat=node_lat,
            tail=np.searchsorted(node_id, tail).astype(np.int32),
            head=np.searchsorted(node_id, head).astype(np.int32),
            way=way.astype(np.int32),
            ways=_way_table(ways),
            node_tags=on_streets(floors.tagged(tidied(tagged.table("node", NODE_TAGS, RARE_NODE_TAGS))), node_id),
            left_out=left_out,
            restrictions=self.restrictions,
        )


def _read_sorted(file: Path) -> _Read | None:
    """What a file holds whose nodes come before its ways; None where some do not, or an object is deleted."""
    places = osmium.index.create_map("flex_mem")
    wanted = osmium.filter.KeyFilter(*KEYS)
    entities = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
    objects = osmium.FileProcessor(str(file), entities).with_locations(cast("str", places)).with_filter(wanted)
    relations, ways_came = AreaRelations(), False
    squares = relations.squares
    with tempfile.TemporaryDirectory() as name:
        node_file, way_file = Path(name, "nodes"), Path(name, "ways")
        with (
            osmium.SimpleWriter(osmium.io.File(str(node_file), FORM)) as nodes,
            osmium.SimpleWriter(osmium.io.File(str(way_file), FORM)) as ways,
        ):
            for item in objects:
                if not isinstance(item, osmium.osm.Node | osmium.osm.Way | osmium.osm.Relation):
                    continue
                if item.deleted:
                    return None
                if isinstance(item, osmium.osm.Node):
                    if ways_came:
                        return None
                    nodes.add(item)
                elif isinstance(item, osmium.osm.Way):
                    ways_came = True
                    tags = item.tags
                    drawn = "highway" in tags
                    if drawn or tags.get("route") == "ferry" or class_of(tags):
                        ways.add(item)
                        if (not drawn or tags.get("area") == "yes") and is_square(cast("Mapping[str, str]", tags)):
                            squares.add(item.id)
                else:
                    members = [(member.type, member.ref, member.role) for member in item.members]
                    relations.add(item.id, dict(item.tags), members)
        if outlined := relations.outlines():
            ids = osmium.filter.IdFilter(outlined)
            outlines: Iterable[Any] = osmium.FileProcessor(str(file), osmium.osm.WAY).with_filter(ids)
            relations.draw({way.id: [node.ref for node in way.nodes] for way in outlines}, partial(_place_in, places))
        place = partial(_place_in, places)
        standing = partial(standing_in_file, file, place)
        return _Read.of(node_file.read_bytes(), way_file.read_bytes(), relations, place, standing)


def _taken_from(objects: OsmObjects) -> _Read:
    """What a file holds in another order."""
    nodes = (item for item in sorted(objects.node_tags.items()) if not item[1].keys().isdisjoint(KEYS))
    ways = (
        way_text(number, tags, refs, objects.places.get)
        for number, (refs, tags) in sorted(objects.ways.items())
        if "highway" in tags or tags.get("route") == "ferry" or class_of(tags)
    )
    relations = AreaRelations()
    relations.squares |= {number for number, (_, tags) in objects.ways.items() if is_square(tags)}
    for number, (members, tags) in sorted(objects.relations.items()):
        relations.add(number, tags, members)
    relations.draw({number: refs for number, (refs, _) in objects.ways.items()}, objects.places.get)
    node_lines = "".join(node_text(number, tags) for number, tags in nodes)
    way_lines, place = "".join(ways).encode(), objects.places.get
    return _Read.of(node_lines.encode(), way_lines, relations, place, partial(standing_among, objects))


def _way_table(ways: TaggedObjects) -> pd.DataFrame:
    """A row a way; what has no ``highway``, but for ferries, gets the class that it is to people on foot."""
    table = tidied(ways.table("osm_id", WAY_TAGS, RARE_WAY_TAGS))
    classes = {
        row: class_of(tags)
        for row, tags in ways.tags(np.flatnonzero(~ways.having("highway")).tolist())
        if tags.get("route") != "ferry"
    }
    if classes:
        table.loc[list(classes), "highway"] = list(classes.values())
    return table


def _left_out(
    unread: Counter[str],
    line: NDArray[np.int32],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    broken: NDArray[np.bool_],
    leaps: NDArray[np.bool_],
) -> tuple[LeftOut, ...]:
    squares = unread.pop(NOT_WHOLE, 0)
    left_out = left_out_restrictions(unread)
    if squares:
        left_out = (LeftOut("squares", NOT_WHOLE, squares), *left_out)
    if leaps.any():
        reason = f"more than {FARTHEST_M / 1000:.0f} km to the next node: a coordinate is broken, nothing is drawn"
        left_out = (LeftOut("stretches of streets", reason, int(leaps.sum())), *left_out)
    if broken.any():
        far = f"more than {FARTHEST_M / 1000:.0f} km from the next"
        reason = f"at zero degrees or {far}: broken, no street is drawn to them"
        left_out = (LeftOut("street nodes", reason, int(broken.sum())), *left_out)
    unknown = ~np.isfinite(lon) & ~broken
    at = np.flatnonzero(np.isfinite(lon))
    gaps = np.flatnonzero((np.diff(at) > 1) & (np.diff(line[at]) == 0))
    if len(gaps):
        one, other = at[gaps], at[gaps + 1]
        _, _, wide_m = Geod(ellps="WGS84").inv(lon[one], lat[one], lon[other], lat[other])
        reason = "the file does not hold the nodes between: nothing is drawn over the gap"
        left_out = (LeftOut("metres of streets", reason, round(float(wide_m.sum()))), *left_out)
    if not unknown.any():
        return left_out
    return (LeftOut("street nodes", "the file does not hold their coordinates", int(unknown.sum())), *left_out)


def _place_in(places: osmium.index.LocationTable, node: int) -> tuple[float, float] | None:
    try:
        at = places.get(node)
    except KeyError:
        return None
    return (at.lon, at.lat) if at.valid() else None
