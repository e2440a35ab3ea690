"""A mistyped value is told with the nearest that is known; what some streets have is known too."""

import pandas as pd
import pytest

from tesoma_geo.scenarios.known_tags import unknown_value

WAYS = pd.DataFrame({"highway": ["footway"] * 3, "surface": ["slate"] * 3, "name": ["A", "B", "C"]})


@pytest.mark.parametrize(
    ("tag", "value", "near"),
    [
        ("highway", "footwya", "Did you mean footway"),
        ("highway", "cycle_way", "cycleway"),
        ("highway", "residental", "residential"),
        ("surface", "asfalt", "Did you mean asphalt"),
        ("surface", "graveel", "gravel"),
        ("smoothness", "goood", "good"),
        ("lit", "yess", "yes"),
        ("tracktype", "grade12", "grade"),
        ("foot", "desginated", "designated"),
        ("oneway", "jes", "yes"),
    ],
)
def test_a_mistyped_value_is_told_with_the_nearest(tag, value, near):
    assert near in (unknown_value(tag, value, WAYS) or "")


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("highway", "footway"), ("surface", "slate"), ("surface", "asphalt;gravel"), ("name", "Whatever"),
        ("width", "2.5 m"), ("surface", None), ("incline", "6%"), ("mtb:scale", "1"),
    ],
)  # fmt: skip
def test_what_somebody_knows_is_taken(tag, value):
    assert unknown_value(tag, value, WAYS) is None


@pytest.mark.parametrize("value", ["construction", "proposed", "razed", "bus_stop", "xyz", ""])
def test_what_is_no_street_is_refused(value):
    assert unknown_value("highway", value, WAYS)


def test_two_ways_with_the_same_slip_do_not_make_it_known():
    assert unknown_value("surface", "slate", WAYS.iloc[:2])
