"""Candidates for a missing link: pairs of places on the streets, and what each would save residents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo._arrays import Bool
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.obstacles import BESIDE_M
from tesoma_geo.network.streets.off_ground import above_or_below
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.scenarios.outcomes import GAIN_MIN
from tesoma_geo.sources.osm_buildings import read_osm_buildings

Array = NDArray[np.float64]

#: Ends of candidates that are looked at together: bounds what stands in memory.
TOGETHER = 2000
#: Of the links that begin at a place the best of each so many directions is a candidate.
SECTORS = 4


@dataclass(frozen=True, eq=False)
class Buildings:
    """The buildings of the street file.

    Attributes
    ----------
    outlines
        In the metric CRS, shape (k,).
    tree
        Spatial index of them.
    """

    outlines: NDArray[np.object_]
    tree: shapely.STRtree

    @classmethod
    def of(cls, inputs: Inputs) -> "Buildings":
        """Read those of a workspace; none where its file has none.

        Parameters
        ----------
        inputs
            The layers.

        Returns
        -------
        Buildings
        """
        workspace = inputs.workspace
        buildings = read_osm_buildings(workspace.osm_path, crs=workspace.district.crs, within=inputs.study_area)
        return cls(buildings, shapely.STRtree(buildings))

    def passed(self, lines: NDArray[np.object_]) -> Bool:
        """Which lines lead through a building, by more than a wall's thickness.

        Parameters
        ----------
        lines
            In the metric CRS, shape (n,).

        Returns
        -------
        bool array of shape (n,)
        """
        through = np.zeros(len(lines), bool)
        line, building = self.tree.query(lines, predicate="intersects")
        metres = shapely.length(shapely.intersection(lines[line], self.outlines[building]))
        # What runs along a wall has a length in common with the outline, and none within it.
        beside = shapely.length(shapely.intersection(lines[line], shapely.boundary(self.outlines[building])))
        through[line[metres - beside > BESIDE_M]] = True
        return through


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of nodes that a link would join.

    Attributes
    ----------
    network
        Whose nodes they are.
    pairs
        Far and near end of each, shape (k, 2).
    saved_min
        Minutes that each saves the residents who gain enough to count, shape (k,).
    apart_m
        How far apart those that are told begin.
    tried
        How many pairs there were, and how many fell away by reason.
    buildings
        That none of them leads through.
    """

    network: StreetNetwork
    pairs: NDArray[np.int64]
    saved_min: Array
    apart_m: float
    tried: dict[str, int]
    buildings: Buildings

    def best(self, count: int, among: Bool | None = None) -> list[int]:
        """Those that save most; none begins near a better one.

        Parameters
        ----------
        count
            How many at most.
        among
            Which may be taken, shape (k,); all without.

        Returns
        -------
        list of int
            Their rows, the best first.
        """
        network, pairs, chosen = self.network, self.pairs, list[int]()
        for row in np.argsort(-self.saved_min, kind="stable"):
            if len(chosen) == count or self.saved_min[row] <= 0:
                break
            if among is not None and not among[row]:
                continue
            far = pairs[chosen, 0]
            away_m = np.hypot(network.x[far] - network.x[pairs[row, 0]], network.y[far] - network.y[pairs[row, 0]])
            if (away_m > self.apart_m).all():
                chosen.append(int(row))
        return chosen

    def lines(self, rows: Sequence[int]) -> list[shapely.LineString]:
        """Candidates as lines.

        Parameters
        ----------
        rows
            Which.

        Returns
        -------
        list of LineString
            From the far to the near end, in the network's CRS.
        """
        x, y = self.network.x, self.network.y
        return [shapely.LineString(np.column_stack([x[ends], y[ends]])) for ends in self.pairs[rows]]


def candidates(inputs: Inputs, router: StreetRouter, *, longest_m: float, over: Collection[str] = ()) -> Candidates:
    """Every pair of places that a straight link could join with gain, and what each would save.

    Parameters
    ----------
    inputs
        The layers.
    router
        The streets with the costs of a profile.
    longest_m
        Length of a link at most.
    over
        What candidates may cross, as a bridge: of :data:`~tesoma_geo.scenarios.links.OVER`.

    Returns
    -------
    Candidates
    """
    at_origins, at_hub = router.snap(inputs.origins), router.snap(inputs.hub)
    before_s = router.times_between(at_origins, at_hub).min(axis=1)
    buildings = Buildings.of(inputs)
    pairs, tried = _candidates(router, at_hub, longest_m, over, buildings)
    saved_min = _saved_min(router, at_origins, at_hub, before_s, inputs.origins["population"].to_numpy(), pairs)
    return Candidates(router.network, pairs, saved_min, longest_m, tried, buildings)


def barred(network: StreetNetwork, far: NDArray[np.int64], near: NDArray[np.int64], over: Collection[str]) -> Bool:
    """Straight lines between nodes that cross what may not be crossed.

    Parameters
    ----------
    network
        The streets with their obstacles.
    far, near
        Nodes at the ends of each line, shape (k,).
    over
        What may be crossed: of :data:`~tesoma_geo.scenarios.links.OVER`.

    Returns
    -------
    ndarray
        Whether each is barred, shape (k,).
    """
    lines = _lines(network, far, near)
    crossing = np.zeros(len(lines), bool)
    if "rail" not in over and len(network.obstacles.lines):
        crossing[network.obstacles.line_tree.query(lines, predicate="crosses")[0]] = True
    if "water" not in over and len(network.obstacles.water):
        crossing[network.obstacles.water_tree.query(lines, predicate="intersects")[0]] = True
    ways = network.ways
    motor = ways["highway"].isin(["motorway", "motorway_link"]).to_numpy()
    if "motorroad" in ways:
        motor = motor | (ways["motorroad"] == "yes").to_numpy(bool)
    # Over a motorway's bridge or tunnel nobody needs to go: what is not on the ground does not bar.
    grounded = motor & ~above_or_below(ways)
    if "motorway" not in over and grounded.any():
        tree = shapely.STRtree(network.segments[grounded[network.way]])
        crossing[tree.query(lines, predicate="intersects")[0]] = True
    return crossing


def _candidates(
    router: StreetRouter, at_hub: Positions, longest_m: float, over: Collection[str], buildings: Buildings
) -> tuple[NDArray[np.int64], dict[str, int]]:
    """Pairs of nodes, far and near, shape (k, 2); of all near ones of a far one the best of each direction."""
    from scipy.spatial import cKDTree

    network, speed_ms = router.network, router.profile.speed_kmh / 3.6
    to_hub_s = router.to(at_hub)
    nodes = np.unique(np.concatenate([network.tail[router.usable], network.head[router.usable]]))
    # A link joins streets that are open to everybody: over a private drive nobody would pass on.
    nodes = nodes[np.isfinite(to_hub_s[nodes]) & router.engine.seen.public[nodes]]
    xy = np.column_stack([network.x[nodes], network.y[nodes]])
    one, other = nodes[cKDTree(xy).query_pairs(longest_m, output_type="ndarray").T]
    apart = network.stands_for[one] != network.stands_for[other]  # a link leads somewhere, not over a barrier
    one, other = one[apart], other[apart]
    far, near = np.where(to_hub_s[one] >= to_hub_s[other], (one, other), (other, one))
    saved_s = to_hub_s[far] - to_hub_s[near] - _length_m(network, far, near) / speed_ms
    worth = np.flatnonzero(saved_s >= 60.0 * GAIN_MIN)
    crossing = barred(network, far[worth], near[worth], over)
    through = np.zeros(len(worth), bool)
    left = np.flatnonzero(~crossing)
    through[left] = buildings.passed(_lines(network, far[worth[left]], near[worth[left]]))
    tried = {
        "pairs": len(far),
        "save_a_minute": len(worth),
        "cross_what_bars": int(crossing.sum()),
        "through_buildings": int(through.sum()),
    }
    worth = worth[~(crossing | through)]
    towards = _sector(network, far[worth], near[worth])
    order = np.lexsort((near[worth], -saved_s[worth], towards, far[worth]))
    best = worth[order]
    _, first = np.unique(far[best] * SECTORS + towards[order], return_index=True)
    return np.column_stack([far[best[first]], near[best[first]]]), tried


def _sector(network: StreetNetwork, far: NDArray[np.int64], near: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which way each near end lies from its far end: links that set out in other directions are others."""
    turn = np.arctan2(network.y[near] - network.y[far], network.x[near] - network.x[far]) / (2.0 * np.pi)
    sector: NDArray[np.int64] = np.floor((turn % 1.0) * SECTORS).astype(np.int64) % SECTORS
    return sector


def _lines(network: StreetNetwork, far: NDArray[np.int64], near: NDArray[np.int64]) -> NDArray[np.object_]:
    """Straight lines between nodes."""
    ends = [np.column_stack([network.x[nodes], network.y[nodes]]) for nodes in (far, near)]
    lines: NDArray[np.object_] = np.asarray(shapely.linestrings(np.stack(ends, axis=1)), object)
    return lines


def _saved_min(
    router: StreetRouter,
    at_origins: Positions,
    at_hub: Positions,
    before_s: NDArray[np.float32],
    residents: NDArray[np.int64],
    pairs: NDArray[np.int64],
) -> Array:
    """Minutes that each candidate saves the residents who gain enough to count, shape (k,)."""
    speed_ms, to_hub_s = router.profile.speed_kmh / 3.6, router.to(at_hub)
    at_ends = _at_nodes(router, pairs[:, 0])
    onwards_s = _length_m(router.network, *pairs.T) / speed_ms + to_hub_s[pairs[:, 1]]
    saved = np.empty(len(pairs))
    for start in range(0, len(pairs), TOGETHER):
        part = slice(start, start + TOGETHER)
        ends = at_ends.take(part)
        # The seconds that end every trip are in both, and count once.
        over_s = router.times_between(at_origins, ends) - router.profile.terminal_s + onwards_s[part]
        with np.errstate(invalid="ignore"):  # inf - inf: neither before nor after
            gain_s = np.nan_to_num(before_s[:, None] - over_s, nan=0.0, posinf=0.0)
        saved[part] = residents @ np.where(gain_s >= 60.0 * GAIN_MIN, gain_s, 0.0) / 60.0
    return saved


def _at_nodes(router: StreetRouter, nodes: NDArray[np.int64]) -> Positions:
    """Nodes as positions: at an end of a usable edge of theirs that is open to everybody."""
    network, usable = router.network, np.flatnonzero(router.usable & ~router.costs.restricted)
    edge, fraction = np.full(network.n_nodes, -1, np.int32), np.zeros(network.n_nodes)
    for end, at in ((network.head, 1.0), (network.tail, 0.0)):
        edge[end[usable]], fraction[end[usable]] = usable, at
    return Positions(edge[nodes], fraction[nodes], np.zeros(len(nodes)))


def _length_m(network: StreetNetwork, one: NDArray[np.int64], other: NDArray[np.int64]) -> Array:
    length_m: Array = np.hypot(network.x[one] - network.x[other], network.y[one] - network.y[other])
    return length_m
