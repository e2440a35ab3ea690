"""Where searches start and end: nodes with the seconds already spent, several to a place.

A place on a street segment is two seeds, one for each end it can be left by. Many places
are one table in CSR form: ``offsets`` of each place into ``nodes`` and ``costs``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tesoma_geo.errors import InputError
from tesoma_geo.network.engine.kernel import Float32, Int32, Int64


@dataclass(frozen=True, eq=False)
class Seeds:
    """Places to search from or to.

    Attributes
    ----------
    offsets : int64[k + 1]
        Where the seeds of each place begin. A place without seeds reaches nothing.
    nodes : int32[seeds]
    cost_s : float32[seeds]
        Seconds between the place and the node.
    """

    offsets: Int64
    nodes: Int32
    cost_s: Float32

    def __len__(self) -> int:
        return self.offsets.size - 1

    @classmethod
    def at_nodes(cls, nodes: npt.ArrayLike) -> Seeds:
        """Return places that are nodes themselves, one seed each at no cost."""
        nodes = np.asarray(nodes)
        return cls(np.arange(nodes.size + 1), nodes, np.zeros(nodes.size, np.float32))

    @classmethod
    def together(cls, nodes: npt.ArrayLike, cost_s: npt.ArrayLike) -> Seeds:
        """Return one place with all the seeds."""
        nodes = np.asarray(nodes)
        return cls(np.array([0, nodes.size]), nodes, np.asarray(cost_s))

    def checked(self, n_nodes: int) -> Seeds:
        """Return the seeds with the arrays' proper types, or raise what is wrong with them.

        Raises
        ------
        InputError
            When a node is off the network, a cost negative or missing, or the offsets do not
            fit the seeds.
        """
        nodes, cost_s, offsets = np.asarray(self.nodes), np.asarray(self.cost_s), np.asarray(self.offsets)
        if nodes.ndim != 1 or nodes.shape != cost_s.shape:
            raise InputError(f"Seeds have {nodes.shape} nodes and {cost_s.shape} costs", "Give each seed one of both")
        if offsets.size < 1 or offsets[0] != 0 or offsets[-1] != nodes.size or (np.diff(offsets) < 0).any():
            raise InputError(
                f"The offsets of seeds do not run from 0 to {nodes.size}", "Give one more offset than places"
            )
        off = np.flatnonzero((nodes < 0) | (nodes >= n_nodes))
        if off.size:
            raise InputError(
                f"Seed {off[0]} is at node {nodes[off[0]]} of {n_nodes}", f"Name nodes by 0 to {n_nodes - 1}"
            )
        bad = np.flatnonzero(~(cost_s >= 0))
        if bad.size:
            raise InputError(
                f"Seed {bad[0]} at node {nodes[bad[0]]} costs {cost_s[bad[0]]} s",
                "Give seconds of 0 or more",
            )
        return Seeds(
            np.ascontiguousarray(offsets, np.int64),
            np.ascontiguousarray(nodes, np.int32),
            np.ascontiguousarray(cost_s, np.float32),
        )

    def sorted_by(self, rank: Int32) -> tuple[Seeds, Int64]:
        """Return the places in the order of their first seed's ``rank``, and that order.

        Neighbours on the map then share a batch, and what they visit.
        """
        counts = np.diff(self.offsets)
        key = np.full(len(self), -1, np.int64)
        key[counts > 0] = rank[self.nodes[self.offsets[:-1][counts > 0]]]
        order = np.argsort(key, kind="stable")
        offsets = np.concatenate([[0], np.cumsum(counts[order])])
        taken = np.arange(self.nodes.size) + np.repeat(self.offsets[:-1][order] - offsets[:-1], counts[order])
        return Seeds(offsets, self.nodes[taken], self.cost_s[taken]), order
