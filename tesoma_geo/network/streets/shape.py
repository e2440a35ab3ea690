"""What follows from where the nodes and edges of a network lie, whatever its tags and costs."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._cache import cached_entry
from tesoma_geo.network.engine import Hierarchy


@dataclass(frozen=True, eq=False)
class StreetShape:
    """Nodes and edges of a network, and what is found once about them for all networks that have them.

    Attributes
    ----------
    x, y
        Coordinates of the nodes, metres, shape (n,).
    tail, head
        Node indices of each edge, shape (m,).
    contracted
        The contracted network, where it is known already.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    contracted: Hierarchy | None = None

    @classmethod
    def empty(cls) -> "StreetShape":
        """The shape of no streets."""
        none, nobody = np.empty(0), np.empty(0, np.int32)
        return cls(none, none, nobody, nobody)

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
        """
        return self.x is x and self.y is y and self.tail is tail and self.head is head

    @cached_property
    def segments(self) -> NDArray[np.object_]:
        """Every edge as a LineString in the metric system, shape (m,)."""
        ends = np.column_stack([self.x[self.tail], self.y[self.tail], self.x[self.head], self.y[self.head]])
        lines: NDArray[np.object_] = shapely.linestrings(ends.reshape(-1, 2, 2))
        return lines

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The contracted network, kept on disk by the content of the arrays."""
        if self.contracted is not None:
            return self.contracted
        key = hashlib.sha256()
        for array in (self.tail, self.head, self.x, self.y):
            key.update(np.ascontiguousarray(array).tobytes())
        return cached_entry(
            "hierarchy",
            key.digest(),
            lambda folder: Hierarchy.load(folder / "hierarchy.npy"),
            lambda: Hierarchy.build(len(self.x), self.tail, self.head, self.x, self.y),
            lambda folder, hierarchy: hierarchy.save(folder / "hierarchy.npy"),
        )
