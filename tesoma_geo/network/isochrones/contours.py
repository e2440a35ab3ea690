"""Polygons of where a field on a square lattice is below zero, one a layer, exactly nested.

Marching squares with linear interpolation. Where two opposite corners of a square are inside they
are taken to be joined, so that the inside of every square is the convex hull of its inside corners
and the crossings on its sides. Therefore, when a layer is nowhere above another at the lattice
points, its polygon lies inside the other's: every crossing moves outwards, never inwards, and a hull
of more is more. Crossings are kept to 1/256 of a step, computed so that rounding keeps the order.
"""

from typing import Any

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray

from tesoma_geo._arrays import Float32, Int32, Int64

#: Crossings on the side of a square fall on these parts of it, the two corners left out: a ring
#: can then not touch itself.
PARTS = 256

#: Pieces and holes below this area are dropped, in squares of the lattice. A hole this small has no
#: lattice point that is not next to its ring, so what is known along the ring is known of all of it.
SPECK = 2


@njit(cache=True, inline="always")
def crossing(inside: float, outside: float) -> int:
    """Where a field crosses zero between two neighbours, in parts of the step from the inside one.

    Division, addition and rounding each keep the order of their arguments, and so does the whole:
    the lower the two values, the farther out the crossing, to the bit.

    Parameters
    ----------
    inside : float
        The field at the one neighbour, negative.
    outside : float
        The field at the other one, 0 or more.

    Returns
    -------
    int
        From 1 to ``PARTS - 1``.
    """
    part = int(PARTS / (1.0 + outside / -inside) + 0.5)
    return min(max(part, 1), PARTS - 1)


@njit(cache=True)
def _grown(array: NDArray[Any]) -> NDArray[Any]:
    longer = np.empty((2 * len(array), *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


@njit(cache=True)
def _rings(field: Float32, keep_hole: NDArray[np.bool_]) -> tuple[Int32, Int64, Int64, Int64, NDArray[np.bool_]]:
    """Boundaries of ``field < 0`` layer by layer, inside on the left.

    Returns points (column, row, in parts of a step), the end of every ring, the ring it is a hole in
    (itself when it is an outer one), its layer and whether it is large enough to keep.
    """
    layers, height, width = field.shape
    points = np.empty((4096, 2), np.int32)
    ends = np.empty(256, np.int64)
    owner = np.empty(256, np.int64)
    layer_of = np.empty(256, np.int64)
    kept = np.empty(256, np.bool_)
    count, rings = 0, 0
    # The ring through each step from an outside point eastwards to an inside one.
    entered = np.full((height, width), -1, np.int32)
    for layer in range(layers):
        values = field[layer]
        first_ring = rings
        for j in range(1, height - 1):
            left = -1
            for i in range(1, width):
                if values[j, i] >= 0 or values[j, i - 1] < 0:
                    continue
                if entered[j, i] >= first_ring:
                    left = entered[j, i]
                    continue
                # p is inside, q outside, and the ring runs on between them, p on its left.
                px, py, qx, qy = i, j, i - 1, j
                doubled_area = 0
                keep = False
                start = count
                while True:
                    if count + 2 > len(points):
                        points = _grown(points)
                    part = crossing(np.float64(values[py, px]), np.float64(values[qy, qx]))
                    points[count, 0] = px * PARTS + (qx - px) * part
                    points[count, 1] = py * PARTS + (qy - py) * part
                    if count > start:
                        doubled_area += np.int64(points[count - 1, 0]) * points[count, 1]
                        doubled_area -= np.int64(points[count, 0]) * points[count - 1, 1]
                    count += 1
                    if qx < px:
                        entered[py, px] = rings
                    keep |= keep_hole[qy, qx]
                    ahead_x, ahead_y = py - qy, qx - px
                    if values[qy + ahead_y, qx + ahead_x] < 0:
                        px, py = qx + ahead_x, qy + ahead_y
                    elif values[py + ahead_y, px + ahead_x] < 0:
                        px, py, qx, qy = px + ahead_x, py + ahead_y, qx + ahead_x, qy + ahead_y
                    else:
                        qx, qy = px + ahead_x, py + ahead_y
                    if px == i and py == j and qx == i - 1 and qy == j:
                        break
                points[count] = points[start]
                doubled_area += np.int64(points[count - 1, 0]) * points[count, 1]
                doubled_area -= np.int64(points[count, 0]) * points[count - 1, 1]
                count += 1
                if rings == len(ends):
                    ends, owner, layer_of, kept = _grown(ends), _grown(owner), _grown(layer_of), _grown(kept)
                ends[rings] = count
                layer_of[rings] = layer
                large = abs(doubled_area) >= 2 * SPECK * PARTS * PARTS
                if doubled_area > 0:
                    owner[rings] = rings
                    kept[rings] = large
                else:
                    # A hole is first met in its lowest row; what lies left of it there surrounds it.
                    owner[rings] = owner[left]
                    kept[rings] = large or keep
                left = rings
                rings += 1
    return points[:count], ends[:rings], owner[:rings], layer_of[:rings], kept[:rings]


def polygons_below_zero(
    field: NDArray[np.float32],
    origin: tuple[float, float],
    step: float,
    keep_hole: NDArray[np.bool_] | None = None,
) -> NDArray[Any]:
    """Outline where a field on a lattice is negative.

    Parameters
    ----------
    field
        Values ``[layer, row, column]``, rows northwards; the outermost points must not be negative.
        Between neighbours it is taken to run linearly.
    origin, step
        Coordinates of ``field[:, 0, 0]`` and the distance between neighbours.
    keep_hole
        Points ``[row, column]`` that no polygon may cover for the sake of smoothness. Other holes
        below two squares are filled, and so are lone pieces of that size dropped.

    Returns
    -------
    numpy.ndarray
        A valid ``MultiPolygon`` a layer, empty where nothing is negative. When layer ``a`` is nowhere
        below layer ``b``, polygon ``a`` lies in polygon ``b``, to the bit.
    """
    if keep_hole is None:
        keep_hole = np.zeros(field.shape[1:], bool)
    points, ends, owner, layer, kept = _rings(field, keep_hole)
    chosen = np.flatnonzero(kept & kept[owner])
    chosen = chosen[np.argsort(owner[chosen], kind="stable")]
    lengths = np.diff(ends, prepend=0)[chosen]
    ring_offsets = np.concatenate(([0], np.cumsum(lengths)))
    # Each chosen ring's points, one run after another.
    rows = np.arange(ring_offsets[-1]) + np.repeat(ends[chosen] - ring_offsets[1:], lengths)
    coordinates = np.asarray(origin) + points[rows] * (step / PARTS)
    outer = np.flatnonzero(owner[chosen] == chosen)
    polygon_offsets = np.concatenate((outer, [len(chosen)]))
    multi_offsets = np.searchsorted(layer[chosen[outer]], np.arange(len(field) + 1))
    return np.asarray(
        shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON, coordinates, (ring_offsets, polygon_offsets, multi_offsets)
        )
    )
