"""Elevation: bilinear, honest where there is none, and level on bridges."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.elevation import level_bridges, sample

CRS = "EPSG:3067"
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


def level(elevation, edges):
    tail, head, length, ground = (np.array(column) for column in zip(*edges, strict=True))
    lengths = length.astype(np.float32)
    return level_bridges(np.array(elevation, np.float32), tail, head, lengths, ground.astype(bool)).tolist()


def test_a_bridge_runs_straight_between_its_ends():
    ravine = [(0, 1, 10, True), (1, 2, 10, False), (2, 3, 30, False), (3, 4, 10, True)]
    assert level([20, 20, 2, 28, 30], ravine) == pytest.approx([20, 20, 22, 28, 30])


def test_branches_meet_between_their_ends():
    branches = [
        (0, 3, 10, False),
        (1, 3, 10, False),
        (2, 3, 20, False),
        (0, 4, 5, True),
        (1, 4, 5, True),
        (2, 5, 5, True),
    ]
    assert level([10, 20, 0, 99, 15, 0], branches)[3] == pytest.approx(
        (10 / 10 + 20 / 10 + 0 / 20) / (1 / 10 + 1 / 10 + 1 / 20)
    )


def test_a_dead_end_is_as_high_as_where_it_starts():
    assert level([10, 10, 3], [(0, 1, 5, True), (1, 2, 5, False)]) == pytest.approx([10, 10, 10])


def test_a_structure_without_known_ends_keeps_the_ground():
    nan = float("nan")
    assert level([3, 5, 4], [(0, 1, 5, False), (1, 2, 5, False)]) == [3, 5, 4]
    unknown_ends = [(0, 1, 5, True), (1, 2, 5, False), (2, 3, 5, False), (3, 4, 5, True)]
    assert level([nan, nan, 7, nan, nan], unknown_ends)[2] == 7


def test_ground_is_left_alone():
    assert level([1, 2, 3], [(0, 1, 5, True), (1, 2, 5, True)]) == [1, 2, 3]
