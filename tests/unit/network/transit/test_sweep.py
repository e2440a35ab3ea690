"""The sweep on timetables small enough to work out by hand.

Departures are asked for at 1000 s and every minute from there; ``answered`` gives [place, departure].
"""

import numpy as np
import pytest

from tests.transit_cases import START, STEP, answered, legs_of, timetable, transfers_of

INF = np.inf
NOWHERE = np.array([INF], np.float32)


def ride(*calls):
    """A trip that calls at (stop, second) and stands there no time."""
    return [(stop, second, second, True, True) for stop, second in calls]


def seconds_to(trips, changes, stops=4, access=((0, 0),), egress=((3, 0),), slack=0, direct=NOWHERE, budget=None):
    case = (timetable(stops, trips), transfers_of(changes), legs_of([access]), legs_of([egress]), direct, slack)
    to, parts = answered(case, "to", False, budget)
    # Seen from the other end it is the same.
    back = (case[0], case[1], legs_of([egress]), legs_of([access]), direct, slack)
    np.testing.assert_array_equal(answered(back, "from", False, budget)[0], to)
    return to[0], [part[0] for part in parts]


def test_one_ride_with_its_waits():
    seconds, (rides, walking, transfer, waiting, riding) = seconds_to(
        [ride((0, 1150), (3, 1400))], [], access=((0, 50),), egress=((3, 20),), slack=60
    )
    # To board at 1150 with a minute of slack and a walk of 50 s, one leaves by 1040: the departure at 1000 only.
    assert seconds[0] == 1420 - 1000
    assert np.isinf(seconds[1:]).all()
    assert (rides[0], walking[0], transfer[0], riding[0], waiting[0]) == (1, 70, 0, 250, 100)


@pytest.mark.parametrize(("departure", "there"), [(1300, True), (1299, False)])
def test_a_transfer_is_missed_by_one_second(departure, there):
    trips = [ride((0, 1100), (1, 1200)), ride((2, departure), (3, 1500))]
    seconds, (rides, *_) = seconds_to(trips, [(1, 2, 100, 40)])
    assert seconds[0] == (500 if there else INF)
    assert rides[0] == (2 if there else -1)


def test_of_two_vehicles_the_one_that_overtakes_is_taken():
    slow, fast = ride((0, 1060), (1, 1300), (3, 1600)), ride((0, 1120), (1, 1250), (3, 1400))
    seconds, _ = seconds_to([slow, fast], [])
    assert seconds[:4].tolist() == [400, 340, 280, INF]


def test_a_loop_is_ridden_round_its_end_by_changing_to_the_next_vehicle():
    first = ride((0, 1000), (1, 1060), (2, 1120), (0, 1180))
    second = ride((0, 1200), (1, 1260), (2, 1320), (0, 1380))
    # From stop 2 to stop 1 of a one-way loop: to its end, and on with the next one.
    seconds, (rides, *_) = seconds_to([first, second], [(0, 0, 10, 0)], access=((2, 0),), egress=((1, 0),))
    assert seconds[0] == 1260 - 1000
    assert rides[0] == 2


def test_a_line_that_calls_twice_at_a_stop_is_left_at_the_first_call_that_serves():
    seconds, _ = seconds_to([ride((0, 1000), (3, 1100), (1, 1200), (3, 1300))], [])
    assert seconds[0] == 100


def test_several_calls_in_one_second_are_ridden_through():
    seconds, (rides, *_) = seconds_to([ride((0, 1000), (1, 1000), (2, 1000), (3, 1000))], [])
    assert seconds[0] == 0
    assert rides[0] == 1


def test_a_vehicle_that_only_lets_off_is_not_boarded_and_one_that_only_takes_on_not_left():
    only_off = [(0, 1000, 1000, False, True), (3, 1100, 1100, True, True)]
    only_on = [(0, 1000, 1000, True, True), (3, 1100, 1100, True, False)]
    assert np.isinf(seconds_to([only_off], [])[0]).all()
    assert np.isinf(seconds_to([only_on], [])[0]).all()


def test_walking_all_the_way_is_taken_where_it_is_as_fast():
    direct = np.array([400.0], np.float32)
    seconds, (rides, walking, *_) = seconds_to([ride((0, 1000), (3, 1400))], [], direct=direct)
    assert seconds[0] == 400
    assert rides[0] == 0
    assert walking[0] == 400
    seconds, (rides, *_) = seconds_to([ride((0, 1000), (3, 1399))], [], direct=direct)
    assert (seconds[0], rides[0]) == (399, 1)
    assert (seconds[1], rides[1]) == (400, 0)


def test_of_equal_arrivals_the_one_with_fewest_rides_is_told():
    trips = [ride((0, 1000), (1, 1100)), ride((1, 1200), (3, 1500)), ride((0, 1050), (3, 1500))]
    _, (rides, *_) = seconds_to(trips, [(1, 1, 1, 0)])
    assert rides[0] == 1


def test_a_budget_takes_the_later_trip_with_less_walking():
    trips = [ride((0, 1000), (1, 1300)), ride((0, 1000), (2, 1200))]
    egress = ((1, 20), (2, 90))
    assert seconds_to(trips, [], egress=egress)[0][0] == 290
    assert seconds_to(trips, [], egress=egress, budget=89)[0][0] == 320
    assert np.isinf(seconds_to(trips, [], egress=egress, budget=19)[0]).all()


def test_the_latest_trip_that_meets_a_deadline():
    trips = [ride((0, 1000 + 60 * i), (3, 1230 + 60 * i)) for i in range(3)]
    case = (timetable(4, trips), transfers_of([]), legs_of([((0, 0),)]), legs_of([((3, 0),)]), NOWHERE, 0)
    seconds, _ = answered(case, "to", True)
    deadlines = START + STEP * np.arange(len(seconds[0]))
    expected = [next((d - (1000 + 60 * i) for i in (2, 1, 0) if 1230 + 60 * i <= d), INF) for d in deadlines]
    assert seconds[0].tolist() == expected
