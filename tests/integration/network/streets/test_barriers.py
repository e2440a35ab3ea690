"""Barriers: whom they stop, whom they delay, and that the streets up to them stay open."""

import numpy as np
import pytest

from tesoma_geo.crs import to_wgs84
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.barriers import barrier_costs, no_barriers, restricted_barriers
from tesoma_geo.network.streets.profiles import default_profiles
from tests.conftest import CORNER

PROFILES = default_profiles()
#: A street of 600 m with a barrier at node 2, and a way round of 1,800 m.
NODES = {1: (0, 0), 2: (300, 0), 3: (600, 0), 4: (0, 600), 5: (600, 600), 6: (300, 200), 7: (300, -200)}
SHORT, ROUND = ([1, 2, 3], {"highway": "residential"}), ([1, 4, 5, 3], {"highway": "residential"})
SIDE = ([6, 2, 7], {"highway": "residential"})


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def network(write_osm):
    def of(tags, *ways):
        return StreetNetwork.from_osm(write_osm(NODES, ways or (SHORT, ROUND), {2: tags}), crs="EPSG:3067")

    return of


def at(east_m, north_m=0.0):
    lon, lat = to_wgs84(CORNER[0] + east_m, CORNER[1] + north_m, "EPSG:3067")
    return [[float(lon), float(lat)]]


def metres(network, profile, start, end):
    router = network.router(profile)
    return float(router.travel_times(start, end)[0, 0] - router.profile.terminal_s) * router.profile.speed_kmh / 3.6


def tags(**values):
    return no_barriers().reindex(range(1)).assign(**{key: [value] for key, value in values.items()})


def test_a_barrier_closes_only_for_whom_it_says():
    gate = tags(barrier="gate", access="no", foot="yes")
    assert np.isinf(barrier_costs(gate, PROFILES["car"])).all()
    assert np.isfinite(barrier_costs(gate, PROFILES["walk"])).all()
    private = tags(barrier="gate", access="private", foot="yes")
    assert restricted_barriers(private, "car").all()
    assert not restricted_barriers(private, "foot").any()


@pytest.mark.parametrize("gap_m", [5, 150, 290])
def test_a_street_is_open_from_both_sides_up_to_its_barrier(network, gap_m):
    streets = network({"barrier": "bollard"})
    assert metres(streets, "walk", at(0), at(600)) == pytest.approx(600, rel=0.01)
    for end in (0, 600):
        towards = at(300 - gap_m if end == 0 else 300 + gap_m)
        seconds = streets.router("car").travel_times(at(end), towards)[0, 0]
        open_s = network({}).router("car").travel_times(at(end), towards)[0, 0]
        assert seconds == pytest.approx(open_s, rel=1e-3)
    over_s = streets.router("car").travel_times(at(300 - gap_m), at(300 + gap_m))[0, 0]
    assert over_s > network({}).router("car").travel_times(at(0), at(600))[0, 0]


def test_no_arm_of_a_junction_passes_a_barrier_there(network):
    streets = network({"barrier": "bollard"}, SHORT, SIDE)
    assert len(streets.barriers) == 4
    car = streets.router("car").travel_times(np.vstack([at(10), at(590)]), np.vstack([at(300, 190), at(300, -190)]))
    assert np.isinf(car).all()
    assert metres(streets, "walk", at(0), at(300, 200)) == pytest.approx(500, rel=0.01)


def test_a_delay_is_spent_once(network):
    for ways in ((SHORT,), (SHORT, SIDE)):
        free, barred = (network(tags, *ways).router("wheelchair") for tags in ({}, {"barrier": "cycle_barrier"}))
        before, after = (router.travel_times(at(0), at(600))[0, 0] for router in (free, barred))
        assert after - before == pytest.approx(10, abs=0.05)


def test_junctions_with_a_barrier_delay_cars_as_before(network):
    lift = {"barrier": "lift_gate"}
    free, barred = (network(tags, SHORT, SIDE).router("car") for tags in ({}, lift))
    before, after = (router.travel_times(at(0), at(600))[0, 0] for router in (free, barred))
    assert after == pytest.approx(before, abs=0.05)


def test_homes_behind_a_private_gate_are_reached_and_not_passed(network):
    streets = network({"barrier": "gate", "access": "private"}, SHORT)
    assert metres(streets, "walk", at(0), at(600)) == pytest.approx(600, rel=0.01)
    assert metres(network({"barrier": "gate", "access": "private"}), "walk", at(10), at(590)) > 1700


def test_nothing_snaps_to_an_edge_without_length(network):
    streets = network({"barrier": "bollard"})
    edge = streets.router("walk").snap(at(300)).edge
    assert not streets.is_barrier[edge].any()


def test_ids_are_unique_and_lines_whole(network):
    streets = network({"barrier": "gate"}, SHORT, SIDE)
    assert len(np.unique(streets.node_id)) == streets.n_nodes
    assert (streets.node_id[streets.stands_for][-4:] == 2).all()
    assert [line.geom_type for line in streets.lines(np.array([True, True])).geometry] == ["LineString"] * 2


def test_a_network_with_barriers_goes_to_osmnx_and_back(network):
    pytest.importorskip("networkx")
    streets = network({"barrier": "bollard"}, SHORT, ROUND, SIDE)
    graph = streets.to_osmnx()
    assert sorted(graph.nodes) == sorted(NODES)
    assert graph.nodes[2]["street_count"] == 4
    back = StreetNetwork.from_osmnx(graph, crs="EPSG:3067")
    assert len(back.barriers) == 4
    assert metres(back, "car", at(0), at(600)) == pytest.approx(metres(streets, "car", at(0), at(600)), rel=1e-3)


def test_what_is_kept_equals_what_was_read(network):
    read, kept = (network({"barrier": "gate", "access": "private"}) for _ in range(2))
    assert read.barriers.equals(kept.barriers)
    assert np.array_equal(read.stands_for, kept.stands_for)
    assert np.array_equal(read.shape.restricted, kept.shape.restricted)


@pytest.mark.parametrize(("kind", "to"), [("no_left_turn", 3), ("only_straight_on", 2)])
def test_turn_restrictions_hold_at_a_junction_with_a_barrier(write_osm, kind, to):
    """From the west to the north, over a junction of four streets: by a dead end and back, with a gate or without."""
    ways = [[1, 2], [2, 3], [2, 6], [2, 7]]
    members = [("way", 1, "from"), ("node", 2, "via"), ("way", to, "to")]
    rows = "".join(f'<member type="{one}" ref="{ref}" role="{role}"/>' for one, ref, role in members)
    tagged = f'<tag k="type" v="restriction"/><tag k="restriction" v="{kind}"/>'
    relation = f'<relation id="9" version="1">{rows}{tagged}</relation></osm>'
    seconds = []
    for tags in ({}, {"barrier": "lift_gate"}):
        path = write_osm(NODES, [(refs, {"highway": "residential"}) for refs in ways], {2: tags})
        free = StreetNetwork.from_osm(path, crs="EPSG:3067").router("car")
        path.write_text(path.read_text().replace("</osm>", relation))
        network = StreetNetwork.from_osm(path, crs="EPSG:3067")
        assert len(network.turn_rules) == 1
        found, before = (r.travel_times(at(0), at(300, 190))[0, 0] for r in (network.router("car"), free))
        assert found > before + 30
        assert metres(network, "walk", at(0), at(300, 190)) == pytest.approx(490, rel=0.01)
        seconds.append(found)
    assert seconds[1] == pytest.approx(seconds[0], abs=0.5)
