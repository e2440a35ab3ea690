"""Streets as OpenStreetMap has them: cut into ways, with tags known here and unknown there."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from shapely import LineString

from make_sample import dice
from make_sample.elements import Elements, Tags
from make_sample.geometry import Point
from make_sample.paths import SIGNALS
from make_sample.plan import Way

_PIECE_M = 170.0

# How often a tag is known and what it says then, by class; the rest is unknown, as it is in
# OpenStreetMap's own Tampere (surface 46 %, lit 19 %, width 10 % of the ways).
_KNOWN: dict[str, dict[str, dict[str, float]]] = {
    "secondary": {"smoothness": {"good": 0.1}},
    "tertiary": {"sidewalk": {"separate": 0.2}},
    "residential": {
        "surface": {"asphalt": 0.36, "gravel": 0.05, "unpaved": 0.03},
        "lit": {"yes": 0.12},
        "maxspeed": {"30": 0.35, "40": 0.2},
        "sidewalk": {"right": 0.04, "both": 0.03, "none": 0.05},
    },
    "living_street": {"lit": {"yes": 0.3}},
    "service": {"surface": {"asphalt": 0.12, "gravel": 0.06}, "lit": {"yes": 0.02}},
    "pedestrian": {},
    "footway": {
        "surface": {"asphalt": 0.16, "fine_gravel": 0.08, "gravel": 0.06, "paving_stones": 0.03},
        "lit": {"yes": 0.08, "no": 0.02},
        "width": {"2": 0.03, "1.5": 0.03, "1.0": 0.03},
        "winter_service": {"no": 0.02},
    },
    "cycleway": {
        "surface": {"asphalt": 0.55, "fine_gravel": 0.1},
        "lit": {"yes": 0.25},
        "segregated": {"no": 0.4},
        "width": {"3": 0.1, "3 m": 0.03},
        "winter_service": {"yes": 0.05},
    },
    "path": {
        "surface": {"ground": 0.12, "dirt": 0.05, "unpaved": 0.05, "fine_gravel": 0.04},
        "width": {"0.6": 0.12, "0.4": 0.1, "1": 0.06, "0.8": 0.05},
        "mtb:scale": {"0": 0.15, "1": 0.25, "2": 0.15},
        "foot": {"yes": 0.06},
        "bicycle": {"yes": 0.03, "no": 0.04},
        "lit": {"no": 0.04},
    },
    "steps": {"surface": {"concrete": 0.3, "wood": 0.1}},
}

_WALKED = {"footway", "cycleway", "path"}


def add_streets(elements: Elements, ways: Sequence[Way], junctions: Sequence[Point]) -> None:
    """Add the joined ways, cut at some of their junctions, and the tags of the nodes on them."""
    chance = dice("streets")
    shared = set(junctions)
    for way in ways:
        for piece in _cut(way.line, shared):
            elements.way(piece, way.tags | _known(way.tags, chance))
        if way.end_tags:
            elements.node(way.line[-1], way.end_tags)
    _add_crossings(elements, ways, chance)
    _add_barriers(elements, ways, shared, chance)


def _cut(line: list[Point], junctions: set[Point]) -> list[list[Point]]:
    pieces, begun = [], [line[0]]
    for point in line[1:]:
        begun.append(point)
        if point in junctions and LineString(begun).length > _PIECE_M:
            pieces.append(begun)
            begun = [point]
    if len(begun) > 1:
        if pieces and LineString(begun).length < _PIECE_M / 3:
            pieces[-1] += begun[1:]
        else:
            pieces.append(begun)
    return pieces


def _known(tags: Tags, chance: random.Random) -> Tags:
    places = {}
    for key, shares in _KNOWN.get(tags["highway"], {}).items():
        value = _pick(shares, chance)
        if value and key not in tags:
            places[key] = value
    return places


def _pick(shares: dict[str, float], chance: random.Random) -> str | None:
    rolled = chance.random()
    for value, share in shares.items():
        rolled -= share
        if rolled < 0:
            return value
    return None


def _add_crossings(elements: Elements, ways: Sequence[Way], chance: random.Random) -> None:
    """Tag the nodes where people on foot cross a road: kind, kerb and island, some of them unknown."""
    on_road: dict[Point, str] = {}
    for way in ways:
        if way.tags["highway"] in {"secondary", "tertiary", "residential"} and way.level == 0:
            on_road |= dict.fromkeys(way.line[1:-1], way.tags["highway"])
    for point in _walked_through(ways):
        road = on_road.get(point)
        if road is None or chance.random() > {"secondary": 1.0, "tertiary": 0.85, "residential": 0.55}[road]:
            continue
        tags = {"highway": "crossing"}
        kind = _pick({"uncontrolled": 0.45, "marked": 0.15, "unmarked": 0.1}, chance)
        if road == "secondary":
            kind = _pick({"traffic_signals": 0.35, "uncontrolled": 0.4, "unmarked": 0.15}, chance)
            tags |= {"crossing:island": "yes"} if chance.random() < 0.5 else {}
        if math.dist(point, SIGNALS) < 10.0:
            kind = "traffic_signals"
        tags |= {"crossing": kind} if kind else {}
        kerb = _pick({"lowered": 0.14, "raised": 0.1, "flush": 0.06}, chance)
        tags |= {"kerb": kerb} if kerb else {}
        tags |= {"tactile_paving": "no"} if chance.random() < 0.08 else {}
        elements.node(point, tags)


def _walked_through(ways: Sequence[Way]) -> list[Point]:
    """Find the points of the ways of people on foot, in the order of the ways."""
    walked: dict[Point, None] = {}
    for way in ways:
        if way.tags["highway"] in _WALKED and way.level == 0:
            walked |= dict.fromkeys(way.line)
    return list(walked)


def _add_barriers(elements: Elements, ways: Sequence[Way], junctions: set[Point], chance: random.Random) -> None:
    """Put bollards and gates between junctions of some walking ways."""
    for way in ways:
        if way.tags["highway"] not in {"footway", "cycleway"} or "incline" in way.tags:
            continue
        if chance.random() > 0.14:
            continue
        own = [point for point in way.line[1:-1] if point not in junctions]
        if own:
            kind = chance.choice(["bollard", "bollard", "cycle_barrier", "gate"])
            elements.node(chance.choice(own), {"barrier": kind})


def count_junctions(ways: Sequence[Way]) -> int:
    """Count the points where three or more directions of the built ways meet."""
    directions: Counter[Point] = Counter()
    for way in ways:
        if way.tags["highway"] not in {"construction", "proposed"}:
            for a, b in pairwise(way.line):
                directions.update((a, b))
    return sum(count > 2 for count in directions.values())
