"""How sure the figures of the hub are: many runs, each with what is not known drawn anew.

Four things are drawn in a run, each by itself: how fast people move; the tags that the map lacks; where in
their cell residents live and from where they step on to the street; and how the residents of an area are
spread over its cells. All else is as in the mapped assessment. The same seed gives the same answer.
"""

from dataclasses import dataclass, fields, replace
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._threads import in_threads
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.snap import Positions

Array = NDArray[np.float64]

#: The interval that is told: nine runs of ten lie within.
LOW, HIGH = 0.05, 0.95
#: Sets of places that residents are drawn at; each run takes one of them.
PLACES = 12


#: Tags that say something by being there: a street without one is none of what they name.
NOT_DRAWN = frozenset({"highway", "sac_scale", "mtb:scale", "informal"})


@dataclass(frozen=True)
class Assumptions:
    """How far off what is not known may be. None of these has a source for Tesoma: they are assumptions.

    Attributes
    ----------
    speed_cv
        Standard deviation of the mean speed, as a share of it (drawn log-normal).
    spread_m
        Residents live within a square of this side around the middle of their cell.
    snap_m
        Standard deviation of the place where they step on to the street.
    tags
        Whether an unknown tag is drawn from the known values of ways of the same class.
    residents
        Whether the residents of an area are drawn over its cells (multinomial).
    """

    speed_cv: float = 0.1
    spread_m: float = 125.0
    snap_m: float = 10.0
    tags: bool = True
    residents: bool = True


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """What many runs say.

    Attributes
    ----------
    figures
        A row a headline figure: ``figure`` (``population_within_15_min``, ``median_min``, ``p90_min``,
        ``median_from_hub_min``, ``unreachable_population``; with services by kind ``grocery_median_min`` and
        ``grocery_population_within_15_min``), ``mapped``, ``low``, ``median``, ``high``.
    origins
        A row an origin: ``origin_id``, ``mapped_s``, ``low_s``, ``high_s``, ``share_within`` (of the runs,
        within the limit) and ``limit_uncertain`` (whether that share lies between 5 and 95 per cent).
    limit_min
        The limit that ``limit_uncertain`` is about.
    runs, seed
        As asked for.
    assumptions
        How far off what is not known may be.
    """

    figures: pd.DataFrame
    origins: pd.DataFrame
    limit_min: float
    runs: int
    seed: int
    assumptions: Assumptions


def hub_uncertainty(
    router: StreetRouter,
    origins: gpd.GeoDataFrame,
    hub: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame | None = None,
    *,
    cutoffs_min: tuple[float, ...] = (5, 10, 15, 20, 30),
    limit_min: float = 15.0,
    runs: int = 500,
    seed: int = 2022,
    assumptions: Assumptions | None = None,
    snapped: SnappedPoints | None = None,
) -> Uncertainty:
    """Intervals of the headline figures, and the cells that could lie on either side of a limit.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins
        ``tables.ORIGINS`` in the network's CRS.
    hub
        Its entrances, in the network's CRS; the best counts.
    services
        ``tables.SERVICES`` in the network's CRS, if they are asked for.
    cutoffs_min
        Minutes of ``population_within``.
    limit_min
        Minutes of ``limit_uncertain``, and of the residents near a service.
    runs, seed
        How many runs, at least 20, and what they are drawn from.
    assumptions
        How far off what is not known may be.
    snapped
        Where origins, entrances and services meet the router's streets, if that is known.

    Returns
    -------
    Uncertainty
        Figures in minutes and residents, origins in seconds.

    Raises
    ------
    InputError
        Fewer runs than say anything, or assumptions below 0.
    """
    assumed = assumptions or Assumptions()
    below = [field.name for field in fields(assumed) if not getattr(assumed, field.name) >= 0]
    if runs < 20 or below:
        raise InputError(
            f"runs is {runs}" if runs < 20 else f"{below[0]} is {getattr(assumed, below[0])}",
            "Give at least 20 runs" if runs < 20 else "Give 0 or more",
        )
    random = np.random.default_rng(seed)
    at_origins = router.snap(origins) if snapped is None else snapped.origins
    places = _places(router, origins, at_origins, assumed, random)
    draws = _Draws.of(router, assumed)
    asked = _Asked.of(router, hub, services, cutoffs_min, limit_min, snapped)
    seeds = random.spawn(runs)

    def run(number: int) -> tuple[Array, dict[str, float]]:
        own = seeds[number]
        drawn = draws.router(router, own)
        return asked.answered(drawn, places[number % len(places)], _residents(origins, assumed, own))

    answers = in_threads([partial(run, number) for number in range(runs)])
    minutes, by_run = np.array([at for at, _ in answers]), pd.DataFrame([figures for _, figures in answers])
    mapped, as_mapped = asked.answered(router, at_origins, origins["population"].to_numpy())
    figures = pd.DataFrame(
        {
            "figure": by_run.columns,
            "mapped": list(as_mapped.values()),
            **{
                name: [_quantile(by_run[figure].to_numpy(float), share) for figure in by_run]
                for name, share in (("low", LOW), ("median", 0.5), ("high", HIGH))
            },
        }
    )
    share = (minutes <= limit_min).mean(axis=0)
    ordered = np.sort(minutes, axis=0) * 60.0
    cells = pd.DataFrame(
        {
            "origin_id": origins["origin_id"].to_numpy(),
            "mapped_s": mapped * 60.0,
            "low_s": ordered[int(LOW * (runs - 1))],
            "high_s": ordered[int(np.ceil(HIGH * (runs - 1)))],
            "share_within": share,
            "limit_uncertain": (share > LOW) & (share < HIGH),
        }
    )
    return Uncertainty(figures, cells, limit_min, runs, seed, assumed)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What every run answers.

    Attributes
    ----------
    at_hub
        The hub's entrances.
    at_services
        All services; None where none are asked for.
    of_kind
        Kind → which of the services are of it.
    cutoffs_min, limit_min
        As asked for.
    """

    at_hub: Positions
    at_services: Positions | None
    of_kind: dict[str, NDArray[np.bool_]]
    cutoffs_min: tuple[float, ...]
    limit_min: float

    @classmethod
    def of(
        cls,
        router: StreetRouter,
        hub: gpd.GeoDataFrame,
        services: gpd.GeoDataFrame | None,
        cutoffs_min: tuple[float, ...],
        limit_min: float,
        snapped: SnappedPoints | None,
    ) -> "_Asked":
        at_hub = router.snap(hub) if snapped is None else snapped.hub
        if services is None or services.empty:
            return cls(at_hub, None, {}, cutoffs_min, limit_min)
        of_kind = {str(kind): (services["kind"] == kind).to_numpy() for kind in sorted(services["kind"].unique())}
        known = None if snapped is None else snapped.services
        at_services = router.snap(services) if known is None else known
        return cls(at_hub, at_services, of_kind, cutoffs_min, limit_min)

    def answered(
        self, router: StreetRouter, at: Positions, residents: NDArray[np.int64]
    ) -> tuple[Array, dict[str, float]]:
        """Minutes from each origin to the hub, and the figures."""
        minutes = router.times_between(at, self.at_hub).min(axis=1).astype(float) / 60.0
        from_hub_min = router.times_between(self.at_hub, at).min(axis=0).astype(float) / 60.0
        figures = {
            f"population_within_{cutoff:g}_min": _within(minutes, residents, cutoff) for cutoff in self.cutoffs_min
        }
        figures |= {
            "median_min": weighted_quantile(minutes, residents, 0.5),
            "p90_min": weighted_quantile(minutes, residents, 0.9),
            "median_from_hub_min": weighted_quantile(from_hub_min, residents, 0.5),
            "unreachable_population": float(residents[np.isinf(minutes)].sum()),
        }
        if self.at_services is None:
            return minutes, figures
        to_services_min = router.times_between(at, self.at_services).astype(float) / 60.0
        for kind, rows in self.of_kind.items():
            nearest_min = to_services_min[:, rows].min(axis=1)
            figures[f"{kind}_median_min"] = weighted_quantile(nearest_min, residents, 0.5)
            figures[f"{kind}_population_within_{self.limit_min:g}_min"] = _within(
                nearest_min, residents, self.limit_min
            )
        return minutes, figures


@dataclass(frozen=True, eq=False)
class _Draws:
    """What the costs of a run are made of.

    Attributes
    ----------
    forward_s, backward_s
        Seconds of moving, with known tags and what the profile assumes of unknown ones.
    delay_s
        Seconds of waiting at the ends of each edge; ``inf`` where a node is closed.
    unknown
        For each tag with unknown values: the ways without it, by class with the factors to draw from.
    """

    forward_s: Array
    backward_s: Array
    delay_s: Array
    unknown: tuple[tuple[NDArray[np.intp], Array], ...]
    speed_cv: float

    @classmethod
    def of(cls, router: StreetRouter, assumed: Assumptions) -> "_Draws":
        network, profile, whole = router.network, router.profile, router.costs
        nonstop = profile.model_copy(update={"node_delays_s": {}, "intersection_s": 0.0})
        moving = edge_costs(network, nonstop)
        forward_s, backward_s = moving.forward_s.astype(float), moving.backward_s.astype(float)
        with np.errstate(invalid="ignore"):
            waits = [whole.forward_s - forward_s, whole.backward_s - backward_s]
        # NaN where a direction is closed anyhow; the other one tells.
        delay_s = np.fmax(*waits)
        delay_s[np.isnan(delay_s)] = 0.0
        unknown = _unknown_tags(network, profile) if assumed.tags else ()
        return cls(forward_s, backward_s, np.maximum(delay_s, 0.0), unknown, assumed.speed_cv)

    def router(self, router: StreetRouter, random: np.random.Generator) -> StreetRouter:
        """A router with the costs of one run."""
        network = router.network
        spread = np.sqrt(np.log1p(self.speed_cv**2))
        slower = float(np.exp(random.normal(spread**2 / 2.0, spread)))
        of_way = np.full(len(network.ways), slower)
        for ways, ratios in self.unknown:
            of_way[ways] *= random.choice(ratios, len(ways))
        of_edge = of_way[network.way]
        costs = replace(
            router.costs,
            forward_s=(self.forward_s * of_edge + self.delay_s).astype(np.float32),
            backward_s=(self.backward_s * of_edge + self.delay_s).astype(np.float32),
        )
        return router.with_costs(costs)


def _unknown_tags(network: StreetNetwork, profile: Profile) -> tuple[tuple[NDArray[np.intp], Array], ...]:
    """By tag and class: ways without the tag, and what its known values cost beside what is assumed."""
    unknown: list[tuple[NDArray[np.intp], Array]] = []
    highway = network.ways["highway"].fillna("").to_numpy(object)
    for tag, factors in profile.factors.items():
        if tag in NOT_DRAWN or tag not in network.ways:
            continue
        column, assumed = network.ways[tag], factors.get("unknown", 1.0)
        # A way is not closed for what nobody has mapped: a network of guesses would fall apart.
        known = column.dropna().map(factors).astype(float).fillna(1.0).replace(np.inf, np.nan).dropna() / assumed
        missing = column.isna().to_numpy()
        for kind in np.unique(highway[missing]):
            alike = known[highway[known.index] == kind].to_numpy(np.float64)
            ratios = np.asarray(alike if len(alike) >= 20 else known.to_numpy(np.float64), np.float64)
            ways: NDArray[np.intp] = np.flatnonzero(missing & (highway == kind))
            if len(ratios) and (ratios != 1.0).any():
                unknown.append((ways, ratios))
    return tuple(unknown)


def _places(
    router: StreetRouter,
    origins: gpd.GeoDataFrame,
    mapped: Positions,
    assumed: Assumptions,
    random: np.random.Generator,
) -> list[Positions]:
    """Sets of positions that the residents may start from; where a drawn place has no street near, the mapped one."""
    if assumed.spread_m == 0 and assumed.snap_m == 0:
        return [mapped]
    x, y = origins.geometry.x.to_numpy(), origins.geometry.y.to_numpy()
    sets = []
    for _ in range(PLACES):
        shift = random.uniform(-0.5, 0.5, (len(x), 2)) * assumed.spread_m + random.normal(
            0, assumed.snap_m, (len(x), 2)
        )
        moved = gpd.GeoSeries.from_xy(x + shift[:, 0], y + shift[:, 1], crs=origins.crs)
        drawn = router.snap(gpd.GeoDataFrame(geometry=moved))
        sets.append(drawn.where(drawn.found | ~mapped.found, mapped))
    return sets


def _residents(origins: gpd.GeoDataFrame, assumed: Assumptions, random: np.random.Generator) -> NDArray[np.int64]:
    """Residents of each origin; with the assumption drawn anew, the sum of each area kept."""
    residents: NDArray[np.int64] = origins["population"].to_numpy(np.int64)
    if not assumed.residents:
        return residents
    drawn = residents.copy()
    area = pd.factorize(origins["area_code"])[0]
    for one in range(area.max() + 1):
        rows = np.flatnonzero(area == one)
        total = int(residents[rows].sum())
        if total:
            drawn[rows] = random.multinomial(total, residents[rows] / total)
    return drawn


def _within(minutes: Array, residents: NDArray[np.int64], cutoff_min: float) -> float:
    return float(residents[minutes <= cutoff_min].sum())


def _quantile(values: Array, share: float) -> float:
    """One of the values, so that ``inf`` does no harm."""
    return weighted_quantile(values, np.ones(len(values)), share)
