"""The router of public transport: its answers agree with one another, and what is no question is refused."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.edits import LineRemoved
from tests.feeds_with_changes import FEED, HOME, HUB
from tests.gtfs_feeds import write_feed

WINDOW = ("07:40", "08:10")
PLACES = [[23.6002, 61.5], [23.75, 61.5], [23.8999, 61.5], [24.21, 61.5]]


@pytest.fixture(scope="module")
def router(long_street, tmp_path_factory):
    timetable = Timetable.from_gtfs(write_feed(tmp_path_factory.mktemp("feed"), **FEED), "2022-01-18")
    return long_street.transit_router(timetable, WINDOW, max_walk_min=5)


@pytest.mark.parametrize("percentiles", [(50,), (0, 25, 95, 100)])
def test_a_matrix_is_the_percentiles_of_the_trips(router, percentiles):
    matrix = router.travel_times(PLACES, [HUB[0], PLACES[2]], percentiles)
    for column, hub in enumerate((HUB, PLACES[2:3])):
        np.testing.assert_array_equal(matrix[:, :, column], router.trips_to(PLACES, hub).percentiles(percentiles))
    np.testing.assert_array_equal(matrix[:, 0, 0], router.trips_from(PLACES[:1], HUB).percentiles(percentiles)[:, 0])


def test_the_matrix_of_places_is_that_of_their_points(router):
    at, hub = router.snap(PLACES), router.snap(HUB)
    assert router.snap(at) is at
    np.testing.assert_array_equal(router.times_between(at, hub), router.travel_times(PLACES, HUB)[0])
    assert len(at) == 4


def test_nobody_is_slower_than_on_foot_and_somebody_is_faster(router):
    on_foot = router.walk.travel_times(PLACES, HUB)
    taken = router.travel_times(PLACES, HUB, (0,))[0]
    assert np.all(taken <= on_foot)
    assert taken[0, 0] < on_foot[0, 0] / 2
    assert taken[3, 0] == on_foot[3, 0]


@pytest.mark.parametrize("percentile", [0, 50, 100])
def test_seconds_of_nodes_are_those_of_points_there(router, percentile):
    network = router.walk.network
    nodes = np.arange(0, network.n_nodes, 9)
    points = np.column_stack([network.lon[nodes], network.lat[nodes]])
    to, back = router.to(HUB, percentile)[nodes], router.from_(HOME, percentile)[nodes]
    # Points are found on a street, a little beside the node at worst.
    np.testing.assert_allclose(to, router.travel_times(points, HUB, (percentile,))[0, :, 0], atol=2)
    np.testing.assert_allclose(back, router.travel_times(HOME, points, (percentile,))[0, 0], atol=2)


def test_timed_streets_have_the_seconds_of_the_nodes(router):
    np.testing.assert_array_equal(router.timed_streets(HUB, reverse=True).times_s, router.to(HUB))
    np.testing.assert_array_equal(router.timed_streets(HOME).times_s, router.from_(HOME))


def test_isochrones_lie_within_one_another(router):
    inner, outer = router.isochrones(HUB, [600, 1800], reverse=True, percentile=0).geometry
    assert outer.buffer(1).covers(inner)
    assert outer.area > inner.area > 0


def test_without_a_line_one_walks_and_the_router_stays_as_it_was(router):
    before = router.travel_times(HOME, HUB)
    walked = router.with_edits([LineRemoved("2")])
    assert walked.travel_times(HOME, HUB, (0,))[0, 0, 0] > 3600
    np.testing.assert_array_equal(router.travel_times(HOME, HUB), before)
    assert walked.walk is router.walk
    with pytest.raises(InputError, match="99"):
        router.with_edits([LineRemoved("99")]).travel_times(HOME, HUB)


def test_a_limit_of_rides(long_street, router):
    one = long_street.transit_router(router.timetable, WINDOW, max_walk_min=5, max_rides=1)
    assert router.trips_to(HOME, HUB).rides.max() == 1  # staying aboard is one ride
    np.testing.assert_array_equal(one.travel_times(HOME, HUB), router.travel_times(HOME, HUB))


def test_departures_are_those_of_the_window(router):
    first = router.timetable.seconds("07:40")
    assert router.asked_s.tolist() == list(range(first, first + 1800, 60))
    assert len(router.searches) == len(router.drawn) == 1
    assert router.search is router.searches[0]


@pytest.mark.parametrize("at", ["07:39", "08:10", "07:40:30"])
def test_a_time_that_is_no_departure_is_refused_with_the_first(router, at):
    with pytest.raises(InputError, match=f"{at} is no departure") as refused:
        router.itineraries(HOME, HUB, at)
    assert "07:40" in refused.value.remedy


def test_itineraries_are_of_one_point_each(router):
    with pytest.raises(InputError, match="4 origins and 1 destinations"):
        router.itineraries(PLACES, HUB)


@pytest.mark.parametrize("percentiles", [(), (-1,), (50, 101)])
def test_percentiles_that_are_none_are_refused(router, percentiles):
    with pytest.raises(InputError, match="percentile"):
        router.travel_times(HOME, HUB, percentiles)


def test_points_that_are_none_are_named(router):
    with pytest.raises(InputError, match="origins"):
        router.travel_times([[500.0, 61.5]], HUB)
