"""Walks that are made up on a town's streets and drawn with a finger, and a reader who looks for where one began."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.inputs.drawn_lines import END_SQUARE_M, DrawnLines
from tesoma_geo.inputs.layers import read_streets_and_homes
from tesoma_geo.network.streets.junction_pieces import public_pieces
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish

#: A guess this near to where a walk began is a hit.
HIT_M = 100.0
#: Classes of streets on which people live.
LIVED_ON = ("residential", "living_street")


@dataclass
class Town:
    """Streets, houses every 20 m along residential ones, and some places that people walk to."""

    workspace: Workspace
    seed: int = 1
    goal_count: int = 6
    settings: Publish = field(default_factory=Publish)

    def __post_init__(self):
        network, origins = read_streets_and_homes(self.workspace)
        self.crs = network.crs
        self.pieces = pieces = public_pieces(network)
        self.lines = DrawnLines(
            pieces, shapely.get_coordinates(origins.geometry.to_numpy()), origins["population"].to_numpy(float)
        )
        dice = np.random.default_rng(self.seed)
        lived_on = np.isin(network.ways["highway"].to_numpy(str)[network.way[pieces.edges]], LIVED_ON)
        district = shapely.union_all(origins.geometry.buffer(150).to_numpy())
        on, edge = [], []
        for at in np.flatnonzero(lived_on & shapely.intersects(pieces.segments, district)):
            for along in np.arange(10, pieces.edge_m[at], 20):
                on.append(shapely.line_interpolate_point(pieces.segments[at], along))
                edge.append(at)
        self.edge = np.array(edge)
        side = dice.uniform(0, 2 * np.pi, len(on))
        self.houses = shapely.get_coordinates(on) + 18 * np.column_stack([np.cos(side), np.sin(side)])
        self.xy = np.column_stack([pieces.x, pieces.y])
        self.goals = dice.choice(self._well_joined(), self.goal_count, replace=False)

    def _well_joined(self):
        """Junctions that reach most of the town and that residents live round."""
        reached = np.isfinite(self.ways(self.pieces.junctions[len(self.pieces.junctions) // 2])[0])
        hidden_m = [self.lines.hidden_round(self.xy[node], self.settings)[1] for node in self.pieces.junctions]
        return self.pieces.junctions[reached[self.pieces.junctions] & (np.array(hidden_m) < 400)]

    def ways(self, goal, longer=1.0):
        metres = np.maximum(self.pieces.edge_m, 0.01) * longer
        size = len(self.pieces.x)
        graph = csr_array((metres, (self.pieces.tail, self.pieces.head)), shape=(size, size))
        return dijkstra(graph, directed=False, indices=goal, return_predecessors=True)

    def way(self, house, tree):
        """Nodes from a house to the goal of a tree."""
        far_m, ahead = tree
        node = min((self.pieces.tail[self.edge[house]], self.pieces.head[self.edge[house]]), key=lambda at: far_m[at])
        if not np.isfinite(far_m[node]):
            return None
        nodes = [int(node)]
        while ahead[nodes[-1]] >= 0:
            nodes.append(int(ahead[nodes[-1]]))
        return nodes

    @cached_property
    def edge_of(self):
        """Pair of nodes → edge."""
        ends = zip(self.pieces.tail.tolist(), self.pieces.head.tolist(), strict=True)
        pairs = {pair: at for at, pair in enumerate(ends)}
        return pairs | {(head, tail): at for (tail, head), at in pairs.items()}

    def drawn_walks(self, people, dice):
        """House and goal of each walk, and its drawing: a finger every 30 m, 5 to 30 m off."""
        walks = []
        while len(walks) < people:
            house, goal = int(dice.integers(len(self.houses))), int(dice.integers(len(self.goals)))
            taste = dice.lognormal(0, 0.15, len(self.pieces.edges))  # nobody measures the shortest way
            nodes = self.way(house, self.ways(self.goals[goal], taste))
            if nodes is None or len(nodes) < 2:
                continue
            line = shapely.LineString([self.houses[house], *self.xy[nodes]])
            if not 500 <= line.length <= 3000:
                continue
            along = np.append(np.arange(0, line.length, 30), line.length)
            at = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
            angle, away_m = dice.uniform(0, 2 * np.pi, len(at)), dice.uniform(5, 30, len(at))
            at[1:-1] += (away_m * np.array([np.cos(angle), np.sin(angle)])).T[1:-1]
            walks.append((house, goal, shapely.LineString(at)))
        return walks

    def matched(self, walks):
        """Which pieces of street count of each walk, its ends cut, shape (walks, pieces)."""
        drawn = np.zeros((len(walks), len(self.pieces.ends)), bool)
        for row, (_, _, drawing) in enumerate(walks):
            drawn[row, self.lines.walked_away_from_ends(drawing, self.settings)] = True
        return drawn


class Reader:
    """Has all that is published, knows the program, and asks of every house whether the walk began there.

    Of each house and goal the reader knows the way and what the program leaves of it. A walk is of one of the
    published groups with the chance that its number tells, else of the rest. Within a group a house is likely as far as
    what would count of its way is what the group is shown by (``sharp``: how much a difference tells), and ``ends``
    times more where it would begin or end just where the group's lines end, since somebody's did. The guess is the
    place with most likelihood within 100 m.
    """

    def __init__(self, town: Town):
        self.town = town
        pieces, houses = town.pieces, town.houses
        lines = pieces.lines
        self.counts = np.zeros((len(houses), len(town.goals), len(pieces.ends)), bool)
        self.possible = np.zeros(self.counts.shape[:2])
        hidden = {}  # the program hides the same for every house of a square
        for house, place in enumerate(houses):
            key = tuple(np.floor(place / END_SQUARE_M))
            if key not in hidden:
                square, metres = town.lines.hidden_round(place, town.settings)
                hidden[key] = shapely.distance(lines, square) >= metres
            self.counts[house] = hidden[key]
        for goal, node in enumerate(town.goals):
            tree = town.ways(node)
            square, metres = town.lines.hidden_round(town.xy[node], town.settings)
            self.counts[:, goal] &= shapely.distance(lines, square) >= metres
            for house in range(len(houses)):
                nodes = town.way(house, tree)
                if nodes is None or not 400 <= tree[0][nodes[0]] <= 3000:
                    continue
                edges = [town.edge_of[pair] for pair in pairwise(nodes)]
                walked_m = np.bincount(pieces.of_edge[edges], pieces.edge_m[edges], minlength=len(lines))
                self.counts[house, goal] &= walked_m >= 0.8 * pieces.length_m
                self.possible[house, goal] = 1.0
        self.possible /= self.possible.sum()
        self.metres = (self.counts * pieces.length_m).astype(np.float32)
        self.near = shapely.dwithin(shapely.points(houses)[:, None], shapely.points(houses)[None, :], HIT_M)
        self.kept, self.guesses = {}, {}

    def guess(self, groups, people, *, sharp, ends=0.0, goal=None, passes=None):
        """The house with most likelihood within 100 m.

        Parameters
        ----------
        groups
            What is published: at least so many, and the pieces shown.
        people
            How many drew.
        sharp, ends
            See the class.
        goal, passes
            What the reader knows besides: where the walk leads, and a piece of street on which the walker was seen.
        """
        key = (tuple((voices, tuple(pieces.tolist())) for voices, pieces in groups), people, sharp, ends, goal, passes)
        if key not in self.guesses:
            self.guesses[key] = self._guess(groups, people, sharp, ends, goal, passes)
        return self.guesses[key]

    def _guess(self, groups, people, sharp, ends, goal, passes):
        prior = self.possible.copy()
        if goal is not None:
            prior[:, np.arange(prior.shape[1]) != goal] = 0
        if passes is not None:
            prior[~self.counts[:, :, passes]] *= 0.02
        seen, rest = np.zeros_like(prior), float(people)
        for voices, pieces in groups:
            weights = prior * self._likely(pieces, sharp, ends)
            known = 1.0 if passes is None or passes in pieces else 0.2
            if weights.sum() > 0:
                seen += known * voices * weights / weights.sum()
                rest -= voices
        seen += max(rest, 0.0) * prior / max(prior.sum(), 1e-12)
        return int((self.near @ seen.sum(axis=1)).argmax())

    def _likely(self, pieces, sharp, ends):
        key = (tuple(pieces.tolist()), sharp, ends)
        if key not in self.kept:
            self.kept[key] = self._looked_at(pieces, sharp, ends)
        return self.kept[key]

    def _looked_at(self, pieces, sharp, ends):
        town = self.town.pieces
        shown = np.zeros(len(town.ends), np.float32)
        shown[pieces] = 1.0
        likely = np.exp(-sharp * (1 - self.metres @ shown / town.length_m[pieces].sum()))
        nodes, times = np.unique(town.ends[pieces], return_counts=True)
        for node in nodes[times == 1] if ends else ():
            here = (town.ends == node).any(axis=1)
            begins = self.counts[:, :, here & (shown > 0)].any(axis=2)
            goes_on = self.counts[:, :, here & (shown == 0)].any(axis=2)
            likely = likely * (1 + ends * (begins & ~goes_on))
        return likely


def difference_and_bound(with_it, without_it):
    """How much more often the walk was found with it than without it, and the upper end of the 95 % interval."""
    gained = np.asarray(with_it, float) - np.asarray(without_it, float)
    n = len(gained)
    deviation = np.sqrt(max((gained**2).sum() + 1 - gained.sum() ** 2 / n, 0.0)) / n
    return float(gained.mean()), float(gained.mean() + 1.96 * deviation)
