"""Water of an OpenStreetMap file: areas tagged so, cut to the study area."""

import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.water import read_osm_water
from tests.conftest import CORNER, CRS

POND = {1: (0, 0), 2: (200, 0), 3: (200, 100), 4: (0, 100)}


def here(east_m: float, north_m: float) -> shapely.Polygon:
    return shapely.box(*CORNER, CORNER[0] + east_m, CORNER[1] + north_m)


def test_a_pond_is_cut_to_the_area(write_osm):
    path = write_osm(POND, [([1, 2, 3, 4, 1], {"natural": "water", "name": "Lampi"}), ([1, 2], {"waterway": "stream"})])
    water = read_osm_water(path, crs=CRS, within=here(50, 100)).table
    assert water["name"].tolist() == ["Lampi"]
    assert water.area.sum() == pytest.approx(50 * 100, rel=0.01)


def test_no_water_is_an_empty_table(write_osm):
    path = write_osm(POND, [([1, 2], {"highway": "path"})])
    assert read_osm_water(path, crs=CRS, within=here(50, 50)).table.empty


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "a.osm").write_text("<osm><node")
    with pytest.raises(SourceError, match="cannot be read"):
        read_osm_water(tmp_path / "a.osm", crs=CRS, within=here(1, 1))
