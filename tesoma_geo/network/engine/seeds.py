"""Where searches start and end: nodes with the seconds already spent, several to a place.

A place on a street segment is two seeds, one for each end it can be left by. Many places
are one table in CSR form: ``offsets`` of each place into ``nodes`` and ``seconds``. Here the
table is checked, and nodes become positions in the hierarchy.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from tesoma_geo._kernels import Float32, Int32, Int64
from tesoma_geo.errors import InputError


class SearchSeeds(NamedTuple):
    """Places to search from or to, checked.

    Attributes
    ----------
    offsets : int64[k + 1]
        Where the seeds of each place begin. A place without seeds reaches nothing.
    at : int32[seeds]
        Positions in the hierarchy.
    seconds : float32[seeds]
        Time between the place and the node.
    """

    offsets: Int64
    at: Int32
    seconds: Float32

    @property
    def places(self) -> int:
        """How many places there are."""
        return self.offsets.size - 1

    @classmethod
    def checked(cls, position: Int32, offsets: npt.ArrayLike, nodes: npt.ArrayLike, seconds: npt.ArrayLike) -> Self:
        """Check seeds at nodes and put them at the positions of these.

        Parameters
        ----------
        position : int32[n]
            The position of each node in the hierarchy.
        offsets : int[k + 1]
            Where the seeds of each place begin.
        nodes : int[seeds]
            Nodes of the seeds.
        seconds : float[seeds]
            Time between the place and the node, 0 or more.

        Returns
        -------
        SearchSeeds

        Raises
        ------
        InputError
            When a node is off the network, a cost negative or missing, or the offsets do not
            fit the seeds.
        """
        offsets, nodes, seconds = np.asarray(offsets), np.asarray(nodes), np.asarray(seconds)
        if nodes.ndim != 1 or nodes.shape != seconds.shape:
            raise InputError(f"Seeds have {nodes.shape} nodes and {seconds.shape} costs", "Give each seed one of both")
        if offsets.size < 1 or offsets[0] != 0 or offsets[-1] != nodes.size or bool(np.any(np.diff(offsets) < 0)):
            raise InputError(
                f"The offsets of seeds do not run from 0 to {nodes.size}", "Give one more offset than places"
            )
        n = position.size
        off = np.flatnonzero((nodes < 0) | (nodes >= n))
        if off.size:
            raise InputError(f"Seed {off[0]} is at node {nodes[off[0]]} of {n}", f"Name nodes by 0 to {n - 1}")
        bad = np.flatnonzero(~(seconds >= 0))
        if bad.size:
            raise InputError(
                f"Seed {bad[0]} at node {nodes[bad[0]]} costs {seconds[bad[0]]} s", "Give seconds of 0 or more"
            )
        return cls(
            np.ascontiguousarray(offsets, np.int64),
            position[nodes.astype(np.int64)],
            np.ascontiguousarray(seconds, np.float32),
        )

    def sorted(self) -> tuple[Self, Int64]:
        """Return the places in the order of their first positions, and which places these are.

        Neighbours on the map then share a batch, and what they visit.

        Returns
        -------
        seeds : SearchSeeds
        places : int64[k]
            By the new order: which place it was.
        """
        counts = np.diff(self.offsets)
        key = np.full(self.places, -1, np.int64)
        key[counts > 0] = self.at[self.offsets[:-1][counts > 0]]
        places = np.argsort(key, kind="stable")
        offsets = np.concatenate([[0], np.cumsum(counts[places])])
        taken = np.arange(self.at.size) + np.repeat(self.offsets[:-1][places] - offsets[:-1], counts[places])
        return type(self)(offsets, self.at[taken], self.seconds[taken]), places
