"""Parts of a contracted graph."""

import numpy as np

from tesoma_geo.network.engine.elimination import NO_PARENT
from tesoma_geo.network.engine.part import nothing, with_more
from tesoma_geo.network.engine.sweep import Directed, with_ancestors


def parts(costs):
    """The whole, a part of it, that part with more, and the number of each position."""
    h = costs.hierarchy
    graph, place = Directed.of(h, costs.up, costs.down, reverse=False), np.full(h.n_nodes, -1, np.int32)
    first = with_more(nothing(), graph, np.array([700, 80, 700], np.int32), place)
    more = with_more(first, graph, np.array([333, 80, 851], np.int32), place)
    return graph, first, more, place


def test_what_is_added_stands_behind_with_all_its_ancestors(costs):
    graph, first, more, place = parts(costs)
    before = with_ancestors(graph.parent, np.array([80, 700], np.int32))
    added = np.setdiff1d(with_ancestors(graph.parent, np.array([333, 851], np.int32)), before)
    assert len(added)
    assert place[before].tolist() == list(range(len(before)))
    assert place[added].tolist() == list(range(len(before), len(before) + len(added)))
    assert np.count_nonzero(place >= 0) == more.parent.size
    assert [more.parent[: len(before)].tolist(), more.end[: len(before)].tolist()] == [
        first.parent.tolist(),
        first.end.tolist(),
    ]


def test_arcs_and_parents_are_those_of_the_whole(costs):
    graph, _, part, place = parts(costs)
    for node in np.flatnonzero(place >= 0):
        arcs, whole_arcs = (slice(*g.arc_first[i : i + 2]) for g, i in ((part, place[node]), (graph, node)))
        assert part.arc_head[arcs].tolist() == place[graph.arc_head[whole_arcs]].tolist()
        assert part.rising_s[arcs].tolist() == graph.rising_s[whole_arcs].tolist()
        assert part.falling_s[arcs].tolist() == graph.falling_s[whole_arcs].tolist()
        above = graph.parent[node]
        assert part.parent[place[node]] == (NO_PARENT if above == NO_PARENT else place[above])


def test_a_subtree_ends_where_the_next_of_what_was_added_lies_outside_it(costs):
    graph, first, part, place = parts(costs)
    number = np.full(part.parent.size, -1)
    number[place[place >= 0]] = np.flatnonzero(place >= 0)
    for piece in (range(first.parent.size), range(first.parent.size, part.parent.size)):
        for i in piece:
            below = [j for j in piece if number[i] <= number[j] < graph.end[number[i]]]
            assert below == list(range(i, part.end[i]))
