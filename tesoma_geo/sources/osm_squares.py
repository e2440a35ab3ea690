"""Squares, platforms and other areas that people walk across: straight lines between their entries.

An area is crossed along the lines of sight between its entries (nodes of its outline that it shares with other
ways, and doors) and the corners that one walks around; holes are obstacles. The outline is walked too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.tables import LeftOut

#: Classes of ``highway`` whose areas are walked across; areas of roads are not.
WALKED_ACROSS = frozenset({"pedestrian", "footway", "path", "platform", "corridor"})
#: Most entries and corners of an area between which lines of sight are drawn: an assumption. OpenTripPlanner has a
#: limit of the same kind (``maxAreaNodes``).
MOST_PLACES = 100
#: Metres by which rounding may carry a line outside of its area.
ROUNDING_M = 0.02
#: Metres of a degree of latitude, near enough to tell what is seen from where.
DEGREE_M = 111_320.0

CROSSED_ALONG = "walked along their outline: too many entries and corners for straight lines"
NOT_WHOLE = "walked along their outline: it is not whole in the file, or crosses itself"


@dataclass(frozen=True)
class Square:
    """An area that people walk across.

    Attributes
    ----------
    way
        Its row in the table of ways.
    rings
        Node ids around it and around its holes, the first repeated at the end.
    """

    way: int
    rings: tuple[tuple[int, ...], ...]


def class_of(tags: Any) -> str | None:
    """The class of way that an object is to people on foot, where it has no ``highway`` itself; None if it is none.

    Parameters
    ----------
    tags
        Of a way or a multipolygon: a mapping, or osmium's own.

    Returns
    -------
    str or None
    """
    if tags.get("railway") == "platform" or tags.get("public_transport") == "platform":
        return "platform"
    if tags.get("indoor") in ("corridor", "area"):
        return "corridor"
    if tags.get("man_made") == "pier":
        return "footway"
    # The outline of a bridge is none to walk on, unless it says so: the ways on it are drawn themselves.
    opened = tags.get("foot") in ("yes", "designated", "permissive")
    return "footway" if tags.get("man_made") == "bridge" and opened else None


def is_square(tags: Mapping[str, str], *, multipolygon: bool = False) -> bool:
    """Whether a closed way or a multipolygon is an area to walk across, rather than a way around something.

    Parameters
    ----------
    tags
        Of the object.
    multipolygon
        Whether it is an area whatever its tags say.

    Returns
    -------
    bool
    """
    drawn = tags.get("highway")
    across = (drawn or class_of(tags)) in WALKED_ACROSS
    implied = multipolygon or drawn in (None, "platform") or class_of(tags) is not None
    return across and (tags.get("area") == "yes" or (implied and tags.get("area") != "no"))


def rings_of(lines: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...] | None:
    """Rings of node ids out of ways that meet at their ends; None where they do not close.

    Parameters
    ----------
    lines
        Node ids of each way.

    Returns
    -------
    tuple of tuple of int, or None
    """
    left = [tuple(line) for line in lines if len(line) > 1]
    rings = []
    while left:
        ring = left.pop()
        while ring[0] != ring[-1]:
            at = next((row for row, line in enumerate(left) if ring[-1] in (line[0], line[-1])), None)
            if at is None:
                return None
            line = left.pop(at)
            ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
        rings.append(ring)
    return tuple(rings)


def lines_of_sight(
    squares: Iterable[Square],
    place: Callable[[int], tuple[float, float] | None],
    is_entry: Callable[[int], bool],
) -> tuple[list[tuple[int, int, int]], tuple[LeftOut, ...]]:
    """Straight lines across areas.

    Parameters
    ----------
    squares
        The areas.
    place
        Longitude and latitude of a node by its id; None where the file does not hold it.
    is_entry
        Whether a node, by its id, leads somewhere else.

    Returns
    -------
    lines : list of tuple
        Node ids at both ends, and the row of the area's way.
    left_out : tuple of LeftOut
        The areas that are walked along their outline alone.
    """
    lines: list[tuple[int, int, int]] = []
    unlike: dict[str, int] = {}
    for square in squares:
        places = {node: place(node) for ring in square.rings for node in ring}
        lonlat = {node: at for node, at in places.items() if at is not None}
        area = _area(square, lonlat) if len(lonlat) == len(places) else None
        if area is None:
            unlike[NOT_WHOLE] = unlike.get(NOT_WHOLE, 0) + 1
            continue
        polygon, xy = area
        entries = [node for node in xy if is_entry(node)]
        corners = _corners(square.rings, polygon, xy)
        chosen = list(dict.fromkeys([*entries, *corners]))
        bends = {node: beside for node, beside in corners.items() if node not in set(entries)}
        if len(chosen) > MOST_PLACES:
            unlike[CROSSED_ALONG] = unlike.get(CROSSED_ALONG, 0) + 1
            continue
        lines += [(one, other, square.way) for one, other in _seen(chosen, bends, square.rings, polygon, xy)]
    return lines, tuple(LeftOut("squares", reason, count) for reason, count in sorted(unlike.items()))


def _area(
    square: Square, lonlat: Mapping[int, tuple[float, float]]
) -> tuple[shapely.Geometry, dict[int, tuple[float, float]]] | None:
    """The polygon of an area in metres, rings within rings as holes, and where its nodes are."""
    lat0 = next(iter(lonlat.values()))[1]
    east = float(np.cos(np.radians(lat0)))
    xy = {node: (lon * east * DEGREE_M, lat * DEGREE_M) for node, (lon, lat) in lonlat.items()}
    rings = [ring for ring in square.rings if len(set(ring)) > 2]
    if not rings or any(ring[0] != ring[-1] for ring in rings):
        return None
    polygons = [shapely.Polygon([xy[node] for node in ring]) for ring in rings]
    if not all(polygon.is_valid for polygon in polygons):
        return None
    whole = polygons[0]
    for polygon in polygons[1:]:
        whole = shapely.symmetric_difference(whole, polygon)
    return whole, xy


def _corners(
    rings: Iterable[Sequence[int]], polygon: shapely.Geometry, xy: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[int, int]]:
    """Nodes where the outline turns into the area, with their neighbours: a way around an obstacle bends there."""
    nodes, before, after = ([node for ring in rings for node in np.roll(ring[:-1], by).tolist()] for by in (0, 1, -1))
    a, b, c = (np.array([xy[node] for node in names]) for names in (before, nodes, after))
    one, other = b - a, c - b
    one_m, other_m = np.hypot(*one.T), np.hypot(*other.T)
    bent = np.abs(_cross(one, other)) > 1e-3 * one_m * other_m
    # The chord beside a corner runs through the area where the corner is no obstacle.
    step = (np.minimum(np.minimum(one_m, other_m), 1.0) / np.maximum([one_m, other_m], 1e-9))[..., None]
    chords = shapely.linestrings(np.stack([b - one * step[0], b + other * step[1]], axis=1))
    rows = np.flatnonzero(bent & ~shapely.covers(_with_rounding(polygon), chords))
    return {nodes[row]: (before[row], after[row]) for row in rows}


def _seen(
    nodes: Sequence[int],
    corners: Mapping[int, tuple[int, int]],
    rings: Iterable[Sequence[int]],
    polygon: shapely.Geometry,
    xy: Mapping[int, tuple[float, float]],
) -> list[tuple[int, int]]:
    """The pairs of nodes that see each other within an area, but for neighbours on its outline.

    Lines to a corner that do not lead around it are left out: no shortest way has them.
    """
    if len(nodes) < 2:
        return []
    beside = {frozenset(pair) for ring in rings for pair in pairwise(ring)}
    one, other = np.triu_indices(len(nodes), 1)
    at, first, last = (
        np.array([xy[node] for node in names])
        for names in (nodes, *([corners.get(node, (node, node))[end] for node in nodes] for end in (0, 1)))
    )
    useful = np.ones(len(one), bool)
    for end, far in ((one, other), (other, one)):
        line = at[end] - at[far]
        sides = [_cross(line, place[end] - at[end]) for place in (first, last)]
        useful &= sides[0] * sides[1] >= -1e-6
    one, other = one[useful], other[useful]
    inside = shapely.covers(_with_rounding(polygon), shapely.linestrings(np.stack([at[one], at[other]], axis=1)))
    pairs = ((nodes[a], nodes[b]) for a, b in zip(one[inside].tolist(), other[inside].tolist(), strict=True))
    return [pair for pair in pairs if frozenset(pair) not in beside]


def _with_rounding(polygon: shapely.Geometry) -> shapely.Geometry:
    around = shapely.buffer(polygon, ROUNDING_M, join_style="mitre")
    shapely.prepare(around)
    return around


def _cross(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    crossed: NDArray[np.float64] = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return crossed
