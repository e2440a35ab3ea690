"""Searches on streets: travel times of one profile between points, nodes and the hub."""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._given import instance, number
from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import DecayCurve
from tesoma_geo.network.streets.profile_streets import ProfileStreets
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


@dataclass(frozen=True, eq=False)
class StreetSearch(ProfileStreets):
    """Costs of one profile on a network, ready to ask.

    Its attributes are those of :class:`~tesoma_geo.network.streets.profile_streets.ProfileStreets`.
    """

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
        seconds += np.float32(self.profile.terminal_s)
        return seconds

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
        if decay is not None:
            instance("decay", decay, DecayCurve, "Give a curve such as DecayCurve.linear(600), or leave it out")
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

        Raises
        ------
        InputError
            Points that are none, a count that is no whole number of 1 or more, a cutoff that is not above 0.
        """
        if isinstance(count, bool) or not isinstance(count, int | np.integer):
            raise InputError(f"count is {count!r:.40}, no whole number", "Say how many of the points, 1 or more")
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
        positions = (
            index.all_around(xy, around_m, self.max_snap_m) if around_m.any() else index.positions(xy, self.max_snap_m)
        )
        if DOORS not in points:
            return positions
        return index.also_at(positions, further_doors(points, self.network.crs), self.max_snap_m)

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

    def best_pairs(self, begins: Positions, end: Positions) -> tuple[Positions, NDArray[np.intp], Positions]:
        """:meth:`best_pair` of each of several places and one.

        Parameters
        ----------
        begins
            Positions of n points.
        end
            Position of one point.

        Returns
        -------
        begins : Positions
            Where each trip leaves for the streets, shape (n,).
        number : int array of shape (n,)
            Where it reaches them again, among ``ends``.
        ends : Positions
            The end, and its further positions.
        """
        levels, ends = list(begins.each()), end.flat()
        if not len(ends.edge) or (len(levels) == 1 and end.other is None):
            return levels[0], np.zeros(len(begins.edge), np.intp), replace(end, other=None)
        seconds = np.stack([self.times_between(level, ends) for level in levels], axis=1)
        level, number = np.divmod(seconds.reshape(len(seconds), -1).argmin(axis=1), len(ends.edge))
        best = levels[0]
        for rank, further in enumerate(levels[1:], 1):
            best = best.where(level != rank, further)
        return best, number, ends

    def _times(self, positions: Positions, *, reverse: bool) -> NDArray[np.float32]:
        """Seconds from the nearest of the positions to every node, or back."""
        starts = self.seeds_of(positions, reverse=reverse)
        seconds = self.engine.times(starts.nodes, starts.seconds, reverse=reverse)
        return seconds + np.float32(self.profile.terminal_s)
