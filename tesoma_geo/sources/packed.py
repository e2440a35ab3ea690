"""Files that lie packed where they are published: ``gz+https://…/cells.gpkg`` is fetched as ``…/cells.gpkg.gz``."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tesoma_geo._http import MAX_BYTES, Fetched, download, keep, record_of
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
    most = min(MAX_BYTES, MOST_TIMES * max(packed.stat().st_size, 1))

    def write(draft: Path) -> None:
        with draft.open("wb") as file:
            for chunk in _unpacked(packed, address, most):
                file.write(chunk)

    return keep(path, address, write, etag=got.etag, last_modified=got.last_modified)


def _unpacked(packed: Path, address: str, most: int) -> Iterator[bytes]:
    size = 0
    try:
        with gzip.open(packed) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise FetchError(f"{address}: it grows beyond {most / 1e6:.0f} MB unpacked", "Check the address")
                yield chunk
    except (EOFError, OSError, zlib.error):
        raise FetchError(f"{address}: this is no whole gzip file", "Try again with --overwrite") from None
