"""What lies between the streets: the hub, services, the railway, water, woods and parks."""

import csv
from pathlib import Path

import shapely
from shapely import LineString, Polygon

from make_sample import PLACE
from make_sample.elements import Elements, Tags
from make_sample.geometry import Point, curve, lonlat, rectangle
from make_sample.plan import ISLAND, LAKE, POND, RAIL

# The hub's building, with its entrances in the middle of the south side and in the north.
HUB_OUTLINE: list[Point] = [(-42, 3), (0, 3), (42, 5), (40, 52), (8, 54), (-44, 50), (-42, 3)]
HUB_ENTRANCES: list[Point] = [(0, 3), (8, 54)]

# The middle of the platform at the halt.
HALT: Point = (160, -217)

SHOP = {"building": "retail", "shop": "supermarket"}

# Services drawn as buildings: outline, tags, and which corner has a mapped entrance.
_BUILDINGS: list[tuple[list[Point], Tags, int | None]] = [
    (rectangle((190, -142), 60, 34, 0.08), {"name": "Keksihalli", "leisure": "sports_centre"}, 3),
    (rectangle((105, 28), 40, 24, 0.0), {"name": "Satukirjasto", "amenity": "library"}, 0),
    (rectangle((136, 118), 46, 26, 0.35), {"name": "Sadun ruokakauppa", "wheelchair": "yes"} | SHOP, 2),
    (rectangle((460, -560), 58, 38, 0.4), {"name": "Runokoulu", "amenity": "school"}, 3),
    (rectangle((905, 165), 28, 16, 0.1), {"name": "Päiväkoti Havu", "amenity": "kindergarten"}, 0),
    (rectangle((-825, -30), 26, 16, 0.3), {"name": "Päiväkoti Heinä", "amenity": "kindergarten"}, None),
]
_SCHOOL = rectangle((-20, 268), 76, 64, 0.1)
_SCHOOL_YARD = rectangle((-20, 268), 24, 20, 0.1)

_NODES: list[tuple[Point, Tags]] = [
    ((-22, 24), {"amenity": "pharmacy", "name": "Malliapteekki", "wheelchair": "yes"}),
    ((18, 38), {"amenity": "doctors", "name": "Esimerkin terveysasema"}),
    ((291, 112), {"amenity": "dentist", "name": "Hammashoitola Hymy (keksitty)"}),
    ((232, -415), SHOP | {"name": "Unelman lähikauppa", "wheelchair": "limited"}),
    ((-262, 330), {"amenity": "kindergarten", "name": "Päiväkoti Laituri"}),
    ((-30, 165), {"leisure": "playground", "name": "Leikkipaikka Satu"}),
    ((300, -585), {"leisure": "playground", "name": "Leikkipaikka Haave"}),
    ((742, 95), {"leisure": "playground", "name": "Leikkipaikka Kanerva"}),
    ((425, 690), {"leisure": "fitness_station", "name": "Harjun ulkokuntosali"}),
    ((-402, 500), {"leisure": "swimming_area", "name": "Keksijärven uimaranta"}),
]
_SURFACES: list[tuple[list[Point], Tags]] = [
    (
        curve(
            [
                (170, 960),
                (250, 730),
                (330, 610),
                (470, 550),
                (600, 440),
                (760, 320),
                (980, 300),
                (1100, 330),
                (1240, 440),
                (1240, 740),
                (900, 910),
                (500, 980),
            ],
            closed=True,
        ),
        {"natural": "wood", "name": "Keksinmetsä"},
    ),
    (
        curve(
            [(-1230, -770), (-1010, -725), (-780, -700), (-560, -800), (-620, -900), (-1000, -905)],
            closed=True,
        ),
        {"landuse": "forest"},
    ),
    (
        curve([(-1060, 640), (-880, 690), (-700, 700), (-680, 790), (-900, 860), (-1080, 790)], closed=True),
        {"natural": "wood"},
    ),
    (
        curve([(-60, 385), (0, 335), (50, 345), (55, 385), (-40, 425)], closed=True),
        {"leisure": "park", "name": "Keksintöpuisto"},
    ),
    (rectangle((-90, -195), 92, 56, 0.12), {"leisure": "pitch", "sport": "soccer", "surface": "grass"}),
    (rectangle((-245, 700), 24, 20, 0.4), {"leisure": "playground", "name": "Leikkipaikka Niitty"}),
    (
        curve([(-480, -430), (-300, -385), (-150, -365), (-180, -430), (-420, -520)], closed=True),
        {"landuse": "allotments", "name": "Mielikuvan siirtolapuutarha"},
    ),
]
# Blocks of flats around the hub.
_FLATS = [
    rectangle(centre, 38, 12, turn)
    for centre, turn in [
        ((-150, 60), 1.5),
        ((-110, 95), 0.05),
        ((-100, 165), 1.45),
        ((-160, 190), 1.2),
        ((30, 180), 0.1),
        ((130, 190), 0.5),
        ((112, 272), 0.1),
        ((230, 145), 1.9),
        ((290, 110), 1.6),
        ((250, 30), 0.1),
        ((-160, -75), 1.5),
        ((-70, 300), 0.9),
        ((30, 120), 0.1),
        ((308, -14), 1.5),
    ]
]


def add_places(elements: Elements) -> None:
    """Add water, woods, services and the blocks of flats."""
    for outline, tags in _SURFACES:
        elements.way(outline, tags)
    elements.multipolygon(LAKE, ISLAND, {"natural": "water", "water": "lake", "name": "Keksijärvi"})
    elements.way(POND, {"natural": "water", "water": "pond"})
    elements.way(HUB_OUTLINE, {"building": "retail", "shop": "mall", "name": "Länsikeskus (keksitty malli)"})
    elements.node(HUB_ENTRANCES[0], {"entrance": "main", "wheelchair": "yes"})
    elements.node(HUB_ENTRANCES[1], {"entrance": "yes"})
    for outline, tags, entrance in _BUILDINGS:
        elements.way(outline, {"building": "yes"} | tags)
        if entrance is not None:
            elements.node(outline[entrance], {"entrance": "main"})
    elements.multipolygon(_SCHOOL, _SCHOOL_YARD, {"building": "school", "amenity": "school", "name": "Satukoulu"})
    elements.node(_SCHOOL[1], {"entrance": "main"})
    for point, tags in _NODES:
        elements.node(point, tags)
    for outline in _FLATS:
        elements.way(outline, {"building": "apartments"})


def add_railway(elements: Elements) -> None:
    """Add the railway, one way from edge to edge, and the halt on it."""
    rail = LineString(RAIL)
    at_m = rail.project(shapely.Point(HALT))
    halt = rail.interpolate(at_m)
    line = [point for point in RAIL if rail.project(shapely.Point(point)) < at_m]
    line += [(halt.x, halt.y), *RAIL[len(line) :]]
    elements.way(line, {"railway": "rail", "gauge": "1524", "electrified": "contact_line", "maxspeed": "140"})
    elements.node((halt.x, halt.y), {"railway": "halt", "name": "Mallila", "public_transport": "station"})


def taken_ground() -> list[Polygon]:
    """Where no house can stand: on services, surfaces and the blocks of flats."""
    outlines = [HUB_OUTLINE, _SCHOOL, *_FLATS]
    outlines += [*(outline for outline, _, _ in _BUILDINGS), *(outline for outline, _ in _SURFACES)]
    return [Polygon(outline).buffer(6) for outline in outlines]


def write_libraries(path: Path) -> None:
    """Write the stops of the library bus: a table with coordinates, as a city may publish one."""
    stops = [("Kirjastoauto: Heinätie (keksitty)", (-860, -104)), ("Kirjastoauto: Runotie (keksitty)", (700, -514))]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["name", "lon", "lat"])
        table.writerows([(PLACE.named(name), *lonlat(at)) for name, at in stops])
