"""Percentiles over all draws of the phases of lines by headway."""

from dataclasses import replace

import numpy as np

from tesoma_geo.network.transit.median_trip import median_trips
from tests.feeds_with_changes import HOME, HUB

PERCENTILES = (5, 25, 50, 75, 95)


def test_every_answer_is_of_the_same_draws(headway_router):
    few = replace(headway_router, draws=7)
    trips = few.trips_to(HOME, HUB)
    assert trips.seconds.shape == (1, 7 * 60)
    for percentiles in (PERCENTILES, (0, 100)):
        expected = trips.percentiles(percentiles)
        np.testing.assert_array_equal(few.travel_times(HOME, HUB, percentiles)[:, :, 0], expected)
        np.testing.assert_array_equal(few.travel_times(HOME, [HUB[0], HOME[0]], percentiles)[:, :, 0], expected)
    np.testing.assert_array_equal(few.trips_from(HOME, HUB).seconds, trips.seconds)
    parts = trips.walking_s + trips.transfer_s + trips.waiting_s + trips.riding_s
    np.testing.assert_array_equal(parts, trips.seconds)
    medians = median_trips(few, few.snap(HOME), few.snap(HUB))
    assert medians.seconds[0] == trips.percentiles((50,))[0, 0]
    clock = few.timetable.clock(int(few.asked_s[medians.slot[0]]))
    (itinerary,) = few.itineraries(HOME, HUB, clock, int(medians.draw[0]))
    assert itinerary.seconds == medians.seconds[0]
    assert itinerary.arrives_s - itinerary.asked_s == itinerary.seconds
    assert few.to(HUB).min() >= 0
    again = replace(headway_router, draws=7)
    np.testing.assert_array_equal(again.travel_times(HOME, HUB, PERCENTILES), few.travel_times(HOME, HUB, PERCENTILES))
