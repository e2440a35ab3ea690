"""Travel times on the streets of Tesoma against an independent shortest-path computation."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from pyproj import Geod

from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.profiles import default_profiles

HUB = (23.6275, 61.5052)
N_ORIGINS = 200


@pytest.fixture(scope="module")
def network(shared_data) -> StreetNetwork:
    areas = gpd.read_file(shared_data / "tampere_statistical_areas.gpkg").query("planning_area == 'Tesoma'")
    area = areas.union_all().buffer(4000)
    return StreetNetwork.from_osm(shared_data / "tampere.osm.pbf", area=area).with_elevation(
        shared_data / "tampere_dem_50m.tif"
    )


@pytest.fixture(scope="module")
def origins(shared_data, network) -> np.ndarray:
    """Random places in Tesoma, longitude and latitude."""
    areas = gpd.read_file(shared_data / "tampere_statistical_areas.gpkg").query("planning_area == 'Tesoma'")
    area = areas.to_crs("EPSG:4326").union_all()
    west, south, east, north = area.bounds
    places = np.random.default_rng(2026).uniform((west, south), (east, north), (4 * N_ORIGINS, 2))
    return places[shapely.contains_xy(area, *places.T)][:N_ORIGINS]


def graph_of(router: StreetRouter) -> nx.DiGraph:
    """The same costs as a networkx graph; of parallel edges the cheapest.

    A node is (street node, run): 0 on restricted streets where a trip begins, 1 on public ones, 2 on restricted ones
    where it ends.
    """
    graph = nx.DiGraph()
    network, costs = router.network, router.costs
    for node in range(network.n_nodes):
        graph.add_edge((node, 0), (node, 1), weight=0.0)
        graph.add_edge((node, 1), (node, 2), weight=0.0)
    for tails, heads, seconds in (
        (network.tail, network.head, costs.forward_s),
        (network.head, network.tail, costs.backward_s),
    ):
        rows = zip(tails.tolist(), heads.tolist(), seconds.tolist(), costs.restricted.tolist(), strict=True)
        for tail, head, cost, restricted in rows:
            for run in (0, 2) if restricted else (1,):
                if cost < graph.get_edge_data((tail, run), (head, run), {"weight": np.inf})["weight"]:
                    graph.add_edge((tail, run), (head, run), weight=cost)
    return graph


def add_place(graph: nx.DiGraph, router: StreetRouter, name: str, position, row: int) -> None:
    """Put a place where trips end on the middle of its edge, walked to from the door."""
    edge, along = int(position.edge[row]), float(position.fraction[row])
    walked_s = position.snap_m[row] / router.profile.foot_speed_ms
    run = 2 if router.costs.restricted[edge] else 1
    tail, head = (int(router.network.tail[edge]), run), (int(router.network.head[edge]), run)
    forward_s, backward_s = float(router.costs.forward_s[edge]), float(router.costs.backward_s[edge])
    for start, seconds in ((tail, along * forward_s), (head, (1 - along) * backward_s)):
        if np.isfinite(seconds):
            graph.add_edge(start, name, weight=seconds + walked_s)


@pytest.mark.parametrize("profile", default_profiles())
def test_two_hundred_origins_agree_with_networkx(network, origins, profile):
    router = network.router(profile)
    graph = graph_of(router)
    at_hub, at_origins = router.snap([HUB]), router.snap(origins)
    add_place(graph, router, "hub", at_hub, 0)
    expected = nx.single_source_dijkstra_path_length(graph.reverse(copy=False), "hub", weight="weight")
    seconds = router.travel_times(origins, [HUB])[:, 0]
    compared = 0
    for row in np.flatnonzero(at_origins.found):
        edge, along = int(at_origins.edge[row]), float(at_origins.fraction[row])
        if edge == at_hub.edge[0]:
            continue
        run = 0 if router.costs.restricted[edge] else 1
        ends = [
            ((int(network.head[edge]), run), (1 - along) * float(router.costs.forward_s[edge])),
            ((int(network.tail[edge]), run), along * float(router.costs.backward_s[edge])),
        ]
        walked_s = at_origins.snap_m[row] / router.profile.foot_speed_ms + router.profile.terminal_s
        best = min(expected.get(node, np.inf) + (np.inf if np.isnan(cost) else cost) for node, cost in ends)
        if np.isinf(best):
            assert np.isinf(seconds[row])
            continue
        assert seconds[row] == pytest.approx(best + walked_s, rel=1e-4, abs=0.1)
        compared += 1
    assert compared > 0.7 * N_ORIGINS


def test_walking_is_never_faster_than_the_straight_line_downhill(network, origins):
    """Tobler's fastest slope is exp(3.5 · 0.05) ≈ 1.19 times the flat speed: nobody beats that line."""
    router = network.router("walk")
    seconds = router.travel_times(origins, [HUB])[:, 0]
    straight_m = np.array([Geod(ellps="WGS84").inv(*place, *HUB)[2] for place in origins])
    fastest_ms = router.profile.speed_kmh / 3.6 * np.exp(3.5 * 0.05)
    reached = np.isfinite(seconds)
    assert (seconds[reached] >= straight_m[reached] / fastest_ms - 0.5).all()
    assert np.median(seconds[reached] / (straight_m[reached] / (router.profile.speed_kmh / 3.6))) < 1.8
