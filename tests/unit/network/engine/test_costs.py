"""What the engine answers, beyond what the properties hold it to, and what it refuses."""

import os

import numpy as np
import pytest

from tesoma_geo._decay_kernels import weights as decay_weights
from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import CustomisedCosts, DecayCurve

PLACE = [0, 1], [4], [0.0]


@pytest.mark.parametrize("cost", [-1.0, np.nan, -np.inf])
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_costs_that_cannot_be_are_refused_with_segment_and_value(town, direction, cost):
    costs = {"forward": town.forward_s.copy(), "backward": town.backward_s.copy()}
    costs[direction][17] = cost
    with pytest.raises(InputError, match=f"{direction} cost of street segment 17 is {cost}"):
        CustomisedCosts.of(town.build(), costs["forward"], costs["backward"])


def test_updates_that_cannot_be_are_refused(costs):
    with pytest.raises(InputError, match="backward cost of street segment 9 is nan"):
        costs.updated([8, 9], [1, 1], [1, np.nan])
    with pytest.raises(InputError, match="no street segment 99999"):
        costs.updated([99_999], [1], [1])
    with pytest.raises(InputError, match="2 street segments have 1 forward costs"):
        costs.updated([1, 2], [1], [1, 1])


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        (([0, 1], [900], [0.0]), "node 900 of 900"),
        (([0, 1], [-1], [0.0]), "node -1"),
        (([0, 1], [3], [-2.0]), "node 3 costs -2"),
        (([0, 1], [3], [np.nan]), "node 3 costs nan"),
        (([0, 2], [3], [0.0]), "offsets"),
        (([0, 1], [3], [0.0, 1.0]), "nodes"),
        (([], [], []), "offsets"),
    ],
)
def test_seeds_off_the_network_are_refused(costs, seeds, message):
    for ask in (
        lambda: costs.times_many(*seeds),
        lambda: costs.matrix(*PLACE, *seeds),
        lambda: costs.matrix(*seeds, *PLACE),
        lambda: costs.bounded_sum(*seeds, [1.0], 60),
        lambda: costs.nearest(*seeds, 1),
    ):
        with pytest.raises(InputError, match=message):
            ask()


@pytest.mark.parametrize("cutoff", [0, -5, np.nan])
def test_a_cutoff_must_be_above_nothing(costs, cutoff):
    with pytest.raises(InputError, match="cutoff"):
        costs.bounded_sum(*PLACE, [1.0], cutoff)
    with pytest.raises(InputError, match="cutoff"):
        costs.nearest(*PLACE, 1, cutoff)


def test_weights_must_be_finite_and_as_many_as_places(costs):
    with pytest.raises(InputError, match="weight of place 0 is nan"):
        costs.bounded_sum(*PLACE, [np.nan], 60)
    with pytest.raises(InputError, match="1 places have 2 weights"):
        costs.bounded_sum(*PLACE, [1, 2], 60)


def test_nearest_asks_for_one_at_least(costs):
    with pytest.raises(InputError, match="0 nearest"):
        costs.nearest(*PLACE, 0)


def test_no_places_give_empty_answers(town, costs):
    none = [0], [], []
    assert costs.times_many(*none).shape == (0, town.n)
    assert costs.matrix(*none, *PLACE).shape == (0, 1)
    assert costs.matrix(*PLACE, *none).shape == (1, 0)
    assert (costs.bounded_sum(*none, [], 60) == 0).all()
    assert np.isinf(costs.times([], [])).all()


def test_seeds_that_lie_elsewhere_count_by_their_cost(town, costs):
    both = costs.times([4, 700], [10, 20])
    assert (both == np.minimum(costs.times([4], [10]), costs.times([700], [20]))).all()


def test_reverse_is_the_way_back(costs):
    there = costs.times_many([0, 1, 2], [4, 700], [0, 0])
    back = costs.times_many([0, 1, 2], [4, 700], [0, 0], reverse=True)
    assert there[0, 700] == pytest.approx(back[1, 4])
    assert there[1, 4] == pytest.approx(back[0, 700])
    assert not np.allclose(there, back)


def test_equal_costs_both_ways_give_symmetric_times(town):
    both = np.maximum(town.forward_s, 1)
    every = np.arange(0, town.n, 9)
    seeds = np.arange(every.size + 1), every, np.zeros(every.size)
    matrix = CustomisedCosts.of(town.build(), both, both).matrix(*seeds, *seeds)
    np.testing.assert_allclose(matrix, matrix.T, rtol=1e-6)


def test_answers_are_the_same_to_the_bit_whatever_the_cores(town, costs, monkeypatch):
    every = np.arange(town.n)
    seeds = np.arange(town.n + 1), every, np.zeros(town.n)
    weights = np.linspace(0.1, 3, town.n)

    def answers():
        return [
            costs.times_many(*seeds),
            costs.matrix(*seeds, *seeds),
            costs.bounded_sum(*seeds, weights, 300, DecayCurve.exponential(120)),
            *costs.nearest(*seeds, 3, 300),
        ]

    threaded = answers()
    monkeypatch.setattr("tesoma_geo._threads.os.sched_getaffinity", lambda _: {0}, raising=False)
    for one, other in zip(threaded, answers(), strict=True):
        assert one.tobytes() == other.tobytes()


def test_closing_a_street_and_opening_it_again_gives_the_same_bytes(town, costs):
    edges = np.arange(0, town.tail.size, 7)
    closed = costs.updated(edges, np.full(edges.size, np.inf), np.full(edges.size, np.inf))
    assert (closed.times([4], [0]) >= costs.times([4], [0])).all()
    assert (closed.times([4], [0]) != costs.times([4], [0])).any()
    opened = closed.updated(edges, town.forward_s[edges], town.backward_s[edges])
    assert opened.up.tobytes() == costs.up.tobytes()
    assert opened.down.tobytes() == costs.down.tobytes()


def test_a_thousand_random_edits_equal_a_fresh_customisation(town, costs):
    random = np.random.default_rng(3)
    for _ in range(1000):
        edges = random.choice(town.tail.size, random.integers(1, 30), replace=False)
        new = random.choice([0, 1, 30, np.inf], (2, edges.size)).astype(np.float32)
        forward, backward = town.forward_s.copy(), town.backward_s.copy()
        forward[edges], backward[edges] = new
        edited, fresh = costs.updated(edges, *new), CustomisedCosts.of(costs.hierarchy, forward, backward)
        assert edited.up.tobytes() == fresh.up.tobytes()
        assert edited.down.tobytes() == fresh.down.tobytes()


def test_a_path_names_its_nodes_and_edges(town, costs):
    path = costs.path([0], [2], [town.n - 1], [3])
    assert path.nodes[0] == 0
    assert path.nodes[-1] == town.n - 1
    ends = np.sort([town.tail[path.edges], town.head[path.edges]], axis=0)
    assert (ends == np.sort([path.nodes[:-1], path.nodes[1:]], axis=0)).all()
    forward = town.tail[path.edges] == path.nodes[:-1]
    seconds = np.where(forward, town.forward_s[path.edges], town.backward_s[path.edges])
    assert path.seconds == pytest.approx(5 + seconds.sum(), rel=1e-5)


def test_paths_of_many_places_to_one_are_those_of_each(town, costs):
    random = np.random.default_rng(5)
    offsets = np.concatenate([[0], np.cumsum(random.integers(0, 3, 200))])
    nodes, seconds = random.integers(0, town.n, offsets[-1]), random.uniform(0, 60, offsets[-1])
    to = random.integers(0, town.n, 3), [4.0, 0.0, 30.0]
    found = list(costs.paths_to(offsets, nodes, seconds, *to))
    assert len(found) == 200
    for number, path in enumerate(found):
        own = slice(*offsets[number : number + 2])
        alone = costs.path(nodes[own], seconds[own], *to)
        assert path.seconds == alone.seconds
        assert (path.nodes.tolist(), path.edges.tolist()) == (alone.nodes.tolist(), alone.edges.tolist())


def test_of_two_ways_to_leave_a_place_the_better_is_named(costs):
    path = costs.path([0, 4], [500, 1], [4], [0])
    assert path.nodes.tolist() == [4]
    assert path.edges.size == 0
    assert path.seconds == 1


def test_nearest_names_the_first_of_equals(costs):
    seconds, places = costs.nearest([0, 1, 2, 3], [4, 4, 4], [7, 7, 6], 2)
    assert places[4].tolist() == [2, 0]
    assert seconds[4].tolist() == [6, 7]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen here")
def test_the_nearest_are_the_same_alone_and_on_all_cores(town, costs, every_core):
    """Enough places for several portions; in one process of one core there is one. Many are equally near."""
    random = np.random.default_rng(8)
    nodes, spent = random.integers(0, town.n, 400), np.round(random.uniform(0, 60, 400))
    places = np.arange(401), nodes, spent.astype(np.float32)
    with every_core():
        found = costs.nearest(*places, 4)
        every = os.sched_getaffinity(0)
        try:
            os.sched_setaffinity(0, {min(every)})
            alone = costs.nearest(*places, 4)
        finally:
            os.sched_setaffinity(0, every)
    for one, other in zip(found, alone, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_cutoff_of_exactly_the_time_counts(costs):
    seconds = costs.times([4], [0], reverse=True)
    reached = np.flatnonzero(np.isfinite(seconds))[-1]
    sums = costs.bounded_sum(*PLACE, [1.0], float(seconds[reached]))
    assert sums[reached] == 1


def counted(decay, *seconds):
    return decay_weights(np.array(seconds, float), decay)


def test_all_decays_start_at_one_and_fall():
    t = np.linspace(0, 2000, 50)
    decays = [
        DecayCurve.linear(600),
        DecayCurve.exponential(300),
        DecayCurve.gaussian(300),
        DecayCurve.logistic(600, 120),
    ]
    for decay in decays:
        assert counted(decay, 0) == 1
        assert (np.diff(counted(decay, *t)) <= 0).all()
        assert counted(decay, *t).min() >= 0
    assert counted(DecayCurve.linear(600), 300, 700).tolist() == [0.5, 0]
    assert counted(DecayCurve.exponential(300), 300) == pytest.approx(np.exp(-1))
    assert counted(DecayCurve.gaussian(300), 300) == pytest.approx(np.exp(-0.5))
    k = np.pi / (120 * np.sqrt(3))
    assert counted(DecayCurve.logistic(600, 120), 600) == pytest.approx((1 + np.exp(-600 * k)) / 2)


@pytest.mark.parametrize("seconds", [0, -1, np.inf, np.nan])
def test_decays_need_seconds_above_nothing(seconds):
    for make in (DecayCurve.linear, DecayCurve.exponential, DecayCurve.gaussian, lambda s: DecayCurve.logistic(s, 5)):
        with pytest.raises(InputError, match="decay"):
            make(seconds)
