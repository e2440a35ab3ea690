"""A file whose objects come in order, once each and with numbers above zero, of any file.

What joins areas out of ways, and what looks for objects by their numbers, needs such a file. Data services write
some; editors, tools that merge and histories do not.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import osmium
from osmium.osm import mutable

from tesoma_geo.sources.osm_objects import OsmObjects, holds_history, holds_marks_of_deletion

#: Numbers up to here are looked up in tables; larger ones would make these too large.
MOST = 2**36
#: What a file says of itself that is in order.
SORTED = "Type_then_ID"
_KINDS = ("n", "w", "r")


@dataclass(frozen=True)
class OrderedFile:
    """A file in order, and the numbers that its objects had before.

    Attributes
    ----------
    path
        The file.
    before
        Type (``"n"``, ``"w"``, ``"r"``) → number here → number there; empty where they are the same.
    """

    path: Path
    before: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def number(self, kind: str, number: int) -> int:
        """The number that an object has in the file that was asked for.

        Parameters
        ----------
        kind
            ``"n"``, ``"w"``, ``"r"``, or the word that begins with the letter.
        number
            Its number here.

        Returns
        -------
        int
        """
        return self.before.get(kind[:1], {}).get(number, number)


@contextmanager
def ordered(file: Path) -> Iterator[OrderedFile]:
    """The file itself where it is in order, else one made of its newest objects, as long as it is asked.

    Parameters
    ----------
    file
        Any form of OpenStreetMap file that is read.

    Yields
    ------
    OrderedFile

    Raises
    ------
    RuntimeError
        The file cannot be read.
    """
    if is_in_order(file):
        yield OrderedFile(file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ordered.osm.pbf")
        yield OrderedFile(path, _written(OsmObjects.read(file), path))


def is_in_order(file: Path) -> bool:
    """Whether objects come by type and number, once each, none deleted, with the places in nodes.

    Parameters
    ----------
    file
        Any form of OpenStreetMap file that is read.

    Returns
    -------
    bool
    """
    if file.name.endswith(".pbf"):
        if holds_history(file):
            return False
        reader = osmium.io.Reader(str(file), osmium.osm.NOTHING)
        try:
            if reader.header().get("sorting", "") == SORTED:
                return True
        finally:
            reader.close()
    last = (0, 0)
    for item in osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION):
        if not isinstance(item, osmium.osm.Node | osmium.osm.Way | osmium.osm.Relation):
            continue
        at = (_KINDS.index(item.type_str()), item.id)
        if at <= last or not 0 < item.id < MOST or item.deleted:
            return False
        if isinstance(item, osmium.osm.Way) and len(item.nodes) and item.nodes[0].location.valid():
            return False
        last = at
    return not holds_marks_of_deletion(file)


def _written(objects: OsmObjects, path: Path) -> dict[str, dict[int, int]]:
    """Write the objects in order, numbered from 1; the numbers that they had."""
    refs = chain.from_iterable(refs for refs, _ in objects.ways.values())
    nodes = sorted({*objects.places, *objects.node_tags, *refs})
    had = {"n": nodes, "w": sorted(objects.ways), "r": sorted(objects.relations)}
    now = {kind: {number: row for row, number in enumerate(numbers, 1)} for kind, numbers in had.items()}
    with osmium.SimpleWriter(str(path)) as writer:
        for row, number in enumerate(nodes, 1):
            if number in objects.places:
                writer.add_node(
                    mutable.Node(id=row, location=objects.places[number], tags=objects.node_tags.get(number, {}))
                )
        for row, number in enumerate(had["w"], 1):
            refs_of, tags = objects.ways[number]
            writer.add_way(mutable.Way(id=row, nodes=[now["n"][ref] for ref in refs_of], tags=tags))
        for row, number in enumerate(had["r"], 1):
            members, tags = objects.relations[number]
            kept = [(kind, now[kind][ref], role) for kind, ref, role in members if ref in now[kind]]
            writer.add_relation(mutable.Relation(id=row, members=kept, tags=tags))
    return {kind: dict(enumerate(numbers, 1)) for kind, numbers in had.items()}
