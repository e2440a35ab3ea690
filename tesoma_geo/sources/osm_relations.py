"""Relations of an OpenStreetMap file: turn restrictions, areas that several ways outline, and holes in squares."""

from collections import Counter
from collections.abc import Mapping, Sequence

import shapely

from tesoma_geo.sources.osm_restrictions import Restriction, restrictions_of
from tesoma_geo.sources.osm_squares import is_square, rings_of
from tesoma_geo.sources.osm_text import Place, nodes_text, way_text

#: Keys of a relation that say nothing of what it is: what stands on its outer way is meant, as was usual once.
SAYS_NOTHING = frozenset({"type", "name", "source", "note", "created_by", "fixme", "FIXME", "description"})
NOT_WHOLE = "multipolygons whose outline is not whole in the file"


class AreaRelations:
    """What grows while relations are read: turn restrictions, areas that several ways outline, and holes of squares.

    Attributes
    ----------
    areas
        Number, tags and ways of each multipolygon that is walked across.
    restrictions
        Turn restrictions.
    unread
        What could not be used → how often.
    rows, rings, row
        The areas as ways: their objects, the nodes of their rings, and the object of each ring.
    squares
        Ways that are squares themselves, by id; known before relations are added.
    holes, with_holes
        Holes in these that relations without tags tell, as was usual once: the nodes, and the way of each.
    """

    def __init__(self) -> None:
        self.areas: list[tuple[int, dict[str, str], list[int]]] = []
        self.restrictions: list[Restriction] = []
        self.unread: Counter[str] = Counter()
        self.rows = b""
        self.rings: list[str] = []
        self.row: list[int] = []
        self.squares: set[int] = set()
        self._old: list[tuple[list[int], list[int]]] = []
        self.holes: list[str] = []
        self.with_holes: list[int] = []

    def add(self, number: int, tags: dict[str, str], members: list[tuple[str, int, str]]) -> None:
        """Take what a relation tells.

        Parameters
        ----------
        number
            Its id.
        tags
            Its tags.
        members
            Type (``"n"``, ``"w"``, ``"r"``), id and role of each.
        """
        self.restrictions += restrictions_of(number, tags, members, self.unread)
        if tags.get("type") == "multipolygon" and is_square(tags, multipolygon=True):
            # A way that is named twice would be a hole in itself.
            self.areas.append((number, tags, list(dict.fromkeys(ref for kind, ref, _ in members if kind == "w"))))
        elif tags.get("type") == "multipolygon" and tags.keys() <= SAYS_NOTHING:
            squares = [ref for kind, ref, role in members if kind == "w" and role != "inner" and ref in self.squares]
            inner = [ref for kind, ref, role in members if kind == "w" and role == "inner"]
            if squares and inner:
                self._old.append((squares, list(dict.fromkeys(inner))))

    def outlines(self) -> list[int]:
        """Ways that outline areas or their holes, by id.

        Returns
        -------
        list of int
        """
        areas = {way for _, _, members in self.areas for way in members}
        return sorted(areas.union(*(squares[1:] + inner for squares, inner in self._old)))

    def draw(self, outlines: Mapping[int, Sequence[int]], place: Place) -> None:
        """Multipolygons as ways along their outlines: rows with the ids of relations below zero.

        Parameters
        ----------
        outlines
            Way → ids of its nodes, of those of :meth:`outlines` that the file has.
        place
            Longitude and latitude of a node by its id.
        """
        rows: list[str] = []
        for number, tags, ways in self.areas:
            rings = self._whole_rings(ways, outlines)
            if not rings:
                continue
            self.rings += [nodes_text(ring, place) for ring in rings]
            self.row += [len(rows)] * len(rings)
            rows.append(way_text(-number, tags, (), place))
        self.rows = "".join(rows).encode()
        for squares, inner in self._old:
            for ring in self._whole_rings(inner, outlines):
                self.holes.append(nodes_text(ring, place))
                self.with_holes.append(_around(ring, squares, outlines, place))

    def _whole_rings(self, ways: Sequence[int], outlines: Mapping[int, Sequence[int]]) -> tuple[tuple[int, ...], ...]:
        """The rings that ways make together; none, which is counted, where one of them is not in the file."""
        rings = rings_of(outlines[way] for way in ways if way in outlines)
        if rings and all(way in outlines for way in ways):
            return rings
        self.unread[NOT_WHOLE] += 1
        return ()


def _around(ring: Sequence[int], squares: list[int], outlines: Mapping[int, Sequence[int]], place: Place) -> int:
    """Of several squares the one that a hole lies in; the first where none can be told."""
    for square in squares[1:]:
        corners = [place(node) for node in (*outlines.get(square, ()), *ring)]
        if None not in corners and len(outlines.get(square, ())) > 3:
            outline, hole = corners[: len(outlines[square])], corners[len(outlines[square]) :]
            if shapely.Polygon(outline).covers(shapely.Polygon(hole)):
                return square
    return squares[0]
