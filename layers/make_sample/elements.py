"""OpenStreetMap elements with ids of their own, and the file that holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation
from osmium.osm.mutable import Way as OsmWay

from make_sample import PLACE
from make_sample.geometry import Point, lonlat

Tags = dict[str, str]


@dataclass(frozen=True)
class Elements:
    """Nodes, ways and relations in the making; what lies at the same point is the same node."""

    node_ids: dict[Point, int] = field(default_factory=dict)
    node_tags: dict[int, Tags] = field(default_factory=dict)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    relations: list[tuple[list[tuple[int, str]], Tags]] = field(default_factory=list)

    def node(self, point: Point, tags: Tags | None = None) -> int:
        """Return the id of the node at a plan point, made if there is none, with tags added."""
        node_id = self.node_ids.setdefault(point, len(self.node_ids) + 1)
        if tags:
            self.node_tags[node_id] = self.node_tags.get(node_id, {}) | tags
        return node_id

    def way(self, line: Sequence[Point], tags: Tags) -> int:
        """Add a way through plan points and return its id."""
        self.ways.append(([self.node(point) for point in line], tags))
        return len(self.ways)

    def multipolygon(self, outer: Sequence[Point], inner: Sequence[Point], tags: Tags) -> None:
        """Add a surface with a hole."""
        members = [(self.way(outer, {}), "outer"), (self.way(inner, {}), "inner")]
        self.relations.append((members, {"type": "multipolygon"} | tags))


def write_osm(elements: Elements, path: Path) -> None:
    """Write the elements as a ``.osm.pbf`` file, nodes, then ways, then relations, by id."""
    places = {node_id: lonlat(point) for point, node_id in elements.node_ids.items()}
    lons, lats = zip(*places.values(), strict=True)
    header = osmium.io.Header()
    header.set("generator", "tesoma_geo, a made-up district")
    header.add_box(osmium.osm.Box(min(lons), min(lats), max(lons), max(lats)))
    file = osmium.io.File(str(path), "pbf,add_metadata=false")
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(file, header=header) as writer:
        for node_id, place in places.items():
            writer.add_node(Node(id=node_id, location=place, tags=_named(elements.node_tags.get(node_id, {}))))
        for way_id, (nodes, tags) in enumerate(elements.ways, start=1):
            writer.add_way(OsmWay(id=way_id, nodes=nodes, tags=_named(tags)))
        for relation_id, (members, tags) in enumerate(elements.relations, start=1):
            writer.add_relation(
                Relation(id=relation_id, members=[("w", ref, role) for ref, role in members], tags=_named(tags))
            )


def _named(tags: Tags) -> Tags:
    """Tags with the name in the letters of the place."""
    return {key: PLACE.named(value) if key == "name" else value for key, value in tags.items()}
