"""Which unknown things of the map matter to a figure of the hub, and what a walk to the first of them would give.

Two intervals are told. One is what the map lacks by itself, with people, homes and speeds as in the mapped figure: only
this one can be narrowed by looking. The other is the interval that is published, with all that nobody can go and see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo._arrays import Float64, Int64, UInt64
from tesoma_geo.analysis.betweenness import betweenness
from tesoma_geo.analysis.drawn_places import drawn_hubs
from tesoma_geo.analysis.hub_figures import HIGH, LOW, HubFigures, Minutes, quantile, width
from tesoma_geo.analysis.sobol_points import sobol_points
from tesoma_geo.analysis.street_draws import StreetDraws
from tesoma_geo.analysis.uncertainty import Assumptions, hub_uncertainty, services_by_kind
from tesoma_geo.analysis.value_of_looking import INNER, WALKS, Figure, Looking, lacking
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.open_services import ServiceGroup, nearest_open
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.engine import LANES
from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS
from tesoma_geo.network.streets.unknown_tags import TagDraws

#: Draws of what the map lacks: chance alone then explains a thousandth of a figure.
RUNS = 1024
#: Streets that are held at their outcomes one by one.
CLOSER = 60
#: Shares of a figure's variance below this are nothing: what the street's outcomes change is below what is told.
LEAST_SHARE = 0.0005
#: The ways of a street that are crossings of a road are tagged so.
CROSSING_TAGS = ("footway", "cycleway", "path")
#: Stands for the hub's door among the numbers of streets.
DOOR = -1
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
        Streets with something unknown that changes their seconds, and how many of them were looked at one by one; the
        hub's door is counted with them where nobody mapped it.
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
        raise InputError(f"{figure!r} is no figure", instead(figure, published.index))
    asked = _AskedFigure(router, origins, hub, services, snapped, figure, HubFigures(cutoffs_min, limit_min), seed)
    tags = model.drawn(seed, range(runs))
    looking = Looking.of(StreetDraws.of(router, tags, np.ones(runs)), tags, seed, asked.of_draws())
    passed = betweenness(router, asked.at_origins, asked.residents, asked.at_hub)
    by_street = _passing(router, passed, looking.streets)
    chosen = _worth_a_look(looking, by_street[0], closer)
    variance = max(float(looking.values.var()), 1e-12)
    things = _table(router, tags, looking, chosen).assign(residents=by_street[1][chosen].astype(np.int64))
    things = things.assign(street=chosen, share=looking.held(chosen) / variance)
    if asked.n_hubs > 1:
        reach = np.isfinite(router.times_between(asked.at_origins, asked.at_hub).min(axis=1))
        door = _door(hub, int(asked.residents[reach].sum()), _of_door(asked, looking) / variance)
        things = gpd.GeoDataFrame(pd.concat([things, door], ignore_index=True), crs=things.crs)
    things = things[things["share"] >= LEAST_SHARE].sort_values("share", ascending=False, kind="stable")
    things["share"] = things["share"].clip(upper=1.0)
    first = things["street"].to_numpy(np.int64)[:places]
    now = width(looking.values)
    then = now
    if len(first):
        known = (lambda run: asked.of_draws(run % asked.n_hubs)) if DOOR in first else None
        then = float(looking.widths_if_known(first[first != DOOR], walks, known).mean())
    things = things.assign(narrower=now * (1.0 - np.sqrt(1.0 - things["share"]))).reset_index(drop=True)
    mapped, low, high = (float(published[name].to_dict()[figure]) for name in ("mapped", "low", "high"))
    return UnknownThings(
        router.profile.name, figure, _in_order(things), mapped,
        (quantile(looking.values, LOW), quantile(looking.values, HIGH)),
        (low, high), len(first), now, then, len(looking.streets) + (asked.n_hubs > 1), len(things),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _AskedFigure:
    """A figure of the hub in draws of the streets, and of where the hub's door is; homes are as mapped."""

    router: StreetRouter
    origins: gpd.GeoDataFrame
    hub: gpd.GeoDataFrame
    services: gpd.GeoDataFrame | None
    snapped: SnappedPoints | None
    name: str
    limits: HubFigures
    seed: int

    @cached_property
    def residents(self) -> Int64:
        residents: Int64 = self.origins["population"].to_numpy(np.int64)
        return residents

    @cached_property
    def at_origins(self) -> Positions:
        return self.router.snap(self.origins) if self.snapped is None else self.snapped.origins

    @cached_property
    def at_hub(self) -> Positions:
        return self.router.snap(self.hub) if self.snapped is None else self.snapped.hub

    @cached_property
    def hubs(self) -> list[Positions]:
        even = sobol_points(LANES, 2, [self.seed, 4])
        return drawn_hubs(self.router, self.hub, self.at_hub, Assumptions().hub_m, even)

    @property
    def n_hubs(self) -> int:
        return len(self.hubs)

    @cached_property
    def kinds(self) -> Mapping[ServiceGroup, Positions]:
        every = services_by_kind(self.router, self.services, self.snapped)
        return {group: at for group, at in every.items() if self.name.startswith(f"{group.kind}_")}

    def of_draws(self, door: int | None = None) -> Figure:
        """The figure of draws, with the hub at each of its sets in turn, or at one of them."""

        def figure(draws: StreetDraws) -> Float64:
            asked = self
            if not np.array_equal(draws.router.usable, self.router.usable):  # closed streets are no place to start from
                asked = replace(self, router=draws.router, snapped=None)
            hubs = asked.hubs if door is None else [asked.hubs[door]]
            to_hub_s, from_hub_s, to_group_s = draws.seconds([asked.at_origins], hubs, asked.kinds)
            minutes = Minutes.of(to_hub_s, from_hub_s, nearest_open(to_group_s))
            return asked.limits.of(minutes, asked.residents[None])[asked.name]

        return figure


def _of_door(asked: _AskedFigure, looking: Looking) -> float:
    """The variance of the figure that knowing the hub's door would take away: of its means over the same draws."""
    return float(np.var([looking.first(INNER, asked.of_draws(door)).mean() for door in range(asked.n_hubs)]))


def _door(hub: gpd.GeoDataFrame, residents: int, share: float) -> gpd.GeoDataFrame:
    """The row of the hub whose door nobody mapped."""
    row = {"kind": "door", "thing": "hub", "name": "", "highway": "", "missing": "entrance", "length_m": 0.0}
    row |= {"residents": residents, "street": DOOR, "share": share}
    return gpd.GeoDataFrame([row], geometry=[shapely.MultiPoint(hub.geometry.to_numpy()).centroid], crs=hub.crs)


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
                "kind": "crossing" if _is_crossing(some) else "street",
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


def _is_crossing(ways: pd.DataFrame) -> bool:
    """Whether ways do nothing but cross a road."""
    return bool(np.any([(tag_column(ways, tag) == "crossing") for tag in CROSSING_TAGS], axis=0).all())


def _in_order(things: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table with its numbers, and the columns that a walk fills in."""
    things = things.assign(rank=np.arange(1, len(things) + 1), **dict.fromkeys(TO_FILL_IN, ""))
    first = ("rank", "kind", "thing", "name", "highway", "missing", "residents", "length_m", "share", "narrower")
    return gpd.GeoDataFrame(things[[*first, *TO_FILL_IN, "geometry"]])
