"""The trip of the median departure of each place, with the stops where its walks end and begin."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit.fares import Fare, FareRide, fare_of
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.router import TransitRouter
from tesoma_geo.network.transit.search import BestTrips
from tesoma_geo.network.transit.sweep import NONE, RIDE
from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.network.transit.trips import percentiles_of
from tesoma_geo.network.transit.vehicles import ridden_trips

Seconds = NDArray[np.float64]


class MedianTrips(NamedTuple):
    """One trip a place: of the first departure of the window that takes as long as the median. Shape (n,) each.

    ``access_s``, ``wait_s``, ``riding_s``, ``transfer_s`` and ``egress_s`` sum to ``seconds`` where the place
    ``rides``; elsewhere they are 0.

    Attributes
    ----------
    seconds
        From the departure to the arrival, ``inf`` where there is no trip.
    slot
        The departure, a column of what the router answers.
    rides
        Whether a vehicle is boarded.
    boards, alights
        Stops of the first boarding and the last alighting, rows of the timetable's; -1 without.
    access_s, egress_s
        Of the walk to the first stop and from the last, whole seconds.
    wait_s
        Before the first ride, wherever it is waited.
    riding_s
        Aboard.
    transfer_s
        Between vehicles, waiting and walking.
    calls
        Where each ride is boarded and left, rows of the timetable's calls, -1 where there are fewer rides; shape
        (n, most rides, 2).
    draw
        Of the phases of lines by headway; 0 where all are known.
    """

    seconds: Seconds
    slot: NDArray[np.int64]
    rides: NDArray[np.bool_]
    boards: NDArray[np.int64]
    alights: NDArray[np.int64]
    access_s: Seconds
    wait_s: Seconds
    riding_s: Seconds
    transfer_s: Seconds
    egress_s: Seconds
    calls: NDArray[np.int64]
    draw: NDArray[np.int64]


def median_trips(router: TransitRouter, origins: Places, hub: Places) -> MedianTrips:
    """The trips behind the median travel times to the nearest point of a hub.

    Parameters
    ----------
    router
        Of departures.
    origins, hub
        What the router's ``snap`` made of points.

    Returns
    -------
    MedianTrips
        A trip an origin.

    Raises
    ------
    InputError
        The router is asked for deadlines.
    """
    if router.departures.arrive_by:
        raise InputError("a router of deadlines has no departures", "Make it without arrive_by")
    direct_s = router.access.direct_s(origins, hub).min(axis=1)
    drawn = [search.best(origins.legs_to, direct_s, hub, "to") for search in router.searches]
    seconds = drawn[0].seconds if len(drawn) == 1 else np.concatenate([best.seconds for best in drawn], axis=1)
    median_s = percentiles_of(seconds, (50.0,))[0]
    draw, slot = np.divmod((seconds == median_s[:, None]).argmax(axis=1), len(router.asked_s))
    rides = median_s < direct_s
    parts = [
        _of_draw(router, best, number, np.flatnonzero((draw == number) & rides), slot, median_s)
        for number, best in enumerate(drawn)
    ]
    most = max(part[-1].shape[1] for part in parts)
    padded = [np.pad(part[-1], ((0, 0), (0, most - part[-1].shape[1]), (0, 0)), constant_values=NONE) for part in parts]
    at, boards, alights, access_s, wait_s, riding_s, transfer_s, egress_s = (
        np.concatenate(column) for column in list(zip(*parts, strict=True))[:-1]
    )
    calls = np.concatenate(padded)
    rides = np.zeros(len(slot), bool)
    rides[at] = True

    def of_all(values: NDArray[Any], otherwise: int) -> NDArray[Any]:
        every = np.full((len(slot), *values.shape[1:]), otherwise, values.dtype)
        every[at] = values
        return every

    stops = (of_all(each, -1) for each in (boards, alights))
    seconds_of = (of_all(each.astype(float), 0) for each in (access_s, wait_s, riding_s, transfer_s, egress_s))
    return MedianTrips._make(
        [median_s.astype(float), slot, rides, *stops, *seconds_of, of_all(calls, -1), draw]
    )  # fmt: skip


def _of_draw(
    router: TransitRouter,
    best: BestTrips,
    draw: int,
    at: NDArray[np.intp],
    slot: NDArray[np.int64],
    median_s: NDArray[np.float32],
) -> tuple[NDArray[Any], ...]:
    """The trips of one draw of phases: places, stops, seconds and calls, as in :class:`MedianTrips`."""
    at = at[best.step[at, slot[at]] != NONE]
    prepared, swept = router.searches[draw].prepared, best.swept
    events = prepared.to.events
    value, first = best.value[at, slot[at]], best.step[at, slot[at]]
    last, riding_s, calls = _followed(prepared, best, first)
    boarding, alighting = swept.board[first], swept.alight[last]
    egress_s = swept.value[last] % RIDE
    access_s = value % RIDE - swept.value[first] % RIDE
    wait_s = events.time_s[boarding] + prepared.start_s - access_s - router.asked_s[slot[at]]
    transfer_s = median_s[at] - access_s - wait_s - riding_s - egress_s
    boards, alights = (prepared.stop[event].astype(np.int64) for event in (boarding, alighting))
    return at, boards, alights, access_s, wait_s, riding_s, transfer_s, egress_s, calls


def fares(timetable: DayTimetable, trips: MedianTrips) -> list[Fare | None]:
    """The cheapest fare of each trip; None where it rides and the feed has none, or goes nowhere.

    Who walks all the way pays nothing, in no currency.

    Parameters
    ----------
    timetable
        What runs, with its fares.
    trips
        The trips.

    Returns
    -------
    list of Fare or None
        One a trip.
    """
    # Many places have the same rides at other hours, and fares only count the seconds between boardings.
    known: dict[tuple[FareRide, ...], Fare | None] = {(): Fare(0.0, "", ())}
    cheapest: list[Fare | None] = []
    for seconds, rides in zip(trips.seconds, trips.calls, strict=True):
        parts = [part for first, last in rides.tolist() if first >= 0 for part in ridden_trips(timetable, first, last)]
        ridden = [FareRide.of(timetable, first, last) for first, last in parts]
        key = tuple(replace(ride, starts_s=ride.starts_s - ridden[0].starts_s) for ride in ridden)
        if key not in known:
            known[key] = fare_of(timetable, key)
        cheapest.append(known[key] if np.isfinite(seconds) else None)
    return cheapest


def _followed(
    prepared: PreparedTimetable, best: BestTrips, first: NDArray[np.int32]
) -> tuple[NDArray[np.int32], Seconds, NDArray[np.int64]]:
    """The last step of each trip, the seconds aboard of all its steps, and the calls of each."""
    time_s, call, swept = prepared.to.events.time_s, prepared.call, best.swept
    riding_s, calls = np.zeros(len(first)), []
    step, onward = first, first
    while (onward != NONE).any():
        step = np.where(onward == NONE, step, onward)
        ridden = np.column_stack([swept.board[step], swept.alight[step]])
        riding_s += np.where(onward == NONE, 0, np.diff(time_s[ridden], axis=1)[:, 0])
        calls.append(np.where((onward == NONE)[:, None], NONE, call[ridden]))
        onward = np.where(onward == NONE, NONE, swept.onward[step])
    return step, riding_s, np.stack(calls, axis=1) if calls else np.empty((len(first), 0, 2), np.int64)
