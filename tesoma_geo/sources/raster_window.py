"""The part of a raster on a server that a place needs, as a GeoTIFF of its own; only those blocks are downloaded.

``cog+https://…/file.tif?bbox=W,S,E,N`` cuts one raster, ``glo30+https://…/glo30.tif?bbox=W,S,E,N`` the tiles of
Copernicus GLO-30, whose names tell their corner.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import rasterio
import requests
from numpy.typing import NDArray
from rasterio.abc import FileContainer
from rasterio.errors import RasterioError
from rasterio.transform import from_origin
from rasterio.warp import transform_bounds
from rasterio.windows import Window
from rasterio.windows import from_bounds as window_from_bounds

from tesoma_geo._downloads import Fetched, keep, record_of
from tesoma_geo._http import RefusalError, session
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.remote_file import RemoteBlocks, RemoteFile

Bounds = tuple[float, float, float, float]
#: A window of a city is far smaller; what is larger is a mistake.
MOST_CELLS = 60_000_000
#: How a server of files says that it has no such tile: where there is sea, there is none.
_ABSENT = ("answered 404 ", "answered 403 ")


def fetch_raster_window(address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
    """Download the part of one raster that lies in a box.

    Parameters
    ----------
    address
        ``cog+https://…/file.tif?bbox=W,S,E,N``, WGS 84 degrees.
    path
        Where it goes, whole or not at all.
    refresh
        Fetch what is there already once more.
    progress
        Told what is being done.

    Returns
    -------
    Fetched

    Raises
    ------
    FetchError
        The server cannot be reached, gives no ranges or no raster, or the box lies outside it.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    url, box = _asked(address)
    progress(f"Reading a part of {url}")
    with session() as polite, _opened(polite, url) as raster:
        inside = transform_bounds(WGS84, raster.crs, *box)
        window = _within(window_from_bounds(*inside, transform=raster.transform), raster, url)
        cells = raster.read(1, window=window)
        profile = _profile(raster, window.width, window.height, raster.window_transform(window))
    return _kept(path, cells, profile, address)


def fetch_glo30(address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
    """Download the heights of a box from the tiles of Copernicus GLO-30; the sea, where no tiles are, is at 0 m.

    Parameters
    ----------
    address
        ``glo30+https://…/glo30.tif?bbox=W,S,E,N``, WGS 84 degrees.
    path
        Where it goes, whole or not at all.
    refresh
        Fetch what is there already once more.
    progress
        Told what is being done.

    Returns
    -------
    Fetched

    Raises
    ------
    FetchError
        The server cannot be reached, gives no ranges or no raster, or has no tile at all for the box.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    url, box = _asked(address)
    folder = url.rpartition("/")[0]
    with session() as polite, ExitStack() as stack:
        tiles = []
        for lat in range(math.floor(box[1]), math.ceil(box[3])):
            for lon in range(math.floor(box[0]), math.ceil(box[2])):
                name = tile_name(lon, lat)
                progress(f"Reading a part of {name}")
                try:
                    tiles.append(stack.enter_context(_opened(polite, f"{folder}/{name}/{name}.tif")))
                except RefusalError as error:
                    if not any(sign in str(error) for sign in _ABSENT):
                        raise
        if not tiles:
            raise FetchError(f"{folder}: there are no heights for {box}", "Correct the box of elevation.source")
        cells, profile = _mosaic(tiles, box)
    return _kept(path, cells, profile, address)


def tile_name(lon: int, lat: int) -> str:
    """The name of a tile of Copernicus GLO-30.

    Parameters
    ----------
    lon, lat
        Whole degrees of its south-west corner.

    Returns
    -------
    str
        Such as ``Copernicus_DSM_COG_10_N61_00_E023_00_DEM``.
    """
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"Copernicus_DSM_COG_10_{north}{abs(lat):02d}_00_{east}{abs(lon):03d}_00_DEM"


def _asked(address: str) -> tuple[str, Bounds]:
    """The address without what is ours, and the box."""
    url, _, query = address.partition("+")[2].partition("?")
    try:
        west, south, east, north = (float(part) for part in parse_qs(query)["bbox"][0].split(","))
    except (KeyError, ValueError):
        west, south, east, north = 1.0, 0.0, 0.0, 0.0
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise FetchError(f"{address}: bbox is no box of degrees", "Write ?bbox=WEST,SOUTH,EAST,NORTH")
    return url, (west, south, east, north)


class _OneFile(FileContainer):  # type: ignore[misc]  # rasterio has no types here
    """A server's file for rasterio: alone in its folder, so that GDAL looks for no files beside it."""

    def __init__(self, blocks: RemoteBlocks, name: str) -> None:
        self._blocks, self._name = blocks, name

    def open(self, path: str, _mode: str = "r", **_: Any) -> RemoteFile:
        if not self.isfile(path):
            raise FileNotFoundError(path)
        return RemoteFile(self._blocks, is_quiet=True)

    def isfile(self, path: str) -> bool:
        return str(path).rpartition("/")[2] == self._name

    def isdir(self, _path: str) -> bool:
        return False

    def ls(self, _path: str) -> list[str]:
        return [self._name]

    def mtime(self, _path: str) -> int:
        return 0

    def size(self, _path: str) -> int:
        return self._blocks.size

    def rm(self, _path: str) -> None:
        raise PermissionError("a file on a server is only read")


@contextmanager
def _opened(polite: requests.Session, url: str) -> Iterator[rasterio.DatasetReader]:
    """A raster on a server; what goes wrong is told as whoever downloads tells it."""
    blocks = RemoteBlocks(polite, url)

    name = urlsplit(url).path.rpartition("/")[2]
    try:
        with rasterio.open(name, opener=_OneFile(blocks, name), driver="GTiff", sharing=False) as raster:
            if raster.crs is None or raster.count != 1:
                raise FetchError(f"{url}: {name} is no raster of one band with a system", "Check the address")
            yield raster
    except RasterioError:
        raise blocks.failure or FetchError(f"{url}: {name} is no raster", "Check the address") from None


def _within(window: Window, raster: rasterio.DatasetReader, url: str) -> Window:
    left, top = max(math.floor(window.col_off), 0), max(math.floor(window.row_off), 0)
    right = min(math.ceil(window.col_off + window.width), raster.width)
    bottom = min(math.ceil(window.row_off + window.height), raster.height)
    if right <= left or bottom <= top:
        raise FetchError(f"{url}: the box lies outside the raster", "Correct bbox of the address")
    _require_few((right - left) * (bottom - top), url)
    return Window(left, top, right - left, bottom - top)


def _require_few(cells: float, url: str) -> None:
    if cells > MOST_CELLS:
        raise FetchError(f"{url}: the box has {cells / 1e6:.0f} million cells", "Ask for a smaller area")


def _mosaic(tiles: list[rasterio.DatasetReader], box: Bounds) -> tuple[NDArray[Any], dict[str, Any]]:
    """Cells of a box from tiles of one grid in latitude; columns are those of the finest tile."""
    first = min(tiles, key=lambda tile: float(tile.res[0]))
    wide, high = first.res
    west, north = (math.floor(box[0] / wide) * wide, math.ceil(box[3] / high) * high)
    columns, rows = math.ceil((box[2] - west) / wide), math.ceil((north - box[1]) / high)
    _require_few(columns * rows, first.name)
    cells = np.zeros((rows, columns), first.dtypes[0])
    lon, lat = west + (np.arange(columns) + 0.5) * wide, north - (np.arange(rows) + 0.5) * high
    for tile in tiles:
        inside_x = np.flatnonzero((lon >= tile.bounds.left) & (lon < tile.bounds.right))
        inside_y = np.flatnonzero((lat > tile.bounds.bottom) & (lat <= tile.bounds.top))
        if not len(inside_x) or not len(inside_y):
            continue
        column = np.clip(((lon[inside_x] - tile.bounds.left) / tile.res[0]).astype(int), 0, tile.width - 1)
        row = np.clip(((tile.bounds.top - lat[inside_y]) / tile.res[1]).astype(int), 0, tile.height - 1)
        window = Window(column[0], row[0], column[-1] - column[0] + 1, row[-1] - row[0] + 1)
        part = tile.read(1, window=window)
        cells[np.ix_(inside_y, inside_x)] = part[np.ix_(row - row[0], column - column[0])]
    return cells, _profile(first, columns, rows, from_origin(west, north, wide, high))


def _profile(raster: rasterio.DatasetReader, width: int, height: int, transform: Any) -> dict[str, Any]:
    return {
        "driver": "GTiff", "count": 1, "dtype": raster.dtypes[0], "width": int(width), "height": int(height),
        "crs": raster.crs, "transform": transform, "nodata": raster.nodata, "compress": "deflate",
    }  # fmt: skip


def _kept(path: Path, cells: NDArray[Any], profile: dict[str, Any], address: str) -> Fetched:
    def write(draft: Path) -> None:
        with rasterio.open(draft, "w", **profile) as target:
            target.write(cells, 1)

    return keep(path, address, write)
