"""Which unknown things of the map matter to a figure of the hub, and what a walk to the first of them would give.

Two intervals are told. One is what the map lacks by itself, with people, homes and speeds as in the mapped figure: only
this one can be narrowed by looking. The other is the interval that is published, with all that nobody can go and see.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo._arrays import Float64, Int64, UInt64
from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.analysis.hub_figures import HIGH, LOW, HubFigures, Minutes, quantile, width
from tesoma_geo.analysis.street_draws import StreetDraws
from tesoma_geo.analysis.uncertainty import Assumptions, hub_uncertainty, services_by_kind
from tesoma_geo.analysis.value_of_looking import WALKS, Looking, lacking
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.open_services import nearest_open
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS
from tesoma_geo.network.streets.unknown_tags import TagDraws

#: Draws of what the map lacks: chance alone then explains a thousandth of a figure.
RUNS = 1024
#: Streets that are held at their outcomes one by one.
CLOSER = 60
#: Shares of a figure's variance below this are nothing: what the street's outcomes change is below what is told.
LEAST_SHARE = 0.0005
#: What a sheet asks for at a street, as columns to fill in.
TO_FILL_IN = (*DRAWN_TAGS, "width", "kerb", "seen_on", "remark")


@dataclass(frozen=True, eq=False)
class UnknownThings:
    """What matters, and what looking would give.

    Attributes
    ----------
    profile, figure
        Whose figure, and which: the name as in ``summary.json``.
    things
        A row a thing, the one that matters most first; see
        ``command_columns.UNKNOWNS``. Empty where nothing unknown matters.
    mapped
        The published figure, in minutes or residents.
    interval
        Ends of the interval of what the map lacks.
    published
        Ends of the published interval.
    places
        How many of the first things are taken together below.
    width_now, width_then
        Width of the first interval now, and on average if these were known.
    n_unknown, n_closer
        Streets with something unknown that changes their seconds, and how many of them were looked at one by one.
    """

    profile: str
    figure: str
    things: gpd.GeoDataFrame
    mapped: float
    interval: tuple[float, float]
    published: tuple[float, float]
    places: int
    width_now: float
    width_then: float
    n_unknown: int
    n_closer: int

    @property
    def published_then(self) -> float:
        """Width of the published interval if the first things were known: independent parts add up in squares."""
        whole = self.published[1] - self.published[0]
        return float(np.sqrt(max(whole**2 - self.width_now**2 + self.width_then**2, 0.0)))


def unknown_things(
    router: StreetRouter,
    origins: gpd.GeoDataFrame,
    hub: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame | None = None,
    *,
    figure: str = "median_min",
    cutoffs_min: tuple[float, ...] = (5, 10, 15, 20, 30),
    limit_min: float = 15.0,
    places: int = 20,
    seed: int = 2022,
    runs: int = RUNS,
    closer: int = CLOSER,
    walks: int = WALKS,
    snapped: SnappedPoints | None = None,
) -> UnknownThings:
    """Rank what nobody mapped by how much narrower the interval of a figure would be if somebody looked.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins, hub, services, cutoffs_min, limit_min, snapped
        As of :func:`~tesoma_geo.analysis.uncertainty.hub_uncertainty`.
    figure
        One of its figures.
    places
        How many things a walk looks at.
    seed, runs
        What is drawn.
    closer
        How many streets are held at their outcomes one by one.
    walks
        How many walks are played to foretell what one gives.

    Returns
    -------
    UnknownThings

    Raises
    ------
    InputError
        There is no such figure, or the streets have no model of unknown tags.
    """
    model = router.network.unknown_tags
    if model is None:
        raise InputError("the streets have no model of unknown tags", "Call with_unknown_tags of the network first")
    published = hub_uncertainty(
        router, origins, hub, services, cutoffs_min=cutoffs_min, limit_min=limit_min, seed=seed, runs=200,
        assumptions=Assumptions(), snapped=snapped,
    ).figures.set_index("figure")  # fmt: skip
    if figure not in published.index:
        raise InputError(f"{figure!r} is no figure", f"Choose of {', '.join(published.index)}")
    at_origins = router.snap(origins) if snapped is None else snapped.origins
    at_hub = router.snap(hub) if snapped is None else snapped.hub
    of_kind = services_by_kind(router, services, snapped)
    kinds = {group: at for group, at in of_kind.items() if figure.startswith(f"{group.kind}_")}
    residents = origins["population"].to_numpy(np.int64)
    asked = HubFigures(cutoffs_min, limit_min)

    def of_draws(draws: StreetDraws) -> Float64:
        start, end, to = at_origins, at_hub, kinds
        if not np.array_equal(draws.router.usable, router.usable):  # what a walk found closed is no place to start from
            start, end = draws.router.snap(origins), draws.router.snap(hub)
            every = services_by_kind(draws.router, services, None)
            to = {group: at for group, at in every.items() if group in kinds}
        to_hub_s, from_hub_s, to_group_s = draws.seconds([start], end, to)
        return asked.of(Minutes.of(to_hub_s, from_hub_s, nearest_open(to_group_s)), residents[None])[figure]

    tags = model.drawn(seed, range(runs))
    looking = Looking.of(StreetDraws.of(router, tags, np.ones(runs)), tags, seed, of_draws)
    passed = betweenness(router, at_origins, residents, at_hub)
    by_street = _passing(router, passed, looking.streets)
    chosen = _worth_a_look(looking, by_street[0], closer)
    variance = max(float(looking.values.var()), 1e-12)
    shares = looking.held(chosen) / variance
    order = np.argsort(-shares, kind="stable")
    order = order[shares[order] >= LEAST_SHARE]
    chosen, shares = chosen[order], np.minimum(shares[order], 1.0)
    first = chosen[:places]
    now = width(looking.values)
    then = float(looking.widths_if_known(first, walks).mean()) if len(first) else now
    things = _table(router, tags, looking, chosen).assign(residents=by_street[1][chosen].astype(np.int64))
    things = things.assign(share=shares, narrower=now * (1.0 - np.sqrt(1.0 - shares)))
    mapped, low, high = (float(published[name].to_dict()[figure]) for name in ("mapped", "low", "high"))
    return UnknownThings(
        router.profile.name, figure, _in_order(things), mapped,
        (quantile(looking.values, LOW), quantile(looking.values, HIGH)),
        (low, high), len(first), now, then, len(looking.streets), len(order),
    )  # fmt: skip


def _passing(router: StreetRouter, passed: gpd.GeoDataFrame, streets: UInt64) -> tuple[Float64, Int64]:
    """Residents times metres by street, and the most residents who pass any piece of it; as ``streets``."""
    network = router.network
    edge, value = passed["edge"].to_numpy(), passed["value"].to_numpy(float)
    key = network.unknown_tags.street if network.unknown_tags is not None else np.zeros(len(network.ways), np.uint64)
    of = pd.DataFrame({"street": key[network.way[edge]], "load": value * network.length_m[edge], "most": value})
    by_street = of.groupby("street").agg({"load": "sum", "most": "max"}).reindex(streets).fillna(0.0)
    return by_street["load"].to_numpy(float), np.rint(by_street["most"].to_numpy(float)).astype(np.int64)


def _worth_a_look(looking: Looking, load: Float64, closer: int) -> Int64:
    """Streets that may matter: by what goes along with the figure in the draws, and by who passes them; in turns."""
    if not len(looking.streets):
        return np.zeros(0, np.int64)
    rankings = (looking.explained(), load * looking.slowness.std(axis=0))
    both = np.column_stack([np.argsort(-one, kind="stable") for one in rankings]).ravel()
    return np.array(list(dict.fromkeys(both.tolist()))[:closer], np.int64)


def _table(router: StreetRouter, tags: TagDraws, looking: Looking, chosen: Int64) -> gpd.GeoDataFrame:
    """The ways of each street that lack something, as one row."""
    network, ways = router.network, router.network.ways.reset_index(drop=True)
    at = np.flatnonzero(lacking(looking.draws, tags))
    of_street = pd.Series(at).groupby(tags.model.street[at])
    lines = network.lines(np.isin(np.arange(len(ways)), at)).set_index("osm_id").geometry
    lengths_m = np.bincount(network.way, network.length_m, len(ways))
    asked = [tag for tag in tags.model.donors if tag in router.profile.factors]
    rows, shapes = [], []
    for key in looking.streets[chosen]:
        mine = of_street.get_group(key).to_numpy()
        some = ways.iloc[mine]
        missing = [tag for tag in asked if (tags.model.donors[tag].of_way[mine] >= 0).any()]
        name = some["name"].dropna().iloc[0] if "name" in some and some["name"].notna().any() else ""
        rows.append(
            {
                "kind": "street",
                "thing": ";".join(f"way/{number}" for number in sorted(some["osm_id"].astype(int))),
                "name": name,
                "highway": ";".join(sorted(some["highway"].dropna().unique())),
                "missing": ";".join(missing),
                "length_m": round(float(lengths_m[mine].sum()), 1),
            }
        )
        shapes.append(shapely.union_all(lines.reindex(some["osm_id"]).dropna().to_numpy()))
    names = ("kind", "thing", "name", "highway", "missing", "length_m")
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=names), geometry=shapes, crs=network.crs)


def _in_order(things: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table with its numbers, and the columns that a walk fills in."""
    things = things.assign(rank=np.arange(1, len(things) + 1), **dict.fromkeys(TO_FILL_IN, ""))
    first = ("rank", "kind", "thing", "name", "highway", "missing", "residents", "length_m", "share", "narrower")
    return gpd.GeoDataFrame(things[[*first, *TO_FILL_IN, "geometry"]])
