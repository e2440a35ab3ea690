"""What turns cost: the graph with copies equals a plain search over directed edges that pays at every turn."""

import heapq
import itertools
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.profiles import TurnCosts
from tesoma_geo.network.streets.routing_graph import routing_graph
from tesoma_geo.network.streets.snap import Positions, seeds
from tesoma_geo.network.streets.street_engine import StreetEngine
from tesoma_geo.network.streets.turn_costs import nodes_told_apart, reach_m, seconds_of_turns, street_junctions
from tesoma_geo.network.streets.turn_rules import CAR, TurnRule
from tesoma_geo.network.streets.turn_states import turn_states


@st.composite
def towns(draw):
    """A crooked grid with one-way streets, side roads among them, one forbidden turn or none, and costs of turns."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    wide, high = (int(size) for size in random.integers(2, 5, 2))
    at = np.array([(column, row) for row in range(high) for column in range(wide)]) * 100.0
    pairs = [(a, b) for a, b in itertools.combinations(range(len(at)), 2) if np.abs(at[a] - at[b]).sum() <= 100.0]
    pairs = [pair for pair in pairs if random.random() < 0.85] or pairs
    at += random.uniform(-30, 30, at.shape)
    tail, head = np.array(pairs, np.int32).T
    forward, backward = random.integers(1, 30, (2, len(tail))).astype(np.float32)
    backward[random.random(len(tail)) < 0.15] = np.inf
    streets = random.random(len(tail)) < 0.8
    across, near, straight, back = (float(seconds) for seconds in random.integers(0, 20, 4))
    costs = TurnCosts(on=True, across_s=across, near_s=near, straight_s=straight, u_turn_s=back)
    return at, tail, head, forward, backward, streets, costs, bool(random.random() < 0.5), one_rule(random, tail, head)


def one_rule(random, tail, head):
    """A forbidden turn, or the only one allowed, at a node with three edges or more; none where there is none."""
    degree = np.bincount(np.concatenate([tail, head]))
    if degree.max() < 3 or random.random() < 0.5:
        return []
    node = int(random.choice(np.flatnonzero(degree >= 3)))
    from_, to = random.choice(np.flatnonzero((tail == node) | (head == node)), 2, replace=False)
    return [TurnRule(int(from_), (node,), (), int(to), bool(random.random() < 0.3), CAR)]


def plain_search(start, at, tail, head, forward, backward, rules, costs, junctions, apart, held, left_hand):
    """Least seconds from a node to every node, and at the end of every directed edge, by Dijkstra over these."""
    leaving = [[] for _ in at]
    for edge, (a, b) in enumerate(zip(tail.tolist(), head.tolist(), strict=True)):
        leaving[a].append((edge, b, float(forward[edge])))
        leaving[b].append((edge, a, float(backward[edge])))

    def forbidden(edge, node, onto):
        return any(
            rule.via_nodes == (node,) and rule.from_edge == edge and (rule.to_edge == onto) != rule.only
            for rule in rules
        )

    def paid(edge, before, node, onto, after):
        if edge == onto:
            return costs.u_turn_s if node in apart else 0.0
        if not junctions[node]:
            return 0.0
        angle = math.degrees(math.atan2(*reversed(at[after] - at[node])) - math.atan2(*reversed(at[node] - at[before])))
        angle = (angle + 180.0) % 360.0 - 180.0
        whole = costs.across_s if (angle < 0 if left_hand else angle > 0) else costs.near_s
        return costs.straight_s + min(max((abs(angle) - 30.0) / 60.0, 0.0), 1.0) * (whole - costs.straight_s)

    counter, queue = itertools.count(), []
    for edge, after, seconds in leaving[start]:
        heapq.heappush(queue, (seconds, next(counter), edge, start, after))
    done, found = {}, np.full(len(at), np.inf)
    found[start] = 0.0
    while queue:
        spent, _, edge, before, node = heapq.heappop(queue)
        if (edge, node) in done or math.isinf(spent):
            continue
        done[edge, node] = spent
        found[node] = min(found[node], spent)
        turns = [turn for turn in leaving[node] if math.isfinite(turn[2]) and not forbidden(edge, node, turn[0])]
        if node in held:
            turns = [turn for turn in turns if turn[0] != edge] or turns
        for onto, after, seconds in turns:
            cost = spent + paid(edge, before, node, onto, after) + seconds
            heapq.heappush(queue, (cost, next(counter), onto, node, after))
    return found


def engine_of(town):
    at, tail, head, forward, backward, streets, costs, left_hand, rules = town
    length_m = np.hypot(*(at[tail] - at[head]).T).astype(np.float32)
    paying = nodes_told_apart(tail, head, length_m, streets, len(at), {CAR: reach_m(costs)})
    states = turn_states(rules, tail, head, length_m, np.ones(len(tail), bool), None, paying)
    junctions = street_junctions(tail, head, streets, len(at))
    graph = routing_graph(len(at), tail, head, np.zeros(len(tail), bool), states)
    place = at[graph.node_of]
    hierarchy = Hierarchy.build(graph.size, *graph.ends, place[:, 0], place[:, 1])
    turn_s = seconds_of_turns(states, tail, head, (at[:, 0], at[:, 1]), junctions, costs, left_hand=left_hand)
    edges = EdgeCosts(forward, backward, np.zeros(len(tail), bool))
    engine = StreetEngine.of(hierarchy, graph, edges, "car", turn_s)
    apart, held = set(states.concerned), set(states.held)
    plain = (at, tail, head, forward, backward, rules, costs, junctions, apart, held, left_hand)
    return engine, plain


@given(town=towns())
@settings(max_examples=150, deadline=None)
def test_turns_are_paid_as_in_a_search_over_directed_edges(town):
    engine, plain = engine_of(town)
    n, seen = len(town[0]), engine.seen
    expected = np.array([plain_search(v, *plain) for v in range(n)])
    found = np.array([engine.times([seen.start[v]], [0.0]) for v in range(n)])
    back = np.array([engine.times([seen.end[v]], [0.0], reverse=True) for v in range(n)])
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(back.T, expected, rtol=1e-5, atol=1e-4)


@given(town=towns())
@settings(max_examples=50, deadline=None)
def test_turns_on_to_the_street_of_a_place_are_paid_too(town):
    """A place at the far end of an edge is reached with its last turn, and equals what is told at the ends of edges."""
    engine, _ = engine_of(town)
    _, tail, _, forward, backward, *_ = town
    m, seen = len(tail), engine.seen
    middle = Positions(np.arange(m, dtype=np.int32), np.full(m, 0.5), np.zeros(m))
    costs = forward, backward
    begin = seeds(middle, seen.arrivals, costs, 1.0, reverse=False)
    finish = seeds(middle, seen.entries, costs, 1.0, reverse=True, further=seen.further_entries)
    found = engine.matrix(*begin, *finish)
    for e in range(m):
        rows = slice(begin.offsets[e], begin.offsets[e + 1])
        _, at_tail, at_head = engine.times_at_ends(begin.nodes[rows], begin.seconds[rows])
        by_ends = np.minimum(at_tail + forward / 2, at_head + backward / 2)
        others = np.arange(m) != e
        np.testing.assert_allclose(by_ends[others], found[e][others], rtol=1e-5, atol=1e-4)
