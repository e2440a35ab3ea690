"""Join the drawn ways where they meet: shared points at crossings and at ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from shapely import LineString

from make_sample.geometry import Point
from make_sample.plan import Way

# A line that goes this little beyond a way is meant to end at it.
_OVERSHOOT_M = 15.0
# Crossings closer to each other than this are one junction.
_MERGE_M = 5.0


@dataclass(frozen=True)
class Junctions:
    """The points that ways share; a new one that lies near an old one is the old one."""

    points: list[Point]

    def at(self, point: Point) -> Point:
        """Return the junction at a point, made if there is none near."""
        for known in self.points:
            if math.dist(known, point) < _MERGE_M:
                return known
        self.points.append(point)
        return point


def join(ways: Sequence[Way]) -> tuple[list[Way], list[Point]]:
    """Bring ends to the ways they come near, and give ways that meet a common point.

    Returns
    -------
    ways
        The same ways in the same order, their lines going through the shared points.
    junctions
        The shared points.
    """
    joined = _bring_ends_together(list(ways))
    lines = [LineString(way.line) for way in joined]
    junctions = Junctions([])
    on_way: list[dict[Point, float]] = [{} for _ in joined]
    # Ends of tunnels and bridges first, so that they stay where they were drawn.
    for i in sorted(range(len(joined)), key=lambda i: joined[i].level == 0):
        for end, metres in ((joined[i].line[0], 0.0), (joined[i].line[-1], lines[i].length)):
            on_way[i][junctions.at(end)] = metres
    for i, j in _pairs(lines):
        if joined[i].level != joined[j].level:
            continue
        for point in _meeting_points(lines[i], lines[j]):
            junction = junctions.at(point)
            for k in (i, j):
                on_way[k].setdefault(junction, lines[k].project(shapely.Point(junction)))
    # A junction may lie on a way that it was not made for.
    for i, j in _pairs(lines):
        if joined[i].level != joined[j].level:
            continue
        for one, other in ((i, j), (j, i)):
            for junction in on_way[one]:
                if lines[other].distance(shapely.Point(junction)) < 0.5:
                    on_way[other].setdefault(junction, lines[other].project(shapely.Point(junction)))
    through = [replace(way, line=_through(way.line, on_way[i])) for i, way in enumerate(joined)]
    return through, junctions.points


def _bring_ends_together(ways: list[Way]) -> list[Way]:
    for _ in range(2):
        for i, way in enumerate(ways):
            if way.join_m == 0 or way.line[0] == way.line[-1]:
                continue
            others = [
                LineString(w.line)
                for j, w in enumerate(ways)
                if j != i and w.level == way.level and (w.is_road or not way.is_road)
            ]
            forward = _bring_end(way.line, others, way.join_m)
            ways[i] = replace(way, line=_bring_end(forward[::-1], others, way.join_m)[::-1])
    return ways


def _bring_end(line: list[Point], others: Sequence[LineString], within_m: float) -> list[Point]:
    """Trim the line to the last way that it crosses near its end, or lead it on to the nearest one."""
    drawn = LineString(line)
    reach = shapely.Point(line[-1]).buffer(within_m)
    near = [other for other in others if other.intersects(reach)]
    if not near or any(other.distance(shapely.Point(line[-1])) < 1e-6 for other in near):
        return line
    cut_m = 0.0
    for other in near:
        for point in _meeting_points(drawn, other):
            at_m = drawn.project(shapely.Point(point))
            if drawn.length - at_m < _OVERSHOOT_M < at_m:
                cut_m = max(cut_m, at_m)
    if 0.0 < cut_m < drawn.length - 1e-6:
        end = drawn.interpolate(cut_m)
        return [p for p in line if drawn.project(shapely.Point(p)) < cut_m - 1.0] + [(end.x, end.y)]
    nearest = min(near, key=lambda other: other.distance(shapely.Point(line[-1])))
    gap_m = nearest.distance(shapely.Point(line[-1]))
    target = nearest.interpolate(nearest.project(shapely.Point(line[-1])))
    for end in (nearest.coords[0], nearest.coords[-1]):
        if math.dist(end, (target.x, target.y)) < _MERGE_M:
            target = shapely.Point(end)
    kept = line[:-1] if gap_m < 8.0 and len(line) > 2 else line
    return [*kept, (target.x, target.y)]


def _pairs(lines: Sequence[LineString]) -> list[tuple[int, int]]:
    left, right = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=1.0)
    return sorted((int(i), int(j)) for i, j in zip(left, right, strict=True) if i < j)


def _meeting_points(one: LineString, other: LineString) -> list[Point]:
    met = shapely.intersection(one, other)
    parts = shapely.get_parts(met)
    return [(x, y) for part in parts for x, y in shapely.get_coordinates(part)]


def _through(line: list[Point], junctions: dict[Point, float]) -> list[Point]:
    """Lead the line through its junctions, leaving out the points beside them."""
    drawn = LineString(line)
    stops = list(junctions.items())
    if line[0] == line[-1]:
        stops = [*junctions.items(), (next(iter(junctions)), drawn.length), (next(iter(junctions)), 0.0)]
    taken = [metres for _, metres in stops]
    own = [(p, drawn.project(shapely.Point(p))) for p in line[1:-1]]
    kept = [(p, metres) for p, metres in own if all(abs(metres - at) > 4.0 for at in taken)]
    ordered = [point for point, _ in sorted([*stops, *kept], key=lambda item: (item[1], item[0]))]
    return [p for i, p in enumerate(ordered) if i == 0 or p != ordered[i - 1]]
