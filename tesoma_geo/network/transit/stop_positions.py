"""Where stops meet the streets.

Where a feed draws no ways within a station, those of the streets lead to its platforms: stairs, ramps and lifts.
"""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.network.streets.permissions import street_class
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import AROUND_M, Positions
from tesoma_geo.network.streets.snap_index import AS_NEAR_M, SnapIndex
from tesoma_geo.network.transit.timetable import DayTimetable

#: A stop is joined to the streets on all its sides up to this many metres: who crosses to the platform from the path
#: behind it need not walk round to the carriageway that the point of the stop lies nearest to. An assumption.
STOP_AROUND_M = 25.0

#: ``wheelchair_boarding`` of a stop to which a way without stairs leads, by the feed.
ACCESSIBLE = 1

#: Ways that lead from floor to floor, and that a wheelchair may not take.
UP_AND_DOWN = frozenset({"steps", "elevator"})


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
    positions = _of_one_level(router.snap(at, "stops"), router).where(timetable.served & known)
    at_street = (
        timetable.stops["wheelchair"] == ACCESSIBLE
    ).to_numpy()  # the feed knows of a way that the map may lack
    places = np.column_stack([np.where(known, x, 0), np.where(known, y, 0)])
    return positions.where(at_street, _not_behind_stairs(positions, places, router))


def _not_behind_stairs(positions: Positions, xy: NDArray[np.float64], router: StreetSearch) -> Positions:
    """Positions but for stops on a platform that a wheelchair cannot get to: they are not at the street beside it."""
    if not router.profile.wheelchair_tags:
        return positions
    network, behind = router.network, _behind_stairs(router)
    if not behind.any():
        return positions
    near = SnapIndex.of(network.shape.straight, behind).positions(xy, router.max_snap_m)
    platform = (street_class(network.ways_now) == "platform").to_numpy(bool)[network.way][near.edge]
    nearer = near.found & (near.snap_m < positions.snap_m - AS_NEAR_M)
    return positions.where(~(nearer & (platform | (positions.snap_m > STOP_AROUND_M))))


def _behind_stairs(router: StreetSearch) -> NDArray[np.bool_]:
    """Edges that nothing but closed stairs or lifts joins to the streets that are used, shape (n_edges,)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    network, usable, costs = router.network, router.pieces.usable, router.costs
    passed = np.isfinite(costs.forward_s) | np.isfinite(costs.backward_s)
    closed = street_class(network.ways_now).isin(UP_AND_DOWN).to_numpy(bool)[network.way] & ~passed
    reached = np.zeros(network.n_nodes, bool)
    reached[network.tail[usable]] = reached[network.head[usable]] = True
    apart = (closed | (passed & ~usable)) & ~reached[network.tail] & ~reached[network.head]
    ends = network.tail[apart], network.head[apart]
    _, piece = connected_components(
        coo_array((np.ones(apart.sum(), np.int8), ends), shape=(network.n_nodes, network.n_nodes)), directed=False
    )
    of_stairs = np.zeros(network.n_nodes, bool)
    for end in (network.tail[closed], network.head[closed]):
        of_stairs[piece[end[~reached[end]]]] = True
    behind = np.zeros(network.n_edges, bool)
    for end in (network.tail, network.head):
        behind |= of_stairs[piece[end]] & ~reached[end]
    return behind & passed & ~usable & ~network.is_barrier


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
