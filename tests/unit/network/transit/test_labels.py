"""Arrivals within a budget of walking, against a plain RAPTOR from every stop."""

import numpy as np
import pytest

from tesoma_geo.network.transit.budget import sweep_within
from tesoma_geo.network.transit.labels import WALK, sweep_labels
from tesoma_geo.network.transit.sweep import RIDE, TIME
from tests.plain_raptor import Plain, of_legs
from tests.transit_cases import drawn_case, legs_of, prepared_case, timetable, transfers_of


def swept(case, budget_s):
    prepared, ends = prepared_case(case)
    labels = sweep_labels(*prepared.to, ends, 0, prepared.stops, prepared.trips, budget_s)
    return prepared, labels, prepared.to.events.stop[labels.event], prepared.to.events.time_s[labels.event]


@pytest.mark.parametrize("budget_s", [0, 70, 400])
@pytest.mark.parametrize("seed", range(12))
def test_the_earliest_arrival_from_a_stop_is_that_of_a_plain_search(seed, budget_s):
    case = drawn_case(seed)
    prepared, labels, stop, leaves_s = swept(case, budget_s)
    plain, egress = Plain.of(case[0], case[1]), of_legs(case[3], 0)
    for here in range(prepared.stops):
        for second in (prepared.start_s, 1000, 1061, 1180, 1400):
            for left_s in {budget_s, budget_s // 2}:  # who has walked before may walk less from there on
                fits = (stop == here) & (leaves_s >= second - prepared.start_s) & ((labels.value & WALK) <= left_s)
                best = (labels.value[fits] // TIME).min(initial=2**40) + prepared.start_s
                known = plain.arrival(second, [(here, 0)], egress, budget_s=left_s, earliest_s=prepared.start_s)
                assert best == known or (np.isinf(known) and not fits.any())


@pytest.mark.parametrize("seed", range(12))
def test_no_label_of_a_stop_is_as_good_as_one_that_leaves_later(seed):
    _, labels, stop, _ = swept(drawn_case(seed), 300)
    arrival_s, walk_s = labels.value // TIME, labels.value & WALK
    assert np.all(np.diff(labels.event) <= 0)  # latest first
    for i in range(len(stop)):
        before = np.flatnonzero(stop[:i] == stop[i])
        assert not np.any((arrival_s[before] <= arrival_s[i]) & (walk_s[before] <= walk_s[i]))


@pytest.mark.parametrize("late_s", [0, 150, 400, 1_000, 100_000])
@pytest.mark.parametrize("seed", range(6))
def test_what_nobody_is_too_late_for_is_told_without_what_is_no_better(seed, late_s):
    prepared, ends = prepared_case(drawn_case(seed))
    given = *prepared.to, ends, 0, prepared.stops, prepared.trips, 300
    every, fewer = sweep_labels(*given), sweep_labels(*given, late_s)
    stop, time_s = prepared.to.events.stop, prepared.to.events.time_s

    def best(labels, here, second, left_s):
        fits = (stop[labels.event] == here) & (time_s[labels.event] >= second) & ((labels.value & WALK) <= left_s)
        return (labels.value[fits] // TIME).min(initial=2**40)

    for here in range(prepared.stops):
        for second in {0, late_s // 2, late_s}:
            for left_s in (40, 150, 300):
                assert best(fewer, here, second, left_s) == best(every, here, second, left_s)
    assert len(fewer.event) <= len(every.event)


def test_they_are_what_the_sweep_that_knows_the_trips_finds():
    found = 0
    for seed in range(30):
        prepared, labels, stop, _ = swept(drawn_case(seed), 120)
        _, ends = prepared_case(drawn_case(seed))
        trips = sweep_within(*prepared.to, ends, 0, prepared.stops, prepared.trips, 120)
        best = {}
        for step in trips.undominated:
            key = (int(prepared.to.events.stop[trips.board[step]]), int(trips.value[step] % RIDE))
            best[key] = min(best.get(key, 2**62), int(trips.value[step] // TIME))
        for here, value in zip(stop.tolist(), labels.value.tolist(), strict=True):
            key = (here, value & WALK)
            assert best[key] <= value // TIME
            found += best[key] == value // TIME
    assert found > 50


def test_labels_that_outgrow_their_room_are_swept_again_with_more():
    # The sooner at its end, the farther to walk: all sixty ways from the first stop count, at each of ninety vehicles
    # that lead to it; more labels than there is room for at first, four for each event.
    last = [[(1, 2000, 2000, True, False), (2 + i, 2100 + i, 2100 + i, False, True)] for i in range(60)]
    feeders = [[(0, 1000 + i, 1000 + i, True, False), (1, 1900, 1900, False, True)] for i in range(90)]
    egress = legs_of([[(2 + i, 200 - 3 * i) for i in range(60)]])
    case = (timetable(62, last + feeders), transfers_of([(1, 1, 1, 0)]), legs_of([[]]), egress)
    prepared, labels, stop, _ = swept((*case, None, 0), 250)
    ways = sorted((2100 + i + 200 - 3 * i, 200 - 3 * i) for i in range(60))
    best = [way for i, way in enumerate(ways) if all(way[1] < other[1] for other in ways[:i])]
    at_first = labels.value[stop == 0]
    told = sorted((int(v // TIME) + prepared.start_s, int(v & WALK)) for v in at_first)
    assert told == best
