"""Plane geometry of the plan: smooth curves, parallels and coordinates, in metres from the hub.

Curves and parallels are written out here, and not taken from a library's buffers, so that the
district does not change with the version of a geometry library.
"""

import math
from collections.abc import Sequence

from pyproj import Transformer
from shapely import LineString

from make_sample import EPSG, HUB_E, HUB_N, PLACE

Point = tuple[float, float]

_TO_WGS84 = Transformer.from_crs(EPSG, 4326, always_xy=True)


def lonlat(point: Point) -> Point:
    """Longitude and latitude (degrees, seven decimals as OpenStreetMap stores) of a plan point."""
    lon, lat = _TO_WGS84.transform(*projected(point))
    return round(lon, 7), round(lat, 7)


def projected(point: Point) -> Point:
    """Easting and northing (metres of the place's grid) of a plan point."""
    return HUB_E + PLACE.eastwards * point[0], HUB_N + point[1]


def curve(points: Sequence[Point], *, step_m: float = 9.0, closed: bool = False) -> list[Point]:
    """Draw a smooth line through the points (Catmull-Rom), thinned to what the eye needs."""
    if len(points) == 2:
        return list(points)
    if closed:
        knots = [points[-1], *points, points[0], points[1]]
    else:
        knots = [_mirror(points[1], points[0]), *points, _mirror(points[-2], points[-1])]
    drawn: list[Point] = []
    for p0, p1, p2, p3 in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        steps = max(2, round(math.dist(p1, p2) / step_m))
        drawn += [_catmull_rom(p0, p1, p2, p3, i / steps) for i in range(steps)]
    drawn.append(points[0] if closed else points[-1])
    return [(x, y) for x, y in LineString(drawn).simplify(0.35).coords]


def offset(line: Sequence[Point], metres: float) -> list[Point]:
    """Draw a parallel of the line: to its left if the metres are positive, else to its right."""
    closed = line[0] == line[-1]
    moved = []
    for i, (x, y) in enumerate(line):
        before = line[i - 1] if i else line[-2] if closed else line[0]
        after = line[i + 1] if i + 1 < len(line) else line[1] if closed else line[-1]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy)
        moved.append((x - metres * dy / length, y + metres * dx / length))
    return moved


def rectangle(centre: Point, width_m: float, depth_m: float, turn_rad: float = 0.0) -> list[Point]:
    """Draw a closed rectangle, its width turned anticlockwise from the x axis."""
    c, s = math.cos(turn_rad), math.sin(turn_rad)
    return [
        (
            centre[0] + i * width_m / 2 * c - j * depth_m / 2 * s,
            centre[1] + i * width_m / 2 * s + j * depth_m / 2 * c,
        )
        for i, j in [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ]


def _mirror(point: Point, about: Point) -> Point:
    return 2 * about[0] - point[0], 2 * about[1] - point[1]


def _catmull_rom(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    # Centripetal knots (alpha = 1/2) make no loops where control points lie unevenly.
    t1 = max(math.dist(p0, p1), 1e-6) ** 0.5
    t2 = t1 + max(math.dist(p1, p2), 1e-6) ** 0.5
    t3 = t2 + max(math.dist(p2, p3), 1e-6) ** 0.5
    at = t1 + t * (t2 - t1)

    def between(a: Point, b: Point, ta: float, tb: float) -> Point:
        w = (at - ta) / (tb - ta)
        return a[0] + w * (b[0] - a[0]), a[1] + w * (b[1] - a[1])

    a1, a2, a3 = between(p0, p1, 0.0, t1), between(p1, p2, t1, t2), between(p2, p3, t2, t3)
    return between(between(a1, a2, 0.0, t2), between(a2, a3, t1, t3), t1, t2)
