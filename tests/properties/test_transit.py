"""The transit router on random small timetables: equal to a plain RAPTOR at every departure."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.network.transit.events import usable
from tesoma_geo.network.transit.vehicles import vehicles_of
from tests.plain_raptor import Plain, as_seconds, of_legs
from tests.transit_cases import COUNT, LONGEST_LEG, MOST, START, STEP, answered, legs_of, timetable, transfers_of


@st.composite
def cases(draw, least=1, blocks=False):
    """A timetable with few stops and round seconds, so that ties, loops and overtaking are common; walks; places.

    Where changes take no time, rides take some: a passenger could else leave a vehicle and board it at a call before,
    which it made within the same second. The plain router would let them; nobody can.
    """
    stops = draw(st.integers(2, 6))
    lines = draw(st.lists(st.lists(st.integers(0, stops - 1), min_size=2, max_size=6), min_size=1, max_size=3))
    steps = st.sampled_from([*([0, 0] if least else [1]), 1, 30, 60, 61, 120])
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
        (a, b, max(walk + draw(st.sampled_from([0, 0, 1, 30, 60])), least), walk)
        for a in range(stops)
        for b in range(stops)
        for walk in ([draw(walks) if a != b else 0] if a == b or draw(st.booleans()) else [])
        if a != b or draw(st.integers(0, 5))
    ]

    ways = st.sampled_from([0, 1, 30, 60, 90, 200, LONGEST_LEG])

    def legs(places):
        return legs_of(
            [[(stop, draw(ways)) for stop in range(stops) if draw(st.integers(0, 2)) == 0] for _ in range(places)]
        )

    direct = np.array([draw(st.sampled_from([np.inf, np.inf, 400.5])) for _ in range(3)], np.float32)
    table = timetable(stops, trips)
    if blocks:  # vehicles that run up to three trips one after another, some of them in an impossible order
        number = draw(st.permutations(range(len(trips))))
        vehicle, leg = np.full(len(trips), -1, np.int32), np.zeros(len(trips), np.int32)
        for place, trip in enumerate(number[:6]):
            vehicle[trip], leg[trip] = divmod(place, 3)
        table = replace(table, trips=table.trips.assign(vehicle=vehicle, leg=leg))
    return table, transfers_of(changes), legs(3), legs(1), direct, draw(st.sampled_from([0, 1, 60]))


def as_vehicles(plain, table):
    """The same with the trips of each vehicle as one."""
    vehicle, leg = vehicles_of(table)
    order = np.lexsort((leg, vehicle))
    runs = {}
    for trip in order.tolist():
        runs.setdefault(int(vehicle[trip]), []).extend(plain.trips[trip])
    return Plain(list(runs.values()), plain.changes)


def expected(case, direction, arrive_by, budget=np.inf):
    table, transfers, places, hub, direct, slack = case
    plain = as_vehicles(Plain.of(table, transfers, *usable(table, "any")), table)
    result = np.empty((3, COUNT))
    for place in range(3):
        access, egress = of_legs(places, place), of_legs(hub, 0)
        if direction == "from":
            access, egress = egress, access
        asked = [START + k * STEP for k in range(COUNT)]
        if not arrive_by:
            arrives = [plain.arrival(second, access, egress, slack, budget) for second in asked]
            result[place] = as_seconds(arrives, asked, direct[place], MOST)
            continue
        # The latest departure that meets each deadline: no second before it is left out. Seen backwards in
        # time, deadlines are departures and departures arrivals.
        leaves = [
            next(
                (
                    leaves
                    for leaves in range(deadline, max(deadline - MOST, 0) - 1, -1)
                    if plain.arrival(leaves, access, egress, slack, budget) <= deadline
                ),
                -np.inf,
            )
            for deadline in asked
        ]
        turned = [-leaving for leaving in leaves[::-1]], [-deadline for deadline in asked[::-1]]
        result[place] = as_seconds(*turned, direct[place], MOST)[::-1]
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


@settings(deadline=None, max_examples=200)
@given(cases(least=0, blocks=True), st.sampled_from([None, 60, 200]))
def test_changes_in_no_time_and_staying_aboard_equal_a_plain_raptor(case, budget):
    for direction in ("to", "from"):
        seconds, _ = answered(case, direction, False, budget)
        plain = expected(case, direction, False, np.inf if budget is None else budget)
        np.testing.assert_array_equal(seconds, plain, direction)


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
