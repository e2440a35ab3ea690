"""Which turns are forbidden, and the states in which a vehicle must remember where it came from.

Only junctions that a rule names are told apart by the street that one arrives on; all others stay single nodes.
A rule over several streets (from one street over others into a last one) is a small automaton: a state
remembers which rules are under way, and how far.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Who turn rules concern, as bits of a mask.
CAR, BICYCLE = 1, 2
MODE_BITS: Mapping[str, int] = {"foot": 0, "bicycle": BICYCLE, "car": CAR}


@dataclass(frozen=True)
class TurnRule:
    """A turn that is forbidden, or the only one allowed.

    Attributes
    ----------
    from_edge
        The edge on which one arrives at the first of ``via_nodes``.
    via_nodes
        Junctions in their order; one, or one more than ``via_edges``.
    via_edges
        Edges between the junctions, in their order.
    to_edge
        The edge on which one leaves the last junction.
    only
        Whether the turn is the only one allowed, rather than forbidden.
    modes
        Mask of :data:`CAR` and :data:`BICYCLE`: whom it concerns.
    kind
        ``"no_left_turn"`` …: what a condition says where it holds.
    condition
        When it holds, as in a conditional tag; empty for always.
    otherwise
        Whether it holds where no condition does.
    """

    from_edge: int
    via_nodes: tuple[int, ...]
    via_edges: tuple[int, ...]
    to_edge: int
    only: bool
    modes: int
    kind: str = ""
    condition: str = ""
    otherwise: bool = True

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> "TurnRule":
        """The rule that was stored as JSON.

        Parameters
        ----------
        content
            Attribute → value.

        Returns
        -------
        TurnRule
            With tuples where JSON has lists.
        """
        lists = {name: tuple(content[name]) for name in ("via_nodes", "via_edges")}
        return cls(**{**content, **lists})


class State(NamedTuple):
    """Having arrived at a junction on an edge, with some rules under way.

    Attributes
    ----------
    node
        The junction.
    edge
        The edge on which one arrived.
    under_way
        Rules under way, as (number of the rule, how many of its ``via_edges`` are passed).
    """

    node: int
    edge: int
    under_way: frozenset[tuple[int, int]]


class Turn(NamedTuple):
    """A turn from a state, or from where a trip starts, onto an edge.

    Attributes
    ----------
    state
        Number of the state turned from, -1 for the start of a trip.
    node
        The node where the turn is made.
    edge
        The edge turned onto.
    target
        Number of the state arrived at, -1 where the edge's end is no ruled junction.
    modes
        Mask of :data:`CAR` and :data:`BICYCLE`: who may turn.
    back
        Whether it turns back into the street that one came from.
    added
        Whether it turns onto a street that was added to those of the file.
    """

    state: int
    node: int
    edge: int
    target: int
    modes: int
    back: bool
    added: bool = False


class TurnColumns(NamedTuple):
    """The turns of :class:`TurnStates` as columns, each of shape (turns,).

    Attributes
    ----------
    state, node, edge, target, modes
        As in :class:`Turn`.
    back, added
        As in :class:`Turn`.
    """

    state: NDArray[np.int32]
    node: NDArray[np.int32]
    edge: NDArray[np.int32]
    target: NDArray[np.int32]
    modes: NDArray[np.int8]
    back: NDArray[np.bool_]
    added: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TurnStates:
    """The states of all ruled junctions, and the turns between them.

    Attributes
    ----------
    states
        By number; those without a rule under way come first for each junction and edge.
    plain
        (junction, edge arrived on) → number of the state without a rule under way.
    turns
        From states, and onto edges that end at a ruled junction.
    concerned
        Junction → mask of the modes for which it is told apart.
    rules
        The rules that they follow from.
    held
        Junction → mask of the modes for which rules tell it apart, rather than what turns cost: there one turns back
        at dead ends alone.
    """

    states: tuple[State, ...] = ()
    plain: Mapping[tuple[int, int], int] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    concerned: Mapping[int, int] = field(default_factory=dict)
    rules: tuple[TurnRule, ...] = ()
    held: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def columns(self) -> TurnColumns:
        """The turns as columns."""
        kinds = (np.int32, np.int32, np.int32, np.int32, np.int8, np.bool_, np.bool_)
        rows = zip(*self.turns, strict=True) if self.turns else [()] * len(kinds)
        return TurnColumns(*(np.array(values, kind) for values, kind in zip(rows, kinds, strict=True)))

    @cached_property
    def ruled(self) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """The junctions that are told apart, ascending, and the mask of the modes for each."""
        nodes = sorted(self.concerned)
        return np.array(nodes, np.int32), np.array([self.concerned[node] for node in nodes], np.int8)

    @cached_property
    def without_rule(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """States without a rule under way: the junction, the edge arrived on, and the number of the state."""
        at = np.array(list(self.plain), np.int32).reshape(-1, 2)
        return at[:, 0], at[:, 1], np.array(list(self.plain.values()), np.int32)
