"""Positions of points on edges, and what a search starts from there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.streets.given_points import Points as Points
from tesoma_geo.network.streets.given_points import metric_points as metric_points

#: The column of points that are places entered from all sides: how far these reach, metres.
AROUND_M = "around_m"

#: The column of points with several doors: all of them, WKT in the CRS of the points; missing where there are not.
DOORS = "doors"


@dataclass(frozen=True, eq=False)
class Positions:
    """Where points meet the network.

    Attributes
    ----------
    edge
        Edge of each point, -1 where no usable street is near enough, shape (k,).
    fraction
        Where on the edge, 0 at its tail and 1 at its head, shape (k,).
    snap_m
        Straight distance to the street, ``inf`` where there is none, shape (k,).
    other
        Where the same points meet further streets: those on their other sides, for places that are entered from all
        around, and those that were added later. A trip may use any of them, so that new streets lengthen none.
    """

    edge: NDArray[np.int32]
    fraction: NDArray[np.float64]
    snap_m: NDArray[np.float64]
    other: "Positions | None" = None

    @classmethod
    def nowhere(cls, count: int) -> "Positions":
        """Positions of points without a street near enough.

        Parameters
        ----------
        count
            How many.

        Returns
        -------
        Positions
            Of shape (count,): edge -1, ``snap_m`` ``inf``.
        """
        return cls(np.full(count, -1, np.int32), np.zeros(count), np.full(count, np.inf))

    @property
    def found(self) -> NDArray[np.bool_]:
        """Which points have a street near enough."""
        return self.edge >= 0

    def each(self) -> Iterator["Positions"]:
        """The positions, and then those on streets that were added later, each without others.

        Yields
        ------
        Positions
            Of the same k points, with ``other`` None.
        """
        yield replace(self, other=None)
        if self.other is not None:
            yield from self.other.each()

    def flat(self) -> "Positions":
        """All positions that are found, in one row: for points any of which will do.

        Returns
        -------
        Positions
            Of shape (number found,), with ``other`` None.
        """
        every = tuple(self.each())
        edge, fraction, snap_m = (
            np.concatenate([getattr(one, name) for one in every]) for name in ("edge", "fraction", "snap_m")
        )
        joined = Positions(edge, fraction, snap_m)
        return joined.take(np.flatnonzero(joined.found))

    def take(self, rows: NDArray[np.integer[Any]] | Sequence[int] | slice) -> "Positions":
        """The positions of some of the points.

        Parameters
        ----------
        rows
            Their numbers, or a slice of them.

        Returns
        -------
        Positions
            In the order of ``rows``, those on streets added later likewise.
        """
        other = None if self.other is None else self.other.take(rows)
        at = rows if isinstance(rows, slice) else np.asarray(rows, np.intp)  # no rows are rows too
        return Positions(self.edge[at], self.fraction[at], self.snap_m[at], other)

    def where(self, kept: NDArray[np.bool_], otherwise: "Positions | None" = None) -> "Positions":
        """The positions of some of the points; others are nowhere, or where ``otherwise`` has them.

        Parameters
        ----------
        kept
            Which points keep their positions, shape (k,).
        otherwise
            Positions of the same points.

        Returns
        -------
        Positions
            Of shape (k,).
        """
        instead = otherwise or Positions.nowhere(len(self.edge))
        other = None
        if self.other is not None or instead.other is not None:
            nowhere = Positions.nowhere(len(self.edge))
            other = (self.other or nowhere).where(kept, instead.other or nowhere)
        return Positions(
            np.where(kept, self.edge, instead.edge).astype(np.int32),
            np.where(kept, self.fraction, instead.fraction),
            np.where(kept, self.snap_m, instead.snap_m),
            other,
        )


class Seeds(NamedTuple):
    """Positions as (node, seconds) pairs, for a search to start from or to end at; CSR by position.

    Attributes
    ----------
    offsets
        Where each position's pairs begin, shape (k + 1,).
    nodes, seconds
        The pairs.
    """

    offsets: NDArray[np.int64]
    nodes: NDArray[np.int32]
    seconds: NDArray[np.float32]


def further_doors(points: gpd.GeoDataFrame, crs: str) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """All doors of points that have several.

    Parameters
    ----------
    points
        With a column ``doors``.
    crs
        The metric system that is asked for.

    Returns
    -------
    rows : int array of shape (d,)
        Whose each door is, ascending.
    xy : float64 array of shape (d, 2)
        Where it is, in ``crs``.
    """
    rows = np.flatnonzero(points[DOORS].notna().to_numpy(bool))
    drawn = gpd.GeoSeries.from_wkt(points[DOORS].iloc[rows].to_numpy(object), crs=points.crs).to_crs(crs)
    xy, of = shapely.get_coordinates(drawn.to_numpy(), return_index=True)
    return rows[of], xy


def seeds(
    positions: Positions,
    ends: tuple[NDArray[np.int32], NDArray[np.int32]],
    costs_s: tuple[NDArray[np.float32], NDArray[np.float32]],
    access_ms: float,
    *,
    reverse: bool,
    further: tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int32], NDArray[np.float32]] | None = None,
) -> Seeds:
    """The nodes that positions reach first, or with ``reverse`` are reached from last, and the seconds to or from them.

    Parameters
    ----------
    positions
        On edges of the network.
    ends
        Where the search is at the tail and at the head of every edge.
    costs_s
        Forward and backward seconds of every edge.
    access_ms
        Speed at which the distance to the street is walked, in m/s.
    reverse
        False for origins, True for destinations.
    further
        More places from where edges are entered: the edge, whether at its head, where the search is, and the seconds
        of the turn.

    Returns
    -------
    Seeds
        By position; none where it is nowhere, or where its edge is closed that way.
    """
    (tail, head), (forward_s, backward_s) = ends, costs_s
    edge, along = positions.edge, positions.fraction
    along_s, against_s = (backward_s, forward_s) if reverse else (forward_s, backward_s)
    with np.errstate(invalid="ignore"):  # at the very end of a closed direction 0 × inf: not finite, so closed
        to_head, to_tail = (1.0 - along) * along_s[edge], along * against_s[edge]
        to_street = positions.snap_m / access_ms  # nowhere, at no cost of walking: ∞ ÷ ∞, not finite either
    seconds = np.column_stack([to_tail, to_head]) + to_street[:, None]
    usable = np.isfinite(seconds) & positions.found[:, None]
    nodes = np.column_stack([tail[edge], head[edge]])
    place = np.nonzero(usable)[0]
    starts, spent = nodes[usable], seconds[usable]
    if further is not None and len(further[0]):
        edges, at_head, more, turn_s = further
        first, last = (np.searchsorted(edges, edge, side) for side in ("left", "right"))
        rows = np.repeat(np.arange(len(edge)), last - first)
        entry = np.arange(len(rows)) + np.repeat(first - np.cumsum(last - first) + (last - first), last - first)
        more_s = seconds[rows, at_head[entry].astype(int)] + turn_s[entry]
        open_ = np.isfinite(more_s) & positions.found[rows]
        order = np.argsort(np.concatenate([place, rows[open_]]), kind="stable")
        place = np.concatenate([place, rows[open_]])[order]
        starts = np.concatenate([starts, more[entry[open_]]])[order]
        spent = np.concatenate([spent, more_s[open_]])[order]
    offsets = np.searchsorted(place, np.arange(len(edge) + 1))
    return Seeds(offsets.astype(np.int64), starts.astype(np.int32), spent.astype(np.float32))


def joined_seeds(parts: Sequence[Seeds]) -> Seeds:
    """Pairs of the same positions from several sources.

    Parameters
    ----------
    parts
        As many positions in each.

    Returns
    -------
    Seeds
        For each position the pairs of all parts, in their order.
    """
    if len(parts) == 1:
        return parts[0]
    place = np.concatenate([np.repeat(np.arange(len(part.offsets) - 1), np.diff(part.offsets)) for part in parts])
    order = np.argsort(place, kind="stable")
    nodes, seconds = (np.concatenate([getattr(part, name) for part in parts])[order] for name in ("nodes", "seconds"))
    return Seeds(np.asarray(sum(part.offsets for part in parts), np.int64), nodes, seconds)


def ways_on_one_edge(
    origins: Positions,
    destinations: Positions,
    costs_s: tuple[NDArray[np.float32], NDArray[np.float32]],
    pace_ms: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """The ways along one edge between positions that both lie on it.

    Parameters
    ----------
    origins, destinations
        Positions of n and of m points, without others.
    costs_s
        Seconds on every edge from tail to head, and back.
    pace_ms
        Metres a second on the way between a point and its street.

    Returns
    -------
    tuple of arrays of shape (k,)
        Origin, destination, and seconds (``inf`` where the edge is closed that way), once a pair on the same edge.
    """
    forward_s, backward_s = costs_s
    order = np.argsort(destinations.edge, kind="stable")
    sorted_edge = destinations.edge[order]
    begin, end = (np.searchsorted(sorted_edge, origins.edge, side) for side in ("left", "right"))
    shared = np.where(origins.found, end - begin, 0)
    row = np.repeat(np.arange(len(origins.edge)), shared)
    column = order[np.arange(len(row)) + np.repeat(begin - np.cumsum(shared) + shared, shared)]
    edge = origins.edge[row]
    ahead = destinations.fraction[column] - origins.fraction[row]
    with np.errstate(invalid="ignore"):  # 0 × inf where the edge is closed: not taken
        along_s = np.where(ahead == 0, 0.0, np.abs(ahead) * np.where(ahead >= 0, forward_s[edge], backward_s[edge]))
    walked_m = origins.snap_m[row] + destinations.snap_m[column]
    return row, column, (along_s + walked_m / pace_ms).astype(np.float32)


def shorten_on_one_edge(
    seconds: NDArray[np.float32],
    origins: Positions,
    destinations: Positions,
    costs_s: tuple[NDArray[np.float32], NDArray[np.float32]],
    pace_ms: float,
) -> None:
    """Where both positions lie on one edge, the way along it may be the shortest.

    Parameters
    ----------
    seconds
        Seconds by way of the edges' ends, shape (n, m); those that are shorter along one edge are set.
    origins, destinations
        Positions of n and of m points, without others.
    costs_s
        Seconds on every edge from tail to head, and back.
    pace_ms
        Metres a second on the way between a point and its street.
    """
    row, column, along_s = ways_on_one_edge(origins, destinations, costs_s, pace_ms)
    seconds[row, column] = np.minimum(seconds[row, column], along_s)
