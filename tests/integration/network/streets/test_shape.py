"""What follows from nodes and edges alone is found once, and again where they change."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.engine import Hierarchy

SQUARE = {1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100)}


@pytest.fixture
def network(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    return StreetNetwork.from_osm(write_osm(SQUARE, [([1, 2, 3, 4], {"highway": "path"})]))


def test_other_tags_and_heights_keep_the_shape(network):
    hierarchy, segments = network.hierarchy, network.segments
    for other in (
        network.with_ways(network.ways.assign(lit="yes")),
        replace(network, elevation_m=np.zeros(4, np.float32)),
    ):
        assert isinstance(other, StreetNetwork)
        assert other.hierarchy is hierarchy
        assert other.segments is segments


def test_other_edges_have_another_shape(network):
    assert network.segments[0].length == pytest.approx(100, abs=0.1)
    turned = replace(network, tail=network.head, head=network.tail)
    assert turned.segments[0].coords[0] == network.segments[0].coords[1]
    assert turned.hierarchy.tail.tolist() == network.head.tolist()


def test_a_hierarchy_that_is_known_is_not_built(network, monkeypatch):
    grown = network.hierarchy.with_edges(np.array([0], np.int32), np.array([2], np.int32))
    monkeypatch.setattr(Hierarchy, "build", None)
    assert replace(network.shape, known=(network.shape.graph, grown)).hierarchy is grown
