"""Seconds on every edge of a network for one profile, and which edges are for residents alone."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class EdgeCosts:
    """Seconds on every edge; ``inf`` where the profile cannot go.

    Attributes
    ----------
    forward_s, backward_s
        From tail to head and from head to tail, float32, shape (m,).
    restricted
        Edges for those who live there or have business there: a trip may begin or end on them, not pass
        through, shape (m,).
    opened
        For each edge how many of the first edges there must be for it to be public as well, though restricted: with
        streets that were added later; 0 where none opens it, shape (m,). None for none.
    passed
        Edges that are restricted in the other direction alone: passed by everybody as drawn, and against it, shapes
        (m,). None for none.
    """

    forward_s: NDArray[np.float32]
    backward_s: NDArray[np.float32]
    restricted: NDArray[np.bool_]
    opened: NDArray[np.int32] | None = None
    passed: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None

    def kept_in(self, grown: "EdgeCosts", piece_of: NDArray[np.int32]) -> "EdgeCosts":
        """These costs where streets were added, whatever the edges would cost anew; pieces cost as their edges do.

        Parameters
        ----------
        grown
            Costs of all edges, those added among them.
        piece_of
            The edge that each is a piece of, -1 for none, shape (m,).

        Returns
        -------
        EdgeCosts
            Of the m edges of ``grown``; what is restricted or opened is as there.
        """
        n_edges, whole = len(self.forward_s), np.maximum(piece_of, 0)
        both_ways = []
        for mine, fresh in ((self.forward_s, grown.forward_s), (self.backward_s, grown.backward_s)):
            seconds = fresh.copy()
            with np.errstate(invalid="ignore", divide="ignore"):
                share = mine / fresh[:n_edges]
            share[~np.isfinite(share)] = np.where(np.isinf(mine), np.inf, 1.0)[~np.isfinite(share)]
            seconds[:n_edges] = mine
            for edge in range(n_edges, len(seconds)) if (share != 1).any() else ():
                if piece_of[edge] >= 0:
                    part = share[whole[edge]] if whole[edge] < n_edges else 1.0
                    seconds[edge] = np.inf if np.isinf(part) else fresh[edge] * part
            both_ways.append(seconds)
        return replace(grown, forward_s=both_ways[0], backward_s=both_ways[1])

    def open_as(self, former: "EdgeCosts") -> bool:
        """Whether the same streets are open and restricted as before others were added.

        Parameters
        ----------
        former
            Costs before, of the first of the edges.

        Returns
        -------
        bool
            Whatever passing them costs.
        """
        n_edges = len(former.forward_s)
        pairs = (
            (np.isfinite(self.forward_s[:n_edges]), np.isfinite(former.forward_s)),
            (np.isfinite(self.backward_s[:n_edges]), np.isfinite(former.backward_s)),
            (self.restricted[:n_edges], former.restricted),
            *zip((one[:n_edges] for one in self.shut(n_edges)), former.shut(n_edges), strict=True),
        )
        return all(np.array_equal(*pair) for pair in pairs)

    def shut(self, n_edges: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Restricted edges that nobody passes through as drawn, and against it, where there are the first edges alone.

        Parameters
        ----------
        n_edges
            How many of the edges there are.

        Returns
        -------
        tuple of bool arrays of shape (m,)
        """
        shut = self.restricted & ~self.opened_among(n_edges)
        return (shut, shut) if self.passed is None else (shut & ~self.passed[0], shut & ~self.passed[1])

    def opened_among(self, n_edges: int) -> NDArray[np.bool_]:
        """Restricted edges that are public as well where there are the first edges alone.

        Parameters
        ----------
        n_edges
            How many of the edges there are.

        Returns
        -------
        bool array of shape (m,)
            What later additions open is not among them.
        """
        if self.opened is None:
            return np.zeros(len(self.restricted), bool)
        is_opened: NDArray[np.bool_] = (self.opened > 0) & (self.opened <= n_edges)
        return is_opened
