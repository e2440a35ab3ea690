"""Water and green areas of an OpenStreetMap file: areas tagged so, cut to the study area."""

import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_areas import GREEN, WATER, read_osm_areas
from tests.conftest import CORNER, CRS

POND = {1: (0, 0), 2: (200, 0), 3: (200, 100), 4: (0, 100)}


def here(east_m: float, north_m: float) -> shapely.Polygon:
    return shapely.box(*CORNER, CORNER[0] + east_m, CORNER[1] + north_m)


def test_a_pond_is_cut_to_the_area(write_osm):
    path = write_osm(POND, [([1, 2, 3, 4, 1], {"natural": "water", "name": "Lampi"}), ([1, 2], {"waterway": "stream"})])
    water = read_osm_areas(path, WATER, crs=CRS, within=here(50, 100)).table
    assert water["name"].tolist() == ["Lampi"]
    assert water.area.sum() == pytest.approx(50 * 100, rel=0.01)


def test_no_water_is_an_empty_table(write_osm):
    path = write_osm(POND, [([1, 2], {"highway": "path"})])
    assert read_osm_areas(path, WATER, crs=CRS, within=here(50, 50)).table.empty


def test_parks_and_woods_are_green_and_yards_are_not(write_osm):
    square = [1, 2, 3, 4, 1]
    tags = [{"leisure": "park"}, {"natural": "wood"}, {"landuse": "forest"}, {"landuse": "grass"}, {"leisure": "pitch"}]
    path = write_osm(POND, [(square, tag) for tag in tags])
    assert len(read_osm_areas(path, GREEN, crs=CRS, within=here(300, 300)).table) == 3


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "a.osm").write_text("<osm><node")
    with pytest.raises(SourceError, match="cannot be read"):
        read_osm_areas(tmp_path / "a.osm", WATER, crs=CRS, within=here(1, 1))
