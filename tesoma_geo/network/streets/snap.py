"""Points to positions on edges: the nearest usable street, and how far it is walked to."""

from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import InputError

Points: TypeAlias = gpd.GeoDataFrame | gpd.GeoSeries | ArrayLike


#: A public street no farther than this behind a restricted one is where a point lies: at their junction, above all.
AS_NEAR_M = 0.5


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
    """

    edge: NDArray[np.int32]
    fraction: NDArray[np.float64]
    snap_m: NDArray[np.float64]

    @property
    def found(self) -> NDArray[np.bool_]:
        """Which points have a street near enough."""
        return self.edge >= 0


class Seeds(NamedTuple):
    """Positions as (node, seconds) pairs, for a search to start from or to end at; CSR by position.

    Attributes
    ----------
    offsets
        Where each position's pairs begin, shape (k + 1,).
    nodes, seconds
        The pairs, at most two a position.
    """

    offsets: NDArray[np.int64]
    nodes: NDArray[np.int32]
    seconds: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SnapIndex:
    """The edges of a network that a profile may start or end on, ready to be searched.

    Attributes
    ----------
    edges
        Their ids, shape (u,).
    lines
        Their lines, in the same order.
    tree
        A spatial index of their lines, in the same order.
    restricted
        The restricted ones among them, chosen where nothing else is as near.
    """

    edges: NDArray[np.int32]
    lines: NDArray[np.object_]
    tree: shapely.STRtree
    restricted: "SnapIndex | None" = None

    @classmethod
    def of(
        cls,
        segments: NDArray[np.object_],
        usable: NDArray[np.bool_],
        restricted: NDArray[np.bool_] | None = None,
    ) -> "SnapIndex":
        """Index the usable ones of a network's segments.

        Parameters
        ----------
        segments
            Lines of all edges, shape (m,).
        usable
            Which of them a point may be on, shape (m,).
        restricted
            Edges that are chosen only where they are nearer than any other, shape (m,).
        """
        if restricted is not None and (restricted & usable).any():
            return replace(cls.of(segments, usable & ~restricted), restricted=cls.of(segments, usable & restricted))
        edges = np.flatnonzero(usable).astype(np.int32)
        return cls(edges, segments[edges], shapely.STRtree(segments[edges]))

    def positions(self, xy: NDArray[np.float64], max_snap_m: float) -> Positions:
        """The nearest edge of each point, no farther than ``max_snap_m``.

        Parameters
        ----------
        xy
            Points in the metric CRS of the network, shape (k, 2).
        max_snap_m
            Metres.
        """
        found = self._nearest(xy, max_snap_m)
        if self.restricted is None:
            return found
        other = self.restricted.positions(xy, max_snap_m)
        nearer = other.snap_m < found.snap_m - AS_NEAR_M
        return Positions(
            np.where(nearer, other.edge, found.edge),
            np.where(nearer, other.fraction, found.fraction),
            np.where(nearer, other.snap_m, found.snap_m),
        )

    def _nearest(self, xy: NDArray[np.float64], max_snap_m: float) -> Positions:
        points = shapely.points(xy)
        edge = np.full(len(xy), -1, np.int32)
        fraction = np.zeros(len(xy))
        snap_m = np.full(len(xy), np.inf)
        if len(self.edges) == 0:
            return Positions(edge, fraction, snap_m)
        (point, line), distance_m = self.tree.query_nearest(
            points, max_distance=max_snap_m, return_distance=True, all_matches=True
        )
        # Several edges may be equally near (at a junction): the first id, whatever order the tree has.
        order = np.lexsort((self.edges[line], point))
        point, first = np.unique(point[order], return_index=True)
        line, distance_m = line[order][first], distance_m[order][first]
        edge[point] = self.edges[line]
        fraction[point] = shapely.line_locate_point(self.lines[line], points[point], normalized=True)
        snap_m[point] = distance_m
        return Positions(edge, np.nan_to_num(fraction), snap_m)


def metric_points(points: Points, crs: str, what: str = "points") -> NDArray[np.float64]:
    """Points as an array in the metric CRS, shape (k, 2).

    Parameters
    ----------
    points
        A GeoDataFrame or GeoSeries of points in any CRS, or longitudes and latitudes, shape (k, 2).
    what
        What the points are, for the message.

    Raises
    ------
    InputError
        No points, no CRS, other geometries, coordinates that are no longitude and latitude or not finite.
    """
    if isinstance(points, gpd.GeoDataFrame | gpd.GeoSeries):
        return _of_geometries(points.geometry, crs, what)
    lonlat = np.asarray(points, float)
    if lonlat.ndim != 2 or lonlat.shape[1] != 2 or len(lonlat) == 0:
        raise InputError(f"{what} have the shape {lonlat.shape}", "Give (n, 2) longitudes and latitudes, n ≥ 1")
    faulty = ~np.isfinite(lonlat).all(axis=1) | (np.abs(lonlat[:, 0]) > 180) | (np.abs(lonlat[:, 1]) > 90)
    if faulty.any():
        row = int(np.flatnonzero(faulty)[0])
        raise InputError(
            f"{what}, row {row}: {lonlat[row].tolist()} is no longitude and latitude", "Correct or remove the row"
        )
    return np.column_stack(to_metric(lonlat[:, 0], lonlat[:, 1], crs))


def _of_geometries(geometry: gpd.GeoSeries, crs: str, what: str) -> NDArray[np.float64]:
    if len(geometry) == 0:
        raise InputError(f"{what} are empty", "Give at least one point")
    if geometry.crs is None:
        raise InputError(f"{what} have no coordinate reference system", "Set it with set_crs()")
    shapes = geometry.to_crs(crs).to_numpy()
    faulty = (shapely.get_type_id(shapes) != shapely.GeometryType.POINT) | shapely.is_empty(shapes)
    if faulty.any():
        row = int(np.flatnonzero(faulty)[0])
        raise InputError(
            f"{what}, row {row}: {shapes[row]} is no point", "Give points, for example representative_point()"
        )
    xy = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])
    if not np.isfinite(xy).all():
        row = int(np.flatnonzero(~np.isfinite(xy).all(axis=1))[0])
        raise InputError(f"{what}, row {row}: coordinates that are not finite", "Correct or remove the row")
    return xy


def seeds(
    positions: Positions,
    ends: tuple[NDArray[np.int32], NDArray[np.int32]],
    costs_s: tuple[NDArray[np.float32], NDArray[np.float32]],
    access_ms: float,
    *,
    reverse: bool,
    further: tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int32]] | None = None,
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
        More places from where edges are entered: the edge, whether at its head, and where the search is.
    """
    (tail, head), (forward_s, backward_s) = ends, costs_s
    edge, along = positions.edge, positions.fraction
    along_s, against_s = (backward_s, forward_s) if reverse else (forward_s, backward_s)
    with np.errstate(invalid="ignore"):  # at the very end of a closed direction 0 × inf: not finite, so closed
        to_head, to_tail = (1.0 - along) * along_s[edge], along * against_s[edge]
    seconds = np.column_stack([to_tail, to_head]) + (positions.snap_m / access_ms)[:, None]
    usable = np.isfinite(seconds) & positions.found[:, None]
    nodes = np.column_stack([tail[edge], head[edge]])
    place = np.nonzero(usable)[0]
    found, spent = nodes[usable], seconds[usable]
    if further is not None and len(further[0]):
        edges, at_head, more = further
        first, last = (np.searchsorted(edges, edge, side) for side in ("left", "right"))
        rows = np.repeat(np.arange(len(edge)), last - first)
        entry = np.arange(len(rows)) + np.repeat(first - np.cumsum(last - first) + (last - first), last - first)
        more_s = seconds[rows, at_head[entry].astype(int)]
        open_ = np.isfinite(more_s) & positions.found[rows]
        order = np.argsort(np.concatenate([place, rows[open_]]), kind="stable")
        place = np.concatenate([place, rows[open_]])[order]
        found = np.concatenate([found, more[entry[open_]]])[order]
        spent = np.concatenate([spent, more_s[open_]])[order]
    offsets = np.searchsorted(place, np.arange(len(edge) + 1))
    return Seeds(offsets.astype(np.int64), found.astype(np.int32), spent.astype(np.float32))
