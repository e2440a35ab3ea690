"""A plain, slow public transport router to check the real one against: RAPTOR, round by round.

Every round rides every vehicle that a passenger can be at in time, to every later stop, and then walks to
every stop near it. What is known of a stop is all pairs of seconds and seconds on foot of which no other is
as good in both. Nothing is left out for speed.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numba import njit

INFINITE = float("inf")
NOT_YET = np.int64(2**40)


@dataclass(frozen=True)
class Plain:
    """A timetable as lists: per trip its calls (stop, arrival, departure, boards, alights)."""

    trips: list[list[tuple[int, int, int, bool, bool]]]
    changes: dict[int, list[tuple[int, int, int]]]  # stop of alighting -> (stop of boarding, need_s, walk_s)

    @classmethod
    def of(cls, timetable, transfers, boards=None, alights=None):
        calls = timetable.calls
        boards = calls.boards if boards is None else boards
        alights = calls.alights if alights is None else alights
        trips = [[] for _ in range(len(timetable.trips))]
        for row in zip(
            calls.trip.tolist(), calls.stop.tolist(), calls.arrival_s.tolist(), calls.departure_s.tolist(),
            boards.tolist(), alights.tolist(), strict=True,
        ):  # fmt: skip
            trips[row[0]].append(row[1:])
        changes = defaultdict(list)
        for row in transfers.itertuples():
            changes[row.from_stop].append((row.to_stop, row.need_s, row.walk_s))
        return cls(trips, changes)

    def arrival(self, leaves_s, access, egress, slack_s=0, budget_s=INFINITE, earliest_s=0):
        """Earliest second of arrival, infinite where there is no trip that rides.

        ``access`` and ``egress`` are lists of (stop, walk_s). Nothing happens before ``earliest_s``.
        """
        ready = defaultdict(list)  # stop -> (seconds, walked) from when on a passenger may board
        for stop, walk_s in access:
            if walk_s <= budget_s:
                add(ready[stop], (leaves_s + walk_s + slack_s, walk_s))
        arrived = defaultdict(list)
        best = INFINITE
        while ready:
            alighted = defaultdict(list)
            for calls in self.trips:
                aboard = []  # seconds on foot of who is in the vehicle
                for stop, arrival_s, departure_s, boards, alights in calls:
                    if alights and arrival_s >= earliest_s:
                        for walked in aboard:
                            if add(arrived[stop], (arrival_s, walked)):
                                add(alighted[stop], (arrival_s, walked))
                    if boards and departure_s >= earliest_s:
                        aboard += [walked for since, walked in ready.get(stop, ()) if since <= departure_s]
            ready = defaultdict(list)
            for stop, labels in alighted.items():
                for arrival_s, walked in labels:
                    for to_stop, need_s, walk_s in self.changes.get(stop, ()):
                        if walked + walk_s <= budget_s:
                            add(ready[to_stop], (arrival_s + need_s, walked + walk_s))
                    for to_stop, walk_s in egress:
                        if to_stop == stop and walked + walk_s <= budget_s:
                            best = min(best, arrival_s + walk_s)
        return best


def add(labels, new):
    """Put a pair among pairs of which none is as good in both; false if one there is as good."""
    if any(old[0] <= new[0] and old[1] <= new[1] for old in labels):
        return False
    labels[:] = [old for old in labels if not (new[0] <= old[0] and new[1] <= old[1])]
    labels.append(new)
    return True


def of_legs(legs, place):
    """The legs of one place as a list of (stop, walk_s)."""
    rows = slice(legs.first[place], legs.first[place + 1])
    return list(zip(legs.stop[rows].tolist(), legs.walk_s[rows].tolist(), strict=True))


def as_seconds(arrives_s, leaves_s, direct_s=np.inf, most_s=np.inf):
    """What the router answers for ascending departures, of which each has its earliest arrival.

    Trips that take too long from a departure do not count for it, but those of later departures do: one waits.
    Where walking all the way is as fast it is the answer.
    """
    answers, best = [], INFINITE
    for arrival_s, leaving_s in reversed(list(zip(arrives_s, leaves_s, strict=True))):
        if arrival_s - leaving_s <= most_s:
            best = min(best, arrival_s)
        answers.append(float(best - leaving_s) if best - leaving_s < direct_s else float(direct_s))
    return answers[::-1]


@njit(cache=False)
def earliest_arrivals(
    trip_first, stop, arrival_s, departure_s, boards, alights, to_first, to_stop, need_s, ready, rounds
):
    """Earliest arrival at every stop of a passenger who may board from ``ready`` on, without regard to walking.

    The same as :class:`Plain`, round by round over every trip, for a real feed: compiled, and nothing else.
    """
    arrived = np.full(ready.size, NOT_YET)
    for _ in range(rounds):
        improved = np.zeros(ready.size, np.bool_)
        for trip in range(trip_first.size - 1):
            aboard = False
            for call in range(trip_first[trip], trip_first[trip + 1]):
                if aboard and alights[call] and arrival_s[call] < arrived[stop[call]]:
                    arrived[stop[call]] = arrival_s[call]
                    improved[stop[call]] = True
                if boards[call] and ready[stop[call]] <= departure_s[call]:
                    aboard = True
        if not improved.any():
            break
        for here in np.flatnonzero(improved):
            for change in range(to_first[here], to_first[here + 1]):
                ready[to_stop[change]] = min(ready[to_stop[change]], arrived[here] + need_s[change])
    return arrived


class PlainFeed:
    """Earliest arrivals on a real timetable, for trips whose walks are limited one by one."""

    def __init__(self, timetable, transfers, boards, alights):
        ordered = transfers.sort_values(["from_stop", "to_stop"])
        first = np.searchsorted(ordered["from_stop"].to_numpy(), np.arange(len(timetable.stops) + 1))
        calls = timetable.calls
        self.stops = len(timetable.stops)
        self.calls = (timetable.first_call, calls.stop, calls.arrival_s, calls.departure_s, boards, alights)
        self.changes = (first, ordered["to_stop"].to_numpy(), ordered["need_s"].to_numpy())

    def arrival(self, leaves_s, access, egress, slack_s):
        """Earliest arrival, as :meth:`Plain.arrival`; access and egress are arrays of stops and seconds."""
        ready = np.full(self.stops, NOT_YET)
        np.minimum.at(ready, access[0], leaves_s + access[1] + slack_s)
        arrived = earliest_arrivals(*self.calls, *self.changes, ready, 20)
        best = (arrived[egress[0]] + egress[1]).min(initial=NOT_YET)
        return float(best) if best < NOT_YET else INFINITE
