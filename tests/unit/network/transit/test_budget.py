"""Trips within a budget of walking: each can be followed, and what it says of itself is so."""

import numpy as np
import pytest

from tesoma_geo.network.transit.budget import sweep_within
from tesoma_geo.network.transit.sweep import NONE, RIDE, TIME, sweep
from tests.plain_raptor import Plain, of_legs
from tests.transit_cases import drawn_case, prepared_case

LAVISH = 5000  # more than any trip of a case walks


def within(case, budget_s):
    prepared, ends = prepared_case(case)
    return prepared, ends, sweep_within(*prepared.to, ends, 0, prepared.stops, prepared.trips, budget_s)


def followed(prepared, ends, result, step):
    """Arrival, rides and seconds on foot of a step, added up ride by ride."""
    events, transfers = prepared.to
    rides, walked_s = 0, 0
    while True:
        board, alight = result.board[step], result.alight[step]
        assert events.trip[board] == events.trip[alight]
        assert board < alight
        rides += 1
        following = result.onward[step]
        if following == NONE:
            stop = events.stop[alight]
            return events.time_s[alight] + ends.need_s[stop], rides, walked_s + ends.walk_s[stop]
        changes = slice(transfers.first[alight], transfers.first[alight + 1])
        possible = transfers.walk_s[changes][transfers.event[changes] == result.board[following]]
        walked_s += int(result.value[step] % RIDE - result.value[following] % RIDE)
        assert result.value[step] % RIDE - result.value[following] % RIDE in possible
        step = following


@pytest.mark.parametrize("budget_s", [0, 90, 300])
@pytest.mark.parametrize("seed", range(12))
def test_every_step_leads_to_the_place_as_it_says(seed, budget_s):
    prepared, ends, result = within(drawn_case(seed), budget_s)
    assert np.all(np.diff(result.board) >= 0)  # in the order of their events
    for step, value in enumerate(result.value.tolist()):
        assert followed(prepared, ends, result, step) == (value // TIME, value % TIME // RIDE, value % RIDE)
        assert value % RIDE <= budget_s


@pytest.mark.parametrize("budget_s", [0, 90, 300])
@pytest.mark.parametrize("seed", range(12))
def test_the_earliest_arrival_within_the_budget_is_that_of_a_plain_search(seed, budget_s):
    case = drawn_case(seed)
    prepared, _, result = within(case, budget_s)
    plain, egress, told = Plain.of(case[0], case[1]), of_legs(case[3], 0), result.undominated
    stop, leaves_s = (array[result.board[told]] for array in (prepared.to.events.stop, prepared.to.events.time_s))
    for here in range(prepared.stops):
        for second in (prepared.start_s, 1000, 1180, 1301):
            fits = (stop == here) & (leaves_s >= second - prepared.start_s)
            best = (result.value[told][fits] // TIME).min(initial=2**40) + prepared.start_s
            known = plain.arrival(second, [(here, 0)], egress, budget_s=budget_s, earliest_s=prepared.start_s)
            assert best == known or (np.isinf(known) and not fits.any())


def test_with_a_budget_for_any_walk_arrivals_and_rides_are_those_of_the_plain_sweep():
    told = 0
    for seed in range(20):
        prepared, ends, result = within(drawn_case(seed), LAVISH)
        fast = sweep(*prepared.to, ends, 0, prepared.stops, prepared.trips)
        best = {}
        for event, value in zip(result.board.tolist(), result.value.tolist(), strict=True):
            best[event] = min(best.get(event, value), value)
        reached = np.flatnonzero(fast.value < 2**61)
        assert {int(event): int(fast.value[event]) for event in reached} == best
        told += len(best)
    assert told > 100


def test_lists_grow_beyond_their_first_room():
    # A budget of hours reserves room for a value a second of it at every event.
    prepared, ends, wide = within(drawn_case(3), 30_000)
    narrow = sweep_within(*prepared.to, ends, 0, prepared.stops, prepared.trips, LAVISH)
    assert [array.tolist() for array in wide] == [array.tolist() for array in narrow]
