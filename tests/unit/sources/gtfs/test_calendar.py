"""Which services run on a day: the weekly calendar and its exceptions, together and alone."""

from datetime import date

import pytest

from tesoma_geo.sources.gtfs import read_feed, services_on, span
from tests.gtfs_feeds import write_feed

MONDAY, SUNDAY, AFTER = date(2022, 1, 17), date(2022, 1, 16), date(2022, 7, 1)
DATES = "service_id,date,exception_type\n"


@pytest.mark.parametrize(
    ("changed", "day", "runs"),
    [
        ({}, MONDAY, True),
        ({}, SUNDAY, False),
        ({}, AFTER, False),
        ({"calendar_dates": DATES + "WEEK,20220117,2\n"}, MONDAY, False),
        ({"calendar_dates": DATES + "WEEK,20220116,1\n"}, SUNDAY, True),
        ({"calendar_dates": DATES + "WEEK,20220701,1\n"}, AFTER, True),
        ({"calendar": None, "calendar_dates": DATES + "WEEK,20220116,1\n"}, SUNDAY, True),
        ({"calendar": None, "calendar_dates": DATES + "WEEK,20220116,1\n"}, MONDAY, False),
    ],
)
def test_calendar_and_exceptions_in_every_combination(changed, day, runs, tmp_path):
    feed = read_feed(write_feed(tmp_path, **changed))
    assert services_on(feed, day) == (frozenset({"WEEK"}) if runs else frozenset())


def test_the_span_is_that_of_services_with_trips(tmp_path):
    dates = DATES + "WEEK,20220710,1\nNOBODY,20230101,1\n"
    assert span(read_feed(write_feed(tmp_path, calendar_dates=dates))) == (date(2022, 1, 1), date(2022, 7, 10))
