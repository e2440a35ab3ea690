"""Turn rules where links split their streets, junction delays, and what closing a street does to those beside it."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import Edits, network_with_links
from tesoma_geo.network.streets.turn_rules import CAR
from tests.conftest import CORNER, CRS

ROAD = {"highway": "residential"}
#: West – centre – east, and north of the centre: two ways from the west to the north, the long one round by the east.
CROSS = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (400, 300), 5: (800, 300)}


def at(*places):
    return gpd.GeoSeries(shapely.points(np.array(CORNER) + np.array(places, float)), crs=CRS)


def links(*lines, highway="footway"):
    drawn = [shapely.LineString(np.array(CORNER) + np.array(line, float)) for line in lines]
    return gpd.GeoDataFrame({"highway": [highway] * len(lines)}, geometry=drawn, crs=CRS)


@pytest.fixture(scope="module")
def cross(write_osm_once):
    """No left turn from the west into the north."""
    ways = [([1, 2], ROAD), ([2, 3], ROAD), ([2, 4], ROAD), ([3, 5], ROAD), ([5, 4], ROAD)]
    network = StreetNetwork.from_osm(write_osm_once(CROSS, ways), CRS)
    from dataclasses import replace

    from tesoma_geo.network.streets.shape import StreetShape
    from tesoma_geo.network.streets.turn_rules import TurnRule

    rule = TurnRule(0, (1,), (), 2, only=False, modes=CAR)
    return replace(network, turn_rules=(rule,), shape=StreetShape.empty())


@pytest.mark.parametrize(
    "link",
    [
        [(200, 0), (200, 60)],  # on the street before the turn
        [(400, 150), (430, 150)],  # on the street after it
        [(200, 0), (400, 150)],  # on both, on foot alone
        [(600, 0), (600, 40)],  # where a car could turn back
    ],
)
@pytest.mark.parametrize("way", ["edited", "anew"])
def test_a_footpath_opens_no_forbidden_turn_to_cars(cross, link, way):
    car = cross.router("car")
    before = car.travel_times(at((20, 0)), at((400, 280)))[0, 0]
    edited = car.with_edits(Edits(links=links(link)))
    if way == "anew":
        edited = network_with_links(cross, links(link), 250.0).router("car")
    assert edited.travel_times(at((20, 0)), at((400, 280)))[0, 0] == pytest.approx(before, abs=0.3)
    assert edited.travel_times(at((210, 0)), at((400, 280)))[0, 0] == pytest.approx(
        car.travel_times(at((210, 0)), at((400, 280)))[0, 0], abs=0.3
    )


def test_the_only_turn_allowed_stays_open_where_a_link_splits_its_streets(write_osm):
    from dataclasses import replace

    from tesoma_geo.network.streets.shape import StreetShape
    from tesoma_geo.network.streets.turn_rules import TurnRule

    ways = [([1, 2], ROAD), ([2, 3], ROAD), ([2, 4], ROAD), ([3, 5], ROAD), ([5, 4], ROAD)]
    network = StreetNetwork.from_osm(write_osm(CROSS, ways), CRS)
    # From the west over the middle stretch only on to the north east.
    rule = TurnRule(0, (1, 2), (1,), 3, only=True, modes=CAR)
    network = replace(network, turn_rules=(rule,), shape=StreetShape.empty())
    car = network.router("car")
    before = car.travel_times(at((20, 0)), at((800, 280), (400, 280)))
    linked = car.with_edits(Edits(links=links([(600, 0), (600, 40)], [(800, 150), (830, 150)], [(200, 0), (200, 30)])))
    np.testing.assert_allclose(linked.travel_times(at((20, 0)), at((800, 280), (400, 280))), before, atol=0.02)


def test_a_closed_street_is_no_junction(write_osm):
    """A side street makes cars wait on the road; closed, it does so no more."""
    nodes = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (400, 300)}
    network = StreetNetwork.from_osm(write_osm(nodes, [([1, 2, 3], ROAD), ([2, 4], ROAD)]), CRS)
    car = network.router("car")
    ends = at((10, 0)), at((790, 0))
    open_s = car.travel_times(*ends)[0, 0]
    closed = Edits.closing([2])
    assert car.with_edits(closed).travel_times(*ends)[0, 0] == pytest.approx(open_s - 5.0, abs=0.2)
    from tesoma_geo.network.streets.cost_changes import CostChange

    changed = network.with_change(CostChange(np.array([2]), np.inf))
    assert changed.router("car").travel_times(*ends)[0, 0] == pytest.approx(open_s - 5.0, abs=0.2)
    assert car.travel_times(*ends)[0, 0] == open_s


def test_a_street_that_is_closed_stays_closed_where_a_link_meets_it(write_osm):
    nodes = {1: (0, 0), 2: (400, 0), 3: (800, 0), 4: (0, 900), 5: (800, 900)}
    ways = [([1, 2, 3], ROAD), ([1, 4, 5, 3], ROAD)]
    network = StreetNetwork.from_osm(write_osm(nodes, ways), CRS)
    walk = network.router("walk")
    ends = at((-5, 0)), at((805, 0))
    round_s = walk.with_edits(Edits.closing([1])).travel_times(*ends)[0, 0]
    spur = links([(600, 0), (600, 60)])
    for edited in (
        walk.with_edits(Edits([1], np.inf, links=spur)),
        walk.with_edits(Edits.closing([1])).with_edits(Edits(links=spur)),
        walk.with_edits(Edits(links=spur)).with_edits(Edits.closing([1])),
    ):
        assert edited.travel_times(*ends)[0, 0] == pytest.approx(round_s, abs=0.02)
        assert round_s > 1.5 * walk.travel_times(*ends)[0, 0]


def test_a_place_beside_a_joint_uses_the_link(write_osm):
    nodes = {1: (0, 0), 2: (800, 0), 3: (0, 500), 4: (800, 500)}
    network = StreetNetwork.from_osm(write_osm(nodes, [([1, 2], ROAD), ([3, 4], ROAD), ([1, 3], ROAD)]), CRS)
    walk = network.router("walk").with_edits(Edits(links=links([(400, 0), (400, 500)])))
    seconds = walk.travel_times(at((410, 0)), at((400, 490)))[0, 0]
    assert seconds == pytest.approx(500 / walk.profile.foot_speed_ms, rel=0.01)


@pytest.mark.parametrize("tags", [{"tunnel": "yes"}, {"bridge": "yes"}, {"covered": "yes"}, {"layer": "-2"}])
def test_a_link_joins_no_tunnel_or_bridge_from_beside_it(write_osm, tags):
    """The street under or over the end of a link is not met there, but where the link is drawn on its line."""
    nodes = {1: (0, 0), 2: (800, 0), 3: (0, -120), 4: (800, -120)}
    ways = [([1, 2], ROAD | tags), ([3, 4], ROAD), ([1, 3], ROAD), ([2, 4], ROAD)]
    network = StreetNetwork.from_osm(write_osm(nodes, ways), CRS)

    def joined(*end):
        grown = network_with_links(network, links([(0, -119), end]), 200.0)
        pieces = grown.added.piece_of[network.n_edges :]
        return set(pieces[pieces >= 0].tolist())

    assert joined(400, 5) == {1, 2}  # the street 125 m away, not the one 5 m away
    assert joined(400, 0) == {0, 2}
    assert joined(0, 5) == {2}  # its mouth is the end of another street


def test_a_link_joins_no_street_across_water(write_osm):
    nodes = {1: (0, 0), 2: (800, 0), 3: (0, 150), 4: (800, 150)}
    network = StreetNetwork.from_osm(write_osm(nodes, [([1, 2], ROAD), ([3, 4], ROAD), ([1, 3], ROAD)]), CRS)
    river = shapely.box(*(np.array(CORNER * 2) + np.array([-100, 10, 900, 50])))
    grown = network_with_links(network.with_water([river]), links([(400, 55), (500, 65)]), 120.0)
    assert set(grown.added.piece_of.tolist()) == {-1, 1}
    with pytest.raises(InputError, match="across water"):
        network_with_links(network.with_water([river]), links([(400, 55), (500, 65)]), 80.0)
