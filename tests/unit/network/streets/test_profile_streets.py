"""Streets as one profile uses them: other costs on the same streets, and what edits keep."""

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.edits import Edits

LINE = {1: (0, 0), 2: (100, 0), 3: (300, 0), 11: (0, 200), 12: (100, 200)}


@pytest.fixture(scope="module")
def router(write_osm_once):
    ways = [([1, 2, 3], {"highway": "path"}), ([11, 12], {"highway": "path"})]
    return StreetNetwork.from_osm(write_osm_once(LINE, ways)).router("walk")


def test_other_costs_give_other_times_on_the_same_streets(router):
    twice = EdgeCosts(2 * router.costs.forward_s, 2 * router.costs.backward_s, router.costs.restricted)
    doubled = router.with_costs(twice)
    assert type(doubled) is type(router)
    assert doubled.engine.times([0], [0]) == pytest.approx(2 * router.engine.times([0], [0]))
    assert doubled.network.hierarchy is router.network.hierarchy


def test_slower_edges_keep_the_pieces_and_closed_ones_do_not(router):
    assert router.with_edits(Edits([0], 2.0)).pieces is router.pieces
    closed = router.with_edits(Edits.closing([0]))
    assert closed.pieces is not router.pieces
    assert closed.usable.tolist() == [False, True, True]
    assert router.usable.tolist() == [True, True, False]


def test_a_small_piece_is_told_with_its_edges(router):
    assert router.small_pieces == (1, 1)
    assert np.isinf(router.engine.times([0], [0])[3:]).all()
