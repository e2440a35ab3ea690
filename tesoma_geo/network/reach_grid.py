"""Spread times along streets, and a little way off them, onto a square lattice of points.

Lengths inside are in lattice steps, so that the loops hold no unit conversions; times are seconds.
"""

from dataclasses import dataclass
from math import ceil, floor, hypot, sqrt

import numpy as np
from numba import njit

#: Stands for "never" inside the kernels: finite, so that no product of it is NaN.
NEVER = np.float32(1e9)

ZERO, ONE = np.float32(0), np.float32(1)

#: How far beyond its zero the excess field is worked out, in steps: a boundary is interpolated
#: between neighbours one step apart, and both of them must hold true values.
MARGIN = 1.25


@dataclass(frozen=True)
class Lattice:
    """Points at whole multiples of a step, rows from south to north.

    Attributes
    ----------
    step_m
        Distance between neighbours, in metres.
    column, row
        The south-western point lies at ``(column * step_m, row * step_m)`` in the metric CRS.
    width, height
        Number of points eastwards and northwards.
    """

    step_m: float
    column: int
    row: int
    width: int
    height: int

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], margin_m: float, step_m: float) -> "Lattice":
        """The smallest lattice that covers ``bounds`` (x and y from, x and y to) and a margin."""
        column = floor((bounds[0] - margin_m) / step_m)
        row = floor((bounds[1] - margin_m) / step_m)
        width = ceil((bounds[2] + margin_m) / step_m) - column + 1
        height = ceil((bounds[3] + margin_m) / step_m) - row + 1
        return cls(step_m, column, row, width, height)


@njit(cache=True)
def reached_edges(x, y, tail, head, times_s, within_s, reached, bounds):  # type: ignore[no-untyped-def]
    """Write the edges with an end nearer than ``within_s`` and where they lie; return how many."""
    count = 0
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for edge in range(len(tail)):
        a, b = tail[edge], head[edge]
        if times_s[a] < within_s or times_s[b] < within_s:
            reached[count] = edge
            count += 1
            west, east = min(west, x[a], x[b]), max(east, x[a], x[b])
            south, north = min(south, y[a], y[b]), max(north, y[a], y[b])
    bounds[0], bounds[1], bounds[2], bounds[3] = west, south, east, north
    return count


@njit(cache=True, inline="always")
def _row_span(ax, bx, ay, by, row, radius, width):  # type: ignore[no-untyped-def]
    """First and one-past-last column of a row that can lie within ``radius`` of the segment."""
    low, high = 0.0, 1.0
    rise = by - ay
    if abs(rise) > 1e-6:
        first, second = (row - radius - ay) / rise, (row + radius - ay) / rise
        low, high = max(low, min(first, second)), min(high, max(first, second))
    start, end = ax + low * (bx - ax), ax + high * (bx - ax)
    return max(0, ceil(min(start, end) - radius)), min(width, floor(max(start, end) + radius) + 1)


@njit(cache=True)
def _wet(land, column, row):  # type: ignore[no-untyped-def]
    """Whether the land field, interpolated between its four neighbours, is water here."""
    i, j = floor(column), floor(row)
    if i < 0 or j < 0 or j + 1 >= land.shape[0] or i + 1 >= land.shape[1]:
        return False
    u, v = column - i, row - j
    south = land[j, i] * (1 - u) + land[j, i + 1] * u
    north = land[j + 1, i] * (1 - u) + land[j + 1, i + 1] * u
    return south * (1 - v) + north * v > 0


@njit(cache=True)
def _crosses_water(land, column, row, foot_column, foot_row):  # type: ignore[no-untyped-def]
    """Whether water lies between a point and its foot on the street.

    The last step before the foot is not looked at: the lattice knows a shoreline to a step, and a
    street may run along it.
    """
    length = hypot(foot_column - column, foot_row - row)
    samples = ceil((length - 1.0) * 3.0)
    for sample in range(samples):
        part = sample / 3.0 / length
        if _wet(land, column + part * (foot_column - column), row + part * (foot_row - row)):
            return True
    return False


@njit(cache=True)
def _near_water(wet_before, west, south, east, north):  # type: ignore[no-untyped-def]
    """Whether a rectangle of the land field holds water, by its summed-area table."""
    top, right = wet_before.shape[0] - 1, wet_before.shape[1] - 1
    i0, i1 = min(max(west, 0), right), min(max(east, 0), right)
    j0, j1 = min(max(south, 0), top), min(max(north, 0), top)
    return wet_before[j1, i1] - wet_before[j0, i1] - wet_before[j1, i0] + wet_before[j0, i0] > 0


@njit(cache=True)
def _lower(  # type: ignore[no-untyped-def]
    line, dx, dy, ex, ey, per_square, from_a, ab, from_b, ba, offset, speed, cutoff_s
):
    """Lower a run of points to what one piece of street gives; the first lies (dx, dy) from its start.

    Written so that it compiles to SIMD instructions: one array, single precision throughout, and
    comparisons rather than ``min`` and ``max``, which look for NaN.
    """
    for i in range(len(line)):
        x = dx + np.float32(np.int32(i))
        part = (x * ex + dy * ey) * per_square
        part = part if part > ZERO else ZERO
        part = part if part < ONE else ONE
        one_way, other_way = from_a + part * ab, from_b + (ONE - part) * ba
        spare = (cutoff_s - (one_way if one_way < other_way else other_way)) * speed
        spare = spare if spare < offset else offset
        off_x, off_y = x - part * ex, dy - part * ey
        value = sqrt(off_x * off_x + off_y * off_y) - spare
        line[i] = value if value < line[i] else line[i]


@njit(cache=True)
def spread_excess(  # type: ignore[no-untyped-def]
    excess, pieces, cutoffs_s, offset, speed, land, wet_before, land_column, land_row
):
    """Lower ``excess[cutoff, row, column]`` to what each straight piece of street gives.

    The excess of a point is how much farther from the street it lies than the cutoff allows: its
    distance to the piece less ``min(offset, (cutoff - time there) * speed)``. It is negative where
    the point is reached, zero on the isochrone, and runs evenly through it.

    A piece that is wholly reached with time to spare counts only in the first cutoff of which that
    is true; the caller takes the running minimum over the cutoffs.
    """
    _, height, width = excess.shape
    radius = offset + MARGIN
    ax, ay, bx, by, times_a, times_b, seconds_ab, seconds_ba = pieces
    for piece in range(len(ax)):
        from_a = times_a[piece] if seconds_ab[piece] < NEVER else NEVER
        from_b = times_b[piece] if seconds_ba[piece] < NEVER else NEVER
        ab, ba = min(seconds_ab[piece], NEVER), min(seconds_ba[piece], NEVER)
        soonest = min(from_a, from_b)
        if soonest >= cutoffs_s[-1]:
            continue
        # Reached from both ends the latest point is where the two meet, from one the other end.
        latest = min(from_a + ab, from_b + ba)
        if from_a <= from_b + ba and from_b <= from_a + ab and ab + ba > 0:
            latest = (from_a * ba + from_b * ab + ab * ba) / (ab + ba)
        first = 0
        while cutoffs_s[first] <= soonest:
            first += 1
        last = first
        while last < len(cutoffs_s) - 1 and (cutoffs_s[last] - latest) * speed < offset:
            last += 1

        x0, y0 = ax[piece], ay[piece]
        ex, ey = bx[piece] - x0, by[piece] - y0
        per_square = np.float32(1.0) / max(ex * ex + ey * ey, np.float32(1e-6))
        south = max(0, ceil(min(y0, by[piece]) - radius))
        north = min(height, floor(max(y0, by[piece]) + radius) + 1)
        shore = _near_water(
            wet_before,
            floor(min(x0, bx[piece]) - radius) + land_column, south + land_row - 1,
            ceil(max(x0, bx[piece]) + radius) + land_column + 1, north + land_row + 1,
        )  # fmt: skip
        for row in range(south, north):
            start, end = _row_span(x0, bx[piece], y0, by[piece], row, radius, width)
            dy = np.float32(row) - y0
            for k in range(first, last + 1):
                if not shore:
                    _lower(
                        excess[k, row, start:end], np.float32(start) - x0, dy, ex, ey, per_square,
                        from_a, ab, from_b, ba, offset, speed, cutoffs_s[k],
                    )  # fmt: skip
                    continue
                for column in range(start, end):
                    dx = np.float32(column) - x0
                    part = min(max((dx * ex + dy * ey) * per_square, ZERO), ONE)
                    value = excess[k, row, column : column + 1].copy()
                    before = value[0]
                    _lower(value, dx, dy, ex, ey, per_square, from_a, ab, from_b, ba, offset, speed, cutoffs_s[k])
                    if value[0] < before and not _crosses_water(
                        land, column + land_column, row + land_row,
                        x0 + part * ex + land_column, y0 + part * ey + land_row,
                    ):  # fmt: skip
                        excess[k, row, column] = value[0]


@njit(cache=True)
def spread_times(  # type: ignore[no-untyped-def]
    times, pieces, within_s, offset, speed, land, wet_before, land_column, land_row
):
    """Lower ``times[row, column]`` to the time on each piece of street and the walk off it."""
    height, width = times.shape
    ax, ay, bx, by, times_a, times_b, seconds_ab, seconds_ba = pieces
    for piece in range(len(ax)):
        from_a = times_a[piece] if seconds_ab[piece] < NEVER else NEVER
        from_b = times_b[piece] if seconds_ba[piece] < NEVER else NEVER
        ab, ba = min(seconds_ab[piece], NEVER), min(seconds_ba[piece], NEVER)
        if min(from_a, from_b) >= within_s:
            continue
        x0, y0 = ax[piece], ay[piece]
        ex, ey = bx[piece] - x0, by[piece] - y0
        per_square = np.float32(1.0) / max(ex * ex + ey * ey, np.float32(1e-6))
        south = max(0, ceil(min(y0, by[piece]) - offset))
        north = min(height, floor(max(y0, by[piece]) + offset) + 1)
        shore = _near_water(
            wet_before,
            floor(min(x0, bx[piece]) - offset) + land_column, south + land_row - 1,
            ceil(max(x0, bx[piece]) + offset) + land_column + 1, north + land_row + 1,
        )  # fmt: skip
        for row in range(south, north):
            start, end = _row_span(x0, bx[piece], y0, by[piece], row, offset, width)
            dy = np.float32(row) - y0
            for column in range(start, end):
                dx = np.float32(column) - x0
                part = min(max((dx * ex + dy * ey) * per_square, np.float32(0)), np.float32(1))
                off_x, off_y = dx - part * ex, dy - part * ey
                distance = sqrt(off_x * off_x + off_y * off_y)
                time = min(from_a + part * ab, from_b + (np.float32(1) - part) * ba) + distance / speed
                if distance > offset or time > within_s or time >= times[row, column]:
                    continue
                if shore and _crosses_water(
                    land, column + land_column, row + land_row,
                    x0 + part * ex + land_column, y0 + part * ey + land_row,
                ):  # fmt: skip
                    continue
                times[row, column] = time
