"""Levels of traffic stress: the published tables, row by row, and a profile that rides by them."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from tesoma_geo.countries import country_rules
from tesoma_geo.crs import to_wgs84
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.traffic_stress import ASSUMPTIONS, REASONS, crossing_stress, edge_stress, traffic_stress

PROFILES = default_profiles()
RIGHT, LEFT = country_rules("FI"), country_rules("GB")


def level(country=RIGHT, **tags):
    table = pd.DataFrame({key: pd.Series([value], dtype="str") for key, value in tags.items()})
    row = traffic_stress(table, country).iloc[0]
    return (int(row["forward"]), int(row["backward"]))


#: Table 4 of Mekuria, Furth and Nixon (2012), mixed traffic: up to 25, 30, 35 mph and more, by 2–3, 4–5, 6 lanes.
MIXED = [("40", (2, 3, 4)), ("50", (3, 4, 4)), ("30 mph", (3, 4, 4)), ("60", (4, 4, 4)), ("100", (4, 4, 4))]


@pytest.mark.parametrize(("limit", "expected"), MIXED)
@pytest.mark.parametrize(("kind", "calmer"), [("tertiary", 0), ("residential", 1)])
def test_among_traffic_as_in_the_table(kind, calmer, limit, expected):
    found = [level(highway=kind, maxspeed=limit, lanes=lanes)[0] for lanes in ("2", "4", "6")]
    first = expected[0] - (calmer if expected[0] < 4 else 0)  # residential, or without a centre line, up to 30 mph
    assert found == [first, *expected[1:]]
    assert level(highway=kind, maxspeed=limit, lanes="3")[0] == first
    assert level(highway=kind, maxspeed=limit, lanes="5")[0] == expected[1]


@pytest.mark.parametrize(
    ("limit", "lanes", "expected"),
    [("50", "2", 1), ("50", "4", 3), ("35 mph", "2", 3), ("60", "2", 3), ("40 mph", "2", 4), ("80", "4", 4)],
)
def test_in_a_lane_as_in_the_table(limit, lanes, expected):
    """Table 3: one through lane each way 1, more without a median 3; up to 30 mph 1, 35 mph 3, 40 mph and more 4."""
    assert level(highway="secondary", maxspeed=limit, lanes=lanes, cycleway="lane") == (expected, expected)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        # No cars.
        ({"highway": "cycleway"}, (1, 1)),
        ({"highway": "path", "motor_vehicle": "destination"}, (1, 1)),
        ({"highway": "primary", "motor_vehicle": "no", "maxspeed": "80"}, (1, 1)),
        ({"highway": "pedestrian", "motor_vehicle": "yes"}, (2, 2)),
        ({"highway": "track"}, (1, 1)),
        ({"highway": "service"}, (2, 2)),
        ({"highway": "service", "maxspeed": "80"}, (4, 4)),
        # Tracks and lanes by side.
        ({"highway": "primary", "maxspeed": "60", "cycleway": "track"}, (1, 1)),
        ({"highway": "primary", "maxspeed": "60", "cycleway:right": "track"}, (1, 4)),
        ({"highway": "primary", "maxspeed": "60", "cycleway:left": "track"}, (4, 1)),
        ({"highway": "primary", "maxspeed": "60", "cycleway:both": "track"}, (1, 1)),
        ({"highway": "primary", "maxspeed": "60", "cycleway:right": "track", "cycleway:right:oneway": "no"}, (1, 1)),
        ({"highway": "primary", "maxspeed": "60", "cycleway": "separate"}, (4, 4)),
        ({"highway": "primary", "maxspeed": "60", "cycleway": "shared_lane"}, (4, 4)),
        ({"highway": "secondary", "maxspeed": "50", "oneway": "yes", "cycleway": "opposite_lane"}, (3, 1)),
        ({"highway": "secondary", "maxspeed": "50", "oneway": "yes", "cycleway": "lane"}, (1, 3)),
        ({"highway": "secondary", "maxspeed": "50", "oneway": "yes", "cycleway:left": "opposite_track"}, (3, 1)),
        ({"highway": "secondary", "maxspeed": "50", "oneway": "-1", "cycleway": "lane"}, (3, 1)),
        # One way with two lanes has two lanes ahead.
        ({"highway": "secondary", "maxspeed": "50", "oneway": "yes", "lanes": "2", "cycleway": "lane"}, (3, 3)),
        # A lane is never worse than none.
        ({"highway": "residential", "maxspeed": "40", "lanes": "4", "oneway": "yes", "cycleway": "lane"}, (3, 3)),
        # What cannot be read is assumed.
        ({"highway": "tertiary", "maxspeed": "fast", "lanes": "some"}, (3, 3)),
        ({"highway": "tertiary", "maxspeed": "40", "lanes": "1;1"}, (2, 2)),
        ({"highway": "tertiary", "maxspeed": "FI:zone30"}, (2, 2)),
        ({"highway": "tertiary", "maxspeed:forward": "30", "maxspeed:backward": "80"}, (4, 4)),
        ({"highway": "motorway"}, (4, 4)),
    ],
)
def test_kinds_of_ways(tags, expected):
    assert level(**tags) == expected


def test_sides_follow_where_one_drives():
    tags = {"highway": "primary", "maxspeed": "60", "cycleway:left": "lane"}
    assert level(**tags) == (4, 3)
    assert level(LEFT, **tags) == (3, 4)


def test_reasons_and_assumptions_are_told():
    ways = pd.DataFrame(
        {
            "highway": ["tertiary", "tertiary", "cycleway"],
            "maxspeed": [None, "40", None],
            "cycleway": [None, "lane", None],
        }
    )
    found = traffic_stress(ways, RIGHT)
    assert [REASONS[code] for code in found["forward_reason"]] == [
        "among the traffic", "a lane of its own", "no motor traffic",
    ]  # fmt: skip
    assert [[said for bit, said in ASSUMPTIONS.items() if bit & assumed] for assumed in found["assumed"]] == [
        ["speed limit by class", "one lane each way"], ["one lane each way", ASSUMPTIONS[4]], [],
    ]  # fmt: skip


def test_no_ways_at_all():
    assert traffic_stress(pd.DataFrame({"highway": pd.Series([], dtype="str")}), RIGHT).empty


@pytest.mark.parametrize(
    ("limit", "expected"), [("40", (1, 2, 4)), ("50", (1, 2, 4)), ("60", (2, 3, 4)), ("70", (3, 4, 4))]
)
def test_crossings_as_in_the_table(limit, expected):
    """Table 7: unsignalised crossings without a refuge, by 3, 4–5 and 6 lanes."""
    ways = pd.DataFrame({"highway": "primary", "maxspeed": limit, "lanes": ["3", "4", "6"]})
    assert tuple(crossing_stress(ways, RIGHT)) == expected
    assert tuple(crossing_stress(ways.assign(highway="cycleway"), RIGHT)) == (1, 1, 1)


@pytest.fixture
def network(write_osm, tmp_path, monkeypatch):
    """A cycleway 1–2–3 across a main road 4–2–5 (70 km/h), and round about by a residential street."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    nodes = {1: (0, 0), 2: (300, 0), 3: (600, 0), 4: (300, -300), 5: (300, 300), 6: (0, -600), 7: (600, -600)}

    def read(node_tags=None, **main):
        ways = [
            ([1, 2, 3], {"highway": "cycleway"}),
            ([4, 2, 5], {"highway": "primary", "maxspeed": "70", **main}),
            ([1, 6, 7, 3], {"highway": "residential"}),
        ]
        return StreetNetwork.from_osm(write_osm(nodes, ways, node_tags))

    return read


def test_a_main_road_without_a_signal_is_stressful_to_cross(network):
    streets = network()
    forward, backward = edge_stress(streets)
    kind = streets.ways["highway"].to_numpy()[streets.way]
    assert sorted(zip(forward[kind == "cycleway"].tolist(), backward[kind == "cycleway"].tolist(), strict=True)) == [
        (1, 3), (3, 1),
    ]  # fmt: skip
    assert set(forward[kind == "residential"]) == {1}
    signals = network(node_tags={2: {"highway": "traffic_signals"}})
    assert set(edge_stress(signals)[0][signals.ways["highway"].to_numpy()[signals.way] == "cycleway"]) == {1}


def test_who_comes_along_the_main_road_crosses_nothing(network):
    streets = network(cycleway="track")
    kind = streets.ways["highway"].to_numpy()[streets.way]
    assert set(edge_stress(streets)[0][kind == "primary"]) == {1}


def test_the_calm_rider_pushes_where_it_is_stressful_and_the_ways_are_the_shortest(network):
    """Times over the network against networkx with the costs of a plain loop."""
    streets, calm = network(), PROFILES["bicycle_calm"]
    costs = edge_costs(streets, calm)
    ride, push = calm.speed_kmh / 3.6, calm.push_speed_kmh / 3.6
    graph = nx.DiGraph()
    levels = edge_stress(streets)
    for edge in range(streets.n_edges):
        ends = int(streets.tail[edge]), int(streets.head[edge])
        for (a, b), stress, found in (
            (ends, levels[0][edge], costs.forward_s[edge]), (ends[::-1], levels[1][edge], costs.backward_s[edge]),
        ):  # fmt: skip
            seconds = streets.length_m[edge] / (push if stress > 2 else ride)
            assert found == pytest.approx(seconds, rel=1e-4)
            graph.add_edge(a, b, seconds=seconds)
    router = streets.router(calm)
    lonlat = np.column_stack(to_wgs84(streets.x, streets.y, streets.crs))
    found = router.travel_times(lonlat, lonlat)
    expected = dict(nx.all_pairs_dijkstra_path_length(graph, weight="seconds"))
    for a in range(streets.n_nodes):
        for b in range(streets.n_nodes):
            assert found[a, b] == pytest.approx(expected[a][b] + (calm.terminal_s if a != b else found[a, a]), abs=0.5)


def test_where_nobody_may_walk_a_stressful_road_is_closed(network):
    streets = network(foot="no")
    costs = edge_costs(streets, PROFILES["bicycle_calm"])
    kind = streets.ways["highway"].to_numpy()[streets.way]
    assert np.isinf(costs.forward_s[kind == "primary"]).all()
    assert np.isfinite(edge_costs(streets, PROFILES["bicycle"]).forward_s[kind == "primary"]).all()


def test_higher_limits_never_slow_and_the_highest_is_the_plain_bicycle(network):
    streets = network()
    costs = [
        edge_costs(streets, PROFILES["bicycle"].model_copy(update={"max_stress": stress})).forward_s
        for stress in (1, 2, 3, 4)
    ]
    assert all((a >= b).all() for a, b in pairwise(costs))
    assert (costs[-1] == edge_costs(streets, PROFILES["bicycle"]).forward_s).all()


def test_the_table_of_lines_tells_it_in_words(network):
    table = network(cycleway="lane").traffic_stress()
    assert table.set_index("highway")["forward"].to_dict() == {"cycleway": 1, "primary": 4, "residential": 1}
    main = table[table["highway"] == "primary"].iloc[0]
    assert main["forward_reason"] == "a lane of its own"
    assert main["assumed"] == "one lane each way; width of the lane, and no parked cars beside it"
    assert table.crs is not None
    assert table.geometry.length.min() > 500
