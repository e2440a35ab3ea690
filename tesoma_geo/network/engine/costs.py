"""A hierarchy with the costs of one profile: ready to answer questions.

The arrays are worked on by kernels in the neighbouring files; here arguments are checked,
nodes become positions, and work is shared out over the cores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import sweep
from tesoma_geo.network.engine.customise import Segments, Triangles, customise, recustomise
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.kernel import Arcs, Float32, Int64
from tesoma_geo.network.engine.lanes import LANES
from tesoma_geo.network.engine.seeds import Seeds
from tesoma_geo.network.engine.threads import in_slices

SLICES = 8  # of a batched task; more than the cores of a common machine, fixed for equal results


@dataclass(frozen=True, eq=False)
class CustomisedCosts:
    """A contracted street network with directed costs; arrays are not to be written to.

    Attributes
    ----------
    hierarchy : Hierarchy
    forward_s, backward_s : float32[m]
        Seconds along each street segment from tail to head, and back; ``inf`` where closed.
    up, down : float32[arcs]
        Seconds along each arc of the hierarchy from its lower to its upper end, and back.
    """

    hierarchy: Hierarchy
    forward_s: Float32
    backward_s: Float32
    up: Float32
    down: Float32

    @classmethod
    def of(cls, hierarchy: Hierarchy, forward_s: npt.ArrayLike, backward_s: npt.ArrayLike) -> CustomisedCosts:
        """Put costs on a hierarchy.

        Parameters
        ----------
        hierarchy : Hierarchy
        forward_s, backward_s : float32[m]
            Seconds along each street segment from tail to head, and back; ``inf`` where closed.

        Raises
        ------
        InputError
            When a cost is negative or not a number, or their count is not that of the segments.
        """
        forward_s, backward_s = (
            _checked_costs(name, costs, np.arange(hierarchy.n_edges))
            for name, costs in (("forward", forward_s), ("backward", backward_s))
        )
        up, down = customise(_segments(hierarchy), _triangles(hierarchy), forward_s, backward_s)
        return cls(hierarchy, forward_s, backward_s, up, down)

    def updated(self, edges: npt.ArrayLike, forward_s: npt.ArrayLike, backward_s: npt.ArrayLike) -> CustomisedCosts:
        """Return costs that differ on some street segments; these costs stay as they are.

        Parameters
        ----------
        edges : int[k]
            Street segments; where one is named twice, the last counts.
        forward_s, backward_s : float32[k]
            Their new seconds; ``inf`` closes a segment.
        """
        edges = np.asarray(edges, np.int64)
        m = self.hierarchy.n_edges
        off = np.flatnonzero((edges < 0) | (edges >= m))
        if off.size:
            raise InputError(f"There is no segment {edges[off[0]]} among {m}", f"Name segments 0 to {m - 1}")
        forward, backward, up, down = (a.copy() for a in (self.forward_s, self.backward_s, self.up, self.down))
        forward[edges] = _checked_costs("forward", forward_s, edges)
        backward[edges] = _checked_costs("backward", backward_s, edges)
        h = self.hierarchy
        tail, head = h.position[h.tail[edges]], h.position[h.head[edges]]
        lower, upper = np.maximum(tail, head), np.minimum(tail, head)
        apart = tail != head
        recustomise(
            lower[apart],
            upper[apart],
            sweep.with_ancestors(h.parent, lower[apart]),
            (h.arc_first, h.arc_head),
            _segments(h),
            _triangles(h),
            forward,
            backward,
            up,
            down,
        )
        return CustomisedCosts(h, forward, backward, up, down)

    def times(self, seeds: Seeds, reverse: bool = False) -> Float32:
        """Return the least seconds from any of the seeds to every node.

        Parameters
        ----------
        seeds : Seeds
            Places; they count as one.
        reverse : bool
            Seconds from every node to the seeds instead.

        Returns
        -------
        float32[n]
            ``inf`` where there is no way.
        """
        h = self.hierarchy
        seeds = seeds.checked(h.n_nodes)
        rising, falling = self._directed(reverse)
        seconds = np.empty(h.n_nodes, np.float32)
        at = h.position[seeds.nodes]
        sweep.search(at, seeds.cost_s, h.parent, self._arcs, rising, falling, h.order, seconds)
        return seconds

    def times_many(self, seeds: Seeds, reverse: bool = False) -> Float32:
        """Return the least seconds from each place to every node, float32[k, n].

        With ``reverse``, from every node to each place.
        """
        h = self.hierarchy
        seeds = seeds.checked(h.n_nodes)
        rising, falling = self._directed(reverse)
        seconds = np.empty((len(seeds), h.n_nodes), np.float32)
        at = h.position[seeds.nodes]

        def work(_: int, begin: int, end: int) -> None:
            sweep.search_many(
                (begin, end), seeds.offsets, at, seeds.cost_s, h.parent, self._arcs,
                rising, falling, h.order, seconds,
            )  # fmt: skip

        in_slices(work, len(seeds), LANES, SLICES)
        return seconds

    def matrix(self, origins: Seeds, destinations: Seeds) -> Float32:
        """Return the least seconds from each origin to each destination, float32[k, m].

        The way between two places on one street segment that touches neither end of it is not
        known here.
        """
        h = self.hierarchy
        origins, destinations = origins.checked(h.n_nodes), destinations.checked(h.n_nodes)
        reverse = len(destinations) < len(origins)  # the smaller side is searched from
        searched, targets = (destinations, origins) if reverse else (origins, destinations)
        rising, falling = self._directed(reverse)
        searched, ranked = searched.sorted_by(h.position)
        seconds = np.empty((len(searched), len(targets)), np.float32)
        at = h.position[searched.nodes]
        wanted = (targets.offsets, h.position[targets.nodes], targets.cost_s)

        def work(_: int, begin: int, end: int) -> None:
            sweep.search_between(
                (begin, end), searched.offsets, at, searched.cost_s, wanted, h.parent, self._arcs,
                rising, falling, seconds,
            )  # fmt: skip

        in_slices(work, len(searched), LANES, SLICES)
        unsorted = np.empty_like(seconds)
        unsorted[ranked] = seconds
        return np.ascontiguousarray(unsorted.T) if reverse else unsorted

    @property
    def _arcs(self) -> Arcs:
        return self.hierarchy.arc_first, self.hierarchy.arc_head

    def _directed(self, reverse: bool) -> tuple[Float32, Float32]:
        """Costs of the climb and of the descent."""
        return (self.down, self.up) if reverse else (self.up, self.down)


def _segments(h: Hierarchy) -> Segments:
    return h.segment_first, h.segment, h.position[h.tail] > h.position[h.head]


def _triangles(h: Hierarchy) -> Triangles:
    return h.triangle_first, h.to_lower, h.to_upper


def _checked_costs(name: str, costs: npt.ArrayLike, edges: Int64) -> Float32:
    costs = np.asarray(costs)
    if costs.shape != edges.shape:
        raise InputError(f"{edges.size} street segments have {costs.size} {name} costs", "Give each segment one cost")
    bad = np.flatnonzero(~(costs >= 0))
    if bad.size:
        raise InputError(
            f"The {name} cost of street segment {edges[bad[0]]} is {costs[bad[0]]} s",
            "Give seconds of 0 or more, inf where there is no way",
        )
    return np.ascontiguousarray(costs, np.float32)
