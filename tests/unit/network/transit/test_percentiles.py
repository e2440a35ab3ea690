"""Seconds of every departure from labels, against the sweep that tells trips; and legs in steps of departures."""

import numpy as np
import pytest

from tesoma_geo.network.transit.labels import WALK, sweep_labels
from tesoma_geo.network.transit.labels_to_times import SweepQuery, ranks_of
from tesoma_geo.network.transit.percentiles import read, slotted_legs, stop_profiles
from tesoma_geo.network.transit.sweep import TIME
from tests.plain_raptor import Plain, as_seconds, of_legs
from tests.transit_cases import COUNT, LONGEST_LEG, MOST, START, STEP, drawn_case, legs_of, prepared_case


def profiled(case, budget_s, count=COUNT):
    prepared, ends = prepared_case(case)
    query = SweepQuery(START - prepared.start_s, STEP, count, False, False, prepared.frame_s, case[5], MOST, budget_s)
    labels = sweep_labels(*prepared.to, ends, 0, prepared.stops, prepared.trips, budget_s)
    return prepared, query, labels, stop_profiles(prepared.to.events, labels, prepared.stops, query, LONGEST_LEG)


@pytest.mark.parametrize("budget_s", [60, 700])
@pytest.mark.parametrize("seed", range(8))
def test_percentiles_are_those_of_a_plain_search_at_every_departure(seed, budget_s):
    case = drawn_case(seed)
    _, query, _, profiles = profiled(case, budget_s)
    ranks = ranks_of(np.array([0, 5, 50, 95, 100]), COUNT)
    out = np.full((len(ranks), 3), -1, np.float32)
    read(0, 3, slotted_legs(case[2], STEP), profiles, query, case[4], ranks, out)
    plain, asked = Plain.of(case[0], case[1]), [START + i * STEP for i in range(COUNT)]
    for place in range(3):
        legs = of_legs(case[2], place), of_legs(case[3], 0), case[5]
        arrives = [plain.arrival(second, *legs, budget_s) for second in asked]
        assert out[:, place].tolist() == np.sort(as_seconds(arrives, asked, case[4][place], MOST))[ranks].tolist()


@pytest.mark.parametrize("seed", range(8))
def test_a_profile_tells_when_the_boarding_is_caught_and_what_it_gives(seed):
    prepared, query, labels, profiles = profiled(drawn_case(seed), 300)
    known = {
        (
            int(prepared.to.events.stop[event]),
            int(prepared.to.events.time_s[event]),
            int(value // TIME),
            int(value & WALK),
        )
        for event, value in zip(labels.event, labels.value, strict=True)
    }
    for stop in range(prepared.stops):
        quickest = []
        for i in range(profiles.begin[stop], profiles.end[stop]):
            assert 0 <= profiles.rest_s[i] < STEP
            boards_s = query.first_s + query.slack_s + profiles.slot[i] * STEP + profiles.rest_s[i]
            arrives_s = query.first_s + profiles.result_s[i]
            assert (stop, boards_s, arrives_s, profiles.walk_s[i]) in known
            quickest.append(profiles.result_s[i] - profiles.slot[i] * STEP)
        assert profiles.quickest_s[stop] <= min(quickest, default=2**30)


@pytest.mark.parametrize("step_s", [1, 30, 60, 1800])
def test_legs_in_steps_are_the_same_seconds(step_s):
    legs = legs_of([[(0, 0), (3, 59)], [], [(1, 60), (2, 451)]])
    slotted = slotted_legs(legs, step_s)
    assert (slotted.slots * step_s + slotted.rest_s).tolist() == legs.walk_s.tolist()
    assert np.all((slotted.rest_s >= 0) & (slotted.rest_s < step_s))
    assert slotted.first.tolist() == [0, 2, 2, 4]


def test_only_the_places_asked_for_are_filled():
    case = drawn_case(2)
    _, query, _, profiles = profiled(case, 700)
    out = np.full((1, 3), -1, np.float32)
    read(1, 2, slotted_legs(case[2], STEP), profiles, query, case[4], np.array([0]), out)
    assert out[0, 0] == out[0, 2] == -1
    assert out[0, 1] >= 0


def test_without_a_stop_near_by_walking_all_the_way_is_the_answer():
    case = drawn_case(4)
    _, query, _, profiles = profiled(case, 300)
    out = np.empty((2, 2), np.float32)
    direct_s = np.array([812.5, np.inf], np.float32)
    read(0, 2, slotted_legs(legs_of([[], []]), STEP), profiles, query, direct_s, np.array([0, COUNT - 1]), out)
    assert out.T.tolist() == [[812.5, 812.5], [np.inf, np.inf]]
