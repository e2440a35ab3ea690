"""Stretches of streets: what lies between two junctions, with the pavements and paths along it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.network.streets.network import Streets

#: A way without a name whose middle lies this near to a street with one belongs to it: pavements, cycle ways
#: (assumption: half of a wide street).
ALONGSIDE_M = 20.0


@dataclass(frozen=True, eq=False)
class Stretches:
    """The streets of a network between their junctions.

    Attributes
    ----------
    of_edge
        Number of the stretch of each edge, shape (m,); -1 for streets that are not on the map.
    street
        Name of each stretch's street; empty where it has none.
    """

    of_edge: NDArray[np.int64]
    street: NDArray[np.object_]


def stretches(network: Streets) -> Stretches:
    """Divide the streets of a map at their junctions.

    Streets with a name are divided where they meet each other; ways without one that run along such a street are parts
    of its stretch, all others are divided wherever ways meet. Streets that were added to the map are in none.

    Parameters
    ----------
    network
        The streets.

    Returns
    -------
    Stretches
        Numbered in the order of their first edges.
    """
    mapped = network.is_mapped
    if "name" in network.ways:
        names = network.ways["name"].to_numpy(object)[network.way]
        names = np.where(pd.isna(names) | ~mapped, "", names)
    else:
        names = np.full(network.n_edges, "", object)
    named = names != ""
    chain = np.full(network.n_edges, -1, np.int64)
    for chosen, first in ((named, 0), (mapped & ~named, network.n_edges)):
        edges = np.flatnonzero(chosen)
        chain[edges] = first + _chains(network.tail[edges], network.head[edges], names[edges], network.n_nodes)
    beside, street_edge = _alongside(network, np.flatnonzero(mapped & ~named), np.flatnonzero(named))
    chain[beside], names[beside] = chain[street_edge], names[street_edge]
    of_edge = np.full(network.n_edges, -1, np.int64)
    _, first_edge, number = np.unique(chain[mapped], return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first_edge))
    of_edge[mapped] = rank[number]
    street = np.full(len(rank), "", object)
    street[rank] = names[mapped][first_edge]
    return Stretches(of_edge, street)


def _chains(
    tail: NDArray[np.int32], head: NDArray[np.int32], names: NDArray[np.object_], n_nodes: int
) -> NDArray[np.int64]:
    """Number of the chain of each edge: edges that meet where exactly two of them do, of one name, are of one chain."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(tail)
    ends = np.concatenate([tail, head])
    edge = np.tile(np.arange(count), 2)
    order = np.argsort(ends, kind="stable")
    ends, edge = ends[order], edge[order]
    through = np.bincount(ends, minlength=n_nodes) == 2
    starts = np.flatnonzero(np.r_[True, ends[1:] != ends[:-1]]) if count else np.empty(0, np.int64)
    starts = starts[through[ends[starts]]]
    first, second = edge[starts], edge[starts + 1]
    same = names[first] == names[second]
    joined = coo_array((np.ones(int(same.sum()), bool), (first[same], second[same])), shape=(count, count))
    numbers: NDArray[np.int64] = connected_components(joined.tocsr(), directed=False)[1].astype(np.int64)
    return numbers


def _alongside(
    network: Streets, ways: NDArray[np.int64], streets: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ways that run along a street, and the edge of the street that is nearest to the middle of each."""
    if not len(ways) or not len(streets):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    middle = shapely.line_interpolate_point(network.segments[ways], 0.5, normalized=True)
    tree = shapely.STRtree(network.segments[streets])
    at, near = tree.query_nearest(middle, max_distance=ALONGSIDE_M, all_matches=True)
    first = np.unique(at, return_index=True)[1]  # of several equally near the first, whatever order the tree has
    near = np.minimum.reduceat(near, first) if len(first) else near
    return ways[at[first]], streets[near]
