"""What a hub's travel times reach: isochrone polygons and grids of seconds, along streets and beside them.

The inputs are plain arrays, so that whatever computes times to nodes can be asked for its polygons.
Times along an edge are interpolated from its two ends, each by its own direction's seconds; places
beside a street are reached from the nearest point of it on foot, up to a distance, and never across
water.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._given import numbers
from tesoma_geo.errors import InputError
from tesoma_geo.network.isochrones.contours import polygons_below_zero
from tesoma_geo.network.isochrones.lattice import (
    MARGIN,
    NEVER,
    Lattice,
    reached_edges,
    spread_excess,
    spread_times,
)
from tesoma_geo.network.isochrones.water_mask import Land, Water

__all__ = ["PositionSeeds", "TimeGrid", "TimedStreets", "Water", "isochrone_polygons", "time_grid"]

#: Places up to this far from a reached street count as reached, in metres. An assumption: about a
#: building plot's depth on either side.
OFF_STREET_M = 50.0

#: Pace between a street and the places beside it, in metres a second: the walking speed of the
#: Helsinki travel time matrix 2023 (Digital Geography Lab).
OFF_STREET_MPS = 1.306

#: The finest lattice, in metres; it is doubled while it would have more points than this.
FINEST_STEP_M = 10.0
MOST_POINTS = 900_000


@dataclass(frozen=True, eq=False)
class PositionSeeds:
    """Places on edges where travel starts (or ends), as positions rather than nodes.

    They matter only on their own edges, where the times of the two ends would lead the long way
    round.

    Attributes
    ----------
    edge
        int[s], rows of the edges.
    fraction
        float[s], 0 at the tail to 1 at the head.
    seconds
        float[s], time at that position: what it takes between the hub's door and the street.
    """

    edge: ArrayLike
    fraction: ArrayLike
    seconds: ArrayLike


@dataclass(frozen=True, eq=False)
class TimedStreets:
    """A street network's geometry and costs, and the time at each of its nodes.

    Attributes
    ----------
    x, y
        float64[n], node coordinates in the metric CRS.
    tail, head
        int[m], the nodes at the ends of each undirected straight edge.
    forward_s, backward_s
        float[m], seconds from tail to head and from head to tail; ``inf`` where not passable.
    times_s
        float[n], seconds from the hub to each node, ``inf`` where unreachable; with ``to_hub``
        seconds from each node to the hub.
    to_hub
        Whether the times run towards the hub.
    seeds
        Where on edges the hub lies, if not at nodes.
    ends_s
        Seconds at the tail and at the head of each edge, two arrays float[m], where they are not those of the
        nodes: on restricted streets, and where turns are forbidden.
    off_street_mps
        Pace between a street and the places beside it, in metres a second.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    forward_s: NDArray[np.float32]
    backward_s: NDArray[np.float32]
    times_s: NDArray[np.float32]
    to_hub: bool = False
    seeds: PositionSeeds | None = None
    ends_s: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
    off_street_mps: float = OFF_STREET_MPS

    def pieces(self, within_s: float) -> "_Pieces":
        """The edges with an end reached in time, and the pieces beside the seeds.

        Parameters
        ----------
        within_s
            Seconds; an end counts when it is reached sooner.

        Returns
        -------
        Straight pieces in the metric CRS, with the seconds at their ends and along them.
        """
        # Seconds from the hub's side of a piece to its far side: to the hub they are travelled back.
        out_s, back_s = (self.backward_s, self.forward_s) if self.to_hub else (self.forward_s, self.backward_s)
        at_tail, at_head = self.ends_s or (self.times_s[self.tail], self.times_s[self.head])
        edges = reached_edges(at_tail, at_head, np.float32(within_s))
        a, b = self.tail[edges], self.head[edges]
        whole_edges = _Pieces(
            self.x[a], self.y[a], self.x[b], self.y[b],
            at_tail[edges], at_head[edges], out_s[edges], back_s[edges],
        )  # fmt: skip
        if self.seeds is None:
            return whole_edges
        edge = np.atleast_1d(np.asarray(self.seeds.edge, np.int64))
        part = np.atleast_1d(np.asarray(self.seeds.fraction, np.float64))
        seconds = np.atleast_1d(np.asarray(self.seeds.seconds, np.float32))
        a, b = self.tail[edge], self.head[edge]
        x = self.x[a] + part * (self.x[b] - self.x[a])
        y = self.y[a] + part * (self.y[b] - self.y[a])
        before = _Pieces(
            self.x[a], self.y[a], x, y,
            at_tail[edge], seconds, _share(out_s[edge], part), _share(back_s[edge], part),
        )  # fmt: skip
        after = _Pieces(
            x, y, self.x[b], self.y[b],
            seconds, at_head[edge], _share(out_s[edge], 1 - part), _share(back_s[edge], 1 - part),
        )  # fmt: skip
        near = np.flatnonzero(seconds < within_s)
        return _Pieces(
            *(
                np.concatenate((whole, one[near], other[near]))
                for whole, one, other in zip(whole_edges.arrays(), before.arrays(), after.arrays(), strict=True)
            )
        )


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Straight pieces of street from a to b, with the times at both ends and seconds either way."""

    ax: NDArray[np.float64]
    ay: NDArray[np.float64]
    bx: NDArray[np.float64]
    by: NDArray[np.float64]
    times_a: NDArray[np.float32]
    times_b: NDArray[np.float32]
    seconds_ab: NDArray[np.float32]
    seconds_ba: NDArray[np.float32]

    def arrays(self) -> tuple[NDArray[Any], ...]:
        return (self.ax, self.ay, self.bx, self.by, self.times_a, self.times_b, self.seconds_ab, self.seconds_ba)

    def __len__(self) -> int:
        return len(self.ax)

    def bounds(self) -> tuple[float, float, float, float]:
        """The rectangle around the pieces: x and y from, x and y to."""
        return (
            float(min(self.ax.min(), self.bx.min())), float(min(self.ay.min(), self.by.min())),
            float(max(self.ax.max(), self.bx.max())), float(max(self.ay.max(), self.by.max())),
        )  # fmt: skip

    def on(self, lattice: Lattice) -> NDArray[np.float32]:
        """The rows that the kernels read: places in lattice steps, :data:`NEVER` for ``inf``."""
        step, west, south = lattice.step_m, lattice.column, lattice.row
        places = (self.ax / step - west, self.ay / step - south, self.bx / step - west, self.by / step - south)
        seconds = (self.times_a, self.times_b, self.seconds_ab, self.seconds_ba)
        return np.stack((*places, *(np.minimum(one, NEVER) for one in seconds)), dtype=np.float32, casting="same_kind")


def _share(seconds: NDArray[np.float32], part: NDArray[np.float64]) -> NDArray[np.float32]:
    """A part of an edge's seconds; impassable stays impassable, also for no length at all."""
    return np.where(np.isinf(seconds), np.inf, np.where(np.isinf(seconds), 0, seconds) * part).astype(np.float32)


def isochrone_polygons(
    streets: TimedStreets,
    cutoffs_s: Sequence[float],
    *,
    crs: str,
    water: Water | None = None,
    off_street_m: float = OFF_STREET_M,
    step_m: float | None = None,
) -> gpd.GeoDataFrame:
    """Outline what can be reached within each cutoff.

    A place belongs to the isochrone when it lies within ``off_street_m`` of a point of a street and
    the time at that point plus the walk from it to the place is within the cutoff. Water does not
    belong to it, and no place does that could be reached from the street only across water.

    Parameters
    ----------
    streets
        Geometry, costs and times at the nodes.
    cutoffs_s
        Seconds, positive, in any order.
    crs
        The metric CRS of the coordinates.
    water
        What nobody walks on.
    off_street_m
        How far beside a street places are reached, in metres.
    step_m
        Distance of the points at which the reach is worked out; boundaries are interpolated between
        them. 10 m unless the area is so large that a coarser one (20, 40, … m) is needed for speed.

    Returns
    -------
    geopandas.GeoDataFrame
        A row a cutoff, ascending: ``cutoff_min``, ``area_km2`` and a valid ``MultiPolygon``, empty
        where nothing is reached. Each contains the ones before it exactly, and none shares area with
        the water. Holes and pieces below two squares of the lattice (200 m² at 10 m) are left out,
        except holes for water.

    Raises
    ------
    InputError
        A cutoff, a distance or a pace is not positive.
    """
    cutoffs = np.unique(numbers("cutoffs_s", cutoffs_s, "Give a list of seconds: [300, 600]"))
    if not len(cutoffs) or not (np.isfinite(cutoffs) & (cutoffs > 0)).all():
        raise InputError(f"cutoffs_s is {list(cutoffs_s)}", "Give one or more positive numbers of seconds")
    _check_lengths(off_street_m=off_street_m, off_street_mps=streets.off_street_mps, step_m=step_m)
    pieces = streets.pieces(float(cutoffs[-1]))
    if len(pieces):
        lattice = _lattice(pieces.bounds(), off_street_m, step_m)
        step = lattice.step_m
        land = water.land(step) if water is not None else Land.dry(step)
        excess = np.full((len(cutoffs), lattice.height, lattice.width), MARGIN, np.float32)
        spread_excess(
            excess, pieces.on(lattice), cutoffs.astype(np.float32),
            np.float32(off_street_m / step), np.float32(streets.off_street_mps / step), *land.seen_from(lattice),
        )  # fmt: skip
        for shorter, longer in pairwise(excess):
            np.minimum(shorter, longer, out=longer)
        land.raise_excess(excess, lattice)
        polygons = polygons_below_zero(excess, (lattice.column * step, lattice.row * step), step, land.wet_on(lattice))
    else:
        polygons = np.full(len(cutoffs), shapely.MultiPolygon(), object)
    return gpd.GeoDataFrame(
        {"cutoff_min": cutoffs / 60, "area_km2": shapely.area(polygons) / 1e6}, geometry=polygons, crs=crs
    )


@dataclass(frozen=True, eq=False)
class TimeGrid:
    """Seconds at the points of a lattice.

    Attributes
    ----------
    lattice
        Where the points lie; rows from south to north.
    seconds
        float32 ``[row, column]``, ``inf`` where not reached.
    """

    lattice: Lattice
    seconds: NDArray[np.float32]


def time_grid(
    streets: TimedStreets,
    within_s: float,
    *,
    bounds: tuple[float, float, float, float] | None = None,
    water: Water | None = None,
    off_street_m: float = OFF_STREET_M,
    step_m: float | None = None,
) -> TimeGrid:
    """Work out the seconds at every point of a lattice around what is reached.

    The time at a place is the least, over the points of the streets within ``off_street_m`` of it, of
    the time there plus the walk from it. It is ``inf`` in water, where the walk would cross water,
    farther from every reached street, and beyond ``within_s``.

    Parameters
    ----------
    streets, water, off_street_m, step_m
        As for :func:`isochrone_polygons`.
    within_s
        Seconds; ``inf`` for all that is reachable.
    bounds
        The rectangle that the lattice covers (x and y from, x and y to); by default that around what
        is reached.

    Returns
    -------
    TimeGrid
        Without a point when nothing is reached and no ``bounds`` are named.

    Raises
    ------
    InputError
        ``within_s``, a distance or a pace is not positive.
    """
    if not within_s > 0:
        raise InputError(f"within_s is {within_s}", "Give a positive number of seconds")
    _check_lengths(off_street_m=off_street_m, off_street_mps=streets.off_street_mps, step_m=step_m)
    pieces = streets.pieces(within_s)
    if bounds is None and not len(pieces):
        return TimeGrid(Lattice(step_m or FINEST_STEP_M, 0, 0, 0, 0), np.empty((0, 0), np.float32))
    lattice = _lattice(bounds, 0.0, step_m) if bounds else _lattice(pieces.bounds(), off_street_m, step_m)
    step = lattice.step_m
    land = water.land(step) if water is not None else Land.dry(step)
    seconds = np.full((lattice.height, lattice.width), np.inf, np.float32)
    spread_times(
        seconds, pieces.on(lattice), np.minimum(np.float32(within_s), NEVER),
        np.float32(off_street_m / step), np.float32(streets.off_street_mps / step), *land.seen_from(lattice),
    )  # fmt: skip
    seconds[land.wet_on(lattice)] = np.inf
    return TimeGrid(lattice, seconds)


def _lattice(bounds: tuple[float, float, float, float], margin_m: float, step_m: float | None) -> Lattice:
    """A lattice at the finest step of an acceptable size, if none is named."""
    step = step_m or FINEST_STEP_M
    while True:
        lattice = Lattice.around(bounds, margin_m + (MARGIN + 1) * step, step)
        if step_m or lattice.width * lattice.height <= MOST_POINTS:
            return lattice
        step *= 2


def _check_lengths(**lengths: float | None) -> None:
    for name, value in lengths.items():
        if value is not None and not (np.isfinite(value) and value > 0):
            raise InputError(f"{name} is {value}", "Give a positive number")
