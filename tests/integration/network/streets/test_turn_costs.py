"""Turns that cost: by angle and side, from a workspace, where one drives on the left, and with links."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.profiles import TurnCosts, profiles_with
from tesoma_geo.network.streets.turn_costs import nodes_told_apart, reach_m, seconds_of_turns, street_junctions
from tesoma_geo.network.streets.turn_rules import CAR
from tesoma_geo.network.streets.turn_states import turn_states
from tests.conftest import CORNER, CRS

COSTS = TurnCosts(on=True, across_s=6.0, near_s=2.0, straight_s=1.0, u_turn_s=20.0)
#: A crossing at node 0 with streets to the east, north, west, south, and one to the north east.
X, Y = np.array([0.0, 100, 0, -100, 0, 100]), np.array([0.0, 0, 100, 0, -100, 100])
TAIL, HEAD = np.zeros(5, np.int32), np.arange(1, 6, dtype=np.int32)


def from_the_south(left_hand=False):
    """Seconds of the turns at the crossing by the node they lead to, for who comes from the south."""
    streets, length_m = np.ones(5, bool), np.full(5, 100.0, np.float32)
    states = turn_states((), TAIL, HEAD, length_m, streets, None, {0: CAR})
    at = street_junctions(TAIL, HEAD, streets, 6)
    seconds = seconds_of_turns(states, TAIL, HEAD, (X, Y), at, COSTS, left_hand=left_hand)
    came = states.plain[0, 3]
    return {
        int(HEAD[turn.edge]): s for turn, s in zip(states.turns, seconds.tolist(), strict=True) if turn.state == came
    }


def test_a_turn_costs_by_its_angle_and_side():
    found = from_the_south()
    assert found[1] == 2.0  # right
    assert found[2] == 1.0  # straight on
    assert found[3] == 6.0  # left, across the traffic
    assert found[4] == 20.0  # back
    assert found[5] == pytest.approx(1.25)  # half right: a quarter of the way from 30° to 90°


def test_where_one_drives_on_the_left_it_is_the_other_way_round():
    found = from_the_south(left_hand=True)
    assert (found[1], found[2], found[3], found[4]) == (6.0, 1.0, 2.0, 20.0)


def test_nodes_within_reach_of_a_junction_are_told_apart():
    tail, head = np.array([0, 0, 0, 1, 4], np.int32), np.array([1, 2, 3, 4, 5], np.int32)
    length_m, streets = np.full(5, 50.0, np.float32), np.ones(5, bool)
    assert reach_m(COSTS) == pytest.approx(0.5 * 5.0 * 100 / 3.6)
    near = nodes_told_apart(tail, head, length_m, streets, 6, {CAR: 60.0})
    assert near == {0: CAR, 1: CAR, 2: CAR, 3: CAR}
    assert 4 in nodes_told_apart(tail, head, length_m, streets, 6, {CAR: 100.0})
    assert nodes_told_apart(tail, head, length_m, streets & (tail != 0), 6, {CAR: 60.0}) == {}


#: A crossing in the middle of four streets of 300 m.
CROSS = {1: (0, 0), 2: (300, 0), 3: (-300, 0), 4: (0, 300), 5: (0, -300)}
ROAD = {"highway": "residential"}


def at(*places):
    return gpd.GeoSeries(shapely.points(np.array(CORNER) + np.array(places, float)), crs=CRS)


@pytest.fixture(scope="module")
def cross(write_osm_once):
    return StreetNetwork.from_osm(write_osm_once(CROSS, [([1, end], ROAD) for end in (2, 3, 4, 5)]), CRS)


def turning(mode="car", **numbers):
    return profiles_with({mode: {"turn_costs": {"on": True, **numbers}}})[mode]


@pytest.mark.parametrize(("mode", "near_s", "across_s"), [("car", 2.1, 5.4), ("bicycle", 4.3, 8.4)])
def test_a_profile_of_a_workspace_switches_them_on(cross, mode, near_s, across_s):
    south, ends = at((0, -280)), at((280, 0), (0, 280), (-280, 0))
    free, paid = cross.router(mode), cross.router(turning(mode))
    more = paid.travel_times(south, ends) - free.travel_times(south, ends)
    np.testing.assert_allclose(more[0], [near_s, 0.0, across_s], atol=0.01)
    np.testing.assert_allclose(paid.travel_times(ends, south)[:, 0] - free.travel_times(ends, south)[:, 0],
                               [across_s, 0.0, near_s], atol=0.01)  # fmt: skip


def test_a_country_on_the_left_is_mirrored(cross):
    british = replace(cross, country="GB")
    south, ends = at((0, -280)), at((280, 0), (-280, 0))
    more = british.router(turning()).travel_times(south, ends) - british.router("car").travel_times(south, ends)
    np.testing.assert_allclose(more[0], [5.4, 2.1], atol=0.01)


def test_walkers_and_who_did_not_ask_have_the_same_graph(cross):
    plain = cross.router("car")
    assert plain.network.shape is cross.shape is cross.router("walk").network.shape
    assert cross.router(turning()).network.shape is not cross.shape
    on_foot = profiles_with({"walk": {"turn_costs": {"on": True, "across_s": 9}}})["walk"]
    assert cross.router(on_foot).network.shape is cross.shape


def test_catchments_to_and_fro_and_paths_pay(cross):
    free, paid = cross.router("car"), cross.router(turning())
    place = at((-280, 0))
    south = int(np.flatnonzero(cross.node_id == 5)[0])
    assert paid.to(place)[south] - free.to(place)[south] == pytest.approx(5.4, abs=0.01)
    assert paid.from_(place)[south] - free.from_(place)[south] == pytest.approx(2.1, abs=0.01)
    begin, finish = paid.snap(at((0, -280))), paid.snap(place)
    from_, to = paid.seeds_of(begin, reverse=False), paid.seeds_of(finish, reverse=True)
    path = paid.engine.path(from_.nodes, from_.seconds, to.nodes, to.seconds)
    assert path.seconds + paid.profile.terminal_s == pytest.approx(
        paid.travel_times(at((0, -280)), place)[0, 0], abs=0.01
    )


def test_a_turn_is_not_saved_by_turning_back_behind_the_junction(write_osm):
    """North of the junction the road bends every 10 m: without memory one would go on, turn back and turn right."""
    nodes = CROSS | {6: (0, 10), 7: (0, 20), 8: (0, 30)}
    ways = [([1, 2], ROAD), ([1, 3], ROAD), ([1, 6, 7, 8, 4], ROAD), ([1, 5], ROAD)]
    network = StreetNetwork.from_osm(write_osm(nodes, ways), CRS)
    south, west = at((0, -280)), at((-280, 0))
    more = network.router(turning()).travel_times(south, west) - network.router("car").travel_times(south, west)
    assert more[0, 0] == pytest.approx(5.4, abs=0.01)


def test_a_link_makes_no_turn_dearer(cross):
    line = shapely.LineString(np.array(CORNER) + np.array([(0.0, -150.0), (80.0, -150.0)]))
    links = gpd.GeoDataFrame({"highway": ["residential"]}, geometry=[line], crs=CRS)
    router, ends = cross.router(turning()), at((280, 0), (0, 280), (-280, 0))
    before, after = (one.travel_times(at((0, -280)), ends) for one in (router, router.with_edits(Edits(links=links))))
    np.testing.assert_allclose(after, before, atol=0.02)


def test_a_winter_with_other_rules_keeps_the_costs_of_turns(cross):
    router = cross.router(turning())
    snowy = router.network.at(replace(cross.when, month=1, winter=True)).router(router.profile)
    np.testing.assert_allclose(
        snowy.travel_times(at((0, -280)), at((-280, 0))), router.travel_times(at((0, -280)), at((-280, 0))), rtol=1e-6
    )
