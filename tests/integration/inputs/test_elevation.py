"""What `check` says of an elevation raster: its resolution, and what in it is unlikely; never of a sound one."""

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from tesoma_geo.inputs.elevation import elevation_findings
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.heights import street_heights
from tesoma_geo.sources.elevation import read_surface
from tests.conftest import CORNER, CRS

STREETS = {1 + number: (25.0 * (number % 20), 200.0 * (number // 20)) for number in range(40)}


@pytest.fixture
def findings(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    network = StreetNetwork.from_osm(write_osm(STREETS, [(list(STREETS), {"highway": "path"})]), CRS)
    district = shapely.box(CORNER[0] - 50, CORNER[1] - 50, CORNER[0] + 500, CORNER[1] + 500)

    def of(heights: np.ndarray, cell_m: float = 10.0, unit: str = "", **options):
        profile = {
            "driver": "GTiff", "count": 1, "height": len(heights), "width": len(heights), "dtype": heights.dtype,
            "crs": CRS, "transform": from_origin(CORNER[0] - 500, CORNER[1] + 1000, cell_m, cell_m), "nodata": -9999,
        }  # fmt: skip
        with rasterio.open(tmp_path / "dem.tif", "w", **(profile | options)) as raster:
            raster.write(heights, 1)
            if unit:
                raster.units = [unit]
        surface = read_surface(tmp_path / "dem.tif", network.x, network.y, CRS, key="elevation")
        found = street_heights(network.street_lines, surface)
        return elevation_findings(surface, found, network.with_heights(found), district)

    return of


def ground(rise: float = 0.02, cells: int = 150, cell_m: float = 10.0, noise: float = 0.2) -> np.ndarray:
    row, column = np.mgrid[0:cells, 0:cells]
    wiggles = np.random.default_rng(1).normal(0, noise, (cells, cells))
    return (100 + (column - row) * cell_m * rise + wiggles).astype(np.float32)


def told(findings) -> str:
    return " | ".join(problem for problem, _ in findings.doubts)


def test_a_sound_model_has_notes_alone(findings):
    found = findings(ground(), unit="m")
    assert not found.doubts
    assert found.notes == ("cells of 10 m: grades are those over 20 m or more, ramps are not seen",)
    assert any("names a unit" in note for note in findings(ground()).notes)
    assert any("0.3048 m" in note for note in findings(ground() * 3.28, unit="ft").notes)


def test_whole_metres_are_doubted_where_they_make_slopes(findings):
    assert "whole metres: a grade may be 5.0% off" in told(findings(np.rint(ground()).astype(np.int16)))
    coarse = findings(np.rint(ground(cells=50, cell_m=30.0)).astype(np.int16), cell_m=30.0)
    assert not coarse.doubts
    assert any("whole metres: a grade may be 1.7% off" in note for note in coarse.notes)
    rounded = findings(np.rint(ground()).astype(np.float32))
    assert "whole metres" in told(rounded)


@pytest.mark.parametrize("limit", [100.0, 103.7])
def test_heights_cut_off_at_a_limit(findings, limit: float):
    assert f"exactly {limit:.6g} m high" in told(findings(np.minimum(ground(), np.float32(limit)), unit="m"))
    flat = np.minimum(np.rint(ground() * 2).astype(np.int16), 255)
    assert not [problem for problem, _ in findings(flat).doubts if "cut off" in problem and "255" in problem]


def test_lakes_are_no_limit(findings):
    assert not findings(np.maximum(ground(), np.float32(100)), unit="m").doubts


def test_gaps_in_the_district_are_told(findings):
    heights = ground()
    heights[95:105, 58:75] = -9999
    assert "it has no data at 7 street nodes of the district (17.5%)" in told(findings(heights, unit="m"))


def test_decimetres_taken_for_metres(findings):
    assert "half of the streets are steeper than" in told(findings(ground(0.03) * 10))


def test_a_picture_of_one_band_is_doubted(findings):
    shades = np.random.default_rng(2).integers(0, 255, (150, 150)).astype(np.uint8)
    assert "from 0 to 255" in told(findings(shades, nodata=None))


def test_what_stands_out_is_counted(findings):
    heights = ground()
    heights[95, 60] = 900
    assert any("passed over: 1" in note for note in findings(heights, unit="m").notes)
    heights[:, 58:62] -= 20
    assert any("cliffs or gaps" in note for note in findings(heights, unit="m").notes)
