"""Compiled kernels on disk with a digest each: machine code that a disk has damaged is never run, but compiled anew.

Files of numba's own form, which earlier versions kept, have no digest and are taken as they are: a digest stands behind
what numba reads.
"""

import hashlib
import io
import pickle
from pathlib import Path
from typing import Any

from numba.core.caching import IndexDataCacheFile

from tesoma_geo._memory import wants_memory

_MARK = b"sha256:"
_SIZE = len(_MARK) + hashlib.sha256().digest_size


class CheckedFiles(IndexDataCacheFile):
    """numba's files of one kernel, digested when written and checked when read."""

    def _dump(self, obj: Any) -> bytes:
        numbas: Any = super()
        content: bytes = numbas._dump(obj)
        return content + _MARK + hashlib.sha256(content).digest()

    def _load_index(self) -> dict[Any, str]:
        """The kept signatures; none where the file is damaged or of another version."""
        try:
            content = Path(self._index_path).read_bytes()
            stream = io.BytesIO(content)
            if pickle.load(stream) != self._version:  # noqa: S301 - in the user's own cache
                return {}
            stamp, overloads = _loaded(content[stream.tell() :])
        except Exception as error:
            if wants_memory(error):
                raise  # what is there is whole, and must not be replaced
            return {}
        return dict(overloads) if stamp == self._source_stamp else {}

    def _load_data(self, name: str) -> Any:
        """What was compiled; OSError, on which numba compiles anew, where the file is damaged."""
        try:
            return _loaded(Path(self._cache_path, name).read_bytes())
        except OSError:
            raise
        except Exception as error:
            if wants_memory(error):
                raise
            raise OSError(f"{name} is damaged") from error


def _loaded(content: bytes) -> Any:
    """What pickled bytes hold, with their digest behind them or nothing."""
    if content[-_SIZE:].startswith(_MARK):
        content, digest = content[:-_SIZE], content[-_SIZE + len(_MARK) :]
        if hashlib.sha256(content).digest() != digest:
            raise OSError("the digest is another one")
        return pickle.loads(content)  # noqa: S301 - in the user's own cache
    stream = io.BytesIO(content)
    value = pickle.load(stream)  # noqa: S301 - in the user's own cache
    if stream.read(1):
        raise OSError("something stands behind the content")
    return value
