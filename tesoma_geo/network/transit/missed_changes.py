"""What a missed change costs, by the timetable."""

from dataclasses import dataclass, replace

import numpy as np

from tesoma_geo.network.transit.itineraries import Itinerary
from tesoma_geo.network.transit.legs import StopLegs, legs_to_stops
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.service import all_day, early_enough
from tesoma_geo.network.transit.sweep import RIDE


@dataclass(frozen=True)
class MissedChange:
    """A change of a trip, and how the trip goes on if its vehicle has just left.

    Attributes
    ----------
    stop, line
        Where which line is missed, by name.
    leaves_s
        When it leaves, seconds on the timetable's scale.
    lost_s
        By how much the arrival is later, ``inf`` where there is no way any more.
    """

    stop: str
    line: str
    leaves_s: int
    lost_s: float


def whole_day(router: TransitRouter) -> TransitRouter:
    """The router for a departure in every second of the hours that the feed covers.

    Parameters
    ----------
    router
        Of any window.

    Returns
    -------
    TransitRouter
        With the same streets and limits.

    Raises
    ------
    InputError
        No trip at all.
    """
    whole = early_enough(all_day(router))
    return replace(whole, departures=replace(whole.departures, step_s=1))


def missed_changes(whole: TransitRouter, itinerary: Itinerary, hub: Places, draw: int = 0) -> tuple[MissedChange, ...]:
    """What it costs to come to each change of a trip a second too late.

    Whoever misses a vehicle stands at its stop and takes the best way on from there, by a later vehicle, by one from
    another stop or on foot, with what is left of the walking budget.

    Parameters
    ----------
    whole
        What :func:`whole_day` makes of the router that told the trip.
    itinerary
        The trip.
    hub
        Where it leads to; the nearest of its points counts.
    draw
        Of the phases of lines by headway.

    Returns
    -------
    tuple of MissedChange
        In the order of the trip; none for trips without a change. Who stays aboard changes nothing.
    """
    search, changes = whole.searches[draw], []
    walked_s, rides = 0, 0
    for leg in itinerary.legs:
        if leg.stops is None:
            walked_s += leg.ends_s - leg.starts_s
            continue
        rides += 1
        if rides == 1 or leg.stays:
            continue
        at = _at_stop(whole, leg.boards_at)
        direct_s = whole.access.direct_s(at, hub).min(axis=1)
        limits = whole.limits
        if limits.walk_s < RIDE - 1:
            limits = replace(limits, walk_s=max(0, limits.walk_s - walked_s))
        late_s = leg.starts_s - limits.boarding_slack_s + 1
        slot = late_s - int(whole.asked_s[0])
        seconds = direct_s
        if 0 <= slot < len(whole.asked_s):
            seconds = replace(search, limits=limits).best(at.legs_to, direct_s, hub, "to").seconds[:, slot]
        lost_s = late_s + float(np.ceil(seconds[0])) - itinerary.arrives_s
        changes.append(MissedChange(leg.from_stop, leg.line, leg.starts_s, lost_s))
    return tuple(changes)


def _at_stop(router: TransitRouter, stop: int) -> Places:
    """A stop as a place: there already, and as far from the others as they are on foot."""
    position = router.access.stops.take([stop])
    near = legs_to_stops(router.walk, position, router.access.stops, router.limits.leg_s, doors=router.access.doors_in)
    others = near.stop != stop
    stops, walk_s = np.append(near.stop[others], stop), np.append(near.walk_s[others], 0)
    legs = StopLegs(np.array([0, len(stops)], np.int64), stops.astype(np.int32), walk_s.astype(np.int32))
    return Places(position, position, lambda _: legs)
