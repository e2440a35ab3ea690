"""Searches on streets: between points, from all nodes, and what they refuse."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork

LINE = {1: (0, 0), 2: (100, 0), 3: (300, 0)}


@pytest.fixture(scope="module")
def router(write_osm_once):
    return StreetNetwork.from_osm(write_osm_once(LINE, [([1, 2, 3], {"highway": "path"})])).router("walk")


@pytest.fixture(scope="module")
def places(router):
    """The three nodes, in the order of their ids, as longitudes and latitudes."""
    order = np.argsort(router.network.node_id)
    return np.column_stack([router.network.lon, router.network.lat])[order]


def test_times_between_points_grow_with_the_way(router, places):
    seconds = router.travel_times(places, places)
    assert np.diag(seconds) == pytest.approx([router.profile.terminal_s] * 3, abs=0.5)
    walked = seconds - router.profile.terminal_s
    assert walked[0, 2] == pytest.approx(3 * walked[0, 1], rel=1e-3)
    assert walked[0, 2] == pytest.approx(walked[0, 1] + walked[1, 2], rel=1e-3)


def test_to_and_from_a_point_agree_with_the_times_between(router, places):
    order = np.argsort(router.network.node_id)
    seconds = router.travel_times(places, places)
    assert router.to(places[2:])[order] == pytest.approx(seconds[:, 2], abs=0.5)
    assert router.from_(places[:1])[order] == pytest.approx(seconds[0], abs=0.5)


def test_sums_count_what_lies_within_the_cutoff(router, places):
    order = np.argsort(router.network.node_id)
    cutoff_s = float(router.travel_times(places[:1], places[1:2])[0, 0]) + 5.0
    assert router.sum_within(places, [1.0, 10.0, 100.0], cutoff_s)[order].tolist() == [11.0, 11.0, 100.0]


@pytest.mark.parametrize(
    ("weights", "cutoff_s", "told"),
    [
        ([1, 2], 60, r"shape \(2,\)"),
        ([1, 2, np.nan], 60, "not finite"),
        ([1, 2, 3], 0, "0"),
        ("many", 60, "no numbers"),
    ],
)
def test_weights_and_cutoffs_that_cannot_be_are_refused(router, places, weights, cutoff_s, told):
    with pytest.raises(InputError, match=told):
        router.sum_within(places, weights, cutoff_s)


def test_a_trip_between_places_with_one_side_leaves_them_as_given(router, places):
    begin, end = router.snap(places[:1]), router.snap(places[2:])
    assert router.best_pair(begin, end) == (begin, end)
    assert router.snap(begin) is begin
