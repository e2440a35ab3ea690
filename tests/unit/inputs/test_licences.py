"""On which terms data is."""

from pathlib import Path

import pytest

from tesoma_geo import Workspace
from tesoma_geo.inputs.licences import with_licences
from tesoma_geo.inputs.reports import LayerReport

FILE = """
[district]
name = { en = "Village" }
area = { source = "areas.gpkg", licence = "of areas" }
crs = "EPSG:3067"

[hub]
area = { source = "hub.gpkg", licence = "of the hub" }

[network]
osm = "streets.osm.pbf"
licence = "of streets"

[transit]
gtfs = ["bus.zip", "tram.zip"]
date = 2026-01-15
licence = "of feeds"

[population]
source = "areas.gpkg"
licence = "of residents"

[services]
osm = { licence = "amenity=school" }

[[services.files]]
kind = "school"
source = "streets.osm.pbf"
licence = "of schools"

[[services.files]]
kind = "library"
source = "a.csv"

[[annotations]]
platform = "csv"
geometries = "areas.gpkg"
licence = "of answers"
"""


@pytest.mark.parametrize(
    ("key", "file", "licence"),
    [
        ("access.profiles", "tesoma.toml", None),
        ("district.area", "areas.gpkg", "of areas"),
        ("network.osm", "streets.osm.pbf", "of streets"),
        ("hub.area", "hub.gpkg", "of the hub"),
        ("hub.entrances", "tesoma.toml", None),
        ("basemap.water", "streets.osm.pbf", "of streets"),
        ("nature.areas", "streets.osm.pbf", "of streets"),
        ("population.source", "areas.gpkg", "of residents"),
        ("services.osm", "streets.osm.pbf", "of streets"),
        ("services.files.0", "streets.osm.pbf", "of schools"),
        ("services.files.1", "a.csv", None),
        ("transit.gtfs", "bus.zip", "of feeds"),
        ("transit.gtfs.1", "tram.zip", "of feeds"),
        ("annotations", "tesoma.toml", None),
        ("annotations.0.geometries", "areas.gpkg", "of answers"),
        ("annotations.0.respondents", "areas.gpkg", "of answers"),
    ],
)
def test_a_layer_is_under_the_terms_of_its_table(tmp_path: Path, key: str, file: str, licence: str | None) -> None:
    path = tmp_path / "tesoma.toml"
    path.write_text(FILE, encoding="utf-8")
    for name in ("areas.gpkg", "hub.gpkg", "streets.osm.pbf", "bus.zip", "tram.zip", "a.csv"):
        (tmp_path / name).touch()
    (told,) = with_licences(Workspace.load(path), [LayerReport(key, tmp_path / file, 3, licence="of before")])
    assert (told.licence, told.rows) == (licence, 3)
