"""Streets of the map that would help most if made better: ramps, lamps, paving, cleared snow, barriers mended."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo._arrays import Bool, Float32
from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.analysis.lived_profile import without_each_barrier
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.pieces import StreetPieces
from tesoma_geo.network.streets.seasons import TAG, UNMAINTAINED, in_winter
from tesoma_geo.network.streets.tag_donors import ROUGH
from tesoma_geo.network.streets.tag_edits import network_with_tags
from tesoma_geo.scenarios.entries import LightingEntry, PavingEntry, RampEntry, WinterEntry
from tesoma_geo.scenarios.links import gained_together
from tesoma_geo.scenarios.named_barriers import NamedBarriers
from tesoma_geo.scenarios.outcomes import GAIN_MIN

Array = NDArray[np.float64]

#: Streets of a kind that are asked for exactly, those first that are worth most by the residents who pass today.
ASKED = 40
#: What is tried beside the entries of a scenario: to mend what residents named.
BARRIERS = "barriers"


@dataclass(frozen=True)
class Improvement:
    """A way of making streets better.

    Attributes
    ----------
    name
        Of the scenario's entry: ``ramps``, ``lighting``, ``paving``, ``winter_maintenance``.
    tag, values
        What a street has on the map that wants it. What nobody mapped is not guessed.
    becomes
        Its tags afterwards, as the scenario's entry says.
    """

    name: str
    tag: str
    values: tuple[str, ...]
    becomes: Mapping[str, str | None]


def kinds() -> tuple[Improvement, ...]:
    """What is tried at any time of the year.

    Returns
    -------
    tuple of Improvement
        Each becomes what the entry of a scenario makes of it.
    """
    anywhere = {"ways": (1,)}
    return (
        Improvement("ramps", "highway", ("steps",), RampEntry.model_validate(anywhere).tags()),
        Improvement("lighting", "lit", ("no",), LightingEntry.model_validate(anywhere).tags()),
        Improvement("paving", "surface", tuple(sorted(ROUGH)), PavingEntry.model_validate(anywhere).tags()),
    )


def winter_kinds() -> tuple[Improvement, ...]:
    """What is tried on streets in winter, which have the tag ``winter_maintenance``.

    Returns
    -------
    tuple of Improvement
        Of ways whose maintenance nobody knows nothing is said.
    """
    tags = WinterEntry.model_validate({"ways": (1,)}).tags()
    return (Improvement("winter_maintenance", TAG, (UNMAINTAINED,), tags),)


def better_streets(
    inputs: Inputs,
    profile: str,
    *,
    count: int = 10,
    named: NamedBarriers | None = None,
    progress: Callable[[str], None] | None = None,
) -> gpd.GeoDataFrame:
    """The ways of the map whose improvement would save residents most on the way to the hub, each on its own.

    A way that is closed to the profile today (steps to a wheelchair) is asked for exactly, up to :data:`ASKED` of a
    kind, the longest last; of the others those that would save most to the residents who pass them today. Winter
    maintenance is held against today's winter, a barrier's mending against the streets with all barriers.

    Parameters
    ----------
    inputs
        The layers.
    profile
        The way of moving, one of the workspace's on streets.
    count
        How many at most.
    named
        Barriers that a run has published; without, none is tried.
    progress
        Told the name of each kind as it begins.

    Returns
    -------
    GeoDataFrame
        In the metric CRS, the best first: ``rank``, ``kind`` (of a scenario's entry, or :data:`BARRIERS`), ``osm_id``
        (of a barrier the way that most of it is on), ``name`` of the street, ``length_m``, ``category`` and
        ``respondents`` of a barrier (empty and 0 of others), ``residents`` who gain a minute or more, ``resident_min``
        (theirs together), ``all_min`` (what all gain together, seconds too), MultiLineString.

    Raises
    ------
    InputError
        A profile that the workspace does not assess on streets.
    """
    known = {one.name: one for one in inputs.profiles}
    if profile not in known:
        raise InputError(f"{profile!r} is none of the workspace's ways of moving on streets", instead(profile, known))
    tell, snap_m = progress or (lambda _: None), inputs.workspace.network.max_snap_m
    router = StreetRouter.build(inputs.network, known[profile], snap_m)
    rows = list(_bettered(inputs, router, kinds(), tell))
    rows += _bettered(inputs, StreetRouter.build(*in_winter(inputs.network, known[profile], inputs.winter), snap_m),
                      winter_kinds(), tell)  # fmt: skip
    if named is not None:
        tell(BARRIERS)
        rows += _mended(inputs, router, named)
    names = ("kind", "osm_id", "name", "length_m", "category", "respondents", "residents", "resident_min", "all_min")
    table = pd.DataFrame(rows, columns=[*names, "geometry"])
    table = table[(table["all_min"] >= 0.1) | (table["residents"] > 0)]
    keys = ["all_min", "residents", "osm_id", "kind", "category"]
    table = table.sort_values(keys, ascending=[False, False, True, True, True], kind="stable")
    table = table.head(count).reset_index(drop=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return gpd.GeoDataFrame(table, geometry="geometry", crs=inputs.network.crs)


def _bettered(
    inputs: Inputs, router: StreetRouter, tried: tuple[Improvement, ...], tell: Callable[[str], None]
) -> Iterator[dict[str, object]]:
    """A row for each way that is asked for, against the router's streets as they are."""
    network = router.network
    residents = inputs.origins["population"].to_numpy()
    before_s = router.travel_times(inputs.origins, inputs.hub).min(axis=1)
    passed = np.zeros(network.n_edges)
    use = betweenness(router, inputs.origins, residents, inputs.hub)
    passed[use["edge"]] = use["value"]
    for kind in tried:
        tell(kind.name)
        wanting = _wanting(network, kind)
        if not wanting.any():
            continue
        better = edge_costs(
            network_with_tags(network, np.flatnonzero(wanting).astype(np.int32), kind.becomes), router.profile
        )
        for way in _worth_asking(router, better, wanting, passed):
            edges = np.flatnonzero(wanting & (network.way == way))
            after_s = _with_costs(router, better, edges).travel_times(inputs.origins, inputs.hub).min(axis=1)
            told = {"kind": kind.name, "category": "", "respondents": 0}
            yield {**told, **_of_way(network, way, edges), **_gains(before_s, after_s, residents)}


def _mended(inputs: Inputs, router: StreetRouter, named: NamedBarriers) -> Iterator[dict[str, object]]:
    """A row for each barrier at a place, against the streets with all barriers."""
    network, located = router.network, named.located
    residents = inputs.origins["population"].to_numpy()
    lived_s, without_s = without_each_barrier(inputs, router, located, named.costs, named.at_places)
    for number, after_s in without_s.items():
        edges = np.unique(located.edge[located.barrier == number])
        along_m = np.bincount(network.way[edges], network.length_m[edges])
        barrier = located.table.iloc[number]
        told = {"kind": BARRIERS, "category": str(barrier["category"]), "respondents": int(barrier["respondents"])}
        row = {**told, **_of_way(network, int(np.argmax(along_m)), edges), **_gains(lived_s, after_s, residents)}
        yield {**row, "name": str(barrier["streets"]) or row["name"]}


def _of_way(network: StreetNetwork, way: int, edges: NDArray[np.intp]) -> dict[str, object]:
    return {
        "osm_id": int(network.ways["osm_id"].iloc[way]),
        "name": _name(network, way),
        "length_m": round(float(network.length_m[edges].sum()), 1),
        "geometry": shapely.multilinestrings(list(network.segments[edges])),
    }


def _gains(before_s: Float32, after_s: Float32, residents: NDArray[np.int64]) -> dict[str, object]:
    """Residents who gain a minute or more, or get there at all; their minutes, and everybody's."""
    with np.errstate(invalid="ignore"):
        gain_s = np.nan_to_num(before_s.astype(float) - after_s, nan=0.0, posinf=0.0)
    gaining = (gain_s >= 60.0 * GAIN_MIN) | (np.isinf(before_s) & ~np.isinf(after_s))
    return {
        "residents": int(residents[gaining].sum()),
        "resident_min": gained_together(before_s, after_s, residents),
        "all_min": round(float(np.maximum(gain_s, 0.0) @ residents) / 60.0, 1),
    }


def _wanting(network: StreetNetwork, kind: Improvement) -> Bool:
    """The mapped streets that lack what a kind brings, by edge."""
    ways = network.ways
    if kind.tag not in ways:
        return np.zeros(network.n_edges, bool)
    lacking = (ways[kind.tag].isin(kind.values) & ways["highway"].notna()).to_numpy(bool)
    wanting: Bool = lacking[network.way] & ~network.is_barrier
    return wanting


def _worth_asking(router: StreetRouter, better: EdgeCosts, wanting: Bool, passed: Array) -> list[int]:
    """The ways to be asked for exactly, the most promising first."""
    costs, network = router.costs, router.network
    closed = wanting & np.isinf(np.minimum(costs.forward_s, costs.backward_s))
    opened = closed & np.isfinite(np.minimum(better.forward_s, better.backward_s))
    with np.errstate(invalid="ignore"):
        saved_s = np.nan_to_num(np.maximum(costs.forward_s - better.forward_s, 0.0), nan=0.0, posinf=0.0)
    worth = np.bincount(network.way[wanting], (saved_s * passed)[wanting], len(network.ways))
    of_opened = np.unique(network.way[opened])
    metres = np.bincount(network.way, network.length_m, len(network.ways))
    first = sorted(of_opened.tolist(), key=lambda way: (metres[way], way))[:ASKED]
    chosen = set(first)
    promising = [int(way) for way in np.argsort(-worth, kind="stable")[:ASKED] if worth[way] > 0 and way not in chosen]
    return [*first, *promising]


def _with_costs(router: StreetRouter, better: EdgeCosts, edges: NDArray[np.intp]) -> StreetRouter:
    """The router where some edges cost what they would."""
    forward_s, backward_s = router.costs.forward_s.copy(), router.costs.backward_s.copy()
    forward_s[edges], backward_s[edges] = better.forward_s[edges], better.backward_s[edges]
    costs = replace(router.costs, forward_s=forward_s, backward_s=backward_s)
    engine = router.engine.updated(edges, costs)
    return replace(router, costs=costs, engine=engine, pieces=StreetPieces(router.network, costs, engine.seen))


def _name(network: StreetNetwork, way: int) -> str:
    name = network.ways["name"].iloc[way] if "name" in network.ways else None
    return name if isinstance(name, str) else ""
