"""Where stops meet the streets."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from tesoma_geo.crs import to_metric
from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import AROUND_M, Positions
from tesoma_geo.network.transit.timetable import DayTimetable

#: A stop is joined to the streets on all its sides up to this many metres: who crosses to the platform from the path
#: behind it need not walk round to the carriageway that the point of the stop lies nearest to. An assumption.
STOP_AROUND_M = 25.0


def stop_positions(timetable: DayTimetable, router: StreetSearch) -> Positions:
    """Where the stops that trips call at meet the streets on all their sides; others are nowhere.

    On each side the nearest street counts that no obstacle and no other street lies before, as for the hub and services
    without a door; see :meth:`~tesoma_geo.network.streets.snap_index.SnapIndex.all_around`.

    Parameters
    ----------
    timetable
        Whose stops.
    router
        The streets.

    Returns
    -------
    Positions
        A position a stop of the timetable, edge -1 where there is none.
    """
    stops, crs = timetable.stops, router.network.crs
    x, y = to_metric(stops["lon"].to_numpy(float), stops["lat"].to_numpy(float), crs)
    known = np.isfinite(x) & np.isfinite(y)  # stops with coordinates exchanged may lie where the system tells nothing
    xy = gpd.points_from_xy(np.where(known, x, 0), np.where(known, y, 0))
    at = gpd.GeoDataFrame({AROUND_M: np.where(timetable.served & known, STOP_AROUND_M, 0.0)}, geometry=xy, crs=crs)
    return _of_one_level(router.snap(at, "stops"), router).where(timetable.served & known)


def _of_one_level(positions: Positions, router: StreetSearch) -> Positions:
    """Positions without further streets that run above or below the nearest: a stop on a bridge is not under it."""
    ways = router.network.ways_now
    levels = tag_column(ways, "layer").where(
        tag_column(ways, "layer").notna(), tag_column(ways, "bridge").notna().astype(int).astype(str)
    )
    level = pd.factorize(levels)[0][router.network.way]
    nearest, *others = positions.each()
    kept = nearest
    for other in reversed(others):
        # What is no farther than the nearest street was put in its place later: it is where that was.
        same = (level[other.edge] == level[nearest.edge]) | (other.snap_m <= nearest.snap_m)
        further = other.where(other.found & same)
        kept = replace(nearest, other=replace(further, other=kept.other))
    return kept
