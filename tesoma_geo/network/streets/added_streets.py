"""Streets that are laid beside those of a file: what was there before, and which pieces edges are split into."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class AddedStreets:
    """How streets were added to those of a file, at one time or at several.

    Attributes
    ----------
    before
        Numbers of nodes and of edges before each addition.
    piece_of
        For each edge the edge that it is a piece of, -1 for a whole street, shape (m,); empty where none was added.
    """

    before: tuple[tuple[int, int], ...] = ()
    piece_of: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))

    def and_more(self, n_nodes: int, n_edges: int, piece_of: NDArray[np.int32]) -> "AddedStreets":
        """These and one more addition.

        Parameters
        ----------
        n_nodes, n_edges
            What there was before it.
        piece_of
            The edge that each new edge is a piece of, -1 for a street of its own.

        Returns
        -------
        AddedStreets
            With one addition more.
        """
        former = self.piece_of if len(self.piece_of) else np.full(n_edges, -1, np.int32)
        return AddedStreets((*self.before, (n_nodes, n_edges)), np.concatenate([former, piece_of]).astype(np.int32))

    def stages(self, n_edges: int) -> Iterator[slice]:
        """The edges of the file, and then those of each addition.

        Parameters
        ----------
        n_edges
            Number of all edges.

        Yields
        ------
        slice
            Of the edges, one each time.
        """
        first = 0
        for _, end in self.before:
            yield slice(first, end)
            first = end
        yield slice(first, n_edges)

    def touched(
        self, tail: NDArray[np.int32], head: NDArray[np.int32], chosen: NDArray[np.bool_], n_nodes: int
    ) -> NDArray[np.bool_]:
        """Nodes at an end of chosen edges that are as old as the node itself, shape (n_nodes,).

        Parameters
        ----------
        tail, head
            Nodes at the ends of each edge, shape (m,).
        chosen
            Which edges, shape (m,).
        n_nodes
            Number of nodes.

        Returns
        -------
        bool array of shape (n_nodes,).
        """
        is_touched = np.zeros(n_nodes, bool)
        first = (0, *(nodes for nodes, _ in self.before))
        for oldest, edges in zip(first, self.stages(len(tail)), strict=True):
            of_stage = np.zeros(n_nodes, bool)
            for ends in (tail[edges], head[edges]):
                of_stage[ends[chosen[edges]]] = True
            is_touched[oldest:] |= of_stage[oldest:]
        return is_touched

    def whole(self) -> NDArray[np.int32]:
        """For each edge the edge of the file that it is a piece of, itself where it is none.

        Returns
        -------
        int32 array of shape (m,).
        """
        whole_edge = np.arange(len(self.piece_of), dtype=np.int32)
        for edge in np.flatnonzero(self.piece_of >= 0):  # an edge is older than its pieces
            whole_edge[edge] = whole_edge[self.piece_of[edge]]
        return whole_edge

    def seen_from(self, edge: int, node: int, tail: NDArray[np.int32], head: NDArray[np.int32]) -> int:
        """The longest street of which an edge at a node is the last piece: the edge itself where it is no piece.

        Parameters
        ----------
        edge
            An edge.
        node
            A node at one of its ends.
        tail, head
            Nodes at the ends of each edge, shape (m,).

        Returns
        -------
        int
            An edge.
        """
        while edge < len(self.piece_of) and self.piece_of[edge] >= 0:
            whole = int(self.piece_of[edge])
            if node not in (tail[whole], head[whole]):
                break
            edge = whole
        return edge
