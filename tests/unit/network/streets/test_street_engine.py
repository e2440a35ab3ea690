"""The search by the numbers of streets: what is found is told by node and by street edge."""

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.network.streets.edits import Edits


@pytest.fixture(scope="module")
def network(write_osm_once):
    """A private short cut of 200 m between the ends of a street of 400 m, with a home on it."""
    nodes = {1: (0, 0), 2: (200, 0), 3: (0, 100), 4: (200, 100), 5: (100, 0)}
    ways = [([1, 3, 4, 2], {"highway": "residential"}), ([1, 5, 2], {"highway": "service", "access": "private"})]
    return tg.StreetNetwork.from_osm(write_osm_once(nodes, ways), crs="EPSG:3067")


def at(network, node):
    index = int(np.flatnonzero(network.node_id == node)[0])
    return [[network.lon[index], network.lat[index]]]


def walked_m(router, network, origin, destination):
    seconds = router.travel_times(at(network, origin), at(network, destination))
    return float(seconds[0, 0]) * router.profile.speed_kmh / 3.6


def test_a_private_short_cut_is_not_taken_and_its_home_is_reached(network):
    router = network.router("walk")
    assert walked_m(router, network, 1, 2) == pytest.approx(400, rel=0.01)
    assert walked_m(router, network, 1, 5) == pytest.approx(100, rel=0.01)
    assert walked_m(router, network, 5, 2) == pytest.approx(100, rel=0.01)


def test_the_path_goes_over_street_edges(network):
    router = network.router("walk")
    begin, finish = router.snap(at(network, 5)), router.snap(at(network, 4))
    from_, to = router.seeds_of(begin, reverse=False), router.seeds_of(finish, reverse=True)
    path = router.engine.path(from_.nodes, from_.seconds, to.nodes, to.seconds)
    assert set(path.edges.tolist()) <= set(range(network.n_edges))
    assert len(path.nodes) == len(path.edges) + 1
    ends = np.column_stack([network.tail[path.edges], network.head[path.edges]])
    assert all({a, b} == set(pair) for a, b, pair in zip(path.nodes, path.nodes[1:], ends.tolist(), strict=False))


def test_closing_a_street_closes_its_copies(network):
    router = network.router("walk")
    private = np.flatnonzero(router.costs.restricted)
    closed = router.with_edits(Edits.closing(private[:1]))
    assert walked_m(closed, network, 1, 5) == pytest.approx(500, rel=0.01)
    np.testing.assert_allclose(
        closed.to(at(network, 5)), router.of(network, router.profile, closed.costs).to(at(network, 5)), rtol=1e-6
    )
