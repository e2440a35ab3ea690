"""The record of streets: what follows from its nodes, edges and ways."""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork

LINE = {1: (0, 0), 2: (100, 0), 3: (300, 0), 4: (300, 400)}
WAYS = [([1, 2, 3], {"highway": "path", "name": "Polku"}), ([3, 4], {"highway": "service"})]


def test_lines_are_one_a_way_with_its_tags(write_osm):
    network = StreetNetwork.from_osm(write_osm(LINE, WAYS))
    lines = network.lines(np.array([True, True]))
    assert lines["name"].fillna("").tolist() == ["Polku", ""]
    assert lines.length.to_numpy() == pytest.approx([300, 400], abs=0.1)
    assert len(network.lines(np.array([False, True]))) == 1


def test_a_file_holds_streets_that_are_all_mapped(write_osm):
    network = StreetNetwork.from_osm(write_osm(LINE, WAYS))
    assert (network.n_nodes, network.n_edges) == (4, 3)
    assert network.is_mapped.all()
    assert not network.is_new_node.any()
    assert not network.is_barrier.any()
    assert network.stands_for.tolist() == [0, 1, 2, 3]


def test_roads_to_houses_make_no_junction_where_turns_cost(write_osm):
    network = StreetNetwork.from_osm(write_osm(LINE, [WAYS[1], ([1, 2, 3], {"highway": "residential"})]))
    classes = network.ways["highway"].to_numpy()[network.way]
    assert network.turning_streets.tolist() == (classes == "residential").tolist()


def test_its_content_leaves_out_what_follows_from_the_rest(write_osm):
    content = StreetNetwork.from_osm(write_osm(LINE, WAYS)).content()
    assert content["rules"] is None
    assert content["left_out"] is None
    assert content["crs"] == "EPSG:3067"
