"""What a trip is made of, on trips worked out by hand and summed on drawn ones."""

import numpy as np
import pytest

from tests.transit_cases import answered, drawn_case, legs_of, timetable, transfers_of

NOWHERE = np.array([np.inf], np.float32)


def ride(*calls):
    return [(stop, second, second, True, True) for stop, second in calls]


def components(trips, changes, access, egress, slack=0, direct=NOWHERE, direction="to", **asked):
    ends = (access, egress) if direction == "to" else (egress, access)
    case = (timetable(5, trips), transfers_of(changes), legs_of([ends[0]]), legs_of([ends[1]]), direct, slack)
    seconds, parts = answered(case, direction, **{"arrive_by": False} | asked)
    return seconds[0], [part[0] for part in parts]


@pytest.mark.parametrize("direction", ["to", "from"])
def test_two_rides_and_the_walk_between_them(direction):
    trips = [ride((0, 1100), (1, 1160), (2, 1250)), ride((3, 1400), (4, 1500))]
    seconds, (rides, walking, transfer, waiting, riding) = components(
        trips, [(2, 3, 70, 60)], [(0, 40)], [(4, 25)], slack=30, direction=direction
    )
    # Leaves at 1000: 40 on foot, 60 until the vehicle, 150 aboard, 60 on foot, 90 waiting, 100 aboard, 25 on foot.
    assert (rides[0], walking[0], transfer[0], waiting[0], riding[0]) == (2, 65, 60, 150, 250)
    assert seconds[0] == 525


def test_waiting_before_a_deadline_is_waiting():
    _, (rides, walking, _, waiting, riding) = components(
        [ride((0, 1100), (4, 1200))], [], [(0, 0)], [(4, 10)], arrive_by=True
    )
    slot = int(np.flatnonzero(rides == 1)[0])
    assert 1000 + 60 * slot >= 1210 > 1000 + 60 * (slot - 1)
    assert (walking[slot], waiting[slot], riding[slot]) == (10, 1000 + 60 * slot - 1210, 100)


def test_who_walks_all_the_way_neither_waits_nor_rides():
    direct = np.array([90.0], np.float32)
    seconds, (rides, walking, transfer, waiting, riding) = components(
        [ride((0, 1100), (4, 1200))], [], [(0, 0)], [(4, 0)], direct=direct
    )
    assert np.all(seconds == 90)
    assert np.all((rides == 0) & (walking == 90) & (transfer == 0) & (waiting == 0) & (riding == 0))


def test_where_there_is_no_trip_nothing_is_told():
    seconds, (rides, *parts) = components([ride((0, 1100), (1, 1200))], [], [(0, 0)], [(4, 0)])
    assert np.isinf(seconds).all()
    assert np.all(rides == -1)
    assert all(np.isnan(part).all() for part in parts)


@pytest.mark.parametrize("budget", [None, 150])
@pytest.mark.parametrize("direction", ["to", "from"])
def test_parts_sum_to_the_seconds_and_none_is_negative(direction, budget):
    there = 0
    for seed in range(50):
        case = drawn_case(seed)
        seconds, (rides, *parts) = answered(case, direction, False, budget)
        known = np.isfinite(seconds)
        np.testing.assert_array_equal(sum(parts)[known], seconds[known])
        assert all(part[known].min(initial=0) >= 0 for part in parts)
        assert np.all((rides == -1) == ~known)
        assert np.all(parts[3][rides <= 0][np.isfinite(parts[3][rides <= 0])] == 0)
        there += int((rides > 1).sum())
    assert there > 10
