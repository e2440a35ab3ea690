"""The travel-time surface of public transport: every cell as a home at its middle would have it."""

from dataclasses import replace
from typing import Any

import numpy as np

from tesoma_geo._arrays import Float64
from tesoma_geo.assessment.surfaces import Surface
from tesoma_geo.network.isochrones.isochrones import OFF_STREET_M
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.network.transit.places import Places

#: Travel times are asked at places along the streets, one each so many metres or less.
STEP_M = 10.0


def by_nearest_street(made: Surface, router: TransitRouter, at_hub: Places) -> Surface:
    """A surface to the hub with the exact seconds of the nearest street in every cell.

    Seconds by timetable do not grow evenly with the walk to the stop: who leaves on the minute and walks ten seconds
    more misses a vehicle or arrives by the same one. The least of several streets' seconds and walks, which serves
    streets well, is then a trip that nobody can make; and a stop that joins several streets has more of them near. So
    the router is asked at places along the streets, and a cell takes the nearest, as homes do.

    Parameters
    ----------
    made
        Seconds to the hub; cells without stay without.
    router
        The timetable with walking, all the way.
    at_hub
        The hub.

    Returns
    -------
    Surface
        Cells within ``OFF_STREET_M`` of a street that is reached changed, the others as they were.
    """
    from scipy.spatial import cKDTree

    rows, columns = np.nonzero(np.isfinite(made.seconds))
    if not len(rows):
        return made
    x, y = made.transform * (columns + 0.5, rows + 0.5)
    places, xy = _along_streets(router, (x.min(), y.min(), x.max(), y.max()))
    if not len(xy):
        return made
    there_s = router.times_between(router.snap(places), at_hub).min(axis=1)
    reached = np.isfinite(there_s)
    if not reached.any():
        return made
    tree: Any = cKDTree(xy[reached])
    far_m, nearest = tree.query(np.column_stack([x, y]), distance_upper_bound=OFF_STREET_M)
    near = np.isfinite(far_m)
    seconds = made.seconds.copy()
    walk_s = far_m[near] / router.walk.profile.foot_speed_ms
    seconds[rows[near], columns[near]] = there_s[reached][nearest[near]] + walk_s
    return replace(made, seconds=seconds)


def _along_streets(router: TransitRouter, bounds: tuple[float, float, float, float]) -> tuple[Positions, Float64]:
    """Places along the streets of a rectangle and beside it: where they are on them, and their x and y."""
    network, (west, south, east, north) = router.walk.network, bounds
    xy = np.column_stack([network.x, network.y])
    start, end = xy[network.tail], xy[network.head]
    least, most = np.minimum(start, end) - OFF_STREET_M, np.maximum(start, end) + OFF_STREET_M
    inside = (most >= (west, south)).all(axis=1) & (least <= (east, north)).all(axis=1)
    edges = np.flatnonzero(inside & router.walk.usable)
    count = np.maximum(np.ceil(np.hypot(*(end - start)[edges].T) / STEP_M), 1).astype(np.int64)
    edge = np.repeat(edges, count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + 0.5) / np.repeat(count, count)
    on_it = Positions(edge.astype(np.int32), share, np.zeros(len(edge)))
    places: Float64 = start[edge] + (end - start)[edge] * share[:, None]
    return on_it, places
