"""How much memory this process has taken at most."""

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
