"""The objects of an OpenStreetMap file in whatever order and versions it holds them.

Files from data services are sorted, with each object once; those that people make are not: ways before their
nodes, ids below zero for what is drawn and not uploaded yet, several versions of an object, deleted ones.
"""

import bz2
import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium

Tags = dict[str, str]

_OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}
#: What is read: changesets have no versions.
_OBJECTS = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
#: How an editor marks what is to be deleted when the file is uploaded.
_TO_BE_DELETED = re.compile(rb"<(node|way|relation)\b[^>]*\baction=['\"]delete['\"][^>]*>")
#: The outermost element of an XML file begins within this many bytes.
_HEAD_BYTES = 4096
#: A server's remark stands within this many bytes of the end.
_TAIL_BYTES = 65536
_ID = re.compile(rb"\bid=['\"](-?\d+)['\"]")


@dataclass
class OsmObjects:
    """The newest version of each object that is not deleted.

    Attributes
    ----------
    places
        Node id → longitude and latitude.
    node_tags
        Node id → tags, of the tagged ones.
    ways
        Way id → node ids and tags.
    relations
        Relation id → members (type, id, role) and tags.
    """

    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    node_tags: dict[int, Tags] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], Tags]] = field(default_factory=dict)
    relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "OsmObjects":
        """All objects of a file.

        Parameters
        ----------
        file
            Any form that is read.

        Returns
        -------
        OsmObjects
        """
        objects, versions = cls(), dict[tuple[str, int], int]()
        item: Any
        for item in osmium.FileProcessor(str(file), _OBJECTS):
            kind = item.type_str()
            # Of two with one version, or none, the later in the file.
            if item.version < versions.get((kind, item.id), 0):
                continue
            versions[kind, item.id] = item.version
            objects._forget(kind, item.id)
            if not item.deleted:
                objects._keep(item)
        for kind, number in _to_be_deleted(file):
            objects._forget(kind, number)
        return objects

    def _forget(self, kind: str, number: int) -> None:
        if kind == "n":
            self.places.pop(number, None)
            self.node_tags.pop(number, None)
        else:
            (self.ways if kind == "w" else self.relations).pop(number, None)

    def _keep(self, item: Any) -> None:
        tags = dict(item.tags) if len(item.tags) else {}
        if isinstance(item, osmium.osm.Node):
            if item.location.valid():
                self.places[item.id] = (item.location.lon, item.location.lat)
            if tags:
                self.node_tags[item.id] = tags
        elif isinstance(item, osmium.osm.Way):
            self.ways[item.id] = [node.ref for node in item.nodes], tags
            # Some files tell the places with the ways and leave out the nodes.
            for node in item.nodes:
                if node.location.valid():
                    self.places.setdefault(node.ref, (node.lon, node.lat))
        elif isinstance(item, osmium.osm.Relation):
            self.relations[item.id] = [(one.type, one.ref, one.role) for one in item.members], tags


def holds_changes(file: Path) -> bool:
    """Whether a file is a list of changes (osmChange) under the name of a whole one.

    Parameters
    ----------
    file
        A file whose name ends as a whole one's.

    Returns
    -------
    bool
        False for what cannot be unpacked, too.
    """
    if file.name.endswith(".pbf"):
        return False
    try:
        with _OPENERS.get(file.suffix, open)(file, "rb") as stream:
            return b"<osmChange" in stream.read(_HEAD_BYTES)
    except (OSError, EOFError):
        return False


def holds_history(file: Path) -> bool:
    """Whether a file in PBF says that it holds several versions of objects, deleted ones among them.

    Parameters
    ----------
    file
        A file in PBF.

    Returns
    -------
    bool
    """
    reader = osmium.io.Reader(str(file), osmium.osm.NOTHING)
    try:
        return bool(reader.header().has_multiple_object_versions)
    finally:
        reader.close()


def remark_of(file: Path) -> str:
    """What the server that made a file says of it: that it stopped before the end, for one.

    Parameters
    ----------
    file
        Any form that is read.

    Returns
    -------
    str
        Empty where it says nothing.
    """
    if file.name.endswith(".pbf"):
        return ""
    with _OPENERS.get(file.suffix, open)(file, "rb") as stream:
        tail = b""
        while chunk := stream.read(_TAIL_BYTES):
            tail = tail[-_TAIL_BYTES:] + chunk
    remark = re.search(rb"<remark>(.*?)</remark>", tail[-_TAIL_BYTES:], re.DOTALL)
    return " ".join(remark[1].decode("utf-8", "replace").split()) if remark else ""


def holds_marks_of_deletion(file: Path) -> bool:
    """Whether an editor marks objects of a file as deleted.

    Parameters
    ----------
    file
        Any form that is read.

    Returns
    -------
    bool
    """
    return bool(_to_be_deleted(file))


def _to_be_deleted(file: Path) -> list[tuple[str, int]]:
    """Type and id of what an editor's file marks as deleted."""
    if file.name.endswith(".pbf"):
        return []
    with _OPENERS.get(file.suffix, open)(file, "rb") as stream:
        content = stream.read()
    deleted = []
    for match in _TO_BE_DELETED.finditer(content):
        number = _ID.search(match[0])
        if number:
            deleted.append((match[1][:1].decode(), int(number[1])))
    return deleted
