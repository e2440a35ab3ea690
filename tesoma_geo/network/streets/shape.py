"""What follows from where the nodes and edges of a network lie, whatever its tags and costs."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._cache import cached_entry
from tesoma_geo.network.engine import Hierarchy
from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.obstacles import Obstacles
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.routing_graph import RoutingGraph, routing_graph
from tesoma_geo.network.streets.segments import Segments, lines_of
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.streets.snap_index import ROUNDING_M, SnapIndex
from tesoma_geo.network.streets.turn_costs import nodes_told_apart
from tesoma_geo.network.streets.turn_rules import TurnRule
from tesoma_geo.network.streets.turn_states import turn_states


@dataclass(frozen=True, eq=False)
class StreetShape:
    """Nodes and edges of a network, and what is found once about them for all networks that have them.

    Attributes
    ----------
    x, y
        Coordinates of the nodes, metres, shape (n,).
    tail, head
        Node indices of each edge, shape (m,).
    restrictions
        For which modes each edge may be restricted.
    rules
        Turn rules on the edges.
    length_m, drivable
        Metres of the edges, and which of them vehicles use, shape (m,).
    sheltered
        Tunnels, bridges and motorways, which a link joins only where it is drawn on to them, shape (m,); None for none.
    known
        The routing graph and the contracted one, where they are known already.
    former
        The shape before streets were added.
    added
        Which of them were laid beside the file's own.
    streets
        Edges whose junctions turns may cost at, shape (m,); None where they cost nobody anything.
    reaches_m
        Mask of a mode whose turns cost → metres from a junction within which it is told apart.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    restrictions: Restrictions
    rules: tuple[TurnRule, ...] = ()
    length_m: NDArray[np.float32] | None = None
    drivable: NDArray[np.bool_] | None = None
    sheltered: NDArray[np.bool_] | None = None
    known: tuple[RoutingGraph, Hierarchy] | None = None
    former: "StreetShape | None" = None
    added: AddedStreets = field(default_factory=AddedStreets)
    streets: NDArray[np.bool_] | None = None
    reaches_m: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "StreetShape":
        """The shape of no streets.

        Returns
        -------
        StreetShape
            With arrays of length 0.
        """
        none, nobody = np.empty(0), np.empty(0, np.int32)
        return cls(none, none, nobody, nobody, Restrictions.unknown(np.empty(0, bool)))

    @classmethod
    def before_split(
        cls, x: NDArray[np.float64], y: NDArray[np.float64], tail: NDArray[np.int32], head: NDArray[np.int32]
    ) -> "StreetShape":
        """The shape of streets that are not split at barriers yet: nothing is found out about what will not stay.

        Parameters
        ----------
        x, y
            Coordinates of nodes, metres, shape (n,).
        tail, head
            Node indices of edges, shape (m,).

        Returns
        -------
        StreetShape
            With every edge restricted, so that no street asks for more.
        """
        return cls(x, y, tail, head, Restrictions.unknown(np.ones(len(tail), bool)))

    def is_of(
        self, x: NDArray[np.float64], y: NDArray[np.float64], tail: NDArray[np.int32], head: NDArray[np.int32]
    ) -> bool:
        """Whether it is the shape of these very arrays.

        Parameters
        ----------
        x, y
            Coordinates of nodes, metres, shape (n,).
        tail, head
            Node indices of edges, shape (m,).

        Returns
        -------
        bool
            False for other arrays, even of equal content.
        """
        return self.x is x and self.y is y and self.tail is tail and self.head is head

    @cached_property
    def restricted(self) -> NDArray[np.bool_]:
        """Edges that are restricted for some mode, or may be, shape (m,)."""
        return self.restrictions.somebody

    @property
    def straight(self) -> Segments:
        """Every edge by its ends; lines of them take ten times the memory."""
        return Segments(self.x, self.y, self.tail, self.head)

    @cached_property
    def segments(self) -> NDArray[np.object_]:
        """Every edge as a LineString in the metric system, shape (m,)."""
        if self.former is not None:
            return np.concatenate([self.former.segments, self._segments_from(len(self.former.tail))])
        return self._segments_from(0)

    @cached_property
    def segment_tree(self) -> shapely.STRtree:
        """A spatial index of all segments."""
        return shapely.STRtree(self.segments)

    def _segments_from(self, first: int) -> NDArray[np.object_]:
        return lines_of(self.straight.ends(np.arange(first, len(self.tail))))

    @cached_property
    def _index(self) -> SnapIndex:
        """All edges, ready to be searched for the nearest; what was added stands beside what was there."""
        # Barriers are edges without length: nothing joins the streets on them.
        wanted = (self.x[self.tail] != self.x[self.head]) | (self.y[self.tail] != self.y[self.head])
        if self.former is not None:
            wanted[: len(self.former.tail)] = False
        return SnapIndex.of(self.straight, wanted, sheltered=self.sheltered)

    def nearest_edges(self, xy: NDArray[np.float64], max_snap_m: float, obstacles: Obstacles) -> Positions:
        """The nearest edge of each point, whoever may use it; tunnels, bridges and motorways for points on them alone.

        Parameters
        ----------
        xy
            Points, metres, shape (k, 2).
        max_snap_m
            Farthest that they may lie from it, in metres.
        obstacles
            What is not crossed on the way to it.

        Returns
        -------
        Positions
            Of the k points; nowhere where no edge is within ``max_snap_m``, or only over water.
        """
        positions = replace(self._index, obstacles=obstacles).positions(xy, max_snap_m)
        if self.former is None:
            return positions
        before = self.former.nearest_edges(xy, max_snap_m, obstacles)
        return positions.where(positions.snap_m < before.snap_m - ROUNDING_M, before)

    @cached_property
    def graph(self) -> RoutingGraph:
        """The streets with the copies that restricted ones and turn rules need."""
        if self.known is not None:
            return self.known[0]
        states = None
        if self.length_m is not None and self.drivable is not None:
            ends, paying = (self.tail, self.head, self.length_m), {}
            if self.streets is not None:
                paying = nodes_told_apart(*ends, self.streets, len(self.x), self.reaches_m, self.added)
            states = turn_states(self.rules, *ends, self.drivable, self.added, paying)
        gates = self.restrictions.gates(self.tail, self.head, len(self.x))
        return routing_graph(len(self.x), self.tail, self.head, self.restricted, states, self.added, gates)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The contracted routing graph, kept on disk by the content of the arrays."""
        if self.known is not None:
            return self.known[1]
        graph = self.graph
        tail, head = graph.ends
        x, y = self.x[graph.node_of], self.y[graph.node_of]
        key = hashlib.sha256()
        for array in (tail, head, x, y):
            key.update(np.ascontiguousarray(array).tobytes())
        return cached_entry(
            "hierarchy",
            key.digest(),
            lambda folder: Hierarchy.load(folder / "hierarchy.npy"),
            lambda: Hierarchy.build(graph.size, tail, head, x, y),
            lambda folder, hierarchy: hierarchy.save(folder / "hierarchy.npy"),
        )

    def grown(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        tail: NDArray[np.int32],
        head: NDArray[np.int32],
        restrictions: Restrictions,
        piece_of: NDArray[np.int32],
        sheltered: NDArray[np.bool_],
    ) -> "StreetShape":
        """The shape with more nodes and edges behind those there are.

        Contracted in the old order: much sooner than contracting all anew, with the same answers.

        Parameters
        ----------
        x, y
            Coordinates of the new nodes, metres, shape (k,).
        tail, head
            Node indices of the new edges, shape (l,).
        restrictions
            For which modes each new edge may be restricted, l rows.
        piece_of
            The edge that each new one is a piece of, -1 for a street of its own, shape (l,).
        sheltered
            All edges that are tunnels, bridges or motorways, shape (m + l,).

        Returns
        -------
        StreetShape
            Of old and new nodes and edges, with this shape as its ``former``.
        """
        tails, heads = np.concatenate([self.tail, tail]), np.concatenate([self.head, head])
        every = self.restrictions.followed_by(restrictions)
        added = self.added.and_more(len(self.x), len(self.tail), piece_of)
        gates = every.gates(tails, heads, len(self.x) + len(x))
        graph = self.graph.grown(tails, heads, every.somebody, added, gates)
        before, now = len(self.graph.street_of), graph.ends
        hierarchy = self.hierarchy.with_edges(now[0][before:], now[1][before:], graph.size - self.graph.size)
        return StreetShape(
            np.concatenate([self.x, x]),
            np.concatenate([self.y, y]),
            tails,
            heads,
            every,
            self.rules,
            sheltered=sheltered,
            known=(graph, hierarchy),
            former=self,
            added=added,
            reaches_m=self.reaches_m,
        )
