"""What one mode sees of a routing graph: seconds of all edges, where trips begin, end, arrive and enter."""

import numpy as np
import pytest

from tesoma_geo.network.streets.mode_graph import ModeGraph
from tesoma_geo.network.streets.routing_graph import routing_graph
from tesoma_geo.network.streets.turn_rules import CAR, TurnRule
from tesoma_geo.network.streets.turn_states import turn_states

#: A line of nodes 0 – 1 – 2 – 3 – 4 with a side street 2 – 5.
TAIL, HEAD = np.array([0, 1, 2, 3, 2], np.int32), np.array([1, 2, 3, 4, 5], np.int32)
FORWARD, BACKWARD = np.arange(1, 6).astype(np.float32), np.arange(11, 16).astype(np.float32)
BACKWARD[4] = np.inf
#: Edges 2 and 3 are private; node 2 is their gate.
PRIVATE = np.array([False, False, True, True, False])
GATES = np.array([False, False, True, False, False, False])
PUBLIC = np.array([True, True, True, False, False, True])


def seen(restricted=PRIVATE, states=None, mode="foot", gates=GATES, turn_s=None):
    graph = routing_graph(6, TAIL, HEAD, restricted, states, gates=gates)
    public = PUBLIC if restricted is PRIVATE else np.ones(6, bool)
    return ModeGraph(graph, restricted, mode, public, (restricted, restricted), turn_s)


def ways(view):
    """Open ways between numbers of the graph, told by node and by layer, with their seconds."""
    graph = view.graph
    names = {int(at): (node, "") for node, at in enumerate(graph.node_at)}
    for layer, copies in (("first", graph.first), ("last", graph.last)):
        names |= {int(at): (node, layer) for node, at in enumerate(copies) if at != graph.node_at[node]}
    ahead, behind = view.costs(FORWARD, BACKWARD)
    found = {}
    for seconds, (begin, end) in ((ahead, graph.ends), (behind, graph.ends[::-1])):
        for at in np.flatnonzero(np.isfinite(seconds)):
            found[names[int(begin[at])], names[int(end[at])]] = float(seconds[at])
    return found


def test_private_streets_are_passed_in_the_first_and_the_last_run_alone():
    found = ways(seen())
    between = {pair for pair in found if pair[0][1] == pair[1][1] == ""}
    both_ways = {((0, ""), (1, "")), ((1, ""), (2, ""))}
    assert between == {*both_ways, *((end, begin) for begin, end in both_ways), ((2, ""), (5, ""))}
    for layer in ("first", "last"):
        inside = {pair: seconds for pair, seconds in found.items() if pair[0][1] == pair[1][1] == layer}
        assert inside == {
            ((2, layer), (3, layer)): 3.0, ((3, layer), (2, layer)): 13.0,
            ((3, layer), (4, layer)): 4.0, ((4, layer), (3, layer)): 14.0,
        }  # fmt: skip
    steps = {pair: seconds for pair, seconds in found.items() if pair[0][1] != pair[1][1]}
    assert steps == {((2, "first"), (2, "")): 0.0, ((2, ""), (2, "last")): 0.0}


def test_without_gates_a_run_may_change_at_every_node_of_a_private_street():
    steps = {pair for pair in ways(seen(gates=None)) if pair[0][1] != pair[1][1]}
    assert {node for (node, _), _ in steps} == {2, 3, 4}


def test_trips_begin_and_end_where_their_node_is_open_to_everybody():
    view = seen()
    graph = view.graph
    assert view.start[:3].tolist() == view.end[:3].tolist() == [0, 1, 2]
    assert view.start[3:5].tolist() == graph.first[3:5].tolist()
    assert view.end[3:5].tolist() == graph.last[3:5].tolist()


def test_who_begins_on_a_private_street_is_in_both_runs():
    view = seen()
    graph = view.graph
    tail, head = view.arrivals
    assert (tail[2], head[2]) == (graph.first[2], graph.first[3])
    edges, at_head, copies, seconds = view.further_arrivals
    assert edges.tolist() == [2, 2, 3, 3]
    assert at_head.tolist() == [False, True] * 2
    assert copies.tolist() == graph.last[[2, 3, 3, 4]].tolist()
    assert not seconds.any()
    tail, head = view.entries
    assert (tail[3], head[3]) == (graph.last[3], graph.last[4])
    edges, at_head, copies, _ = view.further_entries
    assert sorted(zip(edges.tolist(), at_head.tolist(), copies.tolist(), strict=True)) == [
        (2, False, graph.first[2]), (2, True, graph.first[3]), (3, False, graph.first[3]), (3, True, graph.first[4]),
    ]  # fmt: skip


@pytest.mark.parametrize(("mode", "turns"), [("car", False), ("foot", True)])
def test_a_forbidden_turn_is_open_to_other_modes(mode, turns):
    none = np.zeros(5, bool)
    rule = TurnRule(1, (2,), (), 2, False, CAR)
    states = turn_states([rule], TAIL, HEAD, np.full(5, 100.0, np.float32), np.ones(5, bool))
    view = seen(none, states, mode, gates=None)
    ahead, behind = view.costs(FORWARD, BACKWARD)
    reached, todo = set(), [int(view.start[0])]
    tail, head = view.graph.ends
    while todo:
        at = todo.pop()
        if at not in reached:
            reached.add(at)
            todo += [
                *head[(tail == at) & np.isfinite(ahead)].tolist(),
                *tail[(head == at) & np.isfinite(behind)].tolist(),
            ]
    assert (int(view.end[3]) in reached) == turns
    assert int(view.end[5]) in reached
    assert int(view.end[2]) in reached


def test_old_numbers_stay_where_streets_are_added_and_costs_find_them():
    before = seen(gates=None).graph
    tail, head = np.append(TAIL, 5).astype(np.int32), np.append(HEAD, 0).astype(np.int32)
    restricted = np.append(PRIVATE, False)
    grown = before.grown(tail, head, restricted)
    assert grown.edges_in_place == 5
    assert grown.edge_at[5] >= len(before.street_of)
    view = ModeGraph(grown, restricted, "foot", PUBLIC, (restricted, restricted))
    ahead, behind = view.costs(np.append(FORWARD, 9).astype(np.float32), np.append(BACKWARD, 8).astype(np.float32))
    assert (ahead[grown.edge_at[5]], behind[grown.edge_at[5]]) == (9.0, 8.0)
    assert np.isinf(ahead[grown.edge_at[2]])
    assert ahead[grown.edge_at[1]] == 2.0
