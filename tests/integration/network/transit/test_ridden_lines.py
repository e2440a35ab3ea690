"""The vehicles of a trip as one line: from the first boarding to the last alighting, none on foot."""

import numpy as np
import shapely

from tesoma_geo.network.transit.median_trip import median_trips
from tesoma_geo.network.transit.ridden_lines import ridden_lines, ridden_stops
from tests.feeds_with_changes import FEED, HOME, HUB


def test_the_line_begins_and_ends_at_the_stops_of_the_trip(ask):
    router = ask(window=("07:40", "08:10"), **FEED)
    trips = median_trips(router, router.snap([*HOME, *HUB]), router.snap(HUB))
    ridden, on_foot = ridden_lines(router.timetable, trips)
    assert trips.rides.tolist() == [True, False]
    assert on_foot is None
    stops = router.timetable.stops[["lon", "lat"]].to_numpy()
    ends = shapely.get_coordinates(ridden)[[0, -1]]
    np.testing.assert_allclose(ends, stops[[trips.boards[0], trips.alights[0]]], atol=1e-6)
    legs = [leg for trip in router.itineraries(HOME, HUB) for leg in trip.legs if leg.kind == "ride"]
    assert shapely.line_merge(shapely.union_all([leg.geometry for leg in legs])).distance(ridden) == 0


def test_what_is_boarded_where_is_told_ride_after_ride(ask):
    router = ask(window=("07:40", "08:10"), **FEED)
    trips = median_trips(router, router.snap([*HOME, *HUB]), router.snap(HUB))
    ridden, on_foot = ridden_stops(router.timetable, trips)
    assert on_foot == ()
    names = router.timetable.stops["name"]
    trip = next(trip for trip in router.itineraries(HOME, HUB) if trip.rides)
    legs = [leg for leg in trip.legs if leg.kind == "ride"]
    # The vehicle goes on as another line: who stays aboard boards once.
    assert [leg.stays for leg in legs] == [False, True]
    assert ridden == ((legs[0].line, names[trips.boards[0]], names[trips.alights[0]]),)
