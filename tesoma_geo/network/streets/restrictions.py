"""Which modes may find an edge restricted, and which always do: where a trip can change its run at all."""

import re
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.access_tags import ACCESS_KEYS, RESTRICTED, access_column, deciding_value, tag_column

#: Modes as bits of a mask; :data:`SOMEBODY` where a tag restricts that another one overrules for every mode.
BITS = {"foot": 1, "bicycle": 2, "car": 4}
SOMEBODY, EVERY = 8, 15
#: What is added to an access tag that holds in one direction or in winter.
VARIANTS = (":forward", ":backward", ":winter")
#: Tags that lay access tags over the others in winter; see :mod:`tesoma_geo.network.streets.tags_now`.
SEASONAL = ("seasonal:winter", "seasonal:winter:bicycle", "seasonal:winter:foot")


@dataclass(frozen=True, eq=False)
class Restrictions:
    """Masks of modes for each edge, or for each way.

    Attributes
    ----------
    maybe
        Modes for which the edge is restricted, or may be at some time or in one direction, int8, shape (m,).
    always
        Modes for which it is restricted or closed whenever and whichever way one comes, int8, shape (m,).
    """

    maybe: NDArray[np.int8]
    always: NDArray[np.int8]

    @classmethod
    def unknown(cls, restricted: NDArray[np.bool_]) -> Self:
        """The masks where nothing is known but which edges may be restricted for somebody.

        Parameters
        ----------
        restricted
            Edges that are restricted for some mode, or may be, shape (m,).

        Returns
        -------
        Restrictions
            Every mode may find those restricted; none always does.
        """
        return cls(np.where(restricted, EVERY, 0).astype(np.int8), np.zeros(len(restricted), np.int8))

    @classmethod
    def of_ways(cls, ways: pd.DataFrame) -> Self:
        """The masks that access tags give.

        Parameters
        ----------
        ways
            Tag columns, a row a way.

        Returns
        -------
        Restrictions
            A row a way, from the tags for both directions, those for one, and those that hold at some times.
        """
        by_key = {key: _restricts(ways, key) for key in sorted({key for keys in ACCESS_KEYS.values() for key in keys})}
        maybe, always = np.zeros(len(ways), np.int8), np.zeros(len(ways), np.int8)
        for restricts, _ in by_key.values():
            maybe[restricts] |= SOMEBODY
        seasonal = np.any([tag_column(ways, key).notna().to_numpy(bool) for key in SEASONAL], axis=0)
        for mode, keys in ACCESS_KEYS.items():
            decided = deciding_value(ways, mode).isin(RESTRICTED).to_numpy(bool)
            varies = seasonal | np.any([by_key[key][1] for key in keys], axis=0)
            at_times = varies & np.any([by_key[key][0] for key in keys], axis=0)
            maybe[decided | at_times] |= BITS[mode]
            always[decided & ~varies] |= BITS[mode]
        # A bicycle is pushed where anybody may walk, and only there.
        maybe[(maybe & BITS["foot"]) != 0] |= BITS["bicycle"]
        always[(always & BITS["foot"]) == 0] &= ~BITS["bicycle"]
        return cls(maybe, always)

    @property
    def somebody(self) -> NDArray[np.bool_]:
        """Edges that are restricted for some mode, or may be, shape (m,)."""
        somebody: NDArray[np.bool_] = self.maybe != 0
        return somebody

    def take(self, rows: NDArray[np.integer]) -> "Restrictions":
        """The masks of some edges or ways.

        Parameters
        ----------
        rows
            Which, shape (k,).

        Returns
        -------
        Restrictions
            Of the k rows.
        """
        return Restrictions(self.maybe[rows], self.always[rows])

    def or_unknown(self, restricted: NDArray[np.bool_]) -> "Restrictions":
        """The same where more edges may be restricted, nobody knows for whom.

        Parameters
        ----------
        restricted
            Those edges, shape (m,).

        Returns
        -------
        Restrictions
            Every mode may find those restricted.
        """
        return Restrictions(np.where(restricted, EVERY, self.maybe).astype(np.int8), self.always)

    def followed_by(self, more: "Restrictions") -> "Restrictions":
        """These and the masks of further edges behind them.

        Parameters
        ----------
        more
            Of further edges.

        Returns
        -------
        Restrictions
            Of all edges.
        """
        return Restrictions(np.concatenate([self.maybe, more.maybe]), np.concatenate([self.always, more.always]))

    def covers(self, other: "Restrictions") -> bool:
        """Whether what these masks allow for includes what others do.

        Parameters
        ----------
        other
            Of the same edges.

        Returns
        -------
        bool
            False where some mode may find an edge restricted, or open, for which there is no room here.
        """
        return not (other.maybe & ~self.maybe).any() and not (self.always & ~other.always).any()

    def gates(self, tail: NDArray[np.int32], head: NDArray[np.int32], n_nodes: int) -> NDArray[np.bool_]:
        """Nodes where some mode may come from a restricted edge to a public one, shape (n_nodes,).

        Elsewhere all edges are restricted, or all are public, for each mode: no trip leaves its first run there, nor
        begins its last one. Public edges behind restricted ones (see
        :func:`tesoma_geo.network.streets.permissions.behind_restricted`) are so together with all those that they
        meet, so that they make no gate among themselves.

        Parameters
        ----------
        tail, head
            Nodes at the ends of each edge, shape (m,).
        n_nodes
            Number of nodes.

        Returns
        -------
        bool array of shape (n_nodes,).
        """
        maybe, not_always = np.zeros(n_nodes, np.int8), np.zeros(n_nodes, np.int8)
        concerned = np.zeros(n_nodes, bool)
        rows = np.flatnonzero(self.somebody)
        concerned[tail[rows]] = concerned[head[rows]] = True
        near = np.flatnonzero(concerned[tail] | concerned[head])
        others = np.where(self.somebody[near], ~self.always[near] & (EVERY - SOMEBODY), EVERY).astype(np.int8)
        for ends in (tail[near], head[near]):
            np.bitwise_or.at(maybe, ends, self.maybe[near] | np.where(self.somebody[near], SOMEBODY, 0).astype(np.int8))
            np.bitwise_or.at(not_always, ends, others)
        gates: NDArray[np.bool_] = (maybe & not_always) != 0
        return gates


def _restricts(ways: pd.DataFrame, key: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Ways that an access tag may restrict, and those where it depends on the time or the direction."""
    restricts, varies = np.zeros(len(ways), bool), np.zeros(len(ways), bool)
    for suffix in ("", *VARIANTS):
        if (name := key + suffix) in ways:
            restricts |= access_column(ways, name).isin(RESTRICTED).to_numpy(bool)
            if suffix:
                varies |= ways[name].notna().to_numpy(bool)
        at_times = ways.get(f"{name}:conditional")
        if at_times is not None:
            values = at_times.dropna().unique()
            some = [
                value for value in values if not RESTRICTED.isdisjoint(re.findall(r"[a-z_]+(?=\s*@)", value.lower()))
            ]
            restricts |= at_times.isin(some).to_numpy(bool)
            varies |= at_times.notna().to_numpy(bool)
    return restricts, varies
