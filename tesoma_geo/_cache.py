"""What takes long to build, kept on disk by its content: checked when read, least recently used goes first.

An entry is a folder ``<kind>-<key>`` in the user's cache folder, with a list of its files and their checksums.
It is made beside its place and renamed, so that other processes see it whole or not at all. An entry that is
damaged is dropped and built anew, and a folder that cannot be written only costs time. One for which the machine has no
memory or no open files left is whole: it stays.
"""

import errno
import json
import logging
import os
import re
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tesoma_geo._cache_total import count_more, forget_total, leaves_room, remember_total
from tesoma_geo._files import cache_folder
from tesoma_geo._memory import wants_memory
from tesoma_geo.errors import InputError

Value = TypeVar("Value")

#: Largest size of all entries together unless the environment names another one.
DEFAULT_LIMIT_MB = 5_000
LIMIT_VARIABLE = "TESOMA_GEO_CACHE_LIMIT_MB"

_LISTING = "checksums.json"
#: Entries, and the single files that earlier versions kept.
_NAME = re.compile(r"(?P<kind>[a-z]+)-[0-9a-f]{32}(\.np[yz])?")
_DRAFT = re.compile(r"\.[a-z]+-[0-9a-f]{32}\..+")
_DRAFT_MAX_AGE_S = 24 * 3600
_BLOCK_BYTES = 4096
#: Counting so many entries takes time worth saving: their total is remembered, and a full cache is emptied to this
#: share of its limit, so that not everything that is kept next counts all of them again.
_MANY, _MANY_LEAVE = 200, 0.9
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CacheEntry:
    """Something that is kept on disk.

    Attributes
    ----------
    path
        Where it lies.
    kind
        What it is: ``"network"``, ``"hierarchy"``, …
    size_bytes
        Bytes of its files.
    used
        When it was last written or read, seconds of Unix time.
    """

    path: Path
    kind: str
    size_bytes: int
    used: float


def cached_entry(
    kind: str,
    key: bytes,
    read: Callable[[Path], Value],
    build: Callable[[], Value],
    write: Callable[[Path, Value], None],
) -> Value:
    """A value from disk where it was kept before, otherwise built and kept.

    Parameters
    ----------
    kind
        What it is, in small letters; begins the name of its folder.
    key
        Digest of everything that the value depends on, the version of its format included; 16 bytes or more.
    read
        Reads the value from the folder of an entry whose checksums are right. Where it raises, the value is built;
        the entry is replaced, unless only memory or open files are wanting.
    build
        Makes the value.
    write
        Writes the value's files into an empty folder.

    Returns
    -------
    What ``read`` or ``build`` gave.

    Raises
    ------
    InputError
        ``TESOMA_GEO_CACHE_LIMIT_MB`` is no number.
    """
    limit = limit_bytes()
    path = cache_folder() / f"{kind}-{key.hex()[:32]}"
    if os.path.lexists(path):  # never raises, whoever may enter the folder
        try:
            _verify(path)
            value = read(path)
        except Exception as error:  # noqa: BLE001 - whatever is damaged is made anew
            _drop_damaged(path, error)
        else:
            with suppress(OSError):  # a cache that others keep may be read only
                os.utime(path)
            return value
    value = build()
    if not os.path.lexists(path):
        with suppress(OSError):
            _keep(path, value, write)
            make_room(limit)
    return value


def kept_value(kind: str, key: bytes, read: Callable[[Path], Value], otherwise: Value) -> Value:
    """A value from disk where it was kept before.

    Parameters
    ----------
    kind, key, read
        As of :func:`cached_entry`.
    otherwise
        What is given where nothing is kept, what is kept cannot be read now, or is damaged; that is dropped.

    Returns
    -------
    What ``read`` gave, or ``otherwise``.
    """
    path = cache_folder() / f"{kind}-{key.hex()[:32]}"
    if not os.path.lexists(path):
        return otherwise
    try:
        _verify(path)
        value = read(path)
    except Exception as error:  # noqa: BLE001 - whatever is damaged is made anew
        _drop_damaged(path, error)
        return otherwise
    with suppress(OSError):
        os.utime(path)
    return value


def keep_value(kind: str, key: bytes, write: Callable[[Path], None]) -> None:
    """Keep a value on disk for this user alone, in place of one that is there.

    Whoever keeps many calls :func:`make_room` when all are kept.

    Parameters
    ----------
    kind, key
        As of :func:`cached_entry`.
    write
        Writes the value's files into an empty folder.

    Raises
    ------
    InputError
        ``TESOMA_GEO_CACHE_LIMIT_MB`` is no number.
    """
    limit, path = limit_bytes(), cache_folder() / f"{kind}-{key.hex()[:32]}"
    with suppress(OSError):
        if limit > 0:
            _keep(path, None, lambda folder, _: write(folder), mode=0o700)


def is_kept(kind: str, key: bytes) -> bool:
    """Whether a value is kept, whole or not; it counts as used now.

    Parameters
    ----------
    kind, key
        As of :func:`cached_entry`.

    Returns
    -------
    bool
    """
    path = cache_folder() / f"{kind}-{key.hex()[:32]}"
    with suppress(OSError):
        os.utime(path)
        return True
    return False


def limit_bytes() -> int:
    """Bytes that all entries together may take: ``TESOMA_GEO_CACHE_LIMIT_MB``, otherwise 5 GB.

    Returns
    -------
    Bytes, in megabytes of a million.

    Raises
    ------
    InputError
        The variable is no number of megabytes.
    """
    text = os.environ.get(LIMIT_VARIABLE, str(DEFAULT_LIMIT_MB))
    if not text.isdecimal():
        raise InputError(f"{LIMIT_VARIABLE} is {text!r}", "Give a whole number of megabytes; 0 keeps nothing")
    return int(text) * 1_000_000


def entries() -> list[CacheEntry]:
    """Everything that is kept, the least recently used first; nothing else that lies in the folder.

    Returns
    -------
    The entries; none where the folder cannot be read.
    """
    kept = []
    with suppress(OSError):
        for path in cache_folder().iterdir():
            match = _NAME.fullmatch(path.name)
            with suppress(OSError):  # another process may drop it meanwhile
                if match is not None:
                    kept.append(CacheEntry(path, match["kind"], _size_bytes(path), path.stat().st_mtime))
    return sorted(kept, key=lambda entry: (entry.used, entry.path))


def shrink(limit: int) -> list[CacheEntry]:
    """Drop entries, the least recently used first, until the others take no more than the limit.

    Parameters
    ----------
    limit
        Bytes; 0 drops everything.

    Returns
    -------
    What was dropped.
    """
    kept = entries()
    total = sum(entry.size_bytes for entry in kept)
    goal = limit * _MANY_LEAVE if total > limit and len(kept) > _MANY else limit
    dropped = []
    for entry in kept:
        if total <= goal and limit > 0:
            break
        _drop(entry.path)
        if not entry.path.exists():
            dropped.append(entry)
            total -= entry.size_bytes
    if len(kept) - len(dropped) > _MANY:
        remember_total(cache_folder(), total)
    else:
        forget_total(cache_folder())
    _drop_old_drafts()
    return dropped


def make_room(limit: int) -> None:
    """:func:`shrink`, unless the total that is remembered of a large cache leaves room.

    Parameters
    ----------
    limit
        Bytes; 0 drops everything.

    Raises
    ------
    OSError
        There is no folder.
    """
    if not leaves_room(cache_folder(), limit):
        shrink(limit)


def save_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into the folder of an entry, ``<name>.npy`` each.

    Parameters
    ----------
    folder
        The folder that ``cached_entry`` gives.
    arrays
        Arrays of numbers by name.
    """
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def load_arrays(folder: Path) -> dict[str, NDArray[Any]]:
    """Map the arrays of an entry into memory; what is written to them stays in memory.

    Parameters
    ----------
    folder
        The folder that ``cached_entry`` gives.

    Returns
    -------
    Arrays by name.
    """
    return {path.stem: np.asarray(np.load(path, "c", allow_pickle=False)) for path in sorted(folder.glob("*.npy"))}


def _keep(path: Path, value: Value, write: Callable[[Path, Value], None], mode: int = 0o755) -> None:
    """Write an entry beside its place and rename it, when it is whole, in place of one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        write(draft, value)
        listing = {file.name: [file.stat().st_size, _checksum(file)] for file in sorted(draft.iterdir())}
        (draft / _LISTING).write_text(json.dumps(listing), encoding="utf-8")
        draft.chmod(mode)
        if os.path.lexists(path):
            _drop(path)
        draft.rename(path)
        count_more(path.parent, _size_bytes(path))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _verify(path: Path) -> None:
    """Raise OSError unless every file of an entry is as it was written."""
    listing = json.loads((path / _LISTING).read_text(encoding="utf-8"))
    if {file.name for file in path.iterdir()} != {*listing, _LISTING}:
        raise OSError("it holds other files than were written")
    for name, (size, checksum) in listing.items():
        file = path / name
        if file.stat().st_size != size or _checksum(file) != checksum:
            raise OSError(f"{name} has changed")


def _checksum(file: Path) -> int:
    """CRC-32 of the sums of a file's blocks: five times as fast as that of all its bytes.

    Read, not mapped into memory: a disk that fails is an error then, not the end of the process.
    """
    buffer = bytearray(64 * _BLOCK_BYTES)
    blocks, checksum = np.frombuffer(buffer, np.uint64).reshape(64, -1), 0
    with file.open("rb", buffering=0) as stream:
        while read := stream.readinto(buffer):
            buffer[read:] = bytes(len(buffer) - read)
            checksum = zlib.crc32(blocks[: -(-read // _BLOCK_BYTES)].sum(axis=1).tobytes(), checksum)
    return checksum


def _drop_damaged(path: Path, error: Exception) -> None:
    """Drop an entry that could not be read, unless it is the machine that lacks something."""
    if wants_memory(error) or getattr(error, "errno", None) in (errno.EMFILE, errno.ENFILE):
        _log.warning("%s in the cache stays, and is made anew for this once: it cannot be read (%s)", path.name, error)
        return
    _log.warning("%s in the cache is damaged and is made anew (%s)", path.name, error)
    _drop(path)


def _drop(path: Path) -> None:
    """Take an entry out of sight at once, then remove it."""
    with suppress(OSError):
        gone = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        with suppress(OSError):
            path.rename(gone / "dropped")
        shutil.rmtree(gone, ignore_errors=True)


def _drop_old_drafts() -> None:
    """Remove what processes left behind that were killed while they wrote."""
    for path in cache_folder().iterdir():
        with suppress(OSError):
            if _DRAFT.fullmatch(path.name) and time.time() - path.stat().st_mtime > _DRAFT_MAX_AGE_S:
                shutil.rmtree(path, ignore_errors=True)


def _size_bytes(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)
