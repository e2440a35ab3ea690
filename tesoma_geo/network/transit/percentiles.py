"""What labels mean for places: the seconds of every departure, and percentiles of them.

Deadlines are departures in a mirror: who asks for the latest departure that meets each deadline asks, with the
sign of all times turned, for the earliest arrival of each departure. So there is one case to read here.
"""

from typing import NamedTuple

import numpy as np

from tesoma_geo._kernels import Float32, Int32, Int64, kernel
from tesoma_geo.network.transit.labels import WALK, Labels
from tesoma_geo.network.transit.labels_to_times import SweepQuery
from tesoma_geo.network.transit.legs import StopLegs
from tesoma_geo.network.transit.sweep import TIME, Events

NOT_YET = np.int32(2**30)

#: Seconds of the walks to stops that are looked at first.
NEAR_S = 450


class StopProfiles(NamedTuple):
    """Labels stop by stop, latest first; those of stop ``i`` from ``begin[i]`` to ``end[i]``.

    Attributes
    ----------
    begin, end
        Shape (stops,).
    quickest_s
        What the best label takes at least from a departure that catches it, shape (stops,).
    slot, rest_s
        The last departure asked for that catches the boarding, were the place at the stop, and the seconds to
        spare.
    result_s
        Arrival, in seconds after the first departure.
    walk_s
        On foot from there on.
    """

    begin: Int64
    end: Int64
    quickest_s: Int32
    slot: Int32
    rest_s: Int32
    result_s: Int32
    walk_s: Int32


class SlottedLegs(NamedTuple):
    """Ways between places and stops, place by place as in :class:`~tesoma_geo.network.transit.legs.StopLegs`.

    Attributes
    ----------
    first, stop, walk_s
        As there.
    slots, rest_s
        The seconds as whole steps between departures, and the rest, shape (k,).
    """

    first: Int64
    stop: Int32
    walk_s: Int32
    slots: Int32
    rest_s: Int32


def slotted_legs(legs: StopLegs, step_s: int) -> SlottedLegs:
    """Legs for departures at equal steps.

    Parameters
    ----------
    legs
        Between places and stops.
    step_s
        Seconds between departures.

    Returns
    -------
    SlottedLegs
        The same legs.
    """
    slots, rest_s = np.divmod(legs.walk_s, np.int32(step_s))
    return SlottedLegs(legs.first, legs.stop, legs.walk_s, slots, rest_s)


@kernel
def stop_profiles(events: Events, labels: Labels, stops: int, query: SweepQuery, longest_leg_s: int) -> StopProfiles:
    """Sort labels by stop, without those that no departure asked for can be helped by.

    Of the labels that even the last departure catches after the longest walk only those are kept of which none
    is as good in both.

    Parameters
    ----------
    events
        What vehicles do.
    labels
        What the sweep found.
    stops
        How many there are.
    query
        The departures, and what a trip may be.
    longest_leg_s
        Most seconds between a place and a stop.

    Returns
    -------
    StopProfiles
        Stop by stop, latest first.
    """
    event, value = labels
    first_s, step_s, count, arrive_by, turned, frame_s, slack_s, _, _ = query
    size = np.zeros(stops + 1, np.int64)
    for i in range(event.size):
        size[events.stop[event[i]] + 1] += 1
    begin = np.cumsum(size)
    end = begin[:-1].copy()
    slot, rest_s = np.empty(event.size, np.int32), np.empty(event.size, np.int32)
    result_s, walk_s = np.empty(event.size, np.int32), np.empty(event.size, np.int32)
    quickest_s = np.full(stops, NOT_YET, np.int32)
    spare_slots = longest_leg_s // step_s + 1 if turned == arrive_by else 0
    for i in range(event.size):
        board_s, arrival_s, walked_s = events.time_s[event[i]] - slack_s, value[i] // TIME, value[i] & WALK
        if turned:
            board_s, arrival_s = frame_s - arrival_s, frame_s - board_s
        if arrive_by:
            board_s, arrival_s = first_s + (count - 1) * step_s - arrival_s, first_s + (count - 1) * step_s - board_s
        else:
            board_s, arrival_s = board_s - first_s, arrival_s - first_s
        if board_s < 0:
            continue
        stop = events.stop[event[i]]
        latest = board_s // step_s
        if latest - spare_slots >= count - 1:
            end[stop] = _without(begin[stop], end[stop], arrival_s, walked_s, slot, rest_s, result_s, walk_s)
        slot[end[stop]], rest_s[end[stop]] = latest, board_s % step_s
        result_s[end[stop]], walk_s[end[stop]] = arrival_s, walked_s
        end[stop] += 1
        quickest_s[stop] = min(quickest_s[stop], arrival_s - latest * step_s)
    return StopProfiles(begin[:-1], end, quickest_s, slot, rest_s, result_s, walk_s)


@kernel
def _without(
    begin: int, end: int, new_s: int, new_walk_s: int, slot: Int32, rest_s: Int32, result_s: Int32, walk_s: Int32
) -> int:
    """Take away a stop's labels that a new one is as good as; where they end then."""
    still = begin
    for i in range(begin, end):
        if result_s[i] < new_s or walk_s[i] < new_walk_s:
            slot[still], rest_s[still], result_s[still], walk_s[still] = slot[i], rest_s[i], result_s[i], walk_s[i]
            still += 1
    return still


@kernel
def read(
    begin: int, end: int, legs: SlottedLegs, profiles: StopProfiles, query: SweepQuery, direct_s: Float32, ranks: Int64,
    out: Float32,
) -> None:  # fmt: skip
    """Find the seconds of places at ranks of the departures.

    Parameters
    ----------
    begin, end
        Rows of the places.
    legs
        Between the places and stops.
    profiles
        What the sweep found at each stop.
    query
        The departures, and what a trip may be.
    direct_s
        Seconds of walking all the way, shape (places,).
    ranks
        Ranks from 0, shape (p,).
    out
        Filled, shape (p, places).
    """
    step_s, count, most_s = query.step_s, query.departures, query.most_s
    least_s = np.empty(count, np.int32)
    runs, buckets = np.empty((3, count), np.int32), np.empty(count + most_s // step_s + 3, np.int32)
    for place in range(begin, end):
        for slot in range(count):
            least_s[slot] = slot * step_s + most_s + 1  # later does not count
        # Stops nearby first: what they tell leaves many of the others not worth looking at.
        worst_s = float(NOT_YET)
        for near in (True, False):
            if query.turned == query.arrive_by:
                _boarded(place, legs, profiles, query.most_walk_s, step_s, near, worst_s, least_s)
            else:
                _alighted(place, legs, profiles, query.most_walk_s, step_s, near, worst_s, least_s)
            worst_s = min(float(direct_s[place]), _slowest_s(least_s, step_s, most_s))
        _ranked(least_s, step_s, most_s, direct_s[place], ranks, runs, buckets, out[:, place])


@kernel
def _slowest_s(least_s: Int32, step_s: int, most_s: int) -> float:
    """What the slowest departure takes, as far as is known."""
    best, slowest_s = int(NOT_YET), 0
    for slot in range(least_s.size - 1, -1, -1):
        if least_s[slot] <= slot * step_s + most_s:
            best = min(best, int(least_s[slot]))
        slowest_s = max(slowest_s, best - slot * step_s)
    return float(slowest_s)


@kernel
def _boarded(
    place: int,
    legs: SlottedLegs,
    profiles: StopProfiles,
    budget_s: int,
    step_s: int,
    near: bool,
    worst_s: float,
    least_s: Int32,
) -> None:
    """Put the best result of each departure, of trips that begin with the leg, into ``least_s``.

    Only legs ``near`` or only others; no trip need be told that takes ``worst_s`` or more.
    """
    leg_first, leg_stop, leg_walk_s, leg_slots, leg_rest_s = legs
    begin, end, quickest_s, slots, rest_s, result_s, walk_s = profiles
    last = least_s.size - 1
    for leg in range(leg_first[place], leg_first[place + 1]):
        if (leg_walk_s[leg] <= NEAR_S) != near or quickest_s[leg_stop[leg]] + leg_slots[leg] * step_s >= worst_s:
            continue
        spare_s = budget_s - leg_walk_s[leg]
        for i in range(begin[leg_stop[leg]], end[leg_stop[leg]]):
            slot = slots[i] - leg_slots[leg] - (rest_s[i] < leg_rest_s[leg])
            if slot < 0:
                break  # as are all that leave before
            slot = min(slot, last)
            # One test of both, as the processor guesses it better than two.
            if (walk_s[i] <= spare_s) & (result_s[i] < least_s[slot]):
                least_s[slot] = result_s[i]


@kernel
def _alighted(
    place: int,
    legs: SlottedLegs,
    profiles: StopProfiles,
    budget_s: int,
    step_s: int,
    near: bool,
    worst_s: float,
    least_s: Int32,
) -> None:
    """Put the best result of each departure, of trips that end with the leg, into ``least_s``; as ``_boarded``."""
    leg_first, leg_stop, leg_walk_s, leg_slots, _ = legs
    begin, end, quickest_s, slots, _, result_s, walk_s = profiles
    last = least_s.size - 1
    for leg in range(leg_first[place], leg_first[place + 1]):
        if (leg_walk_s[leg] <= NEAR_S) != near or quickest_s[leg_stop[leg]] + leg_slots[leg] * step_s >= worst_s:
            continue
        on_foot_s = leg_walk_s[leg]
        for i in range(begin[leg_stop[leg]], end[leg_stop[leg]]):
            slot = min(slots[i], last)
            if (walk_s[i] + on_foot_s <= budget_s) & (result_s[i] + on_foot_s < least_s[slot]):
                least_s[slot] = result_s[i] + on_foot_s


@kernel
def _ranked(
    least_s: Int32, step_s: int, most_s: int, direct_s: float, ranks: Int64, runs: Int32, buckets: Int32, out: Float32
) -> None:
    """Fill ``out`` with the seconds of the departures that have the ``ranks`` if sorted by them.

    Departures that catch the same vehicle differ by what they wait: a *run* of seconds one step apart. So each
    has one departure in each of some neighbouring buckets of a step's width, and which bucket a rank falls in
    is counted without looking at the departures one by one.
    """
    count, some, best = least_s.size, 0, NOT_YET
    bucket, rest_s, length = runs
    buckets[:] = 0
    for slot in range(count - 1, -1, -1):
        if least_s[slot] <= slot * step_s + most_s and least_s[slot] < best:
            best = least_s[slot]
            taken_s = best - slot * step_s
            bucket[some], length[some] = taken_s // step_s, 0
            rest_s[some] = taken_s - bucket[some] * step_s
            some += 1
        if some:
            length[some - 1] += 1
    for run in range(some):
        buckets[bucket[run]] += 1
        buckets[bucket[run] + length[run]] -= 1
    of_bucket, below = 0, 0
    for i in range(buckets.size):
        of_bucket += buckets[i]
        buckets[i] = below  # how many departures take less
        below += of_bucket
    for i in range(ranks.size):
        out[i] = direct_s
        if ranks[i] < below:
            at = np.searchsorted(buckets, ranks[i], side="right") - 1
            taken_s = at * step_s + _nth_rest(ranks[i] - buckets[at], at, some, bucket, rest_s, length)
            out[i] = min(float(taken_s), direct_s)


@kernel
def _nth_rest(nth: int, at: int, some: int, bucket: Int32, rest_s: Int32, length: Int32) -> int:
    """The rest of the run that has the ``nth`` smallest, of those with a departure in a bucket."""
    for run in range(some):
        if not bucket[run] <= at < bucket[run] + length[run]:
            continue
        less, same = 0, 0
        for other in range(some):
            if bucket[other] <= at < bucket[other] + length[other]:
                less += rest_s[other] < rest_s[run]
                same += rest_s[other] == rest_s[run]
        if less <= nth < less + same:
            return int(rest_s[run])
    return 0
