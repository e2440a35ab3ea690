"""The small map of a network, of a network of any size."""

from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from tesoma_geo.network.streets.notebook import MOST_SEGMENTS, SIDE_PX, small_map


def network(edges):
    rng = np.random.default_rng(0)
    return SimpleNamespace(
        n_edges=edges, tail=rng.integers(0, 50, edges), head=rng.integers(0, 50, edges),
        x=rng.uniform(4e5, 4.1e5, 50), y=rng.uniform(6.8e6, 6.802e6, 50),
    )  # fmt: skip


@pytest.mark.parametrize("edges", [1, MOST_SEGMENTS, 5 * MOST_SEGMENTS])
def test_it_is_small_whatever_the_network(edges):
    shown = small_map(network(edges), "<A & B>")
    assert len(shown) < 50_000
    svg = ElementTree.fromstring(shown[shown.index("<svg") :])
    assert float(svg.get("width")) <= SIDE_PX + 1
    assert 0 < svg[0].get("d").count("M") <= MOST_SEGMENTS
    assert svg.get("aria-label") == "<A & B>"


def test_nothing_to_draw_is_the_line_alone():
    assert "<svg" not in small_map(network(3), "line", np.zeros(3, bool))
