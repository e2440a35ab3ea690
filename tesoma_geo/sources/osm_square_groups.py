"""Which squares of OpenStreetMap are crossed as one: those of one level that share a side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.sources.osm_squares import Square, share_level
from tesoma_geo.sources.osm_visibility import ROUNDING_M, XY, grown

#: Squares whose common side is shorter touch at a corner, in metres.
SHORTEST_SIDE_M = 0.5


@dataclass(frozen=True, eq=False)
class SquareArea:
    """A square and its polygon.

    Attributes
    ----------
    square
        What the map says.
    polygon
        In metres around a place.
    """

    square: Square
    polygon: shapely.Geometry


def ring_polygon(rings: Iterable[Sequence[int]], xy: XY) -> shapely.Geometry | None:
    """The polygon of an area, rings within rings as holes.

    Parameters
    ----------
    rings
        Node ids around it and around its holes, the first repeated at the end.
    xy
        Metres east and north of each node.

    Returns
    -------
    shapely.Geometry or None
        None where a ring is not closed or crosses itself.
    """
    rings = [ring for ring in rings if len(set(ring)) > 2]
    if not rings or any(ring[0] != ring[-1] for ring in rings):
        return None
    polygons = [shapely.Polygon([xy[node] for node in ring]) for ring in rings]
    if not all(polygon.is_valid for polygon in polygons):
        return None
    whole = polygons[0]
    for polygon in polygons[1:]:
        whole = shapely.symmetric_difference(whole, polygon)
    return whole


def squares_together(areas: Sequence[SquareArea]) -> list[list[SquareArea]]:
    """Squares of one level that overlap or share a side, together.

    Parameters
    ----------
    areas
        Squares with their polygons.

    Returns
    -------
    list of list of SquareArea
        In the order of the first of each group.
    """
    wide = np.array([grown(area.polygon) for area in areas], object)
    one, other = shapely.STRtree(wide).query(wide, "intersects")
    squares = [area.square for area in areas]
    alike = np.array([_meet(squares[a], squares[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True)], bool)
    joined = alike & (shapely.area(shapely.intersection(wide[one], wide[other])) > 2 * ROUNDING_M * SHORTEST_SIDE_M)
    together = _together(areas, one[joined], other[joined])
    # Floors that are joined by one of several levels alone lie one above the other: each level is crossed by itself.
    stacked = {
        id(area)
        for group in together
        if not all(_meet(a.square, b.square) for a, b in combinations(group, 2))
        for area in group
    }
    if not stacked:
        return together
    same = np.array([squares[a].level == squares[b].level or id(areas[a]) not in stacked
                     for a, b in zip(one.tolist(), other.tolist(), strict=True)], bool) & joined  # fmt: skip
    return _together(areas, one[same], other[same])


def ground_of(group: Sequence[SquareArea]) -> shapely.Geometry:
    """The ground of squares that are crossed as one; what rounding leaves open between two of them is closed.

    Parameters
    ----------
    group
        The squares.

    Returns
    -------
    shapely.Geometry
        A polygon in metres.
    """
    return group[0].polygon if len(group) == 1 else shapely.union_all([grown(area.polygon) for area in group])


def _meet(one: Square, other: Square) -> bool:
    return one.is_indoors == other.is_indoors and share_level(one.level, other.level)


def _together(areas: Sequence[SquareArea], one: NDArray[np.intp], other: NDArray[np.intp]) -> list[list[SquareArea]]:
    """Areas that pairs of their rows join, in the order of the first."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(len(areas), len(areas)))
    members: dict[int, list[SquareArea]] = {}
    for area, label in zip(areas, connected_components(links.tocsr(), directed=False)[1].tolist(), strict=True):
        members.setdefault(label, []).append(area)
    return list(members.values())
