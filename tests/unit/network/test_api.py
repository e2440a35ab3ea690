"""The street router: exact positions on edges, both directions, islands, and what it refuses."""

import geopandas as gpd
import numpy as np
import pytest

from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.engine import DecayCurve
from tesoma_geo.network.streets.profiles import default_profiles
from tests.conftest import CORNER, CRS

WALK_MS = default_profiles()["walk"].speed_kmh / 3.6

#: A ring of four streets, 400 m × 300 m, and a street on an island.
RING = {1: (0, 0), 2: (400, 0), 3: (400, 300), 4: (0, 300), 8: (5000, 0), 9: (5100, 0)}
WAYS = [([1, 2, 3, 4, 1], {"highway": "residential"}), ([8, 9], {"highway": "residential"})]


def at(*places: tuple[float, float]) -> np.ndarray:
    """Places in metres from the corner, as longitude and latitude."""
    east_m, north_m = np.array(places, float).T
    return np.column_stack(to_wgs84(CORNER[0] + east_m, CORNER[1] + north_m, CRS))


@pytest.fixture(scope="module")
def network(write_osm_once, tmp_path_factory) -> StreetNetwork:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(tmp_path_factory.mktemp("cache")))
        return StreetNetwork.from_osm(write_osm_once(RING, WAYS))


@pytest.fixture(scope="module")
def router(network):
    return network.router("walk")


@pytest.mark.parametrize(
    ("origin", "destination", "metres"),
    [
        ((100, 0), (300, 0), 200),  # along one edge
        ((300, 0), (100, 0), 200),  # and back
        ((100, 0), (400, 100), 300 + 100),  # round a corner
        ((0, 100), (400, 100), 100 + 400 + 100),  # the shorter way round
        ((0, 200), (400, 200), 100 + 400 + 100),
        ((100, -20), (300, 30), 20 + 200 + 30),  # the distance to the street is walked
        ((100, 0), (100, 0), 0),
    ],
)
def test_times_are_those_of_a_tape_measure(router, origin, destination, metres):
    seconds = router.travel_times(at(origin), at(destination))[0, 0]
    assert seconds == pytest.approx(metres / WALK_MS, abs=0.5)


def test_an_island_is_unreachable_not_missing(router):
    seconds = router.travel_times(at((100, 0), (5050, 0)), at((300, 0), (5060, 0)))
    assert seconds.shape == (2, 2)
    assert np.isinf(seconds).tolist() == [[False, True], [True, True]]


def test_small_pieces_are_no_place_to_start_from(write_osm, tmp_path, monkeypatch):
    """A leftover of two nodes beside a town: a point snaps past it to the town."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    nodes = {n: (n * 10.0, 0.0) for n in range(60)} | {100: (300, 50), 101: (310, 50)}
    ways = [(list(range(60)), {"highway": "path"}), ([100, 101], {"highway": "path"})]
    router = StreetNetwork.from_osm(write_osm(nodes, ways)).router("walk")
    position = router.snap(at((305, 45)))
    assert position.snap_m[0] == pytest.approx(45, abs=0.5)
    assert router.small_pieces == (1, 1)


def test_one_way_streets_cost_the_way_round(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    ring = [([1, 2, 3, 4, 1], {"highway": "residential", "oneway": "yes"})]
    router = StreetNetwork.from_osm(write_osm({n: RING[n] for n in range(1, 5)}, ring)).router("car")
    there, back = router.travel_times(at((100, 0), (300, 0)), at((300, 0), (100, 0))).diagonal()
    car = default_profiles()["car"]
    metre_s = 3.6 / (40 * car.limit_share)
    assert there - car.terminal_s == pytest.approx(200 * metre_s, abs=0.5)
    assert back - car.terminal_s == pytest.approx(1200 * metre_s, abs=0.5)


def test_to_and_from_are_the_matrix_at_the_nodes(network, router):
    hub = at((100, 0))
    nodes = np.column_stack([network.lon, network.lat])
    assert router.to(hub) == pytest.approx(router.travel_times(nodes, hub)[:, 0], abs=0.1)
    assert router.from_(hub) == pytest.approx(router.travel_times(hub, nodes)[0], abs=0.1)


def test_the_nearest_of_several_points_counts(router):
    both = router.to(at((100, 0), (400, 200)))
    assert np.array_equal(both, np.minimum(router.to(at((100, 0))), router.to(at((400, 200)))))


def test_sums_within_a_cutoff_are_those_of_the_matrix(network, router):
    places, weights = at((100, 0), (400, 200), (0, 150)), np.array([1.0, 2.5, 4.0])
    cutoff_s = 300.0
    nodes = np.column_stack([network.lon, network.lat])
    expected = ((router.travel_times(nodes, places) <= cutoff_s) * weights).sum(axis=1)
    assert router.sum_within(places, weights, cutoff_s) == pytest.approx(expected)


def test_decay_weighs_by_the_seconds(network, router):
    places, weights = at((100, 0), (400, 200), (0, 150)), np.array([1.0, 2.5, 4.0])
    nodes = np.column_stack([network.lon, network.lat])
    seconds = router.travel_times(nodes, places).astype(float)
    expected = np.where(seconds <= 300, np.exp(-seconds / 100) * weights, 0).sum(axis=1)
    assert router.sum_within(places, weights, 300, DecayCurve.exponential(100)) == pytest.approx(expected, rel=1e-4)


def test_the_nearest_are_those_of_the_matrix(network):
    router = network.router("bicycle")  # that parks at the end
    places = at((100, 0), (400, 200), (0, 150))
    nodes = np.column_stack([network.lon, network.lat])
    matrix = np.sort(router.travel_times(nodes, places), axis=1)
    seconds, which = router.nearest(places, 2)
    assert seconds == pytest.approx(matrix[:, :2], abs=0.1)
    assert ((which == -1) == np.isinf(seconds)).all()


def test_isochrones_are_nested_and_hold_what_is_reached(router):
    polygons = router.isochrones(at((100, 0)), [120, 240])
    assert polygons.geometry.iloc[1].covers(polygons.geometry.iloc[0])
    reached = gpd.GeoSeries.from_xy(*at((200, 0)).T, crs="EPSG:4326").to_crs(CRS).iloc[0]
    unreached = gpd.GeoSeries.from_xy(*at((400, 300)).T, crs="EPSG:4326").to_crs(CRS).iloc[0]
    assert polygons.geometry.iloc[0].contains(reached)
    assert not polygons.geometry.iloc[1].contains(unreached)


def test_a_profile_by_an_unknown_name_lists_the_known_ones(network):
    with pytest.raises(InputError, match=r"'hover' is not known.*walk, walk_slow, wheelchair"):
        network.router("hover")


def test_a_profile_that_cannot_move_is_refused(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    network = StreetNetwork.from_osm(write_osm(RING, [([1, 2], {"highway": "footway"})]))
    with pytest.raises(InputError, match="'car' cannot move anywhere"):
        network.router("car")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda router: router.travel_times(np.empty((0, 2)), at((0, 0))), "origins have the shape"),
        (lambda router: router.travel_times(at((0, 0)), [[np.nan, 61]]), "destinations, row 0"),
        (lambda router: router.sum_within(at((0, 0)), [1.0], 0), "cutoff is 0"),
        (lambda router: router.sum_within(at((0, 0)), [1.0, 2.0], 60), "one finite weight a point"),
        (lambda router: router.sum_within(at((0, 0)), [np.nan], 60), "one finite weight a point"),
        (lambda router: router.isochrones(at((0, 0)), [-5]), "cutoffs_s"),
    ],
)
def test_bad_input_is_an_error_that_says_what(router, call, says):
    with pytest.raises(InputError, match=says):
        call(router)
