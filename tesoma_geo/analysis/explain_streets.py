"""Why a place reaches the hub as it does: the minutes over a straight line, in parts that add up.

The rule: barriers are switched on one after another, always in the order of ``PARTS``, and travellers take
the best way each time. A part is what its barrier adds to those before it, the detours that people make
to avoid it included, so that the parts sum exactly to the total. Another order would give other parts; this
one goes from what can hardly be changed to what can.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.analysis.largest_delays import route_between, worst_place
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import Profile, TurnCosts
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.seasons import TAG as WINTER
from tesoma_geo.network.streets.seasons import without_winter
from tesoma_geo.network.streets.snap import Points, Positions, metric_points

Array = NDArray[np.float64]

#: The parts in the order in which they are switched on, and what each means.
PARTS = {
    "straight": "the straight line at the speed of the profile on the flat",
    "detour": "streets do not run straight, and some are closed to this way of moving",
    "crossings": "waiting at signals and junctions, and what is closed at a node",
    "turns": "turning at junctions, where the profile counts it, and the ways around such turns",
    "slope": "going up and down, and around what is too steep",
    "steps": "steps and classes of ways that are slow or impassable, and the ways around them",
    "surface": "surfaces, smoothness, width and kerbs that slow down or stop, and the ways around them",
    "darkness": "ways without light",
    "winter": "snow and ice",
    "barriers": "what residents reported",
    "parking": "parking and locking at the end",
}


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why one place reaches the hub as it does.

    Attributes
    ----------
    parts_s
        Seconds by part of ``PARTS``; they sum to ``total_s``.
    total_s
        Seconds to the hub; ``inf`` where there is no way.
    largest
        The part beside the straight line that costs most; empty where nothing does.
    worst_place
        The street, or the way round, that loses most: see :func:`~tesoma_geo.analysis.largest_delays.worst_place`;
        empty where there is no way.
    lines
        ``kind`` (``"route"``, ``"straight"``) and the LineStrings in the network's CRS.
    """

    parts_s: dict[str, float]
    total_s: float
    largest: str
    worst_place: dict[str, Any]
    lines: gpd.GeoDataFrame


def explained(
    router: StreetSearch,
    origins: Points,
    hub: Points,
    barriers: Edits | None = None,
    *,
    at: tuple[Positions, Positions] | None = None,
) -> pd.DataFrame:
    """Explain the way from every origin to the hub.

    Parameters
    ----------
    router
        The streets with the costs of a profile; of a profile in winter for that part.
    origins
        GeoDataFrame of points, or longitudes and latitudes of shape (n, 2).
    hub
        Its entrances; the best counts.
    barriers
        What residents reported, as changes of costs.
    at
        Where origins and entrances meet the router's streets, if that is known.

    Returns
    -------
    A row an origin: ``<part>_s`` for each of ``PARTS``, ``total_s``, ``largest``. Where there is no way, the
    part that closes it is ``inf`` and those after it are 0; where no street is near, that is the detour.
    """
    network = router.network
    at_origins, at_hub = at or (router.snap(origins), router.snap(hub))
    start, end = metric_points(origins, network.crs), metric_points(hub, network.crs)
    straight_m = np.hypot(*(start[:, None] - end).transpose(2, 0, 1)).min(axis=1)
    reached = {"straight": straight_m / (router.profile.speed_kmh / 3.6)}
    before = seconds = None
    for part, stage in stages(router, barriers):
        if stage is not before:
            seconds = stage.times_between(at_origins, at_hub).min(axis=1).astype(np.float64)
        before, reached[part] = stage, seconds
    return as_table(differences(reached), reached["parking"])


def explain(router: StreetSearch, place: Points, hub: Points, barriers: Edits | None = None) -> Explanation:
    """Explain the way from one place to the hub, with the route drawn beside the straight line.

    Parameters
    ----------
    router, hub, barriers
        As for :func:`explained`.
    place
        One point: a GeoDataFrame, or a longitude and a latitude of shape (1, 2).

    Returns
    -------
    Explanation
        Seconds by part, and the route in the network's CRS.

    Raises
    ------
    InputError
        More than one place.
    """
    network = router.network
    start, ends, straight = straight_line(place, hub, network.crs)
    row = explained(router, place, hub, barriers).iloc[0]
    parts = {part: float(row[f"{part}_s"]) for part in PARTS}
    real = router if barriers is None else router.with_edits(barriers)
    at_place, at_hub = real.snap(place), real.snap(hub)
    entrance = int(real.times_between(at_place, at_hub)[0].argmin())
    route, edges = route_between(real, at_place, at_hub, entrance)
    if not route.is_empty:
        route = shapely.LineString([start, *route.coords, ends[entrance]])
    lines = gpd.GeoDataFrame({"kind": ["route", "straight"]}, geometry=[route, straight], crs=network.crs)
    worst = worst_place(real, route, edges) if np.isfinite(row["total_s"]) else {}
    return Explanation(parts, float(row["total_s"]), str(row["largest"]), worst, lines)


def straight_line(place: Points, hub: Points, crs: str) -> tuple[Array, Array, shapely.LineString]:
    """One place and the hub's entrances in a metric CRS, and the line between the place and the nearest of them.

    Parameters
    ----------
    place
        One point.
    hub
        Its entrances.
    crs
        The metric CRS.

    Returns
    -------
    start : ndarray
        The place in metres, shape (2,).
    ends : ndarray
        The entrances in metres, shape (k, 2).
    line : LineString
        From the place to the nearest entrance, in the metric CRS.

    Raises
    ------
    InputError
        More than one place.
    """
    start, ends = metric_points(place, crs), metric_points(hub, crs)
    if len(start) != 1:
        raise InputError(f"{len(start)} places are to be explained", "Give one; explained tells of many")
    nearest = ends[np.hypot(*(ends - start[0]).T).argmin()]
    return start[0], ends, shapely.LineString([start[0], nearest])


def as_table(parts_s: dict[str, Array], total_s: Array) -> pd.DataFrame:
    """Parts as columns ``<part>_s``, with ``total_s`` and the ``largest`` of them beside the straight line.

    Parameters
    ----------
    parts_s
        Part → seconds, shape (origins,).
    total_s
        Seconds of all parts together, shape (origins,).

    Returns
    -------
    DataFrame
        A row an origin.
    """
    table = pd.DataFrame({f"{part}_s": seconds for part, seconds in parts_s.items()})
    beside = table.drop(columns="straight_s")
    largest = beside.columns.str.removesuffix("_s").to_numpy()[beside.to_numpy().argmax(axis=1)]
    return table.assign(total_s=total_s, largest=np.where((beside.to_numpy() > 0).any(axis=1), largest, ""))


def stages(router: StreetSearch, barriers: Edits | None = None) -> list[tuple[str, StreetSearch]]:
    """Routers with one barrier more each; a barrier that the profile does not know repeats the one before.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    barriers
        What residents reported, as changes of costs.

    Returns
    -------
    list of tuple
        Part and router, in the order of ``PARTS`` after the straight line.
    """
    profile, last = router.profile, router
    bare = profile.model_copy(
        update={
            "factors": {},
            "node_delays_s": {},
            "grade_model": "none",
            "max_grade": None,
            "min_width_m": None,
            "wheelchair_tags": False,
            "intersection_s": 0.0,
            "terminal_s": 0.0,
            "turn_costs": TurnCosts(),
        }
    )
    switched: list[tuple[str, StreetSearch]] = []
    for part, keys in _switches(profile):
        grown = bare.model_copy(update={**keys(bare)})
        if not switched or grown != bare:
            last = with_profile(router, grown)
        bare = grown
        switched.append((part, last))
    if barriers is not None:
        last = last.with_edits(barriers)
    switched.append(("barriers", last))
    parked = router if barriers is None else router.with_edits(barriers)
    return [*switched, ("parking", parked)]


def with_profile(router: StreetSearch, profile: Profile) -> StreetSearch:
    """A router of the same streets for positions that are snapped already.

    A profile without factors for winter meets the streets without the closings of winter.

    Parameters
    ----------
    router
        Whose streets, and how far points may lie from them.
    profile
        Whose costs.

    Returns
    -------
    StreetRouter
        It is not checked whether the profile can move anywhere.
    """
    network = router.network if WINTER in profile.factors else without_winter(router.network)
    return router.with_costs(edge_costs(network, profile), profile)


def _switches(profile: Profile) -> list[tuple[str, Callable[[Profile], dict[str, Any]]]]:
    """By part in order: what of the profile is switched on, given what is on already."""

    def factors(*tags: str) -> Callable[[Profile], dict[str, Any]]:
        chosen = {tag: profile.factors[tag] for tag in tags if tag in profile.factors}
        return lambda on: {"factors": {**on.factors, **chosen}}

    rest = [tag for tag in profile.factors if tag not in ("highway", "lit", WINTER)]
    kerbs = {tag: delays for tag, delays in profile.node_delays_s.items() if tag in ("kerb", "barrier")}
    signals = {tag: delays for tag, delays in profile.node_delays_s.items() if tag not in kerbs}
    return [
        ("detour", lambda _: {}),
        ("crossings", lambda _: {"node_delays_s": signals, "intersection_s": profile.intersection_s}),
        ("turns", lambda _: {"turn_costs": profile.turn_costs}),
        ("slope", lambda _: {key: getattr(profile, key) for key in ("grade_model", "grade_slowdown", "max_grade")}),
        # Ramps on steps are read together with the other tags for wheelchairs.
        ("steps", lambda on: {**factors("highway")(on), "wheelchair_tags": profile.wheelchair_tags}),
        (
            "surface",
            lambda on: {
                **factors(*rest)(on),
                "min_width_m": profile.min_width_m,
                "node_delays_s": {**on.node_delays_s, **kerbs},
            },
        ),
        ("darkness", factors("lit")),
        ("winter", factors(WINTER)),
    ]


def differences(reached: dict[str, Array]) -> dict[str, Array]:
    """What each part adds to those before it; the one that closes the way is ``inf``, and those after it are 0.

    Parameters
    ----------
    reached
        Part → seconds with this part and all before it, in their order, shape (origins,).

    Returns
    -------
    dict
        Part → seconds that it adds, shape (origins,).
    """
    parts: dict[str, Array] = {}
    before: Array | float = 0.0
    for part, seconds in reached.items():
        with np.errstate(invalid="ignore"):
            added = seconds - before
        parts[part] = np.where(np.isinf(before), 0.0, added)
        before = np.where(np.isinf(before), np.inf, seconds)
    return parts
