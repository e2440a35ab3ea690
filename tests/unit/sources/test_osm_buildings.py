"""Buildings of an OpenStreetMap file: what stands on the ground, and nothing that is walked under."""

import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_buildings import read_osm_buildings
from tests.conftest import CORNER, CRS

HOUSE = {1: (0, 0), 2: (20, 0), 3: (20, 10), 4: (0, 10)}
AROUND = shapely.box(CORNER[0] - 50, CORNER[1] - 50, CORNER[0] + 50, CORNER[1] + 50)


def read(path, within=AROUND):
    return read_osm_buildings(path, crs=CRS, within=within)


def test_a_house_is_read_as_a_whole(write_osm):
    path = write_osm(HOUSE, [([1, 2, 3, 4, 1], {"building": "yes"})])
    (house,) = read(path, shapely.box(*CORNER, CORNER[0] + 1, CORNER[1] + 1))
    assert house.area == pytest.approx(200, rel=0.01)


@pytest.mark.parametrize(
    "tags",
    [
        {"building": "no"},
        {"building": "roof"},
        {"building": "carport"},
        {"building": "yes", "layer": "1", "min_height": "4"},
        {"building": "yes", "building:min_level": "1"},
        {"building": "yes", "location": "underground"},
        {"highway": "pedestrian", "area": "yes"},
    ],
)
def test_what_is_walked_under_is_none(write_osm, tags):
    assert len(read(write_osm(HOUSE, [([1, 2, 3, 4, 1], tags)]))) == 0


def test_a_house_elsewhere_is_none(write_osm):
    path = write_osm(HOUSE, [([1, 2, 3, 4, 1], {"building": "yes"})])
    assert len(read(path, shapely.box(CORNER[0] + 100, CORNER[1], CORNER[0] + 200, CORNER[1] + 50))) == 0


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / "streets.osm.pbf").write_bytes(b"no map")
    with pytest.raises(SourceError):
        read(tmp_path / "streets.osm.pbf")
