"""Straight segments between two nodes each: where along them points lie, and which places lie there."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._arrays import Float64


@dataclass(frozen=True, eq=False)
class Segments:
    """Segments by the nodes that they join: their ends are laid out for those that are asked for alone.

    Attributes
    ----------
    x, y
        Coordinates of the nodes, metres, shape (n,).
    tail, head
        Node indices of each segment, shape (m,).
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]

    def ends(self, chosen: NDArray[Any]) -> Float64:
        """Begin and end of some segments.

        Parameters
        ----------
        chosen
            Their numbers, or whether each is one of them.

        Returns
        -------
        float64 array of shape (k, 4)
            x, y, x, y in metres.
        """
        tail, head = self.tail[chosen], self.head[chosen]
        return np.column_stack([self.x[tail], self.y[tail], self.x[head], self.y[head]])


def lines_of(ends: Float64) -> NDArray[np.object_]:
    """Segments as LineStrings.

    Parameters
    ----------
    ends
        x, y, x, y of each, shape (k, 4).

    Returns
    -------
    object array of shape (k,)
    """
    lines: NDArray[np.object_] = shapely.linestrings(ends.reshape(-1, 2, 2))
    return lines


def fractions(xy: Float64, ends: Float64) -> Float64:
    """How far along segments points lie: to the bit what GEOS tells of the segments as lines.

    Parameters
    ----------
    xy
        A point for each segment, metres, shape (k, 2).
    ends
        x, y, x, y of each segment, shape (k, 4).

    Returns
    -------
    float64 array of shape (k,)
        0 at the begin and before it, 1 at the end and behind it; 0 for a segment without length.
    """
    way = ends[:, 2:] - ends[:, :2]
    length2 = way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1]
    from_begin, length_m = xy - ends[:, :2], np.sqrt(length2)
    with np.errstate(invalid="ignore", divide="ignore"):  # without length: 0 ÷ 0, the begin
        share = (from_begin[:, 0] * way[:, 0] + from_begin[:, 1] * way[:, 1]) / length2
        along_m = np.where(share <= 0, 0.0, np.where(share <= 1, share * length_m, length_m))
        return np.nan_to_num(along_m / length_m)


def places_along(ends: Float64, fraction: Float64) -> Float64:
    """The places so far along segments: to the bit those that GEOS finds on the segments as lines.

    Parameters
    ----------
    ends
        x, y, x, y of each segment, shape (k, 4).
    fraction
        0 at the begin, 1 at the end, shape (k,).

    Returns
    -------
    float64 array of shape (k, 2)
        Metres.
    """
    begin, end = ends[:, :2], ends[:, 2:]
    way = end - begin
    length_m = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    along_m = fraction * length_m
    inside = (along_m > 0) & (along_m < length_m)
    share = np.divide(along_m, length_m, out=np.zeros(len(ends)), where=inside)
    places = np.where((along_m > 0)[:, None], end, begin)
    between = inside & (share < 1)
    places[between] = way[between] * share[between, None] + begin[between]
    return places
