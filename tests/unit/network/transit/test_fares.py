"""The cheapest tickets for the rides of a trip."""

import pytest

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.fares import Fare, FareRide, fare_of
from tests.gtfs_feeds import write_feed

ATTRIBUTES = (
    "fare_id,price,currency_type,payment_method,transfers,transfer_duration\n"
    "A,2.5,EUR,0,,5400\nAB,3.5,EUR,0,,5400\nONE,2,EUR,0,0,\n"
)
RULES = "fare_id,route_id,origin_id,destination_id,contains_id\nA,,,,A\nAB,,,,A\nAB,,,,B\nONE,R,B,B,\n"


def ride(zones, starts_s, route="R"):
    return FareRide(route, 0, zones[0], zones[-1], frozenset(zones), starts_s)


@pytest.fixture
def timetable(tmp_path):
    return Timetable.from_gtfs(write_feed(tmp_path, fare_attributes=ATTRIBUTES, fare_rules=RULES), "2022-01-18")


@pytest.mark.parametrize(
    ("rides", "fare"),
    [
        ([ride("A", 0)], Fare(2.5, "EUR", ("A",))),
        ([ride("AB", 0)], Fare(3.5, "EUR", ("AB",))),
        ([ride("A", 0), ride("AB", 5400)], Fare(3.5, "EUR", ("AB",))),
        ([ride("A", 0), ride("AB", 5401)], Fare(6.0, "EUR", ("A", "AB"))),  # the ticket ran out a second before
        ([ride("B", 0)], Fare(2.0, "EUR", ("ONE",))),  # from B to B by this route only
        ([ride("B", 0, "other")], Fare(3.5, "EUR", ("AB",))),
        ([ride("B", 0), ride("B", 60)], Fare(3.5, "EUR", ("AB",))),  # the other allows no change
        ([ride("C", 0)], None),
        ([], None),
    ],
)
def test_the_cheapest_tickets_that_cover_zones_times_and_changes(timetable, rides, fare):
    assert fare_of(timetable, tuple(rides)) == fare


def test_a_feed_without_fares_has_none(tmp_path):
    assert fare_of(Timetable.from_gtfs(write_feed(tmp_path), "2022-01-18"), (ride("A", 0),)) is None
