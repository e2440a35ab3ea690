"""What a map shows before anything is asked of it."""

import math

import pytest

from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.controls import Choice, Sign
from tesoma_geo.render.map.first_view import STOPS_ZOOM, first_bounds, keys_at_first, told_at_first, within, zoom_of

CONTENTS = [Content(key, "any", {}) for key in ("cells", "isochrones", "stops", "trees", "said_a", "said_b")]
#: On a phone this fits at a zoom beyond 13, and at one below it.
NEAR, FAR = [[61.50, 23.60], [61.52, 23.64]], [[61.3, 23.3], [61.7, 24.1]]


def test_what_waits_to_be_asked_for_is_not_on_the_map():
    kinds = [Choice("said_a", "A", None, shown=True, sign=0), Choice("said_b", "B", None, shown=True, sign=1)]
    choices = [Choice("stops", "Stops", None, shown=True), Choice("trees", "Trees", None, shown=False), *kinds]
    assert keys_at_first(CONTENTS, choices, ["isochrones"]) == {"cells", "stops", "said_a", "said_b"}
    assert keys_at_first(CONTENTS, choices, ["isochrones"], kinds) == {"cells", "stops", "said_a"}


@pytest.mark.parametrize(
    ("sign", "profile", "bounds", "shown"),
    [
        (Sign("", "stops trees", ""), "walk", FAR, True),
        (Sign("", "trees", ""), "walk", FAR, False),
        (Sign("", "stops", "", ("transit",)), "transit", FAR, True),
        (Sign("", "stops", "", ("transit",)), "walk", FAR, False),
        (Sign("", "stops", "", near=True), "walk", NEAR, True),
        (Sign("", "stops", "", near=True), "walk", FAR, False),
    ],
)
def test_a_line_is_told_with_one_of_its_layers_for_its_ways_of_moving_and_from_its_zoom(sign, profile, bounds, shown):
    assert [line.shown for line in told_at_first([sign], {"stops"}, profile, bounds)] == [shown]


@pytest.mark.parametrize(
    ("at_first", "label"),
    [({"a"}, "Schools"), ({"b", "hub"}, "Shops"), ({"a", "b"}, "Services"), ({"hub"}, "Services")],
)
def test_a_line_is_called_by_the_one_layer_that_is_shown_alone(at_first, label):
    line = Sign("services", "a b", "Services", names={"": "Services", "a": "Schools", "b": "Shops"})
    assert [told.label for told in told_at_first([line], at_first, "walk", FAR)] == [label]
    assert [told.label for told in told_at_first([Sign("", "a", "Woods")], at_first, "walk", FAR)] == ["Woods"]


def test_the_zoom_holds_the_rectangle_in_both_directions():
    assert zoom_of([[0, -180], [0, 180]], (256, 1)) == 0
    assert zoom_of([[0, -90], [0, 90]], (256, 1)) == 1
    assert zoom_of([[0, -90], [0, 90]], (256 * 2**0.3, 1)) == 1.25
    # As far up as across, where Mercator's map is a square.
    edge = math.degrees(math.atan(math.sinh(math.pi)))
    assert zoom_of([[-edge, 0], [edge, 1]], (256, 512)) == 1
    assert zoom_of([[60, 24], [60, 24]]) == math.inf
    assert zoom_of(NEAR) > STOPS_ZOOM > zoom_of(FAR)


def test_the_boundary_is_seen_whole_where_that_costs_little():
    (south, west), (north, east) = NEAR
    near = [[south, west - 0.002], [north + 0.001, east - 0.01]]
    assert first_bounds(NEAR, near) == [[south, west - 0.002], [north + 0.001, east]]
    assert first_bounds(NEAR, FAR) == NEAR


def test_a_rectangle_lies_in_another_or_reaches_beyond_it():
    outer = [[60.0, 23.0], [61.0, 24.0]]
    assert within(outer, outer)
    assert within([[60.2, 23.2], [60.8, 23.8]], outer)
    assert not within([[60.2, 22.9], [60.8, 23.8]], outer)
    assert not within([[60.2, 23.2], [61.1, 23.8]], outer)
