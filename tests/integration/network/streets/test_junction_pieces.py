"""The streets as pieces between junctions."""

import numpy as np
import pytest
from conftest import CRS

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.junction_pieces import junction_pieces, public_pieces

ROAD = {"highway": "residential"}


@pytest.fixture
def pieces_of(write_osm):
    """The pieces of a town: nodes in metres, and ways as lists of them, by name of the nodes at their ends."""

    def made(nodes, ways, closed=(), barriers=None):
        tags = [{**ROAD, "access": "private"} if number in closed else ROAD for number in range(len(ways))]
        network = StreetNetwork.from_osm(write_osm(nodes, list(zip(ways, tags, strict=True)), barriers), CRS)
        pieces = public_pieces(network)
        return pieces, [tuple(sorted(network.node_id[list(ends)].tolist())) for ends in pieces.ends]

    return made


def test_a_chain_is_one_piece_and_a_junction_begins_others(pieces_of):
    nodes = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (200, 100), 5: (300, 0)}
    pieces, ends = pieces_of(nodes, [[1, 2], [3, 2], [3, 4], [3, 5]])
    assert sorted(ends) == [(1, 3), (3, 4), (3, 5)]
    assert sorted(pieces.length_m.round().tolist()) == [100.0, 100.0, 200.0]
    assert [line.length for line in pieces.lines] == pytest.approx(pieces.length_m.tolist())
    assert all(line.coords[0] <= line.coords[-1] for line in pieces.lines)


def test_private_ways_are_no_pieces_and_make_no_junction(pieces_of):
    nodes = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 100), 5: (100, 200)}
    _, ends = pieces_of(nodes, [[1, 2, 3], [2, 4], [4, 5]], closed={1})
    assert ends == [(1, 3)]  # what lies behind the private way is nobody's route either


@pytest.mark.parametrize("ring", [[1, 2, 3, 1], [2, 3, 1, 2], [3, 1, 2, 3]])
def test_a_ring_without_a_junction_is_a_piece_too(pieces_of, ring):
    pieces, ((one, other),) = pieces_of({1: (0, 0), 2: (100, 0), 3: (0, 100)}, [ring])
    assert one == other
    assert pieces.lines[0].is_ring


def test_a_loop_at_a_junction_begins_and_ends_there(pieces_of):
    _, ends = pieces_of({1: (0, 0), 2: (100, 0), 3: (200, 100), 4: (200, -100)}, [[1, 2], [2, 3, 4, 2]])
    assert sorted(ends) == [(1, 2), (2, 2)]


def test_a_barrier_across_a_street_is_no_junction(pieces_of):
    nodes = {1: (0, 0), 2: (100, 0), 3: (200, 0)}
    _, ends = pieces_of(nodes, [[1, 2], [2, 3]], barriers={2: {"barrier": "bollard"}})
    assert ends == [(1, 3)]


def test_every_edge_is_in_one_piece(write_osm):
    dice = np.random.default_rng(1)
    nodes = {8 * i + j + 1: (100 * i, 100 * j) for i in range(8) for j in range(8)}
    ways = [[a, b] for a in nodes for b in (a + 1, a + 8)
            if b in nodes and dice.random() < 0.7 and not (b == a + 1 and a % 8 == 0)]  # fmt: skip
    network = StreetNetwork.from_osm(write_osm(nodes, [(way, ROAD) for way in ways]), CRS)
    pieces = junction_pieces(network, np.ones(network.n_edges, bool))
    assert sorted(pieces.edges.tolist()) == list(range(network.n_edges))
    degree = np.bincount(np.concatenate([network.tail, network.head]), minlength=network.n_nodes)
    inside = np.setdiff1d(np.arange(network.n_nodes), pieces.junctions)
    assert (degree[inside] == 2).all()
    assert (degree[pieces.ends] != 2).any(axis=1).mean() > 0.9
    assert [line.length for line in pieces.lines] == pytest.approx(pieces.length_m.tolist())
