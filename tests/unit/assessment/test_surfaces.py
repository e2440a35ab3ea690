"""A travel-time surface, and the Cloud Optimized GeoTIFF that it is written to."""

import struct

import numpy as np
import pytest
import rasterio
import shapely

from tesoma_geo.assessment.surfaces import surface, write_cog
from tesoma_geo.network.isochrones.isochrones import TimedStreets, Water

CRS = "EPSG:3067"
WEST, SOUTH = 320_000.0, 6_823_000.0
LAKE = shapely.box(WEST + 3000, SOUTH - 20, WEST + 3300, SOUTH + 400)


def street(length_m: float, *, to_hub: bool = True) -> TimedStreets:
    """One street eastwards from the hub, walked at 1 m/s to it and 2 m/s from it."""
    return TimedStreets(
        WEST + np.array([0.0, length_m]), SOUTH + np.array([0.0, 0.0]),
        np.array([0], np.int32), np.array([1], np.int32),
        np.array([length_m / 2], np.float32), np.array([length_m], np.float32),
        np.array([0, length_m if to_hub else length_m / 2], np.float32), to_hub=to_hub,
    )  # fmt: skip


@pytest.fixture
def written(tmp_path):
    made = surface(street(6000), Water.of([LAKE]), CRS)
    path = tmp_path / "travel_time_walk.tif"
    write_cog(made, path, profile="walk")
    return made, path


def test_a_cell_holds_the_seconds_at_its_middle(written) -> None:
    _, path = written
    with rasterio.open(path) as raster:
        seconds = raster.read(1)
        row, column = raster.index(WEST + 1000, SOUTH)
        assert raster.xy(row, column) == (WEST + 1000, SOUTH)
    # The last 50 m may be walked beside the street, which is slower than the walk off it.
    assert seconds[row, column] == pytest.approx(950 + 50 / 1.306, abs=0.1)
    assert seconds[row - 3, column] == pytest.approx(960 + 50 / 1.306, abs=0.1)
    assert np.isfinite(seconds[row - 5, column])
    assert np.isnan(seconds[row - 6, column])


def test_water_and_places_off_the_streets_hold_no_time(written) -> None:
    made, path = written
    with rasterio.open(path) as raster:
        seconds = raster.read(1)
        wet = raster.index(WEST + 3150, SOUTH + 30)
        beyond = raster.index(WEST + 3400, SOUTH)
        assert np.isnan(seconds[wet])
        assert np.isfinite(seconds[beyond])
        assert np.isnan(raster.nodata)
        assert raster.crs == rasterio.CRS.from_string(CRS)
    np.testing.assert_array_equal(seconds, made.seconds)


def test_the_tags_say_what_the_numbers_mean(written) -> None:
    _, path = written
    with rasterio.open(path) as raster:
        tags = raster.tags()
        assert (tags["units"], tags["direction"], tags["profile"]) == ("s", "to_hub", "walk")
        assert raster.descriptions == ("travel time to hub, seconds",)
        assert raster.dtypes == ("float32",)


def test_the_direction_decides_which_way_the_street_is_walked() -> None:
    away = surface(street(1000, to_hub=False), None, CRS)
    column, row = ~away.transform @ (WEST + 800, SOUTH)
    assert not away.to_hub
    assert away.seconds[int(row), int(column)] == pytest.approx(400, abs=1)


def test_the_surface_covers_the_rectangle_and_what_is_reached() -> None:
    district = (WEST - 500, SOUTH - 400, WEST + 500, SOUTH + 400)

    def corners(made):
        height, width = made.seconds.shape
        west, north = made.transform @ (0, 0)
        east, south = made.transform @ (width, height)
        return west, south, east, north

    cropped = corners(surface(street(6000), None, CRS, bounds=district))
    widened = corners(surface(street(6000), None, CRS, bounds=district, reached_s=2000))
    assert shapely.box(*cropped).covers(shapely.box(*district))
    assert cropped[2] < WEST + 600
    assert widened[2] >= WEST + 2000
    assert widened[0] == cropped[0]


def test_the_file_is_laid_out_for_reading_over_a_network(written) -> None:
    _, path = written
    with rasterio.open(path) as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert raster.tags(ns="IMAGE_STRUCTURE")["COMPRESSION"] == "DEFLATE"
        assert raster.tags(ns="IMAGE_STRUCTURE")["PREDICTOR"] == "3"
        assert raster.overviews(1) == [2, 4]
        assert raster.block_shapes == [(256, 256)]
    directories, first_data = tiff_directories(path.read_bytes())
    widths = [width for _, width in directories]
    assert len(directories) == 3
    assert widths == sorted(widths, reverse=True)
    assert max(offset for offset, _ in directories) < min(first_data)
    # The overview's tiles come before the full image's: a reader that starts coarse reads on.
    assert first_data == sorted(first_data, reverse=True)


def tiff_directories(content: bytes) -> tuple[list[tuple[int, int]], list[int]]:
    """Offset and image width of every image directory of a little-endian TIFF, and its first tile's offset."""
    assert content[:4] == b"II*\0"
    directories, first_data = [], []
    (offset,) = struct.unpack_from("<I", content, 4)
    while offset:
        (count,) = struct.unpack_from("<H", content, offset)
        tags = {}
        for entry in range(count):
            tag, kind, values, value = struct.unpack_from("<HHII", content, offset + 2 + 12 * entry)
            inline = kind == 3 and values == 1
            tags[tag] = (value & 0xFFFF if inline else value, values)
        directories.append((offset, tags[256][0]))
        tiles, n_tiles = tags[324]
        offsets = [tiles] if n_tiles == 1 else struct.unpack_from(f"<{n_tiles}I", content, tiles)
        first_data.append(min(each for each in offsets if each))
        (offset,) = struct.unpack_from("<I", content, offset + 2 + 12 * count)
    return directories, first_data


def test_a_second_write_gives_the_same_bytes(written, tmp_path) -> None:
    made, path = written
    write_cog(made, tmp_path / "again.tif", profile="walk")
    assert (tmp_path / "again.tif").read_bytes() == path.read_bytes()


def test_nothing_reached_is_a_surface_without_times(tmp_path) -> None:
    streets = street(1000)
    nowhere = TimedStreets(
        streets.x, streets.y, streets.tail, streets.head, streets.forward_s, streets.backward_s,
        np.full(2, np.inf, np.float32),
    )  # fmt: skip
    made = surface(nowhere, None, CRS)
    assert np.isnan(made.seconds).all()
    write_cog(made, tmp_path / "none.tif")
    with rasterio.open(tmp_path / "none.tif") as raster:
        assert raster.read(1, masked=True).mask.all()
