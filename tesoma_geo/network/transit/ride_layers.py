"""A cap on rides: the timetable once for every ride that a trip may have, changes leading from one to the next."""

from dataclasses import replace

import numpy as np

from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import EventGraph, Events, EventTransfers


def within_rides(prepared: PreparedTimetable, rides: int) -> PreparedTimetable:
    """A prepared timetable in which no trip has more than so many rides.

    Its stops and vehicles are there once a ride: places reach those of the first, and are reached from those of all.
    So the sweeps, which know one best trip a vehicle, find the best within the cap.

    Parameters
    ----------
    prepared
        A prepared timetable, without a cap.
    rides
        Most rides of a trip.

    Returns
    -------
    PreparedTimetable
        For the same questions.
    """
    return replace(
        prepared,
        call=np.repeat(prepared.call, rides),
        to=_layered(prepared.to, rides, prepared.stops, prepared.trips),
        from_=_layered(prepared.from_, rides, prepared.stops, prepared.trips),
        stops=prepared.stops * rides,
        trips=prepared.trips * rides,
        layers=rides,
    )


def _layered(graph: EventGraph, rides: int, stops: int, trips: int) -> EventGraph:
    events, (first, event, walk_s) = graph
    count = len(events.time_s)
    layer = np.tile(np.arange(rides, dtype=np.int32), count)
    layered = Events(
        np.repeat(events.time_s, rides),
        np.repeat(events.stop, rides) + layer * np.int32(stops),
        np.repeat(events.trip, rides) + layer * np.int32(trips),
        np.repeat(events.does, rides),
    )
    number = np.repeat(np.diff(first)[:, None], rides, axis=1)
    number[:, -1] = 0  # after the last ride nobody changes
    number = number.ravel()
    begin = np.concatenate([[0], np.cumsum(number)]).astype(np.int64)
    taken = np.arange(begin[-1]) + np.repeat(np.repeat(first[:-1], rides) - begin[:-1], number)
    onward = event[taken] * np.int32(rides) + np.repeat(layer, number) + np.int32(1)
    return EventGraph(layered, EventTransfers(begin, onward.astype(np.int32), walk_s[taken]))
