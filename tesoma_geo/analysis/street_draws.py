"""Travel times in many draws of what is not known, sixteen at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self, TypeVar

import numpy as np

from tesoma_geo._arrays import Bool, Float32, Float64, Int32, Int64
from tesoma_geo._threads import in_threads
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.engine import LANES, Contracted, DrawnCosts, customise_draws, search_draws, with_ancestors
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.impedance import drawn_slopes, edge_costs
from tesoma_geo.network.streets.mode_graph import ModeGraph
from tesoma_geo.network.streets.profile_turns import seconds_of_turns_in
from tesoma_geo.network.streets.snap import Positions, seeds
from tesoma_geo.network.streets.street_engine import mode_graph
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS
from tesoma_geo.network.streets.unknown_tags import TagDraws

Group = TypeVar("Group")


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Seconds between places and what a search knows, as a draw makes them: ``factor × moving_s + rest_s``.

    Attributes
    ----------
    lane, place
        The set of places that the pair is of, and which place of the set, shape (k,).
    at
        Positions in the hierarchy, shape (k,); empty for ways along one edge.
    moving_s, rest_s
        Seconds that a draw multiplies, and the others, shape (k,).
    row
        Whose factor it is, by :meth:`StreetDraws.rows`, shape (k,).
    """

    lane: Int64
    place: Int64
    at: Int32
    moving_s: Float64
    rest_s: Float64
    row: Int64

    @classmethod
    def joined(cls, parts: Sequence["_Pairs"]) -> "_Pairs":
        names = ("lane", "place", "at", "moving_s", "rest_s", "row")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def seconds(self, factors: Float32, slower: Float32) -> Float64:
        """By pair, in its lane; who stands on a street that the draw closes gets off it anyhow."""
        drawn, lane = factors[self.row, self.lane], self.lane
        return np.where(np.isinf(drawn), slower[lane], drawn) * self.moving_s + self.rest_s

    def in_all_lanes(self, factors: Float32, slower: Float32) -> Float32:
        """By pair, in every lane, for places that are the same in all; else in its own lane alone."""
        if self.lane.any():
            alone = np.full((len(self.lane), LANES), np.inf, np.float32)
            alone[np.arange(len(self.lane)), self.lane] = self.seconds(factors, slower)
            return alone
        drawn = factors[self.row]
        seconds = np.where(np.isinf(drawn), slower, drawn) * self.moving_s[:, None] + self.rest_s[:, None]
        return np.ascontiguousarray(seconds, np.float32)


@dataclass(frozen=True, eq=False)
class StreetDraws:
    """The streets of a router with the costs of many draws.

    Attributes
    ----------
    router
        The streets as mapped.
    moving, whole
        Costs without and with waiting, of streets where nobody minds the tags that are drawn.
    seen
        The routing graph with these costs.
    tags
        The tags of each draw; None where none is drawn.
    slower
        What each draw multiplies all moving by, shape (runs,).
    slopes
        What the heights of each lane multiply the seconds of edges by, first from tail to head, then back, shape
        (2 m, LANES); the costs are then those of flat streets. None where the heights are those of the network.
    """

    router: StreetRouter
    moving: EdgeCosts
    whole: EdgeCosts
    seen: ModeGraph
    tags: TagDraws | None
    slower: Float64
    slopes: Float32 | None = None

    @classmethod
    def of(
        cls, router: StreetRouter, tags: TagDraws | None, slower: Float64, elevations_m: Float32 | None = None
    ) -> Self:
        """Prepare the draws of a router.

        Parameters
        ----------
        router
            The streets with the costs of a profile, as its tags give them.
        tags
            The tags of each draw; None where none is drawn.
        slower
            What each draw multiplies all moving by, shape (runs,).
        elevations_m
            Heights of the nodes for each lane, shape (LANES, n); None for those of the network.

        Returns
        -------
        StreetDraws
        """
        network, profile, slopes = router.network, router.profile, None
        if elevations_m is not None and (profile.grade_model != "none" or profile.max_grade is not None):
            slopes = drawn_slopes(network, profile, elevations_m).reshape(-1, len(elevations_m))
            network = network.with_true_shape(elevation_m=np.zeros(network.n_nodes, np.float32))
        if tags is not None:
            kept = {tag: factors for tag, factors in profile.factors.items() if tag not in DRAWN_TAGS}
            profile = profile.model_copy(update={"factors": kept})
            network = replace(network, unknown_tags=None)
        nonstop = profile.model_copy(update={"node_delays_s": {}, "intersection_s": 0.0})
        moving, whole = edge_costs(network, nonstop), edge_costs(network, profile)
        for travel_s, total_s in ((moving.forward_s, whole.forward_s), (moving.backward_s, whole.backward_s)):
            travel_s[np.isinf(total_s)] = np.inf  # what is closed at a node is closed
        seen = mode_graph(network.shape.graph, whole, profile.mode, seconds_of_turns_in(network, profile))
        return cls(router, moving, whole, seen, tags, slower, slopes)

    def seconds(
        self, origins: Sequence[Positions], hub: Positions | Sequence[Positions], services: Mapping[Group, Positions]
    ) -> tuple[Float32, Float32, dict[Group, Float32]]:
        """Seconds of every draw from the origins to the hub, from it to them, and to the nearest service of each kind.

        Parameters
        ----------
        origins
            Sets of positions of the n origins, ``LANES`` of them or one: each draw takes the set of its lane.
        hub
            Its entrances, or ``LANES`` sets of them; the best counts.
        services
            What groups services, such as their kind → positions of these.

        Returns
        -------
        to_hub_s, from_hub_s : float32 arrays of shape (runs, n)
            ``inf`` where there is no way.
        to_kind_s : dict
            Group → the same to the nearest service.
        """
        hubs = [one.flat() for one in ([hub] if isinstance(hub, Positions) else hub)]  # any entrance will do
        anywhere = {group: at.flat() for group, at in services.items()}
        asked = _Asked.of(self, list(origins) * (LANES // len(origins)), hubs, anywhere)
        first = range(0, len(self.slower), LANES)
        batches = in_threads([partial(asked.answered, slice(at, min(at + LANES, len(self.slower)))) for at in first])
        to_hub, from_hub, *to_kinds = (np.concatenate(parts) for parts in zip(*batches, strict=True))
        return to_hub, from_hub, dict(zip(services, to_kinds, strict=True))

    def factors(self, runs: slice) -> tuple[Float32, Float32]:
        """What draws multiply seconds by, ``inf`` where a street is closed.

        Parameters
        ----------
        runs
            Which draws, ``LANES`` of them at most.

        Returns
        -------
        factors : float32 array of shape (rows, LANES)
            By :meth:`rows`. Lanes without a draw repeat the last one.
        slower : float32 array of shape (LANES,)
            What these draws multiply all moving by, contained in the factors.
        """
        ways = self.router.network.ways_now
        slower = np.resize(self.slower[runs], LANES).astype(np.float32)
        factors = np.ones((len(ways) + 1, LANES), np.float32)
        if self.tags is not None:
            of_way = self.tags.multiplier(runs, ways, self.router.profile.factors)
            factors[:-1, : len(of_way)] = of_way.T
            factors[:, len(of_way) :] = factors[:, len(of_way) - 1 : len(of_way)]
        factors *= slower
        if self.slopes is not None:
            n, of_edge = self.router.network.n_edges, np.take(factors, self.router.network.way, axis=0)
            factors = np.concatenate([of_edge * self.slopes[:n], of_edge * self.slopes[n:], factors[-1:]])
        return factors, slower

    def rows(self, edge: Int64, backward: Bool) -> Int64:
        """The rows of the factors that are of edges.

        Parameters
        ----------
        edge
            Streets; -1 for none, shape (k,).
        backward
            Whether from head to tail, shape (k,).

        Returns
        -------
        int64 array of shape (k,)
        """
        network = self.router.network
        if self.slopes is None:
            rows = np.where(edge >= 0, network.way[np.maximum(edge, 0)], len(network.ways_now))
        else:
            rows = np.where(edge >= 0, edge + backward * network.n_edges, 2 * network.n_edges)
        return rows.astype(np.int64)

    def graph_costs(self) -> DrawnCosts:
        """Seconds of the edges of the routing graph, those that a draw multiplies and the others.

        Returns
        -------
        DrawnCosts
        """
        moving = self.seen.costs(self.moving.forward_s, self.moving.backward_s)
        whole = self.seen.costs(self.whole.forward_s, self.whole.backward_s)
        delays = []
        for travel_s, total_s in zip(moving, whole, strict=True):
            travel_s[np.isinf(total_s)] = np.inf
            with np.errstate(invalid="ignore"):
                delays.append(np.maximum(np.nan_to_num(total_s - travel_s, nan=0.0), 0.0).astype(np.float32))
        street = self.seen.graph.street_of.astype(np.int64)
        rows = [self.rows(street, np.full(len(street), back)).astype(np.uint32) for back in (False, True)]
        return DrawnCosts(moving[0], moving[1], delays[0], delays[1], rows[0], rows[1])

    def ends(self, positions: Sequence[Positions], *, reverse: bool) -> _Pairs:
        """Where trips begin at positions, or with ``reverse`` end, a lane a set of them.

        Parameters
        ----------
        positions
            Sets of positions.
        reverse
            Whether trips end there.

        Returns
        -------
        _Pairs
        """
        parts = [
            self._ends_of(lane, one, reverse=reverse) for lane, every in enumerate(positions) for one in every.each()
        ]
        return _Pairs.joined(parts)

    def _ends_of(self, lane: int, positions: Positions, *, reverse: bool) -> _Pairs:
        seen, pace_ms = self.seen, self.router.profile.foot_speed_ms
        forth, back = (seen.arrivals, seen.further_arrivals), (seen.entries, seen.further_entries)
        ends, further = back if reverse else forth
        parts = []
        # The graph is asked twice: with all seconds, and without the way to the street and the waiting.
        for costs, pace in ((self.whole, pace_ms), (self.moving, np.inf)):
            costs_s = costs.forward_s, costs.backward_s
            parts.append(seeds(positions, ends, costs_s, pace, reverse=reverse, further=further))
        whole, moving = parts
        place = np.repeat(np.arange(len(positions.edge)), np.diff(whole.offsets))
        moving_s = moving.seconds.astype(float)
        rest_s = np.maximum(whole.seconds - moving_s, 0.0)
        at = self.router.network.hierarchy.position[whole.nodes]
        edge = positions.edge[place].astype(np.int64)
        at_tail = ends[0][edge] == whole.nodes
        return _Pairs(np.full(len(place), lane), place, at, moving_s, rest_s, self.rows(edge, at_tail != reverse))

    def along(self, origins: Sequence[Positions], others: Sequence[Positions], *, reverse: bool) -> _Pairs:
        """Ways along one edge that both an origin and another place are on; with ``reverse`` to the origin.

        Parameters
        ----------
        origins
            Sets of positions.
        others
            Where they go, or come from: one set for all lanes, or one each.
        reverse
            Whether they come from there.

        Returns
        -------
        _Pairs
        """
        pace_ms, parts = self.router.profile.foot_speed_ms, []
        for lane, every in enumerate(origins):
            there = others[lane % len(others)]
            for one, other in ((one, other) for one in every.each() for other in there.each()):
                near = np.flatnonzero(one.found & np.isin(one.edge, other.edge))
                place, to = np.nonzero(one.edge[near, None] == other.edge)
                place = near[place]
                edge = one.edge[place]
                ahead = (other.fraction[to] - one.fraction[place]) * (-1.0 if reverse else 1.0)
                moving_s, whole_s = (
                    np.where(
                        ahead == 0, 0.0, np.abs(ahead) * np.where(ahead >= 0, c.forward_s[edge], c.backward_s[edge])
                    )
                    for c in (self.moving, self.whole)
                )
                open_ = np.isfinite(whole_s)
                still_s = np.subtract(whole_s, moving_s, out=np.zeros(len(place)), where=open_)
                rest_s = still_s + (one.snap_m[place] + other.snap_m[to]) / pace_ms
                rows, nowhere = self.rows(edge.astype(np.int64), ahead < 0), np.zeros(len(place), np.int32)
                parts.append(_Pairs(np.full(len(place), lane), place, nowhere, moving_s, rest_s, rows))
        return _Pairs.joined(parts)


@dataclass(frozen=True, eq=False)
class _Question:
    """Seconds from or to all origins: where it is searched from, and ways along one edge."""

    reverse: bool
    start: _Pairs
    origins: _Pairs
    along: _Pairs


@dataclass(frozen=True, eq=False)
class _Asked:
    """What every draw answers, with all that does not depend on it."""

    draws: StreetDraws
    n_origins: int
    graph: Contracted
    costs: DrawnCosts
    wanted: Int32
    questions: tuple[_Question, ...]

    @classmethod
    def of(
        cls,
        draws: StreetDraws,
        origins: Sequence[Positions],
        hub: Sequence[Positions],
        services: Mapping[Any, Positions],
    ) -> Self:
        hierarchy = draws.router.network.hierarchy
        begin, end = (draws.ends(origins, reverse=reverse) for reverse in (False, True))
        to = [
            _Question(True, draws.ends(one, reverse=True), begin, draws.along(origins, one, reverse=False))
            for one in (hub, *([at] for at in services.values()))
        ]
        back = _Question(False, draws.ends(hub, reverse=False), end, draws.along(origins, hub, reverse=True))
        wanted = with_ancestors(hierarchy.parent, np.concatenate([begin.at, end.at]))
        questions = (to[0], back, *to[1:])
        graph, n_origins = Contracted.of(hierarchy), len(origins[0].edge)
        return cls(draws, n_origins, graph, draws.graph_costs(), wanted, questions)

    def answered(self, runs: slice) -> list[Float32]:
        """Seconds of some draws, by question; shape (runs, origins)."""
        factors, slower = self.draws.factors(runs)
        up, down = customise_draws(self.graph, self.costs, factors)
        answers = []
        for question in self.questions:
            rising_s, falling_s = (down, up) if question.reverse else (up, down)
            start = question.start
            rows = search_draws(
                self.graph, rising_s, falling_s, start.at, start.in_all_lanes(factors, slower), self.wanted
            )
            seconds = np.full((LANES, self.n_origins), np.inf, np.float32)
            at = question.origins
            np.minimum.at(
                seconds, (at.lane, at.place), (rows[at.at, at.lane] + at.seconds(factors, slower)).astype(np.float32)
            )
            on = question.along
            np.minimum.at(seconds, (on.lane, on.place), on.seconds(factors, slower).astype(np.float32))
            answers.append(seconds[: runs.stop - runs.start] + np.float32(self.draws.router.profile.terminal_s))
        return answers
