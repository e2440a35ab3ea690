"""The calls of a timetable as a sweep works them off: in order of time, boarding and alighting marked."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.instant_changes import changes_in_order
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, Events
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.vehicles import vehicles_of

#: Which vehicles and stops serve: all, those not said to be inaccessible, or vehicles said to be accessible (at
#: stops not said to be otherwise: feeds seldom tell of stops at all).
Boarding = Literal["any", "not_inaccessible", "accessible"]


def usable(timetable: DayTimetable, boarding: Boarding) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Calls at which a passenger may board, and alight.

    Parameters
    ----------
    timetable
        What runs.
    boarding
        Which vehicles and stops serve.

    Returns
    -------
    tuple of bool arrays
        Whether one may board, and alight, shape (k,) each.
    """
    calls = timetable.calls
    boards, alights = calls.boards & ~timetable.is_last, calls.alights & ~timetable.is_first
    if boarding != "any":
        said = timetable.trips["wheelchair"].to_numpy()[calls.trip]
        fits = (said == 1) | ((said == 0) & (boarding == "not_inaccessible"))
        fits &= (timetable.stops["wheelchair"] != 2).to_numpy()[calls.stop]
        boards, alights = boards & fits, alights & fits
    return boards, alights


def events_of(
    timetable: DayTimetable, boarding: Boarding = "any", instant: NDArray[np.int32] | None = None
) -> tuple[Events, NDArray[np.int32]]:
    """The events of a timetable from its first second on, and the call of each.

    A call whose vehicle comes and goes in one second is one event, others are two. The trip of an event is the
    first that its vehicle runs without a break: passengers stay aboard (``block_id``).

    Parameters
    ----------
    timetable
        What runs.
    boarding
        Which vehicles and stops serve.
    instant
        Pairs of stops that passengers change between in no time, shape (k, 2): of events in one second alighting
        at the one comes before boarding at the other.

    Returns
    -------
    Events
        In order of time.
    int32 array of shape (events,)
        Row of the call of each event.
    """
    calls = timetable.calls
    boards, alights = usable(timetable, boarding)
    together = calls.arrival_s == calls.departure_s
    if instant is not None and len(instant):
        together &= ~np.isin(calls.stop, instant)
    index = np.arange(len(calls.trip), dtype=np.int32)
    whole = np.where(boards, BOARD, 0) | np.where(alights, ALIGHT, 0)
    apart_alight, apart_board = index[~together & alights], index[~together & boards]
    call = np.concatenate([index[together], apart_alight, apart_board])
    time_s = np.concatenate([calls.arrival_s[together], calls.arrival_s[apart_alight], calls.departure_s[apart_board]])
    does = np.concatenate([whole[together], np.full(len(apart_alight), ALIGHT), np.full(len(apart_board), BOARD)])
    kept = (does != 0) & (time_s >= 0)
    call, time_s, does = call[kept], time_s[kept], does[kept]
    vehicle, leg = vehicles_of(timetable)
    trip = calls.trip[call]
    order = np.lexsort((does == BOARD, call, leg[trip], vehicle[trip], time_s))
    call, time_s, does = call[order], time_s[order].astype(np.int32), does[order].astype(np.int8)
    events = Events(time_s, calls.stop[call], vehicle[calls.trip[call]], does)
    if instant is None or not len(instant):
        return events, call
    order = changes_in_order(events, instant)
    time_s, stop, trip, does = events
    return Events(time_s[order], stop[order], trip[order], does[order]), call[order]
