"""The trip of the median departure: as long as the percentile says, in parts that sum, at stops that exist."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.fares import Fare
from tesoma_geo.network.transit.median_trip import fares, median_trips
from tests.feeds_with_changes import ALONE, FEED, HUB, RULE
from tests.gtfs_feeds import write_feed

HOMES = [[23.6002, 61.5], [23.601, 61.5], [23.8999, 61.5], [24.1999, 61.5], [24.75, 61.5]]
FARES = {
    "fare_attributes": "fare_id,price,currency_type,payment_method,transfers\nS,2.50,EUR,0,0\nM,4.00,EUR,0,\n",
    "transfers": RULE + "S2,S2,2,300\n",
}


def of_medians(ask, **feed):
    router = ask(window=("07:40", "08:00"), **feed)
    return router, median_trips(router, router.snap(HOMES), router.snap(HUB))


@pytest.mark.parametrize("feed", [FEED, ALONE, ALONE | FARES], ids=["aboard", "alone", "an hour later"])
def test_seconds_are_the_medians_and_parts_sum_to_them(ask, feed):
    router, trips = of_medians(ask, **feed)
    np.testing.assert_array_equal(trips.seconds, router.travel_times(HOMES, HUB)[0, :, 0])
    parts = trips.access_s + trips.wait_s + trips.riding_s + trips.transfer_s + trips.egress_s
    np.testing.assert_array_equal(parts[trips.rides], trips.seconds[trips.rides])
    assert np.all(parts[~trips.rides] == 0)
    assert np.all((trips.boards == -1) == ~trips.rides)
    assert np.all((trips.calls[:, 0, 0] == -1) == ~trips.rides)
    assert trips.rides.tolist()[:3] == [True, True, True]
    assert not trips.rides[3]  # at the hub one walks


def test_each_is_the_itinerary_of_its_departure(ask):
    router, trips = of_medians(ask, **ALONE | FARES)
    names = router.timetable.stops["name"]
    for place in np.flatnonzero(trips.rides).tolist():
        clock = router.timetable.clock(int(router.asked_s[trips.slot[place]]))
        (trip,) = router.itineraries([HOMES[place]], HUB, clock)
        rides = [leg for leg in trip.legs if leg.kind == "ride"]
        assert trip.seconds == trips.seconds[place]
        assert (names[trips.boards[place]], names[trips.alights[place]]) == (rides[0].from_stop, rides[-1].to_stop)
        assert trips.riding_s[place] == sum(leg.ends_s - leg.starts_s for leg in rides)
        assert trips.access_s[place] == trip.legs[0].ends_s - trip.legs[0].starts_s
        assert trips.egress_s[place] == trip.legs[-1].ends_s - trip.legs[-1].starts_s
        told = [pair for pair in trips.calls[place].tolist() if pair[0] >= 0]
        assert [router.timetable.calls.departure_s[first] for first, _ in told] == [leg.starts_s for leg in rides]


def test_the_departure_is_the_first_that_takes_as_long(ask):
    router, trips = of_medians(ask, **FEED)
    seconds = router.trips_to(HOMES, HUB).seconds
    for place, slot in enumerate(trips.slot.tolist()):
        assert slot == seconds[place].tolist().index(trips.seconds[place])


def test_fares_are_those_of_the_rides_and_nothing_for_who_walks(ask):
    router, trips = of_medians(ask, **ALONE | FARES)
    told = fares(router.timetable, trips)
    assert [fare.price for fare in told[:4]] == [4.0, 4.0, 2.5, 0.0]  # two rides, two rides, one, none
    assert told[3] == Fare(0.0, "", ())
    _, without = of_medians(ask, **ALONE)
    assert fares(router.timetable, without._replace(seconds=np.full(5, np.inf))) == [None] * 5


def test_a_router_of_deadlines_has_no_departures(long_street, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "feed", **FEED), "2022-01-18")
    router = long_street.transit_router(timetable, ("08:05", "08:20"), arrive_by=True)
    with pytest.raises(InputError, match="deadlines"):
        median_trips(router, router.snap(HOMES), router.snap(HUB))
