"""Streets between their junctions, with what runs along them."""

import numpy as np
from made_annotations import CRS

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.stretches import stretches

MAIN = {"highway": "residential", "name": "Mallikatu"}
SIDE = {"highway": "residential", "name": "Sivukatu"}


def network_of(write_osm, *ways):
    nodes = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (300, 0), 5: (200, 100), 6: (0, 10), 7: (300, 10), 8: (150, 300),
             9: (250, 300), 10: (100, 9)}  # fmt: skip
    return StreetNetwork.from_osm(write_osm(nodes, list(ways)), CRS)


def streets_of(network):
    """Name → its stretches, each as the lengths of its edges together."""
    found = stretches(network)
    metres = np.bincount(found.of_edge, network.length_m)
    return {name: sorted(metres[found.street == name].round().tolist()) for name in sorted(set(found.street))}


def test_a_street_is_divided_where_another_with_a_name_meets_it(write_osm):
    network = network_of(write_osm, ([1, 2, 3, 4], MAIN), ([3, 5], SIDE))
    assert streets_of(network) == {"Mallikatu": [100, 200], "Sivukatu": [100]}


def test_a_way_without_a_name_makes_no_junction_of_streets(write_osm):
    network = network_of(write_osm, ([1, 2, 3, 4], MAIN), ([3, 5], {"highway": "service"}))
    assert streets_of(network)["Mallikatu"] == [300]


def test_a_pavement_is_a_part_of_the_street_along_which_it_runs(write_osm):
    network = network_of(
        write_osm, ([1, 2, 3, 4], MAIN), ([6, 10, 7], {"highway": "footway"}), ([8, 9], {"highway": "path"})
    )
    assert streets_of(network) == {"": [100], "Mallikatu": [600]}


def test_streets_that_only_meet_end_to_end_keep_their_names(write_osm):
    network = network_of(write_osm, ([1, 2], MAIN), ([2, 3, 4], SIDE))
    assert streets_of(network) == {"Mallikatu": [100], "Sivukatu": [200]}


def test_streets_without_any_name_are_divided_wherever_they_meet(write_osm):
    plain = {"highway": "path"}
    network = network_of(write_osm, ([1, 2, 3, 4], plain), ([3, 5], plain))
    assert streets_of(network) == {"": [100, 100, 200]}


def test_the_numbers_follow_the_map_alone(write_osm):
    network = network_of(write_osm, ([1, 2, 3, 4], MAIN), ([3, 5], SIDE), ([6, 10, 7], {"highway": "footway"}))
    first, again = stretches(network), stretches(network)
    assert (first.of_edge == again.of_edge).all()
    assert first.of_edge[0] == 0
