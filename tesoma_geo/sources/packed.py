"""Files that lie packed where they are published.

``gz+https://…/cells.gpkg`` is fetched as ``…/cells.gpkg.gz``, ``zip+https://…/tile.tif`` out of ``…/tile.zip``.
"""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, cast

from tesoma_geo._downloads import Fetched, keep, record_of
from tesoma_geo._http import MAX_BYTES, download
from tesoma_geo.errors import FetchError

#: Tables of numbers shrink to a tenth; what grows a thousandfold is no data.
MOST_TIMES = 200
_CHUNK = 1 << 20


def fetch_packed(address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
    """Download a file that is published with ``.gz`` after its name, and unpack it.

    Parameters
    ----------
    address
        ``gz+https://…`` or ``gz+http://…``, without the ``.gz``.
    path
        Where the unpacked file goes, whole or not at all.
    refresh
        Ask for a newer version of what is there.
    progress
        Told what is being done.

    Returns
    -------
    Fetched
        The unpacked file.

    Raises
    ------
    FetchError
        As of :func:`tesoma_geo._http.download`, and for what is no gzip file or too large unpacked.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    address = address.partition("+")[2] + ".gz"
    packed = path.with_name(path.name + ".gz")
    got = download(address, packed, refresh=refresh, progress=progress)
    if known is not None and not got.is_new:
        return known

    def write(draft: Path) -> None:
        with draft.open("wb") as file:
            for chunk in _unpacked(packed, address):
                file.write(chunk)

    return _kept(path, packed, got, write)


def fetch_from_zip(address: str, path: Path, /, *, refresh: bool, progress: Callable[[str], None]) -> Fetched:
    """Download a file that is published within a zip archive of the same name.

    Parameters
    ----------
    address
        ``zip+https://…/tile.tif`` for the member ``tile.tif`` of ``https://…/tile.zip``.
    path
        Where the file goes, whole or not at all.
    refresh
        Ask for a newer version of what is there.
    progress
        Told what is being done.

    Returns
    -------
    Fetched
        The file.

    Raises
    ------
    FetchError
        As of :func:`tesoma_geo._http.download`, and for what is no zip archive with that file, or too large unpacked.
    """
    known = record_of(path)
    if known is not None and not refresh:
        return known
    folder, _, member = address.partition("+")[2].rpartition("/")
    address = f"{folder}/{PurePosixPath(member).stem}.zip"
    archive = path.with_name(path.name + ".zip")
    got = download(address, archive, refresh=refresh, progress=progress)
    if known is not None and not got.is_new:
        return known

    def write(draft: Path) -> None:
        try:
            with zipfile.ZipFile(archive) as packed, packed.open(member) as source, draft.open("wb") as file:
                for chunk in _limited(source, address, archive):
                    file.write(chunk)
        except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, zlib.error, RuntimeError):
            raise FetchError(
                f"{address}: this is no zip archive with {member}", "Check the address, or try again later"
            ) from None

    return _kept(path, archive, got, write)


def _kept(path: Path, packed: Path, got: Fetched, write: Callable[[Path], None]) -> Fetched:
    """What was unpacked; a packed file that cannot be is not kept, so that it is asked for again."""
    try:
        return keep(path, got.url, write, etag=got.etag, last_modified=got.last_modified)
    except FetchError:
        packed.unlink(missing_ok=True)
        raise


def _limited(source: IO[bytes], address: str, packed: Path) -> Iterator[bytes]:
    """What comes out of a packed file, up to a limit."""
    size, most = 0, min(MAX_BYTES, MOST_TIMES * max(packed.stat().st_size, 1))
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise FetchError(f"{address}: it grows beyond {most / 1e6:.0f} MB unpacked", "Check the address")
        yield chunk


def _unpacked(packed: Path, address: str) -> Iterator[bytes]:
    try:
        if not packed.stat().st_size:
            raise EOFError
        with gzip.open(packed) as file:
            yield from _limited(cast("IO[bytes]", file), address, packed)
    except (EOFError, OSError, zlib.error):
        raise FetchError(f"{address}: this is no whole gzip file", "Check the address, or try again later") from None
