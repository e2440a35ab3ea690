"""Residents from rasters of counts."""

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.population_raster import read_raster

CRS = "EPSG:3067"
WEST, NORTH = 320_000.0, 6_824_000.0


def raster(path, counts, *, crs=CRS, transform=None, nodata=None):
    counts = np.asarray(counts)
    transform = transform or from_origin(WEST, NORTH, 100, 100)
    rows, columns = counts.shape
    with rasterio.open(
        path, "w", driver="GTiff", width=columns, height=rows, count=1, dtype=counts.dtype, crs=crs,
        transform=transform, nodata=nodata,
    ) as target:  # fmt: skip
        target.write(counts, 1)
    return path


def read(path, within, cell_m=100.0):
    return read_raster(path, key="population", crs=CRS, cell_m=cell_m, within=within)


WHOLE = shapely.box(WEST, NORTH - 1000, WEST + 1000, NORTH)


def test_squares_of_the_same_grid_hold_what_their_cells_hold(tmp_path):
    counts = np.zeros((10, 10), np.float32)
    counts[0, 0], counts[3, 7] = 4, 12.4
    origins = read(raster(tmp_path / "r.tif", counts), WHOLE).table
    assert dict(zip(origins["origin_id"], origins["population"], strict=True)) == {
        "E320000N6823900": 4, "E320700N6823600": 12,
    }  # fmt: skip
    assert [(point.x, point.y) for point in origins.geometry] == [(320_050, 6_823_950), (320_750, 6_823_650)]


@pytest.mark.parametrize("cell_m", [50.0, 125.0, 250.0])
def test_no_resident_comes_or_goes_by_squares_and_rounding(tmp_path, cell_m):
    counts = np.random.default_rng(1).random((10, 10)) * 3
    table = read(raster(tmp_path / "r.tif", counts), WHOLE.buffer(500), cell_m).table
    assert table["population"].sum() == round(counts.sum())
    assert (table["population"] > 0).all()


def test_of_cells_on_the_border_the_part_within_counts(tmp_path):
    half = shapely.box(WEST, NORTH - 1000, WEST + 550, NORTH)
    table = read(raster(tmp_path / "r.tif", np.full((10, 10), 10.0)), half).table
    assert table["population"].sum() == pytest.approx(550, abs=1)


def test_degrees_are_laid_on_metres(tmp_path):
    (lon,), (lat,) = to_wgs84([WEST], [NORTH], CRS)
    path = raster(
        tmp_path / "r.tif", np.full((40, 40), 5.0), crs="EPSG:4326",
        transform=from_origin(lon - 0.005, lat + 0.005, 1 / 1200, 1 / 1200),
    )  # fmt: skip
    square = shapely.box(WEST, NORTH - 500, WEST + 500, NORTH)
    cell_m2 = (111_400 / 1200) * (111_400 / 1200 * np.cos(np.radians(lat)))
    assert read(path, square).table["population"].sum() == pytest.approx(5 * 500**2 / cell_m2, rel=0.03)


def test_what_holds_no_data_is_nobody_and_told(tmp_path):
    counts = np.full((10, 10), -200.0)
    counts[5, 5] = 30
    reading = read(raster(tmp_path / "r.tif", counts, nodata=-200), WHOLE)
    assert reading.table["population"].sum() == 30
    assert "99 cells" in reading.notes[0]


@pytest.mark.parametrize(
    ("counts", "changes", "told"),
    [
        (np.full((10, 10), -200.0), {}, "no number of residents"),
        (np.full((10, 10), np.inf), {}, "no number of residents"),
        (np.zeros((10, 10)), {}, "no residents in the study area"),
        (np.ones((10, 10)), {"transform": from_origin(0, 0, 100, 100)}, "does not cover"),
        (np.ones((10, 10)), {"crs": None}, "no raster of one band"),
    ],
)
def test_what_is_no_raster_of_residents_here_is_refused(tmp_path, counts, changes, told):
    with pytest.raises(SourceError, match=told):
        read(raster(tmp_path / "r.tif", counts, **changes), WHOLE)


def test_what_is_no_raster_is_refused(tmp_path):
    (tmp_path / "r.tif").write_text("residents")
    with pytest.raises(SourceError, match="cannot be read"):
        read(tmp_path / "r.tif", WHOLE)
