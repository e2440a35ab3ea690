"""Statistical areas with residents by age group, and the lakes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import geopandas
import pandas as pd
import shapely
import shapely.affinity
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from make_sample import EPSG, HUB_E, HUB_N, MADE_UP_ON, PLACE
from make_sample.geometry import Point, curve
from make_sample.plan import CREST, ISLAND, LAKE, POND, RAIL, ROADS
from make_sample.terrain import LAKE_LEVEL_M
from tesoma_geo._geopackage import write_layers

T = TypeVar("T", bound=BaseGeometry)

PLANNING_AREA = "Mallila"
AGE_GROUPS = ["age_0_6", "age_7_17", "age_18_29", "age_30_64", "age_65_79", "age_80_plus"]

# Code, name, a point inside, residents by age group: unknown where nobody has counted.
_AREAS: list[tuple[str, str, Point, list[int] | None]] = [
    ("900101", "KESKUSKORTTELIT", (0, 0), [46, 62, 160, 276, 128, 68]),
    ("900102", "KEKSIRANTA", (-600, 0), [49, 83, 52, 246, 78, 22]),
    ("900103", "POHJOISNIITTY", (-300, 750), [41, 62, 31, 162, 43, 11]),
    ("900104", "HARJUNRINNE", (700, 200), [38, 71, 44, 211, 74, 22]),
    ("900105", "RADANTAUSTA", (0, -600), [42, 63, 52, 186, 62, 25]),
    ("900106", "KEKSINMETSÄ", (700, 700), None),
]
_LIMIT = curve(
    [
        (-1285, -700),
        (-1285, 300),
        (-1200, 800),
        (-700, 940),
        (100, 1000),
        (900, 940),
        (1260, 700),
        (1290, 0),
        (1200, -600),
        (900, -940),
        (0, -940),
        (-900, -920),
    ],
    closed=True,
)
_DIVIDES = [
    [(-1500, -500), *RAIL, (1500, -160)],
    [*reversed(ROADS[1].line), (-185, -300)],
    [(350, -240), (350, -71), *ROADS[2].line],
    [(-1400, 620), (-1000, 690), (-650, 690), (-400, 590), (-200, 530), (-66, 530)],
    [(-1, 1010), *CREST, (1400, 440)],
    [(-66, 530), (60, 640), CREST[0]],
]


def statistical_areas() -> geopandas.GeoDataFrame:
    """Return the areas in the place's grid: the city layer's columns, and one for each age group."""
    limit = Polygon(_LIMIT)
    edges = shapely.union_all([limit.boundary, *(LineString(line) for line in _DIVIDES)])
    parts = [
        part
        for part in shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
        if limit.covers(part.representative_point())
    ]
    unknown = [pd.NA] * len(AGE_GROUPS)
    residents = pd.DataFrame([groups or unknown for *_, groups in _AREAS], columns=AGE_GROUPS, dtype="Int64")
    table = pd.DataFrame(
        {
            "code": [code for code, *_ in _AREAS],
            "name": [PLACE.named(name) for _, name, *_ in _AREAS],
            "planning_area": PLANNING_AREA,
            "major_area": "Malli",
            "population_2020": residents.sum(axis=1, skipna=False),
        }
    )
    shapes = [next(part for part in parts if part.covers(shapely.Point(at))) for _, _, at, _ in _AREAS]
    return geopandas.GeoDataFrame(
        pd.concat([table, residents], axis=1).astype(dict.fromkeys(["population_2020", *AGE_GROUPS], "Int64")),
        geometry=[in_place(MultiPolygon([shape])) for shape in shapes],
        crs=EPSG,
    )


def lakes() -> geopandas.GeoDataFrame:
    """Return the lake (with its island) and the pond in the place's grid, with the columns of the city's lakes."""
    shapes = [in_place(MultiPolygon([Polygon(LAKE, [ISLAND])])), in_place(MultiPolygon([Polygon(POND)]))]
    return geopandas.GeoDataFrame(
        {
            "name": [PLACE.named("Keksijärvi"), None],
            "level_m": [LAKE_LEVEL_M, 118.0],
            "area_ha": [round(shape.area / 10_000, 1) for shape in shapes],
        },
        geometry=shapes,
        crs=EPSG,
    )


def write_tables(path: Path, tables: Mapping[str, geopandas.GeoDataFrame]) -> None:
    """Write a new GeoPackage of tables by their names, with the sample's date for the time of writing."""
    path.unlink(missing_ok=True)
    write_layers(path, tables, MADE_UP_ON.strftime("%Y-%m-%dT%H:%M:%S.000Z"))


def in_place(shape: T) -> T:
    """Move a shape from the drawing to where the district lies, to the millimetre."""
    seen = shape if PLACE.eastwards > 0 else shapely.affinity.scale(shape, -1.0, 1.0, origin=(0.0, 0.0))
    moved = shapely.affinity.translate(seen, HUB_E, HUB_N)
    return shapely.set_precision(moved, 0.001)
