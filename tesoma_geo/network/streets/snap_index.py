"""The streets that points may be on, and the nearest of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.streets.crossings import meet
from tesoma_geo.network.streets.obstacles import Obstacles, between
from tesoma_geo.network.streets.segment_grid import SegmentGrid
from tesoma_geo.network.streets.segments import Segments, fractions, places_along
from tesoma_geo.network.streets.snap import Positions

#: A public street no farther than this behind a restricted one is where a point lies: at their junction, above all.
AS_NEAR_M = 0.5
#: Nearer than this to the line of a tunnel, a bridge or a motorway a point lies on it, farther away beside it.
ON_IT_M = 1.0
#: Streets added later count where they are as near as those before, but for rounding.
ROUNDING_M = 0.01
#: A place has so many sides.
SIDES = 8
#: Streets that are tried at once for one that no obstacle is before, the nearest first.
TRIED_TOGETHER = 16
#: Answers that an index remembers: homes, services, entrances and their doors of a few ways of asking.
REMEMBERED = 16

Value = TypeVar("Value")


def _no_streets() -> NDArray[np.float64]:
    return np.empty((0, 4))


@dataclass(frozen=True, eq=False)
class SnapIndex:
    """The edges of a network that a profile may start or end on, ready to be searched.

    Attributes
    ----------
    edges
        Their ids, shape (u,).
    grid
        Their ends by the cells of a grid, in the same order.
    restricted
        The restricted ones among them, chosen where nothing else is as near.
    sheltered
        Tunnels, bridges, other floors and motorways among them, chosen by what lies on them alone.
    former
        The index of the streets before those of this one were added.
    obstacles
        What is not crossed between a point and its street.
    drawn
        Gives the ends of all streets on the ground, whoever may use them, but for those of ``former``: no further side
        lies behind one.
    """

    edges: NDArray[np.int32]
    grid: SegmentGrid
    restricted: "SnapIndex | None" = None
    sheltered: "SnapIndex | None" = None
    former: "SnapIndex | None" = None
    obstacles: Obstacles = field(default_factory=Obstacles.none)
    drawn: Callable[[], NDArray[np.float64]] = field(default=_no_streets, repr=False)
    #: What those asked who have this one as their former: homes ask again with every link that is tried.
    _known: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(
        cls,
        segments: Segments,
        usable: NDArray[np.bool_],
        restricted: NDArray[np.bool_] | None = None,
        sheltered: NDArray[np.bool_] | None = None,
    ) -> "SnapIndex":
        """Index the usable ones of a network's segments.

        Parameters
        ----------
        segments
            All edges.
        usable
            Which of them a point may be on, shape (m,).
        restricted
            Edges that are chosen only where they are nearer than any other, shape (m,).
        sheltered
            Edges that are chosen only by points on them, shape (m,).

        Returns
        -------
        SnapIndex
            Without obstacles.
        """
        if sheltered is not None and (sheltered & usable).any():
            beside = cls.of(segments, usable & ~sheltered, restricted)
            return replace(beside, sheltered=cls.of(segments, usable & sheltered))
        if restricted is not None and (restricted & usable).any():
            return replace(cls.of(segments, usable & ~restricted), restricted=cls.of(segments, usable & restricted))
        edges = np.flatnonzero(usable).astype(np.int32)
        return cls(edges, SegmentGrid.of(segments.ends(edges)))

    @cached_property
    def _drawn(self) -> SegmentGrid:
        return SegmentGrid.of(self.drawn())

    def positions(self, xy: NDArray[np.float64], max_snap_m: float) -> Positions:
        """The nearest edge of each point, no farther than ``max_snap_m``.

        Where streets were added later, a point is also where it would be without them; see
        :attr:`~tesoma_geo.network.streets.snap.Positions.other`.

        Parameters
        ----------
        xy
            Points in the metric CRS of the network, shape (k, 2).
        max_snap_m
            Metres.

        Returns
        -------
        Positions
            Edge -1 where no street is near enough, or only over water.
        """
        chosen = self._chosen(xy, max_snap_m)
        if self.former is None:
            return chosen
        before = self.former._once("positions", (xy, max_snap_m), self.former.positions)
        # Where the file's streets were near enough, the new ones come second, if they are as near.
        later = chosen.where(chosen.snap_m <= before.snap_m + ROUNDING_M)
        if not later.found.any():
            return before
        return _with_others(before.where(before.found, replace(later, other=None)), later.where(before.found))

    def all_around(self, xy: NDArray[np.float64], around_m: NDArray[np.float64], max_snap_m: float) -> Positions:
        """The nearest edge of each point, and the nearest ones on its other sides.

        For a place rather than a door: who comes from the north need not walk round it. On each of eight sides the
        nearest edge counts that a straight line leads to across no obstacle and no other street.

        Parameters
        ----------
        xy
            Points in the metric CRS of the network, shape (k, 2).
        around_m
            How far each place reaches, metres; 0 or NaN for a door, which is joined to the nearest edge alone, (k,).
        max_snap_m
            As of :meth:`positions`.

        Returns
        -------
        Positions
            As :meth:`positions` has them; the further sides are among the ``other``.
        """
        positions, index = self.positions(xy, max_snap_m), self
        reach_m = np.where(positions.found, np.minimum(np.nan_to_num(around_m), max_snap_m), 0.0)
        while True:  # streets that were there before others were added are joined as they were
            sides = index._sides(xy, reach_m) if index is self else index._once("sides", (xy, reach_m), index._sides)
            for further in sides:
                positions = _with_others(positions, further)
            if index.former is None:
                return positions
            index = index.former

    def _once(self, what: str, asked: tuple[Any, ...], find: Callable[..., Value]) -> Value:
        """What is found for points, not found again for the very same ones; a few such answers are remembered."""
        key = what, *(one.tobytes() if isinstance(one, np.ndarray) else one for one in asked)
        answer: Value | None = self._known.get(key)
        if answer is None:
            answer = find(*asked)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = answer
        return answer

    def also_at(
        self, found: Positions, doors: tuple[NDArray[np.intp], NDArray[np.float64]], max_snap_m: float
    ) -> Positions:
        """Positions of points, and those of their doors.

        Parameters
        ----------
        found
            Where the points meet the streets.
        doors
            Whose each door is, ascending, and where, in the metric CRS of the network.
        max_snap_m
            As of :meth:`positions`.

        Returns
        -------
        Positions
            Those of the doors are among the ``other``.
        """
        rows, xy = doors
        if not len(rows):
            return found
        at = self.positions(xy, max_snap_m)
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
        for number in range(int(rank.max()) + 1):
            mine = np.flatnonzero(rank == number)
            for one in at.take(mine).each():
                every = Positions.nowhere(len(found.edge))
                every.edge[rows[mine]] = one.edge
                every.fraction[rows[mine]], every.snap_m[rows[mine]] = one.fraction, one.snap_m
                lost = every.found & ~found.found
                found = found.where(~lost, every) if lost.any() else found
                found = _with_others(found, every)
        return found

    def _sides(self, xy: NDArray[np.float64], around_m: NDArray[np.float64]) -> list[Positions]:
        """The nearest visible edges by side, one set of positions for each rank among the sides of a point."""
        rows = np.flatnonzero(around_m > 0)
        of, line, _ = self.grid.within(xy[rows], around_m[rows])
        along = fractions(xy[rows[of]], self.grid.ends[line])
        places = places_along(self.grid.ends[line], along)
        way = places - xy[rows[of]]
        far_m = np.hypot(*way.T)
        side = np.floor((np.arctan2(way[:, 1], way[:, 0]) / np.pi + 1.0) * (SIDES / 2)).astype(int) % SIDES
        free = ~self._blocked(xy[rows[of]], places)
        order = np.lexsort([self.edges[line], far_m, side, of])
        order = order[free[order]]
        _, first = np.unique(np.column_stack([of[order], side[order]]), axis=0, return_index=True)
        chosen = order[first]
        rank = np.arange(len(chosen)) - np.searchsorted(of[chosen], of[chosen])
        sets = []
        for number in range(rank.max() + 1 if len(rank) else 0):
            mine, at = Positions.nowhere(len(xy)), chosen[rank == number]
            mine.edge[rows[of[at]]] = self.edges[line[at]]
            mine.fraction[rows[of[at]]], mine.snap_m[rows[of[at]]] = along[at], far_m[at]
            sets.append(mine)
        return sets

    def _blocked(self, begin: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which straight ways from points to streets cross an obstacle or another street, shape (k,)."""
        blocked = self.obstacles.crossed(begin, end)
        rows, ways = between(begin, end)
        boxes, index = shapely.bounds(ways), self if len(rows) else None
        while index is not None:
            way, drawn = index._drawn.meeting(boxes)
            met = meet(shapely.get_coordinates(ways).reshape(-1, 4), index._drawn.ends, way, drawn)
            blocked[rows[way[met]]] = True
            index = index.former
        return blocked

    def without_obstacles(self) -> "SnapIndex":
        """The same streets with nothing between them and a point.

        Returns
        -------
        SnapIndex
            This one stays as it is.
        """
        former = None if self.former is None else self.former.without_obstacles()
        return replace(self, obstacles=Obstacles.none(), former=former)

    def _chosen(self, xy: NDArray[np.float64], max_snap_m: float) -> Positions:
        candidates = self._beside(xy, max_snap_m)
        if self.obstacles:
            candidates = self._without_crossing(xy, candidates, max_snap_m)
        if self.sheltered is None:
            return candidates
        on_it = self.sheltered._nearest(xy, np.minimum(candidates.snap_m - AS_NEAR_M, min(ON_IT_M, max_snap_m)))
        return on_it.where(on_it.snap_m < candidates.snap_m - AS_NEAR_M, candidates)

    def _beside(self, xy: NDArray[np.float64], max_snap_m: float) -> Positions:
        nearest = self._nearest(xy, max_snap_m)
        if self.restricted is None:
            return nearest
        # What is no nearer is not taken, so it need not be looked for.
        other = self.restricted._nearest(xy, np.minimum(nearest.snap_m - AS_NEAR_M, max_snap_m))
        return other.where(other.snap_m < nearest.snap_m - AS_NEAR_M, nearest)

    def _nearest(self, xy: NDArray[np.float64], max_snap_m: float | NDArray[np.float64]) -> Positions:
        # Several edges may be equally near (at a junction): the first.
        line, distance_m = self.grid.nearest(xy, max_snap_m)
        nearest, near = Positions.nowhere(len(xy)), line >= 0
        nearest.edge[near] = self.edges[line[near]]
        nearest.fraction[near] = fractions(xy[near], self.grid.ends[line[near]])
        nearest.snap_m[near] = distance_m[near]
        return nearest

    def _without_crossing(self, xy: NDArray[np.float64], positions: Positions, max_snap_m: float) -> Positions:
        """Positions that are reached without crossing an obstacle, where there are any."""
        rows = np.flatnonzero(positions.found)
        crossing = rows[self.obstacles.crossed(xy[rows], self._places(positions.take(rows)))]
        for row in crossing:
            candidates = self._all_near(xy[row], max_snap_m)
            best = self._first(xy[row], candidates, self.obstacles.crossed)
            if best is None:
                best = self._first(xy[row], candidates, self.obstacles.over_water) or Positions.nowhere(1)
            for name in ("edge", "fraction", "snap_m"):
                getattr(positions, name)[row] = getattr(best, name)[0]
        return positions

    def _first(
        self, place: NDArray[np.float64], candidates: Positions, behind: Callable[[Any, Any], NDArray[np.bool_]]
    ) -> Positions | None:
        """The first of some positions that does not lie behind something for a place; None where all do."""
        for first in range(0, len(candidates.edge), TRIED_TOGETHER):
            some = candidates.take(slice(first, first + TRIED_TOGETHER))
            free = np.flatnonzero(~behind(np.repeat(place[None], len(some.edge), axis=0), self._places(some)))
            if len(free):
                return some.take(free[:1])
        return None

    def _all_near(self, place: NDArray[np.float64], max_snap_m: float) -> Positions:
        """Every edge within ``max_snap_m`` of a place, the nearest first."""
        candidates = []
        for index, behind_m in ((self, 0.0), (self.restricted, AS_NEAR_M)):
            if index is None or not len(index.edges):
                continue
            _, near, far_m = index.grid.within(place[None], np.array([max_snap_m]))
            along = fractions(place[None], index.grid.ends[near])
            candidates.append((index.edges[near], along, far_m, np.full(len(near), behind_m)))
        edge, along, far_m, behind = (np.concatenate(values) for values in zip(*candidates, strict=True))
        order = np.lexsort((edge, far_m + behind))
        return Positions(edge[order], along[order], far_m[order])

    def _places(self, positions: Positions) -> NDArray[np.float64]:
        """Coordinates of positions, shape (k, 2)."""
        places = np.empty((len(positions.edge), 2))
        for index in (self, self.restricted):
            if index is None or not len(index.edges):
                continue
            at = np.searchsorted(index.edges, positions.edge).clip(max=len(index.edges) - 1)
            mine = index.edges[at] == positions.edge
            places[mine] = places_along(index.grid.ends[at[mine]], positions.fraction[mine])
        return places


def _with_others(positions: Positions, last: Positions) -> Positions:
    """Positions with one more set behind those there are."""
    if not last.found.any():
        return positions
    if positions.other is None:
        return replace(positions, other=last)
    return replace(positions, other=_with_others(positions.other, last))
