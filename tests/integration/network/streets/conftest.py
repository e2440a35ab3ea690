"""What tests of the streets' costs share."""

from functools import cache

import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.from_extract import streets_of_extract
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.sources.osm import read_osm

NODES = {1: (0, 0), 2: (300, 0), 3: (600, 0)}


@pytest.fixture(scope="session")
def read_streets():
    """Streets of an OpenStreetMap file, read here rather than in a child process, and those of equal files once."""
    known = {}

    def of(path):
        content = path.read_bytes()
        if content not in known:
            known[content] = streets_of_extract(StreetNetwork, read_osm.__wrapped__(path))
        return known[content]

    return of


@pytest.fixture
def costs(write_osm, read_streets):
    """Seconds forward and backward of an edge, the first unless named, of a way 300 m long."""

    def of(profile="walk", node_tags=None, ways=None, edge=0, **tags):
        path = write_osm(NODES, ways or [([1, 2], {"highway": "residential", **tags})], node_tags)
        profile = shipped_profiles()[profile] if isinstance(profile, str) else profile
        found = edge_costs(read_streets(path), profile)
        return float(found.forward_s[edge]), float(found.backward_s[edge])

    return of


@cache
def shipped_profiles():
    """The profiles that come with the package, read once."""
    return default_profiles()
