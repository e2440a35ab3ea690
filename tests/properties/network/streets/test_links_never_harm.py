"""New streets lengthen no way: not between places, not from or to nodes, not in sums, ranks and areas."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import Edits, network_with_links
from tesoma_geo.network.streets.shape import StreetShape
from tesoma_geo.network.streets.turn_rules import BICYCLE, CAR, TurnRule
from tests.conftest import CORNER, CRS, write_osm_file

SIDE = 5
STEP_M = 120.0
CLASSES = ("residential", "footway", "service", "cycleway", "steps")
ROUNDING_S = 0.02


def town(folder, seed: int) -> StreetNetwork:
    """Crooked blocks with private drives and what lies behind them, one-way streets, signals, turn rules."""
    random = np.random.default_rng(seed)
    at = {
        SIDE * row + column + 1: tuple(STEP_M * np.array([column, row]) + random.uniform(-35, 35, 2))
        for row in range(SIDE)
        for column in range(SIDE)
    }
    ways = []
    for row in range(SIDE):
        for column in range(SIDE):
            for other in ((row, column + 1), (row + 1, column)):
                if max(other) == SIDE or random.random() < 0.15:
                    continue
                tags = {"highway": str(random.choice(CLASSES, p=[0.55, 0.15, 0.1, 0.15, 0.05]))}
                if random.random() < 0.25:
                    tags["access"] = str(random.choice(["private", "destination", "customers"]))
                if random.random() < 0.15:
                    tags["oneway"] = "yes"
                if random.random() < 0.1:
                    tags[str(random.choice(["tunnel", "bridge"]))] = "yes"
                ways.append(([SIDE * row + column + 1, SIDE * other[0] + other[1] + 1], tags))
    # A yard of its own: a small piece until a link joins it.
    yard = {101: (130.0, 150.0), 102: (160.0, 150.0), 103: (160.0, 175.0)}
    ways.append(([101, 102, 103, 101], {"highway": "service"}))
    signals = {7: {"highway": "traffic_signals"}, 13: {"highway": "crossing", "crossing": "traffic_signals"}}
    signals |= {9: {"barrier": "gate", "access": "private"}, 17: {"barrier": "bollard"}, 19: {"barrier": "kerb"}}
    path = write_osm_file(folder / f"town{seed}.osm", at | yard, ways, signals)
    network = StreetNetwork.from_osm(path, CRS)
    return _with_rules(network, random)


def _with_rules(network: StreetNetwork, random: np.random.Generator) -> StreetNetwork:
    rules = []
    for _ in range(4):
        first = int(random.integers(network.n_edges))
        node = int(random.choice([network.tail[first], network.head[first]]))
        around = np.flatnonzero(
            ((network.tail == node) | (network.head == node)) & (np.arange(network.n_edges) != first)
        )
        if len(around):
            modes = int(random.choice([CAR, BICYCLE, CAR | BICYCLE]))
            rules.append(TurnRule(first, (node,), (), int(random.choice(around)), bool(random.random() < 0.3), modes))
    return replace(network, turn_rules=tuple(rules), shape=StreetShape.empty())


def random_links(random: np.random.Generator, hub: np.ndarray, network: StreetNetwork) -> gpd.GeoDataFrame:
    """Links anywhere, next to the hub, and from the line of a tunnel or a bridge where there is one."""
    lines = []
    for number in range(int(random.integers(1, 4))):
        line = np.array(CORNER) + random.uniform(-20, STEP_M * (SIDE - 1) + 20, (int(random.integers(2, 4)), 2))
        if number == 0 and random.random() < 0.5:
            line[0] = hub + random.uniform(-8, 8, 2)
        elif random.random() < 0.4:
            ways = network.ways
            covered = (ways["tunnel"].notna() | ways["bridge"].notna()).to_numpy()[network.way]
            edge = int(random.choice(np.flatnonzero(covered) if covered.any() else network.n_edges))
            line[-1] = shapely.get_coordinates(network.segments[edge].interpolate(random.random(), normalized=True))
        lines.append(shapely.LineString(line))
    tags = {
        "highway": random.choice(["footway", "cycleway", "residential", "path"], len(lines)),
        "access": random.choice([None, None, "private"], len(lines)),
        "bridge": random.choice([None, None, "yes"], len(lines)),
    }
    return gpd.GeoDataFrame(tags, geometry=lines, crs=CRS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("towns")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESOMA_GEO_CACHE", str(place / "cache"))
        yield place


def no_later(after, before):
    worse = np.asarray(after) > np.asarray(before) + ROUNDING_S
    assert not worse.any(), (np.asarray(after)[worse][:5], np.asarray(before)[worse][:5])


@pytest.mark.parametrize("profile", ["walk", "wheelchair", "bicycle", "car"])
@given(seed=st.integers(0, 11), drawn=st.integers(0, 2**32 - 1))
@example(seed=7, drawn=2048)
@settings(max_examples=8)
def test_links_lengthen_nothing(folder, profile, seed, drawn):
    network, random = town(folder, seed), np.random.default_rng(drawn)
    span = STEP_M * (SIDE - 1)
    places = gpd.GeoSeries(shapely.points(np.array(CORNER) + random.uniform(-30, span + 30, (12, 2))), crs=CRS)
    hub = places[:1]
    links = random_links(random, np.array(hub[0].coords[0]), network)
    before = network.router(profile)
    edited = before.with_edits(Edits(links=links))
    anew = network_with_links(network, links, before.max_snap_m).router(profile)
    twice = edited.with_edits(Edits(links=random_links(random, np.array(hub[0].coords[0]), network)))
    n, cutoff_s = network.n_nodes, 150.0
    for former, after in ((before, edited), (before, anew), (edited, twice)):
        no_later(after.travel_times(places, places), former.travel_times(places, places))
        no_later(after.to(hub)[:n], former.to(hub)[:n])
        no_later(after.from_(hub)[:n], former.from_(hub)[:n])
        weights = np.arange(1.0, len(places) + 1)
        no_later(
            former.sum_within(places, weights, cutoff_s)[:n], after.sum_within(places, weights, cutoff_s + 0.1)[:n]
        )
        no_later(after.nearest(places, 3)[0][:n], former.nearest(places, 3)[0][:n])
        for reverse in (False, True):
            areas, less = (
                router.isochrones(hub, [60.0, cutoff_s], reverse=reverse)["area_km2"].to_numpy()
                for router in (after, former)
            )
            assert (areas >= less - 1e-4).all()
    assert np.allclose(edited.travel_times(places, places), anew.travel_times(places, places), atol=0.02)
