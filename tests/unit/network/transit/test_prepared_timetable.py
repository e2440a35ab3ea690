"""The hours of a timetable that a router works on: nothing else in them, and the same answers as from more hours."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.sweep import BOARD, TIME
from tests.transit_cases import drawn_case, ends_of, prepared_case, timetable, transfers_of

LATE = 6000


@pytest.mark.parametrize("seed", range(6))
def test_events_are_those_of_the_hours_and_their_calls_are_known(seed):
    table, transfers, *_ = drawn_case(seed)
    prepared = PreparedTimetable.of(table, transfers, 1060, 1300, "any")
    events = prepared.to.events
    assert (prepared.start_s, prepared.frame_s) == (1060, 240)
    assert np.all((events.time_s >= 0) & (events.time_s < 240))
    assert np.all(np.diff(events.time_s) >= 0)
    calls = table.calls
    at_s = np.where(events.does & BOARD, calls.departure_s[prepared.call], calls.arrival_s[prepared.call])
    assert np.all(np.isin(events.time_s + 1060, [calls.arrival_s[prepared.call], calls.departure_s[prepared.call]]))
    assert prepared.stop.tolist() == calls.stop[prepared.call].tolist()
    assert len(at_s) == len(set(zip(prepared.call.tolist(), events.does.tolist(), strict=True)))
    assert prepared.to.transfers.first[-1] == len(prepared.to.transfers.event)


@pytest.mark.parametrize("budget_s", [None, 100])
def test_hours_before_and_after_change_no_answer_within(budget_s):
    compared = 0
    for seed in range(15):
        case = drawn_case(seed)
        answers = []
        for begin_s, end_s in ((900, LATE), (0, 2 * LATE)):
            prepared, ends = prepared_case(case, begin_s, end_s)
            result = prepared.swept(ends, 0, False, budget_s)
            leaves_s = prepared.to.events.time_s[result.board] + prepared.start_s
            known = (leaves_s >= 900) & (result.value < 2**61)
            arrives_s = result.value[known] // TIME + prepared.start_s
            rest = result.value[known] % TIME
            answers.append(list(zip(leaves_s[known].tolist(), arrives_s.tolist(), rest.tolist(), strict=True)))
        assert answers[0] == answers[1]
        compared += len(answers[0])
    assert compared > 100


@pytest.mark.parametrize("seed", range(6))
def test_the_sweep_from_a_place_is_over_the_same_events_turned_round(seed):
    prepared, _ = prepared_case(drawn_case(seed))
    assert prepared.graph(turned=False) is prepared.to
    assert prepared.graph(turned=True) is prepared.from_
    there, back = prepared.to.events, prepared.from_.events
    assert back.time_s.tolist() == (prepared.frame_s - there.time_s[::-1]).tolist()
    assert back.stop.tolist() == there.stop[::-1].tolist()
    assert len(prepared.from_.transfers.event) == len(prepared.to.transfers.event)


def test_who_may_board_only_what_is_said_to_be_accessible_boards_nothing_else():
    ride = [(0, 1000, 1000, True, True), (1, 1100, 1100, True, True)]
    table = timetable(2, [ride, ride, ride])
    table = replace(table, trips=table.trips.assign(wheelchair=[0, 1, 2]))
    hours = (900, 2000)
    trips = {
        boarding: sorted(set(PreparedTimetable.of(table, transfers_of([]), *hours, boarding).to.events.trip.tolist()))
        for boarding in ("any", "not_inaccessible", "accessible")
    }
    assert trips == {"any": [0, 1, 2], "not_inaccessible": [0, 1], "accessible": [1]}


def test_stops_that_are_there_several_times_are_told_as_those_of_the_timetable():
    prepared, _ = prepared_case(drawn_case(2))
    shifted = prepared.to.events._replace(stop=prepared.to.events.stop + np.int32(prepared.stops))
    layered = replace(prepared, to=prepared.to._replace(events=shifted), stops=2 * prepared.stops, layers=2)
    assert layered.stop.tolist() == prepared.stop.tolist()


def test_hours_without_a_vehicle_answer_nothing():
    case = drawn_case(1)
    prepared = PreparedTimetable.of(case[0], case[1], 40_000, 41_000, "any")
    result = prepared.swept(ends_of(case[3], len(case[0].stops), 0), 0, True)
    assert len(prepared.call) == len(result.undominated) == 0
