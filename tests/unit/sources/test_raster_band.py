"""What a value of an elevation raster is: units of the band and of the vertical system."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.elevation import read_surface, sample

WEST, NORTH = 320_000.0, 6_823_100.0
US_FOOT = 1200.0 / 3937.0


def height(path: Path, *, unit: str = "", crs: str = "EPSG:3067", value=100.0, **options) -> float:
    """What is read where the raster holds ``value``."""
    profile = {
        "driver": "GTiff", "count": 1, "height": 20, "width": 20, "dtype": "float32", "crs": crs,
        "transform": from_origin(WEST, NORTH, 10, 10),
    }  # fmt: skip
    with rasterio.open(path, "w", **(profile | options)) as raster:
        raster.write(np.full((20, 20), value, profile["dtype"]), 1)
        if unit:
            raster.units = [unit]
    return float(sample(path, np.array([WEST + 50]), np.array([NORTH - 50]), "EPSG:3067", key="elevation")[0])


SPELLED = {
    1.0: ("", "m", "Metres", "unknown"),
    0.3048: ("ft", "foot", "Feet"),
    US_FOOT: ("US survey foot", "ftUS", "us-ft", "Foot_US"),
    0.01: ("cm",),
    0.1: ("dm",),
}


@pytest.mark.parametrize(("unit", "metres"), [(unit, metres) for metres in SPELLED for unit in SPELLED[metres]])
def test_the_unit_of_the_band(tmp_path: Path, unit: str, metres: float):
    assert height(tmp_path / "dem.tif", unit=unit) == pytest.approx(100 * metres, rel=1e-6)


@pytest.mark.parametrize("unit", ["degree", "%", "kelvin", "dB"])
def test_a_unit_that_is_no_length_is_refused(tmp_path: Path, unit: str):
    with pytest.raises(SourceError, match=rf"elevation: .*'{unit}', which is no length"):
        height(tmp_path / "dem.tif", unit=unit)


def test_the_unit_of_the_vertical_system(tmp_path: Path):
    """EPSG:6360 is NAVD88 in US survey feet, EPSG:8228 in feet, EPSG:3900 N2000 in metres."""
    for vertical, metres in (("6360", US_FOOT), ("8228", 0.3048), ("3900", 1.0)):
        found = height(tmp_path / f"{vertical}.tif", crs=f"EPSG:3067+{vertical}")
        assert found == pytest.approx(100 * metres, rel=1e-6), vertical


def test_depths_point_down(tmp_path: Path):
    """EPSG:6357 is NAVD88 as a depth in metres."""
    assert height(tmp_path / "dem.tif", crs="EPSG:3067+6357", value=-100.0) == pytest.approx(100)


def test_scale_and_offset_come_before_the_unit(tmp_path: Path):
    path = tmp_path / "dem.tif"
    height(path, unit="ft", value=1000)
    with rasterio.open(path, "r+") as raster:
        raster.scales, raster.offsets = [0.1], [50.0]
    place = np.array([WEST + 50]), np.array([NORTH - 50])
    surface = read_surface(path, *place, "EPSG:3067", key="elevation")
    assert surface.at(*place) == pytest.approx([(1000 * 0.1 + 50) * 0.3048])
    assert surface.unit.told == "the band's unit ft"
