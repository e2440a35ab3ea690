"""The files of the bundled district, read whole."""

import csv
import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import osmium
import pandas as pd
import pyproj
import shapely

from tests.conftest import ROOT

LAYERS = ROOT / "layers"
SAMPLE = LAYERS / "sample"
AGES = ["age_0_6", "age_7_17", "age_18_29", "age_30_64", "age_65_79", "age_80_plus"]


@dataclass(frozen=True)
class Osm:
    """The whole content of an OpenStreetMap file."""

    places: dict[int, tuple[float, float]]
    node_tags: dict[int, dict[str, str]]
    ways: dict[int, tuple[list[int], dict[str, str]]]
    relations: dict[int, tuple[list[tuple[str, int, str]], dict[str, str]]]

    @property
    def streets(self) -> list[tuple[list[int], dict[str, str]]]:
        """Ways that people and vehicles move on."""
        unbuilt = {"construction", "proposed"}
        return [way for way in self.ways.values() if "highway" in way[1] and way[1]["highway"] not in unbuilt]

    def line(self, nodes: list[int]) -> shapely.LineString:
        """A way's line in EPSG:3067."""
        return shapely.LineString([self._metres[node] for node in nodes])

    @cached_property
    def _metres(self) -> dict[int, tuple[float, float]]:
        lon, lat = np.array([*self.places.values()]).T
        x, y = pyproj.Transformer.from_crs(4326, 3067, always_xy=True).transform(lon, lat)
        return dict(zip(self.places, zip(x, y, strict=True), strict=True))


def read_osm(path: Path) -> Osm:
    content = Osm({}, {}, {}, {})
    for element in osmium.FileProcessor(path):
        tags = dict(element.tags)
        if element.is_node():
            content.places[element.id] = (element.location.lon, element.location.lat)
            content.node_tags[element.id] = tags
        elif element.is_way():
            content.ways[element.id] = ([node.ref for node in element.nodes], tags)
        else:
            content.relations[element.id] = ([(m.type, m.ref, m.role) for m in element.members], tags)
    return content


def read_feed(path: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(path) as archive:
        return {name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8")))) for name in archive.namelist()}


def feed_table(name: str) -> pd.DataFrame:
    with zipfile.ZipFile(SAMPLE / "gtfs.zip") as archive:
        return pd.read_csv(archive.open(name), dtype=str)
