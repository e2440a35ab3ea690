"""Two halves of a network with an overlay of their borders answer as the whole does: what `docs/scale.md` stands on.

Each half is contracted by itself and knows nothing of the other. The overlay has the ends of the streets between the
halves, those streets, and between the borders of each half the exact seconds within it. A question goes from its place
to the borders of its half, across the overlay, and from the borders to every node.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.engine import CustomisedCosts, Hierarchy


@dataclass(frozen=True, eq=False)
class Half:
    """Nodes of a half, its costs, and those of its nodes that streets of the other half begin at."""

    nodes: np.ndarray
    costs: CustomisedCosts
    border: np.ndarray


@dataclass(frozen=True, eq=False)
class Halves:
    """Both halves and the overlay, whose nodes are the borders of the first and then of the second."""

    halves: tuple[Half, Half]
    overlay: CustomisedCosts
    side: np.ndarray
    number: np.ndarray

    @classmethod
    def of(cls, tail, head, forward_s, backward_s, x, y, side):
        number, halves, parts = np.empty(x.size, np.int64), [], []
        across = np.flatnonzero(side[tail] != side[head])
        on_border = np.zeros(x.size, bool)
        on_border[tail[across]] = on_border[head[across]] = True
        for which in (0, 1):
            nodes = np.flatnonzero(side == which)
            number[nodes] = np.arange(nodes.size)
            own = np.flatnonzero((side[tail] == which) & (side[head] == which))
            hierarchy = Hierarchy.build(
                nodes.size, number[tail[own]].astype(np.int32), number[head[own]].astype(np.int32), x[nodes], y[nodes]
            )
            costs = CustomisedCosts.of(hierarchy, forward_s[own], backward_s[own])
            halves.append(Half(nodes, costs, number[nodes[on_border[nodes]]]))
        position = np.full(x.size, -1, np.int64)  # of a node in the overlay
        shift = 0
        for half in halves:
            size = half.border.size
            position[half.nodes[half.border]] = shift + np.arange(size)
            at = np.arange(size + 1), half.border, np.zeros(size)
            within_s = half.costs.matrix(*at, *at)
            one, other = np.triu_indices(size, 1)
            parts.append((one + shift, other + shift, within_s[one, other], within_s[other, one]))
            shift += size
        parts.append((position[tail[across]], position[head[across]], forward_s[across], backward_s[across]))
        ends = [np.concatenate([part[k] for part in parts]).astype(np.int32) for k in (0, 1)]
        seconds = [np.concatenate([part[k] for part in parts]).astype(np.float32) for k in (2, 3)]
        borders = np.concatenate([half.nodes[half.border] for half in halves])
        hierarchy = Hierarchy.build(shift, *ends, x[borders], y[borders])
        return cls(tuple(halves), CustomisedCosts.of(hierarchy, *seconds), side, number)

    def times(self, node):
        """Seconds from a node to every node of both halves."""
        which = int(self.side[node])
        own, shift = self.halves[which], which * self.halves[0].border.size
        local = own.costs.times([self.number[node]], [0.0])
        to_border = local[own.border]
        reached = np.flatnonzero(np.isfinite(to_border))
        found = np.full(self.side.size, np.inf, np.float32)
        found[own.nodes] = local
        if not reached.size:
            return found
        on_overlay, begin = self.overlay.times(reached + shift, to_border[reached]), 0
        for half in self.halves:
            seconds = on_overlay[begin : begin + half.border.size]
            begin += half.border.size
            seeds = np.flatnonzero(np.isfinite(seconds))
            if seeds.size:
                found[half.nodes] = np.minimum(found[half.nodes], half.costs.times(half.border[seeds], seconds[seeds]))
        return found


def assert_same(halves, whole, sources):
    for node in sources:
        found, expected = halves.times(node), whole.times([node], [0.0])
        assert np.array_equal(np.isfinite(found), np.isfinite(expected))
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=0.01)


@pytest.mark.parametrize("seed", range(6))
def test_halves_of_a_made_up_network_with_one_ways_and_islands(seed):
    random, side_of = np.random.default_rng(seed), 18
    at = np.arange(side_of * side_of)
    right, up = at[at % side_of < side_of - 1], at[at < at.size - side_of]
    tail, head = np.concatenate([right, up]), np.concatenate([right + 1, up + side_of])
    kept = random.random(tail.size) < 0.75
    tail, head = tail[kept].astype(np.int32), head[kept].astype(np.int32)
    forward_s, backward_s = (random.uniform(1, 99, tail.size).astype(np.float32) for _ in range(2))
    backward_s[random.random(tail.size) < 0.2] = np.inf
    x, y = (at % side_of).astype(float), (at // side_of).astype(float)
    side = (x + random.normal(0, 1, at.size) > side_of / 2).astype(
        int
    )  # a frayed border: ways cross it again and again
    whole = CustomisedCosts.of(Hierarchy.build(at.size, tail, head, x, y), forward_s, backward_s)
    halves = Halves.of(tail, head, forward_s, backward_s, x, y, side)
    assert_same(halves, whole, random.integers(0, at.size, 25))


def test_halves_of_tampere_answer_as_the_whole(shared_data):
    router = StreetNetwork.from_osm(shared_data / "tampere.osm.pbf").router("walk")
    costs, graph = router.engine.costs, router.network.shape.graph  # the streets with the copies of nodes
    x, y = router.network.x[graph.node_of], router.network.y[graph.node_of]
    side = (x > np.median(x)).astype(int)
    halves = Halves.of(*graph.ends, costs.forward_s, costs.backward_s, x, y, side)
    borders = sum(half.border.size for half in halves.halves)
    assert 20 < borders < graph.size / 100
    assert_same(halves, router.engine.costs, np.random.default_rng(20).integers(0, graph.size, 12))
