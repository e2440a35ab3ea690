"""What lies between a point and a street: water, railway lines, fences and walls."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray

#: What crosses more water than this between a point and the nearest street is on no street, in metres.
MOST_WATER_M = 20.0
#: So far from the point and from the street an obstacle is not yet between them: a wall of the point's own house, a
#: fence drawn on the street, in metres.
BESIDE_M = 0.5


@dataclass(frozen=True, eq=False)
class Obstacles:
    """Lines and waters that nobody crosses on the way to a street.

    Attributes
    ----------
    lines
        Fences, walls, railway lines and rivers in the network's CRS, shape (l,).
    water
        Polygons of water, shape (w,).
    line_tree, water_tree
        Spatial indexes of both.
    """

    lines: NDArray[np.object_]
    water: NDArray[np.object_]
    line_tree: shapely.STRtree
    water_tree: shapely.STRtree

    @classmethod
    def of(cls, lines: Iterable[shapely.Geometry], water: Iterable[shapely.Geometry]) -> Self:
        """Obstacles, ready to be asked.

        Parameters
        ----------
        lines
            Lines in the network's CRS.
        water
            Polygons in the same.

        Returns
        -------
        Obstacles
            With indexes of both.
        """
        fences, lakes = (np.array(list(shapes), object) for shapes in (lines, water))
        return cls(fences, lakes, shapely.STRtree(fences), shapely.STRtree(lakes))

    def content(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """What tells these obstacles from others.

        Returns
        -------
        tuple of object arrays
            Lines and water.
        """
        return self.lines, self.water

    @classmethod
    def none(cls) -> Self:
        """No obstacles.

        Returns
        -------
        Obstacles
            Empty.
        """
        return cls.of((), ())

    def __bool__(self) -> bool:
        return bool(len(self.lines) or len(self.water))

    def and_water(self, water: Iterable[shapely.Geometry]) -> Self:
        """These obstacles and more water.

        Parameters
        ----------
        water
            Polygons in the network's CRS.

        Returns
        -------
        Obstacles
            These stay as they are.
        """
        return type(self).of(self.lines, [*self.water, *water])

    def crossed(self, begin: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of some straight ways cross an obstacle, shape (k,).

        Parameters
        ----------
        begin, end
            Points and places on streets, shape (k, 2).

        Returns
        -------
        bool array of shape (k,).
        """
        crossed = np.zeros(len(begin), bool)
        rows, ways = between(begin, end)
        if not len(rows):
            return crossed
        if len(self.lines):
            crossed[rows[np.unique(self.line_tree.query(ways, predicate="intersects")[0])]] = True
        crossed[rows[self._water_m(ways) > BESIDE_M]] = True
        return crossed

    def over_water(self, begin: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of some straight ways cross more than :data:`MOST_WATER_M` of water, shape (k,).

        Parameters
        ----------
        begin, end
            Points and places on streets, shape (k, 2).

        Returns
        -------
        bool array of shape (k,).
        """
        over = np.zeros(len(begin), bool)
        rows, ways = between(begin, end)
        over[rows] = self._water_m(ways) > MOST_WATER_M
        return over

    def _water_m(self, ways: NDArray[np.object_]) -> NDArray[np.float64]:
        """Metres of water under each way."""
        if not len(self.water) or not len(ways):
            return np.zeros(len(ways))
        way, lake = self.water_tree.query(ways, predicate="intersects")
        metres = shapely.length(shapely.intersection(ways[way], self.water[lake]))
        by_way: NDArray[np.float64] = np.bincount(way, metres, minlength=len(ways)).astype(float)
        return by_way


def between(begin: NDArray[np.float64], end: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """What lies between the ends of straight ways, and of which ways there is such a part.

    Parameters
    ----------
    begin, end
        Points and places on streets, shape (k, 2).

    Returns
    -------
    tuple
        Numbers of the ways longer than twice :data:`BESIDE_M`, and their lines without so much at both ends.
    """
    length_m = np.hypot(*(end - begin).T)
    rows = np.flatnonzero(length_m > 2 * BESIDE_M)
    share = (BESIDE_M / length_m[rows])[:, None]
    first, last = begin[rows], end[rows]
    ends = np.stack([first + share * (last - first), last - share * (last - first)], axis=1)
    return rows, shapely.linestrings(ends) if len(rows) else np.empty(0, object)
