"""A made-up district of a square kilometre with every kind of layer, to be spoilt in one way at a time."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import rasterio
import shapely
import tomlkit

from tesoma_geo.crs import to_wgs84
from tests.conftest import CORNER, CRS, write_osm_file
from tests.gtfs_feeds import write_feed

#: Streets every 100 m, 300 m beyond the square too.
STEPS = range(-3, 14)


def node(column: int, row: int) -> int:
    return 1000 + 100 * (row + 3) + column + 3


def square(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """A rectangle in metres from the corner."""
    return shapely.box(CORNER[0] + west, CORNER[1] + south, CORNER[0] + east, CORNER[1] + north)


def degrees(east_m: float, north_m: float) -> list[float]:
    lon, lat = to_wgs84(CORNER[0] + east_m, CORNER[1] + north_m, CRS)
    return [round(float(lon), 7), round(float(lat), 7)]


def _areas() -> gpd.GeoDataFrame:
    residents = [310, 420, 275, 505]
    quarters = [
        square(0, 0, 500, 500),
        square(500, 0, 1000, 500),
        square(0, 500, 500, 1000),
        square(500, 500, 1000, 1000),
    ]
    groups = {name: [round(share * count) for count in residents]
              for name, share in {"age_0_17": 0.2, "age_18_64": 0.55, "age_65": 0.25}.items()}  # fmt: skip
    groups["age_65"] = [count - a - b for count, a, b in
                        zip(residents, groups["age_0_17"], groups["age_18_64"], strict=True)]  # fmt: skip
    return gpd.GeoDataFrame(
        {"code": ["001", "002", "003", "004"], "name": ["Ala", "Bela", "Cela", "Dela"], "residents": residents}
        | groups,
        geometry=quarters, crs=CRS,
    )  # fmt: skip


def _answers() -> gpd.GeoDataFrame:
    places = [degrees(100 + 67 * number, 900 - 59 * number) for number in range(12)]
    return gpd.GeoDataFrame(
        {"id": [f"a{number}" for number in range(12)], "respondent": [f"r{number // 2}" for number in range(12)],
         "text": [f"Answer number {number}" for number in range(12)], "time": ["2025-03-04T12:00:00"] * 12},
        geometry=[shapely.Point(place) for place in places], crs="EPSG:4326",
    )  # fmt: skip


def _toml() -> dict[str, Any]:
    return {
        "district": {"name": {"en": "Square"}, "area": {"source": "areas.gpkg"}, "crs": CRS, "languages": ["en"]},
        "hub": {"name": {"en": "Middle"}, "entrances": [degrees(500, 502)]},
        "network": {"osm": "town.osm", "buffer_m": 200},
        "elevation": {"source": "heights.tif"},
        "basemap": {"water": {"source": "water.gpkg"}},
        "population": {
            "source": "areas.gpkg", "column": "residents", "code": "code", "cell_m": 100,
            "age_groups": {"0-17": "age_0_17", "18-64": "age_18_64", "65-": "age_65"},
        },
        "services": {
            "osm": {"school": "amenity=school"},
            "files": [{"kind": "library", "source": "libraries.csv", "lon": "lon", "lat": "lat"}],
        },
        "annotations": [{"platform": "table", "geometries": "answers.geojson", "kind": "idea",
                         "columns": {"id": "id", "respondent": "respondent", "text": "text", "time": "time"}}],
        "access": {"profiles": ["walk"], "cutoffs_min": [5, 10, 15]},
    }  # fmt: skip


def _transit() -> dict[str, Any]:
    return {"gtfs": ["gtfs"], "date": "2022-01-18", "window": ["07:00", "09:00"]}


def _libraries() -> list[list[str]]:
    places = [degrees(205, 300), degrees(810, 795)]
    rows = [["East library", *map(str, places[0])], ["West library", *map(str, places[1])]]
    return [["name", "lon", "lat"], *rows]


def _feed() -> dict[str, str]:
    stops = [(f"S{number}", *degrees(100 + 400 * number, 500)) for number in range(3)]
    calls = []
    for trip in range(6):
        for stop in range(3):
            clock = f"0{7 + trip // 4}:{15 * (trip % 4) + stop:02}:00"
            calls.append(f"T{trip},{clock},{clock},S{stop},{stop + 1}")
    return {
        "stops": "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(f"{i},{i},{lat},{lon}\n" for i, lon, lat in stops),
        "trips": "route_id,service_id,trip_id\n" + "".join(f"R,WEEK,T{trip}\n" for trip in range(6)),
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "\n".join(calls) + "\n",
    }


@dataclass
class SmallDistrict:
    """Everything that is written; change it, then :meth:`write`."""

    toml: dict[str, Any] = field(default_factory=_toml)
    nodes: dict[int, tuple[float, float]] = field(
        default_factory=lambda: {node(column, row): (100.0 * column, 100.0 * row) for column in STEPS for row in STEPS}
    )
    ways: list[Any] = field(
        default_factory=lambda: [
            *(([node(column, row) for column in STEPS], {"highway": "residential"}) for row in STEPS),
            *(([node(column, row) for row in STEPS], {"highway": "footway"}) for column in STEPS),
        ]
    )
    node_tags: dict[int, dict[str, str]] = field(
        default_factory=lambda: {node(2, 2): {"amenity": "school", "name": "North school"}}
    )
    areas: gpd.GeoDataFrame = field(default_factory=_areas)
    water: gpd.GeoDataFrame = field(
        default_factory=lambda: gpd.GeoDataFrame({"name": ["Pond"]}, geometry=[square(610, 610, 690, 690)], crs=CRS)
    )
    heights: Any = field(
        default_factory=lambda: (
            100 + 8 * np.sin(np.arange(90)[:, None] / 14) + 6 * np.cos(np.arange(90)[None, :] / 11)
        ).astype(np.float32)
    )
    cell_m: float = 20.0
    libraries: list[list[str]] = field(default_factory=_libraries)
    answers: gpd.GeoDataFrame = field(default_factory=_answers)
    feed: dict[str, str] = field(default_factory=_feed)

    def with_transit(self) -> "SmallDistrict":
        """Public transport too."""
        self.toml["transit"] = _transit()
        self.toml["access"]["profiles"] = ["walk", "transit"]
        return self

    def write(self, folder: Path) -> Path:
        """All files; the workspace's path."""
        write_osm_file(folder / "town.osm", self.nodes, self.ways, self.node_tags)
        self.areas.to_file(folder / "areas.gpkg", layer="areas")
        self.water.to_file(folder / "water.gpkg", layer="water")
        corner = rasterio.transform.from_origin(CORNER[0] - 400, CORNER[1] + 1400, self.cell_m, self.cell_m)
        rows, columns = self.heights.shape
        with rasterio.open(
            folder / "heights.tif", "w", driver="GTiff", width=columns, height=rows, count=1, dtype="float32",
            crs=CRS, transform=corner, nodata=-9999,
        ) as raster:  # fmt: skip
            raster.write(self.heights, 1)
        (folder / "libraries.csv").write_text(
            "\n".join(",".join(row) for row in self.libraries) + "\n", encoding="utf-8"
        )
        (folder / "answers.geojson").write_text(json.dumps(json.loads(self.answers.to_json())), encoding="utf-8")
        if "transit" in self.toml:
            write_feed(folder / "gtfs", **self.feed)
        path = folder / "tesoma.toml"
        text = tomlkit.dumps(self.toml)
        if "transit" in self.toml:
            text = re.sub(r'^date = "(\d{4}-\d\d-\d\d)"$', r"date = \1", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
        return path
