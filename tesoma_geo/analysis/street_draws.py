"""Travel times in many draws of what is not known, sixteen at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from tesoma_geo._arrays import Bool, Float32, Float64, Int32, Int64
from tesoma_geo._threads import in_threads
from tesoma_geo.analysis.drawn_pairs import DrawnPairs, InOneRow, MetInLanes, in_one_row, pairs_on_one_edge
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.engine import (
    LANES,
    Contracted,
    DrawnCosts,
    DrawnFactors,
    DrawnRoom,
    customise_draws,
    search_draws,
    with_ancestors,
)
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.impedance import drawn_slopes, edge_costs
from tesoma_geo.network.streets.mode_graph import ModeGraph
from tesoma_geo.network.streets.profile_turns import seconds_of_turns_in
from tesoma_geo.network.streets.snap import Positions, seeds
from tesoma_geo.network.streets.street_engine import mode_graph
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS
from tesoma_geo.network.streets.unknown_tags import TagDraws

Group = TypeVar("Group")

#: Batches of draws are done side by side as long as they take so many bytes together: those of a town do, those of
#: nine are done one after another, for the ways of moving have a process each.
BATCHES_BYTES = 500_000_000


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
        What the heights of each lane multiply the seconds of edges by, first from tail to head, then back, last 1 for
        no edge, shape (2 m + 1, LANES); the costs are then those of flat streets. The last one alone where the heights
        are those of the network.
    """

    router: StreetRouter
    moving: EdgeCosts
    whole: EdgeCosts
    seen: ModeGraph
    tags: TagDraws | None
    slower: Float64
    slopes: Float32

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
        network, profile, slopes = router.network, router.profile, np.ones((1, LANES), np.float32)
        if elevations_m is not None and (profile.grade_model != "none" or profile.max_grade is not None):
            slopes = drawn_slopes(network, profile, elevations_m)
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
        self,
        origins: Sequence[Positions],
        hub: Positions | Sequence[Positions],
        services: Mapping[Group, Positions],
        turns: Int64 | None = None,
    ) -> tuple[Float32, Float32, dict[Group, Float32]]:
        """Seconds of every draw from the origins to the hub, from it to them, and to the nearest service of each kind.

        Parameters
        ----------
        origins
            Sets of positions of the n origins: one, or some times ``LANES`` of them, which draws take in turn.
        hub
            Its entrances, or ``LANES`` sets of them or more, which draws take in turn; the best counts.
        services
            What groups services, such as their kind → positions of these.
        turns
            By batch of ``LANES`` draws, by how many lanes the sets of each origin are put aside, shape (batches, n):
            origins then meet one another's sets anew in every batch. None for none.

        Returns
        -------
        to_hub_s, from_hub_s : float32 arrays of shape (runs, n)
            ``inf`` where there is no way.
        to_kind_s : dict
            Group → the same to the nearest service.
        """
        hubs = [one.flat() for one in ([hub] if isinstance(hub, Positions) else hub)]  # any entrance will do
        anywhere = {group: at.flat() for group, at in services.items()}
        asked = _Asked.of(self, list(origins) * (LANES if len(origins) == 1 else 1), hubs, anywhere, turns)
        runs = len(self.slower)
        answers = [np.empty((runs, asked.n_origins), np.float32) for _ in asked.questions]
        rooms: list[DrawnRoom] = []
        in_threads(
            [partial(asked.answer, answers, rooms, slice(at, min(at + LANES, runs))) for at in range(0, runs, LANES)],
            most=max(BATCHES_BYTES // asked.batch_bytes, 1),
        )
        to_hub, from_hub, *to_kinds = answers
        return to_hub, from_hub, dict(zip(services, to_kinds, strict=True))

    def factors(self, runs: slice) -> tuple[DrawnFactors, Float32]:
        """What draws multiply seconds by, ``inf`` where a street is closed.

        Parameters
        ----------
        runs
            Which draws, ``LANES`` of them at most.

        Returns
        -------
        factors : DrawnFactors
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
        return DrawnFactors(factors, self.slopes), slower

    def rows(self, edge: Int64, backward: Bool) -> tuple[Int32, Int32]:
        """The rows of the factors that are of edges: by way, and of slopes.

        Parameters
        ----------
        edge
            Streets; -1 for none, shape (k,).
        backward
            Whether from head to tail, shape (k,).

        Returns
        -------
        tuple of int32 arrays of shape (k,)
        """
        network = self.router.network
        way = np.where(edge >= 0, network.way[np.maximum(edge, 0)], len(network.ways_now)).astype(np.int32)
        if len(self.slopes) == 1:
            return way, np.zeros(len(edge), np.int32)
        return way, np.where(edge >= 0, edge + backward * network.n_edges, 2 * network.n_edges).astype(np.int32)

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
        way, ahead = (rows.view(np.uint32) for rows in self.rows(street, np.zeros(len(street), bool)))
        _, behind = (rows.view(np.uint32) for rows in self.rows(street, np.ones(len(street), bool)))
        return DrawnCosts(moving[0], moving[1], delays[0], delays[1], way, ahead, behind)

    def ends(self, positions: Sequence[Positions], *, reverse: bool) -> DrawnPairs:
        """Where trips begin at positions, or with ``reverse`` end.

        Parameters
        ----------
        positions
            Sets of positions.
        reverse
            Whether trips end there.

        Returns
        -------
        DrawnPairs
        """
        return DrawnPairs.joined([self._ends_of(each, reverse=reverse) for each in in_one_row(positions)])

    def _ends_of(self, every: InOneRow, *, reverse: bool) -> DrawnPairs:
        seen, pace_ms, positions = self.seen, self.router.profile.foot_speed_ms, every.positions
        forth, back = (seen.arrivals, seen.further_arrivals), (seen.entries, seen.further_entries)
        ends, further = back if reverse else forth
        parts = []
        # The graph is asked twice: with all seconds, and without the way to the street and the waiting.
        for costs, pace in ((self.whole, pace_ms), (self.moving, np.inf)):
            costs_s = costs.forward_s, costs.backward_s
            parts.append(seeds(positions, ends, costs_s, pace, reverse=reverse, further=further))
        whole, moving = parts
        at = np.repeat(np.arange(len(positions.edge)), np.diff(whole.offsets))
        moving_s = moving.seconds.astype(float)
        rest_s = np.maximum(whole.seconds - moving_s, 0.0)
        edge = positions.edge[at].astype(np.int64)
        way, row = self.rows(edge, (ends[0][edge] == whole.nodes) != reverse)
        nodes = self.router.network.hierarchy.position[whole.nodes]
        sets, places = every.set[at].astype(np.int32), every.place[at].astype(np.int32)
        return DrawnPairs(sets, places, nodes, moving_s, rest_s, way, row)

    def along(
        self, origins: Sequence[Positions], others: Sequence[Positions], *, reverse: bool
    ) -> tuple[DrawnPairs, Int64]:
        """Ways along one edge that both an origin and another place are on; with ``reverse`` to the origin.

        Parameters
        ----------
        origins, others
            Sets of positions.
        reverse
            Whether they come from there.

        Returns
        -------
        pairs : DrawnPairs
            Of the origins' sets, with all others of any set.
        other_set : int64 array of shape (k,)
            The set of the other place of each pair.
        """
        network_costs = (self.moving, self.whole)
        pace_ms, parts, sets = self.router.profile.foot_speed_ms, [], []
        theirs = in_one_row(others)
        for mine in in_one_row(origins):
            for other in theirs:
                place, to = pairs_on_one_edge(mine.positions, other.positions)
                edge = mine.positions.edge[place]
                ahead = (other.positions.fraction[to] - mine.positions.fraction[place]) * (-1.0 if reverse else 1.0)
                with np.errstate(invalid="ignore"):  # 0 × inf where the edge is closed: not taken
                    moving_s, whole_s = (
                        np.where(
                            ahead == 0, 0.0, np.abs(ahead) * np.where(ahead >= 0, c.forward_s[edge], c.backward_s[edge])
                        )
                        for c in network_costs
                    )
                open_ = np.isfinite(whole_s)
                still_s = np.subtract(whole_s, moving_s, out=np.zeros(len(place)), where=open_)
                rest_s = still_s + (mine.positions.snap_m[place] + other.positions.snap_m[to]) / pace_ms
                way, row = self.rows(edge.astype(np.int64), ahead < 0)
                mine_set, mine_place = mine.set[place].astype(np.int32), mine.place[place].astype(np.int32)
                nowhere = np.zeros(len(place), np.int32)
                parts.append(DrawnPairs(mine_set, mine_place, nowhere, moving_s, rest_s, way, row))
                sets.append(other.set[to])
        return DrawnPairs.joined(parts), np.concatenate(sets)


class _Group(NamedTuple):
    """What ``LANES`` sets of origins need for a question: where they meet the streets, and ways along one edge.

    ``other_set`` is which set of places these ways lead to.
    """

    origins: DrawnPairs
    along: DrawnPairs
    other_set: Int64


@dataclass(frozen=True, eq=False)
class _Question:
    """Seconds from or to all origins: where it is searched from, how many sets these are, and the groups of origins."""

    reverse: bool
    start: DrawnPairs
    n_sets: int
    groups: tuple[_Group, ...]


@dataclass(frozen=True, eq=False)
class _Asked:
    """What every draw answers, with all that does not depend on it."""

    draws: StreetDraws
    n_origins: int
    turns: Int64 | None
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
        turns: Int64 | None,
    ) -> Self:
        hierarchy = draws.router.network.hierarchy
        groups = [origins[first : first + LANES] for first in range(0, len(origins), LANES)]
        begin, end = ([draws.ends(group, reverse=reverse) for group in groups] for reverse in (False, True))

        def question(places: Sequence[Positions], *, reverse: bool) -> _Question:
            along = [draws.along(group, places, reverse=not reverse) for group in groups]
            meets = begin if reverse else end
            every = tuple(_Group(pairs, *ways) for pairs, ways in zip(meets, along, strict=True))
            return _Question(reverse, draws.ends(places, reverse=reverse), len(places), every)

        to_hub, from_hub = (question(hub, reverse=reverse) for reverse in (True, False))
        questions = (to_hub, from_hub, *(question([at], reverse=True) for at in services.values()))
        wanted = with_ancestors(hierarchy.parent, np.concatenate([pairs.at for pairs in (*begin, *end)]))
        costs, starts = draws.graph_costs(), np.concatenate([one.start.at for one in questions])
        met = np.union1d(wanted, with_ancestors(hierarchy.parent, starts)).astype(np.int32)
        graph = Contracted.of(hierarchy).for_nodes(costs, met)
        return cls(draws, len(origins[0].edge), turns, graph, costs, wanted, questions)

    @property
    def batch_bytes(self) -> int:
        """What the costs of a batch of draws and one of its searches take."""
        a_row = LANES * np.dtype(np.float32).itemsize
        return (2 * self.graph.n_rows + len(self.graph.parent)) * a_row

    def answer(self, answers: Sequence[Float32], rooms: list[DrawnRoom], runs: slice) -> None:
        """Put the seconds of some draws into the answers, by question, found in a room that is free."""
        room = rooms.pop() if rooms else self.graph.room()
        try:
            self._answer(answers, room, runs)
        finally:
            rooms.append(room)

    def _answer(self, answers: Sequence[Float32], room: DrawnRoom, runs: slice) -> None:
        factors, slower = self.draws.factors(runs)
        customise_draws(self.graph, self.costs, factors, room)
        begin = runs.start
        met: dict[bool, MetInLanes] = {}  # where origins meet the streets is the same for all questions of a direction
        for answer, question in zip(answers, self.questions, strict=True):
            rising_s, falling_s = (room.down, room.up) if question.reverse else (room.up, room.down)
            at, start_s = _started(question, begin, factors, slower)
            search_draws(self.graph, rising_s, falling_s, at, start_s, self.wanted, room.seconds)
            group = question.groups[begin // LANES % len(question.groups)]
            if question.reverse not in met:
                lane = self._lane(group.origins, begin)
                met[question.reverse] = MetInLanes.of(group.origins, lane, self.n_origins, factors, slower)
            seconds = met[question.reverse].least(room.seconds)
            on, lane = group.along, self._lane(group.along, begin)
            if question.n_sets > 1:
                together = np.flatnonzero((group.other_set - begin) % question.n_sets == lane)
                on, lane = on.take(together), lane[together]
            np.minimum.at(seconds, (lane, on.place), on.seconds(factors, slower, lane).astype(np.float32))
            answer[runs] = seconds[: runs.stop - begin] + np.float32(self.draws.router.profile.terminal_s)

    def _lane(self, origins: DrawnPairs, first: int) -> Int64:
        """The lane of each pair of an origin, in the batch that begins with a run."""
        if self.turns is None:
            return origins.set.astype(np.int64)
        lane: Int64 = (origins.set + self.turns[first // LANES, origins.place]) % LANES
        return lane


def _started(question: _Question, first: int, factors: DrawnFactors, slower: Float32) -> tuple[Int32, Float32]:
    """Where the searches of the batch that begins with a run begin, and the seconds there in each lane."""
    if question.n_sets == 1:
        return question.start.at, question.start.in_all_lanes(factors, slower)
    lane = (question.start.set.astype(np.int64) - first) % question.n_sets
    rows = np.flatnonzero(lane < LANES)
    mine = question.start.take(rows)
    return mine.at, mine.in_own_lanes(factors, slower, lane[rows])
