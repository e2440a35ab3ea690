"""The tile of GHS-POP that holds a place."""

from pathlib import Path

import pytest
import shapely
from catalogue_servers import ranges_of
from loopback import serving

from tesoma_geo.sources.catalogues.ghsl import CATALOGUE
from tesoma_geo.sources.catalogues.records import Place, Question


@pytest.mark.parametrize(
    ("lon", "lat", "tile"), [(-15.5, 13.4, "R8_C17"), (0.1, 0.1, "R9_C19"), (0.1, -0.1, "R10_C19")]
)
def test_rows_count_from_the_north_and_columns_from_the_west(lon, lat, tile):
    box = shapely.box(lon, lat, lon + 0.02, lat + 0.02)
    with serving() as server:
        question = Question(Place("Town", lon, lat, "", box), box.bounds, "", server.address, Path())
        assert CATALOGUE.find(question) is None  # the server has no such tile
        name = f"/GHS_POP_E2020_GLOBE_R2023A_54009_100_V1_0_{tile}.zip"
        server.routes[name] = ranges_of(b"PK archive")
        entry = CATALOGUE.find(question)
    assert entry is not None
    assert entry.keys["source"].endswith(f"_V1_0_{tile}.tif")
    assert entry.keys["kind"] == "raster"


def test_a_place_on_the_border_of_tiles_has_none():
    box = shapely.box(0, -0.1, 0.1, 0.1)
    question = Question(Place("Town", 0, 0, "", box), box.bounds, "", "https://example.org", Path())
    assert CATALOGUE.find(question) is None
