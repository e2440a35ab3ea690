"""What tests of the streets' costs share."""

import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import default_profiles

NODES = {1: (0, 0), 2: (300, 0), 3: (600, 0)}


@pytest.fixture
def costs(write_osm, tmp_path, monkeypatch):
    """Seconds forward and backward of an edge, the first unless named, of a way 300 m long."""
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))

    def of(profile="walk", node_tags=None, ways=None, edge=0, **tags):
        path = write_osm(NODES, ways or [([1, 2], {"highway": "residential", **tags})], node_tags)
        network = StreetNetwork.from_osm(path)
        found = edge_costs(network, default_profiles()[profile] if isinstance(profile, str) else profile)
        return float(found.forward_s[edge]), float(found.backward_s[edge])

    return of
