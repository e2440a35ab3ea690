"""Searches on streets: travel times of one profile between points, nodes and the hub."""

from dataclasses import dataclass, replace
from typing import Self

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._given import instance, number
from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import DecayCurve
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.edits import Edits, edited_costs, network_with_links, without_junctions
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.pieces import StreetPieces
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.network.streets.profile_turns import seconds_of_turns_in
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.snap import (
    AROUND_M,
    DOORS,
    Points,
    Positions,
    Seeds,
    further_doors,
    joined_seeds,
    metric_points,
    seeds,
    shorten_on_one_edge,
)
from tesoma_geo.network.streets.street_engine import StreetEngine


@dataclass(frozen=True, eq=False)
class StreetSearch:
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
    pieces
        Where trips may start and end.
    """

    network: Streets
    profile: Profile
    costs: EdgeCosts
    engine: StreetEngine
    max_snap_m: float
    pieces: StreetPieces

    @classmethod
    def build(cls, network: Streets, profile: Profile, max_snap_m: float = 250.0) -> Self:
        """The router of a profile on a network.

        Parameters
        ----------
        network
            The streets.
        profile
            Who travels how.
        max_snap_m
            Farthest that a point may lie from a street, in metres.

        Returns
        -------
        StreetSearch
            With the costs of the profile on every edge; on a network of its own where the profile closes points
            (see :func:`~tesoma_geo.network.streets.point_splits.split_for`).

        Raises
        ------
        InputError
            The profile cannot move anywhere on this network.
        """
        network = split_for(network, profile)
        router = cls.of(network, profile, edge_costs(network, profile), max_snap_m)
        if not router.usable.any():
            raise InputError(
                f"profile {profile.name!r} cannot move anywhere on this network",
                "Check what the profile forbids, and the tags of the OpenStreetMap file",
            )
        return router

    @classmethod
    def of(cls, network: Streets, profile: Profile, costs: EdgeCosts, max_snap_m: float = 250.0) -> Self:
        """The router of costs that are known already, whether anybody can move with them or not.

        Parameters
        ----------
        network
            The streets.
        profile
            Who travels how.
        costs
            Seconds on every edge of the network.
        max_snap_m
            Farthest that a point may lie from a street, in metres.

        Returns
        -------
        StreetSearch
            With these costs.
        """
        network = network.with_turns_told_apart(profile)
        graph, turn_s = network.shape.graph, seconds_of_turns_in(network, profile)
        engine = StreetEngine.of(network.hierarchy, graph, costs, profile.mode, turn_s)
        return cls(network, profile, costs, engine, max_snap_m, StreetPieces(network, costs, engine.seen))

    def with_costs(self, costs: EdgeCosts, profile: Profile | None = None) -> Self:
        """A router on the same streets with other costs on every edge.

        Parameters
        ----------
        costs
            Seconds on every edge.
        profile
            Who travels how, where it is somebody else.

        Returns
        -------
        StreetSearch
            On the same network, with the same ``max_snap_m``.
        """
        return self.of(self.network, profile or self.profile, costs, self.max_snap_m)

    def knowing(self, former: "StreetSearch") -> Self:
        """The same router, which finds points by the index of streets before others were added to them.

        Parameters
        ----------
        former
            The router of the same profile before.

        Returns
        -------
        StreetSearch
            This one where the streets are not those of before and more, or another is open or restricted among those
            of before.
        """
        if self.network.shape.former is not former.network.shape or not self.costs.open_as(former.costs):
            return self
        return replace(self, pieces=replace(self.pieces, former=former.pieces))

    def with_edits(self, edits: Edits) -> Self:
        """The router after a scenario; this one stays as it is.

        Costs that change are customised again where they matter; new links extend the contracted network
        in its old order. The answers are those of a router built anew.

        Parameters
        ----------
        edits
            Costs of edges, closures, new links.

        Returns
        -------
        StreetSearch
            With the network and the costs after the edits.

        Raises
        ------
        InputError
            What the edits name is not there, or cannot be.
        """
        edits = instance("edits", edits, Edits, "Make tesoma_geo.Edits of them")
        router = self if edits.links is None else self._with_links(edits.links)
        edges, costs = edited_costs(router.costs, edits.with_pieces(router.network.added))
        edges, costs = without_junctions(router.network, router.profile, router.costs, edges, costs)
        engine = router.engine.updated(edges, costs)
        opened = np.isfinite(router.costs.forward_s[edges]) | np.isfinite(router.costs.backward_s[edges])
        still_open = np.isfinite(costs.forward_s[edges]) | np.isfinite(costs.backward_s[edges])
        same = bool((opened == still_open).all())
        pieces = router.pieces if same else StreetPieces(router.network, costs, engine.seen)
        return replace(router, costs=costs, engine=engine, pieces=pieces)

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
        """Seconds between positions; see :meth:`travel_times`.

        Parameters
        ----------
        origins, destinations
            Positions of n and of m points on this network.

        Returns
        -------
        float32 array of shape (n, m)
            Seconds, ``terminal_s`` among them; ``inf`` where there is no way.
        """
        seconds = self.engine.matrix(*self.seeds_of(origins, reverse=False), *self.seeds_of(destinations, reverse=True))
        costs_s = self.costs.forward_s, self.costs.backward_s
        for begin in origins.each():
            for end in destinations.each():
                shorten_on_one_edge(seconds, begin, end, costs_s, self.profile.foot_speed_ms)
        return seconds + np.float32(self.profile.terminal_s)

    def to(self, points: Points | Positions) -> NDArray[np.float32]:
        """Seconds from every node to the nearest of the points, shape (n_nodes,).

        Parameters
        ----------
        points
            GeoDataFrame of points, longitudes and latitudes of shape (k, 2), or positions.

        Returns
        -------
        float32 array of shape (n_nodes,)
            Seconds, ``terminal_s`` among them; ``inf`` where there is no way.

        Raises
        ------
        InputError
            Points that are empty, not finite, or no points.
        """
        return self._times(self.snap(points), reverse=True)

    def from_(self, points: Points | Positions) -> NDArray[np.float32]:
        """Seconds from the nearest of the points to every node, shape (n_nodes,).

        Parameters
        ----------
        points
            GeoDataFrame of points, longitudes and latitudes of shape (k, 2), or positions.

        Returns
        -------
        float32 array of shape (n_nodes,)
            Seconds, ``terminal_s`` among them; ``inf`` where there is no way.

        Raises
        ------
        InputError
            Points that are empty, not finite, or no points.
        """
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
        if not number("the cutoff", cutoff_s, "Give seconds, more than 0") > 0:
            raise InputError(f"the cutoff is {cutoff_s} seconds", "Give more than 0")
        positions = self.snap(points)
        try:
            weight = np.asarray(weights, np.float64)
        except (TypeError, ValueError):
            raise InputError(f"weights are {weights!r:.60}, no numbers", "Give a number a point") from None
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

    def snap(self, points: Points | Positions, what: str = "points") -> Positions:
        """Where points meet the streets that this profile uses; positions already found stay as they are.

        Parameters
        ----------
        points
            GeoDataFrame of points, longitudes and latitudes of shape (k, 2), or positions. A column ``around_m`` of a
            GeoDataFrame tells places that are entered from all sides, see :meth:`SnapIndex.all_around`, and a column
            ``doors`` those that have several.
        what
            What the points are, for the message of an error.

        Returns
        -------
        Positions
            Of the k points; nowhere where no usable street is within ``max_snap_m``.

        Raises
        ------
        InputError
            Points that are empty, not finite, or no points.
        """
        if isinstance(points, Positions):
            return points
        xy, index = metric_points(points, self.network.crs, what), self.pieces.snap_index
        if not isinstance(points, gpd.GeoDataFrame):
            return index.positions(xy, self.max_snap_m)
        around_m = points[AROUND_M].to_numpy(float) if AROUND_M in points else np.zeros(len(points))
        found = (
            index.all_around(xy, around_m, self.max_snap_m) if around_m.any() else index.positions(xy, self.max_snap_m)
        )
        if DOORS not in points:
            return found
        return index.also_at(found, further_doors(points, self.network.crs), self.max_snap_m)

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Edges of pieces large enough to start or end on, shape (n_edges,)."""
        return self.pieces.usable

    @property
    def small_pieces(self) -> tuple[int, int]:
        """Number of pieces too small to start or end on, and of usable edges in or towards them."""
        return self.pieces.small

    def _with_links(self, links: gpd.GeoDataFrame) -> Self:
        network = network_with_links(self.network, links, self.max_snap_m)
        costs = self.costs.kept_in(edge_costs(network, self.profile), network.added.piece_of)
        router = self.of(network, self.profile, costs, self.max_snap_m)
        return replace(router, pieces=replace(router.pieces, former=self.pieces))

    def seeds_of(self, positions: Positions, *, reverse: bool) -> Seeds:
        """Where searches from positions start, or to them end; see :func:`tesoma_geo.network.streets.snap.seeds`.

        Parameters
        ----------
        positions
            Positions of k points on this network.
        reverse
            False where trips begin at the positions, True where they end there.

        Returns
        -------
        Seeds
            Numbers of the routing graph with seconds, by position.
        """
        seen, costs_s = self.engine.seen, (self.costs.forward_s, self.costs.backward_s)
        ends = seen.entries if reverse else seen.arrivals
        further = seen.further_entries if reverse else seen.further_arrivals
        pace_ms = self.profile.foot_speed_ms
        return joined_seeds(
            [seeds(one, ends, costs_s, pace_ms, reverse=reverse, further=further) for one in positions.each()]
        )

    def best_pair(self, begin: Positions, end: Positions) -> tuple[Positions, Positions]:
        """Where a trip between two places leaves and reaches the streets; see :attr:`Positions.other`.

        Parameters
        ----------
        begin, end
            Positions of one point each.

        Returns
        -------
        tuple of Positions
            One position each without others; as given where neither has others, or one is nowhere.
        """
        if begin.other is None and end.other is None:
            return begin, end
        begins, ends = begin.flat(), end.flat()
        if not (len(begins.edge) and len(ends.edge)):
            return begin, end
        row, column = divmod(int(self.times_between(begins, ends).argmin()), len(ends.edge))
        return begins.take([row]), ends.take([column])

    def _times(self, positions: Positions, *, reverse: bool) -> NDArray[np.float32]:
        """Seconds from the nearest of the positions to every node, or back."""
        starts = self.seeds_of(positions, reverse=reverse)
        seconds = self.engine.times(starts.nodes, starts.seconds, reverse=reverse)
        return seconds + np.float32(self.profile.terminal_s)
