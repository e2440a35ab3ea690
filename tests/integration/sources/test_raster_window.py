"""The part of a raster on a server: the blocks needed, in their place, and what goes wrong."""

import numpy as np
import pytest
import rasterio
from catalogue_servers import ranges_of, tile
from loopback import serving

from tesoma_geo.errors import FetchError
from tesoma_geo.sources.raster_window import fetch_glo30, fetch_raster_window, tile_name


def quiet(_: str) -> None:
    pass


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (23, 61, "Copernicus_DSM_COG_10_N61_00_E023_00_DEM"),
        (-47, -24, "Copernicus_DSM_COG_10_S24_00_W047_00_DEM"),
        (0, 0, "Copernicus_DSM_COG_10_N00_00_E000_00_DEM"),
    ],
)
def test_names_tell_the_south_west_corner(lon, lat, name):
    assert tile_name(lon, lat) == name


def test_a_window_holds_the_cells_of_its_place_and_few_bytes_are_asked_for(tmp_path):
    content = tile(10, 5, 1024)
    given = 0

    def counted(query, headers):
        nonlocal given
        status, told, body = ranges_of(content)(query, headers)
        given += len(body)
        return status, told, body

    with serving() as server:
        server.routes["/r.tif"] = counted
        address = f"cog+{server.address}/r.tif?bbox=10.2,5.3,10.25,5.35"
        fetch_raster_window(address, tmp_path / "r.tif", refresh=False, progress=quiet)
    assert given < len(content) / 4
    with rasterio.open(tmp_path / "r.tif") as part, rasterio.MemoryFile(content).open() as whole:
        assert part.bounds.left <= 10.2
        assert part.bounds.right >= 10.25
        for lon, lat in ((10.21, 5.31), (10.24, 5.34)):
            assert next(part.sample([(lon, lat)])) == next(whole.sample([(lon, lat)]))


def test_tiles_are_joined_over_borders_and_the_sea_is_flat(tmp_path):
    with serving() as server:
        for lon, lat, cells in ((-1, 0, 360), (0, 0, 360), (-1, -1, 180)):  # the fourth is the sea
            server.routes[f"/{tile_name(lon, lat)}/{tile_name(lon, lat)}.tif"] = ranges_of(tile(lon, lat, cells))
        address = f"glo30+{server.address}/glo30.tif?bbox=-0.1,-0.1,0.1,0.1"
        fetch_glo30(address, tmp_path / "r.tif", refresh=False, progress=quiet)
    with rasterio.open(tmp_path / "r.tif") as joined:
        heights = {name: next(joined.sample([place]))[0] for name, place in {
            "nw": (-0.05, 0.05), "ne": (0.05, 0.05), "sw": (-0.05, -0.05), "se": (0.05, -0.05),
        }.items()}  # fmt: skip
        assert joined.read(1).shape == (72, 72)
    assert heights["se"] == 0
    assert heights["nw"] == pytest.approx(100 + 50 * (0.05 + 0.95), abs=0.5)
    assert heights["ne"] == pytest.approx(100 + 50 * (0.05 + 0.05), abs=0.5)
    assert heights["sw"] == pytest.approx(100 + 50 * (0.95 + 0.95), abs=0.5)


PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda _q, _h: (403, {}, b""), "answered 403"),
        (lambda _q, _h: (404, {}, b""), "answered 404"),
        (lambda _q, _h: (200, {}, b"all of it"), "gives no parts of files"),
        (lambda _q, _h: (206, {"Content-Range": "bytes 7-9/100"}, b"abc"), "gives no parts of files"),
        (lambda _q, _h: (206, {"Content-Range": "bytes 0-999/1000"}, b"abc"), "broke off"),
        (lambda _q, _h: (206, {"Content-Range": "bytes 0-9/10", "Content-Length": "10"}, b"abc"), "cannot be reached"),
        (ranges_of(PNG), "no raster"),
        (ranges_of(tile(10, 5, 300)[:150_000]), "broke off|no raster|read"),
        (ranges_of(tile(40, 5, 64)), "outside"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path, answer, told):
    with serving() as server:
        server.routes["/r.tif"] = answer
        address = f"cog+{server.address}/r.tif?bbox=10.2,5.1,10.25,5.15"
        with pytest.raises(FetchError, match=told):
            fetch_raster_window(address, tmp_path / "r.tif", refresh=False, progress=quiet)
    assert not (tmp_path / "r.tif").exists()


@pytest.mark.parametrize("box", ["", "?bbox=1,2,3", "?bbox=a,b,c,d", "?bbox=11,5,10,6", "?bbox=0,0,1,nan"])
def test_what_is_no_box_is_refused_before_anything_is_asked(tmp_path, box):
    with pytest.raises(FetchError, match="no box"):
        fetch_raster_window(f"cog+http://127.0.0.1:9/r.tif{box}", tmp_path / "r.tif", refresh=False, progress=quiet)


def test_a_box_as_large_as_the_world_is_refused(tmp_path):
    with serving() as server:
        for lon in range(3):
            for lat in range(3):
                name = tile_name(lon, lat)
                server.routes[f"/{name}/{name}.tif"] = ranges_of(tile(lon, lat, 64))
        address = f"glo30+{server.address}/glo30.tif?bbox=0,0,3,3"
        fetch_glo30(address, tmp_path / "r.tif", refresh=False, progress=quiet)
    with rasterio.open(tmp_path / "r.tif") as joined:
        assert np.all(joined.read(1) >= 100)
