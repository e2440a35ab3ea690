"""The case that everybody is measured on: one graph, and what is asked of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

WALK_MS = 1.306
HUB = (23.6275, 61.5052)  # Länsikeskus, lon and lat
ISOCHRONES_MIN = (5, 10, 15, 20, 30)
NEAR_S = 1200 / WALK_MS
TWENTY_MIN_S = 1200.0


@dataclass(frozen=True)
class Case:
    """A street graph with directed costs, and random places on its largest strongly connected piece.

    Costs are seconds as float32; ``inf`` where there is no way. Places are nodes.
    """

    tail: np.ndarray
    head: np.ndarray
    forward_s: np.ndarray
    backward_s: np.ndarray
    x: np.ndarray
    y: np.ndarray
    origins: np.ndarray
    destinations: np.ndarray
    opportunities: np.ndarray
    edited: np.ndarray

    @classmethod
    def of(
        cls,
        tail: np.ndarray,
        head: np.ndarray,
        forward_s: np.ndarray,
        backward_s: np.ndarray,
        x: np.ndarray,
        y: np.ndarray,
    ) -> Self:
        random = np.random.default_rng(2022)
        from_, to, cost = directed_arcs(tail, head, forward_s, backward_s)
        graph = coo_array((cost + 1, (from_, to)), (x.size, x.size)).tocsr()
        piece = connected_components(graph, connection="strong")[1]
        nodes = np.flatnonzero(piece == np.bincount(piece).argmax())
        walked = np.flatnonzero(np.isfinite(forward_s) & (piece[tail] == piece[nodes[0]]))
        places = (random.choice(nodes, count, replace=False) for count in (2000, 500, 5000))
        return cls(tail, head, forward_s, backward_s, x, y, *places, random.choice(walked, 100, replace=False))

    def save(self, path: Path) -> None:
        np.savez(path, **vars(self))

    @classmethod
    def load(cls, path: Path) -> Self:
        with np.load(path) as stored:
            return cls(**stored)

    @property
    def arcs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Directed arcs as from, to and seconds; of parallel ones the cheapest."""
        return directed_arcs(self.tail, self.head, self.forward_s, self.backward_s)

    @property
    def matrix(self) -> csr_array:
        """The graph as scipy takes it; what costs nothing costs next to nothing, as it drops zeros."""
        from_, to, cost = self.arcs
        return csr_array((np.maximum(cost, 1e-9), (from_, to)), (self.x.size, self.x.size))

    @property
    def edited_s(self) -> tuple[np.ndarray, np.ndarray]:
        """Costs of the edited segments: half as fast as before."""
        return 2 * self.forward_s[self.edited], 2 * self.backward_s[self.edited]


def directed_arcs(
    tail: np.ndarray, head: np.ndarray, forward_s: np.ndarray, backward_s: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both directions of segments that are passable and no loops; of parallel arcs the cheapest."""
    from_, to = np.concatenate([tail, head]), np.concatenate([head, tail])
    cost = np.concatenate([forward_s, backward_s]).astype(float)
    kept = np.isfinite(cost) & (from_ != to)
    from_, to, cost = from_[kept], to[kept], cost[kept]
    order = np.lexsort((cost, to, from_))
    from_, to, cost = from_[order], to[order], cost[order]
    first = np.ones(from_.size, bool)
    first[1:] = (np.diff(from_) != 0) | (np.diff(to) != 0)
    return from_[first], to[first], cost[first]


def at_nodes(nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places that are nodes, as seeds in CSR form."""
    return np.arange(nodes.size + 1), nodes, np.zeros(nodes.size, np.float32)
