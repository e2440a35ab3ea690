"""Houses beside the streets, and the private driveways that lead to some of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import LineString, Polygon

from make_sample import dice
from make_sample.geometry import Point, rectangle
from make_sample.plan import LAKE, RAIL, Way

_EVERY_M = 27.0
_HOUSED = {"residential", "living_street"}


@dataclass(frozen=True)
class House:
    """A building's closed outline and its driveway, if it has one of its own."""

    outline: list[Point]
    driveway: Way | None


def place_houses(ways: Sequence[Way], taken: Sequence[Polygon]) -> list[House]:
    """Set houses along both sides of the residential streets, where there is room."""
    chance = dice("houses")
    lines = [LineString(way.line) for way in ways]
    streets = shapely.STRtree(lines)
    avoided = shapely.union_all([Polygon(LAKE).buffer(14), LineString(RAIL).buffer(26), *taken])
    houses: list[House] = []
    built: list[Polygon] = []
    for way, line in zip(ways, lines, strict=True):
        if way.tags["highway"] not in _HOUSED:
            continue
        for step in range(int(line.length / _EVERY_M)):
            at_m = (step + 0.5) * _EVERY_M + chance.uniform(-4, 4)
            here, ahead = line.interpolate(at_m), line.interpolate(at_m + 1.0)
            turn = math.atan2(ahead.y - here.y, ahead.x - here.x)
            for side in (-1, 1):
                setback_m = side * chance.uniform(16, 20)
                centre = (here.x - setback_m * math.sin(turn), here.y + setback_m * math.cos(turn))
                outline = rectangle(centre, chance.uniform(9, 15), chance.uniform(8, 10), turn)
                has_driveway = chance.random() < 0.14
                shape = Polygon(outline)
                if len(streets.query(shape, predicate="dwithin", distance=3.5)) or shape.intersects(avoided):
                    continue
                if any(shape.distance(other) < 5.0 for other in built):
                    continue
                built.append(shape)
                reach = 1 - 5.5 / abs(setback_m)
                end = (here.x + reach * (centre[0] - here.x), here.y + reach * (centre[1] - here.y))
                tags = {"highway": "service", "service": "driveway"}
                tags |= {"access": "private"} if chance.random() < 0.55 else {}
                drive = Way([(here.x, here.y), end], tags, join_m=0.0)
                houses.append(House(outline, drive if has_driveway else None))
    return houses
