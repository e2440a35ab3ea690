"""What is seen from where on a square: corners of obstacles, walls, and lines that meet neither."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

#: Metres by which rounding may carry a line outside of its area.
ROUNDING_M = 0.02

#: Node id → metres east and north.
XY = Mapping[int, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Walls:
    """Lines that nobody walks through, but at their gates.

    Attributes
    ----------
    lines
        In metres, shape (w,).
    meetings
        Where several walls meet: the place, and the places beside it.
    bends
        Nodes with those beside them, in front and behind; at an end the same twice.
    gates
        Nodes at which people pass.
    """

    lines: NDArray[np.object_]
    meetings: tuple[tuple[tuple[float, float], NDArray[np.float64]], ...]
    bends: Mapping[int, tuple[int, ...]]
    gates: XY

    @classmethod
    def of(cls, walls: Iterable[tuple[Sequence[int], XY]], is_entry: Callable[[int], bool]) -> "Walls":
        """Walls of their nodes.

        Parameters
        ----------
        walls
            The nodes of each, and where they are.
        is_entry
            Whether a node, by its id, lets people through.

        Returns
        -------
        Walls
        """
        lines, bends, gates = [], dict[int, tuple[int, ...]](), dict[int, tuple[float, float]]()
        places: dict[int, tuple[float, float]] = {}
        for ring, xy in walls:
            places.update(xy)
            nodes = [node for at, node in enumerate(ring) if not at or node != ring[at - 1]]
            lines.append(shapely.LineString([xy[node] for node in nodes]))
            closed = nodes[0] == nodes[-1]
            for at, node in enumerate(nodes[:-1] if closed else nodes):
                before = nodes[at - 1] if at else (nodes[-2] if closed else nodes[1])
                after = nodes[at + 1] if at + 1 < len(nodes) else nodes[at - 1]
                bends[node] = (*bends.get(node, ()), before, after)
                if is_entry(node):
                    gates[node] = xy[node]
        meetings = tuple(
            (places[node], np.array([places[other] for other in beside]))
            for node, beside in bends.items()
            if len(beside) > 2 and node not in gates
        )
        return cls(np.array(lines, object), meetings, bends, gates)

    def stands_across(self, pair: Sequence[int]) -> bool:
        """Whether a wall leaves an outline at an end of a piece of it, so that nobody walks on along it there.

        Parameters
        ----------
        pair
            The nodes at both ends of the piece.

        Returns
        -------
        bool
            False for a piece that is part of the wall.
        """
        if any(other in self.bends.get(one, ()) for one, other in (pair, pair[::-1])):
            return False
        return any(node in self.bends and node not in self.gates for node in pair)

    def crossed(self, lines: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Which of some lines cross a wall.

        Parameters
        ----------
        lines
            Straight ones in metres, shape (l,).

        Returns
        -------
        bool array of shape (l,)
            A line that ends at a wall, or passes at its end, crosses none.
        """
        crossed = np.zeros(len(lines), bool)
        if len(self.lines):
            crossed[np.unique(shapely.STRtree(self.lines).query(lines, "crosses")[0])] = True
        ends = shapely.get_coordinates(lines).reshape(-1, 2, 2) if self.meetings else np.empty((0, 2, 2))
        for place, beside in self.meetings:
            # A line through the common end of two walls touches both, and crosses neither by itself.
            at = np.flatnonzero(shapely.dwithin(lines, shapely.Point(place), ROUNDING_M))
            at = at[np.hypot(*(ends[at] - place).transpose(2, 0, 1)).min(axis=1) > ROUNDING_M]
            along = ends[at, 1] - ends[at, 0]
            sides = np.array([_cross_product(along, (other - place)[None, :]) for other in beside])
            crossed[at[(sides.min(axis=0) < -1e-6) & (sides.max(axis=0) > 1e-6)]] = True
        return crossed


def corners_of(rings: Sequence[Sequence[int]], within: shapely.Geometry, xy: XY) -> dict[int, tuple[int, ...]]:
    """Nodes where an outline turns into the area: a way around an obstacle bends there.

    Parameters
    ----------
    rings
        Node ids of outlines and of obstacles, the first repeated at the end.
    within
        The area, as :func:`grown` makes it.
    xy
        Where the nodes are.

    Returns
    -------
    dict
        Node ids with those of their neighbours.
    """
    nodes, before, after = ([node for ring in rings for node in np.roll(ring[:-1], by).tolist()] for by in (0, 1, -1))
    if not nodes:
        return {}
    a, b, c = (np.array([xy[node] for node in names]) for names in (before, nodes, after))
    one, other = b - a, c - b
    one_m, other_m = np.hypot(*one.T), np.hypot(*other.T)
    bent = np.abs(_cross_product(one, other)) > 1e-3 * one_m * other_m
    # The chord beside a corner runs through the area where the corner is no obstacle.
    step = (np.minimum(np.minimum(one_m, other_m), 1.0) / np.maximum([one_m, other_m], 1e-9))[..., None]
    chords = shapely.linestrings(np.stack([b - one * step[0], b + other * step[1]], axis=1))
    rows = np.flatnonzero(bent & ~shapely.covers(within, chords))
    return {nodes[row]: (before[row], after[row]) for row in rows}


def pairs_in_sight(
    nodes: Sequence[int],
    corners: Mapping[int, tuple[int, ...]],
    xy: XY,
    within: shapely.Geometry,
    walls: Walls,
) -> list[tuple[int, int]]:
    """The pairs of nodes that see each other.

    Lines to a corner that do not lead around it are left out: no shortest way has them.

    Parameters
    ----------
    nodes
        Ids, each once.
    corners
        Those of them that are corners, with the nodes beside them.
    xy
        Where all these are.
    within
        The area, as :func:`grown` makes it.
    walls
        What the lines do not cross.

    Returns
    -------
    list of pairs of ids
    """
    if len(nodes) < 2:
        return []
    one, other = np.triu_indices(len(nodes), 1)
    at = np.array([xy[node] for node in nodes])
    width = max((len(corners.get(node, ())) for node in nodes), default=0)
    beside = [[*corners.get(node, ()), *([node] * width)][:width] for node in nodes]
    useful = np.ones(len(one), bool)
    for end, far in ((one, other), (other, one)):
        line = at[end] - at[far]
        sides = [
            _cross_product(line, np.array([xy[names[number]] for names in beside])[end] - at[end])
            for number in range(width)
        ]
        if sides:
            useful &= (np.min(sides, axis=0) >= -1e-6) | (np.max(sides, axis=0) <= 1e-6)
    one, other = one[useful], other[useful]
    lines = shapely.linestrings(np.stack([at[one], at[other]], axis=1))
    clear = np.flatnonzero(shapely.covers(within, lines) & ~walls.crossed(lines))
    return [(nodes[a], nodes[b]) for a, b in zip(one[clear].tolist(), other[clear].tolist(), strict=True)]


def grown(polygon: shapely.Geometry) -> shapely.Geometry:
    """An area and what rounding may add to it.

    Parameters
    ----------
    polygon
        In metres.

    Returns
    -------
    Geometry, wider by :data:`ROUNDING_M`.
    """
    return shapely.buffer(polygon, ROUNDING_M, join_style="mitre")


def _cross_product(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    crossed: NDArray[np.float64] = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return crossed
