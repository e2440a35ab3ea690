"""What could have been meant by a name that is not known."""

import pytest

from tesoma_geo.near_names import did_you_mean, instead, nearest_name

PROFILES = ("walk", "walk_slow", "wheelchair", "bicycle", "transit")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("whelchair", "wheelchair"),
        ("Walk Slow", "walk_slow"),
        ("walkslow", "walk_slow"),
        ("walk_slo", "walk_slow"),
        ("bycicle", "bicycle"),
        ("tranist", "transit"),
        ("WALK", "walk"),
        ("helicopter", None),
        ("", None),
    ],
)
def test_the_nearest_name(written, meant):
    assert nearest_name(written, PROFILES) == meant
    assert did_you_mean(written, PROFILES) == (f"Did you mean {meant}?" if meant else "")


def test_where_none_is_near_the_known_are_told_or_what_else_to_do():
    assert instead("helicopter", PROFILES) == "Use one of walk, walk_slow, wheelchair, bicycle, transit"
    assert instead("helicopter", PROFILES, "See the list") == "See the list"
    assert instead("walkk", PROFILES, "See the list") == "Did you mean walk?"
    assert instead(5, [5.5, 7]) == "Use one of 5.5, 7"


def test_a_name_with_blanks_is_quoted():
    assert did_you_mean("grocery shp", ["grocery shop"]) == "Did you mean 'grocery shop'?"
