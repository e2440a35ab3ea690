"""Old public names keep working for one release, with a warning that tells the new one."""

import warnings


def warn_moved(old: str, new: str, *, level: int = 3) -> None:
    """Warn that a public name has moved.

    Parameters
    ----------
    old, new
        The full names: ``"tesoma_geo.old"``, ``"tesoma_geo.new"``.
    level
        Whose line the warning shows: 2 the caller of this function, 3 that function's caller.
    """
    warnings.warn(
        f"{old} is now {new}; the old name goes with the release after this one", DeprecationWarning, stacklevel=level
    )
