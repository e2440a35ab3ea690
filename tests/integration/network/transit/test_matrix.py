"""A matrix holds, pair by pair, what the search of a single place tells, whichever side is swept from."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit.departures import Departures, TripLimits
from tesoma_geo.network.transit.labels_to_times import ranks_of
from tesoma_geo.network.transit.legs import StopLegs
from tesoma_geo.network.transit.matrix import percentiles_to, travel_times
from tesoma_geo.network.transit.percentiles import slotted_legs
from tesoma_geo.network.transit.places import Places
from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
from tesoma_geo.network.transit.search import TransitSearch
from tests.transit_cases import LONGEST_LEG, MOST, START, drawn_case

PERCENTILES = (0, 5, 50, 80, 100)


def search_of(case, departures, walk_s=100_000):
    limits = TripLimits(LONGEST_LEG, walk_s, MOST, case[5], "any")
    prepared = PreparedTimetable.of(case[0], case[1], *departures.hours(MOST), "any")
    return TransitSearch(prepared, limits, departures)


def drawn_places(case, seed, count):
    """Places whose ways to the stops are those back."""
    random, stops = np.random.default_rng(seed), len(case[0].stops)
    counts = random.integers(0, min(stops, 3) + 1, count)
    stop = [random.choice(stops, k, replace=False) for k in counts]
    legs = StopLegs(
        np.r_[0, np.cumsum(counts)].astype(np.int64),
        np.concatenate(stop).astype(np.int32),
        random.choice([0, 1, 60, 90, 200], counts.sum()).astype(np.int32),
    )
    at = Positions(np.zeros(count, np.int32), np.zeros(count), np.zeros(count))
    return Places(at, at, lambda _: legs)


def one_by_one(search, origins, destinations, direct_s):
    """Seconds of each pair at the percentiles, each asked alone with its trips."""
    ranks = ranks_of(np.array(PERCENTILES), len(search.departures.asked_s))
    out = np.empty((len(PERCENTILES), len(origins), len(destinations)), np.float32)
    for column in range(len(destinations)):
        best = search.best(origins.legs_to, direct_s[:, column].copy(), destinations.one(column), "to")
        out[:, :, column] = np.sort(best.seconds, axis=1)[:, ranks].T
    return out


DEPARTURES = {"single": Departures(1060, 1120, 60), "many": Departures(START, 1600, 60)}


@pytest.mark.parametrize("walk_s", [100_000, 150])
@pytest.mark.parametrize("departures", DEPARTURES.values(), ids=DEPARTURES)
@pytest.mark.parametrize(("n", "m"), [(4, 3), (3, 4), (2, 20), (40, 2), (18, 17)])
def test_each_pair_is_as_if_asked_alone(n, m, departures, walk_s):
    reached = 0
    for seed in range(3):
        case = drawn_case(seed)
        search, random = search_of(case, departures, walk_s), np.random.default_rng(seed)
        origins, destinations = drawn_places(case, seed, n), drawn_places(case, seed + 100, m)
        direct_s = random.choice([np.inf, 300.5, 700.25], (n, m)).astype(np.float32)
        matrix = travel_times(search, origins, destinations, lambda d=direct_s: d, PERCENTILES)
        expected = one_by_one(search, origins, destinations, direct_s)
        np.testing.assert_array_equal(matrix, expected)
        reached += int((matrix < direct_s).sum())
    assert reached > 0


def test_deadlines_are_those_of_the_search_too():
    departures = Departures(START, 1600, 60, arrive_by=True)
    for seed in range(4):
        case = drawn_case(seed)
        search = search_of(case, departures)
        origins, destinations = drawn_places(case, seed, 5), drawn_places(case, seed + 100, 2)
        direct_s = np.full((5, 2), np.inf, np.float32)
        matrix = travel_times(search, origins, destinations, lambda d=direct_s: d, PERCENTILES)
        np.testing.assert_array_equal(matrix, one_by_one(search, origins, destinations, direct_s))


def test_walks_are_asked_for_once():
    case, calls = drawn_case(1), []
    direct_s = np.full((3, 2), 200, np.float32)

    def walked():
        calls.append(1)
        return direct_s

    for departures in DEPARTURES.values():
        calls.clear()
        travel_times(search_of(case, departures), drawn_places(case, 1, 3), drawn_places(case, 2, 2), walked, (50,))
        assert calls == [1]


@pytest.mark.parametrize("direction", ["to", "from"])
def test_one_hub_of_several_points_is_its_nearest(direction):
    case = drawn_case(3)
    search = search_of(case, DEPARTURES["many"])
    places, hub = drawn_places(case, 5, 6), drawn_places(case, 6, 3)
    direct_s = np.full(6, np.inf, np.float32)
    legs = slotted_legs(places.legs(direction), search.departures.step_s)
    found = percentiles_to(search, search.ends(hub, direction), direction, legs, direct_s, np.array(PERCENTILES))
    best = search.best(places.legs(direction), direct_s, hub, direction)
    ranks = ranks_of(np.array(PERCENTILES), len(search.departures.asked_s))
    np.testing.assert_array_equal(found, np.sort(best.seconds, axis=1)[:, ranks].T)


@pytest.mark.parametrize("percentiles", [(), (101,), (-1,)])
def test_percentiles_that_are_none_are_refused(percentiles):
    case = drawn_case(1)
    with pytest.raises(InputError, match="percentile"):
        travel_times(
            search_of(case, DEPARTURES["many"]), drawn_places(case, 1, 1), drawn_places(case, 2, 1),
            lambda: np.full((1, 1), np.inf, np.float32), percentiles,
        )  # fmt: skip
