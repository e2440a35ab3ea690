"""How much memory this process has taken at most, and giving back what it no longer needs."""

import ctypes
import sys


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage tells bytes there, kilobytes elsewhere
    return peak * unit / 1e6


def give_back() -> None:
    """Let the system have what was freed and is kept for the next to ask: a third of large layers that were read.

    A process that is forked afterwards would otherwise fill the same pages once more. Other allocators than that of GNU
    do it by themselves.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
