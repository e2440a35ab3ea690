"""How sure the figures of the hub are: many runs, each with what is not known drawn anew.

Six things are drawn in a run, each by itself: how fast people move; the tags that the map lacks, from the same model
that the mapped costs are the expectation of; how far off the elevation is, in place and in height; where along the
streets of their cell residents live and from where they step on to the street; where the hub's point was put; and how
the residents of an area are spread over its cells. All else is as in the mapped assessment. The same seed gives the
same answer, and the same street the same draw in a scenario.
"""

from dataclasses import dataclass, fields

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._arrays import Float32
from tesoma_geo.analysis.drawn_places import drawn_homes, drawn_hubs, drawn_turns
from tesoma_geo.analysis.hub_figures import HIGH, LOW, HubFigures, Minutes, balanced, quantile
from tesoma_geo.analysis.part_figures import part_intervals
from tesoma_geo.analysis.sobol_points import sobol_points
from tesoma_geo.analysis.street_draws import StreetDraws
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.open_services import ServiceGroup, nearest_open, service_groups
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.engine import LANES
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.streets.unknown_tags import TagDraws

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Assumptions:
    """How far off what is not known may be. None of these has a source for Tesoma: they are assumptions.

    Attributes
    ----------
    speed_cv
        Standard deviation of the mean speed, as a share of it (drawn log-normal).
    spread_m
        Residents live within a square of this side around their origin, along its residential streets if it has any.
    snap_m
        Standard deviation of the place where they step on to the street.
    hub_m
        Standard deviation, east and north, of where the hub's point was put; doors stay where they are.
    elevation
        Whether the heights' own error is drawn, where the network knows it.
    tags
        Whether an unknown tag is drawn from ways like it; see :mod:`tesoma_geo.network.streets.unknown_tags`.
    residents
        Whether the residents of an area are drawn over its cells (multinomial).
    """

    speed_cv: float = 0.1
    spread_m: float = 125.0
    snap_m: float = 10.0
    hub_m: float = 10.0
    elevation: bool = True
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
        ``grocery_population_within_15_min``), ``mapped``, ``low``, ``median``, ``high``, and ``error``: the standard
        error of the ends, the larger of the two, for there are so many runs and not more. ``mapped`` lies between
        the quartiles of the draws; ``balanced`` tells whether they had to be weighed for it, see
        :func:`~tesoma_geo.analysis.hub_figures.balanced`.
    origins
        A row an origin: ``origin_id``, ``mapped_s``, ``low_s``, ``high_s``, ``share_within`` (of the runs,
        within the limit) and ``limit_uncertain`` (whether that share lies between 5 and 95 per cent). The runs are
        balanced around ``mapped_s`` as those of the figures are.
    draws
        The figures of every draw: a row a run, a column a figure.
    parts
        The medians of areas and the shares of ages within the limit, with their intervals:
        :func:`tesoma_geo.analysis.part_figures.part_intervals`.
    limit_min
        The limit that ``limit_uncertain`` is about.
    runs, seed
        As asked for.
    assumptions
        How far off what is not known may be.
    """

    figures: pd.DataFrame
    origins: pd.DataFrame
    draws: pd.DataFrame
    parts: pd.DataFrame
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
    tags: TagDraws | None = None,
    elevations_m: Float32 | None = None,
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
    tags
        The tags of each run, if they are drawn already; of the router's streets.
    elevations_m
        Heights of the nodes in draws, if they are drawn already, shape (LANES, n); of the router's streets.

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
    at_origins = router.snap(origins) if snapped is None else snapped.origins
    at_hub = router.snap(hub) if snapped is None else snapped.hub
    of_kind = services_by_kind(router, services, snapped)
    residents = origins["population"].to_numpy(np.int64)
    at = at_origins, at_hub, of_kind
    found = _drawn(router, (origins, hub), at, runs, seed, assumed, (tags, elevations_m))
    asked = HubFigures(cutoffs_min, limit_min)
    residents_of_runs = drawn_residents(origins, runs=runs, seed=seed, assumptions=assumed)
    drawn = _figures(asked, found, residents_of_runs)
    mapped_s = router.times_between(at_origins, at_hub).min(axis=1)
    from_hub_s = router.times_between(at_hub, at_origins).min(axis=0)
    to_group_s = {group: router.times_between(at_origins, at).min(axis=1)[None] for group, at in of_kind.items()}
    mapped = asked.of(Minutes.of(mapped_s[None], from_hub_s[None], nearest_open(to_group_s)), residents[None])
    published = np.array([values[0] for values in mapped.values()])
    as_drawn = np.column_stack(list(drawn.values()))
    even = balanced(as_drawn, published)
    by_run = dict(zip(drawn, even.T, strict=True))
    figures = pd.DataFrame(
        {
            "figure": list(by_run),
            "mapped": published,
            **{
                name: [quantile(values, share) for values in by_run.values()]
                for name, share in (("low", LOW), ("median", 0.5), ("high", HIGH))
            },
            "error": [max(_error(values, LOW), _error(values, HIGH)) for values in by_run.values()],
            "balanced": (even != as_drawn).any(axis=0),
        }
    )
    published_s, drawn_s = mapped_s.astype(float), found[0].astype(float)
    to_hub_s = balanced(drawn_s, published_s)
    share = (to_hub_s <= limit_min * 60.0).mean(axis=0)
    ordered = np.sort(to_hub_s, axis=0)
    cells = pd.DataFrame(
        {
            "origin_id": origins["origin_id"].to_numpy(),
            "mapped_s": mapped_s.astype(float),
            "low_s": ordered[int(LOW * (runs - 1))],
            "high_s": ordered[int(np.ceil(HIGH * (runs - 1)))],
            "share_within": share,
            "limit_uncertain": (share > LOW) & (share < HIGH),
        }
    )
    minutes = published_s / 60.0, drawn_s / 60.0
    parts = part_intervals(origins, minutes, (residents, residents_of_runs), limit_min)
    return Uncertainty(figures, cells, pd.DataFrame(by_run), parts, limit_min, runs, seed, assumed)


@dataclass(frozen=True, eq=False)
class DrawnTrips:
    """Travel times and residents in many draws.

    Attributes
    ----------
    to_hub_s
        Seconds to the hub, shape (runs, origins).
    to_kind_s
        Kind of service → the same to the nearest.
    residents
        Of each origin, shape (runs, origins).
    """

    to_hub_s: Float32
    to_kind_s: dict[str, Float32]
    residents: NDArray[np.int64]


def drawn_trips(
    router: StreetRouter,
    origins: gpd.GeoDataFrame,
    hub: gpd.GeoDataFrame,
    services: gpd.GeoDataFrame | None = None,
    *,
    runs: int = 100,
    seed: int = 2022,
    assumptions: Assumptions | None = None,
) -> DrawnTrips:
    """Travel times and residents in many draws: the same seed gives the same draw of the same street in every plan.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins, hub, services
        As of :func:`hub_uncertainty`.
    runs, seed
        How many draws, and what they are drawn from.
    assumptions
        How far off what is not known may be.

    Returns
    -------
    DrawnTrips
        A row a draw.
    """
    assumed = assumptions or Assumptions()
    of_kind = services_by_kind(router, services, None)
    at = router.snap(origins), router.snap(hub), of_kind
    to_hub_s, _, to_kind_s = _drawn(router, (origins, hub), at, runs, seed, assumed, (None, None))
    return DrawnTrips(to_hub_s, to_kind_s, drawn_residents(origins, runs=runs, seed=seed, assumptions=assumed))


def _drawn(
    router: StreetRouter,
    points: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    at: tuple[Positions, Positions, dict[ServiceGroup, Positions]],
    runs: int,
    seed: int,
    assumed: Assumptions,
    known: tuple[TagDraws | None, Float32 | None],
) -> tuple[Float32, Float32, dict[str, Float32]]:
    """Seconds to the hub, from it, and to the nearest service of each kind, by run."""
    (origins, hub), (at_origins, at_hub, of_kind), (tags, elevations_m) = points, at, known
    if elevations_m is None and assumed.elevation:
        elevations_m = router.network.drawn_elevations(seed, LANES)
    if tags is None and assumed.tags and router.network.unknown_tags is not None:
        tags = router.network.unknown_tags.drawn(seed, range(runs))
    even = sobol_points(runs, 3, [seed, 1])
    slower = _slower(even[:, 0], assumed)
    draws = StreetDraws.of(router, tags if assumed.tags else None, slower, elevations_m if assumed.elevation else None)
    starts = drawn_homes(router, origins, at_origins, seed, spread_m=assumed.spread_m, snap_m=assumed.snap_m)
    hubs, turns = drawn_hubs(router, hub, at_hub, assumed.hub_m, even[:, 1:]), drawn_turns(len(origins), runs, seed)
    to_hub_s, from_hub_s, to_group_s = draws.seconds(starts, hubs, of_kind, turns)
    return to_hub_s, from_hub_s, nearest_open(to_group_s)


def _figures(
    asked: HubFigures, found: tuple[Float32, Float32, dict[str, Float32]], residents: NDArray[np.int64]
) -> dict[str, Array]:
    """Every figure, one value a draw: of some draws at a time, as what they take on the way is many times as much."""
    to_hub_s, from_hub_s, to_kind_s = found
    parts = []
    for first in range(0, len(residents), LANES):
        some = slice(first, first + LANES)
        of_kind_s = {kind: seconds[some] for kind, seconds in to_kind_s.items()}
        parts.append(asked.of(Minutes.of(to_hub_s[some], from_hub_s[some], of_kind_s), residents[some]))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def services_by_kind(
    router: StreetRouter, services: gpd.GeoDataFrame | None, snapped: SnappedPoints | None
) -> dict[ServiceGroup, Positions]:
    """Where the services of each kind that are open for the same trips meet the streets.

    Parameters
    ----------
    router
        The streets.
    services
        ``tables.SERVICES`` in the network's CRS; None for none.
    snapped
        Where they meet the router's streets, if that is known.

    Returns
    -------
    dict
        Group of a kind → positions, in the order of the kinds' names.
    """
    if services is None or services.empty:
        return {}
    known = None if snapped is None else snapped.services
    at = router.snap(services) if known is None else known
    return {group: at.take(rows) for group, rows in service_groups(services).items()}


def _slower(share: Array, assumed: Assumptions) -> Array:
    """What each run multiplies all moving by, of where it is in the distribution, from 0 to 1."""
    from scipy.special import ndtri

    spread = np.sqrt(np.log1p(assumed.speed_cv**2))
    slower: Array = np.exp(spread * ndtri(share))
    return slower


def drawn_residents(
    origins: gpd.GeoDataFrame, *, runs: int, seed: int, assumptions: Assumptions | None = None
) -> NDArray[np.int64]:
    """Residents of each origin by run; with the assumption drawn anew, the sum of each area kept.

    Parameters
    ----------
    origins
        ``tables.ORIGINS``.
    runs, seed
        How many draws, and what they are drawn from.
    assumptions
        How far off what is not known may be.

    Returns
    -------
    int64 array of shape (runs, origins)
    """
    residents: NDArray[np.int64] = origins["population"].to_numpy(np.int64)
    drawn = np.repeat(residents[None], runs, axis=0)
    if not (assumptions or Assumptions()).residents:
        return drawn
    random = np.random.default_rng([seed, 3])
    area = pd.factorize(origins["area_code"])[0]
    for one in range(area.max() + 1):
        rows = np.flatnonzero(area == one)
        total = int(residents[rows].sum())
        if total:
            drawn[:, rows] = random.multinomial(total, residents[rows] / total, size=runs)
    return drawn


def _error(values: Array, share: float) -> float:
    """Standard error of a quantile of the draws: half of what lies between one standard error of its rank on each side.

    Order statistics are binomial; David and Nagaraja, *Order Statistics* (2003), section 7.1.
    """
    by_rank = np.sqrt(share * (1.0 - share) / len(values))
    low, high = (quantile(values, min(max(share + sign * by_rank, 0.0), 1.0)) for sign in (-1, 1))
    return 0.0 if low == high else (high - low) / 2.0
