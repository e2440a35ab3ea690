"""Costs that are kept are those that are found anew, and belong to streets that nothing was changed of."""

from pathlib import Path

import numpy as np
import pytest

from tesoma_geo._files import cache_folder
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.built_from import key_of
from tesoma_geo.network.streets.conditional import SUMMER
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.kept_costs import kept_edge_costs
from tesoma_geo.network.streets.profiles import default_profiles
from tests.conftest import CRS
from tests.integration.network.streets.test_network import write_slope

NODES = {1: (0, 0), 2: (100, 0), 3: (100, 75), 4: (0, 75)}
WAYS = [
    ([1, 2], {"highway": "residential", "access": "private", "oneway": "yes"}),
    ([2, 3, 4], {"highway": "footway", "surface": "gravel"}),
    ([4, 1], {"highway": "cycleway", "foot:conditional": "no @ (Dec-Mar)"}),
]


@pytest.fixture
def file(write_osm, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "kept"))
    return write_osm(NODES, WAYS)


def kept() -> list[Path]:
    return sorted(cache_folder().glob("costs-*"))


def assert_same(costs, others) -> None:
    for name in ("forward_s", "backward_s", "restricted"):
        one, other = getattr(costs, name), getattr(others, name)
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
    assert (costs.opened is None) == (others.opened is None)
    assert (costs.passed is None) == (others.passed is None)
    for one, other in zip(costs.passed or (), others.passed or (), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["walk", "wheelchair", "bicycle", "car"])
def test_what_is_kept_is_what_is_found(file, name):
    profile = default_profiles()[name]
    first = kept_edge_costs(StreetNetwork.from_osm(file, CRS), profile)
    assert len(kept()) == 1
    network = StreetNetwork.from_osm(file, CRS)
    before = kept()[0].stat().st_ino
    assert_same(kept_edge_costs(network, profile), edge_costs(network, profile))
    assert_same(first, edge_costs(network, profile))
    assert [path.stat().st_ino for path in kept()] == [before]  # nothing was kept anew


def test_another_profile_has_costs_of_its_own(file):
    walk = default_profiles()["walk"]
    slow = walk.model_copy(update={"speed_kmh": walk.speed_kmh / 2})
    network = StreetNetwork.from_osm(file, CRS)
    quick_s, slow_s = (kept_edge_costs(network, profile).forward_s for profile in (walk, slow))
    assert slow_s[np.isfinite(slow_s)].sum() > 1.5 * quick_s[np.isfinite(quick_s)].sum()
    assert len(kept()) == 2


def test_streets_that_are_changed_have_no_key_and_costs_of_their_own(file):
    network, walk = StreetNetwork.from_osm(file, CRS), default_profiles()["walk"]
    assert key_of(network) is not None
    kept_edge_costs(network, walk)
    gravel = network.ways.assign(surface="cobblestone")
    for other in (
        network.with_ways(gravel),
        network.at(SUMMER, "SE"),
        network.with_unknown_tags(),
        network.with_true_shape(elevation_m=np.linspace(0, 20, network.n_nodes, dtype=np.float32)),
    ):
        assert key_of(other) is None
        assert_same(kept_edge_costs(other, walk), edge_costs(other, walk))
    assert len(kept()) == 1


def test_other_ground_has_costs_of_its_own(file, tmp_path):
    network, walk = StreetNetwork.from_osm(file, CRS), default_profiles()["walk"]
    found = []
    for rise_per_m in (0.0, 0.08):
        write_slope(tmp_path / "dem.tif", rise_per_m)
        found.append(kept_edge_costs(network.with_elevation(tmp_path / "dem.tif"), walk).forward_s)
        assert_same(kept_edge_costs(network.with_elevation(tmp_path / "dem.tif"), walk),
                    edge_costs(network.with_elevation(tmp_path / "dem.tif"), walk))  # fmt: skip
    assert len(kept()) == 2
    assert (found[0] != found[1]).any()
