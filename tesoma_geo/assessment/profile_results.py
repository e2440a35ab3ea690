"""What one way of moving gives: times to the hub and services, isochrones, a surface, who is left out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.analysis.explain_transit import on_streets
from tesoma_geo.analysis.lived_access import barrier_edits
from tesoma_geo.assessment.surfaces import Surface, surface
from tesoma_geo.assessment.transit_surface import by_nearest_street
from tesoma_geo.columns import ADDED_MIN, FROM_HUB_S, LIVED_TO_HUB_S, NEAREST_S, TO_HUB_PERCENTILE_S, TO_HUB_S, WITHIN
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.open_services import while_open
from tesoma_geo.inputs.snapped_points import SnappedPoints
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import TimedStreets, Water, isochrone_polygons
from tesoma_geo.network.streets.lost_places import LOST_REASONS, behind_water, joined_across, lost_by_rules
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit import TransitRouter
from tesoma_geo.network.transit.places import Places
from tesoma_geo.tables import LeftOut

#: How far beyond the district's rectangle the travel-time surfaces reach.
SURFACE_MARGIN_M = 500.0

MEDIAN = (50,)

#: Why an origin cannot reach the hub, in words.
REASONS = {
    **LOST_REASONS,
    "no_street_near": "no street to start from within the snapping distance",
    "no_way_to_hub": "no way to the hub on the streets that may be used",
}
#: What is said of points that every street lies behind a fence for.
ACROSS = "joined to a street across a fence, a wall, a railway line or a narrow water"


@dataclass(frozen=True, eq=False)
class ProfileReach:
    """The reach of one profile.

    Attributes
    ----------
    origin_columns
        Column name → a value an origin.
    service_columns
        Column name → a value a service.
    to_services_s
        Seconds from each origin to each service, shape (origins, services).
    isochrones
        A row a cutoff: ``cutoff_min``, ``area_km2``, ``population``, polygon.
    surface
        Seconds to the hub.
    unreachable
        Reason → which origins cannot reach the hub for it.
    left_out
        What could not be used.
    """

    origin_columns: dict[str, NDArray[Any]]
    service_columns: dict[str, NDArray[Any]]
    to_services_s: NDArray[np.float32]
    isochrones: gpd.GeoDataFrame
    surface: Surface
    unreachable: dict[str, NDArray[np.bool_]]
    left_out: tuple[LeftOut, ...]


class HubRouter(Protocol):
    """What streets and timetables answer alike; positions are the router's own."""

    def times_between(self, origins: Any, destinations: Any) -> NDArray[np.float32]:
        """Seconds, shape (n, m).

        Parameters
        ----------
        origins
            Positions.
        destinations
            Positions.

        Returns
        -------
        ndarray
            float32 seconds, ``inf`` where there is no way, shape (n, m).
        """

    def timed_streets(self, points: Any, *, reverse: bool = False) -> TimedStreets:
        """The streets with the seconds at every node.

        Parameters
        ----------
        points
            Positions.
        reverse
            Seconds to the points, not from them.

        Returns
        -------
        TimedStreets
            In the network's CRS.
        """


def street_reach(inputs: Inputs, router: StreetRouter, snapped: SnappedPoints, water: Water) -> ProfileReach:
    """The reach of a profile that moves on streets alone.

    Parameters
    ----------
    inputs
        The layers.
    router
        The streets with the profile's costs.
    snapped
        Where the points of the assessment meet these streets.
    water
        Lakes of the study area, as the isochrones take them.

    Returns
    -------
    ProfileReach
        Seconds on the streets.
    """
    at_origins, at_hub = snapped.origins, snapped.hub
    to_hub_s = router.times_between(at_origins, at_hub).min(axis=1)

    def from_hub_s(at: Positions) -> NDArray[np.float32]:
        seconds: NDArray[np.float32] = router.times_between(at_hub, at).min(axis=0)
        return seconds

    points = inputs.origins, inputs.hub
    reasons = lost_by_rules(inputs.network, router.profile, points, router.max_snap_m, np.isinf(to_hub_s))
    reach = _reach(
        inputs,
        router.profile.name,
        router,
        (at_origins, at_hub, snapped.services),
        (to_hub_s, from_hub_s),
        water,
        reasons,
    )
    return replace(
        reach, left_out=(*reach.left_out, *_streets_left_out(router), *_points_left_out(inputs, router, snapped))
    )


def transit_reach(
    inputs: Inputs, router: TransitRouter, snapped: SnappedPoints, at: tuple[Places, Places], water: Water
) -> ProfileReach:
    """The reach by public transport and walking: medians over the departure window, and the workspace's percentiles.

    ``transit_to_hub_s`` and ``transit_from_hub_s`` are the medians over the departures; the others are in
    ``transit_to_hub_p<percentile>_s``. Where residents were asked there are also ``transit_lived_to_hub_s`` and
    ``transit_added_min``, with their barriers on the walks; see :mod:`tesoma_geo.analysis.lived_access`.

    Parameters
    ----------
    inputs
        The layers.
    router
        The timetable with walking.
    snapped
        Where the points of the assessment meet the streets on foot.
    at
        Origins and entrances with their ways to the stops.
    water
        Lakes of the study area, as the isochrones take them.

    Returns
    -------
    ProfileReach
        Seconds in the workspace's departure window.
    """
    at_origins, at_hub = at
    at_services = None if snapped.services is None else router.snap(snapped.services)
    to_hub = router.trips_to(at_origins, at_hub)

    def from_hub_s(at: Places) -> NDArray[np.float32]:
        median_s: NDArray[np.float32] = router.trips_from(at_hub, at).percentiles(MEDIAN)[0]
        return median_s

    medians_s = to_hub.percentiles(MEDIAN)[0]
    water_before = ~at_origins.found
    if water_before.any():
        lost = inputs.origins[water_before]
        water_before[water_before] = behind_water(router.walk.pieces, lost, router.walk.max_snap_m)
    reasons = {"across_water": water_before} if water_before.any() else {}
    percentiles = inputs.workspace.transit.percentiles if inputs.workspace.transit else ()
    reach = _reach(
        inputs, "transit", router, (at_origins, at_hub, at_services), (medians_s, from_hub_s), water, reasons
    )
    further = {
        TO_HUB_PERCENTILE_S.of("transit", percentile): seconds
        for percentile, seconds in zip(percentiles, to_hub.percentiles(percentiles), strict=True)
    }
    return replace(
        reach,
        origin_columns=reach.origin_columns | further | _lived(inputs, router, snapped, medians_s),
        surface=by_nearest_street(reach.surface, router, at_hub),
    )


def _lived(
    inputs: Inputs, router: TransitRouter, snapped: SnappedPoints, mapped_s: NDArray[np.float32]
) -> dict[str, NDArray[Any]]:
    """The medians with residents' barriers on the walks; nothing where nobody was asked."""
    edits = barrier_edits(inputs, router.walk.profile.name)
    if edits is None:
        return {}
    lived = on_streets(router, router.walk.with_edits(edits))
    at = snapped.on(lived.walk, router.walk, inputs)
    lived_s = lived.trips_to(lived.snap(at.origins), lived.snap(at.hub)).percentiles(MEDIAN)[0]
    with np.errstate(invalid="ignore"):  # inf - inf
        added_min = np.maximum((lived_s - mapped_s) / 60.0, 0.0)
    return {LIVED_TO_HUB_S.of("transit"): lived_s, ADDED_MIN.of("transit"): added_min}


def _reach(
    inputs: Inputs,
    name: str,
    router: HubRouter,
    places: tuple[Any, Any, Any | None],
    hub_s: tuple[NDArray[np.float32], Callable[[Any], NDArray[np.float32]]],
    water: Water,
    reasons: dict[str, NDArray[np.bool_]],
) -> ProfileReach:
    """What follows from the seconds from origins to the hub and from the hub to places, whatever router gave them."""
    (at_origins, at_hub, at_services), (to_hub_s, from_hub_s) = places, hub_s
    unreachable = _unreachable(at_origins.found, to_hub_s, reasons)
    streets = router.timed_streets(at_hub, reverse=True)
    service_columns: dict[str, NDArray[Any]] = {}
    origin_columns: dict[str, NDArray[Any]] = {
        TO_HUB_S.of(name): to_hub_s,
        FROM_HUB_S.of(name): from_hub_s(at_origins),
    }
    to_services_s = np.empty((len(inputs.origins), 0), np.float32)
    if at_services is not None:
        service_columns[FROM_HUB_S.of(name)] = from_hub_s(at_services)
        within_s = inputs.workspace.access.services_within_min * 60.0
        to_services_s = while_open(router.times_between(at_origins, at_services), inputs.services)
        origin_columns |= services_reached(name, to_services_s, inputs.services, within_s)
    return ProfileReach(
        origin_columns=origin_columns,
        service_columns=service_columns,
        to_services_s=to_services_s,
        isochrones=hub_isochrones(streets, water, inputs, to_hub_s),
        surface=surface(streets, water, inputs.workspace.district.crs, bounds=around_district(inputs)),
        unreachable=unreachable,
        left_out=_origins_left_out(name, unreachable, inputs.origins),
    )


def services_reached(
    profile: str, seconds: NDArray[np.float32], services: gpd.GeoDataFrame, within_s: float
) -> dict[str, NDArray[Any]]:
    """Columns per kind of service: seconds to the nearest, and how many within the cutoff, or how much they count for.

    Parameters
    ----------
    profile
        Begins the names of the columns.
    seconds
        From each origin to each service, shape (origins, services).
    services
        ``tables.SERVICES``; those with a ``capacity`` count for so much, the others once.
    within_s
        The cutoff.

    Returns
    -------
    dict
        Column name → a value an origin: float32 seconds (``inf`` where there is no way), int32 services, jobs or seats.
    """
    columns: dict[str, NDArray[Any]] = {}
    kinds, worth = services["kind"].to_numpy(object), np.ones(len(services))
    if "capacity" in services:
        worth = services["capacity"].fillna(1.0).to_numpy(float)
    for kind in sorted(set(kinds.tolist())):
        of_kind = kinds == kind
        to_kind = seconds[:, of_kind]
        columns[NEAREST_S.of(profile, kind)] = to_kind.min(axis=1)
        columns[WITHIN.of(profile, kind)] = np.rint((to_kind <= within_s) @ worth[of_kind]).astype(np.int32)
    return columns


def hub_isochrones(
    streets: TimedStreets, water: Water, inputs: Inputs, to_hub_s: NDArray[np.float32]
) -> gpd.GeoDataFrame:
    """From where the hub is reached within the workspace's cutoffs.

    Parameters
    ----------
    streets
        The streets with the seconds to the hub at every node.
    water
        Lakes that nobody walks on.
    inputs
        The layers.
    to_hub_s
        Seconds from each origin to the hub, shape (origins,).

    Returns
    -------
    GeoDataFrame
        A row a cutoff: ``cutoff_min``, ``area_km2``, ``population`` (residents of the origins whose own travel
        time ``to_hub_s`` is within the cutoff), polygon in the workspace's CRS; nested.
    """
    workspace, residents = inputs.workspace, inputs.origins["population"].to_numpy()
    cutoffs_s = [cutoff_min * 60.0 for cutoff_min in workspace.access.cutoffs_min]
    reached = isochrone_polygons(streets, cutoffs_s, crs=workspace.district.crs, water=water)
    population = [int(residents[to_hub_s <= cutoff_s].sum()) for cutoff_s in cutoffs_s]
    return gpd.GeoDataFrame(reached.assign(population=population)[["cutoff_min", "area_km2", "population", "geometry"]])


def _unreachable(
    on_street: NDArray[np.bool_], to_hub_s: NDArray[np.float32], reasons: dict[str, NDArray[np.bool_]]
) -> dict[str, NDArray[np.bool_]]:
    """Which origins cannot reach the hub, by reason: those that are known, and whether a street is near at all."""
    lost = np.isinf(to_hub_s)
    by_reason = {}
    for reason, rows in reasons.items():  # of several the first is told, so that nobody is counted twice
        by_reason[reason] = lost & rows
        lost = lost & ~rows
    return {**by_reason, "no_street_near": lost & ~on_street, "no_way_to_hub": lost & on_street}


def _origins_left_out(
    profile: str, unreachable: dict[str, NDArray[np.bool_]], origins: gpd.GeoDataFrame
) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut("origins", f"{profile}: {REASONS[reason]}", int(rows.sum()), tuple(origins["origin_id"][rows][:3]))
        for reason, rows in unreachable.items()
        if rows.any()
    )


def _streets_left_out(router: StreetRouter) -> list[LeftOut]:
    pieces, edges = router.small_pieces
    reason = f"{router.profile.name}: in {pieces} pieces too small, or one-way, to start or end on"
    return [LeftOut("street segments", reason, edges)] if edges else []


def _points_left_out(inputs: Inputs, router: StreetRouter, snapped: SnappedPoints) -> list[LeftOut]:
    """Services that no street is joined to, and points that are joined to theirs across a fence or the like."""
    name, left_out = router.profile.name, []
    if snapped.services is not None:
        water = behind_water(router.pieces, inputs.services, router.max_snap_m, snapped.services)
        nowhere = ~snapped.services.found & ~water
        for reason, rows in (("across_water", water), ("no_street_near", nowhere)):
            if rows.any():
                named = tuple(inputs.services["name"][rows].dropna()[:3])
                left_out.append(LeftOut("services", f"{name}: {REASONS[reason]}", int(rows.sum()), named))
    for what, points, at in (
        ("origins", inputs.origins, snapped.origins),
        ("services", inputs.services, snapped.services),
    ):
        across = 0 if at is None else int(joined_across(inputs.network, points, at).sum())
        if across:
            left_out.append(LeftOut(what, f"{name}: {ACROSS}", across))
    return left_out


def around_district(inputs: Inputs) -> tuple[float, float, float, float]:
    """The rectangle that travel-time surfaces cover: the district's, and ``SURFACE_MARGIN_M`` around it.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    tuple of float
        x and y from, x and y to, in the metric CRS.
    """
    west, south, east, north = shapely.box(*inputs.district.total_bounds).buffer(SURFACE_MARGIN_M).bounds
    return west, south, east, north
