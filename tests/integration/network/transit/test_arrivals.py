"""Arrivals alone: the same as of the sweep that knows the trips, and of a plain RAPTOR for one departure."""

import numpy as np
import pytest

from tesoma_geo.network.transit.arrivals import one_departure, sweep_arrivals
from tesoma_geo.network.transit.sweep import TIME, sweep
from tests.plain_raptor import Plain, as_seconds, of_legs
from tests.transit_cases import MOST, drawn_case, legs_of, prepared_case, timetable, transfers_of


@pytest.mark.parametrize("earliest", [0, 1400])
@pytest.mark.parametrize("seed", range(12))
def test_each_boarding_arrives_as_in_the_full_sweep(seed, earliest):
    prepared, ends = prepared_case(drawn_case(seed))
    labels = sweep_arrivals(*prepared.to, ends, earliest, prepared.stops, prepared.trips)
    full = sweep(*prepared.to, ends, earliest, prepared.stops, prepared.trips)
    assert np.all(labels.value % TIME == 0)  # seconds on foot are not told
    assert (labels.value // TIME).tolist() == (full.value[labels.event] // TIME).tolist()
    # Of boardings that arrive alike the fuller sweep keeps those with fewer rides or less walking too.
    assert set(labels.event.tolist()) <= set(full.board[full.undominated].tolist())
    stop = prepared.to.events.stop[labels.event]
    for here in set(stop.tolist()):
        assert np.all(np.diff(labels.value[stop == here]) < 0)


def answered(case, leaves_s, weight, budget_s):
    table, _, places, hub, direct_s, slack_s = case
    prepared, _ = prepared_case(case)
    out = np.full((len(direct_s), 1), -1, np.float32)
    one_departure(
        0, len(direct_s), places.first, places.stop, places.walk_s, hub.first, hub.stop, hub.walk_s,
        direct_s[:, None].copy(), prepared.to, leaves_s - prepared.start_s, slack_s, MOST, weight, budget_s,
        len(table.stops), len(table.trips), out,
    )  # fmt: skip
    return out[:, 0].tolist()


@pytest.mark.parametrize(("weight", "budget_s"), [(0, 0), (1, 60), (1, 250)])
@pytest.mark.parametrize("seed", range(24))
def test_one_departure_is_that_of_a_plain_search(seed, weight, budget_s):
    case = drawn_case(seed)
    plain, (_, _, places, hub, direct_s, slack_s) = Plain.of(case[0], case[1]), case
    for leaves_s in (1000, 1060, 1241):
        expected = []
        for place in range(len(direct_s)):
            legs = of_legs(places, place), of_legs(hub, 0), slack_s
            arrives_s = plain.arrival(leaves_s, *legs, budget_s if weight else np.inf)
            expected += as_seconds([arrives_s], [leaves_s], direct_s[place], MOST)
        assert answered(case, leaves_s, weight, budget_s) == expected


def test_rows_of_other_origins_are_left_alone():
    case = drawn_case(1)
    prepared, _ = prepared_case(case)
    table, _, places, hub, direct_s, slack_s = case
    out = np.full((3, 1), -1, np.float32)
    one_departure(
        1, 2, places.first, places.stop, places.walk_s, hub.first, hub.stop, hub.walk_s, direct_s[:, None].copy(),
        prepared.to, 1000, slack_s, MOST, 0, 0, len(table.stops), len(table.trips), out,
    )  # fmt: skip
    assert out[0, 0] == out[2, 0] == -1
    assert out[1, 0] > 0


def ride(*calls):
    return [(stop, second, second, True, True) for stop, second in calls]


@pytest.mark.parametrize("weight", [0, 1])
def test_a_transfer_known_at_a_later_call_alone_is_found(weight):
    # The vehicle stands at stop 1 and calls there again: who goes on to stop 2 changes at the second call.
    again = [ride((0, 1100), (1, 1160), (1, 1220)), ride((1, 1280), (2, 1400))]
    # Two vehicles pass stops 1 and 3 in opposite order, a third passes both: each is left where it calls last.
    there, back = ride((0, 1100), (1, 1120), (3, 1160)), ride((0, 1100), (3, 1150), (1, 1170))
    crossing = [there, back, ride((1, 1250), (3, 1270), (2, 1400))]
    for trips in (again, crossing):
        changes, home, hub = transfers_of([(1, 1, 5, 0), (3, 3, 5, 0)]), legs_of([[(0, 30)]]), legs_of([[(2, 20)]])
        case = timetable(4, trips), changes, home, hub, np.array([np.inf], np.float32), 0
        assert answered(case, 1000, weight, 50) == [420]
