"""The vehicles of a trip as lines: from each boarding to its alighting, none on foot."""

import numpy as np
import shapely

from tesoma_geo.network.transit.median_trip import median_trips
from tesoma_geo.network.transit.ridden_lines import ridden_lines, ridden_stops
from tests.feeds_with_changes import FEED, HOME, HUB


def test_the_line_begins_and_ends_at_the_stops_of_the_trip(ask):
    router = ask(window=("07:40", "08:10"), **FEED)
    trips = median_trips(router, router.snap([*HOME, *HUB]), router.snap(HUB))
    (ridden,), on_foot = ridden_lines(router.timetable, trips)
    assert trips.rides.tolist() == [True, False]
    assert on_foot == ()
    stops = router.timetable.stops[["lon", "lat"]].to_numpy()
    ends = shapely.get_coordinates(ridden)[[0, -1]]
    np.testing.assert_allclose(ends, stops[[trips.boards[0], trips.alights[0]]], atol=1e-6)
    legs = [leg for trip in router.itineraries(HOME, HUB) for leg in trip.legs if leg.kind == "ride"]
    assert shapely.line_merge(shapely.union_all([leg.geometry for leg in legs])).distance(ridden) == 0


def test_rides_between_the_same_stops_are_one_line(ask):
    """At another hour too: by the bus of 8:05 and by that of 9:05."""
    router = ask(window=("07:40", "08:10"), **FEED)
    calls, stop = router.timetable.calls, router.timetable.stops["stop_id"].tolist().index
    first = np.flatnonzero(calls.stop == stop("S2"))
    begins = [call for call in first if call + 1 < len(calls.stop) and calls.stop[call + 1] == stop("S3")]
    trips = median_trips(router, router.snap([*HOME, *HOME]), router.snap(HUB))
    both = trips._replace(calls=np.array([[[call, call + 1]] for call in begins[:2]]))
    assert np.diff(calls.departure_s[begins[:2]]) == 3600
    (early,), (late,) = ridden_lines(router.timetable, both)
    assert early is late


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
