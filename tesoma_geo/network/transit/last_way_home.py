"""The last departure from a hub by which a place is still reached with a vehicle."""

from dataclasses import dataclass

import numpy as np

from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.router import TransitRouter


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
