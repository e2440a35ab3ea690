"""Which streets somebody drew along: a drawn line matched to the pieces of street between junctions.

The most likely way along the streets by a hidden Markov model (Newson and Krumm 2009): where the drawing is, each near
street is likely by its distance; from one place to the next, a way along the streets is likely by how little it differs
in length from the drawing. A finger on a phone is off by 5 to 30 m, and what is drawn across a field lies on no street.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.streets.junction_pieces import JunctionPieces

#: The drawing is looked at so often.
STEP_M = 20.0
#: Streets farther from the drawing are not meant (assumption: a finger's error and a road's width).
REACH_M = 45.0
#: Standard deviation of a drawing across the street (assumption: of errors of 5 to 30 m).
ACROSS_M = 15.0
#: By so many metres a way along the streets may differ from the drawing for its likelihood to fall to 1/e (assumption).
ALONG_M = 15.0
#: Streets that are looked at for each place.
MOST_STREETS = 8
#: A way between two places is no longer than this many steps more.
LONGEST_STEPS = 8
#: A piece of which so much was drawn along is one of the drawing's.
LEAST_SHARE = 0.8

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LineMatcher:
    """Finds the pieces of street that drawn lines follow.

    Attributes
    ----------
    pieces
        The streets.
    """

    pieces: JunctionPieces

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.pieces.segments)

    def walked(self, drawing: shapely.Geometry) -> NDArray[np.int64]:
        """The pieces of street that a drawing follows.

        Parameters
        ----------
        drawing
            LineString or MultiLineString in the metric system of the pieces.

        Returns
        -------
        int array
            Numbers of pieces, sorted, each once, whichever way and however often it was drawn along.
        """
        covered_m = np.zeros(len(self.pieces.ends))
        intervals = [interval for part in shapely.get_parts(drawing) for interval in self._intervals(part)]
        edge, low, high = np.array(intervals, float).reshape(-1, 3).T
        order = np.lexsort((high, low, edge))
        reached, last = 0.0, -1
        for at, begin, end in zip(edge[order].astype(int).tolist(), low[order], high[order], strict=True):
            reached = 0.0 if at != last else reached
            covered_m[self.pieces.of_edge[at]] += max(0.0, end - max(begin, reached))
            reached, last = max(reached, end), at
        return np.flatnonzero(covered_m >= LEAST_SHARE * np.maximum(self.pieces.length_m, 0.1))

    def _intervals(self, line: shapely.LineString) -> Iterator[tuple[int, float, float]]:
        """Parts of edges on the most likely way: edge, and from where to where in metres from its tail."""
        if line.length < STEP_M:
            return
        along = np.linspace(0, line.length, max(2, int(np.ceil(line.length / STEP_M)) + 1))
        points = shapely.line_interpolate_point(line, along)
        at = shapely.get_coordinates(points)
        step_m = np.hypot(*np.diff(at, axis=0).T)
        places = self._places(points)
        near = _NearStreets.of(self.pieces, self._tree.query(line, predicate="dwithin", distance=4 * REACH_M), places)
        cost = np.empty(0)
        back: list[NDArray[np.int64]] = []
        start = 0
        for number, here in enumerate(places):
            before = places[number - 1] if number else here
            if len(cost):
                over = near.way_m(before, here)
                longer = cost[:, None] + np.abs(over - step_m[number - 1]) / ALONG_M
                longer[over > LONGEST_STEPS * STEP_M] = np.inf
                best = longer.argmin(axis=0) if len(here.edge) else np.empty(0, np.int64)
                reached = longer[best, np.arange(len(best))]
                if len(here.edge) and np.isfinite(reached).any():
                    back.append(best)
                    cost = reached + here.unlikely
                    continue
                yield from near.intervals(places[start:number], back, int(cost.argmin()))
            cost, back, start = here.unlikely, [], number
        if len(cost):
            yield from near.intervals(places[start:], back, int(cost.argmin()))

    def _places(self, points: NDArray[np.object_]) -> list["_Place"]:
        """For each point of a drawing the near edges, one a piece."""
        segments, of_edge = self.pieces.segments, self.pieces.of_edge
        point, edge = self._tree.query(points, predicate="dwithin", distance=REACH_M)
        away_m = shapely.distance(points[point], segments[edge])
        order = np.lexsort((edge, away_m, of_edge[edge], point))
        point, edge, away_m = point[order], edge[order], away_m[order]
        first = np.ones(len(point), bool)
        first[1:] = (point[1:] != point[:-1]) | (of_edge[edge[1:]] != of_edge[edge[:-1]])
        point, edge, away_m = point[first], edge[first], away_m[first]
        order = np.lexsort((edge, away_m, point))
        point, edge, away_m = point[order], edge[order], away_m[order]
        on_m = shapely.line_locate_point(segments[edge], points[point])
        starts = np.searchsorted(point, np.arange(len(points) + 1))
        places = []
        for begin, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
            own = slice(begin, min(end, begin + MOST_STREETS))
            places.append(_Place(edge[own], on_m[own], 0.5 * (away_m[own] / ACROSS_M) ** 2))
        return places


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a point of a drawing may be: edges, metres from their tails, and how unlikely each is (-log)."""

    edge: NDArray[np.int64]
    on_m: Array
    unlikely: Array


@dataclass(frozen=True, eq=False)
class _NearStreets:
    """The streets round a drawing, with the ways between the ends of those it may be on."""

    pieces: JunctionPieces
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    way_between_m: Array
    came_from: NDArray[np.int32]
    edge_between: dict[tuple[int, int], int]

    @classmethod
    def of(cls, pieces: JunctionPieces, edges: NDArray[np.int64], places: list[_Place]) -> "_NearStreets":
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        candidates = [place.edge for place in places]
        edges = np.unique(np.concatenate([edges, *candidates]))
        nodes, ends = np.unique(np.concatenate([pieces.tail[edges], pieces.head[edges]]), return_inverse=True)
        tail, head = ends.reshape(2, -1)
        metres = np.maximum(pieces.edge_m[edges], 0.01)
        order = np.argsort(-metres, kind="stable")  # the shortest of several between two nodes comes last and stays
        between: dict[tuple[int, int], int] = {}
        for at in order.tolist():
            between[int(tail[at]), int(head[at])] = between[int(head[at]), int(tail[at])] = int(edges[at])
        pairs = np.array(list(between), int).reshape(-1, 2)
        weight = np.maximum(pieces.edge_m[list(between.values())], 0.01)
        graph = csr_array((weight, (pairs[:, 0], pairs[:, 1])), shape=(len(nodes), len(nodes)))
        wanted = np.unique(np.concatenate(candidates)) if len(edges) else edges
        sources = np.unique(np.concatenate([tail[np.isin(edges, wanted)], head[np.isin(edges, wanted)]]))
        way_m, came_from = dijkstra(graph, indices=sources, limit=LONGEST_STEPS * STEP_M, return_predecessors=True)
        row, column = np.full(len(pieces.x), -1), np.full(len(pieces.x), -1)
        row[nodes[sources]], column[nodes] = np.arange(len(sources)), np.arange(len(nodes))
        return cls(pieces, row, column, way_m, came_from, between)

    def _leaving(self, place: _Place) -> tuple[NDArray[np.int32], Array]:
        """The nodes at both ends of each edge of a place, and the metres to them, shapes (e, 2)."""
        pieces, edge = self.pieces, place.edge
        nodes = np.column_stack([pieces.tail[edge], pieces.head[edge]])
        return nodes, np.column_stack([place.on_m, np.maximum(pieces.edge_m[edge] - place.on_m, 0.0)])

    def _ways(self, before: _Place, here: _Place) -> Array:
        """Metres over each end of each edge before and each end of each edge here, shape (b, 2, h, 2)."""
        nodes, leave_m = self._leaving(before)
        to, come_m = self._leaving(here)
        between = self.way_between_m[self.row[nodes][:, :, None, None], self.column[to][None, None, :, :]]
        ways: Array = leave_m[:, :, None, None] + between + come_m[None, None, :, :]
        return ways

    def way_m(self, before: _Place, here: _Place) -> Array:
        """Metres along the streets from each edge of a place to each of the next, shape (b, h)."""
        shortest = self._ways(before, here).min(axis=(1, 3))
        same = before.edge[:, None] == here.edge[None, :]
        straight = np.abs(before.on_m[:, None] - here.on_m[None, :])
        length_m: Array = np.where(same, np.minimum(straight, shortest), shortest)
        return length_m

    def intervals(
        self, places: list[_Place], back: list[NDArray[np.int64]], last: int
    ) -> Iterator[tuple[int, float, float]]:
        """Parts of edges on the way that ends on an edge of the last place: edge, from and to in metres."""
        for number in range(len(places) - 1, 0, -1):
            first = int(back[number - 1][last])
            yield from self._between(places[number - 1], first, places[number], last)
            last = first

    def _between(self, before: _Place, one: int, here: _Place, other: int) -> Iterator[tuple[int, float, float]]:
        start = _Place(before.edge[[one]], before.on_m[[one]], before.unlikely[[one]])
        end = _Place(here.edge[[other]], here.on_m[[other]], here.unlikely[[other]])
        ways = self._ways(start, end)[0, :, 0, :]
        out, into = np.unravel_index(int(ways.argmin()), ways.shape)
        straight = abs(float(start.on_m[0]) - float(end.on_m[0]))
        if start.edge[0] == end.edge[0] and straight <= ways[out, into]:
            low, high = sorted((float(start.on_m[0]), float(end.on_m[0])))
            yield int(start.edge[0]), low, high
            return
        for place, side in ((start, out), (end, into)):
            on_m, whole_m = float(place.on_m[0]), float(self.pieces.edge_m[place.edge[0]])
            yield int(place.edge[0]), *((0.0, on_m) if side == 0 else (on_m, whole_m))
        source = int(self.row[self._leaving(start)[0][0, out]])
        origin, node = (int(self.column[self._leaving(one)[0][0, side]]) for one, side in ((start, out), (end, into)))
        while node != origin:
            earlier = int(self.came_from[source, node])
            edge = self.edge_between[earlier, node]
            yield edge, 0.0, float(self.pieces.edge_m[edge])
            node = earlier
