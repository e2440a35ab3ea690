"""A hierarchy with the costs of one profile: ready to answer questions.

The arrays are worked on by kernels in the neighbouring files; here arguments are checked,
nodes become positions, and work is shared out over the cores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tesoma_geo._decay import DecayCurve
from tesoma_geo._kernels import Float32, Float64, Int32, Int64
from tesoma_geo._threads import cores
from tesoma_geo.errors import InputError
from tesoma_geo.network.engine import bounded, paths, sweep
from tesoma_geo.network.engine.checks import checked_costs, checked_cutoff
from tesoma_geo.network.engine.customise import CustomisationInput, customise, recustomise
from tesoma_geo.network.engine.hierarchy import Hierarchy
from tesoma_geo.network.engine.matrix import seconds_between
from tesoma_geo.network.engine.paths import Path
from tesoma_geo.network.engine.seeds import SearchSeeds
from tesoma_geo.network.engine.threads import batches, portions, run


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

        Returns
        -------
        CustomisedCosts

        Raises
        ------
        InputError
            When a cost is negative or not a number, or their count is not that of the segments.
        """
        every = np.arange(hierarchy.n_edges)
        forward = checked_costs("forward", forward_s, every)
        backward = checked_costs("backward", backward_s, every)
        up, down = customise(CustomisationInput.of(hierarchy, forward, backward))
        return cls(hierarchy, forward, backward, up, down)

    def updated(self, edges: npt.ArrayLike, forward_s: npt.ArrayLike, backward_s: npt.ArrayLike) -> CustomisedCosts:
        """Return costs that differ on some street segments; these costs stay as they are.

        Parameters
        ----------
        edges : int[k]
            Street segments; where one is named twice, the last counts.
        forward_s, backward_s : float32[k]
            Their new seconds; ``inf`` closes a segment.

        Returns
        -------
        CustomisedCosts
            The same to the bit as costs laid anew.

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
        forward[edges] = checked_costs("forward", forward_s, edges)
        backward[edges] = checked_costs("backward", backward_s, edges)
        tail, head = h.position[h.tail[edges]], h.position[h.head[edges]]
        apart = tail != head
        lower, upper = np.maximum(tail, head)[apart], np.minimum(tail, head)[apart]
        affected = sweep.with_ancestors(h.parent, lower)
        recustomise(
            lower, upper, affected, h.arc_first, h.arc_head, CustomisationInput.of(h, forward, backward), up, down
        )
        return CustomisedCosts(h, forward, backward, up, down)

    def times(self, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False) -> Float32:
        """Return the least seconds from any of the seeds to every node, or back.

        Parameters
        ----------
        nodes : int[seeds]
            Nodes of the seeds.
        seconds : float[seeds]
            Seconds already spent at each, 0 or more.
        reverse : bool
            Seconds from the nodes to the seeds instead.

        Returns
        -------
        float32[n]
            ``inf`` where there is no way.

        Raises
        ------
        InputError
            When a seed is off the network or its seconds are negative or missing.
        """
        h = self.hierarchy
        seeds = self._seeds([0, np.size(nodes)], nodes, seconds)
        times_s = np.empty(h.n_nodes, np.float32)
        sweep.search(seeds, self._directed(reverse), h.order, times_s)
        return times_s

    def times_many(
        self, offsets: npt.ArrayLike, nodes: npt.ArrayLike, seconds: npt.ArrayLike, reverse: bool = False
    ) -> Float32:
        """Return the least seconds from each place to every node, or back.

        Parameters
        ----------
        offsets : int[k + 1]
            Where the seeds of each place begin.
        nodes : int[seeds]
            Nodes of the seeds.
        seconds : float[seeds]
            Seconds already spent at each, 0 or more.
        reverse : bool
            Seconds from the nodes to the places instead.

        Returns
        -------
        float32[k, n]
            By place and node; ``inf`` where there is no way.

        Raises
        ------
        InputError
            When the places are wrong, as for :meth:`times`, or the offsets do not fit the seeds.
        """
        h = self.hierarchy
        seeds = self._seeds(offsets, nodes, seconds)
        times_s = np.empty((seeds.places, h.n_nodes), np.float32)
        graph = self._directed(reverse)

        def work(share: Int64) -> None:
            sweep.search_many(share, seeds, graph, h.position, times_s)

        run(work, batches(seeds.places, summed=False))
        return times_s

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

        Parameters
        ----------
        origin_offsets, origin_nodes, origin_seconds
            The k origins, as ``offsets``, ``nodes`` and ``seconds`` of :meth:`times_many`.
        destination_offsets, destination_nodes, destination_seconds
            The m destinations, in the same form; their seconds are spent after the node.

        Returns
        -------
        float32[k, m]
            ``inf`` where there is no way.

        Raises
        ------
        InputError
            When the places are wrong, as for :meth:`times_many`.
        """
        origins = self._seeds(origin_offsets, origin_nodes, origin_seconds)
        destinations = self._seeds(destination_offsets, destination_nodes, destination_seconds)
        reverse = destinations.places < origins.places  # the smaller side is searched from
        searched, targets = (destinations, origins) if reverse else (origins, destinations)
        return seconds_between(searched, targets, self._directed(reverse), by_target=reverse)

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
            The k places, as for :meth:`times_many`.
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
            By node, in the unit of the weights.

        Raises
        ------
        InputError
            When the cutoff is not above 0, a weight is not a finite number, or the places are wrong, as for
            :meth:`times_many`.
        """
        h = self.hierarchy
        seeds, places = self._seeds(offsets, nodes, seconds).sorted()
        weights = np.asarray(weights, np.float64)
        if weights.shape != (seeds.places,):
            raise InputError(f"{seeds.places} places have {weights.size} weights", "Give each place one weight")
        bad = np.flatnonzero(~np.isfinite(weights))
        if bad.size:
            raise InputError(f"The weight of place {bad[0]} is {weights[bad[0]]}", "Give finite weights")
        cutoff = checked_cutoff(cutoff_s)
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

        Parameters
        ----------
        offsets, nodes, seconds
            The places, as for :meth:`times_many`.
        count : int
            How many of them, 1 or more.
        cutoff_s : float
            A place this many seconds away is still listed.
        reverse : bool
            Seconds from the nodes to the places, or if false, from the places to the nodes.

        Returns
        -------
        seconds : float32[n, count]
            Ascending; ``inf`` where fewer places are within the cutoff.
        places : int32[n, count]
            Which places these are; -1 where there is none. Of equals the first comes first.

        Raises
        ------
        InputError
            When the count is below 1, the cutoff is not above 0, or the places are wrong, as for
            :meth:`times_many`.
        """
        h = self.hierarchy
        seeds, places = self._seeds(offsets, nodes, seconds).sorted()
        if count < 1:
            raise InputError(f"The {count} nearest places were asked for", "Ask for 1 or more")
        cutoff = checked_cutoff(cutoff_s)
        shares = batches(seeds.places, most=cores())  # the nearest are the same, whoever found them
        nearest_s = np.full((portions(shares), h.n_nodes, count), np.float32(np.inf))
        nearest = np.full((portions(shares), h.n_nodes, count), -1, np.int32)
        how = (places, cutoff, self._directed(reverse))

        def work(share: Int64) -> None:
            bounded.nearest_within(share, seeds, *how, nearest_s, nearest)

        run(work, shares)
        for portion in range(1, portions(shares)):
            bounded.merge_nearest(nearest_s[0], nearest[0], nearest_s[portion], nearest[portion])
        return nearest_s[0][h.position], nearest[0][h.position]

    def path(
        self, from_nodes: npt.ArrayLike, from_seconds: npt.ArrayLike, to_nodes: npt.ArrayLike, to_seconds: npt.ArrayLike
    ) -> Path:
        """Return the shortest path between two places, each given by its seeds.

        Parameters
        ----------
        from_nodes, from_seconds : int[seeds], float[seeds]
            Nodes that the start can be left by, and the seconds spent before each, 0 or more.
        to_nodes, to_seconds : int[seeds], float[seeds]
            Nodes that the end can be reached by, and the seconds spent after each.

        Returns
        -------
        Path
            Of one node where the two meet there; of none where there is no way.

        Raises
        ------
        InputError
            When a seed is off the network or its seconds are negative or missing.
        """
        from_ = self._seeds([0, np.size(from_nodes)], from_nodes, from_seconds)
        to = self._seeds([0, np.size(to_nodes)], to_nodes, to_seconds)
        arcs = paths.shortest(from_, to, self._directed(reverse=False))
        return Path.of(self.hierarchy, self._components, (self.up, self.down), *arcs)

    def paths_to(
        self,
        offsets: npt.ArrayLike,
        nodes: npt.ArrayLike,
        seconds: npt.ArrayLike,
        to_nodes: npt.ArrayLike,
        to_seconds: npt.ArrayLike,
    ) -> Iterator[Path]:
        """Return the shortest path from each of many places to one: those of :meth:`path`, sooner.

        Parameters
        ----------
        offsets, nodes, seconds
            The places, as for :meth:`times_many`.
        to_nodes, to_seconds : int[seeds], float[seeds]
            As of :meth:`path`.

        Yields
        ------
        Path

        Raises
        ------
        InputError
            As of :meth:`path`.
        """
        from_, to = self._seeds(offsets, nodes, seconds), self._seeds([0, np.size(to_nodes)], to_nodes, to_seconds)
        graph, components = self._directed(reverse=False), self._components
        climbs = paths.climbs_to(to, graph)
        for number in range(from_.places):
            arcs = paths.shortest_of(from_, number, climbs, graph)
            yield Path.of(self.hierarchy, components, (self.up, self.down), *arcs)

    @property
    def _components(self) -> CustomisationInput:
        return CustomisationInput.of(self.hierarchy, self.forward_s, self.backward_s)

    def _directed(self, reverse: bool) -> sweep.Directed:
        return sweep.Directed.of(self.hierarchy, self.up, self.down, reverse)

    def _seeds(self, offsets: npt.ArrayLike, nodes: npt.ArrayLike, seconds: npt.ArrayLike) -> SearchSeeds:
        return SearchSeeds.checked(self.hierarchy.position, offsets, nodes, seconds)
