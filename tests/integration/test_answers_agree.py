"""One question, one answer: matrix, sums, nearest, explanation, drawn way and betweenness in towns with private roads.

Towns of 25 crossings with private and destination roads, one-way streets, gates, kerbs and turn restrictions.
"""

import itertools

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.analysis.explain_streets import explain, explained
from tesoma_geo.network import StreetNetwork
from tests.conftest import CORNER, CRS, write_osm_file

WIDE, BLOCK_M = 5, 300
ON_WAYS = [
    {"access": "private"}, {"access": "destination"}, {"motor_vehicle": "private"}, {"foot": "private"},
    {"access": "private", "foot": "yes"}, {"access": "customers", "bicycle": "yes"}, {"access": "no"},
    {"oneway": "yes"}, {"oneway": "-1", "oneway:bicycle": "no"}, {"foot:backward": "no"},
    {"motor_vehicle": "destination", "motor_vehicle:forward": "yes"},
]  # fmt: skip
ON_NODES = [
    {"barrier": "gate", "access": "private"}, {"barrier": "bollard"}, {"barrier": "gate"}, {"kerb": "raised"},
    {"barrier": "gate", "motor_vehicle": "destination"},
]  # fmt: skip


@pytest.fixture(scope="module", params=[0, 3, 10, 11])
def town(request, tmp_path_factory):
    """A network, places and the entrances of a hub."""
    random = np.random.default_rng(request.param)
    crossings = itertools.product(range(WIDE), range(WIDE))
    nodes = {
        1 + row * WIDE + column: tuple(BLOCK_M * np.array([column, row]) + random.uniform(-40, 40, 2))
        for row, column in crossings
    }
    ways = []
    for node in nodes:
        for other in ([node + 1] if node % WIDE else []) + ([node + WIDE] if node + WIDE in nodes else []):
            if random.random() < 0.1:
                continue
            kind = str(random.choice(["residential", "footway", "service", "cycleway"], p=[0.6, 0.15, 0.15, 0.1]))
            special = ON_WAYS[random.integers(len(ON_WAYS))] if random.random() < 0.4 else {}
            ends = [node, other] if random.random() < 0.5 else [other, node]
            ways.append((ends, {"highway": kind} | special))
    tagged = {int(node): ON_NODES[random.integers(len(ON_NODES))] for node in random.choice(list(nodes), 6, False)}
    path = write_osm_file(tmp_path_factory.mktemp("town") / "town.osm", nodes, ways, tagged)
    told = ""
    for number, (one, other) in enumerate(random.integers(len(ways), size=(8, 2)).tolist(), 1):
        if one != other and (shared := set(ways[one][0]) & set(ways[other][0])):
            told += (
                f'<relation id="{number}" version="1"><member type="way" ref="{one + 1}" role="from"/>'
                f'<member type="node" ref="{shared.pop()}" role="via"/><member type="way" ref="{other + 1}" role="to"/>'
                '<tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>'
            )
    path.write_text(path.read_text().replace("</osm>", told + "</osm>"))
    places, hub = (
        gpd.GeoDataFrame(geometry=shapely.points(CORNER + random.uniform(0, BLOCK_M * (WIDE - 1), (n, 2))), crs=CRS)
        for n in (12, 2)
    )
    return StreetNetwork.from_osm(path, CRS), places, hub


@pytest.mark.parametrize("profile", ["walk", "wheelchair", "bicycle", "car"])
def test_all_answers_agree(town, profile):
    network, places, hub = town
    router = network.router(profile)
    seconds = router.travel_times(places, hub).min(axis=1)
    np.testing.assert_allclose(explained(router, places, hub)["total_s"], seconds, atol=0.02)
    one = explain(router, places.iloc[[2]], hub)
    assert one.total_s == pytest.approx(float(seconds[2]), abs=0.02)
    to_each = np.column_stack([router.to(hub.iloc[[row]]) for row in range(2)])
    np.testing.assert_allclose(router.nearest(hub, 2)[0], np.sort(to_each, axis=1), atol=0.02)
    weights = np.array([1.0, 10.0])
    cutoff_s = 600.0
    clear = (np.abs(to_each - cutoff_s) > 0.05).all(axis=1)
    sums = router.sum_within(hub, weights, cutoff_s)
    np.testing.assert_allclose(sums[clear], ((to_each <= cutoff_s) @ weights)[clear], atol=1e-6)


def test_the_way_that_is_drawn_takes_the_time_that_is_told(town):
    network, places, hub = town
    router = network.router("walk")
    for row in range(len(places)):
        one = explain(router, places.iloc[[row]], hub)
        if np.isfinite(one.total_s):
            walked_s = one.lines.geometry.iloc[0].length / (router.profile.speed_kmh / 3.6)
            assert walked_s == pytest.approx(one.total_s, rel=0.01, abs=1.0), row


def test_neighbours_of_the_hub_on_its_own_street(tmp_path):
    """Nobody goes to the corner and back: the drawn way is straight, and the corner's other street is not passed."""
    path = write_osm_file(
        tmp_path / "street.osm",
        {1: (0, 0), 2: (300, 0), 3: (300, 200)},
        [([1, 2], {"highway": "residential"}), ([2, 3], {"highway": "residential"})],
    )
    router = StreetNetwork.from_osm(path, CRS).router("walk")
    places, hub = (
        gpd.GeoDataFrame(geometry=shapely.points(np.array(CORNER) + at), crs=CRS)
        for at in (np.array([[200.0, 0], [50, 0], [300, 100]]), np.array([[100.0, 0]]))
    )
    one = explain(router, places.iloc[[0]], hub)
    assert one.lines.geometry.iloc[0].length == pytest.approx(100, abs=0.5)
    passed = betweenness(router, places, [1.0, 2.0, 4.0], hub)
    assert dict(zip(passed["edge"].tolist(), passed["value"].tolist(), strict=True)) == {0: 7.0, 1: 4.0}
