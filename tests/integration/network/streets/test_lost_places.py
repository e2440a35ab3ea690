"""Why a place has no way: each reason is found where it is the only one, and none where the map itself says no."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.lost_places import behind_water, joined_across, lost_by_rules, street_pieces
from tesoma_geo.network.streets.profiles import default_profiles
from tests.conftest import CORNER, CRS

ROAD = {"highway": "residential"}
#: A hub's street of its own, then a stretch of 300 m that is closed or not, then homes.
NODES = {1: (0, 0), 2: (600, 0), 3: (900, 0), 4: (1500, 0), 5: (1500, 300), 6: (600, 300)}
HUB, HOME = (100, 0), (1400, 10)


def at(*places):
    return gpd.GeoSeries(shapely.points(np.array(CORNER) + np.array(places, float)), crs=CRS)


def streets(write_osm, between, node_tags=None):
    ways = [([1, 2, 6], ROAD), ([2, 3], between), ([3, 4, 5], ROAD)]
    return StreetNetwork.from_osm(write_osm(NODES, ways, node_tags), CRS)


def reasons(network, profile="walk", places=(HOME, HUB)):
    person = default_profiles()[profile]
    return {name: rows.tolist() for name, rows in lost_by_rules(network, person, (at(*places), at(HUB)), 250.0).items()}


@pytest.mark.parametrize(
    ("between", "at_nodes", "profile", "reason"),
    [
        ({"highway": "tertiary", "foot": "use_sidepath"}, {}, "walk", "use_sidepath"),
        ({"highway": "motorway"}, {}, "walk", "closed_class"),
        (ROAD, {3: {"barrier": "wall"}}, "walk", "closed_barrier"),
        (ROAD, {3: {"kerb": "raised"}}, "wheelchair", "closed_barrier"),
        ({"highway": "steps"}, {}, "wheelchair", "profile_limit"),
        (ROAD | {"incline": "15%"}, {}, "wheelchair", "profile_limit"),
        (ROAD | {"width": "60 cm"}, {}, "wheelchair", "profile_limit"),
        (ROAD | {"access": "no"}, {}, "walk", None),
        (ROAD | {"access": "private"}, {}, "walk", None),  # a way, though not through it: the next test
    ],
)
def test_the_rule_that_closes_is_told(write_osm, between, at_nodes, profile, reason):
    network = streets(write_osm, between, at_nodes)
    assert reasons(network, profile) == ({} if reason is None else {reason: [True, False]})
    way = np.isfinite(network.router(profile).travel_times(at(HOME), at(HUB)))[0, 0]
    assert way == (between.get("access") == "private")


def test_who_has_a_way_is_the_same_as_by_search(write_osm):
    network = streets(write_osm, ROAD | {"oneway": "yes"}, {3: {"barrier": "gate", "access": "private"}})
    places = at(HOME, (50, 5), (700, -5), (1500, 200), (620, 290))
    for name in ("walk", "wheelchair", "bicycle", "car"):
        router = network.router(name)
        pieces = street_pieces(network, default_profiles()[name])
        for hub in (at(HUB), at((1490, 250))):
            searched = np.isfinite(router.travel_times(places, hub))[:, 0]
            assert pieces.lead_to(router.snap(places), router.snap(hub)).tolist() == searched.tolist()


def test_water_and_fences_between_a_place_and_its_street_are_told(write_osm):
    network = streets(write_osm, ROAD)
    river = shapely.box(*(np.array(CORNER * 2) + np.array([-100, 20, 500, 60])))
    brook = shapely.box(*(np.array(CORNER * 2) + np.array([1200, 20, 1490, 25])))
    wet = network.with_water([river, brook])
    places = at((300, 90), (300, 10), (1300, 40))
    pieces = street_pieces(wet, default_profiles()["walk"])
    assert behind_water(pieces, places, 200.0).tolist() == [True, False, False]
    positions = pieces.snap_index.positions(np.column_stack([places.x, places.y]), 200.0)
    assert positions.found.tolist() == [False, True, True]
    assert joined_across(wet, places, positions).tolist() == [False, False, True]
    assert lost_by_rules(wet, default_profiles()["walk"], (places, at(HUB)), 200.0).keys() == {"across_water"}
    assert not behind_water(street_pieces(network, default_profiles()["walk"]), places, 200.0).any()
