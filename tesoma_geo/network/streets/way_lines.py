"""Ways as lines, out of the straight segments that they are kept as."""

import numpy as np
import shapely
from numpy.typing import NDArray


def lines_along(
    way: NDArray[np.int32], tail: NDArray[np.int32], head: NDArray[np.int32], xy: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.object_]]:
    """Lines of ways, in one piece where their segments follow each other.

    Parameters
    ----------
    way
        The way of each segment, shape (m,).
    tail, head
        Nodes at both ends of each, shape (m,).
    xy
        Coordinates of the nodes, metres, shape (n, 2).

    Returns
    -------
    ways : int32 array of shape (w,)
        The different ways, ascending.
    lines : array of shape (w,)
        A LineString or MultiLineString each.
    """
    order = np.argsort(way, kind="stable")
    way, tail, head = way[order], tail[order], head[order]
    starts = np.flatnonzero(np.r_[len(way) > 0, (way[1:] != way[:-1]) | (tail[1:] != head[:-1])])
    counts = np.diff(np.r_[starts, len(way)])
    part = np.repeat(np.arange(len(starts)), counts + 1)
    first = np.zeros(len(part), bool)
    first[starts + np.arange(len(starts))] = True
    node = np.empty(len(part), np.int64)
    node[first] = tail[starts]
    node[~first] = head
    parts = shapely.linestrings(xy[node], indices=part)
    ways, of_part = np.unique(way[starts], return_inverse=True)
    joined = shapely.multilinestrings(parts, indices=of_part)
    single = np.bincount(of_part, minlength=len(ways)) == 1
    joined[single] = parts[np.searchsorted(of_part, np.flatnonzero(single))]
    return ways, joined
