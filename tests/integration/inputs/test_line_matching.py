"""Drawn lines find the streets they were drawn along, whatever the finger."""

import numpy as np
import pytest
from conftest import CORNER, CRS
from shapely import LineString, MultiLineString

from tesoma_geo.inputs.line_matching import LineMatcher
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.junction_pieces import public_pieces

SIDE_M = 150


@pytest.fixture
def town(write_osm):
    """Seven by seven junctions, 150 m apart, without the street from the third to the fourth in the fourth row."""
    nodes = {10 * i + j + 1: (SIDE_M * i, SIDE_M * j) for i in range(7) for j in range(7)}
    ways = [[a, b] for a in nodes for b in (a + 1, a + 10) if b in nodes and (a, b) != (24, 34)]
    network = StreetNetwork.from_osm(write_osm(nodes, [(way, {"highway": "residential"}) for way in ways]), CRS)
    return LineMatcher(public_pieces(network))


def drawn(*places, noise_m=0.0, dice=None, every_m=40.0):
    """A drawing through junctions by their column and row, with a place every 40 m."""
    line = LineString([(CORNER[0] + SIDE_M * i, CORNER[1] + SIDE_M * j) for i, j in places])
    along = np.append(np.arange(0, line.length, every_m), line.length)
    at = np.array([line.interpolate(metres).coords[0] for metres in along])
    if noise_m:
        angle, away_m = dice.uniform(0, 2 * np.pi, len(at)), dice.uniform(5, noise_m, len(at))
        at += np.column_stack([away_m * np.cos(angle), away_m * np.sin(angle)])
    return LineString(at)


def middles(matcher, drawing):
    """The middle of each piece of street that was found, in halves of the way between two junctions."""
    lines = matcher.pieces.lines[matcher.walked(drawing)]
    at = np.array([line.interpolate(0.5, normalized=True).coords[0] for line in lines]).reshape(-1, 2)
    return {(round(east), round(north)) for east, north in (at - CORNER) / (SIDE_M / 2)}


ROUND_THE_CORNER = ((0, 1), (3, 1), (3, 4))
WAY = {(1, 2), (3, 2), (5, 2), (6, 3), (6, 5), (6, 7)}


def test_a_drawing_along_streets_gives_their_pieces_whatever_the_direction(town):
    assert middles(town, drawn(*ROUND_THE_CORNER)) == WAY
    assert middles(town, drawn(*ROUND_THE_CORNER[::-1])) == WAY
    assert middles(town, drawn(*ROUND_THE_CORNER, *ROUND_THE_CORNER[::-1])) == WAY  # there and back


def test_fingers_are_off_by_5_to_30_m(town):
    dice = np.random.default_rng(3)
    found = [middles(town, drawn(*ROUND_THE_CORNER, noise_m=30, dice=dice)) for _ in range(40)]
    assert np.mean([len(one & WAY) / len(WAY) for one in found]) > 0.9
    assert np.mean([len(one & WAY) / max(len(one), 1) for one in found]) > 0.9


def test_a_part_of_a_piece_is_no_piece(town):
    assert middles(town, drawn((0, 1), (1.6, 1))) == {(1, 2)}
    assert middles(town, drawn((0.3, 1), (0.7, 1))) == set()


def test_what_is_drawn_across_a_field_lies_on_no_street(town):
    across = drawn((0, 3), (2, 3), (3, 3), (5, 3))
    assert middles(town, across) == {(1, 6), (3, 6), (7, 6), (9, 6)}
    assert middles(town, drawn((20, 20), (25, 20))) == set()


def test_a_round_walk_and_a_drawing_in_parts(town):
    assert middles(town, drawn((1, 1), (2, 1), (2, 2), (1, 2), (1, 1))) == {(3, 2), (4, 3), (3, 4), (2, 3)}
    parts = MultiLineString([drawn((0, 1), (1, 1)), drawn((4, 4), (5, 4))])
    assert middles(town, parts) == {(1, 2), (9, 8)}
