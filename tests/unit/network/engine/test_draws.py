"""Sixteen draws side by side are sixteen sets of costs laid on one after another."""

import numpy as np
import pytest

from tesoma_geo.network.engine import (
    LANES,
    Contracted,
    CustomisedCosts,
    DrawnCosts,
    DrawnFactors,
    customise_draws,
    search_draws,
    with_ancestors,
)


def costs_in(graph, costs, factors):
    """Costs of the arcs in each lane, written over what was there before."""
    room = graph.room()
    for one in room:
        one[:] = -1.0
    customise_draws(graph, costs, factors, room)
    return room.up, room.down


def found(graph, rising, falling, at, seconds, wanted):
    """Seconds by position, written over what was there before."""
    rows = np.full_like(graph.room().seconds, -1.0)
    search_draws(graph, rising, falling, at, seconds, wanted, rows)
    return rows


@pytest.fixture(scope="module")
def drawn(town):
    """Costs of the town with a delay on some segments, and factors by segment and lane, some of them closed."""
    random = np.random.default_rng(3)
    delay_s = np.where(random.random(town.tail.size) < 0.2, 15.0, 0.0).astype(np.float32)
    of_way = random.uniform(0.8, 2.0, (town.tail.size // 3 + 1, LANES)).astype(np.float32)
    slopes = random.uniform(0.8, 2.0, (2 * town.tail.size, LANES)).astype(np.float32)
    slopes[random.random(slopes.shape) < 0.05] = np.inf
    way, row = (np.arange(count, dtype=np.uint32) for count in (town.tail.size, 2 * town.tail.size))
    costs = DrawnCosts(town.forward_s, town.backward_s, delay_s, delay_s, way // 3, row[::2], row[1::2])
    return costs, DrawnFactors(of_way, slopes)


@pytest.mark.parametrize("reverse", [False, True])
def test_every_lane_has_the_times_of_its_own_costs(town, drawn, reverse):
    costs, factors = drawn
    hierarchy = town.build()
    up, down = costs_in(Contracted.of(hierarchy), costs, factors)
    start, spent = np.array([4, 610]), np.array([3.0, 40.0], np.float32)
    seconds = np.repeat(spent[:, None], LANES, axis=1)
    seconds[1, 5] = np.inf
    every = np.arange(town.n, dtype=np.int32)
    rising, falling = (down, up) if reverse else (up, down)
    at = hierarchy.position[start]
    rows = found(Contracted.of(hierarchy), rising, falling, at, seconds, every)
    factor = np.repeat(factors.of_way[costs.way], 2, axis=0) * factors.slopes
    for lane in range(LANES):
        with np.errstate(invalid="ignore"):
            both = [
                np.nan_to_num(factor[row, lane] * one + costs.forward_delay_s, nan=np.inf, posinf=np.inf)
                for row, one in ((costs.forward_row, town.forward_s), (costs.backward_row, town.backward_s))
            ]
        alone = CustomisedCosts.of(hierarchy, *(one.astype(np.float32) for one in both))
        seeds = slice(0, 1) if lane == 5 else slice(0, 2)
        expected = alone.times(start[seeds], spent[seeds], reverse=reverse)
        np.testing.assert_allclose(rows[hierarchy.position, lane], expected, rtol=1e-5)


def test_a_search_for_some_nodes_tells_of_them_what_one_for_all_tells(town, drawn):
    hierarchy = town.build()
    graph = Contracted.of(hierarchy)
    up, down = costs_in(graph, *drawn)
    at, seconds = hierarchy.position[[17]], np.zeros((1, LANES), np.float32)
    wanted = hierarchy.position[[1, 300, 899]]
    some = found(graph, up, down, at, seconds, with_ancestors(hierarchy.parent, wanted))
    whole = found(graph, up, down, at, seconds, np.arange(town.n, dtype=np.int32))
    np.testing.assert_array_equal(some[wanted], whole[wanted])


@pytest.mark.parametrize("closed", [0.0, 0.3])
def test_arcs_that_no_search_depends_on_are_left_out_or_share_rows_and_the_others_cost_the_same(town, drawn, closed):
    (costs, factors), hierarchy = drawn, town.build()
    shut = np.random.default_rng(1).random(town.tail.size) < closed
    costs = costs._replace(
        forward_s=np.where(shut, np.float32(np.inf), costs.forward_s),
        backward_s=np.where(shut, np.float32(np.inf), costs.backward_s),
    )
    graph = Contracted.of(hierarchy)
    nodes = with_ancestors(hierarchy.parent, hierarchy.position[[2, 40, 333]])
    some = graph.for_nodes(costs, nodes)
    assert nodes.size <= some.needed.size < graph.needed.size
    assert (np.diff(some.needed.astype(int)) < 0).all()
    whole, few = costs_in(graph, costs, factors), costs_in(some, costs, factors)
    asked = np.concatenate([np.arange(*hierarchy.arc_first[node : node + 2]) for node in nodes])
    assert some.n_rows < some.needed.size
    assert len(np.unique(some.row[asked])) == len(asked)
    for one, other in zip(few, whole, strict=True):
        assert len(one) == some.n_rows
        np.testing.assert_array_equal(one[some.row[asked]], other[asked])
    at, seconds = hierarchy.position[[40]], np.zeros((1, LANES), np.float32)
    expected = found(graph, *whole, at, seconds, nodes)
    np.testing.assert_array_equal(found(some, *few, at, seconds, nodes)[nodes], expected[nodes])
