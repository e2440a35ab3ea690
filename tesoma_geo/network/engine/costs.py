"""A hierarchy with the costs of one profile: ready to answer questions.

The arrays are worked on by kernels in the neighbouring files; here arguments are checked,
nodes become positions, and work is shared out over the cores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tesoma_geo._decay import DecayCurve
from tesoma_geo._kernels import Float32, Float64, Int32, Int64
from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import bounded, paths, sweep
from tesoma_geo.network.engine.customise import CustomisationInput, customise, recustomise
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.seeds import Seeds
from tesoma_geo.network.engine.simd import LANES
from tesoma_geo.network.engine.threads import batches, portions, run


@dataclass(frozen=True, eq=False)
class Path:
    """A way through the network.

    Attributes
    ----------
    seconds : float
        ``inf`` where there is no way, and then no node.
    nodes : int32[k + 1]
    edges : int32[k]
        The street segments between the nodes.
    """

    seconds: float
    nodes: Int32
    edges: Int32


@dataclass(frozen=True, eq=False)
class CustomisedCosts:
    """A contracted street network with directed costs; arrays are not to be written to.

    Places are given as seeds, ``nodes`` with ``seconds`` already spent, several places in CSR
    form: the seeds of place ``i`` are ``offsets[i]`` to ``offsets[i + 1]``. Where a method has
    ``reverse``, it tells the direction: seconds from the places, or reversed, to them.

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
        """Lay costs on a contracted network: customisation, in the words of Dibbelt, Strasser and Wagner (2016).

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
        every = np.arange(hierarchy.n_edges)
        forward = _checked_costs("forward", forward_s, every)
        backward = _checked_costs("backward", backward_s, every)
        up, down = customise(_made(hierarchy, forward, backward))
        return cls(hierarchy, forward, backward, up, down)

    def updated(self, edges: npt.ArrayLike, forward_s: npt.ArrayLike, backward_s: npt.ArrayLike) -> CustomisedCosts:
        """Return costs that differ on some street segments; these costs stay as they are.

        Parameters
        ----------
        edges : int[k]
            Street segments; where one is named twice, the last counts.
        forward_s, backward_s : float32[k]
            Their new seconds; ``inf`` closes a segment.

        Raises
        ------
        InputError
            When there is no such segment, or a cost is negative or not a number.
        """
        h = self.hierarchy
        edges = np.asarray(edges, np.int64)
        off = np.flatnonzero((edges < 0) | (edges >= h.n_edges))
        if off.size:
            raise InputError(
                f"There is no street segment {edges[off[0]]} among {h.n_edges}", f"Name them 0 to {h.n_edges - 1}"
            )
        forward, backward, up, down = (a.copy() for a in (self.forward_s, self.backward_s, self.up, self.down))
        forward[edges] = _checked_costs("forward", forward_s, edges)
        backward[edges] = _checked_costs("backward", backward_s, edges)
        tail, head = h.position[h.tail[edges]], h.position[h.head[edges]]
        apart = tail != head
        lower, upper = np.maximum(tail, head)[apart], np.minimum(tail, head)[apart]
        affected = sweep.with_ancestors(h.parent, lower)
        recustomise(lower, upper, affected, h.arc_first, h.arc_head, _made(h, forward, backward), up, down)
        return CustomisedCosts(h, forward, backward, up, down)

    def times(self, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False) -> Float32:
        """Return the least seconds from any of the seeds to every node, or back.

        Returns
        -------
        float32[n]
            ``inf`` where there is no way.
        """
        h = self.hierarchy
        seeds = self._seeds([0, np.size(nodes)], nodes, seconds)
        found = np.empty(h.n_nodes, np.float32)
        sweep.search(seeds, self._directed(reverse), h.order, found)
        return found

    def times_many(
        self, offsets: npt.ArrayLike, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False
    ) -> Float32:
        """Return the least seconds from each place to every node, or back.

        Returns
        -------
        float32[k, n]
        """
        h = self.hierarchy
        seeds = self._seeds(offsets, nodes, seconds)
        found = np.empty((seeds.places, h.n_nodes), np.float32)
        graph = self._directed(reverse)

        def work(share: Int64) -> None:
            sweep.search_many(share, seeds, graph, h.position, found)

        run(work, batches(seeds.places))
        return found

    def matrix(
        self,
        origin_offsets: npt.ArrayLike,
        origin_nodes: npt.ArrayLike,
        origin_seconds: npt.ArrayLike,
        destination_offsets: npt.ArrayLike,
        destination_nodes: npt.ArrayLike,
        destination_seconds: npt.ArrayLike,
    ) -> Float32:
        """Return the least seconds from each origin to each destination.

        The way between two places on one street segment that leads over neither end of it is
        not known here.

        Returns
        -------
        float32[k, m]
        """
        origins = self._seeds(origin_offsets, origin_nodes, origin_seconds)
        destinations = self._seeds(destination_offsets, destination_nodes, destination_seconds)
        reverse = destinations.places < origins.places  # the smaller side is searched from
        searched, targets = (destinations, origins) if reverse else (origins, destinations)
        searched, places = searched.sorted()
        shares = batches(searched.places)
        found = np.empty((len(shares), targets.places, LANES), np.float32)
        graph = self._directed(reverse)

        def work(share: Int64) -> None:
            sweep.search_between(share, searched, targets, graph, found)

        run(work, shares)
        return sweep.unbatched(found, places, by_target=reverse)

    def bounded_sum(
        self,
        offsets: npt.ArrayLike,
        nodes: npt.ArrayLike,
        seconds: npt.ArrayLike,
        weights: npt.ArrayLike,
        cutoff_s: float,
        decay: DecayCurve | None = None,
        reverse: bool = True,
    ) -> Float64:
        """Return, for every node, the sum over the places within the cutoff of weight times decay.

        Parameters
        ----------
        offsets, nodes, seconds
            The places.
        weights : float64[k]
            What there is at each place; ones count the places.
        cutoff_s : float
            A place this far away still counts.
        decay : DecayCurve, optional
            What a place counts for by its seconds; default 1.
        reverse : bool
            Seconds from the nodes to the places, or if false, from the places to the nodes.

        Returns
        -------
        float64[n]

        Raises
        ------
        InputError
            When the cutoff is not above 0, or a weight is not a finite number.
        """
        h = self.hierarchy
        seeds, places = self._seeds(offsets, nodes, seconds).sorted()
        weights = np.asarray(weights, np.float64)
        if weights.shape != (seeds.places,):
            raise InputError(f"{seeds.places} places have {weights.size} weights", "Give each place one weight")
        bad = np.flatnonzero(~np.isfinite(weights))
        if bad.size:
            raise InputError(f"The weight of place {bad[0]} is {weights[bad[0]]}", "Give finite weights")
        cutoff = _checked_cutoff(cutoff_s)
        decay = decay or DecayCurve.step()
        shares = batches(seeds.places)
        sums = np.zeros((portions(shares), h.n_nodes))
        how = (weights[places], cutoff, decay, self._directed(reverse))

        def work(share: Int64) -> None:
            bounded.sum_within(share, seeds, *how, sums)

        run(work, shares)
        return bounded.total(sums, h.position)

    def nearest(
        self,
        offsets: npt.ArrayLike,
        nodes: npt.ArrayLike,
        seconds: npt.ArrayLike,
        count: int,
        cutoff_s: float = np.inf,
        reverse: bool = True,
    ) -> tuple[Float32, Int32]:
        """Return the nearest places of every node and the seconds to them, or from them.

        Returns
        -------
        seconds : float32[n, count]
            Ascending; ``inf`` where fewer places are within the cutoff.
        places : int32[n, count]
            Which places these are; -1 where there is none. Of equals the first comes first.
        """
        h = self.hierarchy
        seeds, places = self._seeds(offsets, nodes, seconds).sorted()
        if count < 1:
            raise InputError(f"The {count} nearest places were asked for", "Ask for 1 or more")
        cutoff = _checked_cutoff(cutoff_s)
        shares = batches(seeds.places)
        found = np.full((portions(shares), h.n_nodes, count), np.float32(np.inf))
        which = np.full((portions(shares), h.n_nodes, count), -1, np.int32)
        how = (places, cutoff, self._directed(reverse))

        def work(share: Int64) -> None:
            bounded.nearest_within(share, seeds, *how, found, which)

        run(work, shares)
        for portion in range(1, portions(shares)):
            bounded.merge_nearest(found[0], which[0], found[portion], which[portion])
        return found[0][h.position], which[0][h.position]

    def path(
        self, from_nodes: npt.ArrayLike, from_seconds: npt.ArrayLike, to_nodes: npt.ArrayLike, to_seconds: npt.ArrayLike
    ) -> Path:
        """Return the shortest path between two places, each given by its seeds."""
        h = self.hierarchy
        from_ = self._seeds([0, np.size(from_nodes)], from_nodes, from_seconds)
        to = self._seeds([0, np.size(to_nodes)], to_nodes, to_seconds)
        seconds, top, climbed, descended = paths.shortest(from_, to, self._directed(reverse=False))
        if np.isinf(seconds):
            return Path(float(seconds), np.empty(0, np.int32), np.empty(0, np.int32))
        made = _made(h, self.forward_s, self.backward_s)
        edges, along = paths.unpack(climbed, descended, made, self.up, self.down)
        if not edges.size:
            return Path(float(seconds), h.order[[top]], edges)
        start, end = np.where(along, h.tail[edges], h.head[edges]), np.where(along, h.head[edges], h.tail[edges])
        return Path(float(seconds), *_without_loops(np.append(start, end[-1]), edges))

    def _directed(self, reverse: bool) -> sweep.Directed:
        h = self.hierarchy
        costs = (self.down, self.up) if reverse else (self.up, self.down)
        return sweep.Directed(h.parent, h.end, h.arc_first.view(np.uint32), h.arc_head.view(np.uint32), *costs)

    def _seeds(self, offsets: npt.ArrayLike, nodes: npt.ArrayLike, seconds: npt.ArrayLike) -> Seeds:
        return Seeds.checked(self.hierarchy.position, offsets, nodes, seconds)


def _made(h: Hierarchy, forward_s: Float32, backward_s: Float32) -> CustomisationInput:
    triangle_first, to_lower, to_upper, segment_first, segment = (
        array.view(np.uint32) for array in (h.triangle_first, h.to_lower, h.to_upper, h.segment_first, h.segment)
    )
    return CustomisationInput(triangle_first, to_lower, to_upper, segment_first, segment, forward_s, backward_s)


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


def _checked_cutoff(cutoff_s: float) -> np.float32:
    """Return the cutoff as a number that ``inf``, which means no way, is beyond."""
    if not cutoff_s > 0:
        raise InputError(f"The cutoff is {cutoff_s} s", "Give seconds above 0")
    return np.float32(min(cutoff_s, float(np.finfo(np.float32).max)))


def _without_loops(nodes: Int32, edges: Int32) -> tuple[Int32, Int32]:
    """Cut out of a path what leads back to where it was, as segments that cost nothing may."""
    if np.unique(nodes).size == nodes.size:
        return nodes, edges
    last = {node: i for i, node in enumerate(nodes.tolist())}
    kept = []
    i = 0
    while i < nodes.size:
        i = last[int(nodes[i])]
        kept.append(i)
        i += 1
    return nodes[kept], edges[kept[:-1]]
