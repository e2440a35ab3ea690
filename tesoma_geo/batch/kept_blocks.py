"""Blocks of a large table that are done, beside the place where the table will be: a call that was stopped goes on."""

import hashlib
import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tesoma_geo._files import json_bytes
from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.errors import OutputError

MARK = "blocks.json"
#: The form of pickles, the same in all processes.
PICKLED = 5


@dataclass(frozen=True)
class KeptBlocks:
    """Where blocks are put, and found that were done before.

    Attributes
    ----------
    place
        A folder that all processes see under the same name.
    key
        A digest of what they follow from.
    """

    place: LocalFolder
    key: str


@contextmanager
def kept_blocks(out: Path, *follows_from: object) -> Iterator[KeptBlocks]:
    """A folder beside what is to be written, for its blocks: where the work fails it stays, and the next call goes on.

    Parameters
    ----------
    out
        The file or folder.
    follows_from
        All that blocks follow from, as it is sent to processes: blocks that follow from anything else go.

    Yields
    ------
    KeptBlocks
        Gone where all is done.

    Raises
    ------
    OutputError
        Another call is at work on it, it holds something else, or it cannot be written.
    """
    place = LocalFolder(out.absolute().parent / f".{out.name}.blocks")
    if not place.is_empty() and _key(place) is None:
        raise OutputError(f"{place} exists already and holds no blocks", "Move it elsewhere, or name another --out")
    key = hashlib.blake2b(pickle.dumps(follows_from, PICKLED), digest_size=16).hexdigest()
    with place.alone():
        if _key(place) != key:
            _clear(place)
            place.put(MARK, json_bytes({"tesoma_geo": "blocks", "key": key}))
        yield KeptBlocks(place, key)
        _clear(place)
        place.remove(MARK)
        place.tidy()
        place.folder.rmdir()


def _key(place: LocalFolder) -> str | None:
    """What the blocks in a folder follow from; None where it is no folder of blocks."""
    with suppress(ValueError, TypeError, KeyError):
        mark = json.loads(place.read(MARK) or b"")
        return str(mark["key"]) if mark["tesoma_geo"] == "blocks" else None
    return None


def _clear(place: LocalFolder) -> None:
    """Remove all blocks."""
    for name in place.names(""):
        if name != MARK:
            place.remove(name)
    place.tidy()
