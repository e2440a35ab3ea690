"""Edits of a router equal a router built anew, for a thousand random scenarios; the base never changes."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.edits import Edits, edited_costs, network_with_links
from tesoma_geo.network.streets.from_extract import streets_of_extract
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.sources.osm import read_osm
from tests.conftest import CORNER, CRS, write_osm_file

SIDE = 9
FAR_AWAY = [shapely.LineString([(0, 0), (1, 1)])]
PLACES = gpd.GeoSeries(
    shapely.points(np.array(CORNER) + np.random.default_rng(5).uniform(0, 800, (12, 2))), crs=CRS
)  # fmt: skip


@pytest.fixture(scope="module")
def router(tmp_path_factory) -> StreetRouter:
    """A town of crooked blocks with one-way streets and two signals."""
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(folder / "cache"))
        return _town(folder).router("bicycle")


def _town(folder) -> StreetNetwork:
    rng = np.random.default_rng(2)
    nodes = {
        SIDE * row + column + 1: (100.0 * column + rng.uniform(-30, 30), 100.0 * row + rng.uniform(-30, 30))
        for row in range(SIDE)
        for column in range(SIDE)
    }
    ways = []
    for line in range(SIDE):
        oneway = {"oneway": "yes"} if line % 3 == 1 else {}
        ways.append(([SIDE * line + column + 1 for column in range(SIDE)], {"highway": "residential", **oneway}))
        ways.append(([SIDE * row + line + 1 for row in range(SIDE)], {"highway": "cycleway", "surface": "gravel"}))
    signals = {21: {"highway": "traffic_signals"}, 40: {"highway": "crossing", "crossing": "traffic_signals"}}
    return StreetNetwork.from_osm(write_osm_file(folder / "town.osm", nodes, ways, signals))


def built_anew(router: StreetRouter, edits: Edits) -> StreetRouter:
    if edits.links is not None:
        network = network_with_links(router.network, edits.links, router.max_snap_m)
        router = StreetRouter.build(network, router.profile, router.max_snap_m)
    network = router.network
    _, costs = edited_costs(router.costs, edits.with_pieces(network.added))
    graph = network.shape.graph
    hierarchy = Hierarchy.build(graph.size, *graph.ends, network.x[graph.node_of], network.y[graph.node_of])
    fresh = replace(network, shape=replace(network.shape, known=(graph, hierarchy)))
    return StreetRouter.of(fresh, router.profile, costs, router.max_snap_m)


def random_edits(rng: np.random.Generator, n_edges: int) -> Edits:
    edges = rng.choice(n_edges, rng.integers(0, 12), replace=False)
    factor = rng.choice([0.5, 1.0, 1.7, np.inf], len(edges))
    return Edits(edges, factor, rng.choice([0.0, 30.0], len(edges)))


def test_a_thousand_random_edits_equal_a_router_built_anew(router):
    rng = np.random.default_rng(7)
    hub, before = PLACES[:1], router.travel_times(PLACES, PLACES)
    for _ in range(1000):
        edits = random_edits(rng, router.network.n_edges)
        edited, fresh = router.with_edits(edits), built_anew(router, edits)
        assert np.allclose(edited.to(hub), fresh.to(hub), atol=0.01, equal_nan=False)
    assert np.array_equal(router.travel_times(PLACES, PLACES), before)


def random_links(rng: np.random.Generator) -> gpd.GeoDataFrame:
    lines = [
        shapely.linestrings(np.array(CORNER) + rng.uniform(0, 800, (rng.integers(2, 5), 2)))
        for _ in range(rng.integers(1, 4))
    ]
    return gpd.GeoDataFrame({"highway": "cycleway"}, index=range(len(lines)), geometry=lines, crs=CRS)


def test_new_links_equal_a_router_built_anew(router):
    rng = np.random.default_rng(11)
    for _ in range(60):
        edits = Edits(rng.choice(100, 3, replace=False), np.inf, links=random_links(rng))
        edited, fresh = router.with_edits(edits), built_anew(router, edits)
        assert np.allclose(edited.travel_times(PLACES, PLACES), fresh.travel_times(PLACES, PLACES), atol=0.01)


def test_a_link_never_makes_anybody_later(router):
    rng = np.random.default_rng(13)
    at = router.snap(PLACES)  # edges keep their numbers, so the positions hold on the network with links
    before = router.times_between(at, at)
    for _ in range(20):
        after = router.with_edits(Edits(links=random_links(rng))).times_between(at, at)
        assert (after <= before + 0.01).all()


def test_a_footbridge_is_nothing_to_cars(router):
    """Where it meets a street there is no new junction for them."""
    network = router.network
    bridge = gpd.GeoDataFrame(
        {"highway": ["footway"]},
        geometry=[shapely.LineString(shapely.line_interpolate_point(network.segments[[3, 70]], 0.5, normalized=True))],
        crs=CRS,
    )
    car = network.router("car")
    linked = car.with_edits(Edits(links=bridge))
    assert linked.network.n_edges == network.n_edges + 2 * 2 + 3
    at = car.snap(PLACES)
    assert np.allclose(linked.times_between(at, at), car.times_between(at, at), atol=0.01)


def test_links_meet_where_they_share_a_vertex_and_where_they_meet_one_street(write_osm):
    nodes = {1: (0, 0), 2: (400, 0), 3: (0, 300), 4: (400, 300)}
    ways = [([1, 2], {"highway": "footway"}), ([3, 4], {"highway": "footway"})]
    network = streets_of_extract(StreetNetwork, read_osm(write_osm(nodes, ways)), CRS)
    corner = np.array(CORNER)
    lines = [
        corner + np.array(line) for line in ([(100, 0), (100, 150)], [(100, 150), (100, 300)], [(300, 0), (300, 300)])
    ]
    links = gpd.GeoDataFrame({"highway": "footway"}, index=range(3), geometry=list(shapely.linestrings(lines)), crs=CRS)
    linked = network_with_links(network, links, 5.0)
    router = StreetRouter.build(linked, default_profiles()["walk"])
    ends = gpd.GeoSeries(shapely.points(corner + np.array([(100, 0), (100, 300), (300, 0)])), crs=CRS)
    metres = router.travel_times(ends, ends) * router.profile.foot_speed_ms
    assert metres[0, 1:] == pytest.approx([300, 200], abs=0.5)  # over two links; along the street between two joints


def test_a_link_rises_evenly_between_its_ends(router):
    network = replace(router.network, elevation_m=np.linspace(0, 80, router.network.n_nodes).astype(np.float32))
    start, end = network.x[[0, 80]], network.y[[0, 80]]
    line = shapely.LineString(
        [(start[0], end[0]), ((start[0] + start[1]) / 2, (end[0] + end[1]) / 2), (start[1], end[1])]
    )
    linked = network_with_links(network, gpd.GeoDataFrame({"highway": ["path"]}, geometry=[line], crs=CRS), 5.0)
    assert linked.elevation_m[-3:] == pytest.approx([0, 40, 80], abs=0.1)


def test_changes_of_a_network_are_in_all_its_routers(router):
    edges = np.arange(20)
    slower = CostChange(edges, 2.0, 5.0, frozenset({"bicycle"}))
    changed = replace(router.network, changes=(slower,))
    at = router.snap(PLACES)
    expected = router.with_edits(Edits(edges, 2.0, 5.0)).times_between(at, at)
    assert np.array_equal(changed.router("bicycle").times_between(at, at), expected)
    assert np.array_equal(
        changed.router("walk").times_between(at, at), router.network.router("walk").times_between(at, at)
    )


def test_closing_everything_leaves_nobody_a_way(router):
    closed = router.with_edits(Edits.closing(np.arange(router.network.n_edges)))
    assert np.isinf(closed.to(PLACES[:1])).all()


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        (Edits([10**6], 2.0), "no edge 1000000"),
        (Edits([3, 3], 2.0), "edge 3 is named 2 times"),
        (Edits([3], -1.0), "factor is -1"),
        (Edits([3], np.nan), "factor is nan"),
        (Edits([3], 1.0, -5.0), "delay_s is -5"),
        (Edits(links=gpd.GeoDataFrame({"highway": ["path"]}, geometry=[shapely.Point(1, 1)], crs=CRS)), "is no line"),
        (Edits(links=gpd.GeoDataFrame(geometry=FAR_AWAY, crs=CRS)), "no highway tag"),
        (
            Edits(links=gpd.GeoDataFrame({"highway": ["path"]}, geometry=FAR_AWAY, crs=CRS)),
            "from any street",
        ),
    ],
)  # fmt: skip
def test_edits_that_cannot_be_are_refused(router, edits, says):
    with pytest.raises(InputError, match=says):
        router.with_edits(edits)


def test_a_link_to_a_junction_holds_though_one_of_its_streets_is_closed(router):
    """Coordinates of links are kept to a centimetre, so an end never lies quite on a junction of the map."""
    network, random = router.network, np.random.default_rng(11)
    open_both = np.isfinite(router.costs.forward_s) & np.isfinite(router.costs.backward_s)
    junctions = np.flatnonzero(np.bincount(np.concatenate([network.tail, network.head])) >= 3)
    xy = np.column_stack([network.x, network.y])
    for one, other in random.choice(junctions, (6, 2)):
        if one == other:
            continue
        ends = xy[[one, other]] + random.uniform(-0.02, 0.02, (2, 2))
        link = gpd.GeoDataFrame({"highway": ["cycleway"]}, geometry=[shapely.LineString(ends)], crs=CRS)
        for edge in np.flatnonzero(open_both & np.isin(network.tail, [one, other])):
            closed = router.with_edits(Edits.closing([edge])).with_edits(Edits(links=link))
            seconds = closed.travel_times(_at(xy[one]), _at(xy[other]))[0, 0]
            straight_s = np.hypot(*(xy[one] - xy[other])) / (router.profile.speed_kmh / 3.6)
            assert seconds <= 3.0 * straight_s + 30.0
        assert (network_with_links(network, link, 50.0).added.piece_of < 0).all()


def _at(xy) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.Point(xy)], crs=CRS)
