"""The transit router on random small timetables: equal to a plain RAPTOR at every departure."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plain_raptor import Plain, as_seconds, of_legs

from tesoma_geo.network.transit.board import Board
from tesoma_geo.network.transit.legs import Legs
from tesoma_geo.network.transit.parts import parts_of
from tesoma_geo.network.transit.readout import Question, all_trips, by_stop
from tesoma_geo.network.transit.sweep import RIDE, Ends
from tesoma_geo.network.transit.timetable import Calls, Shapes, Timetable

START, STEP, COUNT, MOST = 1000, 60, 12, 1500
LAST = START + (COUNT - 1) * STEP


def timetable(stops, trips):
    """A timetable of trips given as lists of calls (stop, arrival, departure, boards, alights)."""
    rows = [(trip, *call) for trip, calls in enumerate(trips) for call in calls]
    columns = list(zip(*rows, strict=True))
    kinds = (np.int32, np.int32, np.int32, np.int32, bool, bool)
    return Timetable(
        dt.date(2022, 1, 18), "Europe/Helsinki",
        pd.DataFrame({"stop_id": [str(i) for i in range(stops)], "wheelchair": 0}),
        pd.DataFrame({"route_id": ["1"]}),
        pd.DataFrame({"trip_id": [str(i) for i in range(len(trips))], "wheelchair": 0}),
        Calls(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))),
        pd.DataFrame(), Shapes(np.zeros(1, np.int64), np.empty(0), np.empty(0)), pd.DataFrame(),
    )  # fmt: skip


@st.composite
def cases(draw):
    """A timetable with few stops and round seconds, so that ties, loops and overtaking are common; walks; places."""
    stops = draw(st.integers(2, 6))
    lines = draw(st.lists(st.lists(st.integers(0, stops - 1), min_size=2, max_size=6), min_size=1, max_size=3))
    steps = st.sampled_from([0, 0, 1, 30, 60, 61, 120])
    trips = []
    for _ in range(draw(st.integers(1, 9))):
        line = draw(st.sampled_from(lines))
        now = START + draw(st.sampled_from([-120, -1, 0, 60, 119, 120, 180, 240, 300, 301, 600]))
        calls = []
        for stop in line:
            leaves = now + draw(st.sampled_from([0, 0, 0, 1, 60]))
            boards, alights = draw(st.sampled_from([(True, True)] * 6 + [(False, True), (True, False), (False, False)]))
            calls.append((stop, now, leaves, boards, alights))
            now = leaves + draw(steps)
        trips.append(calls)
    walks = st.sampled_from([0, 1, 30, 60, 90, 200])
    changes = [
        (a, b, max(walk + draw(st.sampled_from([0, 0, 1, 30, 60])), 1), walk)
        for a in range(stops)
        for b in range(stops)
        for walk in ([draw(walks) if a != b else 0] if a == b or draw(st.booleans()) else [])
        if a != b or draw(st.integers(0, 5))
    ]
    transfers = pd.DataFrame(changes, columns=["from_stop", "to_stop", "need_s", "walk_s"], dtype=np.int32)
    transfers = transfers.sort_values(["to_stop", "from_stop"], ignore_index=True)

    def legs(places):
        near = [
            [(stop, draw(walks)) for stop in range(stops) if draw(st.integers(0, 2)) == 0] for _ in range(places)
        ]
        first = np.concatenate([[0], np.cumsum([len(one) for one in near])]).astype(np.int64)
        flat = [leg for one in near for leg in one]
        return Legs(
            first, np.array([stop for stop, _ in flat], np.int32), np.array([walk for _, walk in flat], np.int32)
        )

    direct = np.array([draw(st.sampled_from([np.inf, np.inf, 400.5])) for _ in range(3)], np.float32)
    return timetable(stops, trips), transfers, legs(3), legs(1), direct, draw(st.sampled_from([0, 1, 60]))


def ends_of(legs, stops, slack):
    need, walk = np.full(stops, -1, np.int32), np.zeros(stops, np.int32)
    need[legs.stop], walk[legs.stop] = legs.walk_s + slack, legs.walk_s
    return Ends(need, walk)


def answered(case, direction, arrive_by, budget=None):
    """Seconds and their parts, [place, departure], by the sweep, with a budget of walking if one is given."""
    table, transfers, places, hub, direct, slack = case
    start, end = (START - MOST, LAST + 1) if arrive_by else (START, LAST + MOST + 300)
    board = Board.of(table, transfers, max(0, start), end, boarding="any")
    first = START - board.start_s
    turned = direction == "from"
    question = Question(first, STEP, COUNT, arrive_by, turned, board.frame_s, 0 if turned else slack, MOST, RIDE - 1 if budget is None else budget)
    last = first + (COUNT - 1) * STEP
    earliest = {("to", True): first, ("from", False): board.frame_s - last}.get((direction, arrive_by), 0)
    swept = board.swept(ends_of(hub, len(table.stops), slack if turned else 0), earliest, turned, budget)
    boardings = by_stop(board.side(turned).events, swept, len(table.stops))
    shape = (3, COUNT)
    value, step, seconds = np.empty(shape, np.int64), np.empty(shape, np.int32), np.empty(shape, np.float32)
    all_trips(places.first, places.stop, places.walk_s, direct, boardings, question, value, step, seconds, RIDE - 1)
    parts = parts_of(board.side(turned).events, swept, question, value, step, seconds, direct)
    return seconds, parts


def expected(case, direction, arrive_by, budget=np.inf):
    table, transfers, places, hub, direct, slack = case
    plain = Plain.of(table, transfers)
    result = np.empty((3, COUNT))
    for place in range(3):
        access, egress = of_legs(places, place), of_legs(hub, 0)
        if direction == "from":
            access, egress = egress, access
        for k in range(COUNT):
            asked = START + k * STEP
            if not arrive_by:
                arrival = plain.arrival(asked, access, egress, slack, budget)
                result[place, k] = as_seconds(arrival, asked, direct[place], MOST)
                continue
            # The latest departure that meets the deadline: no second before it is left out.
            meets = (
                leaves
                for leaves in range(asked, asked - MOST - 1, -1)
                if leaves >= 0 and plain.arrival(leaves, access, egress, slack, budget) <= asked
            )
            result[place, k] = as_seconds(asked, next(meets, -np.inf), direct[place], MOST)
    return result


@settings(deadline=None, max_examples=300)
@given(cases())
def test_all_departures_equal_a_plain_raptor(case):
    for direction in ("to", "from"):
        seconds, _ = answered(case, direction, arrive_by=False)
        np.testing.assert_array_equal(seconds, expected(case, direction, arrive_by=False), direction)


@settings(deadline=None, max_examples=300)
@given(cases(), st.integers(0, 300))
def test_a_budget_of_walking_holds_for_the_whole_trip_and_nothing_faster_keeps_to_it(case, budget):
    for direction in ("to", "from"):
        seconds, (rides, walking, transfer, *_) = answered(case, direction, False, budget)
        np.testing.assert_array_equal(seconds, expected(case, direction, False, budget), direction)
        assert (walking + transfer)[rides > 0].max(initial=0) <= budget


@settings(deadline=None, max_examples=20)
@given(cases())
def test_all_deadlines_equal_a_plain_raptor(case):
    for direction in ("to", "from"):
        seconds, _ = answered(case, direction, arrive_by=True)
        np.testing.assert_array_equal(seconds, expected(case, direction, arrive_by=True), direction)


@settings(deadline=None, max_examples=200)
@given(cases())
def test_the_parts_of_a_trip_sum_to_its_seconds_and_none_is_negative(case):
    for direction in ("to", "from"):
        for arrive_by, budget in ((False, None), (True, None), (False, 120), (True, 120)):
            seconds, (rides, *parts) = answered(case, direction, arrive_by, budget)
            there = np.isfinite(seconds)
            assert ((rides >= 0) == there).all()
            np.testing.assert_array_equal(np.sum(parts, axis=0)[there], seconds[there])
            assert all((part[there] >= 0).all() for part in parts)
