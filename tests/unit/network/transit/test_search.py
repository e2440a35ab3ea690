"""The search below the router, on a timetable small enough to work out by hand."""

import numpy as np
import pytest

from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit.departures import Departures, TripLimits
from tesoma_geo.network.transit.matrix import travel_times
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.search import TransitSearch
from tests.transit_cases import legs_of, timetable, transfers_of

NOWHERE = Positions(np.zeros(1, np.int32), np.zeros(1), np.zeros(1))
INF = np.array([[np.inf]], np.float32)


def place(stop, walk_s):
    legs = legs_of([[(stop, walk_s)]])
    return Places(NOWHERE, NOWHERE, lambda _: legs)


def search(trips, departures, walk_s=1200):
    limits = TripLimits(500, walk_s, 1500, 60, "any")
    prepared = PreparedTimetable.of(timetable(4, trips), transfers_of([]), *departures.hours(1500), "any")
    return TransitSearch(prepared, limits, departures)


TRIPS = [[(0, 1200, 1200, True, True), (3, 1400, 1400, True, True)]]
HOME, HUB = place(0, 50), place(3, 20)


def test_the_last_departure_that_catches_the_vehicle_waits_least():
    asked = search(TRIPS, Departures(1000, 1300, 30))
    best = asked.best(HOME.legs_to, INF[0], HUB, "to")
    # Seconds to walk and to be there before it leaves: who leaves after 1090 misses it.
    assert best.seconds[0].tolist() == [420, 390, 360, 330] + [np.inf] * 6


def test_a_walking_budget_closes_trips_that_walk_more():
    assert np.isfinite(search(TRIPS, Departures(1000, 1060, 60), 70).best(HOME.legs_to, INF[0], HUB, "to").seconds)
    assert np.isinf(search(TRIPS, Departures(1000, 1060, 60), 69).best(HOME.legs_to, INF[0], HUB, "to").seconds)


@pytest.mark.parametrize("departures", [Departures(1000, 1300, 30), Departures(1000, 1030, 30)])
def test_a_matrix_has_percentiles_of_the_same_seconds(departures):
    asked = search(TRIPS, departures)
    seconds = asked.best(HOME.legs_to, INF[0], HUB, "to").seconds[0]
    matrix = travel_times(asked, HOME, HUB, lambda: INF, (0, 30, 100))
    rank = [0, max(int(np.ceil(0.3 * len(seconds))) - 1, 0), -1]
    assert matrix[:, 0, 0].tolist() == np.sort(seconds)[rank].tolist()
