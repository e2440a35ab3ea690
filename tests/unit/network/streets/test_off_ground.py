"""Which ways lie above, below or within what is beside them, from the wiki's Key:level, Key:layer, Key:covered."""

import pandas as pd
import pytest

from tesoma_geo.network.streets.off_ground import above_or_below, passed_unseen, sheltered_ways

COLUMNS = ("highway", "bridge", "tunnel", "covered", "indoor", "layer", "location", "level", "motorroad")
FOOTWAY = {"highway": "footway"}


def of(tags):
    return pd.DataFrame([{key: tags.get(key) for key in COLUMNS}], dtype="str")


@pytest.mark.parametrize(
    ("tags", "unseen"),
    [
        (FOOTWAY, False),
        ({**FOOTWAY, "level": "0"}, False),
        ({**FOOTWAY, "level": "1"}, True),
        ({**FOOTWAY, "level": "-1"}, True),
        ({**FOOTWAY, "level": "0;1"}, False),
        ({**FOOTWAY, "level": "-1-1"}, False),
        ({**FOOTWAY, "level": "1-3"}, True),
        ({**FOOTWAY, "level": "0.0"}, False),
        ({**FOOTWAY, "level": "0,5"}, True),
        ({**FOOTWAY, "level": ""}, False),
        ({**FOOTWAY, "level": "G"}, True),
        ({"highway": "corridor"}, True),
        ({"highway": "corridor", "indoor": "no"}, False),
        ({"highway": "elevator"}, True),
        ({"highway": "platform"}, False),
        ({**FOOTWAY, "covered": "arcade"}, False),
        ({**FOOTWAY, "covered": "yes"}, True),
        ({**FOOTWAY, "layer": "-1"}, True),
        ({**FOOTWAY, "layer": "1"}, False),
        ({**FOOTWAY, "bridge": "yes"}, True),
        ({**FOOTWAY, "location": "underground"}, True),
        ({"highway": "motorway"}, False),
    ],
)
def test_what_lies_elsewhere_is_not_beside_anybody(tags, unseen):
    assert passed_unseen(of(tags)).tolist() == [unseen]
    assert sheltered_ways(of(tags)).tolist() == [unseen or tags["highway"] == "motorway"]


def test_bridges_and_tunnels_alone_leave_the_ground():
    kinds = [{**FOOTWAY, **more} for more in ({"bridge": "yes"}, {"tunnel": "no"}, {"level": "1"}, {"tunnel": "yes"})]
    ways = pd.concat([of(tags) for tags in kinds], ignore_index=True)
    assert above_or_below(ways).tolist() == [True, False, False, True]
