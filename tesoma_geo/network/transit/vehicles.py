"""Which trips one vehicle runs after another, so that passengers may stay aboard."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.transit.timetable import Calls, DayTimetable

#: Metres between the last stop of a trip and the first of the next within which passengers stay aboard, as
#: OpenTripPlanner has it; farther apart the vehicle runs empty.
SAME_PLACE_M = 200.0

#: Metres of a degree of latitude.
DEGREE_M = 111_195.0

#: ``transfer_type``: staying aboard is possible, or not allowed.
STAY, LEAVE = 4, 5


def linked_trips(
    trips: pd.DataFrame, calls: Calls, stops: pd.DataFrame, rules: Mapping[tuple[str, str], int]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Vehicles of the trips of one feed, by ``block_id`` and the transfers in the seat.

    Parameters
    ----------
    trips
        A row a trip: ``trip_id``, ``block_id``, ``service_day``.
    calls
        Their calls.
    stops
        With ``lon``, ``lat``.
    rules
        Trips by id, from and to → ``STAY`` or ``LEAVE``.

    Returns
    -------
    vehicle : int32 array of shape (trips,)
        Number of the vehicle, -1 where it runs this trip alone.
    leg : int32 array of shape (trips,)
        Which of the vehicle's trips it is, from 0.
    """
    count = len(trips)
    vehicle, leg = np.full(count, -1, np.int32), np.zeros(count, np.int32)
    block = trips["block_id"].to_numpy(object)
    named = {trip for pair, kind in rules.items() if kind == STAY for trip in pair}
    some = np.flatnonzero((block != "") | trips["trip_id"].isin(named).to_numpy())
    if not len(some):
        return vehicle, leg
    first = np.searchsorted(calls.trip, np.arange(count + 1))
    begins, ends = first[:-1], first[1:] - 1
    day, ids = trips["service_day"].to_numpy(), trips["trip_id"].to_numpy(object)
    after: dict[int, int] = {}
    order = some[np.lexsort((calls.arrival_s[ends[some]], calls.departure_s[begins[some]]))]
    last_of: dict[tuple[int, str], int] = {}
    for trip in order.tolist():
        if block[trip]:
            before = last_of.get((day[trip], block[trip]))
            last_of[day[trip], block[trip]] = trip
            if (
                before is not None
                and calls.departure_s[begins[trip]] >= calls.arrival_s[ends[before]]
                and rules.get((ids[before], ids[trip])) != LEAVE
                and _near(stops, calls.stop[ends[before]], calls.stop[begins[trip]])
            ):
                after[before] = trip
    _stay(rules, ids, day, calls, begins, ends, after)
    for start in sorted(set(after) - set(after.values())):
        trip, number = start, 0
        vehicle[trip] = start
        while trip in after:
            trip, number = after[trip], number + 1
            vehicle[trip], leg[trip] = start, number
    return vehicle, leg


def _stay(
    rules: Mapping[tuple[str, str], int],
    ids: NDArray[np.object_],
    day: NDArray[np.int8],
    calls: Calls,
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    after: dict[int, int],
) -> None:
    """Add what the feed says of staying aboard; a vehicle goes on as one trip only."""
    row = {(trip, service_day): at for at, (trip, service_day) in enumerate(zip(ids, day.tolist(), strict=True))}
    taken = set(after.values())
    for (one, other), kind in sorted(rules.items()):
        for service_day in sorted(set(day.tolist())):
            before, trip = row.get((one, service_day)), row.get((other, service_day))
            if kind != STAY or before is None or trip is None or before in after or trip in taken:
                continue
            if calls.departure_s[begins[trip]] >= calls.arrival_s[ends[before]]:
                after[before] = trip
                taken.add(trip)


def _near(stops: pd.DataFrame, one: int, other: int) -> bool:
    if one == other:
        return True
    a, b = stops.iloc[one], stops.iloc[other]
    east = (b["lon"] - a["lon"]) * np.cos(np.radians(a["lat"]))
    return bool(np.hypot(east, b["lat"] - a["lat"]) * DEGREE_M <= SAME_PLACE_M)


def vehicles_of(timetable: DayTimetable) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The vehicle of each trip, and which of its trips it is.

    Parameters
    ----------
    timetable
        What runs, edited or not: where a trip between two others was taken out, nobody stays aboard.

    Returns
    -------
    vehicle : int32 array of shape (trips,)
        Row of the first trip that it runs without a break.
    leg : int32 array of shape (trips,)
        Place of the trip among them, from 0.
    """
    trips, calls = timetable.trips, timetable.calls
    vehicle, leg = np.arange(len(trips), dtype=np.int32), np.zeros(len(trips), np.int32)
    if "vehicle" not in trips:
        return vehicle, leg
    number, place = trips["vehicle"].to_numpy(), trips["leg"].to_numpy()
    some = np.flatnonzero(number >= 0)
    some = some[np.lexsort((place[some], number[some]))]
    first = timetable.first_call
    for before, trip in zip(some[:-1].tolist(), some[1:].tolist(), strict=True):
        if (
            number[before] == number[trip]
            and place[before] + 1 == place[trip]
            and first[before] < first[before + 1]
            and first[trip] < first[trip + 1]
            and calls.departure_s[first[trip]] >= calls.arrival_s[first[before + 1] - 1]
        ):
            vehicle[trip], leg[trip] = vehicle[before], leg[before] + 1
    return vehicle, leg


def ridden_trips(timetable: DayTimetable, board: int, alight: int) -> Sequence[tuple[int, int]]:
    """The parts of a ride by trip: of a vehicle that goes on as another line there are several.

    Parameters
    ----------
    timetable
        What runs.
    board, alight
        Rows of the calls of boarding and alighting.

    Returns
    -------
    list of tuple
        Rows of the first and the last call in each trip.
    """
    calls, first = timetable.calls, timetable.first_call
    begin, end = int(calls.trip[board]), int(calls.trip[alight])
    if begin == end:
        return [(board, alight)]
    number, place = timetable.trips["vehicle"].to_numpy(), timetable.trips["leg"].to_numpy()
    chain = np.flatnonzero((number == number[begin]) & (place >= place[begin]) & (place <= place[end]))
    parts = []
    for trip in chain[np.argsort(place[chain])].tolist():
        last = alight if trip == end else int(first[trip + 1]) - 1
        parts.append((board if trip == begin else int(first[trip]), last))
    # Who stays aboard where the vehicle stands passes no stop of the trip that ends there or begins.
    return [(one, other) for one, other in parts if one < other] or [(board, alight)]
