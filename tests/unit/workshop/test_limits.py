"""So many at once, then as many as the time allows; one caller is not another."""

from tesoma_geo.workshop.limits import MOST_CALLERS, Limit


def test_a_bucket_empties_and_fills_with_time():
    clock = [0.0]
    limit = Limit(3, 60, clock=lambda: clock[0])
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    assert limit.is_used_up("a")
    assert limit.allows("b")
    clock[0] = 1.0
    assert [limit.allows("a") for _ in range(2)] == [True, False]
    clock[0] = 1000.0
    assert sum(limit.allows("a") for _ in range(10)) == 3


def test_the_number_of_callers_that_are_remembered_is_bounded():
    limit = Limit(1, 1, clock=lambda: 0.0)
    for number in range(MOST_CALLERS + 50):
        limit.allows(str(number))
    assert len(limit._left) == MOST_CALLERS
