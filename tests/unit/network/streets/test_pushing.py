"""Where a bicycle is pushed, by direction."""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.pushing import pushed_edges, pushed_ways
from tests.conftest import CRS, write_osm_file

ROAD = {"highway": "residential"}


@pytest.fixture(scope="module")
def streets(tmp_path_factory):
    tags = [
        ROAD, ROAD | {"oneway": "yes"}, ROAD | {"oneway": "-1"}, {"highway": "pedestrian"},
        ROAD | {"bicycle": "dismount"},
        ROAD | {"oneway": "yes", "foot": "no"}, ROAD | {"junction": "roundabout"},
        ROAD | {"oneway": "yes", "oneway:bicycle": "no"},
        ROAD | {"oneway": "yes", "bicycle": "private", "foot": "private"},
        {"highway": "motorway"},
    ]  # fmt: skip
    nodes = {number: (100 * number, 0) for number in range(len(tags) + 1)}
    ways = [([number, number + 1], one) for number, one in enumerate(tags)]
    return StreetNetwork.from_osm(write_osm_file(tmp_path_factory.mktemp("pushed") / "a.osm", nodes, ways), CRS)


def test_against_one_way_streets_that_are_walked(streets):
    pushed = pushed_ways(streets, default_profiles()["bicycle"])
    assert np.flatnonzero(pushed["forward"]).tolist() == [2, 3, 4]
    assert np.flatnonzero(pushed["backward"]).tolist() == [1, 3, 4, 8]


@pytest.mark.parametrize("name", ["walk", "car"])
def test_nothing_else_is_pushed(streets, name):
    pushed = pushed_ways(streets, default_profiles()[name])
    assert not pushed["forward"].any()
    assert not pushed["backward"].any()


def test_calm_cyclists_push_where_traffic_stresses(streets):
    calm = default_profiles()["bicycle_calm"].model_copy(update={"max_stress": 1})
    walked, shut = pushed_edges(streets, calm, pushed_ways(streets, calm))
    rides = default_profiles()["bicycle"]
    before, _ = pushed_edges(streets, rides, pushed_ways(streets, rides))
    for direction in ("forward", "backward"):
        assert (walked[direction] >= before[direction]).all()
        assert not (walked[direction] & shut[direction]).any()
