"""Who may move where: access tags before classes, the specific before the general; one-way rules by mode."""

import pandas as pd
import pytest

from tesoma_geo.network.streets.permissions import Permission, oneway, permissions, restricted_ways
from tesoma_geo.network.streets.profiles import default_profiles

PROFILES = default_profiles()
OPEN, PUSHED, CLOSED = Permission.OPEN, Permission.PUSHED, Permission.CLOSED


def ways(**tags: str) -> pd.DataFrame:
    return pd.DataFrame({"highway": pd.Series([tags.pop("highway", None)], dtype="str")}).assign(
        **{key: pd.Series([value], dtype="str") for key, value in tags.items()}
    )


@pytest.mark.parametrize(
    ("tags", "walk", "bicycle", "car"),
    [
        ({"highway": "residential"}, OPEN, OPEN, OPEN),
        ({"highway": "footway"}, OPEN, PUSHED, CLOSED),
        ({"highway": "footway", "bicycle": "yes"}, OPEN, OPEN, CLOSED),
        ({"highway": "cycleway"}, OPEN, OPEN, CLOSED),
        ({"highway": "cycleway", "foot": "no"}, CLOSED, OPEN, CLOSED),
        ({"highway": "steps"}, OPEN, PUSHED, CLOSED),
        ({"highway": "motorway"}, CLOSED, CLOSED, OPEN),
        ({"highway": "trunk"}, CLOSED, CLOSED, OPEN),
        ({"highway": "trunk", "foot": "yes"}, OPEN, PUSHED, OPEN),
        ({"highway": "primary", "motorroad": "yes"}, CLOSED, CLOSED, OPEN),
        ({"highway": "service", "access": "private"}, OPEN, OPEN, OPEN),
        ({"highway": "service", "access": "private", "foot": "yes"}, OPEN, PUSHED, OPEN),
        ({"highway": "service", "access": "customers"}, OPEN, OPEN, OPEN),
        ({"highway": "residential", "motor_vehicle": "no"}, OPEN, OPEN, CLOSED),
        ({"highway": "residential", "vehicle": "no", "bicycle": "yes"}, OPEN, OPEN, CLOSED),
        ({"highway": "secondary", "bicycle": "use_sidepath"}, OPEN, PUSHED, OPEN),
        ({"highway": "path", "bicycle": "dismount"}, OPEN, PUSHED, CLOSED),
        ({"highway": "path", "bicycle": "no"}, OPEN, PUSHED, CLOSED),
        ({"highway": "residential", "access": "unheard-of"}, OPEN, OPEN, OPEN),
    ],
)  # fmt: skip
def test_who_may_use_a_way(tags, walk, bicycle, car):
    table = ways(**tags)
    found = [permissions(table, PROFILES[name])[0] for name in ("walk", "bicycle", "car")]
    assert found == [walk, bicycle, car]


@pytest.mark.parametrize(
    ("tags", "walk", "bicycle", "car"),
    [
        ({"access": "private"}, True, True, True),
        ({"access": "private", "foot": "yes"}, False, True, True),
        ({"motor_vehicle": "destination"}, False, False, True),
        ({"vehicle": "permit", "bicycle": "yes"}, False, False, True),
        ({"access": "customers"}, True, True, True),
        ({"access": "no"}, False, False, False),
        ({"foot": "private"}, True, False, False),
    ],
)  # fmt: skip
def test_who_may_begin_or_end_on_a_way_and_not_pass(tags, walk, bicycle, car):
    table = ways(highway="service", **tags)
    assert [restricted_ways(table, PROFILES[name])[0] for name in ("walk", "bicycle", "car")] == [walk, bicycle, car]


def test_a_way_closed_to_wheelchairs_is_open_to_others():
    table = ways(highway="path", wheelchair="no")
    assert permissions(table, PROFILES["wheelchair"])[0] == CLOSED
    assert permissions(table, PROFILES["walk"])[0] == OPEN


@pytest.mark.parametrize(
    ("tags", "mode", "expected"),
    [
        ({}, "car", (True, True)),
        ({"oneway": "yes"}, "car", (True, False)),
        ({"oneway": "-1"}, "car", (False, True)),
        ({"oneway": "yes"}, "foot", (True, True)),
        ({"oneway:foot": "yes"}, "foot", (True, False)),
        ({"oneway": "yes"}, "bicycle", (True, False)),
        ({"oneway": "yes", "oneway:bicycle": "no"}, "bicycle", (True, True)),
        ({"oneway": "yes", "cycleway:left": "opposite_lane"}, "bicycle", (True, True)),
        ({"oneway": "yes", "cycleway": "lane"}, "bicycle", (True, False)),
        ({"highway": "motorway"}, "car", (True, False)),
        ({"highway": "motorway", "oneway": "no"}, "car", (True, True)),
        ({"junction": "roundabout"}, "car", (True, False)),
        ({"junction": "roundabout"}, "foot", (True, True)),
        ({"oneway": "reversible"}, "car", (True, True)),
    ],
)  # fmt: skip
def test_one_way_rules_by_mode(tags, mode, expected):
    forward, backward = oneway(ways(**{"highway": "residential", **tags}), mode)
    assert (bool(forward[0]), bool(backward[0])) == expected
