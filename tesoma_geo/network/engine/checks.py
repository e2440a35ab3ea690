"""Costs and cutoffs that callers give, checked before a kernel sees them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tesoma_geo._given import number
from tesoma_geo._kernels import Float32, Int64
from tesoma_geo.errors import InputError


def checked_costs(name: str, costs: npt.ArrayLike, edges: Int64) -> Float32:
    """Check the costs of street segments.

    Parameters
    ----------
    name : str
        Which costs these are, for the error.
    costs : float[k]
        Seconds; ``inf`` where there is no way.
    edges : int64[k]
        The segments.

    Returns
    -------
    float32[k]

    Raises
    ------
    InputError
        When a cost is negative or not a number, or their count is not that of the segments.
    """
    costs = np.asarray(costs)
    if costs.shape != edges.shape:
        raise InputError(f"{edges.size} street segments have {costs.size} {name} costs", "Give each segment one cost")
    bad = np.flatnonzero(~(costs >= 0))
    if bad.size:
        raise InputError(
            f"The {name} cost of street segment {edges[bad[0]]} is {costs[bad[0]]} s",
            "Give seconds of 0 or more, inf where there is no way",
        )
    return np.ascontiguousarray(costs, np.float32)


def checked_cutoff(cutoff_s: float) -> np.float32:
    """Return the cutoff as a number that ``inf``, which means no way, is beyond.

    Parameters
    ----------
    cutoff_s : float
        Seconds; ``inf`` for no cutoff.

    Returns
    -------
    float32
        Finite.

    Raises
    ------
    InputError
        When the cutoff is not above 0.
    """
    number("cutoff_s", cutoff_s, "Give seconds above 0")
    if not cutoff_s > 0:
        raise InputError(f"The cutoff is {cutoff_s} s", "Give seconds above 0")
    return np.float32(min(cutoff_s, float(np.finfo(np.float32).max)))
