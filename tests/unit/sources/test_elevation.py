"""Elevation: bilinear, honest where there is none, smooth over a run, refused where it is a picture."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.elevation import read_surface, sample

CRS = "EPSG:3067"
LOCAL = 'LOCAL_CS["site grid",UNIT["metre",1]]'
WEST, NORTH, CELL = 320_000.0, 6_823_100.0, 10.0


def write(path: Path, heights: np.ndarray, **options) -> Path:
    profile = {
        "driver": "GTiff", "count": 1, "height": heights.shape[0], "width": heights.shape[1], "dtype": heights.dtype,
        "crs": CRS, "transform": from_origin(WEST, NORTH, CELL, CELL), "nodata": -9999,
    }  # fmt: skip
    with rasterio.open(path, "w", **(profile | options)) as raster:
        raster.write(heights, 1)
    return path


def at(path: Path, *places: tuple[float, float]) -> np.ndarray:
    """Elevation at places in metres right and down from the raster's corner."""
    right, down = np.array(places, float).T
    return sample(path, WEST + right, NORTH - down, CRS, key="elevation")


@pytest.fixture
def slope() -> np.ndarray:
    """A plane that rises 1 m a cell to the right and 2 m a cell down."""
    row, column = np.mgrid[0:10, 0:10]
    return (100 + column + 2 * row).astype(np.float32)


def test_a_plane_is_read_exactly_between_the_middles_of_cells(tmp_path: Path, slope: np.ndarray):
    file = write(tmp_path / "dem.tif", slope)
    generator = np.random.default_rng(1)
    places = generator.uniform(5, 95, (200, 2))
    expected = 100 + (places[:, 0] - 5) / 10 + 2 * (places[:, 1] - 5) / 10
    assert at(file, *places) == pytest.approx(expected, abs=1e-4)


def test_outermost_half_cells_have_the_height_of_their_cells(tmp_path: Path, slope: np.ndarray):
    file = write(tmp_path / "dem.tif", slope)
    assert at(file, (1, 1), (99, 1), (1, 99), (99, 99)) == pytest.approx([100, 109, 118, 127])


def test_a_cell_without_data_is_unknown_and_its_neighbours_are_not(tmp_path: Path):
    heights = np.full((5, 5), 50.0, np.float32)
    heights[2, 2] = -9999
    file = write(tmp_path / "dem.tif", heights)
    assert np.isnan(at(file, (25, 25), (29, 21))).all()
    assert at(file, (19, 25), (31, 25), (19, 19)) == pytest.approx(50)


def test_outside_the_raster_is_unknown(tmp_path: Path, slope: np.ndarray):
    heights = at(write(tmp_path / "dem.tif", slope), (50, 50), (-1, 50), (101, 50))
    assert np.isnan(heights).tolist() == [False, True, True]


def test_another_projection_and_whole_decimetres(tmp_path: Path, slope: np.ndarray):
    lon, lat = to_wgs84(WEST + 50, NORTH - 50, CRS)
    file = write(
        tmp_path / "dem.tif",
        np.full((10, 10), 1234, np.int16),
        crs="EPSG:4326",
        transform=from_origin(lon - 0.01, lat + 0.01, 0.002, 0.002),
    )
    with rasterio.open(file, "r+") as raster:
        raster.scales = [0.1]
    assert at(file, (50, 50)) == pytest.approx([123.4])


@pytest.mark.parametrize(
    ("heights", "options", "told"),
    [
        (np.zeros((9, 9), np.float32), {"transform": from_origin(0, 0, 10, 10)}, "does not cover the area"),
        (np.zeros((9, 9), np.float32), {"crs": None}, "does not say which coordinate reference system"),
        (np.full((9, 9), 65535, np.uint16), {"nodata": None}, "not elevations in metres"),
        (np.full((9, 9), 80, np.uint8), {"crs": None, "nodata": None}, "from 0 to 255, as pictures do"),
        (np.full((9, 9), 80, np.float32), {"crs": LOCAL}, "a local one that is not tied to the Earth"),
        (np.full((9, 9), 80, np.uint8), {"nodata": None, "photometric": "palette"}, "is a picture"),
        (np.full((9, 9), 80, np.uint8), {"nodata": None, "compress": "jpeg"}, "is a picture"),
        (np.full((9, 9), 80, np.complex64), {"nodata": None}, "complex numbers"),
    ],
)
def test_rasters_that_cannot_serve_are_refused(tmp_path: Path, heights, options, told):
    with pytest.raises(SourceError, match=f"elevation: .*{told}"):
        at(write(tmp_path / "dem.tif", heights, **options), (50, 50))


def test_files_that_are_no_rasters_are_refused(tmp_path: Path):
    (tmp_path / "dem.tif").write_bytes(b"II*\0nothing")
    for name in ("dem.tif", "none.tif"):
        with pytest.raises(SourceError, match=name):
            at(tmp_path / name, (50, 50))


@pytest.mark.parametrize(("bands", "photometric"), [(3, "rgb"), (4, "rgb"), (2, "minisblack")])
def test_several_bands_are_refused(tmp_path: Path, bands: int, photometric: str):
    profile = {
        "driver": "GTiff", "count": bands, "height": 9, "width": 9, "dtype": "uint8", "crs": CRS,
        "transform": from_origin(WEST, NORTH, CELL, CELL), "photometric": photometric,
    }  # fmt: skip
    with rasterio.open(tmp_path / "dem.tif", "w", **profile) as raster:
        raster.write(np.full((bands, 9, 9), 80, np.uint8))
    with pytest.raises(SourceError, match=f"elevation: .*{bands} bands"):
        at(tmp_path / "dem.tif", (50, 50))


def test_a_plane_stays_a_plane_over_runs_to_the_edge_of_the_data(tmp_path: Path):
    row, column = np.mgrid[0:40, 0:40]
    plane = (100 + 0.5 * column + row).astype(np.float32)
    plane[:12, 25:] = -9999  # a lake without data in the corner
    file = write(tmp_path / "dem.tif", plane)
    places = np.random.default_rng(2).uniform(5, 395, (300, 2))
    x, y = WEST + places[:, 0], NORTH - places[:, 1]
    surface = read_surface(file, x, y, CRS, key="elevation")
    smooth, known = surface.over_runs(x, y), ~np.isnan(surface.at(x, y))
    assert 200 < known.sum() < 300
    assert np.isnan(smooth).tolist() == (~known).tolist()
    inner = known & ((places[:, 0] < 240) | (places[:, 1] > 130))
    assert smooth[inner] == pytest.approx(100 + (places[inner, 0] - 5) / 20 + (places[inner, 1] - 5) / 10, abs=0.02)


def test_a_run_is_two_cells_and_no_less_than_ten_metres(tmp_path: Path):
    for cell, run in ((1.0, 10.0), (5.0, 10.0), (25.0, 50.0), (50.0, 100.0)):
        side = int(400 / cell)
        file = write(
            tmp_path / "dem.tif", np.full((side, side), 80, np.float32), transform=from_origin(WEST, NORTH, cell, cell)
        )
        surface = read_surface(file, np.array([WEST + 200]), np.array([NORTH - 200]), CRS, key="elevation")
        assert surface.run_m == pytest.approx(run)
        assert surface.over_runs(np.array([WEST + 200]), np.array([NORTH - 200])) == pytest.approx([80])


def test_fine_cells_are_averaged_and_stay_in_place(tmp_path: Path):
    row, column = np.mgrid[0:803, 0:803]
    file = write(
        tmp_path / "dem.tif", (0.01 * column + 0.02 * row).astype(np.float32),
        transform=from_origin(WEST, NORTH, 0.5, 0.5), nodata=None,
    )  # fmt: skip
    places = np.random.default_rng(3).uniform(100, 300, (50, 2))
    x, y = WEST + places[:, 0], NORTH - places[:, 1]
    surface = read_surface(file, x, y, CRS, key="elevation")
    expected = 0.01 * (places[:, 0] / 0.5 - 0.5) + 0.02 * (places[:, 1] / 0.5 - 0.5)
    assert surface.cell_m == pytest.approx((2.0, 2.0))
    assert surface.at(x, y) == pytest.approx(expected, abs=0.005)
    assert surface.over_runs(x, y) == pytest.approx(expected, abs=0.005)


def test_a_single_cell_that_stands_out_is_passed_over(tmp_path: Path):
    heights = np.full((30, 30), 80, np.float32)
    heights[10, 10], heights[20, 20] = 300, -30000
    file = write(tmp_path / "dem.tif", heights)
    x, y = WEST + np.array([105.0, 150.0]), NORTH - np.array([105.0, 150.0])
    surface = read_surface(file, x, y, CRS, key="elevation")
    assert surface.mended == 2
    assert surface.at(x, y) == pytest.approx([80, 80])
    assert surface.over_runs(x, y) == pytest.approx([80, 80], abs=0.01)
