"""Percentiles over the departures of several timetables: those that differ in the phases of lines by headway."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.labels_to_times import ranks_of
from tesoma_geo.network.transit.matrix import percentiles_to
from tesoma_geo.network.transit.percentiles import SlottedLegs, slotted_legs
from tesoma_geo.network.transit.places import Direction, Places
from tesoma_geo.network.transit.search import TransitSearch
from tesoma_geo.network.transit.stop_access import StopAccess
from tesoma_geo.network.transit.sweep import Ends
from tesoma_geo.network.transit.trips import checked_percentiles

#: Values that are held at a time.
VALUES = 20_000_000


def pooled_travel_times(
    searches: Sequence[TransitSearch],
    origins: Places,
    destinations: Places,
    walked: Callable[[], NDArray[np.float32]],
    percentiles: Sequence[float],
) -> NDArray[np.float32]:
    """Seconds from each origin to each destination, at percentiles of the departures of all searches.

    Parameters
    ----------
    searches
        Timetables with the same stops, departures and limits.
    origins, destinations
        The places, n and m of them.
    walked
        Gives the seconds of walking all the way, shape (n, m).
    percentiles
        Per cent of the departures that are not slower.

    Returns
    -------
    float32 array of shape (p, n, m), ``inf`` where there is no trip.

    Raises
    ------
    InputError
        No percentile, or one outside 0 to 100.
    """
    wanted, direct_s = checked_percentiles(percentiles), walked()
    turned = len(origins) < len(destinations)
    direction: Direction = "from" if turned else "to"
    hubs, places = (origins, destinations) if turned else (destinations, origins)
    legs = slotted_legs(places.legs(direction), searches[0].departures.step_s)
    out = np.empty((len(wanted), len(origins), len(destinations)), np.float32)
    for hub in range(len(hubs)):
        ends = searches[0].ends(hubs.one(hub), direction)
        if turned:
            out[:, hub] = pooled_percentiles(searches, ends, direction, legs, direct_s[hub], wanted)
        else:
            out[:, :, hub] = pooled_percentiles(searches, ends, direction, legs, direct_s[:, hub], wanted)
    return out


def pooled_node_times(
    searches: Sequence[TransitSearch],
    access: StopAccess,
    hub: Places,
    direction: Direction,
    percentiles: Sequence[float],
) -> NDArray[np.float32]:
    """Seconds between every street node and the nearest point of a hub, as :func:`pooled_travel_times`.

    Parameters
    ----------
    searches
        Timetables with the same stops, departures and limits.
    access
        The streets to and from the stops.
    hub
        One point or several.
    direction
        To the hub, or from it.
    percentiles
        Per cent of the departures that are not slower.

    Returns
    -------
    float32 array of shape (p, nodes), ``inf`` where there is no way.

    Raises
    ------
    InputError
        No percentile, or one outside 0 to 100.
    """
    legs = access.node_legs_to if direction == "to" else access.node_legs_from
    return pooled_percentiles(
        searches, searches[0].ends(hub, direction), direction, slotted_legs(legs, searches[0].departures.step_s),
        access.direct_node_s(hub, direction), checked_percentiles(percentiles),
    )  # fmt: skip


def pooled_percentiles(
    searches: Sequence[TransitSearch],
    ends: Ends,
    direction: Direction,
    legs: SlottedLegs,
    direct_s: NDArray[np.float32],
    percentiles: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Seconds between places and one hub, at percentiles of the departures of all searches.

    Parameters
    ----------
    searches
        Timetables with the same stops, departures and limits.
    ends
        The hub seen from each stop.
    direction
        To the hub, or from it.
    legs
        Between the places and the stops.
    direct_s
        Seconds of walking all the way, shape (n,).
    percentiles
        Per cent of the departures that are not slower, shape (p,).

    Returns
    -------
    float32 array of shape (p, n), ``inf`` where there is no way.
    """
    count, places = len(searches[0].departures.asked_s), len(direct_s)
    every = 100 * np.arange(1, count + 1) / count
    ranks = ranks_of(percentiles, count * len(searches))
    out = np.empty((len(percentiles), places), np.float32)
    step = max(1, VALUES // (count * len(searches)))
    for begin in range(0, places, step):
        end = min(begin + step, places)
        part = legs._replace(first=legs.first[begin : end + 1])
        values = np.concatenate(
            [
                percentiles_to(search, ends, direction, part, np.ascontiguousarray(direct_s[begin:end]), every)
                for search in searches
            ]
        )
        out[:, begin:end] = np.partition(values, np.unique(ranks), axis=0)[ranks]
    return out
