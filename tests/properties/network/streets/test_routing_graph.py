"""Restricted streets and turn rules: the graph with copies equals a plain search that keeps the whole state."""

import heapq
import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.restrictions import BITS, Restrictions
from tesoma_geo.network.streets.routing_graph import routing_graph
from tesoma_geo.network.streets.snap import Positions, seeds
from tesoma_geo.network.streets.street_engine import StreetEngine
from tesoma_geo.network.streets.turn_rules import BICYCLE, CAR, TurnRule
from tesoma_geo.network.streets.turn_states import turn_states

FIRST, BETWEEN, LAST = range(3)


@st.composite
def towns(draw):
    """A small grid of streets with costs, restricted ones among them, and turn rules."""
    seed = draw(st.integers(0, 2**32 - 1))
    wide, high = draw(st.tuples(st.integers(2, 4), st.integers(2, 4)))
    random = np.random.default_rng(seed)
    at = np.array([(column, row) for row in range(high) for column in range(wide)])
    pairs = [(a, b) for a, b in itertools.combinations(range(len(at)), 2) if np.abs(at[a] - at[b]).sum() == 1]
    pairs = [pair for pair in pairs if random.random() < 0.9] or pairs
    tail, head = np.array(pairs, np.int32).T
    flipped = random.random(len(tail)) < 0.5
    tail, head = np.where(flipped, head, tail), np.where(flipped, tail, head)
    forward, backward = random.integers(1, 30, (2, len(tail))).astype(np.float32)
    for seconds in (forward, backward):
        seconds[random.random(len(tail)) < draw(st.sampled_from([0.0, 0.15]))] = np.inf
    restricted = random.random(len(tail)) < draw(st.sampled_from([0.0, 0.2, 0.5]))
    rules = [rule for _ in range(draw(st.integers(0, 4))) if (rule := walk_of_a_rule(random, tail, head)) is not None]
    return len(at), at * 100.0, tail, head, forward, backward, restricted, rules


def walk_of_a_rule(random, tail, head):
    """A rule along a random walk of two to four edges without turning back."""
    edges = [int(random.integers(len(tail)))]
    at, via = int(random.choice([tail[edges[0]], head[edges[0]]])), []
    for _ in range(int(random.integers(1, 4))):
        around = [e for e in np.flatnonzero((tail == at) | (head == at)).tolist() if e != edges[-1]]
        if not around:
            return None
        via.append(at)
        edges.append(int(random.choice(around)))
        at = int(head[edges[-1]] if tail[edges[-1]] == at else tail[edges[-1]])
    modes = int(random.choice([CAR, BICYCLE, CAR | BICYCLE]))
    return TurnRule(edges[0], tuple(via), tuple(edges[1:-1]), edges[-1], bool(random.random() < 0.3), modes)


def plain_search(start, n, tail, head, forward, backward, restricted, rules, turning_back_forbidden, passed_by=None):
    """Least seconds from a node to every node, by a search over (node, run of the trip, edges passed in it)."""
    around = [[] for _ in range(n)]
    ahead, behind = (restricted, restricted) if passed_by is None else (restricted & ~one for one in passed_by)
    for edge, (a, b) in enumerate(zip(tail.tolist(), head.tolist(), strict=True)):
        around[a].append((edge, b, float(forward[edge]), ahead[edge]))
        around[b].append((edge, a, float(backward[edge]), behind[edge]))

    def allowed(node, passed, edge):
        for rule in rules:
            way = (rule.from_edge, *rule.via_edges, rule.to_edge)
            if rule.only:
                for done in range(1, len(way)):
                    if node == rule.via_nodes[done - 1] and passed[-done:] == way[:done] and edge != way[done]:
                        return False
            elif node == rule.via_nodes[-1] and (*passed, edge)[-len(way) :] == way:
                return False
        return True

    remembered = max([2, *(len(rule.via_edges) + 2 for rule in rules)]) - 1
    public = np.zeros(n, bool)
    open_ = (np.isfinite(forward) | np.isfinite(backward)) & ~restricted
    public[tail[open_]] = public[head[open_]] = True
    begin = (start, BETWEEN if public[start] else FIRST, ())
    best, queue, count = {}, [(0.0, 0, begin)], itertools.count(1)
    while queue:
        seconds, _, state = heapq.heappop(queue)
        if state in best:
            continue
        best[state] = seconds
        node, run, passed = state
        onward = [(0.0, (node, run + 1, ()))] if run < LAST else []
        turns = [
            (edge, after, cost)
            for edge, after, cost, shut in around[node]
            if np.isfinite(cost)
            and (not shut if run == BETWEEN else restricted[edge])
            and (run != BETWEEN or allowed(node, passed, edge))
        ]
        if run == BETWEEN and passed and node in turning_back_forbidden:
            others = [turn for turn in turns if turn[0] != passed[-1]]
            turns = others or turns
        onward += [
            (cost, (after, run, (*passed, edge)[-remembered:] if run == BETWEEN else ())) for edge, after, cost in turns
        ]
        for cost, after in onward:
            heapq.heappush(queue, (seconds + cost, next(count), after))
    found = np.full(n, np.inf)
    for (node, run, _), seconds in best.items():
        if run == (BETWEEN if public[node] else LAST):
            found[node] = min(found[node], seconds)
    return found


@pytest.mark.parametrize(("mode", "bit"), [("foot", 0), ("bicycle", BICYCLE), ("car", CAR)])
@given(town=towns())
@settings(max_examples=150)
def test_copies_equal_a_search_over_all_states(mode, bit, town):
    n, at, tail, head, forward, backward, restricted, rules = town
    states = turn_states(rules, tail, head, np.full(len(tail), 100.0, np.float32), np.ones(len(tail), bool))
    graph = routing_graph(n, tail, head, restricted, states)
    place = at[graph.node_of]
    hierarchy = Hierarchy.build(graph.size, *graph.ends, place[:, 0], place[:, 1])
    engine = StreetEngine.of(hierarchy, graph, EdgeCosts(forward, backward, restricted), mode)
    seen = engine.seen
    ruled = [rule for rule in rules if rule.modes & bit]
    no_back = {node for node, modes in states.concerned.items() if modes & bit}
    expected = np.array(
        [plain_search(v, n, tail, head, forward, backward, restricted, ruled, no_back) for v in range(n)]
    )
    found = np.array([engine.times([seen.start[v]], [0.0]) for v in range(n)])
    back = np.array([engine.times([seen.end[v]], [0.0], reverse=True) for v in range(n)])
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    np.testing.assert_allclose(back.T, expected, rtol=1e-6)


@pytest.mark.parametrize(("mode", "bit"), [("foot", 0), ("car", CAR)])
@given(town=towns(), seed=st.integers(0, 2**32 - 1))
@settings(max_examples=80)
def test_streets_restricted_in_one_direction_equal_a_search_over_all_states(mode, bit, town, seed):
    n, at, tail, head, forward, backward, restricted, rules = town
    one_way = np.random.default_rng(seed).integers(0, 3, len(tail))
    passed = (restricted & (one_way == 1), restricted & (one_way == 2))
    states = turn_states(rules, tail, head, np.full(len(tail), 100.0, np.float32), np.ones(len(tail), bool))
    graph = routing_graph(n, tail, head, restricted, states)
    place = at[graph.node_of]
    hierarchy = Hierarchy.build(graph.size, *graph.ends, place[:, 0], place[:, 1])
    engine = StreetEngine.of(hierarchy, graph, EdgeCosts(forward, backward, restricted, passed=passed), mode)
    ruled = [rule for rule in rules if rule.modes & bit]
    no_back = {node for node, modes in states.concerned.items() if modes & bit}
    expected = np.array(
        [plain_search(v, n, tail, head, forward, backward, restricted, ruled, no_back, passed) for v in range(n)]
    )
    found = np.array([engine.times([engine.seen.start[v]], [0.0]) for v in range(n)])
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def restrictions_of(random, restricted):
    """Masks by which each edge may be restricted for some modes and always is for some of these."""
    few, kinds = list(BITS.values()), random.integers(0, 8, (2, len(restricted)))
    maybe = np.where(restricted, np.where(kinds[0] > 0, kinds[0], random.choice(few, len(restricted))), 0).astype(
        np.int8
    )
    always = np.where(random.random(len(restricted)) < 0.7, maybe, maybe & kinds[1]).astype(np.int8)
    return Restrictions(maybe, always)


def masked(random, town, restrictions, bit):
    """Seconds and what is restricted for one mode of a town, as its masks allow."""
    _, _, tail, _, forward, backward, *_ = town
    sometimes = random.random(len(tail)) < 0.5
    restricted = (restrictions.always & bit > 0) | ((restrictions.maybe & bit > 0) & sometimes)
    closed = random.random(len(tail)) < 0.1
    return (*(np.where(closed, np.inf, one).astype(np.float32) for one in (forward, backward)), restricted & ~closed)


@pytest.mark.parametrize(("mode", "turn_bit"), [("foot", 0), ("bicycle", BICYCLE), ("car", CAR)])
@given(town=towns(), seed=st.integers(0, 2**32 - 1), n_later=st.integers(0, 3))
@settings(max_examples=150)
def test_runs_that_change_at_gates_alone_equal_a_search_over_all_states(mode, turn_bit, town, seed, n_later):
    n, at, tail, head, _, _, restricted, rules = town
    random = np.random.default_rng(seed)
    restrictions = restrictions_of(random, restricted)
    states = turn_states(rules, tail, head, np.full(len(tail), 100.0, np.float32), np.ones(len(tail), bool))
    first = len(tail) - n_later if not rules else len(tail)
    earlier = restrictions.take(np.arange(first)).gates(tail[:first], head[:first], n)
    gates = restrictions.gates(tail, head, n)
    assert not (earlier & ~gates).any()
    graph = routing_graph(n, tail[:first], head[:first], restricted[:first], states, gates=earlier)
    if first < len(tail):
        graph = graph.grown(tail, head, restricted, gates=gates)
    place = at[graph.node_of]
    hierarchy = Hierarchy.build(graph.size, *graph.ends, place[:, 0], place[:, 1])
    forward, backward, mine = masked(random, town, restrictions, BITS[mode])
    engine = StreetEngine.of(hierarchy, graph, EdgeCosts(forward, backward, mine), mode)
    seen = engine.seen
    ruled = [rule for rule in rules if rule.modes & turn_bit]
    no_back = {node for node, modes in states.concerned.items() if modes & turn_bit}
    public = np.zeros(n, bool)
    open_ = (np.isfinite(forward) | np.isfinite(backward)) & ~mine
    public[tail[open_]] = public[head[open_]] = True
    assume(first == len(tail) or (public == seen.public).all())  # what was added makes no old place public
    expected = np.array([plain_search(v, n, tail, head, forward, backward, mine, ruled, no_back) for v in range(n)])
    found = np.array(
        [engine.times([seen.start[v], graph.last[v]][: 2 - public[v]], [0.0] * (2 - public[v])) for v in range(n)]
    )
    back = np.array(
        [
            engine.times([seen.end[v], graph.first[v]][: 2 - public[v]], [0.0] * (2 - public[v]), reverse=True)
            for v in range(n)
        ]
    )
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    np.testing.assert_allclose(back.T, expected, rtol=1e-6)


def halved(n, tail, head, forward, backward, restricted, rules):
    """The town with a node in the middle of each edge: edge e becomes e, from its tail, and e + m, to its head."""
    m = len(tail)
    middle = n + np.arange(m)

    def half(edge, node):
        return edge if tail[edge] == node else edge + m

    def ruled(rule):
        nodes, edges = [rule.via_nodes[0]], []
        for edge, after in zip(rule.via_edges, rule.via_nodes[1:], strict=True):
            edges += [half(edge, nodes[-1]), half(edge, after)]
            nodes += [int(middle[edge]), after]
        first, last = half(rule.from_edge, rule.via_nodes[0]), half(rule.to_edge, rule.via_nodes[-1])
        return TurnRule(first, tuple(nodes), tuple(edges), last, rule.only, rule.modes)

    return (
        np.concatenate([tail, middle]),
        np.concatenate([middle, head]),
        np.tile(forward / 2, 2),
        np.tile(backward / 2, 2),
        np.tile(restricted, 2),
        [ruled(rule) for rule in rules],
    )


@pytest.mark.parametrize(("mode", "bit"), [("foot", 0), ("bicycle", BICYCLE), ("car", CAR)])
@given(town=towns())
@settings(max_examples=25)
def test_places_in_the_middle_of_streets_equal_a_search_over_halved_streets(mode, bit, town):
    n, at, tail, head, forward, backward, restricted, rules = town
    m = len(tail)
    states = turn_states(rules, tail, head, np.full(m, 100.0, np.float32), np.ones(m, bool))
    bits = np.where(restricted, BITS[mode], 0).astype(np.int8)
    graph = routing_graph(n, tail, head, restricted, states, gates=Restrictions(bits, bits).gates(tail, head, n))
    place = at[graph.node_of]
    hierarchy = Hierarchy.build(graph.size, *graph.ends, place[:, 0], place[:, 1])
    engine = StreetEngine.of(hierarchy, graph, EdgeCosts(forward, backward, restricted), mode)
    positions = Positions(np.arange(m, dtype=np.int32), np.full(m, 0.5), np.zeros(m))
    ends = [
        seeds(positions, numbers, (forward, backward), 1.0, reverse=reverse, further=further)
        for reverse, numbers, further in (
            (False, engine.seen.arrivals, engine.seen.further_arrivals),
            (True, engine.seen.entries, engine.seen.further_entries),
        )
    ]
    found = engine.matrix(*ends[0], *ends[1])
    tails, heads, ahead, behind, closed, ruled = halved(n, tail, head, forward, backward, restricted, rules)
    concerned = [rule for rule in ruled if rule.modes & bit]
    no_back = {node for node, modes in states.concerned.items() if modes & bit}
    no_back |= {n + e for e in range(m)}
    expected = np.array(
        [plain_search(n + e, n + m, tails, heads, ahead, behind, closed, concerned, no_back)[n:] for e in range(m)]
    )
    apart = ~np.eye(m, dtype=bool)  # the way along one edge itself is not the search's
    np.testing.assert_allclose(found[apart], expected[apart], rtol=1e-6)
    for e in range(m):
        one = Positions(np.array([e], np.int32), np.array([0.5]), np.zeros(1))
        begin = seeds(
            one, engine.seen.arrivals, (forward, backward), 1.0, reverse=False, further=engine.seen.further_arrivals
        )
        _, at_tail, at_head = engine.times_at_ends(begin.nodes, begin.seconds)
        by_ends = np.minimum(at_tail + forward / 2, at_head + backward / 2)
        others = np.arange(m) != e
        np.testing.assert_allclose(by_ends[others], expected[e][others], rtol=1e-6)
        finish = seeds(
            one, engine.seen.entries, (forward, backward), 1.0, reverse=True, further=engine.seen.further_entries
        )
        _, at_tail, at_head = engine.times_at_ends(finish.nodes, finish.seconds, reverse=True)
        to_ends = np.minimum(at_tail + backward / 2, at_head + forward / 2)
        np.testing.assert_allclose(to_ends[others], expected[:, e][others], rtol=1e-6)
