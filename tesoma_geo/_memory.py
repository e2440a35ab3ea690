"""How much memory this process and its helpers take, in all and step by step, and giving back what is not needed."""

import ctypes
import errno
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from weakref import WeakSet

from tesoma_geo.errors import causes

#: What libraries say that asked in vain for memory: sqlite, C++, Arrow, the system's loader, threads.
_OUT_OF_MEMORY = re.compile(
    r"out of memory|bad_alloc|malloc|cannot allocate memory|failed to map segment|can't start new thread", re.IGNORECASE
)
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
#: What the system tells of a process: now, and the most since it was last asked to begin again.
_NOW, _MOST, _OF_FILES = "VmRSS", "VmHWM", "RssFile"

#: Who watches now; what the system forgets when one of them begins is told to the others before.
_watching: "WeakSet[MemoryWatch]" = WeakSet()
#: The most that was ever told, where the system forgot it; nothing or one number.
_most_mb: list[float] = []


def wants_memory(error: BaseException) -> bool:
    """Whether an error comes of too little memory, which libraries tell in errors and words of their own.

    Parameters
    ----------
    error
        As it was caught.

    Returns
    -------
    bool
    """
    return any(
        isinstance(one, MemoryError)
        or getattr(one, "errno", None) == errno.ENOMEM
        or _OUT_OF_MEMORY.search(str(one)) is not None
        for one in causes(error)
    )


class MemoryWatch:
    """The most memory of this process from now on, with what helpers took beside it.

    On Linux; elsewhere the most since the process began, without helpers.

    Attributes
    ----------
    own_mb
        The most of this process, as far as it was asked.
    beside_mb
        The most that processes which were forked meanwhile took together beyond what they shared with this one.
    """

    def __init__(self) -> None:
        _ask()
        self.own_mb, self.beside_mb = resident_mb() or 0.0, 0.0
        _watching.add(self)

    def end(self) -> float | None:
        """Watch no longer.

        Returns
        -------
        float or None
            Megabytes of 10⁶ bytes, rounded to a tenth; None where the system does not tell.
        """
        _ask()
        _watching.discard(self)
        most = self.own_mb or peak_mb()
        return None if most is None else round(most + self.beside_mb, 1)


def resident_mb() -> float | None:
    """The memory that this process has resident now.

    Returns
    -------
    float or None
        Megabytes of 10⁶ bytes, rounded to a tenth; None on systems other than Linux.
    """
    now = _told(_NOW)
    return None if now is None else round(now, 1)


def peak_mb() -> float | None:
    """The most memory that this process has had resident so far.

    Returns
    -------
    float or None
        Megabytes of 10⁶ bytes; None where the system does not tell (Windows).
    """
    try:
        import resource
    except ImportError:
        return None
    most_resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage tells bytes there, kilobytes elsewhere
    return max([most_resident * unit / 1e6, *_most_mb])


def watch_of_helper() -> Callable[[], float]:
    """Watch in a process that was forked a moment ago; who watched the one before is forgotten here.

    Returns
    -------
    function
        Gives the most megabytes that this process has taken since beyond what it shares with the one before; pages of
        files, such as those of libraries, are shared too, whichever of both came to them first.
    """
    _watching.clear()
    _most_mb.clear()
    watch, of_files_mb = MemoryWatch(), _told(_OF_FILES) or 0.0
    shared_mb = watch.own_mb

    def grown_mb() -> float:
        most_mb = watch.end() or 0.0
        return max(0.0, most_mb - shared_mb - max(0.0, (_told(_OF_FILES) or 0.0) - of_files_mb))

    return grown_mb


def took_beside(helpers_mb: Sequence[float]) -> None:
    """Note what forked processes took that worked side by side and have ended.

    Parameters
    ----------
    helpers_mb
        What each gave of :func:`watch_of_helper`.
    """
    for watch in _watching:
        watch.beside_mb = max(watch.beside_mb, sum(helpers_mb))


def give_back() -> None:
    """Let the system have what was freed and is kept for the next to ask: a third of large layers that were read.

    A process that is forked afterwards would otherwise fill the same pages once more. Other allocators than that of GNU
    do it by themselves.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _ask() -> None:
    """Tell all who watch the most since somebody last asked, and let the system begin again."""
    most = _told(_MOST)
    if most is None:
        return
    _most_mb[:] = [max(most, *_most_mb)] if _most_mb else [most]
    for watch in _watching:
        watch.own_mb = max(watch.own_mb, most)
    with suppress(OSError):  # not everywhere may a process do so: then the most is that since it began
        _RESET.write_text("5", encoding="ascii")


def _told(what: str) -> float | None:
    if sys.platform != "linux":
        return None
    with suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(what):
                return int(line.split()[1]) * 1024 / 1e6
    return None
