"""Streets with other heights: elevation and grades, and at other moments."""

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tests.conftest import CORNER, CRS

LINE = {1: (0, 0), 2: (100, 0), 3: (300, 0), 4: (300, 400)}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


def write_slope(path, rise_per_m: float) -> None:
    """A plane that rises towards the east, 10 m cells."""
    column_x = CORNER[0] - 500 + 10 * (np.arange(150) + 0.5)
    ground = np.tile(100 + rise_per_m * (column_x - CORNER[0]), (150, 1)).astype("float32")
    transform = from_origin(CORNER[0] - 500, CORNER[1] + 1000, 10, 10)
    with rasterio.open(
        path, "w", driver="GTiff", width=150, height=150, count=1, dtype="float32", crs=CRS, transform=transform
    ) as raster:
        raster.write(ground, 1)


def test_grade_is_rise_over_run_by_direction(write_osm, tmp_path):
    write_slope(tmp_path / "dem.tif", 0.05)
    network = StreetNetwork.from_osm(write_osm(LINE, [([1, 2], {"highway": "path"}), ([3, 2], {"highway": "path"})]))
    assert network.grade.tolist() == [0, 0]
    assert network.with_elevation(tmp_path / "dem.tif").grade == pytest.approx([0.05, -0.05], abs=1e-3)


def test_a_bridge_runs_straight_between_its_ends(write_osm, tmp_path):
    """A valley under a bridge: the bridge's middle node keeps the height of its ends."""
    write_slope(tmp_path / "dem.tif", 0.0)
    with rasterio.open(tmp_path / "dem.tif", "r+") as raster:
        ground = raster.read(1)
        ground[:, 56:64] = 60.0  # around x = corner + 100
        raster.write(ground, 1)
    nodes = {1: (-100, 0), 2: (0, 0), 3: (100, 0), 4: (200, 0), 5: (300, 0)}
    ways = [
        ([1, 2], {"highway": "path"}),
        ([2, 3, 4], {"highway": "path", "bridge": "yes"}),
        ([4, 5], {"highway": "path"}),
    ]
    network = StreetNetwork.from_osm(write_osm(nodes, ways)).with_elevation(tmp_path / "dem.tif")
    assert network.elevation_m == pytest.approx([100] * 5, abs=0.5)


def test_one_thing_is_changed_and_the_rest_stays(write_osm):
    network = StreetNetwork.from_osm(write_osm(LINE, [([1, 2, 3], {"highway": "path"})]))
    elsewhere = network.at(network.when, "SE")
    assert type(elsewhere) is type(network)
    assert elsewhere.country == "SE"
    assert elsewhere.at(network.when).country == "SE"
    assert elsewhere.hierarchy is network.hierarchy
    assert network.with_turns_told_apart(default_profiles()["walk"]) is network
    assert network.drawn_elevations(seed=1, draws=2) is None
