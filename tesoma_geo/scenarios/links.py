"""The missing-link finder: which new links would save residents most on the way to the hub, each on its own."""

from collections.abc import Callable, Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from tesoma_geo.errors import InputError
from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.inputs.wished_links import wished_links
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.scenarios.outcomes import GAIN_MIN

Array = NDArray[np.float64]

#: What a found link is taken to be: a good path, flat unless its ends lie at different heights.
TAGS = {"highway": "footway", "surface": "asphalt", "lit": "yes"}
#: Residents asked for a link when one that they wish for is published no farther from it.
ASKED_WITHIN_M = 100.0
#: Ends of candidates that are looked at together: bounds what stands in memory.
TOGETHER = 2000


def missing_links(
    inputs: Inputs,
    profile: str,
    *,
    longest_m: float = 150.0,
    count: int = 10,
    progress: Callable[[str], None] | None = None,
) -> gpd.GeoDataFrame:
    """The straight links between two places on the streets that would save residents most.

    Every pair of street nodes so near each other is a candidate when the link would save a minute between them
    and the hub. What a candidate saves is exact: each origin takes the faster of its way today and the way over
    the link. Those that save most, no two of them side by side, are then laid into the network one by one, and
    their figures are what the router answers. Neither buildings nor whose land it is are known here.

    Parameters
    ----------
    inputs
        The district's layers.
    profile
        The way of moving, one of the workspace's on streets.
    longest_m
        Length of a link at most, and how far apart those found begin.
    count
        How many at most.
    progress
        Told the name of each step as it begins.

    Returns
    -------
    GeoDataFrame in the metric CRS, the best first: ``rank``, ``name``, ``length_m``, ``detour_m`` (today's way
    between its ends), ``residents`` (who gain a minute or more), ``mean_gain_min`` (theirs), ``resident_min``
    (their minutes together, one trip each), ``over_water_m``, ``asked_for`` (respondents who wish for a link near, as
    it is published: of closed cohorts, in steps of ``publish.k``), tags of OpenStreetMap, LineString. The file of it
    is a ``source`` of ``[[links]]`` of a scenario.

    Raises
    ------
    InputError
        A profile that the workspace does not assess on streets.
    """
    tell = progress or (lambda _: None)
    known = {one.name: one for one in inputs.profiles}
    if profile not in known:
        raise InputError(f"{profile!r} is none of the workspace's ways of moving on streets", f"Use {', '.join(known)}")
    tell("the streets as they are")
    router = StreetRouter.build(inputs.network, known[profile], inputs.workspace.network.max_snap_m)
    at_origins, at_hub = router.snap(inputs.origins), router.snap(inputs.hub)
    before_s = router.times_between(at_origins, at_hub).min(axis=1)
    residents = inputs.origins["population"].to_numpy()
    tell("candidates")
    pairs = _candidates(router, at_hub, longest_m)
    saved_min = _saved_min(router, at_origins, at_hub, before_s, residents, pairs)
    lines = _apart(inputs.network, pairs, saved_min, longest_m, count)
    rows = []
    for number, line in enumerate(lines, start=1):
        tell(f"link {number} of {len(lines)}")
        link = gpd.GeoDataFrame({tag: [value] for tag, value in TAGS.items()}, geometry=[line], crs=inputs.network.crs)
        after_s = router.with_edits(Edits(links=link)).travel_times(inputs.origins, inputs.hub).min(axis=1)
        rows.append(_figures(before_s, after_s, residents))
    table = gpd.GeoDataFrame(pd.DataFrame(rows, columns=list(_FIGURES)), geometry=list(lines), crs=inputs.network.crs)
    table = table[table["residents"] > 0].sort_values("resident_min", ascending=False, kind="stable")
    return _described(table.reset_index(drop=True), inputs, router)


def _candidates(router: StreetRouter, at_hub: Positions, longest_m: float) -> NDArray[np.int64]:
    """Pairs of nodes, far and near; of all near ones that a far one could be linked with, the best, shape (k, 2)."""
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
    best = worth[np.lexsort((near[worth], -saved_s[worth], far[worth]))]
    _, first = np.unique(far[best], return_index=True)
    return np.column_stack([far[best[first]], near[best[first]]])


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


def _apart(
    network: StreetNetwork, pairs: NDArray[np.int64], saved_min: Array, apart_m: float, count: int
) -> list[shapely.LineString]:
    """The candidates that save most, as lines; none begins near a better one."""
    chosen: list[int] = []
    for row in np.argsort(-saved_min, kind="stable"):
        if len(chosen) == count or saved_min[row] <= 0:
            break
        far = pairs[chosen, 0]
        away_m = np.hypot(network.x[far] - network.x[pairs[row, 0]], network.y[far] - network.y[pairs[row, 0]])
        if (away_m > apart_m).all():
            chosen.append(int(row))
    return [shapely.LineString(np.column_stack([network.x[ends], network.y[ends]])) for ends in pairs[chosen]]


_FIGURES = ("residents", "mean_gain_min", "resident_min")


def _figures(
    before_s: NDArray[np.float32], after_s: NDArray[np.float32], residents: NDArray[np.int64]
) -> tuple[int, float, float]:
    """Residents who gain a minute or more, their mean gain, and what they gain together."""
    with np.errstate(invalid="ignore"):
        gain_min = np.nan_to_num(np.round(before_s.astype(float) - after_s, 1), posinf=0.0) / 60.0
    gaining = residents * (gain_min >= GAIN_MIN)
    together_min, people = float(gain_min @ gaining), int(gaining.sum())
    return people, round(together_min / people, 1) if people else 0.0, round(together_min, 1)


def _described(table: gpd.GeoDataFrame, inputs: Inputs, router: StreetRouter) -> gpd.GeoDataFrame:
    """The links with all that is known of each, and as a scenario takes them."""
    lines = table.geometry
    columns = {
        "rank": np.arange(1, len(table) + 1),
        "name": [f"Link {number}" for number in range(1, len(table) + 1)],
        "length_m": lines.length.round(1),
        "detour_m": list(_detours_m(lines, router)),
        **{name: table[name] for name in _FIGURES},
        "over_water_m": lines.intersection(shapely.union_all(inputs.water.geometry.to_numpy())).length.round(1),
        "asked_for": list(_asked_for(lines, inputs)),
        **TAGS,
    }
    return gpd.GeoDataFrame(pd.DataFrame(columns, index=table.index), geometry=lines)


def _detours_m(lines: gpd.GeoSeries, router: StreetRouter) -> Iterator[float]:
    """Metres of today's way between the ends of each link, at the speed on the flat."""
    for line in lines:
        ends = gpd.GeoSeries([shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])], crs=lines.crs)
        seconds = float(router.travel_times(ends[:1], ends[1:])[0, 0]) - router.profile.terminal_s
        yield round(seconds * router.profile.speed_kmh / 3.6, 0)


def _asked_for(lines: gpd.GeoSeries, inputs: Inputs) -> Iterator[int]:
    """Respondents who wish for a link near each, by what is published: at least so many."""
    wished = wished_links(inputs)
    for line in lines:
        near = wished.geometry.distance(line) <= ASKED_WITHIN_M
        yield int(wished["voices_at_least"][near].sum())


def _length_m(network: StreetNetwork, one: NDArray[np.int64], other: NDArray[np.int64]) -> Array:
    length_m: Array = np.hypot(network.x[one] - network.x[other], network.y[one] - network.y[other])
    return length_m
