"""Where walking off the street ends in water: a field on the lattice of the isochrones."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.transform import Affine

from tesoma_geo._arrays import Float32, Int64
from tesoma_geo.errors import InputError
from tesoma_geo.network.isochrones.contours import PARTS, crossing
from tesoma_geo.network.isochrones.lattice import Lattice

#: The field is worked out this far from a shoreline, in steps, and is level beyond.
_DEPTH = 1.5


@dataclass(frozen=True)
class Water:
    """Lakes and wide rivers, which no isochrone covers.

    Attributes
    ----------
    wkb
        Polygons in the metric CRS of the streets, as well-known binary: equal waters are equal.
    """

    wkb: tuple[bytes, ...]

    @classmethod
    def of(cls, polygons: Iterable[Any], within: tuple[float, float, float, float] | None = None) -> "Water":
        """Take shapely polygons, or those parts of them in a rectangle.

        Work and memory grow with the rectangle around the water: name the study area when the water
        reaches far beyond it.

        Parameters
        ----------
        polygons
            Shapely geometries in the metric CRS of the streets; points and lines among them are left out.
        within
            The rectangle: x and y from, x and y to. All otherwise.

        Returns
        -------
        Water

        Raises
        ------
        InputError
            What is no geometry.
        """
        if isinstance(polygons, str) or not isinstance(polygons, Iterable):
            raise InputError(f"water is {polygons!r:.60}", "Give polygons in the CRS of the streets")
        given = list(polygons)
        strange = next((one for one in given if one is not None and not isinstance(one, shapely.Geometry)), None)
        if strange is not None:
            raise InputError(f"water holds {strange!r:.60}, no polygon", "Give polygons in the CRS of the streets")
        shapes = np.empty(len(given), object)
        shapes[:] = given
        if within is not None:
            shapes = shapely.clip_by_rect(shapes, *within)
        # Mending a polygon can leave lines beside it, in a collection.
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shapes)))
        areas = parts[(shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)]
        return cls(tuple(shapely.to_wkb(areas)))

    def land(self, step_m: float) -> "Land":
        """The land field on a lattice around the water, worked out once.

        Parameters
        ----------
        step_m
            Distance between neighbours, in metres.

        Returns
        -------
        Land
        """
        return _land(self, step_m)


@dataclass(frozen=True, eq=False)
class Land:
    """A field that is negative on land and positive in water, in steps from the shoreline.

    Drawn as :mod:`tesoma_geo.network.isochrones.contours` draws, the land of this field shares no area with the
    water, however narrow; beyond the lattice is land.

    Attributes
    ----------
    lattice
        Where the points lie.
    field
        float32 ``[row, column]``.
    wet_before
        Summed-area table of the points in water, one row and one column longer.
    """

    lattice: Lattice
    field: NDArray[np.float32]
    wet_before: NDArray[np.int32]

    @classmethod
    def dry(cls, step_m: float) -> "Land":
        """Land everywhere.

        Parameters
        ----------
        step_m
            Distance between neighbours, in metres.

        Returns
        -------
        Land
            On a lattice of one point.
        """
        field = np.full((1, 1), -_DEPTH, np.float32)
        return cls(Lattice(step_m, 0, 0, 1, 1), field, np.zeros((2, 2), np.int32))

    def raise_excess(self, excess: NDArray[np.float32], lattice: Lattice) -> None:
        """Lift an excess to at least this field, so that it is positive in water.

        Parameters
        ----------
        excess
            float32 ``[..., row, column]`` in steps, changed in place.
        lattice
            Where its points lie; of the step of this land.
        """
        here, there = self._overlap(lattice)
        np.maximum(excess[..., here[0], here[1]], self.field[there], out=excess[..., here[0], here[1]])

    def seen_from(self, lattice: Lattice) -> tuple[NDArray[np.float32], NDArray[np.int32], int, int]:
        """What the kernels take to look at this land from another lattice.

        Parameters
        ----------
        lattice
            The other one, of the same step.

        Returns
        -------
        The field, its table of wet points, and the column and row in them where ``lattice`` begins.
        """
        mine = self.lattice
        return self.field, self.wet_before, lattice.column - mine.column, lattice.row - mine.row

    def wet_on(self, lattice: Lattice) -> NDArray[np.bool_]:
        """Which points of a lattice lie in water.

        Parameters
        ----------
        lattice
            Of the same step.

        Returns
        -------
        bool ``[row, column]``.
        """
        wet = np.zeros((lattice.height, lattice.width), bool)
        here, there = self._overlap(lattice)
        wet[here] = self.field[there] > 0
        return wet

    def _overlap(self, lattice: Lattice) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
        """The rows and columns that both lattices have, in the other's numbers and in this one's."""
        mine = self.lattice
        rows = max(lattice.row, mine.row), min(lattice.row + lattice.height, mine.row + mine.height)
        columns = (
            max(lattice.column, mine.column),
            min(lattice.column + lattice.width, mine.column + mine.width),
        )

        def numbered(of: Lattice) -> tuple[slice, slice]:
            south, west = rows[0] - of.row, columns[0] - of.column
            return (
                slice(south, south + max(0, rows[1] - rows[0])),
                slice(west, west + max(0, columns[1] - columns[0])),
            )

        return numbered(lattice), numbered(mine)


@lru_cache(maxsize=8)
def _land(water: Water, step_m: float) -> Land:
    if not water.wkb:
        return Land.dry(step_m)
    polygons = shapely.from_wkb(water.wkb)
    lattice = Lattice.around(tuple(shapely.total_bounds(polygons)), 3 * step_m, step_m)
    west, south = lattice.column * step_m, lattice.row * step_m

    def burnt(shapes: NDArray[Any], half: float, touched: bool) -> NDArray[np.bool_]:
        corner = Affine(step_m, 0, west - half * step_m, 0, step_m, south - half * step_m)
        size = (lattice.height, lattice.width)
        return np.asarray(rasterize(shapes, size, transform=corner, all_touched=touched, dtype="uint8") > 0)

    wet = burnt(polygons, 0.5, touched=False)
    from scipy.ndimage import binary_dilation

    # Squares between four points, by the south-western one; a neighbour in case a line only grazes.
    shores = shapely.boundary(polygons)
    squares = np.argwhere(binary_dilation(burnt(shores, 0.0, touched=True), np.ones((3, 3), bool)))
    rows, columns = _corners(squares, wet.shape)
    points = shapely.points(west + columns * step_m, south + rows * step_m)
    distance = np.clip(_distance_to_lines(points, shores) / step_m, 1e-3, _DEPTH)
    field = np.where(wet, _DEPTH, -_DEPTH).astype(np.float32)
    field[rows, columns] = np.where(wet[rows, columns], distance, -distance)

    # Push the land back from the water, a little a round, wherever the squares still share area.
    tree = shapely.STRtree(polygons)
    while len(squares):
        spanning, some_land = _inside_points(field, squares)
        squares, spanning = squares[some_land], spanning[some_land] * (step_m / PARTS) + (west, south)
        clash = np.unique(tree.query(shapely.convex_hull(shapely.linestrings(spanning)), "intersects")[0])
        squares = squares[clash]
        rows, columns = _corners(squares, wet.shape)
        field[rows, columns] = np.minimum(field[rows, columns] + 0.125, _DEPTH)
    wet_before = np.zeros((lattice.height + 1, lattice.width + 1), np.int32)
    wet_before[1:, 1:] = (field > 0).cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)
    return Land(lattice, field, wet_before)


def _distance_to_lines(points: NDArray[Any], lines: NDArray[Any]) -> NDArray[np.float64]:
    """Distance of each point to the nearest of the lines, by a tree of their straight segments."""
    coordinates, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    joined = line[1:] == line[:-1]
    segments = shapely.linestrings(np.stack((coordinates[:-1][joined], coordinates[1:][joined]), axis=1))
    (_, _), distance = shapely.STRtree(segments).query_nearest(points, return_distance=True, all_matches=False)
    return np.asarray(distance)


def _corners(squares: NDArray[np.int64], shape: tuple[int, ...]) -> tuple[NDArray[np.int64], ...]:
    """Rows and columns of the points at the corners of the squares, each point once."""
    corner = np.zeros(shape, bool)
    for north, east in ((0, 0), (0, 1), (1, 0), (1, 1)):
        corner[squares[:, 0] + north, squares[:, 1] + east] = True
    return np.nonzero(corner)


@njit(cache=True)
def _inside_points(field: Float32, squares: Int64) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Corners and crossings (x, y) that span the inside of each square, in parts of a step.

    The second array tells which squares have an inside at all.
    """
    some = np.zeros(len(squares), np.bool_)
    spanning = np.empty((len(squares), 8, 2), np.float64)
    for square in range(len(squares)):
        used = 0
        for side in range(4):
            following = (side + 1) % 4
            ax, ay = squares[square, 1] + (side in (1, 2)), squares[square, 0] + (side >= 2)
            bx, by = squares[square, 1] + (following in (1, 2)), squares[square, 0] + (following >= 2)
            a, b = np.float64(field[ay, ax]), np.float64(field[by, bx])
            if a < 0:
                spanning[square, used, 0], spanning[square, used, 1] = ax * PARTS, ay * PARTS
                used += 1
            if (a < 0) != (b < 0):
                part = crossing(a, b) if a < 0 else PARTS - crossing(b, a)
                spanning[square, used, 0] = ax * PARTS + (bx - ax) * part
                spanning[square, used, 1] = ay * PARTS + (by - ay) * part
                used += 1
        some[square] = used > 0
        # A hull does not mind a point more than once.
        spanning[square, used:, :] = spanning[square, 0, :]
    return spanning, some
