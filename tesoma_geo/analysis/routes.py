"""The ways that residents take to the hub, as lines."""

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
    entrances = router.times_between(begins, ends).argmin(axis=1)
    lines = np.full(len(entrances), shapely.LineString(), object)
    for entrance in np.unique(entrances):
        rows, end = np.flatnonzero(entrances == entrance), ends.take([entrance])
        begin, number, at = router.best_pairs(begins.take(rows), end)
        for one in np.unique(number):
            mine = np.flatnonzero(number == one)
            ways = routes_from(router, begin.take(mine), at.take([one]))
            lines[rows[mine]] = [
                shapely.simplify(line, tolerance_m, preserve_topology=False) if tolerance_m else line
                for line, _ in ways
            ]
    return lines
