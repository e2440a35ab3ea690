"""The search as streets are numbered: copies of nodes and edges go in and come out as what they stand for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from tesoma_geo._arrays import Float32, Float64, Int32, Int64
from tesoma_geo.network.engine import CustomisedCosts, DecayCurve, Hierarchy, Path
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.mode_graph import ModeGraph
from tesoma_geo.network.streets.routing_graph import RoutingGraph

Number = TypeVar("Number", bound=np.generic)


def mode_graph(graph: RoutingGraph, costs: EdgeCosts, mode: str, turn_s: Float64 | None = None) -> ModeGraph:
    """A routing graph as the mode sees it that some costs are for.

    Parameters
    ----------
    graph
        The routing graph of the streets.
    costs
        Seconds on every street edge, and which are restricted.
    mode
        ``"foot"``, ``"bicycle"`` or ``"car"``.
    turn_s
        Seconds that each turn of the graph costs, shape (turns,); nothing where it is None.

    Returns
    -------
    ModeGraph
    """
    open_ = (np.isfinite(costs.forward_s) | np.isfinite(costs.backward_s)) & ~costs.restricted
    # A street that is added to a private one takes nothing away from those who live there.
    public = graph.added.touched(graph.tail, graph.head, open_, graph.n_nodes)
    return ModeGraph(graph, costs.restricted, mode, public, costs.shut(graph.n_edges), turn_s)


@dataclass(frozen=True, eq=False)
class StreetEngine:
    """A contracted network with the costs of one profile.

    Seeds are given by the numbers of the routing graph (see :attr:`ModeGraph.arrivals`); what is found is told
    by node and by street edge.

    Attributes
    ----------
    seen
        The routing graph, as the profile's mode sees it.
    costs
        The contracted graph with the seconds of all its edges.
    """

    seen: ModeGraph
    costs: CustomisedCosts

    @classmethod
    def of(
        cls,
        hierarchy: Hierarchy,
        graph: RoutingGraph,
        costs: EdgeCosts,
        mode: str,
        turn_s: Float64 | None = None,
    ) -> Self:
        """The engine of some costs.

        Parameters
        ----------
        hierarchy
            Of the routing graph.
        graph
            The routing graph of the streets.
        costs
            Seconds on every street edge, and which are restricted.
        mode
            ``"foot"``, ``"bicycle"`` or ``"car"``.
        turn_s
            Seconds that each turn of the graph costs, shape (turns,); nothing where it is None.

        Returns
        -------
        StreetEngine
            With the seconds of all edges of the routing graph.
        """
        seen = mode_graph(graph, costs, mode, turn_s)
        return cls(seen, CustomisedCosts.of(hierarchy, *seen.costs(costs.forward_s, costs.backward_s)))

    def updated(self, edges: npt.ArrayLike, costs: EdgeCosts) -> Self:
        """The engine with other costs on some street edges; this one stays as it is.

        Parameters
        ----------
        edges
            Street edges whose costs differ, shape (k,).
        costs
            Seconds on every street edge afterwards; what is restricted is as before.

        Returns
        -------
        StreetEngine
            On the same routing graph.
        """
        graph = self.seen.graph
        streets = np.asarray(edges, np.int64)
        numbers = np.concatenate([graph.edge_at[streets], graph.further_at[self._further_touched(streets)]])
        forward_s, backward_s = self.seen.costs(costs.forward_s, costs.backward_s)
        return replace(self, costs=self.costs.updated(numbers, forward_s[numbers], backward_s[numbers]))

    def _further_touched(self, streets: Int64) -> Int64:
        """The further edges of some streets, and the turns back where a way on may have closed or opened."""
        graph = self.seen.graph
        touched: Int64 = graph.further_edges_of(streets)
        return np.union1d(touched, np.flatnonzero(graph.back)) if len(touched) else touched

    def times(self, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False) -> Float32:
        """Least seconds from any of the seeds to every node, or with ``reverse`` back, shape (n,).

        Parameters
        ----------
        nodes
            Numbers of the graph, shape (k,).
        seconds
            Already spent at each, shape (k,).
        reverse
            Seconds to the seeds instead.

        Returns
        -------
        float32 array of shape (n,)
            Seconds by street node, ``inf`` where there is no way.
        """
        times_s = self.costs.times(nodes, seconds, reverse)
        return self._by_node(times_s, reverse)

    def times_at_ends(
        self, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False
    ) -> tuple[Float32, Float32, Float32]:
        """Least seconds to every node, to where each street edge is entered at its tail, and at its head.

        With ``reverse`` from every node, and from each end of an edge on reaching it along the edge.

        Parameters
        ----------
        nodes
            Numbers of the graph, shape (k,).
        seconds
            Already spent at each, shape (k,).
        reverse
            Seconds to the seeds instead.

        Returns
        -------
        tuple of float32 of shapes (n,), (m,), (m,).
        """
        times_s = self.costs.times(nodes, seconds, reverse)
        if reverse:
            tail, head = self.seen.arrivals
            return self._by_node(times_s, reverse), times_s[tail], times_s[head]
        tail, head = self.seen.entries
        at_tail, at_head = times_s[tail], times_s[head]
        edges, is_head, copies, turn_s = self.seen.further_entries
        entered = times_s[copies] + turn_s
        np.minimum.at(at_tail, edges[~is_head], entered[~is_head])
        np.minimum.at(at_head, edges[is_head], entered[is_head])
        return self._by_node(times_s, reverse), at_tail, at_head

    def times_many(
        self, offsets: npt.ArrayLike, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False
    ) -> Float32:
        """Least seconds from each place to every node, or with ``reverse`` back, shape (places, n).

        Parameters
        ----------
        offsets, nodes, seconds
            Seeds of the places in CSR form.
        reverse
            Seconds to the places instead.

        Returns
        -------
        float32 array of shape (places, n)
            Seconds by place and street node, ``inf`` where there is no way.
        """
        times_s = self.costs.times_many(offsets, nodes, seconds, reverse)
        return self._by_node(times_s.T, reverse).T

    def matrix(
        self,
        origin_offsets: npt.ArrayLike,
        origin_nodes: npt.ArrayLike,
        origin_seconds: npt.ArrayLike,
        destination_offsets: npt.ArrayLike,
        destination_nodes: npt.ArrayLike,
        destination_seconds: npt.ArrayLike,
    ) -> Float32:
        """Least seconds from each origin to each destination, shape (origins, destinations).

        Parameters
        ----------
        origin_offsets, origin_nodes, origin_seconds
            Seeds of the origins in CSR form.
        destination_offsets, destination_nodes, destination_seconds
            Seeds of the destinations in CSR form.

        Returns
        -------
        float32 array of shape (origins, destinations)
            Seconds, ``inf`` where there is no way.
        """
        return self.costs.matrix(
            origin_offsets, origin_nodes, origin_seconds, destination_offsets, destination_nodes, destination_seconds
        )

    def bounded_sum(
        self,
        offsets: npt.ArrayLike,
        nodes: npt.ArrayLike,
        seconds: npt.ArrayLike,
        weights: npt.ArrayLike,
        cutoff_s: float,
        decay: DecayCurve | None = None,
        reverse: bool = True,
    ) -> Float64:
        """For every node the sum over the places within a cutoff of weight times decay, shape (n,).

        Parameters
        ----------
        offsets, nodes, seconds
            Seeds of the places in CSR form.
        weights
            What there is at each place, shape (places,).
        cutoff_s
            Seconds; a place this far away still counts.
        decay
            What a place counts for by its seconds; 1 unless given.
        reverse
            Seconds from the nodes to the places, or if false back.

        Returns
        -------
        float64 array of shape (n,)
            In the unit of ``weights``, 0 where no place is within the cutoff.
        """
        sums = self.costs.bounded_sum(offsets, nodes, seconds, weights, cutoff_s, decay, reverse)
        return self._by_node(sums, reverse)

    def nearest(
        self,
        offsets: npt.ArrayLike,
        nodes: npt.ArrayLike,
        seconds: npt.ArrayLike,
        count: int,
        cutoff_s: float = np.inf,
        reverse: bool = True,
    ) -> tuple[Float32, Int32]:
        """The nearest places of every node: seconds and which they are, shape (n, count).

        Parameters
        ----------
        offsets, nodes, seconds
            Seeds of the places in CSR form.
        count
            How many.
        cutoff_s
            Those farther do not count, in seconds.
        reverse
            Seconds from the nodes to the places, or if false back.

        Returns
        -------
        tuple of float32 and int32 arrays of shape (n, count)
            Seconds (``inf`` where there is none) and rows of the places (-1), the nearest first.
        """
        times_s, places = self.costs.nearest(offsets, nodes, seconds, count, cutoff_s, reverse)
        return self._by_node(times_s, reverse), self._by_node(places, reverse)

    def path(
        self, from_nodes: npt.ArrayLike, from_seconds: npt.ArrayLike, to_nodes: npt.ArrayLike, to_seconds: npt.ArrayLike
    ) -> Path:
        """The shortest path between two places, each given by its seeds, over street nodes and edges.

        Parameters
        ----------
        from_nodes, from_seconds
            Seeds of the first place.
        to_nodes, to_seconds
            Seeds of the second.

        Returns
        -------
        Path
            Street nodes and edges in the order they are passed; ``inf`` seconds and no node where there is no way.
        """
        return self._over_streets(self.costs.path(from_nodes, from_seconds, to_nodes, to_seconds))

    def paths_to(
        self,
        offsets: npt.ArrayLike,
        nodes: npt.ArrayLike,
        seconds: npt.ArrayLike,
        to_nodes: npt.ArrayLike,
        to_seconds: npt.ArrayLike,
    ) -> Iterator[Path]:
        """The shortest path from each of many places to one: those of :meth:`path`, sooner.

        Parameters
        ----------
        offsets, nodes, seconds
            Seeds of the places in CSR form.
        to_nodes, to_seconds
            Seeds of the one.

        Yields
        ------
        Path
            As of :meth:`path`.
        """
        yield from map(self._over_streets, self.costs.paths_to(offsets, nodes, seconds, to_nodes, to_seconds))

    def _over_streets(self, way: Path) -> Path:
        if self._plain:
            return way
        graph = self.seen.graph
        nodes, edges = graph.node_of[way.nodes], graph.street_of[way.edges]
        passed = edges >= 0
        return Path(way.seconds, np.concatenate([nodes[:1], nodes[1:][passed]]), edges[passed])

    @property
    def _plain(self) -> bool:
        """Whether every node is only itself."""
        return self.seen.graph.size == self.seen.graph.n_nodes

    def _by_node(self, answers: NDArray[Number], reverse: bool) -> NDArray[Number]:
        """Answers by street node out of those by number: trips from a node begin at its start, others end at its end.

        Most nodes stand where they are numbered: their answers are taken as a block, in a fifth of the time.
        """
        nodes, numbers = self._elsewhere_from if reverse else self._elsewhere_to
        by_node = answers[: self.seen.graph.n_nodes]
        if len(nodes):
            by_node = by_node.copy(order="K")
            by_node[nodes] = answers[numbers]
        return by_node

    @cached_property
    def _elsewhere_from(self) -> tuple[Int64, Int32]:
        """Nodes where trips begin at another number than the node's own place, and that number."""
        return _elsewhere(self.seen.start)

    @cached_property
    def _elsewhere_to(self) -> tuple[Int64, Int32]:
        """Nodes where trips end at another number than the node's own place, and that number."""
        return _elsewhere(self.seen.end)


def _elsewhere(numbers: Int32) -> tuple[Int64, Int32]:
    nodes = np.flatnonzero(numbers != np.arange(len(numbers)))
    return nodes, numbers[nodes]
