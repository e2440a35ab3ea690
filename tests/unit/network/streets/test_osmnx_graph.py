"""To osmnx and back: what a notebook that begins with osmnx may rely on."""

import networkx as nx
import numpy as np
import osmnx as ox
import pandas as pd
import pytest
import shapely

from tesoma_geo import StreetNetwork
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.directions import oneway

CRS = "EPSG:3067"
#: A bend of three nodes from a junction (1) to another (4), two dead ends, and a loop at 4.
NODES = {
    1: (0, 0),
    2: (50, 10),
    3: (100, 0),
    4: (150, 20),
    5: (-80, 0),
    6: (0, -70),
    7: (200, 60),
    8: (200, -20),
    9: (260, 20),
}
BEND = {"highway": "residential", "name": "Mutka", "surface": "asphalt", "maxspeed": "30"}


@pytest.fixture(scope="module")
def town(write_osm_once) -> StreetNetwork:
    ways = [
        ([1, 2, 3, 4], BEND),
        ([5, 1], {"highway": "tertiary", "oneway": "yes"}),
        ([6, 1], {"highway": "service", "oneway": "-1", "incline": "up"}),
        ([4, 7, 8, 4], {"highway": "residential", "junction": "roundabout"}),
        ([4, 9], {"highway": "residential", "junction": "circular", "oneway": "no"}),
    ]
    return StreetNetwork.from_osm(write_osm_once(NODES, ways, {3: {"highway": "crossing"}}), CRS)


def edges_of(network: StreetNetwork) -> pd.DataFrame:
    """Edges by their ends and tags, whatever the order."""
    tags = network.ways.iloc[network.way].reset_index(drop=True)
    node_id = network.node_id[network.stands_for]
    ends = pd.DataFrame({"tail": node_id[network.tail], "head": node_id[network.head]})
    table = pd.concat([ends, tags, pd.Series(network.length_m, name="length_m")], axis=1)
    # Which of two streets lends a barrier between them its tags is a matter of their order.
    return table[~network.is_barrier].sort_values(["tail", "head"], ignore_index=True)


def test_a_round_trip_keeps_nodes_lengths_and_tags(town: StreetNetwork):
    back = StreetNetwork.from_osmnx(town.to_osmnx(), CRS)
    assert back.node_id.tolist() == town.node_id.tolist()
    for name in ("lon", "lat", "x", "y"):
        assert getattr(back, name) == pytest.approx(getattr(town, name), abs=1e-9)
    pd.testing.assert_frame_equal(edges_of(back), edges_of(town))
    assert back.node_tags.loc[0, ["node", "highway"]].tolist() == town.node_tags.loc[0, ["node", "highway"]].tolist()


def test_the_graph_follows_the_conventions_of_osmnx(town: StreetNetwork):
    graph = town.to_osmnx()
    assert graph.graph["crs"] == "epsg:4326"
    assert dict(graph.nodes(data="street_count")) == ox.stats.count_streets_per_node(graph)
    assert graph.nodes[3]["highway"] == "crossing"
    there, back = graph.edges[1, 2, 0], graph.edges[2, 1, 0]
    assert (there["osmid"], there["name"], there["oneway"], there["reversed"]) == (1, "Mutka", False, False)
    assert (back["oneway"], back["reversed"]) == (False, True)
    assert there["length"] == pytest.approx(np.hypot(50, 10), rel=1e-3)
    assert graph.has_edge(5, 1)
    assert not graph.has_edge(1, 5)
    assert graph.has_edge(1, 6)
    assert not graph.has_edge(6, 1)
    assert graph.edges[5, 1, 0]["oneway"] is True


def test_osmnx_works_on_it(town: StreetNetwork):
    graph = town.to_osmnx()
    nodes, edges = ox.graph_to_gdfs(graph)
    assert len(nodes) == 9
    assert edges.crs == "epsg:4326"
    assert (
        ox.distance.nearest_nodes(ox.project_graph(graph, to_crs=CRS), town.x[0] + 1, town.y[0] + 1) == town.node_id[0]
    )
    assert nx.shortest_path(graph, 5, 4, weight="length") == [5, 1, 2, 3, 4]
    assert set(ox.simplify_graph(graph).nodes) == {1, 4, 5, 6, 9}


@pytest.mark.parametrize("projected", [False, True])
def test_a_simplified_graph_is_split_into_straight_segments(town: StreetNetwork, projected: bool):
    graph = ox.simplify_graph(town.to_osmnx())
    network = StreetNetwork.from_osmnx(ox.project_graph(graph) if projected else graph, CRS)
    assert sorted(network.node_id[network.node_id > 0]) == [1, 4, 5, 6, 9]
    assert (network.node_id < 0).sum() == 4
    assert network.n_edges == town.n_edges
    assert network.length_m.sum() == pytest.approx(town.length_m.sum(), rel=1e-6)
    places = [shapely.MultiPoint(np.column_stack([each.x, each.y])) for each in (network, town)]
    assert places[0].hausdorff_distance(places[1]) < 0.01
    assert set(network.ways["name"].dropna()) == {"Mutka"}


def test_a_two_way_street_is_one_edge_and_a_changed_length_counts(town: StreetNetwork):
    graph = ox.simplify_graph(town.to_osmnx())
    for *_, data in graph.edges(data=True):
        data["length"] *= 2
    network = StreetNetwork.from_osmnx(graph, CRS)
    assert network.length_m.sum() == pytest.approx(2 * town.length_m.sum(), rel=1e-6)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda graph: graph.graph.pop("crs"), "has no crs"),
        (lambda graph: graph.remove_edges_from(list(graph.edges)), "has no edges"),
        (lambda graph: graph.nodes[1].pop("x"), "no x and y"),
        (lambda graph: nx.relabel_nodes(graph, {1: "one"}, copy=False), "no whole number"),
    ],
)
def test_graphs_that_are_not_of_osmnx_are_refused(town: StreetNetwork, spoil, told: str):
    graph = town.to_osmnx()
    spoil(graph)
    with pytest.raises(InputError, match=told):
        StreetNetwork.from_osmnx(graph, CRS)


def test_directions_of_one_mode_survive_a_round_trip(write_osm):
    ways = [
        ([1, 2], {"highway": "residential", "motor_vehicle:backward": "no"}),
        ([2, 3], {"highway": "residential", "oneway": "yes", "cycleway:left": "lane", "cycleway:left:oneway": "-1"}),
        ([3, 4], {"highway": "steps", "conveying": "forward"}),
    ]
    network = StreetNetwork.from_osm(write_osm(NODES, ways), CRS)
    back = StreetNetwork.from_osmnx(network.to_osmnx(), CRS)
    for mode in ("foot", "bicycle", "car"):
        for one, other in zip(oneway(network.ways, mode), oneway(back.ways, mode), strict=True):
            assert one[network.way].tolist() == other[back.way].tolist()
    assert back.country == network.country == "FI"


def test_what_a_graph_leaves_out_is_counted():
    graph = nx.MultiDiGraph(crs="epsg:4326")
    graph.add_nodes_from((node, {"x": 23.6 + 0.001 * node, "y": 61.5}) for node in range(1, 6))
    graph.nodes[2]["barrier"] = "moat"
    for tail, head, tags in (
        (1, 2, {"highway": "residential", "width": "wide enough"}), (2, 3, {"highway": ["residential", "track"]}),
        (3, 4, {"highway": "construction"}), (4, 5, {"highway": "motorway"}), (1, 5, {"highway": "moving_walkway"}),
    ):  # fmt: skip
        graph.add_edge(tail, head, osmid=tail, length=80.0, **tags)
    counted = {(left.what, left.reason.split(":")[0]): left.count for left in StreetNetwork.from_osmnx(graph).left_out}
    assert counted == {
        ("edges", "made of ways with different tags"): 1, ("ways", "planned, under construction or gone"): 1,
        ("values of width", "not understood"): 1, ("ways", "of a class that is not known"): 1,
        ("barriers", "of a type that is not known"): 1, ("ways", "closed to walk by their class alone"): 1,
        ("ways", "closed to bicycle by their class alone"): 1,
    }  # fmt: skip
