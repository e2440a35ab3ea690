"""The moment that a workspace is assessed for."""

import datetime as dt
from types import SimpleNamespace

import pytest

from tesoma_geo.inputs.moment import assessed_moment
from tesoma_geo.network.streets.conditional import SUMMER, When


def test_without_a_timetable_it_is_a_weekday_in_july_at_noon():
    assert assessed_moment(SimpleNamespace(transit=None)) == SUMMER
    assert (SUMMER.month, SUMMER.hour, SUMMER.weekday < 5) == (7, 12, True)


@pytest.mark.parametrize(
    ("window", "expected"),
    [(("07:00", "09:00"), When(7, 1, 7)), (("22:30", "23:30"), When(7, 1, 22)), (("25:00", "26:00"), When(7, 2, 1))],
)
def test_a_timetable_tells_the_weekday_and_the_hour(window, expected):
    section = SimpleNamespace(date=dt.date(2022, 1, 18), window=window)
    assert assessed_moment(SimpleNamespace(transit=section)) == expected
