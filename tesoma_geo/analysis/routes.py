"""The ways that residents take over the streets, as lines."""

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.analysis.largest_delays import routes_from
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Points, Positions


def routes_to(
    router: StreetSearch, origins: Points | Positions, hub: Points | Positions, tolerance_m: float = 0.0
) -> NDArray[np.object_]:
    """The way over the streets from each origin to its best entrance of the hub.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins
        GeoDataFrame of points, longitudes and latitudes of shape (n, 2), or positions on the router's streets.
    hub
        Its entrances; the best counts.
    tolerance_m
        Corners nearer than this to the simplified line are left out (Douglas and Peucker), so that ways through a
        large network do not take more memory than the network; to leave them out once more changes nothing.

    Returns
    -------
    LineStrings in the network's CRS, shape (origins,); empty where there is no way.
    """
    begins, ends = router.snap(origins), router.snap(hub)
    return ways_to(router, begins, ends, router.times_between(begins, ends).argmin(axis=1), tolerance_m)


def ways_to(
    router: StreetSearch, begins: Positions, ends: Positions, number: NDArray[np.intp], tolerance_m: float = 0.0
) -> NDArray[np.object_]:
    """The way over the streets from each position to one of some ends.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    begins
        Positions on its streets.
    ends
        Where ways may end, likewise.
    number
        Which of the ends each way leads to, shape (begins,).
    tolerance_m
        As of :func:`routes_to`.

    Returns
    -------
    LineStrings in the network's CRS, shape (begins,); empty where there is no way.
    """
    lines = np.full(len(number), shapely.LineString(), object)
    for one_end in np.unique(number):
        rows, end = np.flatnonzero(number == one_end), ends.take([one_end])
        begin, which, at = router.best_pairs(begins.take(rows), end)
        for one in np.unique(which):
            mine = np.flatnonzero(which == one)
            ways = routes_from(router, begin.take(mine), at.take([one]))
            lines[rows[mine]] = [
                shapely.simplify(line, tolerance_m, preserve_topology=False) if tolerance_m else line
                for line, _ in ways
            ]
    return lines
