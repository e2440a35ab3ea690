"""The graph that is searched: the streets, and copies of nodes where a trip's past or future matters.

Streets that are open to those who live there alone ("restricted": private, destination, customers …) may be
the first run of a trip and the last, never passed through. So a node on such a street has a copy for
trips that have not left their first restricted street, and one for trips that are on their last one; the
node itself is for trips in between. A trip changes its run at gates alone, where restricted and public streets meet;
one that stays on restricted streets is begun in both runs. Junctions with turn rules have a copy for each street one
arrives on.
Everything else is as drawn: a walker's search is longer by these few copies alone.

The scheme is that of layered graphs; the search itself need not know of it.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.added_streets import AddedStreets
from tesoma_geo.network.streets.turn_rules import TurnStates
from tesoma_geo.network.streets.turn_states import with_new_streets


@dataclass(frozen=True, eq=False)
class RoutingGraph:
    """Nodes and edges of a street network and their copies, with the numbers that the search knows them by.

    Attributes
    ----------
    tail, head
        Nodes at the ends of each street edge, shape (m,).
    node_at, edge_at
        The number of each node and of each street edge in the graph, shapes (n,) and (m,).
    copy_of
        The node that each copy stands for, shape (copies,): first those of first runs, then of last ones, then
        the ends of trips at ruled junctions, then their states.
    copy_at
        The number of each copy, shape (copies,).
    further_tail, further_head
        Ends of the further edges, as numbers, shape (x,).
    further_at
        The number of each further edge, shape (x,).
    street
        The street edge that each further edge stands for, -1 for a step that costs nothing, shape (x,).
    turned
        Whether a further edge leads from the head of its street edge to the tail, shape (x,).
    layer
        Whether a further edge is that of a first or last run, passed both ways; others lead ahead alone, shape (x,).
    modes
        Mask of the modes that use a further edge for their turns, shape (x,); 0 for the other kinds.
    back
        Whether a further edge turns back into the street that one came from, shape (x,).
    first, last
        By node: the number of its copy in a first run, and in a last one; its own where it has none, shape (n,).
    arrived
        By node: the number where a trip ends that comes there over public streets, shape (n,).
    states
        The turn states of ruled junctions.
    added
        Which streets were laid beside those of the file.
    """

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    node_at: NDArray[np.int32]
    edge_at: NDArray[np.int32]
    copy_of: NDArray[np.int32]
    copy_at: NDArray[np.int32]
    further_tail: NDArray[np.int32]
    further_head: NDArray[np.int32]
    further_at: NDArray[np.int32]
    street: NDArray[np.int32]
    turned: NDArray[np.bool_]
    layer: NDArray[np.bool_]
    modes: NDArray[np.int8]
    back: NDArray[np.bool_]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    arrived: NDArray[np.int32]
    states: TurnStates
    added: AddedStreets = field(default_factory=AddedStreets)

    @property
    def n_nodes(self) -> int:
        """Number of nodes of the streets."""
        return len(self.node_at)

    @property
    def n_edges(self) -> int:
        """Number of street edges."""
        return len(self.edge_at)

    @property
    def size(self) -> int:
        """Number of nodes and copies."""
        return len(self.node_at) + len(self.copy_at)

    @cached_property
    def edges_in_place(self) -> int:
        """How many of the first street edges have the number that they have in the network."""
        elsewhere = np.flatnonzero(self.edge_at != np.arange(self.n_edges))
        return int(elsewhere[0]) if len(elsewhere) else self.n_edges

    @cached_property
    def ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Both ends of all edges of the graph in the order of their numbers, shape (m + x,)."""
        by_end = []
        for streets, further in ((self.tail, self.further_tail), (self.head, self.further_head)):
            both = np.empty(self.n_edges + len(self.further_at), np.int32)
            both[self.edge_at], both[self.further_at] = self.node_at[streets], further
            by_end.append(both)
        return by_end[0], by_end[1]

    @cached_property
    def node_of(self) -> NDArray[np.int32]:
        """The node that each number stands for, shape (size,)."""
        node = np.empty(self.size, np.int32)
        node[self.node_at], node[self.copy_at] = np.arange(self.n_nodes), self.copy_of
        return node

    @cached_property
    def street_of(self) -> NDArray[np.int32]:
        """The street edge that each edge of the graph stands for, -1 for a step, shape (m + x,)."""
        street = np.empty(self.n_edges + len(self.further_at), np.int32)
        street[self.edge_at], street[self.further_at] = np.arange(self.n_edges), self.street
        return street

    @property
    def state_at(self) -> NDArray[np.int32]:
        """The number of the copy of each turn state."""
        return self.copy_at[len(self.copy_at) - len(self.states.states) :]

    def further_edges_of(self, edges: NDArray[np.int64]) -> NDArray[np.int64]:
        """The further edges (rows of ``street``) that some street edges have.

        Parameters
        ----------
        edges
            Street edges, shape (k,).

        Returns
        -------
        int64 array of shape (number of further edges,)
            Rows of ``street``, ascending.
        """
        wanted = np.zeros(self.n_edges + 1, bool)
        wanted[edges] = True
        wanted[-1] = False  # a step stands for no street
        return np.flatnonzero(wanted[self.street])

    def grown(
        self,
        tail: NDArray[np.int32],
        head: NDArray[np.int32],
        restricted: NDArray[np.bool_],
        added: AddedStreets | None = None,
        gates: NDArray[np.bool_] | None = None,
    ) -> "RoutingGraph":
        """The graph of these streets and new ones behind them; everything here keeps its number.

        Parameters
        ----------
        tail, head
            Ends of all edges, the old ones first, shape (more edges,).
        restricted
            Edges that are restricted for some mode, shape (more edges,).
        added
            How the new ones were added, and of which edges they are pieces.
        gates
            Nodes where trips may leave their first run and begin their last one, those of before among them, shape
            (nodes,); everywhere where it is None.

        Returns
        -------
        RoutingGraph
            Of all streets; new nodes, copies and edges have numbers behind the old ones.
        """
        laid = added or self.added.and_more(self.n_nodes, self.n_edges, np.full(len(tail) - self.n_edges, -1, np.int32))
        n_nodes = max(self.n_nodes, 1 + int(max(tail.max(), head.max())))
        states = with_new_streets(self.states, tail, head, laid)
        fresh = routing_graph(n_nodes, tail, head, restricted, states, laid, gates)
        nodes = _kept_numbers(fresh.node_at, fresh.copy_at, self._copies, fresh._copies, self.node_at, self.copy_at)
        edges = _kept_numbers(
            fresh.edge_at, fresh.further_at, self._further, fresh._further, self.edge_at, self.further_at
        )
        return replace(
            fresh,
            node_at=nodes[fresh.node_at],
            copy_at=nodes[fresh.copy_at],
            further_tail=nodes[fresh.further_tail],
            further_head=nodes[fresh.further_head],
            first=nodes[fresh.first],
            last=nodes[fresh.last],
            arrived=nodes[fresh.arrived],
            edge_at=edges[fresh.edge_at],
            further_at=edges[fresh.further_at],
        )

    @cached_property
    def _copies(self) -> list[Hashable]:
        """What tells each copy from all others, whatever its number."""
        kind = np.zeros(self.size, np.int8)
        kind[self.last], kind[self.first], kind[self.arrived] = 2, 1, 3
        plain = len(self.copy_at) - len(self.states.states)
        names = list(zip(self.copy_of[:plain].tolist(), kind[self.copy_at[:plain]].tolist(), strict=True))
        return [*names, *self.states.states]

    @cached_property
    def _further(self) -> list[Hashable]:
        """What tells each further edge from all others, whatever its number."""
        names: list[Hashable] = [None] * self.size
        if len(self.further_at):
            for at, node in zip(self.node_at.tolist(), range(self.n_nodes), strict=True):
                names[at] = node
            for at, copy in zip(self.copy_at.tolist(), self._copies, strict=True):
                names[at] = copy
        return [
            (names[tail], names[head], street)
            for tail, head, street in zip(
                self.further_tail.tolist(), self.further_head.tolist(), self.street.tolist(), strict=True
            )
        ]


def _kept_numbers(
    plain: NDArray[np.int32],
    more: NDArray[np.int32],
    before: list[Hashable],
    now: list[Hashable],
    plain_before: NDArray[np.int32],
    more_before: NDArray[np.int32],
) -> NDArray[np.int32]:
    """A number for each of ``plain`` and ``more``: that of before where there was one, else one behind all of those."""
    numbers = np.full(len(plain) + len(more), -1, np.int32)
    numbers[plain[: len(plain_before)]] = plain_before
    known = dict(zip(before, more_before.tolist(), strict=True))
    numbers[more] = [known.get(one, -1) for one in now]
    new = np.flatnonzero(numbers < 0)
    numbers[new] = len(plain_before) + len(more_before) + np.arange(len(new))
    return numbers


def routing_graph(
    n_nodes: int,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    restricted: NDArray[np.bool_],
    states: TurnStates | None = None,
    added: AddedStreets | None = None,
    gates: NDArray[np.bool_] | None = None,
) -> RoutingGraph:
    """The graph of some streets, copies numbered behind all nodes and further edges behind all streets.

    Parameters
    ----------
    n_nodes
        Number of nodes.
    tail, head
        Nodes at the ends of each edge, shape (m,).
    restricted
        Edges that are restricted for some mode, shape (m,).
    states
        Of the junctions with turn rules.
    added
        Which streets were laid beside those of the file.
    gates
        Nodes where trips may leave their first run and begin their last one, shape (n_nodes,): those between restricted
        and public streets. Everywhere where it is None. A trip on restricted streets alone meets none: it has to be
        begun in both runs (see :attr:`ModeGraph.further_arrivals`).

    Returns
    -------
    RoutingGraph
        Street nodes and edges have the numbers that they have in the network.
    """
    states = states or TurnStates()
    private = np.flatnonzero(restricted).astype(np.int32)
    of_private = np.unique(np.concatenate([tail[private], head[private]]))
    between = of_private if gates is None else of_private[gates[of_private]]
    ruled, turns = states.ruled[0], states.columns
    of_state = np.array([state.node for state in states.states], np.int32)
    copy_of = np.concatenate([of_private, of_private, ruled, of_state]).astype(np.int32)
    copy_at = n_nodes + np.arange(len(copy_of), dtype=np.int32)
    state_at = copy_at[len(copy_of) - len(of_state) :]
    first, last, arrived = (np.arange(n_nodes, dtype=np.int32) for _ in range(3))
    first[of_private] = copy_at[: len(of_private)]
    last[of_private] = copy_at[len(of_private) : 2 * len(of_private)]
    arrived[ruled] = copy_at[2 * len(of_private) : 2 * len(of_private) + len(ruled)]
    after = np.where(tail[turns.edge] == turns.node, head[turns.edge], tail[turns.edge])
    turn_from = np.where(turns.state < 0, turns.node, state_at[turns.state] if len(state_at) else turns.node)
    turn_to = np.where(turns.target < 0, after, state_at[turns.target] if len(state_at) else after)
    steps = [
        (first[between], between),
        (ruled, arrived[ruled]),
        (state_at, arrived[of_state]),
        (arrived[between], last[between]),
    ]
    n_steps = sum(len(one) for one, _ in steps)
    kind = np.repeat([0, 1, 2], (n_steps, 2 * len(private), len(turns.edge)))
    turned, modes, back = np.zeros(len(kind), bool), np.zeros(len(kind), np.int8), np.zeros(len(kind), bool)
    turned[kind == 2] = tail[turns.edge] != turns.node
    modes[kind == 2], back[kind == 2] = turns.modes, turns.back
    return RoutingGraph(
        tail=tail,
        head=head,
        node_at=np.arange(n_nodes, dtype=np.int32),
        edge_at=np.arange(len(tail), dtype=np.int32),
        copy_of=copy_of,
        copy_at=copy_at,
        further_tail=np.concatenate(
            [*(one for one, _ in steps), first[tail[private]], last[tail[private]], turn_from]
        ).astype(np.int32),
        further_head=np.concatenate(
            [*(other for _, other in steps), first[head[private]], last[head[private]], turn_to]
        ).astype(np.int32),
        further_at=len(tail) + np.arange(len(kind), dtype=np.int32),
        street=np.concatenate([np.full(n_steps, -1), private, private, turns.edge]).astype(np.int32),
        turned=turned,
        layer=kind == 1,
        modes=modes,
        back=back,
        first=first,
        last=last,
        arrived=arrived,
        states=states,
        added=added or AddedStreets(),
    )
