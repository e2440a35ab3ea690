"""Barriers as edges: a node that may stop somebody becomes an edge without length between the streets that meet there.

So a street is open up to its barrier from both sides, however far the next mapped node is; what passing
costs stands on the edge, and every search, isochrone and change of costs finds it there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.turn_rules import TurnRule

#: Least seconds of passing a barrier that lets one through: no circle of edges is free of cost.
LEAST_S = 0.01


@dataclass(frozen=True, eq=False)
class SplitStreets:
    """Streets after their barriers were split off.

    Attributes
    ----------
    tail, head
        Nodes at the ends of each edge, those of barriers last, shape (m + barriers,).
    way
        Row of ``ways`` of each edge, shape (m + barriers,); that of a street beside it for a barrier.
    copied
        The node that each new node, behind those there were, lies at, shape (k,).
    barriers
        ``edge``, ``share`` (of the barrier's seconds: passing takes two edges where more than two streets meet)
        and the node's tags, a row an edge.
    rules
        Turn rules, over the edges of barriers.
    """

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    way: NDArray[np.int32]
    copied: NDArray[np.int64]
    barriers: pd.DataFrame
    rules: tuple[TurnRule, ...]


def split_barriers(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    way: NDArray[np.int32],
    n_nodes: int,
    node_tags: pd.DataFrame,
    rules: Iterable[TurnRule] = (),
) -> SplitStreets:
    """Split the nodes of barriers: each street that meets there ends in a node of its own.

    Between two streets lies one edge; where more meet, the node stays in their middle, with an edge to each.
    Where a street ends at its barrier there is nothing to pass.

    Parameters
    ----------
    tail, head
        Nodes at the ends of each edge, shape (m,).
    way
        Row of ``ways`` of each edge, shape (m,).
    n_nodes
        Number of nodes.
    node_tags
        The nodes to split: ``node`` and tag columns, each node once.
    rules
        Turn rules on the edges.

    Returns
    -------
    SplitStreets
    """
    m = len(tail)
    ends = np.concatenate([tail, head]).astype(np.int64)
    degree = np.bincount(ends, minlength=n_nodes)
    nodes = node_tags["node"].to_numpy(np.int64)
    split = np.zeros(n_nodes, bool)
    split[nodes[degree[nodes] >= 2]] = True
    # Half edges at the nodes to split, edge by edge at each.
    half = np.flatnonzero(split[ends])
    half = half[np.lexsort((half % m, ends[half]))]
    at = ends[half]
    first = np.r_[True, at[1:] != at[:-1]] if len(at) else np.zeros(0, bool)
    kept = first & (degree[at] == 2)
    moved, at = half[~kept], at[~kept]
    copies = n_nodes + np.arange(len(moved))
    ends[moved] = copies
    row = pd.Series(np.arange(len(nodes)), index=nodes)
    barriers = node_tags.drop(columns="node").iloc[row[at].to_numpy(np.int64)].reset_index(drop=True)
    barriers.insert(0, "edge", m + np.arange(len(moved)))
    barriers.insert(1, "share", np.where(degree[at] == 2, 1.0, 0.5))
    new_tail, new_head = ends.reshape(2, -1)
    streets = SplitStreets(
        tail=np.concatenate([new_tail, at]).astype(np.int32),
        head=np.concatenate([new_head, copies]).astype(np.int32),
        way=np.concatenate([way, way[moved % m]]).astype(np.int32),
        copied=at,
        barriers=barriers,
        rules=tuple(rules),
    )
    return replace(streets, rules=tuple(_over_barriers(rule, streets, tail, n_nodes) for rule in streets.rules))


def below(ids: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """New ids below zero and below all there are.

    Parameters
    ----------
    ids
        Those there are.
    count
        How many are wanted.

    Returns
    -------
    int64 array of shape (count,), descending.
    """
    lowest = min(0, int(ids.min())) if len(ids) else 0
    return lowest - 1 - np.arange(count, dtype=np.int64)


def _over_barriers(rule: TurnRule, streets: SplitStreets, tail: NDArray[np.int32], n_nodes: int) -> TurnRule:
    """A turn rule where barriers at its junctions are passed on the way."""
    m = len(tail)
    edges, nodes, passed = [rule.from_edge, *rule.via_edges, rule.to_edge], [], []
    for number, via in enumerate(rule.via_nodes):
        at = [
            int(streets.tail[edge] if tail[edge] == via else streets.head[edge]) for edge in edges[number : number + 2]
        ]
        nodes.append(at[0])
        for node in [via, at[1]] if at[0] != at[1] else []:
            if node != nodes[-1]:
                copy = max(node, nodes[-1])
                passed.append(m + copy - n_nodes)
                nodes.append(node)
        if number + 1 < len(rule.via_nodes):
            passed.append(edges[number + 1])
    return replace(rule, via_nodes=tuple(nodes), via_edges=tuple(passed))
