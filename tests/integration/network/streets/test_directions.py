"""One-way rules by mode: as drawn, and against it."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.directions import oneway
from tests.conftest import CORNER, CRS

BOTH, DRAWN, AGAINST = (True, True), (True, False), (False, True)


def ways(**tags: str) -> pd.DataFrame:
    table = {"highway": "residential", **tags}
    return pd.DataFrame({key: pd.Series([value], dtype="str") for key, value in table.items()})


@pytest.mark.parametrize(
    ("tags", "mode", "expected"),
    [
        ({}, "car", BOTH),
        ({"oneway": "yes"}, "car", DRAWN),
        ({"oneway": "-1"}, "car", AGAINST),
        ({"oneway": "yes"}, "foot", BOTH),
        ({"oneway:foot": "yes"}, "foot", DRAWN),
        ({"oneway:foot": "-1"}, "foot", AGAINST),
        ({"oneway": "yes"}, "bicycle", DRAWN),
        ({"oneway": "yes", "oneway:bicycle": "no"}, "bicycle", BOTH),
        ({"oneway": "yes", "cycleway:left": "opposite_lane"}, "bicycle", BOTH),
        ({"oneway": "yes", "cycleway": "lane"}, "bicycle", DRAWN),
        ({"highway": "motorway"}, "car", DRAWN),
        ({"highway": "motorway", "oneway": "no"}, "car", BOTH),
        ({"junction": "roundabout"}, "car", DRAWN),
        ({"junction": "circular"}, "bicycle", DRAWN),
        ({"junction": "roundabout"}, "foot", BOTH),
        ({"oneway": "reversible"}, "car", BOTH),
        # Lanes of their own direction.
        ({"oneway": "yes", "cycleway:left": "lane", "cycleway:left:oneway": "-1"}, "bicycle", BOTH),
        ({"oneway": "yes", "cycleway:left": "lane", "cycleway:left:oneway": "-1"}, "car", DRAWN),
        ({"oneway": "yes", "cycleway:right": "track", "cycleway:right:oneway": "no"}, "bicycle", BOTH),
        ({"oneway": "yes", "cycleway:both": "lane", "cycleway:both:oneway": "no"}, "bicycle", BOTH),
        ({"oneway": "-1", "cycleway": "track", "cycleway:oneway": "no"}, "bicycle", BOTH),
        ({"oneway": "yes", "cycleway:left": "separate", "cycleway:left:oneway": "-1"}, "bicycle", DRAWN),
        ({"oneway": "yes", "cycleway:left": "no", "cycleway:left:oneway": "-1"}, "bicycle", DRAWN),
        # Access by direction.
        ({"motor_vehicle:backward": "no"}, "car", DRAWN),
        ({"motor_vehicle:backward": "no"}, "bicycle", BOTH),
        ({"vehicle:forward": "no"}, "bicycle", AGAINST),
        ({"vehicle:forward": "no"}, "foot", BOTH),
        ({"vehicle:backward": "no", "bicycle": "yes"}, "bicycle", BOTH),
        ({"vehicle:backward": "no", "bicycle:backward": "yes"}, "bicycle", BOTH),
        ({"access:backward": "no"}, "foot", DRAWN),
        ({"foot:backward": "no"}, "foot", DRAWN),
        ({"foot:forward": "no"}, "foot", AGAINST),
        ({"foot:backward": "no"}, "car", BOTH),
        ({"oneway": "yes", "bicycle:backward": "yes"}, "bicycle", BOTH),
        ({"oneway": "yes", "motorcar:backward": "yes"}, "car", BOTH),
        ({"oneway:motor_vehicle": "yes"}, "car", DRAWN),
        ({"oneway:motor_vehicle": "yes"}, "bicycle", BOTH),
        ({"oneway": "yes", "oneway:motorcar": "no"}, "car", BOTH),
        # Escalators and moving walkways.
        ({"highway": "steps", "conveying": "forward"}, "foot", DRAWN),
        ({"highway": "steps", "conveying": "backward"}, "foot", AGAINST),
        ({"highway": "footway", "conveying": "forward"}, "foot", DRAWN),
        ({"highway": "steps", "conveying": "reversible"}, "foot", BOTH),
        ({"highway": "steps", "conveying": "yes", "oneway": "yes"}, "foot", DRAWN),
        ({"highway": "steps", "oneway": "-1"}, "foot", AGAINST),
        ({"highway": "footway", "oneway": "yes"}, "foot", BOTH),
    ],
)  # fmt: skip
def test_one_way_rules_by_mode(tags, mode, expected):
    forward, backward = oneway(ways(**tags), mode)
    assert (bool(forward[0]), bool(backward[0])) == expected


def test_business_in_one_direction_alone(write_osm):
    """``motor_vehicle:backward=destination``: nobody passes against it, and who has business there comes both ways."""
    nodes = {1: (-100, 0), 2: (0, 0), 3: (400, 0), 4: (500, 0), 5: (0, 1000), 6: (400, 1000)}
    road = {"highway": "residential"}
    ways = [([1, 2, 5, 6, 3, 4], road), ([2, 3], road | {"motor_vehicle:backward": "destination"})]
    network = StreetNetwork.from_osm(write_osm(nodes, ways), CRS)
    car = network.router("car")
    xy = np.array(CORNER) + np.array([(-50, 0), (450, 0), (300, 0), (100, 0)])
    west, east, near_east, near_west = (gpd.GeoSeries(shapely.points(xy[[row]]), crs=CRS) for row in range(4))

    def seconds(begin, end):
        return float(car.travel_times(begin, end)[0, 0])

    assert seconds(east, west) > seconds(west, east) + 120
    for there in (near_east, near_west):
        assert seconds(east, there) < seconds(west, east) + 1
        assert seconds(there, west) < seconds(west, east) + 1
        assert seconds(there, east) < seconds(west, east) + 1
    assert seconds(near_east, near_west) < seconds(west, east)
    walk = network.router("walk")
    assert walk.travel_times(east, west) == pytest.approx(walk.travel_times(west, east), abs=0.1)
