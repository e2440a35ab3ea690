"""Access tags of single lanes, as what they say of the whole street."""

import pandas as pd
import pytest

from tesoma_geo.network.streets.lane_tags import of_street, with_lanes


@pytest.mark.parametrize(
    ("lanes", "said"),
    [
        ("no|no", "no"), ("no|yes", "yes"), ("no|designated|no", "designated"), ("private|no", "private"),
        ("no|", None), ("|no", None), ("no", "no"), ("", None), ("no|psv", "no"), ("no|unheard", None),
        ("No | no", "no"), ("agricultural;destination|no", "destination"),
    ],
)  # fmt: skip
def test_a_street_is_open_where_a_lane_is(lanes, said):
    assert of_street(lanes) == said


def test_the_street_itself_comes_before_its_lanes():
    ways = pd.DataFrame(
        {"motor_vehicle": ["yes", None, None], "motor_vehicle:lanes": ["no|no", "no|no", None],
         "bicycle:lanes:backward": [None, None, "no"]}, dtype="str",
    )  # fmt: skip
    found = with_lanes(ways)
    assert found["motor_vehicle"].tolist()[:2] == ["yes", "no"]
    assert found["bicycle:backward"].tolist()[2] == "no"
    assert found["motor_vehicle"].isna().tolist() == [False, False, True]
    assert not [key for key in found if ":lanes" in key]


def test_a_table_without_lanes_is_left_as_it_is():
    ways = pd.DataFrame({"motor_vehicle": ["yes"]})
    assert with_lanes(ways) is ways
