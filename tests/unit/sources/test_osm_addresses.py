from pathlib import Path

import numpy as np
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_addresses import read_osm_addresses

CRS = "EPSG:3067"
EVERYWHERE = shapely.box(-1e7, -1e7, 1e7, 1e8)
FILE = """<osm version="0.6">
<node id="1" lat="61.5" lon="23.6"><tag k="addr:street" v="Kuvitelmantie"/><tag k="addr:housenumber" v="10"/></node>
<node id="2" lat="61.501" lon="23.6"><tag k="addr:street" v="Kuvitelmantie"/><tag k="addr:housenumber" v="2 B"/></node>
<node id="3" lat="61.502" lon="23.6"><tag k="addr:housenumber" v="5"/></node>
<node id="4" lat="61.503" lon="23.6"><tag k="addr:place" v="Saari"/><tag k="addr:housenumber" v="1"/></node>
<node id="5" lat="61.5" lon="23.6"><tag k="addr:street" v="Kuvitelmantie"/><tag k="addr:housenumber" v="10"/></node>
<node id="11" lat="61.51" lon="23.60"/><node id="12" lat="61.51" lon="23.602"/>
<node id="13" lat="61.512" lon="23.602"/><node id="14" lat="61.512" lon="23.60"/>
<way id="7"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/>
<tag k="building" v="yes"/><tag k="addr:street" v="Harjukatu"/><tag k="addr:housenumber" v="3"/></way>
</osm>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "streets.osm"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_nodes_and_buildings_have_addresses_each_once(file: Path) -> None:
    table = read_osm_addresses(file, crs=CRS, within=EVERYWHERE).table
    rows = list(zip(table["street"], table["number"], strict=True))
    assert rows == [("Harjukatu", "3"), ("Kuvitelmantie", "10"), ("Kuvitelmantie", "2 B"), ("Saari", "1")]


def test_a_building_stands_in_its_middle(file: Path) -> None:
    table = read_osm_addresses(file, crs=CRS, within=EVERYWHERE).table.to_crs("EPSG:4326")
    middle = table.geometry.iloc[0]
    assert np.allclose((middle.x, middle.y), (23.601, 61.511), atol=1e-6)


def test_what_lies_outside_is_not_wanted(file: Path) -> None:
    assert read_osm_addresses(file, crs=CRS, within=shapely.box(0, 0, 1, 1)).table.empty


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "streets.osm.pbf"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(SourceError, match=r"streets\.osm\.pbf"):
        read_osm_addresses(path, crs=CRS, within=EVERYWHERE)
