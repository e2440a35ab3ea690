"""Which straight lines have a point in common: as GEOS tells, which is asked where rounding could decide."""

from typing import Any

import numpy as np
import shapely

from tesoma_geo._arrays import Bool, Float64
from tesoma_geo._kernels import kernel
from tesoma_geo.network.streets.segments import lines_of

#: A product of differences is off by less than this share of the sizes of both products; Shewchuk, "Adaptive Precision
#: Floating-Point Arithmetic and Fast Robust Geometric Predicates" (1997), section 4.3.
_OFF = (3.0 + 16.0 * 2.0**-53) * 2.0**-53
_APART, _CROSSING, _UNSURE = 0, 1, 2


def meet(ways: Float64, others: Float64, way: Any, other: Any) -> Bool:
    """Which of some pairs of straight lines have a point in common.

    Parameters
    ----------
    ways, others
        x, y, x, y of each line, metres, shape (k, 4) and (m, 4).
    way, other
        Of each pair the number of the one and of the other, shape (pairs,).

    Returns
    -------
    bool array of shape (pairs,)
        What GEOS tells of them as lines.
    """
    told = _meet(ways, others, np.ascontiguousarray(way), np.ascontiguousarray(other))
    unsure = np.flatnonzero(told == _UNSURE)
    met: Bool = told == _CROSSING
    if len(unsure):
        met[unsure] = shapely.intersects(lines_of(ways[way[unsure]]), lines_of(others[other[unsure]]))
    return met


@kernel
def _side(ends: Float64, line: int, x: float, y: float) -> int:
    """On which side of a line a point lies: -1, 1, or 0 where rounding could decide."""
    one = (ends[line, 0] - x) * (ends[line, 3] - y)
    two = (ends[line, 1] - y) * (ends[line, 2] - x)
    off = _OFF * (abs(one) + abs(two))
    return 1 if one - two > off else -1 if two - one > off else 0


@kernel
def _meet(ways: Float64, others: Float64, way: Any, other: Any) -> Any:
    told = np.empty(way.size, np.int8)
    for pair in range(way.size):
        one, two = way[pair], other[pair]
        begin = _side(others, two, ways[one, 0], ways[one, 1])
        end = _side(others, two, ways[one, 2], ways[one, 3])
        if begin * end > 0:
            told[pair] = _APART
            continue
        first = _side(ways, one, others[two, 0], others[two, 1])
        last = _side(ways, one, others[two, 2], others[two, 3])
        if first * last > 0:
            told[pair] = _APART
        else:
            told[pair] = _CROSSING if begin * end < 0 and first * last < 0 else _UNSURE
    return told
