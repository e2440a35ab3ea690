"""Betweenness: which streets residents pass on their way to the hub."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._kernels import Float32, Float64, Int32, Int64, kernel
from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.routing_graph import RoutingGraph
from tesoma_geo.network.streets.snap import Points, Positions, ways_on_one_edge

NONE = -1


def betweenness(
    router: StreetRouter, origins: Points | Positions, weights: ArrayLike, hub: Points | Positions
) -> gpd.GeoDataFrame:
    """Residents who pass each street on their shortest way to the hub.

    Unit: residents

    Formula: b_e = Σ_i P_i [e lies on the shortest way from i to its best entrance]

    Edge cases: of several ways that are equally short one is taken; a street on which a way begins counts
    when it is walked along; residents without a way are nowhere.

    Source: Freeman (1977), Sociometry 40; weighted and towards one place as in Kazerani and Winter (2009)

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins
        GeoDataFrame of points, longitudes and latitudes of shape (n, 2), or positions on the router's streets.
    weights
        Residents of each, 0 or more, shape (n,).
    hub
        Its entrances; the best counts.

    Returns
    -------
    A row a street segment that somebody passes: ``edge`` (row in the network), ``value``, and its line in the
    network's CRS.

    Raises
    ------
    InputError
        Weights of another shape, negative or not finite.
    """
    network = router.network
    at_origins, at_hub = router.snap(origins), router.snap(hub)
    residents = np.asarray(weights, np.float64)
    if residents.shape != at_origins.edge.shape or not ((residents >= 0) & np.isfinite(residents)).all():
        raise InputError(
            f"The weights have the shape {residents.shape} for {len(at_origins.edge)} origins, or are not 0 or more",
            "Give one finite weight an origin",
        )
    graph, costs = router.engine.seen.graph, router.engine.costs
    tail, head = graph.ends
    at_hub = at_hub.flat()
    arriving = router.seeds_of(at_hub, reverse=True)
    seconds = costs.times(arriving.nodes, arriving.seconds, reverse=True)
    by_node = _next_edges(tail, head, costs.forward_s, costs.backward_s, seconds)
    ending = np.flatnonzero(seconds[arriving.nodes] >= arriving.seconds)
    by_node[arriving.nodes[ending]] = NONE
    onto, on_edge = _first_nodes(router, _chosen(router, at_origins, seconds), at_hub, seconds)
    starting = np.bincount(onto[onto >= 0], residents[onto >= 0], minlength=graph.size).astype(np.float64)
    order = np.lexsort((_rank(graph), -seconds))
    order = order[np.isfinite(seconds[order])]
    by_number, here = _gather(order, by_node, tail, head, starting, len(tail))
    real = graph.street_of >= 0
    passed = np.bincount(graph.street_of[real], by_number[real], minlength=network.n_edges)
    np.add.at(passed, on_edge[on_edge >= 0], residents[on_edge >= 0])
    # The last stretch, from the last node along the street of the entrance.
    last, first_of = np.unique(arriving.nodes[ending], return_index=True)
    entrance = np.repeat(np.arange(len(at_hub.edge)), np.diff(arriving.offsets))[ending[first_of]]
    walked = _along(router, at_hub, entrance, last) > 0
    np.add.at(passed, at_hub.edge[entrance[walked]], here[last[walked]])
    edges = np.flatnonzero((passed > 0) & ~network.is_barrier)
    table = pd.DataFrame({"edge": edges, "value": passed[edges]})
    return gpd.GeoDataFrame(table, geometry=network.segments[edges], crs=network.crs)


def _chosen(router: StreetRouter, positions: Positions, seconds: NDArray[np.float32]) -> Positions:
    """The positions that ways to the hub begin at, where points have several."""
    chosen, least = None, np.full(len(positions.edge), np.inf)
    for one in positions.each():
        starts = router.seeds_of(one, reverse=False)
        best = np.full(len(least), np.inf)
        at = np.repeat(np.arange(len(least)), np.diff(starts.offsets))
        np.minimum.at(best, at, starts.seconds + seconds[starts.nodes])
        chosen = one if chosen is None else one.where(best < least, chosen)
        least = np.minimum(least, best)
    return positions if chosen is None else chosen


def _first_nodes(
    router: StreetRouter, positions: Positions, at_hub: Positions, seconds: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The node that each position goes to first, and the edge that it walks along to it; -1 where there is none.

    Who is on one street with the hub walks along it to no node.
    """
    starts = router.seeds_of(positions, reverse=False)
    position = np.repeat(np.arange(len(positions.edge)), np.diff(starts.offsets))
    total = starts.seconds + seconds[starts.nodes]
    best = np.full(len(positions.edge), np.inf)
    np.minimum.at(best, position, total)
    chosen = np.flatnonzero(np.isfinite(total) & (total == best[position]))[::-1]
    onto = np.full(len(positions.edge), NONE, np.int64)
    onto[position[chosen]] = starts.nodes[chosen]
    row, _, along_s = ways_on_one_edge(
        positions, at_hub, (router.costs.forward_s, router.costs.backward_s), router.profile.foot_speed_ms
    )
    with_hub = row[np.isfinite(along_s) & (along_s <= best[row])]
    onto[with_hub] = NONE
    along = _along(router, positions, np.arange(len(onto)), onto)
    on_edge = np.where((onto >= 0) & (along > 0), positions.edge, NONE)
    on_edge[with_hub] = positions.edge[with_hub]
    return onto, on_edge


def _along(
    router: StreetRouter, positions: Positions, rows: NDArray[np.int64], nodes: NDArray[np.integer[Any]]
) -> NDArray[np.float64]:
    """The share of its edge that lies between each of some positions and a node at an end of it."""
    to_tail = router.engine.seen.graph.node_of[nodes] == router.network.tail[positions.edge[rows]]
    return np.where(to_tail, positions.fraction[rows], 1.0 - positions.fraction[rows])


def _rank(graph: RoutingGraph) -> NDArray[np.int8]:
    """The order of nodes and copies that steps without cost join: first runs, what lies between, last runs."""
    rank = np.ones(graph.size, np.int8)
    rank[graph.first[graph.first != graph.node_at]] = 0
    rank[graph.arrived[graph.arrived != graph.node_at]] = 2
    rank[graph.last[graph.last != graph.node_at]] = 3
    return rank


@kernel
def _next_edges(tail: Int32, head: Int32, forward_s: Float32, backward_s: Float32, seconds: Float32) -> Int32:
    """The edge by which each node comes closest to the seconds it has; -1 where none is open."""
    best = np.full(seconds.size, np.inf)
    edge = np.full(seconds.size, NONE, np.int32)
    for e in range(tail.size):
        for start, end, cost in ((tail[e], head[e], forward_s[e]), (head[e], tail[e], backward_s[e])):
            through = np.float64(cost) + np.float64(seconds[end])
            if through < best[start] and start != end:
                best[start] = through
                edge[start] = e
    return edge


@kernel
def _gather(
    order: Int64, by_node: Int32, tail: Int32, head: Int32, starting: Float64, edges: int
) -> tuple[Float64, Float64]:
    """What passes each edge and each node, when what starts at nodes goes on by their edges, the farthest first."""
    passed = np.zeros(edges)
    here = starting.copy()
    for node in order:
        edge = by_node[node]
        if edge != NONE and here[node] > 0.0:
            passed[edge] += here[node]
            here[head[edge] if tail[edge] == node else tail[edge]] += here[node]
    return passed, here
