"""Spread times along streets, and a little way off them, onto a square lattice of points.

Lengths inside are in lattice steps, so that the loops hold no unit conversions; times are seconds.
"""

from dataclasses import dataclass
from math import ceil, floor, hypot, sqrt
from typing import TypeAlias

import numpy as np
from numba import njit

from tesoma_geo._arrays import Float32, Int32

#: Stands for "never" inside the kernels: finite, so that no product of it is NaN.
NEVER = np.float32(1e9)

#: Times closer than this are the same: single precision holds a half hour to a tenth of it.
SAME_S = np.float32(1e-3)

#: No point is nearer to a street than this, in steps: then leaving at once means so on it, too.
HAIR = np.float32(1e-3)

#: What the kernels reckon with, single precision throughout.
Real: TypeAlias = np.float32

ZERO, ONE, TINY = np.float32(0), np.float32(1), np.float32(1e-6)

#: How far beyond its zero the excess field is worked out, in steps. A boundary is interpolated between
#: neighbours one step apart, and over a step the field rises by at most a step.
MARGIN = 1.0


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
        """The smallest lattice that covers a rectangle and a margin.

        Parameters
        ----------
        bounds
            The rectangle in the metric CRS: x and y from, x and y to.
        margin_m
            How far beyond it, in metres.
        step_m
            Distance between neighbours, in metres.

        Returns
        -------
        Lattice
        """
        column = floor((bounds[0] - margin_m) / step_m)
        row = floor((bounds[1] - margin_m) / step_m)
        width = ceil((bounds[2] + margin_m) / step_m) - column + 1
        height = ceil((bounds[3] + margin_m) / step_m) - row + 1
        return cls(step_m, column, row, width, height)


@njit(cache=True)
def reached_edges(at_tail_s: Float32, at_head_s: Float32, within_s: np.float32) -> Int32:
    """The edges with an end nearer than a time.

    Parameters
    ----------
    at_tail_s, at_head_s : float32[m]
        Seconds at the ends of each edge.
    within_s : float32
        The time, in seconds.

    Returns
    -------
    int32[k]
        Rows of the edges, ascending.
    """
    reached = np.empty(len(at_tail_s), np.int32)
    count = 0
    for edge in range(len(at_tail_s)):
        if at_tail_s[edge] < within_s or at_head_s[edge] < within_s:
            reached[count] = edge
            count += 1
    return reached[:count]


@njit(cache=True, inline="always")
def _row_span(ax: float, bx: float, ay: float, by: float, row: int, radius: Real, width: int) -> tuple[int, int]:
    """First and one-past-last column of a row that can lie within ``radius`` of the segment."""
    low, high = 0.0, 1.0
    rise = by - ay
    if abs(rise) > 1e-6:
        first, second = (row - radius - ay) / rise, (row + radius - ay) / rise
        low, high = max(low, float(min(first, second))), min(high, float(max(first, second)))
    start, end = ax + low * (bx - ax), ax + high * (bx - ax)
    return max(0, ceil(min(start, end) - radius)), min(width, floor(max(start, end) + radius) + 1)


@njit(cache=True, inline="always")
def _foot(x: Real, y: Real, ux: Real, uy: Real, length: float, lead: Real, spared: Real) -> float | Real:
    """Where along a piece of street to leave it for a point (x, y) from its start, in steps.

    ``(ux, uy)`` is the piece's direction. Leaving ``lead`` times the point's distance from the line
    before the point's projection is soonest (as light refracts). The walk has a limit, though, and
    up to ``spared`` along the piece there is time for all of it: no use in leaving before that.
    """
    along = x * ux + y * uy
    off = abs(x * uy - y * ux)
    latest = along if along < spared else spared
    best = along - lead * (off + HAIR)
    best = best if best > latest else latest
    best = best if best > ZERO else ZERO
    return best if best < length else length


@njit(cache=True)
def _lower(
    points: Float32,
    first: int,
    count: int,
    x: Real,
    y: Real,
    ux: Real,
    uy: Real,
    length: float,
    lead: Real,
    spared: Real,
    soonest: Real,
    per_step: Real,
    offset: Real,
    speed: Real,
    cutoff_s: Real,
) -> None:
    """Lower a run of points to what one piece of street gives; the first lies (x, y) from its start.

    Written so that it compiles to SIMD instructions: one array, single precision throughout,
    comparisons rather than ``min`` and ``max`` (which look for NaN), and an unsigned index (which
    cannot count from the end).
    """
    for i in range(count):
        at_x = x + np.float32(np.int32(i))
        foot = _foot(at_x, y, ux, uy, length, lead, spared)
        spare = (cutoff_s - soonest - foot * per_step) * speed
        spare = spare if spare < offset else offset
        off_x, off_y = at_x - foot * ux, y - foot * uy
        value = sqrt(off_x * off_x + off_y * off_y) - spare
        index = np.uint64(first) + np.uint64(i)
        points[index] = value if value < points[index] else points[index]


@njit(cache=True)
def _wet(land: Float32, column: Real, row: Real) -> bool:
    """Whether the land field, interpolated between its four neighbours, is water here."""
    i, j = floor(column), floor(row)
    if i < 0 or j < 0 or j + 1 >= land.shape[0] or i + 1 >= land.shape[1]:
        return False
    u, v = column - i, row - j
    south = land[j, i] * (1 - u) + land[j, i + 1] * u
    north = land[j + 1, i] * (1 - u) + land[j + 1, i + 1] * u
    return bool(south * (1 - v) + north * v > 0)


@njit(cache=True)
def _near_water(wet_before: Int32, west: Real, south: Real, width: Real, height: Real) -> bool:
    """Whether a point of the land field in or next to a rectangle is wet, by its summed-area table."""
    top, right = wet_before.shape[0] - 1, wet_before.shape[1] - 1
    i0, i1 = min(max(floor(west), 0), right), min(max(ceil(west + width) + 1, 0), right)
    j0, j1 = min(max(floor(south), 0), top), min(max(ceil(south + height) + 1, 0), top)
    return bool(wet_before[j1, i1] - wet_before[j0, i1] - wet_before[j1, i0] + wet_before[j0, i0] > 0)


@njit(cache=True)
def _crosses_water(land: Float32, wet_before: Int32, column: int, row: int, to_x: Real, to_y: Real) -> bool:
    """Whether water lies on the way from a point of the land field to its foot on a street.

    The last step before the foot is not looked at: the lattice knows a shoreline to a step, and a
    street may run along it.
    """
    if not _near_water(wet_before, column + min(to_x, ZERO), row + min(to_y, ZERO), abs(to_x), abs(to_y)):
        return False
    length = hypot(to_x, to_y)
    for sample in range(ceil((length - 1.0) * 3.0)):
        walked = sample / 3.0 / length
        if _wet(land, column + walked * to_x, row + walked * to_y):
            return True
    return False


@njit(cache=True, inline="always")
def _lead(per_step: Real, speed: Real) -> Real:
    """How early to leave a street for a place beside it, per distance from the street."""
    # Steps walked off the street in the time of one along it: from 1 on it is best to leave at once.
    slowness = per_step * speed
    return slowness / sqrt(ONE - slowness * slowness) if slowness < ONE - TINY else np.float32(1e6)


@njit(cache=True, inline="always")
def _ends_needed(from_a: Real, from_b: Real, ab: Real, ba: Real) -> range:
    """From which ends (0 is a, 1 is b) to look at a piece: an end reached through the other adds nothing."""
    through_a = from_b > from_a + ab - SAME_S
    through_b = from_a > from_b + ba - SAME_S and not through_a
    return range(int(through_b), 2 - int(through_a))


@njit(cache=True)
def spread_excess(
    excess: Float32,
    pieces: Float32,
    cutoffs_s: Float32,
    offset: np.float32,
    speed: np.float32,
    land: Float32,
    wet_before: Int32,
    land_column: int,
    land_row: int,
) -> None:
    """Lower ``excess[cutoff, row, column]`` to what each straight piece of street gives.

    The excess of a point is how much farther from the street it lies than the cutoff allows: the
    least, over the points of the street, of the distance there less ``min(offset, (cutoff - time
    there) * speed)``. It is negative where the point is reached, zero on the isochrone, and runs
    evenly through it.

    A piece that is wholly reached with time to spare counts only in the first cutoff of which that
    is true; the caller takes the running minimum over the cutoffs.

    Parameters
    ----------
    excess : float32[cutoffs, rows, columns]
        In steps, changed in place; :data:`MARGIN` where no street is near.
    pieces : float32[8, p]
        Of each piece its two ends in steps from the lattice's first point (``ax``, ``ay``, ``bx``, ``by``), the
        seconds at a and at b, and those from a to b and back; :data:`NEVER` for ``inf``.
    cutoffs_s : float32[cutoffs]
        Seconds, ascending.
    offset : float32
        How far off a street places are reached, in steps.
    speed : float32
        Pace off the street, in steps a second.
    land : float32[rows of land, columns of land]
        The field of :class:`tesoma_geo.network.isochrones.water_mask.Land`.
    wet_before : int32[rows of land + 1, columns of land + 1]
        Its summed-area table of the points in water.
    land_column, land_row : int
        Where the lattice begins in the land field.
    """
    _, height, width = excess.shape
    points = excess.reshape(-1)
    radius = offset + MARGIN
    ax, ay, bx, by, times_a, times_b, seconds_ab, seconds_ba = pieces
    for piece in range(len(ax)):
        from_a = times_a[piece] if seconds_ab[piece] < NEVER else NEVER
        from_b = times_b[piece] if seconds_ba[piece] < NEVER else NEVER
        ab, ba = seconds_ab[piece], seconds_ba[piece]
        # Reached from both ends the latest point is where the two meet, from one the other end.
        latest = min(from_a + ab, from_b + ba)
        if from_a <= from_b + ba and from_b <= from_a + ab and ab + ba > 0:
            latest = (from_a * ba + from_b * ab + ab * ba) / (ab + ba)
        length = hypot(bx[piece] - ax[piece], by[piece] - ay[piece])
        per_length = ONE / length if length > 0 else ZERO
        south = max(0, ceil(min(ay[piece], by[piece]) - radius))
        north = min(height, floor(max(ay[piece], by[piece]) + radius) + 1)
        shore = _near_water(
            wet_before,
            min(ax[piece], bx[piece]) - radius + land_column, south + land_row,
            abs(bx[piece] - ax[piece]) + 2 * radius, north - south,
        )  # fmt: skip
        for backwards in _ends_needed(from_a, from_b, ab, ba):
            if backwards:
                x0, y0, soonest, per_step = bx[piece], by[piece], from_b, ba
            else:
                x0, y0, soonest, per_step = ax[piece], ay[piece], from_a, ab
            if soonest >= cutoffs_s[-1]:
                continue
            ux = (ax[piece] - x0 + bx[piece] - x0) * per_length
            uy = (ay[piece] - y0 + by[piece] - y0) * per_length
            per_step *= per_length
            lead = _lead(per_step, speed)
            first = 0
            while cutoffs_s[first] <= soonest:
                first += 1
            last = first
            while last < len(cutoffs_s) - 1 and (cutoffs_s[last] - latest) * speed < offset:
                last += 1
            for row in range(south, north):
                start, end = _row_span(ax[piece], bx[piece], ay[piece], by[piece], row, radius, width)
                # Whole registers are faster than a remainder; what lies beyond stays as it is, at MARGIN.
                count = min(width - start, (end - start + 7) // 8 * 8)
                x, y = np.float32(start) - x0, np.float32(row) - y0
                for k in range(first, last + 1):
                    spared = (cutoffs_s[k] - soonest - offset / speed) / max(per_step, TINY)
                    begin = (k * height + row) * width + start
                    if not shore:
                        _lower(
                            points, begin, count, x, y, ux, uy, length, lead, spared,
                            soonest, per_step, offset, speed, cutoffs_s[k],
                        )  # fmt: skip
                        continue
                    lowered = points[begin : begin + count].copy()
                    _lower(
                        lowered, 0, count, x, y, ux, uy, length, lead, spared,
                        soonest, per_step, offset, speed, cutoffs_s[k],
                    )  # fmt: skip
                    for i in range(count):
                        if lowered[i] < points[begin + i]:
                            foot = _foot(x + i, y, ux, uy, length, lead, spared)
                            if not _crosses_water(
                                land, wet_before, start + i + land_column, row + land_row,
                                foot * ux - x - i, foot * uy - y,
                            ):  # fmt: skip
                                points[begin + i] = lowered[i]


@njit(cache=True)
def spread_times(
    times: Float32,
    pieces: Float32,
    within_s: np.float32,
    offset: np.float32,
    speed: np.float32,
    land: Float32,
    wet_before: Int32,
    land_column: int,
    land_row: int,
) -> None:
    """Lower ``times[row, column]`` to the time on each piece of street and the walk off it.

    Parameters
    ----------
    times : float32[rows, columns]
        In seconds, changed in place; ``inf`` where nothing is reached yet.
    within_s : float32
        Seconds beyond which no point is reached; :data:`NEVER` for no limit.
    pieces, offset, speed, land, wet_before, land_column, land_row
        As for :func:`spread_excess`.
    """
    height, width = times.shape
    ax, ay, bx, by, times_a, times_b, seconds_ab, seconds_ba = pieces
    for piece in range(len(ax)):
        from_a = times_a[piece] if seconds_ab[piece] < NEVER else NEVER
        from_b = times_b[piece] if seconds_ba[piece] < NEVER else NEVER
        ab, ba = seconds_ab[piece], seconds_ba[piece]
        length = hypot(bx[piece] - ax[piece], by[piece] - ay[piece])
        per_length = ONE / length if length > 0 else ZERO
        south = max(0, ceil(min(ay[piece], by[piece]) - offset))
        north = min(height, floor(max(ay[piece], by[piece]) + offset) + 1)
        for backwards in _ends_needed(from_a, from_b, ab, ba):
            if backwards:
                x0, y0, soonest, per_step = bx[piece], by[piece], from_b, ba
            else:
                x0, y0, soonest, per_step = ax[piece], ay[piece], from_a, ab
            if soonest >= within_s:
                continue
            ux = (ax[piece] - x0 + bx[piece] - x0) * per_length
            uy = (ay[piece] - y0 + by[piece] - y0) * per_length
            per_step *= per_length
            lead = _lead(per_step, speed)
            for row in range(south, north):
                start, end = _row_span(ax[piece], bx[piece], ay[piece], by[piece], row, offset, width)
                y = np.float32(row) - y0
                for column in range(start, end):
                    x = np.float32(column) - x0
                    # The earliest point from which the walk is not too long; it is so but for rounding.
                    off = x * uy - y * ux
                    reach = offset * offset - off * off
                    if reach < 0:
                        continue
                    foot = _foot(x, y, ux, uy, length, lead, x * ux + y * uy - sqrt(reach))
                    distance = hypot(x - foot * ux, y - foot * uy)
                    time = soonest + foot * per_step + distance / speed
                    if distance > offset + HAIR or time > within_s or time >= times[row, column]:
                        continue
                    if not _crosses_water(
                        land, wet_before, column + land_column, row + land_row, foot * ux - x, foot * uy - y
                    ):
                        times[row, column] = time
