"""Which streets and services an annotation is about."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from tesoma_geo.annotations.links import service_links, street_links

#: Two parallel streets 30 m apart, the first of two segments.
SEGMENTS = np.array([LineString([(0, 0), (50, 0)]), LineString([(50, 0), (100, 0)]), LineString([(0, 30), (100, 30)])])
WAYS = np.array([0, 0, 1], np.int32)


def test_the_nearer_street_is_meant_more_surely():
    links = street_links(np.array([Point(50, 5)]), SEGMENTS, WAYS)
    by_edge = links.set_index("edge")
    assert links["way"].tolist() == [0, 0, 1]
    assert by_edge["distance_m"].tolist() == [5, 5, 25]
    assert by_edge.loc[0, "confidence"] == pytest.approx(np.exp(-5 / 15))
    assert by_edge.loc[2, "confidence"] == pytest.approx(np.exp(-25 / 15))


def test_a_pin_between_two_streets_is_of_both_by_half():
    links = street_links(np.array([Point(50, 15)]), SEGMENTS, WAYS)
    assert links.groupby("way")["confidence"].first().nunique() == 1


def test_what_is_far_is_linked_to_nothing():
    assert street_links(np.array([Point(500, 500)]), SEGMENTS, WAYS).empty


def test_lines_are_linked_along_themselves():
    links = street_links(np.array([LineString([(10, 2), (90, 2)])]), SEGMENTS, WAYS)
    assert set(links["edge"]) == {0, 1, 2}


@settings(max_examples=40)
@given(x=st.floats(-50, 150), y=st.floats(-50, 80))
def test_confidences_of_a_pin_are_shares_of_at_most_one(x, y):
    links = street_links(np.array([Point(x, y)]), SEGMENTS, WAYS)
    by_way = links.groupby("way")["confidence"].first()
    assert (by_way >= 0).all()
    assert by_way.sum() <= 1 + 1e-9


def test_services_near_an_annotation():
    services = np.array([Point(0, 0), Point(0, 60), Point(0, 500)])
    links = service_links(np.array([Point(0, 10)]), services)
    assert links["service"].tolist() == [0, 1]
    assert links["distance_m"].tolist() == [10, 50]
    assert links["confidence"].is_monotonic_decreasing
