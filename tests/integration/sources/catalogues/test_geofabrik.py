"""The smallest extract that holds a place."""

from pathlib import Path

import pytest
import shapely
from loopback import serving

from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.geofabrik import CATALOGUE
from tesoma_geo.sources.catalogues.records import Place, Question


def asked(base: str, folder: Path, lon: float) -> Question:
    return Question(Place("Town", lon, 5.0), (lon, 5.0, lon + 0.1, 5.1), "EPSG:32633", base, folder)


def feature(name: str, box: shapely.Geometry | None, **urls: str) -> str:
    geometry = "null" if box is None else shapely.to_geojson(box)
    pairs = ", ".join(f'"{kind}": "{url}"' for kind, url in urls.items())
    return f'{{"type": "Feature", "properties": {{"id": "{name}", "urls": {{{pairs}}}}}, "geometry": {geometry}}}'


INDEX = (
    '{"type": "FeatureCollection", "features": ['
    + ", ".join([
        feature("planet", None, pbf="https://example.org/planet.osm.pbf"),
        feature("continent", shapely.box(0, 0, 30, 30), pbf="https://example.org/continent.osm.pbf"),
        feature("land", shapely.box(9, 0, 12, 9), pbf="https://example.org/land.osm.pbf"),
        feature("shape", shapely.box(9.5, 4, 11, 6), shp="https://example.org/shape.zip"),
        feature("bow", shapely.Polygon([(20, 0), (22, 9), (22, 0), (20, 9)]), pbf="https://example.org/bow.osm.pbf"),
    ])
    + "]}"
)  # fmt: skip


@pytest.mark.parametrize(
    ("lon", "extract"), [(10.0, "land"), (12.0, "continent"), (21.85, "bow"), (20.9, "continent"), (60.0, None)]
)
def test_the_smallest_that_holds_all_of_it(tmp_path, lon, extract):
    with serving() as server:
        server.gives("/index-v1.json", (200, {}, INDEX.encode()))
        entry = CATALOGUE.find(asked(server.address, tmp_path, lon))
    assert (entry and entry.keys["osm"]) == (extract and f"https://example.org/{extract}.osm.pbf")


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"features": [{"geometry": 3, "properties": {"urls": {"pbf": 1}}}]}']
)
def test_what_is_no_index_is_told(tmp_path, body):
    with serving() as server:
        server.gives("/index-v1.json", (200, {}, body))
        with pytest.raises(FetchError, match="no index of extracts"):
            CATALOGUE.find(asked(server.address, tmp_path, 10.0))
