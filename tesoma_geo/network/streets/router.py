"""The street router: travel times of one profile between points, nodes and the hub."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import CustomisedCosts, DecayCurve
from tesoma_geo.network.isochrones.isochrones import SnappedSeeds, TimedStreets, isochrone_polygons
from tesoma_geo.network.isochrones.water_mask import Water
from tesoma_geo.network.streets.edits import Edits, edited_costs, network_with_links
from tesoma_geo.network.streets.impedance import EdgeCosts, edge_costs
from tesoma_geo.network.streets.network import StreetNetwork
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.snap import Points, Positions, Seeds, SnapIndex, metric_points, seeds

#: Pieces of the network with fewer nodes are mapping leftovers (a yard, a car park): points do not snap to them.
SMALLEST_PIECE_NODES = 50


@dataclass(frozen=True)
class StreetRouter:
    """Costs of one profile on a network, ready to ask.

    Attributes
    ----------
    network
        The streets.
    profile
        Who travels how.
    costs
        Seconds on every edge.
    engine
        The contracted network with these costs.
    max_snap_m
        Farthest that a point may lie from a usable street.
    """

    network: StreetNetwork
    profile: Profile
    costs: EdgeCosts
    engine: CustomisedCosts
    max_snap_m: float

    @classmethod
    def build(cls, network: StreetNetwork, profile: Profile, max_snap_m: float = 250.0) -> Self:
        """The router of a profile; see :meth:`StreetNetwork.router`."""
        costs = edge_costs(network, profile)
        engine = network.hierarchy.customised(costs.forward_s, costs.backward_s)
        router = cls(network, profile, costs, engine, max_snap_m)
        if not router.usable.any():
            raise InputError(
                f"profile {profile.name!r} cannot move anywhere on this network",
                "Check what the profile forbids, and the tags of the OpenStreetMap file",
            )
        return router

    def with_edits(self, edits: Edits) -> Self:
        """The router after a scenario; this one stays as it is.

        Costs that change are customised again where they matter; new links extend the contracted network
        in its old order. The answers are those of a router built anew.

        Parameters
        ----------
        edits
            Costs of edges, closures, new links.

        Raises
        ------
        InputError
            What the edits name is not there, or cannot be.
        """
        router = self if edits.links is None else self._with_links(edits.links)
        edges, costs = edited_costs(router.costs, edits)
        engine = router.engine.updated(edges, costs.forward_s[edges], costs.backward_s[edges])
        edited = replace(router, costs=costs, engine=engine)
        opened = np.isfinite(router.costs.forward_s[edges]) | np.isfinite(router.costs.backward_s[edges])
        still_open = np.isfinite(costs.forward_s[edges]) | np.isfinite(costs.backward_s[edges])
        if (opened == still_open).all():  # the same pieces: what was found of them holds
            vars(edited).update(
                {name: vars(router)[name] for name in ("_pieces", "usable", "_snap_index") if name in vars(router)}
            )
        return edited

    def travel_times(self, origins: Points | Positions, destinations: Points | Positions) -> NDArray[np.float32]:
        """Seconds from each origin to each destination, ``inf`` where there is no way.

        Parameters
        ----------
        origins, destinations
            GeoDataFrames of points, or longitudes and latitudes of shape (n, 2) and (m, 2). Each is
            snapped to the nearest usable street; the distance to it is walked.

        Returns
        -------
        float32 array of shape (n, m).

        Raises
        ------
        InputError
            Points that are empty, not finite, or no points.
        """
        return self.times_between(self.snap(origins, "origins"), self.snap(destinations, "destinations"))

    def times_between(self, origins: Positions, destinations: Positions) -> NDArray[np.float32]:
        """Seconds between positions; see :meth:`travel_times`."""
        seconds = self.engine.matrix(*self.seeds_of(origins, reverse=False), *self.seeds_of(destinations, reverse=True))
        self._shorten_on_one_edge(seconds, origins, destinations)
        return seconds + np.float32(self.profile.terminal_s)

    def to(self, points: Points | Positions) -> NDArray[np.float32]:
        """Seconds from every node to the nearest of the points, shape (n_nodes,)."""
        return self._times(self.snap(points), reverse=True)

    def from_(self, points: Points | Positions) -> NDArray[np.float32]:
        """Seconds from the nearest of the points to every node, shape (n_nodes,)."""
        return self._times(self.snap(points), reverse=False)

    def sum_within(
        self, points: Points | Positions, weights: ArrayLike, cutoff_s: float, decay: DecayCurve | None = None
    ) -> NDArray[np.float64]:
        """For every node, the opportunities that it reaches within a cutoff.

        Parameters
        ----------
        points
            Where the opportunities are.
        weights
            How many at each, shape (k,).
        cutoff_s
            Seconds, more than 0.
        decay
            How much an opportunity counts for by its seconds; all alike without.

        Returns
        -------
        float64 array of shape (n_nodes,).

        Raises
        ------
        InputError
            A cutoff that is not positive, or weights of another shape or not finite.
        """
        if not cutoff_s > 0:
            raise InputError(f"the cutoff is {cutoff_s} seconds", "Give more than 0")
        positions = self.snap(points)
        weight = np.asarray(weights, np.float64)
        if weight.shape != positions.edge.shape or not np.isfinite(weight).all():
            raise InputError(
                f"weights have the shape {weight.shape}, or are not finite, for {len(positions.edge)} points",
                "Give one finite weight a point",
            )
        ends = self._ends(positions)
        return self.engine.bounded_sum(*ends, weight, cutoff_s, decay)

    def nearest(
        self, points: Points | Positions, count: int = 1, cutoff_s: float = np.inf
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """For every node, the seconds to the nearest of the points, and which they are.

        Parameters
        ----------
        points
            Where the opportunities are.
        count
            How many of them, the nearest first.
        cutoff_s
            Those farther do not count.

        Returns
        -------
        float32 seconds (``inf`` where there is none) and int32 rows of the points (-1), shape (n_nodes, count).
        """
        return self.engine.nearest(*self._ends(self.snap(points)), count, cutoff_s)

    def _ends(self, positions: Positions) -> Seeds:
        """Where trips to positions end, with the seconds that end every trip."""
        ends = self.seeds_of(positions, reverse=True)
        return ends._replace(seconds=ends.seconds + np.float32(self.profile.terminal_s))

    def isochrones(
        self,
        points: Points | Positions,
        cutoffs_s: Sequence[float],
        *,
        reverse: bool = False,
        water: Water | Iterable[shapely.Geometry] = (),
    ) -> gpd.GeoDataFrame:
        """Polygons of what the points reach within each cutoff; nested, a row a cutoff.

        Parameters
        ----------
        points
            Where travel starts; the nearest of them counts.
        cutoffs_s
            Seconds, each more than 0.
        reverse
            From where the points are reached instead: the catchment.
        water
            Polygons in the network's CRS that nobody walks on; made a ``Water`` once where asked often.

        Returns
        -------
        GeoDataFrame in the network's CRS: ``cutoff_min``, ``area_km2`` and polygons, empty where nothing is reached.
        """
        streets = self.timed_streets(points, reverse=reverse)
        lakes = water if isinstance(water, Water) else Water.of(water)
        return isochrone_polygons(streets, cutoffs_s, crs=self.network.crs, water=lakes)

    def timed_streets(self, points: Points | Positions, *, reverse: bool = False) -> TimedStreets:
        """The streets with the seconds from the points to each node (to the points with ``reverse``)."""
        network, costs, positions = self.network, self.costs, self.snap(points)
        terminal_s = np.float32(self.profile.terminal_s)
        at_street_s = positions.snap_m[positions.found] / self.profile.foot_speed_ms + terminal_s
        return TimedStreets(
            x=network.x,
            y=network.y,
            tail=network.tail,
            head=network.head,
            forward_s=costs.forward_s,
            backward_s=costs.backward_s,
            times_s=self._times(positions, reverse=reverse),
            to_hub=reverse,
            seeds=SnappedSeeds(positions.edge[positions.found], positions.fraction[positions.found], at_street_s),
            off_street_mps=self.profile.foot_speed_ms,
        )

    def snap(self, points: Points | Positions, what: str = "points") -> Positions:
        """Where points meet the streets that this profile uses; positions already found stay as they are."""
        if isinstance(points, Positions):
            return points
        xy = metric_points(points, self.network.crs, what)
        return self._snap_index.positions(xy, self.max_snap_m)

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Edges of pieces large enough to start or end on, shape (n_edges,)."""
        network = self.network
        of_node, nodes = self._pieces
        size = np.bincount(of_node, minlength=nodes)
        tail_piece = of_node[network.tail]
        smallest = min(SMALLEST_PIECE_NODES, int(size.max()))
        usable: NDArray[np.bool_] = self._open & (tail_piece == of_node[network.head]) & (size[tail_piece] >= smallest)
        return usable

    @property
    def small_pieces(self) -> tuple[int, int]:
        """Number of pieces too small to start or end on, and of usable edges in or towards them."""
        of_node, _ = self._pieces
        outside = self._open & ~self.usable
        return len(np.unique(of_node[self.network.tail[outside]])), int(outside.sum())

    @property
    def _open(self) -> NDArray[np.bool_]:
        """Edges that can be passed in one direction at least."""
        return np.isfinite(self.costs.forward_s) | np.isfinite(self.costs.backward_s)

    @cached_property
    def _pieces(self) -> tuple[NDArray[np.int32], int]:
        """The strongly connected piece of each node, and how many there are."""
        network, costs = self.network, self.costs
        forward, backward = np.isfinite(costs.forward_s), np.isfinite(costs.backward_s)
        start = np.concatenate([network.tail[forward], network.head[backward]])
        end = np.concatenate([network.head[forward], network.tail[backward]])
        shape = (network.n_nodes, network.n_nodes)
        arcs = coo_array((np.ones(len(start), np.int8), (start, end)), shape=shape).tocsr()
        count, of_node = connected_components(arcs, directed=True, connection="strong")
        return of_node, count

    @cached_property
    def _snap_index(self) -> SnapIndex:
        return SnapIndex.of(self.network.segments, self.usable)

    def _with_links(self, links: gpd.GeoDataFrame) -> Self:
        network = network_with_links(self.network, links, self.max_snap_m)
        costs = edge_costs(network, self.profile)
        engine = network.hierarchy.customised(costs.forward_s, costs.backward_s)
        return replace(self, network=network, costs=costs, engine=engine)

    def seeds_of(self, positions: Positions, *, reverse: bool) -> Seeds:
        """Where searches from positions start, or to them end; see :func:`tesoma_geo.network.streets.snap.seeds`."""
        network, costs = self.network, self.costs
        ends, costs_s = (network.tail, network.head), (costs.forward_s, costs.backward_s)
        return seeds(positions, ends, costs_s, self.profile.foot_speed_ms, reverse=reverse)

    def _times(self, positions: Positions, *, reverse: bool) -> NDArray[np.float32]:
        """Seconds from the nearest of the positions to every node, or back."""
        found = self.seeds_of(positions, reverse=reverse)
        seconds = self.engine.times(found.nodes, found.seconds, reverse=reverse)
        return seconds + np.float32(self.profile.terminal_s)

    def _shorten_on_one_edge(self, seconds: NDArray[np.float32], origins: Positions, destinations: Positions) -> None:
        """Where both positions lie on one edge, the way along it may be the shortest."""
        shared = np.intersect1d(origins.edge[origins.found], destinations.edge[destinations.found])
        for edge in shared:
            rows = np.flatnonzero(origins.edge == edge)
            columns = np.flatnonzero(destinations.edge == edge)
            ahead = destinations.fraction[columns] - origins.fraction[rows, None]
            cost_s = np.where(ahead >= 0, self.costs.forward_s[edge], self.costs.backward_s[edge])
            along_s = np.where(ahead == 0, 0.0, np.abs(ahead) * cost_s)
            walked_m = origins.snap_m[rows, None] + destinations.snap_m[columns]
            direct_s = along_s + walked_m / self.profile.foot_speed_ms
            block = np.ix_(rows, columns)
            seconds[block] = np.minimum(seconds[block], direct_s)
