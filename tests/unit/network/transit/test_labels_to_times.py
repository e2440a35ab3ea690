"""The best trip of every departure, against trying each leg and boarding one by one."""

import numpy as np
import pytest

from tesoma_geo.network.transit.labels_to_times import (
    Boardings,
    SweepQuery,
    best_trips,
    by_stop,
    overdrawn,
    ranked,
    ranks_of,
    seconds_of,
)
from tesoma_geo.network.transit.sweep import NEVER, NONE, RIDE, TIME
from tests.transit_cases import LONGEST_LEG, drawn_case, legs_of, prepared_case

FIRST, STEP, COUNT, FRAME = 300, 60, 8, 4000


def query(arrive_by=False, turned=False, slack_s=0, most_s=900, most_walk_s=RIDE - 1):
    return SweepQuery(FIRST, STEP, COUNT, arrive_by, turned, FRAME, slack_s, most_s, most_walk_s)


def packed(arrival_s, rides, walk_s):
    return arrival_s * TIME + rides * RIDE + walk_s


def drawn_boardings(seed, asked, stops=3):
    """Boardings of each stop, latest first; in a turned sweep, times of the turned timetable."""
    random = np.random.default_rng(seed)
    counts = random.integers(0, 8, stops)
    time_s = np.concatenate([np.sort(random.integers(200, 1500, count))[::-1] for count in counts])
    if asked.turned:
        time_s = np.concatenate([np.sort(random.integers(FRAME - 1500, FRAME - 200, count))[::-1] for count in counts])
    rides, walk_s = random.integers(1, 4, counts.sum()), random.integers(0, 200, counts.sum())
    value = packed(time_s + random.integers(10, 600, counts.sum()), rides, walk_s)
    step = random.permutation(counts.sum()).astype(np.int32)
    return Boardings(np.r_[0, np.cumsum(counts)], step, time_s.astype(np.int32), value)


def tried(legs, boardings, asked):
    """(value, step) of each departure over every leg and boarding; trips of other departures are waited for."""
    best = [(NEVER, NONE)] * COUNT
    for stop, walk_s in legs:
        for i in range(boardings.first[stop], boardings.first[stop + 1]):
            value = int(boardings.value[i])
            if value % RIDE + walk_s > asked.most_walk_s:
                continue
            leaves_s, arrives_s = int(boardings.time_s[i]) - walk_s - asked.slack_s, value // TIME
            if asked.turned:
                leaves_s, arrives_s = FRAME - value // TIME, FRAME - int(boardings.time_s[i]) + walk_s
            slots = [k for k in range(COUNT) if fits(FIRST + k * STEP, leaves_s, arrives_s, asked)]
            # Too long from the departure nearest to it is too long for all.
            nearest = slots[0 if asked.arrive_by else -1] if slots else 0
            second = FIRST + nearest * STEP
            taken_s = second - leaves_s if asked.arrive_by else arrives_s - second
            if not slots or taken_s > asked.most_s:
                continue
            result = (FRAME - leaves_s if asked.arrive_by else arrives_s) * TIME + value % TIME + walk_s
            for slot in slots:
                if result < best[slot][0]:
                    best[slot] = result, int(boardings.step[i])
    return best


def fits(second, leaves_s, arrives_s, asked):
    return arrives_s <= second if asked.arrive_by else leaves_s >= second


@pytest.mark.parametrize("most_walk_s", [RIDE - 1, 150])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("arrive_by", [False, True])
def test_the_best_of_each_departure_is_the_best_of_all_that_it_can_take(arrive_by, turned, most_walk_s):
    asked = query(arrive_by, turned, slack_s=30 if not turned else 0, most_walk_s=most_walk_s)
    there = 0
    for seed in range(30):
        boardings = drawn_boardings(seed, asked)
        near = [(0, 20), (2, 90)]
        legs = legs_of([[], near])
        value, step = np.empty(COUNT, np.int64), np.empty(COUNT, np.int32)
        best_trips(legs.first, legs.stop, legs.walk_s, 1, boardings, asked, value, step)
        expected = tried(near, boardings, asked)
        assert value.tolist() == [best for best, _ in expected]
        told = [int(boardings.value[np.flatnonzero(boardings.step == at)[0]] % TIME) for at in step if at != NONE]
        assert told == [int(boardings.value[boardings.step == at][0] % TIME) for _, at in expected if at != NONE]
        there += int((value < NEVER).sum())
    assert there > 30


def test_a_place_without_legs_has_no_trip():
    legs, boardings = legs_of([[]]), drawn_boardings(1, query())
    value, step = np.empty(COUNT, np.int64), np.empty(COUNT, np.int32)
    best_trips(legs.first, legs.stop, legs.walk_s, 0, boardings, query(), value, step)
    assert np.all(value == NEVER)
    assert np.all(step == NONE)


def test_seconds_are_of_the_trip_where_it_is_faster_than_walking():
    value = np.array([packed(900, 1, 10), NEVER, packed(1019, 1, 0), packed(1020, 2, 0)])
    asked = query()._replace(departures=4)
    seconds = np.empty(4, np.float32)
    seconds_of(value, asked, 600.0, seconds)
    # From 300, 360, 420 and 480: 600 is not faster than 600, 1019 - 420 is, and so is 1020 - 480.
    assert seconds.tolist() == [600, 600, 599, 540]
    seconds_of(value, asked, np.inf, seconds)
    assert seconds.tolist() == [600, np.inf, 599, 540]


def test_seconds_to_a_deadline_count_from_leaving():
    value = np.array([packed(FRAME - 250, 1, 0), packed(FRAME - 330, 1, 0)])
    seconds = np.empty(2, np.float32)
    seconds_of(value, query(arrive_by=True)._replace(departures=2), np.inf, seconds)
    assert seconds.tolist() == [50, 30]


@pytest.mark.parametrize(
    ("walk_s", "direct_s", "answer"),
    [(101, np.inf, True), (100, np.inf, False), (101, 400.0, False), (101, 401.0, True)],
)
def test_only_a_trip_that_counts_overdraws_a_budget(walk_s, direct_s, answer):
    value = np.array([NEVER, packed(FIRST + STEP + 400, 1, walk_s)])
    assert overdrawn(value, query()._replace(departures=2), direct_s, 100) == answer


@pytest.mark.parametrize("seed", range(8))
def test_boardings_are_sorted_by_stop_latest_first_and_none_that_helps_is_missing(seed):
    prepared, ends = prepared_case(drawn_case(seed))
    swept = prepared.swept(ends, 0, turned=False)
    asked = query(slack_s=20)._replace(frame_s=prepared.frame_s, departures=4, first_s=1000 - prepared.start_s)
    boardings = by_stop(prepared.to.events, swept, prepared.stops, asked, LONGEST_LEG)
    assert boardings.first[-1] == len(boardings.step)
    kept = {}
    for stop in range(prepared.stops):
        rows = slice(boardings.first[stop], boardings.first[stop + 1])
        assert np.all(prepared.to.events.stop[swept.board[boardings.step[rows]]] == stop)
        assert np.all(np.diff(boardings.time_s[rows]) <= 0)
        assert boardings.value[rows].tolist() == swept.value[boardings.step[rows]].tolist()
        kept[stop] = boardings.step[rows].tolist()
    # Whoever may board from a second on within the hours asked for finds the same best value as in the whole sweep.
    told, time_of = swept.undominated, prepared.to.events.time_s
    for second in range(asked.first_s + 20, asked.first_s + 20 + 3 * STEP + LONGEST_LEG, 7):
        for stop in range(prepared.stops):
            of_all = [
                int(swept.value[s])
                for s in told
                if at(prepared, swept, s) == stop and time_of[swept.board[s]] >= second
            ]
            of_kept = [int(swept.value[s]) for s in kept[stop] if time_of[swept.board[s]] >= second]
            assert min(of_all, default=None) == min(of_kept, default=None)


def at(prepared, swept, step):
    return prepared.to.events.stop[swept.board[step]]


def test_ranks_are_those_of_the_smallest_value_that_enough_do_not_exceed():
    for count in (1, 2, 7, 10, 61):
        values = np.arange(count)
        for percent in (0, 1, 5, 25, 50, 50.5, 75, 95, 100):
            rank = ranks_of(np.array([percent]), count)[0]
            expected = next(v for v in values if np.mean(values <= v) * 100 >= percent - 1e-9)
            assert rank == expected


def test_rows_are_sorted_each_by_itself():
    seconds = np.array([[3, 1, 2, np.inf], [9, 9, 9, 0]], np.float32)
    out = np.empty((2, 3), np.float32)
    ranked(seconds, np.array([0, 2, 3]), out)
    assert out.tolist() == [[1, 3, np.inf], [0, 9, 9]]
    assert seconds[0].tolist() == [3, 1, 2, np.inf]
