"""The last departure from a hub by which places are still reached with a vehicle."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.sweep import NONE


@dataclass(frozen=True)
class LastWayHome:
    """A trip from the hub, as late as the timetable allows.

    Attributes
    ----------
    leaves_s, arrives_s
        Seconds on the timetable's scale: setting out from the hub, and at the place.
    """

    leaves_s: int
    arrives_s: int


def last_way_home(whole: TransitRouter, hub: Places, place: Places) -> LastWayHome | None:
    """The last trip from the hub that rides and is faster than walking all the way.

    Where the phases of lines by headway are drawn it is the earliest of the draws': a trip that is there in each.

    Parameters
    ----------
    whole
        For departures of all hours of the feed; see :func:`~tesoma_geo.network.transit.missed_changes.whole_day`.
    hub
        One point or several.
    place
        One point.

    Returns
    -------
    LastWayHome or None
        None where no departure has such a trip, or those of one draw have not.
    """
    trips, count = whole.trips_from(hub, place), len(whole.asked_s)
    rides = trips.rides[0].reshape(-1, count) > 0
    if not rides.any(axis=1).all():
        return None
    slots = count - 1 - rides[:, ::-1].argmax(axis=1)
    draw = int(slots.argmin())
    leaves_s = int(whole.asked_s[slots[draw]])
    taken_s = float(trips.seconds[0].reshape(-1, count)[draw, slots[draw]])
    return LastWayHome(leaves_s, leaves_s + int(np.ceil(taken_s)))


def last_departures_home(whole: TransitRouter, hub: Places, places: Places) -> NDArray[np.int64]:
    """When the last trip from the hub that rides and is faster than walking sets out, for each of many places.

    Parameters
    ----------
    whole
        For departures of all hours of the feed.
    hub
        One point or several.
    places
        The places, n of them.

    Returns
    -------
    int64 array of shape (n,)
        Seconds on the timetable's scale, -1 without such a trip; where phases are drawn the earliest of the draws'.
    """
    direct_s = whole.access.direct_s(hub, places).min(axis=0)
    latest = np.full(len(places), np.iinfo(np.int64).max)
    for search in whole.searches:
        best = search.best(places.legs_from, direct_s, hub, "from")
        rides = (best.step != NONE) & (best.seconds < direct_s[:, None])
        last = whole.asked_s[rides.shape[1] - 1 - rides[:, ::-1].argmax(axis=1)]
        latest = np.minimum(latest, np.where(rides.any(axis=1), last, -1))
    return latest
