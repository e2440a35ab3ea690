"""Straight lines across squares of OpenStreetMap, between their entries and around what stands on them.

A square is crossed along the lines of sight between its entries (nodes of its outline that it shares with other ways,
ends of streets upon it, doors) and the corners that one walks around; holes, buildings, walls and water are in the
way. Squares of one level that share a side are crossed as one. The outline is walked too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.sources.osm_square_groups import SquareArea, ground_of, ring_polygon, squares_together
from tesoma_geo.sources.osm_square_obstacles import Box, Standing
from tesoma_geo.sources.osm_squares import Square, share_level
from tesoma_geo.sources.osm_text import Place
from tesoma_geo.sources.osm_visibility import ROUNDING_M, XY, Walls, corners_of, grown, pairs_in_sight
from tesoma_geo.tables import LeftOut

#: Most entries and corners of an area between which lines of sight are drawn: an assumption. OpenTripPlanner has a
#: limit of the same kind (``maxAreaNodes``).
MOST_PLACES = 100
#: Metres of a degree of latitude, near enough to tell what is seen from where.
DEGREE_M = 111_320.0
#: What covers more of a square is over it or around it, and no obstacle upon it.
MOST_COVERED = 0.5

CROSSED_ALONG = "walked along their outline: too many entries and corners for straight lines"
NOT_WHOLE = "walked along their outline: it is not whole in the file, or crosses itself"
TAKEN_AS_OPEN = "an entry of the square lies within: walked through"


@dataclass
class SightLines:
    """What crosses squares; it grows from square to square.

    Attributes
    ----------
    lines
        Node ids at both ends, and the row of the way.
    new_nodes
        Id → longitude and latitude of places where a line passes from one square on to another.
    cut
        Pieces of outlines that nobody walks along, since something stands on them: both nodes and the row of the way.
    left_out
        Reason → number of what was taken in another way than drawn, by what it is.
    open_buildings
        Outlines of buildings that are walked through, since an entry lies within.
    """

    lines: list[tuple[int, int, int]] = field(default_factory=list)
    new_nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    cut: set[tuple[frozenset[int], int]] = field(default_factory=set)
    left_out: dict[tuple[str, str], int] = field(default_factory=dict)
    open_buildings: set[tuple[tuple[int, ...], ...]] = field(default_factory=set)

    def count(self, what: str, reason: str, number: int = 1) -> None:
        """Count what was taken in another way.

        Parameters
        ----------
        what
            The things.
        reason
            What was done with them.
        number
            How many.
        """
        self.left_out[what, reason] = self.left_out.get((what, reason), 0) + number

    def counted(self) -> tuple[LeftOut, ...]:
        """What was counted, in order.

        Returns
        -------
        tuple of LeftOut
        """
        # A building counts once, however often a square with it was tried.
        buildings = {("buildings on squares", TAKEN_AS_OPEN): len(self.open_buildings)} if self.open_buildings else {}
        return tuple(LeftOut(*key, number) for key, number in sorted({**self.left_out, **buildings}.items()))


@dataclass(frozen=True, eq=False)
class StreetEnds:
    """Where streets begin and end.

    Attributes
    ----------
    node
        Ids, shape (e,).
    lon, lat
        WGS 84 degrees, shape (e,).
    level
        Which of ``levels`` each has, shape (e,).
    levels
        As :func:`~tesoma_geo.sources.osm_squares.level_of` tells them.
    """

    node: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    level: NDArray[np.int64]
    levels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class _Frame:
    """Metres around a place; straight lines stay straight."""

    east_m: float
    north_m: float = DEGREE_M

    def xy(self, lonlat: tuple[float, float]) -> tuple[float, float]:
        return lonlat[0] * self.east_m, lonlat[1] * self.north_m

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        return x / self.east_m, y / self.north_m


def boxes_of(squares: Iterable[Square], place: Place) -> list[Box]:
    """The boxes around squares.

    Parameters
    ----------
    squares
        The squares.
    place
        Longitude and latitude of a node by its id; None where the file does not hold it.

    Returns
    -------
    list of (west, south, east, north) in degrees.
    """
    boxes = []
    for square in squares:
        places = [at for ring in square.rings for node in ring if (at := place(node)) is not None]
        if places:
            lon, lat = zip(*places, strict=True)
            boxes.append((min(lon), min(lat), max(lon), max(lat)))
    return boxes


def sight_lines(
    squares: Sequence[Square],
    place: Place,
    is_entry: Callable[[int], bool],
    ends: StreetEnds,
    standing: Sequence[Standing],
    new_ids: Iterator[int],
) -> SightLines:
    """Straight lines across squares.

    Parameters
    ----------
    squares
        The areas.
    place
        Longitude and latitude of a node by its id; None where the file does not hold it.
    is_entry
        Whether a node, by its id, leads somewhere else, or lets people through a wall.
    ends
        Where streets begin and end: those that end upon a square lead on to it.
    standing
        What stands on squares.
    new_ids
        Ids for places where a line passes from one square on to another.

    Returns
    -------
    SightLines
    """
    lines = SightLines()
    lats = [at[1] for square in squares for node in square.rings[0] if (at := place(node)) is not None]
    frame = _Frame(float(np.cos(np.radians(np.median(lats)))) * DEGREE_M if lats else DEGREE_M)

    def xy_of(nodes: Iterable[int]) -> dict[int, tuple[float, float]] | None:
        places = {node: place(node) for node in nodes}
        known = {node: frame.xy(at) for node, at in places.items() if at is not None}
        return known if len(known) == len(places) else None

    areas = []
    for square in squares:
        xy = xy_of(node for ring in square.rings for node in ring)
        polygon = None if xy is None else ring_polygon(square.rings, xy)
        if polygon is None:
            lines.count("squares", NOT_WHOLE)
        else:
            areas.append(SquareArea(square, polygon))
    if not areas:
        return lines
    obstacles = [(one, xy) for one in standing if (xy := xy_of(node for ring in one.rings for node in ring))]
    shapes = [_shape(one, xy) for one, xy in obstacles]
    tree = shapely.STRtree([shape for shape in shapes if shape is not None])
    rows = [row for row, shape in enumerate(shapes) if shape is not None]
    places_of_ends = shapely.points(ends.lon * frame.east_m, ends.lat * frame.north_m)
    end_tree = shapely.STRtree(places_of_ends)
    for group in squares_together(areas):
        floor = ground_of(group)
        near = [(*obstacles[rows[at]], shapes[rows[at]]) for at in sorted(tree.query(floor, "intersects").tolist())]
        inside = [at for at in sorted(end_tree.query(floor, "contains_properly").tolist())
                  if all(share_level(ends.levels[ends.level[at]], area.square.level) for area in group)]  # fmt: skip
        ending = {int(ends.node[at]): (float(places_of_ends[at].x), float(places_of_ends[at].y)) for at in inside}
        xy = xy_of(node for area in group for ring in area.square.rings for node in ring) or {}
        _cross(group, floor, xy, ending, is_entry, near, frame, new_ids, lines)
    return lines


def _shape(one: Standing, xy: XY) -> shapely.Geometry | None:
    if one.is_area:
        return ring_polygon(one.rings, xy)
    line = [xy[node] for node in one.rings[0]]
    return shapely.LineString(line) if len(set(line)) > 1 else None


def _cross(
    group: Sequence[SquareArea],
    floor: shapely.Geometry,
    xy: dict[int, tuple[float, float]],
    ending: XY,
    is_entry: Callable[[int], bool],
    near: Sequence[tuple[Standing, XY, shapely.Geometry]],
    frame: _Frame,
    new_ids: Iterator[int],
    found: SightLines,
) -> None:
    """Lines across one group of squares."""
    entries = {**{node: at for node, at in xy.items() if is_entry(node)}, **ending}
    upon = _upon(group, floor, entries, near, found)
    blocks = [shape for one, _, shape in upon if one.is_area]
    walls = Walls.of([(one.rings[0], at) for one, at, _ in upon if not one.is_area], is_entry)
    free = shapely.difference(floor, shapely.union_all(blocks)) if blocks else floor
    within = grown(free)
    shapely.prepare(within)
    outlines = [ring for area in group for ring in area.square.rings]
    around = [*outlines, *(ring for one, _, _ in upon if one.is_area for ring in one.rings)]
    places = dict(xy)
    for _, at, _ in upon:
        places.update(at)
    for area in group:
        found.cut |= _cut(area, places, within, walls) if upon else set()
    doors = {node: at for one, xy_, _ in upon if one.is_area for node, at in xy_.items() if is_entry(node)}
    opened = {node: at for node, at in {**entries, **doors, **walls.gates}.items() if _covers(within, at)}
    places.update(opened)
    bends = corners_of(around, within, places)
    for node, beside in walls.bends.items():
        bends[node] = (*bends.get(node, _beside(outlines, node)), *beside)
    bends = {node: beside for node, beside in bends.items() if node not in opened and _covers(within, places[node])}
    chosen = list(dict.fromkeys([*opened, *bends]))
    if len(chosen) > MOST_PLACES:
        if ending:
            _cross(group, floor, xy, {}, is_entry, near, frame, new_ids, found)
            return
        if len(group) == 1:
            found.count("squares", CROSSED_ALONG)
            return
        for area in group:
            own = {node: xy[node] for ring in area.square.rings for node in ring}
            _cross([area], area.polygon, own, {}, is_entry, near, frame, new_ids, found)
        return
    # Pieces of the outline that are walked are no lines of sight again.
    drawn = {frozenset(pair) for area in group for ring in area.square.rings for pair in pairwise(ring)
             if (frozenset(pair), area.square.way) not in found.cut}  # fmt: skip
    pairs = [pair for pair in pairs_in_sight(chosen, bends, places, within, walls) if frozenset(pair) not in drawn]
    if len(group) == 1:
        found.lines += [(one, other, group[0].square.way) for one, other in pairs]
        return
    for one, other in pairs:
        _add_pieces(one, other, places, group, frame, new_ids, found)


def _upon(
    group: Sequence[SquareArea],
    floor: shapely.Geometry,
    entries: XY,
    near: Sequence[tuple[Standing, XY, shapely.Geometry]],
    found: SightLines,
) -> list[tuple[Standing, XY, shapely.Geometry]]:
    """What stands on the ground of a group and is walked around."""
    upon = []
    points = shapely.points(list(entries.values())) if entries else np.empty(0, object)
    for one, xy, shape in near:
        indoors = group[0].square.is_indoors
        if (one.is_building and indoors) or (one.is_indoors and not indoors):
            continue
        if not any(share_level(one.level, area.square.level) for area in group):
            continue
        if one.is_area:
            covered = [shapely.area(shapely.intersection(shape, area.polygon)) for area in group]
            if any(part > MOST_COVERED * area.polygon.area for part, area in zip(covered, group, strict=True)):
                continue
            if not sum(covered):
                continue
            left = grown(shapely.difference(floor, shape))
            if len(points) and not shapely.intersects(left, points).all():
                found.open_buildings.add(one.rings)
                continue
        upon.append((one, xy, shape))
    return upon


def _cut(area: SquareArea, places: XY, within: shapely.Geometry, walls: "Walls") -> set[tuple[frozenset[int], int]]:
    """Pieces of an outline that lead through what stands there."""
    pairs = [pair for ring in area.square.rings for pair in pairwise(ring) if pair[0] != pair[1]]
    lines = shapely.linestrings([[places[node] for node in pair] for pair in pairs])
    open_m = shapely.length(shapely.intersection(lines, within))
    shut = (open_m < 0.5 * shapely.length(lines)) | walls.crossed(lines)
    shut |= np.array([walls.stands_across(pair) for pair in pairs], bool)
    return {(frozenset(pairs[row]), area.square.way) for row in np.flatnonzero(shut).tolist()}


def _beside(rings: Iterable[Sequence[int]], node: int) -> tuple[int, ...]:
    """The nodes before and behind one on rings."""
    return tuple(other for ring in rings for pair in pairwise(ring) if node in pair for other in pair if other != node)


def _add_pieces(
    one: int,
    other: int,
    places: XY,
    group: Sequence[SquareArea],
    frame: _Frame,
    new_ids: Iterator[int],
    found: SightLines,
) -> None:
    """A line over several squares, as a piece for each."""
    begin, end = np.array(places[one]), np.array(places[other])
    line = shapely.LineString([begin, end])
    length = line.length
    shares = {0.0, 1.0}
    for area in group:
        for x, y in shapely.get_coordinates(shapely.intersection(line, area.polygon)).tolist():
            shares.add(float(np.hypot(x - begin[0], y - begin[1]) / length) if length else 0.0)
    closest = ROUNDING_M / max(length, ROUNDING_M)
    inner = [share for share in sorted(shares) if closest < share < 1 - closest]
    steps = [0.0, *(share for at, share in enumerate(inner) if not at or share - inner[at - 1] > closest), 1.0]
    middles = shapely.points([begin + (end - begin) * (a + b) / 2 for a, b in pairwise(steps)])
    distances = np.array([shapely.distance(area.polygon, middles) for area in group])
    on = np.argmin(np.where(distances <= ROUNDING_M, 0.0, distances), axis=0).tolist()
    last = one
    for number, (_, share) in enumerate(pairwise(steps)):
        if number + 1 < len(on) and on[number + 1] == on[number]:
            continue
        ahead = other
        if number + 1 < len(on):
            ahead = next(new_ids)
            x, y = (begin + (end - begin) * share).tolist()
            found.new_nodes[ahead] = frame.lonlat(x, y)
        found.lines.append((last, ahead, group[on[number]].square.way))
        last = ahead


def _covers(within: shapely.Geometry, at: tuple[float, float]) -> bool:
    return bool(shapely.covers(within, shapely.Point(at)))
